//! "Who is in charge of …?": one box for people, duties and items, in everyday words. It says why somebody was found.

use crate::Shared;
use crate::frame::error::percent;
use crate::frame::{Here, Language, Page, WebError, headers, show};
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use serde::Deserialize;
use shiji_app::ask::{Asked, Directory, Hits, Match, QUERY_LENGTH_MOST};
use shiji_domain::follow::Followed;
use shiji_domain::issue::Standing;
use shiji_domain::item::ItemKind;
use shiji_store::roster::Place;
use shiji_text::Why;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Officials shown at once; the others are folded up.
const FIRST: usize = 3;
const OTHERS_MOST: usize = 9;

/// The directory of each place, made anew when what is public has changed.
#[derive(Default)]
pub struct Directories(RwLock<HashMap<String, (i64, Arc<Directory>)>>);

impl Directories {
    async fn of(&self, web: &crate::Web, place: &Place) -> Result<Arc<Directory>, WebError> {
        let version = shiji_app::board::version(&web.app, place).await?;
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&place.slug).cloned();
        if let Some((known, directory)) = kept
            && known == version
        {
            return Ok(directory);
        }
        let directory = Arc::new(shiji_app::ask::directory(&web.app, place).await?);
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        all.insert(place.slug.clone(), (version, directory.clone()));
        Ok(directory)
    }
}

#[derive(Deserialize)]
pub struct Words {
    #[serde(default)]
    q: String,
    before: Option<i64>,
}

#[derive(Template)]
#[template(path = "board/ask.html")]
struct AskPage {
    page: Page,
    query: String,
    asked: Option<Asked>,
    first: Vec<Match>,
    others: Vec<Match>,
    hits: Hits,
    /// Only items from here on: a later page of them.
    later: bool,
    groups: Vec<(&'static str, Vec<&'static str>)>,
    empty: bool,
}

impl AskPage {
    fn why(&self, why: &Why) -> String {
        let t = self.page.t;
        match why {
            Why::Name => t.get("why-name"),
            Why::Duty(duty) => t.one("why-duty", "duty", duty),
            Why::Post(post) => t.one("why-post", "post", post),
            Why::Unit(unit) => t.one("why-unit", "unit", unit),
            Why::Work(count) => t.one("why-work", "count", count),
        }
    }

    /// The feed of what the query finds among the items.
    fn feed(&self) -> Option<String> {
        let words = shiji_text::without_asking(&self.query).join(" ");
        match Followed::matter(&words) {
            Ok(Followed::Matter(word)) => {
                Some(self.page.to(&format!("/matter/{}/feed.atom", percent(&word))))
            }
            _ => None,
        }
    }

    fn titles(&self, found: &Match) -> String {
        let held = found.person.posts.iter().filter(|post| post.to.is_none());
        held.map(|post| post.title.as_str()).collect::<Vec<_>>().join("、")
    }

    fn search_for(&self, words: impl AsRef<str>) -> String {
        format!("{}?q={}", self.page.to("/ask"), crate::frame::error::percent(words.as_ref()))
    }

    /// A matter, or a group of them, in the page's language.
    fn named(&self, name: impl AsRef<str>) -> String {
        let name = name.as_ref();
        match self.page.t.language {
            Language::Zh => name.to_owned(),
            Language::En => shiji_text::concern_in_english(name).unwrap_or(name).to_owned(),
        }
    }

    fn understood(&self, matters: &[&str]) -> String {
        let separator = if self.page.t.language == Language::Zh { "、" } else { ", " };
        matters.iter().map(|matter| self.named(matter)).collect::<Vec<_>>().join(separator)
    }

    /// One character is too little to look for in items.
    fn is_short(&self) -> bool {
        self.query.chars().count() == 1
    }

    fn more(&self, number: &i64) -> String {
        format!("{}&before={number}", self.search_for(&self.query))
    }
}

pub async fn page(
    State(web): State<Shared>,
    here: Here,
    words: Result<Query<Words>, QueryRejection>,
) -> Result<Response, WebError> {
    let Query(words) = words.unwrap_or_else(|_| Query(Words { q: String::new(), before: None }));
    let query: String = words.q.trim().chars().filter(|c| !c.is_control()).take(QUERY_LENGTH_MOST).collect();
    let directory = web.directories.of(&web, &here.place).await?;
    let later = words.before.is_some();
    let asked = (!query.is_empty()).then(|| directory.ask(&query));
    let hits = match &asked {
        Some(asked) => {
            shiji_app::ask::items(&web.app, &here.place, &query, &asked.words, words.before).await?
        }
        None => Hits::default(),
    };
    let mut officials = asked.iter().flat_map(|asked| asked.officials.clone());
    let first: Vec<Match> = officials.by_ref().take(if later { 0 } else { FIRST }).collect();
    let others: Vec<Match> = officials.take(if later { 0 } else { OTHERS_MOST }).collect();
    let template = AskPage {
        page: Page::public(here),
        empty: directory.people.is_empty(),
        groups: if asked.is_none() { shiji_text::concern_groups() } else { Vec::new() },
        query,
        asked,
        first,
        others,
        hits,
        later,
    };
    let mut response = show(&template)?;
    headers::secure(response.headers_mut());
    // What somebody looked for is nobody's business: neither a cache's nor a search engine's.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex"));
    Ok(response)
}
