//! One difficulty at work.

use super::story::{Event, event, state};
use crate::Shared;
use crate::desk::go;
use crate::frame::page::show_as;
use crate::frame::{Fields, Page, SafeFields, SignedIn, WebError};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use shiji_app::AppError;
use shiji_app::difficulty::{
    AnswerDifficulty, DifficultyPage, Solve, answer_difficulty, difficulty_page, hand_up, not_solved, solve,
};
use shiji_app::log::{RedactAffair, redact_affair};
use shiji_domain::difficulty::{ANSWER_LENGTH_MOST, State as Standing};
use shiji_domain::id::DifficultyId;
use shiji_domain::redaction::RedactionReason;
use shiji_domain::refusal::Refusal;
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "difficulty/one.html")]
struct OneTemplate {
    page: Page,
    shown: DifficultyPage,
    events: Vec<Event>,
    trouble: Option<String>,
    typed: Fields,
    longest: usize,
}

impl OneTemplate {
    fn redaction_reasons(&self) -> Vec<(&'static str, String)> {
        let name = |reason: RedactionReason| {
            self.page.t.get(format!("redaction-{}", reason.code().replace('_', "-")))
        };
        RedactionReason::ALL.into_iter().map(|reason| (reason.code(), name(reason))).collect()
    }

    fn state(&self) -> (&'static str, String) {
        state(self.page.t, self.shown.difficulty.course.state)
    }

    fn waits(&self) -> bool {
        self.shown.difficulty.course.state == Standing::Open
    }

    fn may_solve(&self) -> bool {
        self.shown.is_own && self.shown.difficulty.course.state != Standing::Solved
    }

    fn may_reopen(&self) -> bool {
        self.shown.is_own && !self.waits()
    }
}

type OnePath = Path<(String, String, String)>;

fn id_of(text: &str) -> Result<DifficultyId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// Sentences at the top after an act.
const DONE: [&str; 7] =
    ["redacted", "raised", "raised-public", "answered", "handed-up", "solved", "reopened"];

pub async fn page(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, id)): OnePath,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, WebError> {
    let done = query.get("done").map(String::as_str).filter(|done| DONE.contains(done));
    let notice = done.map(|done| me.here.t.get(format!("difficulty-done-{done}")));
    shown(&web, &me, id_of(&id)?, notice, None, Fields::default()).await
}

pub async fn act(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, id)): OnePath,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let id = id_of(&id)?;
    // A stranger learns nothing from which field is refused first.
    difficulty_page(&web.app, &me.act, id).await?;
    match take(&web, &me, id, &fields).await {
        Ok(done) => {
            // Whoever handed it up may not read it any more.
            let address = match difficulty_page(&web.app, &me.act, id).await {
                Ok(_) => format!("/difficulties/{id}?done={done}"),
                Err(_) => format!("/difficulties?done={done}"),
            };
            Ok(go(&me.here.to(&address)))
        }
        Err(AppError::Refused(refusal)) if refusal.key != "refusal-not-yours" => {
            shown(&web, &me, id, None, Some(refusal), fields).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn take(
    web: &Shared,
    me: &SignedIn,
    difficulty: DifficultyId,
    fields: &Fields,
) -> Result<&'static str, AppError> {
    let (app, act) = (&web.app, &me.act);
    match fields.text("act") {
        "answer" => {
            let wanted = AnswerDifficulty { difficulty, text: fields.text("answer").to_owned() };
            answer_difficulty(app, act, wanted).await.map(|()| "answered")
        }
        "hand-up" => hand_up(app, act, difficulty, fields.text("words")).await.map(|()| "handed-up"),
        "solve" => {
            let wanted = Solve {
                difficulty,
                solved_by: fields.parsed("solver")?,
                item: fields.optional_parsed("item")?,
                remark: fields.text("remark").to_owned(),
            };
            solve(app, act, wanted).await.map(|()| "solved")
        }
        "reopen" => not_solved(app, act, difficulty, fields.text("missing")).await.map(|()| "reopened"),
        "redact" => {
            let reason = RedactionReason::from_code(fields.text("redaction"))
                .ok_or_else(|| Refusal::new("refusal-reason-missing"))?;
            if fields.text("sure") != "yes" {
                return Err(Refusal::new("refusal-redact-unsure").into());
            }
            redact_affair(app, act, RedactAffair { subject: difficulty.0, reason }).await.map(|()| "redacted")
        }
        _ => Err(Refusal::new("refusal-form").into()),
    }
}

async fn shown(
    web: &Shared,
    me: &SignedIn,
    id: DifficultyId,
    notice: Option<String>,
    trouble: Option<Refusal>,
    typed: Fields,
) -> Result<Response, WebError> {
    let shown = difficulty_page(&web.app, &me.act, id).await?;
    let t = me.here.t;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let template = OneTemplate {
        events: shown.events.iter().map(|kept| event(t, &kept.fact)).collect(),
        trouble: trouble.map(|refusal| t.refusal(&refusal)),
        page: Page::working(me).with_notice(notice),
        longest: ANSWER_LENGTH_MOST,
        shown,
        typed,
    };
    show_as(status, &template)
}
