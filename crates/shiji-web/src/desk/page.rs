//! The desk's page.

use super::Advice;
use crate::Shared;
use crate::frame::page::show;
use crate::frame::{Page, SignedIn, WebError};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use shiji_app::AppError;
use shiji_app::desk::{DeskItem, DeskPage, desk_page};
use shiji_domain::id::PersonId;
use shiji_domain::item::Outcome;
use shiji_domain::report::ReportState;

#[derive(serde::Deserialize)]
pub struct Shown {
    /// Key of the sentence at the top.
    #[serde(default)]
    done: String,
}

/// An item with its advice.
struct Entry {
    of: DeskItem,
    advice: Advice,
}

#[derive(Template)]
#[template(path = "desk/desk.html")]
struct Shell {
    page: Page,
    desk: DeskPage,
    work: Vec<Entry>,
    plan: Vec<Entry>,
    open: bool,
    /// `/desk` or `/desk/for/…`.
    state_key: String,
    state_class: &'static str,
    in_the_way: Option<String>,
    next_first: String,
    next_last: String,
}

pub async fn own(
    State(web): State<Shared>,
    me: SignedIn,
    Query(shown): Query<Shown>,
) -> Result<Response, WebError> {
    let owner = me.act.person();
    if !me.act.actor.posts.iter().any(|post| post.files)
        && let Some(other) = me.act.actor.files_for.first()
    {
        return page(&web, &me, *other, &shown).await;
    }
    page(&web, &me, owner, &shown).await
}

pub async fn delegated(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, person)): Path<(String, String, String)>,
    Query(shown): Query<Shown>,
) -> Result<Response, WebError> {
    let owner: PersonId = person.parse().map_err(|_| AppError::NotFound)?;
    page(&web, &me, owner, &shown).await
}

async fn page(web: &Shared, me: &SignedIn, owner: PersonId, shown: &Shown) -> Result<Response, WebError> {
    let mut desk = desk_page(&web.app, &me.act, owner).await?;
    let t = me.here.t;
    let entry = |of: DeskItem| Entry { advice: Advice::of(t, &of.check), of };
    let work = std::mem::take(&mut desk.work).into_iter().map(entry).collect();
    let plan = std::mem::take(&mut desk.plan).into_iter().map(entry).collect();
    let state = desk.state.unwrap_or(ReportState::Draft);
    let notice = match shown.done.as_str() {
        "filed" => Some(t.get("desk-filed-notice")),
        "captured" => Some(t.get("desk-captured-notice")),
        "conflict" => Some(t.get("desk-conflict-notice")),
        _ => None,
    };
    let next = shiji_domain::calendar::following(desk.period.days);
    show(&Shell {
        page: Page::working(me).with_notice(notice),
        work,
        plan,
        open: state.is_open(),
        state_key: format!("state-{}", state.code()),
        state_class: match state {
            ReportState::Returned => "bad",
            ReportState::Filed => "warn",
            ReportState::Accepted | ReportState::Published => "good",
            ReportState::Draft => "idle",
        },
        in_the_way: desk.in_the_way.as_ref().map(|refusal| t.refusal(refusal)),
        next_first: next.first.to_string(),
        next_last: next.last.to_string(),
        desk,
    })
}
