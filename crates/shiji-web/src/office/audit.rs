//! The audit trail.

use super::Query;
use super::ways::ways;
use crate::Shared;
use crate::frame::page::{Entry, show};
use crate::frame::{Page, SignedIn, WebError};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use shiji_app::office::{self, AuditPage};
use shiji_domain::item::Outcome;
use shiji_domain::report::{Decision, ReportState};

#[derive(Template)]
#[template(path = "office/audit.html")]
struct AuditTemplate {
    page: Page,
    ways: Vec<Entry>,
    audit: AuditPage,
    /// The address of the page behind this one.
    next: Option<String>,
}

impl AuditTemplate {
    fn act(&self, act: &str) -> String {
        self.page.t.get(key(act))
    }

    /// What stood there or stands there now; the words that the trail keeps for states and outcomes in the reader's own.
    fn told(&self, act: &str, text: &str) -> String {
        if matches!(act, "issue.publish" | "meeting.close") {
            return self.issue(text);
        }
        if act == "item.resolve" {
            return self.resolved(text);
        }
        if !matches!(act, "report.file" | "report.withdraw" | "report.decide" | "plan.answer") {
            return text.to_owned();
        }
        let (code, rest) = text.split_once([' ', ':']).unwrap_or((text, ""));
        let key = match (ReportState::from_code(code), Outcome::from_code(code), Decision::from_code(code)) {
            (Some(state), ..) => format!("state-{}", state.code()),
            (_, Some(outcome), _) => format!("outcome-{}", outcome.code()),
            (.., Some(decision)) => decision.code().to_owned(),
            _ => return text.to_owned(),
        };
        format!("{} {}", self.page.t.get(key), rest.trim()).trim_end().to_owned()
    }

    /// An issue's number and how many records it has, of which older lines are told in another form.
    fn issue(&self, text: &str) -> String {
        let numbers = text.split(|one: char| !one.is_ascii_digit()).filter(|number| !number.is_empty());
        let t = self.page.t;
        match numbers.collect::<Vec<_>>()[..] {
            [number] => t.one("issue-number", "number", number),
            [number, records] => t.two("office-audit-issue", "number", number, "records", records),
            _ => text.to_owned(),
        }
    }

    /// Which words stayed when two stood against each other.
    fn resolved(&self, text: &str) -> String {
        let Some((code, words)) = text.split_once(": ") else { return text.to_owned() };
        let code = code.to_ascii_lowercase();
        if !["waiting", "standing", "both"].contains(&code.as_str()) {
            return text.to_owned();
        }
        format!("{} {words}", self.page.t.get(format!("office-audit-kept-{code}")))
    }

    fn at(&self, millis: &i64) -> String {
        self.page.t.instant(&self.page.here.place, *millis)
    }
}

/// The key of the sentence for an act such as `report.file`.
pub(super) fn key(act: &str) -> String {
    format!("office-act-{}", act.replace('.', "-"))
}

pub async fn page(State(web): State<Shared>, me: SignedIn, query: Query) -> Result<Response, WebError> {
    let behind = query.get("at").zip(query.get("id"));
    let behind = behind.and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
    let audit = office::audit_page(&web.app, &me.act, behind).await?;
    let next = audit.next.map(|(at, id)| me.here.to(&format!("/office/audit?at={at}&id={id}")));
    show(&AuditTemplate { page: Page::working(&me), ways: ways(&me), audit, next })
}
