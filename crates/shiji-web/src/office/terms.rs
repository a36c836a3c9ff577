//! Terms of answers, and the days that the place works or rests otherwise.

use super::ways::ways;
use super::{Query, done, go, shown_on_form};
use crate::Shared;
use crate::frame::page::{Entry, show_as};
use crate::frame::{Fields, Page, SafeFields, SignedIn, WebError};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use shiji_app::AppError;
use shiji_app::difficulty::set_answer_days;
use shiji_app::question::{self, TermsPage};
use shiji_domain::question::Terms;
use shiji_domain::working_day::{DayKind, SpecialDay};

#[derive(Template)]
#[template(path = "office/terms.html")]
struct TermsTemplate {
    page: Page,
    ways: Vec<Entry>,
    shown: TermsPage,
    trouble: Option<String>,
    typed: Fields,
}

impl TermsTemplate {
    fn kind(&self, special: &SpecialDay) -> String {
        self.page.t.get(format!("day-{}", special.kind.code()))
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        let terms = self.shown.terms;
        let fields = [
            ("answer-days", i64::from(terms.answer_days)),
            ("extension-days", i64::from(terms.extension_days)),
            ("reopened-days", i64::from(terms.reopened_days)),
            ("look-again-days", i64::from(terms.look_again_days)),
            ("contact-days", i64::from(terms.contact_days)),
        ];
        let typed = |name: &str, known: i64| {
            let typed = self.typed.text(name);
            if typed.is_empty() { known.to_string() } else { typed.to_owned() }
        };
        fields.into_iter().map(|(name, known)| (name, typed(name, known))).collect()
    }

    fn difficulty_days(&self) -> String {
        let typed = self.typed.text("difficulty-days");
        if typed.is_empty() { self.shown.difficulty_days.to_string() } else { typed.to_owned() }
    }

    fn name<'a>(&self, special: &'a SpecialDay) -> &'a str {
        match self.page.t.language {
            crate::frame::Language::Zh => &special.name,
            crate::frame::Language::En => &special.name_en,
        }
    }
}

pub async fn page(State(web): State<Shared>, me: SignedIn, query: Query) -> Result<Response, WebError> {
    shown(&web, &me, done(&me, &query), None, Fields::default()).await
}

pub async fn set(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let result = match terms(&fields) {
        Ok(terms) => question::set_terms(&web.app, &me.act, terms).await,
        Err(refusal) => Err(refusal.into()),
    };
    answer(&web, &me, result, fields).await
}

pub async fn difficulty(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let result = match fields.parsed("difficulty-days") {
        Ok(days) => set_answer_days(&web.app, &me.act, days).await,
        Err(refusal) => Err(refusal.into()),
    };
    answer(&web, &me, result, fields).await
}

fn terms(fields: &Fields) -> Result<Terms, shiji_domain::refusal::Refusal> {
    Ok(Terms {
        answer_days: fields.parsed("answer-days")?,
        extension_days: fields.parsed("extension-days")?,
        reopened_days: fields.parsed("reopened-days")?,
        look_again_days: fields.parsed("look-again-days")?,
        contact_days: fields.parsed("contact-days")?,
    })
}

pub async fn day(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let result = match fields.parsed("day") {
        Ok(day) if fields.is_set("remove") => question::take_back_day(&web.app, &me.act, day).await,
        Ok(day) => {
            let special = SpecialDay {
                day,
                kind: DayKind::from_code(fields.text("kind")).unwrap_or(DayKind::Off),
                name: fields.text("name").to_owned(),
                name_en: fields.text("name-en").to_owned(),
            };
            question::lay_down_day(&web.app, &me.act, special).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    answer(&web, &me, result, fields).await
}

async fn answer(
    web: &Shared,
    me: &SignedIn,
    result: Result<(), AppError>,
    fields: Fields,
) -> Result<Response, WebError> {
    match result {
        Ok(()) => Ok(go(me, "/office/terms", "terms")),
        Err(error) => {
            let trouble = me.here.t.refusal(&shown_on_form(error)?);
            shown(web, me, None, Some(trouble), fields).await
        }
    }
}

async fn shown(
    web: &Shared,
    me: &SignedIn,
    notice: Option<String>,
    trouble: Option<String>,
    typed: Fields,
) -> Result<Response, WebError> {
    let shown = question::terms_page(&web.app, &me.act).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page::working(me).with_notice(notice);
    show_as(status, &TermsTemplate { page, ways: ways(me), shown, trouble, typed })
}
