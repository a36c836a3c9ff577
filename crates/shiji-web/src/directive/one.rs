//! One order at work: who saw it, what it was answered, which items moved it, and what can be done about it now.

use super::story::{Event, event, state};
use crate::Shared;
use crate::desk::go;
use crate::frame::page::show_as;
use crate::frame::{Fields, Page, SafeFields, SignedIn, WebError};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use shiji_app::AppError;
use shiji_app::directive::{
    AnswerDirective, AskExtension, DirectivePage, EndDirective, FinishStep, answer_directive, ask_extension,
    decline_extension, directive_page, end_directive, extend_directive, finish_step, public_directive,
    uphold_directive,
};
use shiji_app::log::{RedactAffair, redact_affair};
use shiji_domain::directive::{End, Part};
use shiji_domain::id::{DirectiveId, ItemId, PersonId};
use shiji_domain::redaction::RedactionReason;
use shiji_domain::refusal::Refusal;
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "directive/one.html")]
struct OneTemplate {
    page: Page,
    me: PersonId,
    shown: DirectivePage,
    events: Vec<Event>,
    trouble: Option<String>,
    typed: Fields,
}

struct StepLine<'a> {
    /// From 1.
    position: usize,
    words: &'a str,
    /// The day that its words name.
    day: Option<Date>,
    overdue: bool,
    /// The words of the item by which it was done.
    done: Option<String>,
}

impl OneTemplate {
    fn redaction_reasons(&self) -> Vec<(&'static str, String)> {
        let name = |reason: RedactionReason| {
            self.page.t.get(format!("redaction-{}", reason.code().replace('_', "-")))
        };
        RedactionReason::ALL.into_iter().map(|reason| (reason.code(), name(reason))).collect()
    }

    fn state(&self) -> (&'static str, String) {
        state(self.page.t, self.shown.state)
    }

    fn source(&self) -> String {
        self.page.t.get(format!("directive-source-{}", self.shown.directive.source.code()))
    }

    /// Whose answer it is, when it is not one's own.
    fn answers_for(&self) -> Option<&str> {
        let owner = self.shown.answers_for.filter(|owner| *owner != self.me)?;
        self.shown.people.iter().find(|line| line.person == owner).map(|line| line.name.as_str())
    }

    fn open_steps(&self) -> usize {
        self.shown.directive.course.done.iter().filter(|done| done.is_none()).count()
    }

    fn part(&self, part: &Part) -> String {
        self.page.t.get(format!("directive-{}", part.code()))
    }

    fn steps(&self) -> Vec<StepLine<'_>> {
        let of = &self.shown.directive;
        let done = &of.course.done;
        let words = |at: usize| -> Option<String> {
            let item: ItemId = (*done.get(at)?)?;
            let linked = self.shown.item(item);
            Some(linked.map_or_else(|| self.page.t.get("directive-item-gone"), |one| one.item.body.clone()))
        };
        let overdue = |position| of.course.is_step_overdue(&of.step_days, position, self.shown.today);
        let steps = (1..).zip(&of.steps).enumerate();
        steps
            .map(|(at, (position, step))| StepLine {
                position,
                words: step,
                day: of.step_days.get(at).copied().flatten(),
                overdue: overdue(position),
                done: words(at),
            })
            .collect()
    }

    /// What an owner asked for, or was typed.
    fn until(&self) -> String {
        let typed = self.typed.text("until");
        let asked = self.shown.directive.course.asked.as_ref();
        if typed.is_empty() {
            asked.map_or_else(String::new, |asked| asked.until.to_string())
        } else {
            typed.to_owned()
        }
    }

    fn has_work(&self) -> bool {
        self.shown.work().next().is_some()
    }
}

type OnePath = Path<(String, String, String)>;

fn id_of(text: &str) -> Result<DirectiveId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// Sentences at the top after an act.
const DONE: [&str; 10] =
    ["redacted", "given", "accepted", "objected", "upheld", "asked", "extended", "declined", "step", "ended"];

