//! What the clerk prints after the meeting: everything at once, or one by one.

use super::ways::ways;
use crate::Shared;
use crate::board::in_plain_form;
use crate::frame::error::percent;
use crate::frame::page::{Entry, show};
use crate::frame::{Page, SignedIn, WebError};
use crate::paper::{File, Printing};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use shiji_app::AppError;
use shiji_app::paper::{Wanted, bundle};
use shiji_store::public::Issue;

/// Earlier issues that are offered below.
const EARLIER: usize = 12;

/// One thing to print.
struct Thing {
    address: String,
    name: String,
    what: String,
}

#[derive(Template)]
#[template(path = "office/print.html")]
struct PrintPage {
    page: Page,
    ways: Vec<Entry>,
    issue: Option<Issue>,
    things: Vec<Thing>,
    earlier: Vec<Issue>,
    has_address: bool,
}

pub async fn page(State(web): State<Shared>, me: SignedIn) -> Result<Response, WebError> {
    shown(&web, &me, None).await
}

pub async fn page_of(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, number)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    shown(&web, &me, Some(in_plain_form(&number)?)).await
}

async fn shown(web: &Shared, me: &SignedIn, number: Option<i64>) -> Result<Response, WebError> {
    me.act.actor.must_read_all()?;
    let issues = shiji_app::board::issues(&web.app, &me.here.place).await?;
    let issue = match number {
        Some(number) => {
            let found = issues.iter().find(|issue| issue.number == number).cloned();
            Some(found.ok_or(AppError::NotFound)?)
        }
        None => issues.first().cloned(),
    };
    let things = issue.as_ref().map(|issue| things(web, me, issue.number)).unwrap_or_default();
    let chosen = issue.as_ref().map_or(0, |issue| issue.number);
    let earlier = issues.into_iter().filter(|issue| issue.number != chosen).take(EARLIER).collect();
    let has_address = Printing::of(web, &me.here).site.is_some();
    show(&PrintPage { page: Page::working(me), ways: ways(me), issue, things, earlier, has_address })
}

fn things(web: &Shared, me: &SignedIn, number: i64) -> Vec<Thing> {
    let thing = |rest: String, name: &str| Thing {
        address: me.here.to(&rest),
        name: me.here.t.get(name),
        what: me.here.t.get(format!("{name}-what")),
    };
    let mut things = vec![
        thing(format!("/issue/{number}/wall.pdf"), "print-wall"),
        thing(format!("/issue/{number}/booklet.pdf"), "print-booklet"),
        thing(format!("/issue/{number}/ask-cards.pdf"), "print-cards"),
        thing(format!("/issue/{number}.xlsx"), "print-week"),
    ];
    if web.app.log.is_some() {
        let slip = Thing {
            address: me.here.to(&format!("/slip/{number}")),
            name: me.here.t.get("slip-title"),
            what: me.here.t.get("print-slip-what"),
        };
        things.insert(1, slip);
    }
    things
}

/// Everything in one file.
pub async fn all(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, number)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    me.act.actor.must_read_all()?;
    let number: i64 = in_plain_form(&number)?;
    let printing = Printing { wanted: Wanted::ByOffice, ..Printing::of(&web, &me.here) };
    // Missing characters are told on the sheets themselves.
    let files: Vec<File> = printing.everything(number).await?;
    let packed = bundle(files.iter().map(|file| (file.name.as_str(), file.bytes.as_ref())))?;
    let name = format!("{} {}.zip", me.here.place.name, me.here.t.one("issue-number", "number", number));
    let plain = format!("{}-issue-{number}.zip", me.here.place.slug);
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", percent(&name));
    let mut response = packed.into_response();
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        out.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
