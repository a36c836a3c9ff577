//! What can be taken from here, how, and under which licence, in plain words.

use super::cache::Rendered;
use super::issue::rendered;
use crate::Shared;
use crate::frame::{Here, Page, WebError};
use askama::Template;
use shiji_app::open_data::document::{DumpYear, Issue};
use shiji_app::open_data::{issues, licence, years};

#[derive(Template)]
#[template(path = "board/data.html")]
struct DataPage {
    page: Page,
    api: String,
    latest: Option<Issue>,
    years: Vec<DumpYear>,
    lists: Vec<List>,
    fields: Vec<(&'static str, String)>,
    licence: &'static str,
    licence_address: &'static str,
}

/// A list and the key of the sentence that says what is in it.
struct List {
    name: &'static str,
    key: &'static str,
}

const LISTS: [List; 15] = [
    List { name: "issues", key: "data-list-issues" },
    List { name: "items", key: "data-list-items" },
    List { name: "answers", key: "data-list-answers" },
    List { name: "corrections", key: "data-list-corrections" },
    List { name: "redactions", key: "data-list-redactions" },
    List { name: "questions", key: "data-list-questions" },
    List { name: "projects", key: "data-list-projects" },
    List { name: "directives", key: "data-list-directives" },
    List { name: "difficulties", key: "data-list-difficulties" },
    List { name: "visits", key: "data-list-visits" },
    List { name: "minutes", key: "data-list-minutes" },
    List { name: "persons", key: "data-list-persons" },
    List { name: "organizations", key: "data-list-organizations" },
    List { name: "posts", key: "data-list-posts" },
    List { name: "memberships", key: "data-list-memberships" },
];

const FIELDS: [(&str, &str); 20] = [
    ("id", "data-field-id"),
    ("issue", "data-field-issue"),
    ("kind", "data-field-kind"),
    ("text", "data-field-text"),
    ("due_on", "data-field-due-on"),
    ("difficulty", "data-field-difficulty"),
    ("answers", "data-field-answers"),
    ("outcome", "data-field-outcome"),
    ("standing", "data-field-standing"),
    ("filed_by", "data-field-filed-by"),
    ("revision", "data-field-revision"),
    ("withheld", "data-field-withheld"),
    ("words", "data-field-words"),
    ("is_public", "data-field-is-public"),
    ("state", "data-field-state"),
    ("withheld_reason", "data-field-withheld-reason"),
    ("steps", "data-field-steps"),
    ("records", "data-field-records"),
    ("commitment", "data-field-commitment"),
    ("log_index", "data-field-log-index"),
];

pub async fn page(web: &Shared, here: Here) -> Result<Rendered, WebError> {
    let latest = issues(&web.app, &here.place, None, None, 1).await?.data.into_iter().next();
    let fields = FIELDS.iter().map(|(name, key)| (*name, here.t.get(key))).collect();
    rendered(&DataPage {
        api: format!("/{}/api/v1", here.place.slug),
        years: years(&web.app, &here.place).await?,
        page: Page::public(here),
        latest,
        lists: Vec::from(LISTS),
        fields,
        licence: licence::NAME,
        licence_address: licence::ADDRESS,
    })
}
