//! One joint visit: who comes, what happens to it, and what was done there.

use crate::Shared;
use crate::desk::go;
use crate::frame::page::{show, show_as};
use crate::frame::{Page, SafeFields, SignedIn, Texts, WebError};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use shiji_app::AppError;
use shiji_app::log::{RedactAffair, redact_affair};
use shiji_app::together::{
    self, RecordVisit, StepVisit, VisitNotice, VisitPage, VisitPart, visit_notice, visit_page,
};
use shiji_domain::id::VisitId;
use shiji_domain::redaction::RedactionReason;
use shiji_domain::refusal::Refusal;
use shiji_domain::visit::{LeadSaid, VisitMove, VisitState};

#[derive(Template)]
#[template(path = "together/visit.html")]
struct VisitTemplate {
    page: Page,
    shown: VisitPage,
    trouble: Option<String>,
    typed: String,
}

impl VisitTemplate {
    fn may_step(&self) -> bool {
        self.shown.may_change && self.shown.visit.state == VisitState::Planned
    }

    fn may_hold(&self) -> bool {
        self.may_step() && self.shown.visit.on <= self.shown.today
    }

    fn redaction_reasons(&self) -> Vec<(&'static str, String)> {
        let name = |reason: RedactionReason| {
            self.page.t.get(format!("redaction-{}", reason.code().replace('_', "-")))
        };
        RedactionReason::ALL.into_iter().map(|reason| (reason.code(), name(reason))).collect()
    }

    fn is_lead(&self, part: &VisitPart) -> bool {
        part.person == self.shown.visit.lead
    }

    fn lead_said(&self) -> String {
        self.page.t.get(format!("visit-lead-{}", self.shown.visit.lead_said.code()))
    }

    fn lead_class(&self) -> &'static str {
        match self.shown.visit.lead_said {
            LeadSaid::Asked => "idle",
            LeadSaid::Yes => "good",
            LeadSaid::No => "warn",
        }
    }

    fn is_planned(&self) -> bool {
        self.shown.visit.state == VisitState::Planned
    }

    fn is_yes(&self) -> bool {
        self.shown.visit.lead_said == LeadSaid::Yes
    }

    /// What stands in the plan of somebody who joins, unless it is changed; nothing where the visit's words are not public.
    fn joining(&self) -> String {
        let visit = &self.shown.visit;
        if self.shown.is_internal {
            return String::new();
        }
        let key = if visit.spot_kind.is_place() { "visit-join-plan" } else { "visit-join-plan-subject" };
        Texts::of_reports().two(key, "spot", &visit.spot, "purpose", &visit.purpose)
    }

    fn state_name(&self) -> String {
        self.page.t.get(format!("visit-{}", self.shown.visit.state.code()))
    }

    fn state_class(&self) -> &'static str {
        match self.shown.visit.state {
            VisitState::Planned => "warn",
            VisitState::Held => "good",
            VisitState::Cancelled => "idle",
        }
    }
}

#[derive(Template)]
#[template(path = "together/notice.html")]
struct NoticeTemplate {
    page: Page,
    shown: VisitNotice,
    /// The notice as one text, to be copied.
    whole: String,
}

pub(super) type Address = Path<(String, String, String)>;

pub(super) fn id(text: &str) -> Result<VisitId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

pub async fn page(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, visit)): Address,
) -> Result<Response, WebError> {
    let shown = visit_page(&web.app, &me.act, id(&visit)?).await?;
    show(&VisitTemplate { page: Page::working(&me), shown, trouble: None, typed: String::new() })
}

pub async fn step(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, visit)): Address,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let visit = id(&visit)?;
    let step = match fields.text("step") {
        "moved" => VisitMove::Moved,
        "held" => VisitMove::Held,
        "cancelled" => VisitMove::Cancelled,
        _ => return Err(Refusal::new("refusal-form").into()),
    };
    let to = fields.optional_parsed("to")?;
    let wanted = StepVisit { visit, step, to, reason: fields.text("reason").to_owned() };
    let result = together::step_visit(&web.app, &me.act, wanted).await;
    answer(&web, &me, visit, result, String::new()).await
}

pub async fn record(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, visit)): Address,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let visit = id(&visit)?;
    let text = fields.text("text").to_owned();
    let wanted = RecordVisit { visit, owner: fields.parsed("owner")?, text: text.clone() };
    let result = together::record_visit(&web.app, &me.act, wanted).await.map(|_| ());
    answer(&web, &me, visit, result, text).await
}

/// Takes the public words of a visit away.
pub async fn redact(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, visit)): Address,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let visit = id(&visit)?;
    let result = match (RedactionReason::from_code(fields.text("redaction")), fields.text("sure")) {
        (Some(reason), "yes") => {
            redact_affair(&web.app, &me.act, RedactAffair { subject: visit.0, reason }).await
        }
        (None, _) => Err(Refusal::new("refusal-reason-missing").into()),
        _ => Err(Refusal::new("refusal-redact-unsure").into()),
    };
    answer(&web, &me, visit, result, String::new()).await
}

/// Back to the visit, or the page again with the refusal on top and what was typed.
pub(super) async fn answer(
    web: &Shared,
    me: &SignedIn,
    visit: VisitId,
    result: Result<(), AppError>,
    typed: String,
) -> Result<Response, WebError> {
    match result {
        Ok(()) => Ok(go(&me.here.to(&format!("/visit/{visit}")))),
        Err(AppError::Refused(refusal)) if refusal.key != "refusal-not-yours" => {
            let shown = visit_page(&web.app, &me.act, visit).await?;
            let trouble = Some(me.here.t.refusal(&refusal));
            let mut page = Page::working(me);
            page.here.rest = format!("/visit/{visit}");
            show_as(StatusCode::UNPROCESSABLE_ENTITY, &VisitTemplate { page, shown, trouble, typed })
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn notice(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, visit)): Address,
) -> Result<Response, WebError> {
    let shown = visit_notice(&web.app, &me.act, id(&visit)?).await?;
    let t = me.here.t;
    let lead = shown.visitors.first();
    let telephone = lead.and_then(|lead| lead.telephone.clone());
    let lead = lead.map_or_else(String::new, |lead| format!("{} {}", lead.unit, lead.name));
    let place = Page::working(&me).place_name().to_owned();
    let whole = t.format(
        "notice-visit-text",
        &[
            ("spot", shown.visit.spot.clone()),
            ("day", t.day(&shown.visit.on)),
            ("units", shown.units.join("、")),
            ("count", shown.units.len().to_string()),
            ("purpose", shown.visit.purpose.clone()),
            ("lead", lead),
            ("telephone", telephone.unwrap_or_else(|| "—".into())),
            ("place", place),
        ],
    );
    show(&NoticeTemplate { page: Page::working(&me), shown, whole })
}
