//! The page of colleagues' plans.

use crate::Shared;
use crate::frame::page::{show, show_as};
use crate::frame::{Page, SignedIn, Texts, WebError};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use shiji_app::AppError;
use shiji_app::together::{PlanFilter, PlanLine, PlanPage, RequestLine, Suggested, SuggestedPart, plan_page};
use shiji_domain::help::{HelpKind, OfferState, RequestState};
use shiji_text::NamedBy;
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "together/plans.html")]
struct PlansTemplate {
    page: Page,
    shown: PlanPage,
    filter: PlanFilter,
    trouble: Option<String>,
}

/// Plans that are shown without being folded by person.
const UNFOLDED_MOST: usize = 30;

/// What has just been done, by the word in the address.
const DONE: [&str; 9] =
    ["asked", "closed", "offered", "accepted", "accepted-waits", "declined", "withdrawn", "refused", "left"];

impl PlansTemplate {
    fn day(&self) -> String {
        self.filter.day.map_or_else(String::new, |day| day.to_string())
    }

    fn is_unit(&self, unit: &str) -> bool {
        self.filter.unit == unit
    }

    /// Of the plans of a whole town only one's own stand open; what was looked for does, and a few.
    fn is_unfolded(&self, lines: &[&PlanLine]) -> bool {
        let is_looked_for = self.filter != PlanFilter::default();
        is_looked_for || self.shown.lines.len() <= UNFOLDED_MOST || lines.iter().any(|line| line.own)
    }

    /// The lines of each person together, in the order of the board.
    fn by_person(&self) -> Vec<(String, Vec<&PlanLine>)> {
        let mut people: Vec<(String, Vec<&PlanLine>)> = Vec::new();
        for line in &self.shown.lines {
            let who = format!("{} {}", line.unit, line.name);
            match people.last_mut() {
                Some((known, lines)) if *known == who => lines.push(line),
                _ => people.push((who, vec![line])),
            }
        }
        people
    }

    /// The day as the plan says it: one day, a term, or any day.
    fn when(&self, line: &PlanLine) -> String {
        let t = self.page.t;
        if !line.days.told {
            t.get("plans-any-day")
        } else if line.days.days.count() > 1 {
            t.one("due-by", "day", t.short_day(&line.days.days.last))
        } else {
            t.short_day(&line.days.days.first)
        }
    }

    /// Which words name the place, which say the matter, which the day: why it stands here.
    fn why(&self, part: &SuggestedPart) -> String {
        let t = self.page.t;
        let named = match part.by {
            NamedBy::Own => t.one("plans-why-own", "words", &part.named),
            NamedBy::Near => t.one("plans-why-near", "words", &part.named),
            NamedBy::Subject => t.one("plans-why-subject", "words", &part.named),
            NamedBy::Short | NamedBy::Name => t.one("plans-why-named", "words", &part.named),
        };
        let matter = part.matter_word.as_ref().map(|word| t.one("plans-why-matter", "words", word));
        let day = match &part.day_words {
            _ if part.any_day => t.get("plans-why-any-day"),
            Some(words) => t.one("plans-why-day", "words", words),
            None => t.one("plans-why-day", "words", t.short_day(&part.days.last)),
        };
        [Some(named), matter, Some(day)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(&t.get("plans-why-joint"))
    }

    /// What stands in the helper's report unless it is changed: nobody has to write it.
    fn offered_words(&self, line: &RequestLine) -> String {
        let words = Texts::of_reports().format(
            "plans-offer-words",
            &[("unit", line.unit.clone()), ("name", line.name.clone()), ("words", line.text.clone())],
        );
        words.chars().take(shiji_domain::text::ITEM_LENGTH_MOST).collect()
    }

    fn kind_name(&self, kind: &HelpKind) -> String {
        self.page.t.get(format!("help-{}", kind.code()))
    }

    fn is_open(&self, line: &RequestLine) -> bool {
        line.request.state == RequestState::Open
    }

    fn offer_state(&self, state: &OfferState) -> String {
        self.page.t.get(format!("offer-{}", state.code()))
    }

    /// Leads are people, each once, though somebody may have two plans for the same place.
    fn leads(&self, found: &Suggested) -> Vec<(String, String)> {
        let mut leads: Vec<(String, String)> = Vec::new();
        for part in &found.parts {
            let id = part.person.to_string();
            if !leads.iter().any(|(known, _)| *known == id) {
                leads.push((id, format!("{} {}", part.unit, part.name)));
            }
        }
        leads
    }
}

fn filter_of(query: &HashMap<String, String>) -> PlanFilter {
    let text = |name: &str| query.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    PlanFilter { words: text("q"), unit: text("unit"), day: text("day").parse::<Date>().ok() }
}

pub async fn page(
    State(web): State<Shared>,
    me: SignedIn,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, WebError> {
    let done = query.get("done").filter(|done| DONE.contains(&done.as_str()));
    let notice = done.map(|done| me.here.t.get(format!("plans-done-{done}")));
    let filter = filter_of(&query);
    let shown = plan_page(&web.app, &me.act, &filter).await?;
    let page = Page::working(&me).with_notice(notice);
    show(&PlansTemplate { page, shown, filter, trouble: None })
}

/// The page with the refusal on top; whoever has no right at all gets the plain refusal.
pub(super) async fn shown_again(web: &Shared, me: &SignedIn, error: AppError) -> Result<Response, WebError> {
    match error {
        AppError::Refused(refusal) if refusal.key != "refusal-not-yours" => {
            let trouble = Some(me.here.t.refusal(&refusal));
            let filter = PlanFilter::default();
            let shown = plan_page(&web.app, &me.act, &filter).await?;
            let mut page = Page::working(me);
            page.here.rest = "/plans".into();
            show_as(StatusCode::UNPROCESSABLE_ENTITY, &PlansTemplate { page, shown, filter, trouble })
        }
        error => Err(error.into()),
    }
}
