//! Where the links in letters lead. Looking at such a page changes nothing, because mail programs look at links before
//! their readers do; the button does.

use crate::Shared;
use crate::frame::page::show;
use crate::frame::{Here, OpenFields, Page, WebError};
use crate::letter::followed_words;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use shiji_app::AppError;
use shiji_app::follow::{Purpose, Standing, confirm_follow, follow_of_link, stop_following};
use shiji_domain::id::SubscriptionId;

#[derive(Template)]
#[template(path = "follow/link.html")]
struct LinkPage {
    page: Page,
    heading: String,
    what: String,
    /// The button, while there is something to do.
    button: Option<String>,
    action: String,
}

type Token = Path<(String, String, String, String)>;

fn read(path: Token) -> Result<(SubscriptionId, String), AppError> {
    let Path((_, _, id, token)) = path;
    Ok((id.parse().map_err(|_| AppError::NotFound)?, token))
}

/// The address holds the token of one subscription, so it is not written into the page's other links.
fn page(here: &Here) -> Page {
    Page::public(Here { rest: "/follow".into(), ..here.clone() })
}

fn plain(here: &Here, heading: &str, what: String) -> Result<Response, WebError> {
    let template = LinkPage {
        page: page(here),
        heading: here.t.get(heading),
        what,
        button: None,
        action: String::new(),
    };
    show(&template)
}

pub async fn confirm_page(State(web): State<Shared>, path: Token, here: Here) -> Result<Response, WebError> {
    let (id, token) = read(path)?;
    let t = here.t;
    match follow_of_link(&web.app, &here.place, Purpose::Confirm, id, &token).await? {
        Standing::Gone => plain(&here, "follow-confirm", t.get("follow-late")),
        Standing::There { confirmed: true, .. } => {
            plain(&here, "follow-confirmed", t.get("follow-confirmed-what"))
        }
        Standing::There { named, .. } => show(&LinkPage {
            page: page(&here),
            heading: t.get("follow-confirm"),
            what: followed_words(t, &named),
            button: Some(t.get("follow-confirm-button")),
            action: here.to(&here.rest),
        }),
    }
}

pub async fn confirm(
    State(web): State<Shared>,
    path: Token,
    here: Here,
    OpenFields(_): OpenFields,
) -> Result<Response, WebError> {
    let (id, token) = read(path)?;
    confirm_follow(&web.app, &here.place, id, &token).await?;
    plain(&here, "follow-confirmed", here.t.get("follow-confirmed-what"))
}

pub async fn stop_page(State(web): State<Shared>, path: Token, here: Here) -> Result<Response, WebError> {
    let (id, token) = read(path)?;
    let t = here.t;
    match follow_of_link(&web.app, &here.place, Purpose::Stop, id, &token).await? {
        Standing::Gone => plain(&here, "follow-stopped", t.get("follow-stopped-what")),
        Standing::There { named, .. } => show(&LinkPage {
            page: page(&here),
            heading: t.get("follow-stop"),
            what: followed_words(t, &named),
            button: Some(t.get("follow-stop-button")),
            action: here.to(&here.rest),
        }),
    }
}

/// Mail programs post here by themselves (RFC 8058), from anywhere and with a body of their own: the token is enough.
pub async fn stop(State(web): State<Shared>, path: Token, here: Here) -> Result<Response, WebError> {
    let (id, token) = read(path)?;
    stop_following(&web.app, &here.place, id, &token).await?;
    plain(&here, "follow-stopped", here.t.get("follow-stopped-what"))
}
