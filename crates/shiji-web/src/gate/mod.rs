//! Who is there today: what officials say of themselves. The one page for everybody that is no function of the records, and
//! therefore kept apart from the board; nothing of it is kept longer than it holds.

use crate::Shared;
use crate::frame::page::show;
use crate::frame::{Here, Page, WebError};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::routing::get;
use jiff::civil::Date;
use shiji_app::whereabouts::{GateLine, gate};
use shiji_domain::whereabouts::Presence;

pub fn routes(web: &Shared) -> Router<Shared> {
    Router::new()
        .route("/{place}/{lang}/now", get(page))
        .layer(axum::middleware::from_fn_with_state(web.clone(), crate::frame::error::explain_public))
}

struct UnitLines {
    name: String,
    lines: Vec<GateLine>,
}

#[derive(Template)]
#[template(path = "gate/now.html")]
struct NowTemplate {
    page: Page,
    today: Date,
    units: Vec<UnitLines>,
}

impl NowTemplate {
    fn class(&self, line: &GateLine) -> &'static str {
        match line.said.as_ref().map(|said| said.presence) {
            Some(Presence::InOffice) => "good",
            Some(Presence::Out) => "warn",
            Some(Presence::OnLeave) => "idle",
            None => "idle unsaid",
        }
    }

    fn state(&self, line: &GateLine) -> String {
        let code = line.said.as_ref().map_or("unsaid", |said| said.presence.code());
        self.page.t.get(format!("where-{code}"))
    }

    /// "back today 14:30", "back on Monday", or nothing.
    fn back(&self, line: &GateLine) -> Option<String> {
        let said = line.said.as_ref()?;
        let day = said.back_on.filter(|day| *day != self.today).map(|day| self.page.t.short_day(&day));
        let time = said.back_at.map(|time| time.strftime("%H:%M").to_string());
        let when = match (day, time) {
            (Some(day), Some(time)) => format!("{day} {time}"),
            (Some(day), None) => day,
            (None, Some(time)) => time,
            (None, None) => return None,
        };
        Some(self.page.t.one("where-back", "when", when))
    }
}

async fn page(State(web): State<Shared>, here: Here) -> Result<Response, WebError> {
    let (today, lines) = gate(&web.app, &here.place).await?;
    let mut units: Vec<UnitLines> = Vec::new();
    for line in lines {
        match units.last_mut() {
            Some(unit) if unit.name == line.person.unit_name => unit.lines.push(line),
            _ => units.push(UnitLines { name: line.person.unit_name.clone(), lines: vec![line] }),
        }
    }
    let mut response = show(&NowTemplate { page: Page::public(here), today, units })?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}