pub async fn page(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, id)): OnePath,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, WebError> {
    let done = query.get("done").map(String::as_str).filter(|done| DONE.contains(done));
    let notice = done.map(|done| me.here.t.get(format!("directive-done-{done}")));
    let id = id_of(&id)?;
    let page = shown(&web, &me, id, notice, None, Fields::default()).await;
    // Who has no part in a public order reads it where everybody does.
    let is_foreign =
        matches!(&page, Err(WebError::App(AppError::Refused(refusal))) if refusal.key == "refusal-not-yours");
    if is_foreign && public_directive(&web.app, &me.here.place, id).await.is_ok() {
        return Ok(go(&me.here.to(&format!("/order/{id}"))));
    }
    page
}

pub async fn act(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, id)): OnePath,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let id = id_of(&id)?;
    // A stranger learns nothing from which field is refused first.
    directive_page(&web.app, &me.act, id).await?;
    match take(&web, &me, id, &fields).await {
        Ok(done) => Ok(go(&me.here.to(&format!("/directive/{id}?done={done}")))),
        Err(AppError::Refused(refusal)) if refusal.key != "refusal-not-yours" => {
            shown(&web, &me, id, None, Some(refusal), fields).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn take(
    web: &Shared,
    me: &SignedIn,
    directive: DirectiveId,
    fields: &Fields,
) -> Result<&'static str, AppError> {
    let (app, act) = (&web.app, &me.act);
    let words = |name: &str| fields.text(name).to_owned();
    let answer = |objection| AnswerDirective { directive, objection };
    let end = |end, remark| EndDirective { directive, end, remark };
    match fields.text("act") {
        "accept" => answer_directive(app, act, answer(None)).await.map(|()| "accepted"),
        "object" => answer_directive(app, act, answer(Some(words("reason")))).await.map(|()| "objected"),
        "uphold" => uphold_directive(app, act, directive, fields.text("reason")).await.map(|()| "upheld"),
        "ask" => {
            let asked = AskExtension { directive, until: fields.parsed("until")?, reason: words("reason") };
            ask_extension(app, act, asked).await.map(|()| "asked")
        }
        "extend" => {
            let wanted = AskExtension { directive, until: fields.parsed("until")?, reason: words("reason") };
            extend_directive(app, act, wanted).await.map(|()| "extended")
        }
        "decline" => decline_extension(app, act, directive).await.map(|()| "declined"),
        "step" => {
            let position = fields.parsed("position")?;
            let wanted = FinishStep { directive, position, item: fields.parsed("item")? };
            finish_step(app, act, wanted).await.map(|()| "step")
        }
        "close" => end_directive(app, act, end(End::Closed, words("remark"))).await.map(|()| "ended"),
        "withdraw" => end_directive(app, act, end(End::Withdrawn, words("reason"))).await.map(|()| "ended"),
        "redact" => {
            let reason = RedactionReason::from_code(fields.text("redaction"))
                .ok_or_else(|| Refusal::new("refusal-reason-missing"))?;
            if fields.text("sure") != "yes" {
                return Err(Refusal::new("refusal-redact-unsure").into());
            }
            redact_affair(app, act, RedactAffair { subject: directive.0, reason }).await.map(|()| "redacted")
        }
        _ => Err(Refusal::new("refusal-form").into()),
    }
}

async fn shown(
    web: &Shared,
    me: &SignedIn,
    id: DirectiveId,
    notice: Option<String>,
    trouble: Option<Refusal>,
    typed: Fields,
) -> Result<Response, WebError> {
    let shown = directive_page(&web.app, &me.act, id).await?;
    let t = me.here.t;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let template = OneTemplate {
        me: me.act.person(),
        events: shown.events.iter().map(|kept| event(t, &kept.fact)).collect(),
        trouble: trouble.map(|refusal| t.refusal(&refusal)),
        page: Page::working(me).with_notice(notice),
        shown,
        typed,
    };
    show_as(status, &template)
}
