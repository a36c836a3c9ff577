//! The chair's phone.

use super::projector::{Shown, shown};
use crate::Shared;
use crate::desk::go;
use crate::directive;
use crate::frame::page::show_as;
use crate::frame::{Fields, Page, SafeFields, SignedIn, Texts, WebError};
use crate::leader::{self, decide_of};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::ToSpan as _;
use shiji_app::AppError;
use shiji_app::directive::{Choice, GiveDirective, choice, give_directive};
use shiji_app::leader::decide;
use shiji_app::meeting::{
    MeetingPage, Turn, accept_rest, meeting_page, note_on_report, show_report, write_notes,
};
use shiji_domain::agenda::{Matter, MatterKind};
use shiji_domain::directive::Source;
use shiji_domain::id::ReportId;
use shiji_domain::refusal::Refusal;
use shiji_domain::text::with_lines_of;

#[derive(Template)]
#[template(path = "meeting/control.html")]
struct Control {
    page: Page,
    held: MeetingPage,
    shown: Option<Shown>,
    lines: Vec<super::overview::Line>,
    /// What the notes say.
    standing: String,
    /// What stands in their box.
    notes: String,
    /// What stands in the box for a note on the report.
    note: String,
    decidable: bool,
    since: i64,
    now: i64,
    version: i64,
    trouble: Option<String>,
    /// Words that were refused and have no box any more.
    unsent: Option<String>,
    matters: Vec<(MatterKind, Vec<Matter>)>,
    /// A decision that becomes an order on the spot; for those who run the meeting.
    order: Option<directive::Form>,
    /// Words on the screen that an order can begin with.
    beginnings: Vec<(String, String)>,
}

/// Words of a form that was refused.
#[derive(Default)]
struct Typed {
    report: Option<ReportId>,
    on_item: leader::Typed,
    note: String,
    notes: Option<String>,
    order: Option<Fields>,
    /// What an order is made from: an item, or the page of a matter.
    from: String,
    notice: Option<String>,
}

impl Typed {
    /// The words themselves, when they belong to a report that is not on the screen now.
    fn unsent(&self, shown: Option<&Shown>) -> Option<String> {
        let words = format!("{}{}", self.on_item.reason, self.note);
        let has_its_box = shown.is_some_and(|shown| Some(shown.view.report.report_id) == self.report);
        (!has_its_box && !words.is_empty()).then_some(words)
    }
}

#[derive(serde::Deserialize)]
pub struct Asked {
    #[serde(default)]
    from: String,
    #[serde(default)]
    done: String,
}

pub async fn page(
    State(web): State<Shared>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let notice = (asked.done == "directive").then(|| me.here.t.get("meeting-order-done"));
    drawn(&web, &me, None, Typed { from: asked.from, notice, ..Typed::default() }).await
}

async fn drawn(
    web: &Shared,
    me: &SignedIn,
    trouble: Option<String>,
    typed: Typed,
) -> Result<Response, WebError> {
    let held = meeting_page(&web.app, &me.act).await?;
    let Some(meeting) = held.meeting.clone() else {
        let Some(trouble) = trouble else { return Ok(go(&me.here.to("/meeting"))) };
        let unsent = typed.unsent(None).or(typed.notes);
        return super::overview::shown(web, me, Some(trouble), unsent).await;
    };
    let lines = super::overview::lines(&held);
    let shown = shown(me, &held, &typed.on_item);
    let decidable = held.may_decide && shown.as_ref().is_some_and(|shown| shown.view.report.state.is_filed());
    let unsent = typed.unsent(shown.as_ref()).filter(|_| trouble.is_some());
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let mut page = Page::working(me).with_notice(typed.notice.clone());
    page.here.rest = HERE.into();
    let order = if held.may_run {
        let choice = choice(&web.app, &me.act).await?;
        let begun = typed
            .order
            .clone()
            .unwrap_or_else(|| begin(me.here.t, &choice, &held, shown.as_ref(), &typed.from));
        Some(directive::Form::new(&web.app, choice, begun, Some(Source::Meeting)))
    } else {
        None
    };
    let control = Control {
        page,
        version: meeting.version,
        notes: typed
            .notes
            .map_or_else(|| meeting.notes.clone(), |typed| with_lines_of(&meeting.notes, &typed)),
        standing: meeting.notes,
        note: if unsent.is_none() { typed.note } else { String::new() },
        matters: super::overview::matters(&held),
        beginnings: shown.as_ref().map(beginnings).unwrap_or_default(),
        order,
        since: meeting.shown_at.unwrap_or(0),
        now: me.act.millis(),
        shown,
        lines,
        decidable,
        held,
        trouble,
        unsent,
    };
    show_as(status, &control)
}

const HERE: &str = "/meeting/control";

/// Back to the page, or the page again with the refusal on top and the refused words in their box.
async fn answer(
    web: &Shared,
    me: &SignedIn,
    result: Result<(), AppError>,
    typed: Typed,
) -> Result<Response, WebError> {
    let trouble = match result {
        Ok(()) => return Ok(go(&me.here.to(HERE))),
        Err(AppError::Refused(refusal)) if refusal.key != "refusal-not-yours" => me.here.t.refusal(&refusal),
        Err(AppError::NotFound) => me.here.t.get("meeting-gone"),
        Err(error) => return Err(error.into()),
    };
    drawn(web, me, Some(trouble), typed).await
}

pub async fn turn(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let turn = match fields.text("turn") {
        "next" => Turn::After(fields.optional_parsed("seen")?),
        "previous" => Turn::Before(fields.optional_parsed("seen")?),
        _ => Turn::To(fields.parsed("report").map_err(|_| Refusal::new("refusal-form"))?),
    };
    let result = show_report(&web.app, &me.act, turn).await;
    answer(&web, &me, result, Typed::default()).await
}

pub async fn act_decide(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let wanted = decide_of(&fields)?;
    let reason = fields.text("reason").to_owned();
    let on_item = leader::Typed { item: wanted.item, reason, ..leader::Typed::default() };
    let typed = Typed { report: Some(wanted.report), on_item, ..Typed::default() };
    let result = decide(&web.app, &me.act, wanted).await;
    answer(&web, &me, result, typed).await
}

pub async fn rest(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(_): SafeFields,
) -> Result<Response, WebError> {
    let result = accept_rest(&web.app, &me.act).await.map(|_| ());
    answer(&web, &me, result, Typed::default()).await
}

pub async fn note(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let report = fields.parsed("report")?;
    let note = fields.text("words").to_owned();
    let result = note_on_report(&web.app, &me.act, report, &note).await;
    answer(&web, &me, result, Typed { report: Some(report), note, ..Typed::default() }).await
}

/// Items of the report on the screen, by id: what is not yet done, then what was.
fn beginnings(shown: &Shown) -> Vec<(String, String)> {
    let entry = |one: &leader::Reviewed| (one.of.item.item_id.to_string(), words_of(one));
    shown.plan.iter().chain(&shown.work).map(entry).collect()
}

fn is_stuck(shown: &Shown, item: &str) -> bool {
    let mut all = shown.plan.iter().chain(&shown.work);
    all.any(|one| one.of.item.difficulty.is_some() && one.of.item.item_id.to_string() == item)
}

/// Where somebody is stuck, the order is about that.
fn words_of(entry: &leader::Reviewed) -> String {
    entry.of.item.difficulty.clone().unwrap_or_else(|| entry.of.item.body.clone())
}

/// Days until an order is due, where nothing else is said: the next meeting hears of it.
const ORDER_DAYS: i64 = 7;

/// An order as the screen proposes it, so that nothing is typed twice: the words it is made from, whose they are, and a week.
/// About a difficulty it asks for help, and whoever is stuck is not whom it is given to.
fn begin(t: Texts, choice: &Choice, held: &MeetingPage, shown: Option<&Shown>, from: &str) -> Fields {
    let matter = held.matters.iter().find(|matter| matter.rest == from);
    let item = shown.and_then(|shown| beginnings(shown).into_iter().find(|(id, _)| id == from));
    let words = matter.map(|matter| matter.text.clone()).or(item.map(|(_, words)| words));
    let is_stuck = match matter {
        Some(matter) => matter.kind == MatterKind::StuckDifficulty,
        None => shown.is_some_and(|shown| is_stuck(shown, from)),
    };
    let words = words.map(|words| if is_stuck { t.one("meeting-order-help", "words", words) } else { words });
    // Of a difficulty, first who is stuck and then whom it was put to.
    let named = matter.and_then(|matter| matter.people.get(usize::from(is_stuck)));
    let owner = match named {
        Some(name) => choice.people.iter().find(|(_, known, _)| known == name).map(|(id, ..)| *id),
        None if is_stuck => None,
        None => shown.map(|shown| shown.view.report.person_id),
    };
    let due = choice.today.saturating_add(ORDER_DAYS.days());
    let mut fields = vec![
        ("text", words.unwrap_or_default()),
        ("owner", owner.map_or_else(String::new, |owner| owner.to_string())),
        ("due", due.to_string()),
    ];
    // What is not for everybody does not become public by a form that nobody looked through.
    if !matter.is_some_and(|matter| matter.is_internal) {
        fields.push(("public", "yes".to_owned()));
    }
    Fields(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// A decision of the meeting becomes an order at once.
pub async fn order(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let held = meeting_page(&web.app, &me.act).await?;
    if !held.may_run {
        return Err(AppError::from(shiji_domain::right::not_yours()).into());
    }
    let given = match directive::give_of(&fields) {
        Ok(wanted) => {
            let wanted = GiveDirective { source: Source::Meeting, ..wanted };
            give_directive(&web.app, &me.act, wanted).await
        }
        Err(error) => Err(error),
    };
    match given {
        Ok(_) => Ok(go(&me.here.to(&format!("{HERE}?done=directive")))),
        Err(AppError::Refused(refusal)) => {
            let order = Some(directive::Form::refused(fields, &refusal));
            answer(&web, &me, Err(refusal.into()), Typed { order, ..Typed::default() }).await
        }
        Err(error) => answer(&web, &me, Err(error), Typed { order: Some(fields), ..Typed::default() }).await,
    }
}

pub async fn notes(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let notes = fields.text("notes").to_owned();
    let result = write_notes(&web.app, &me.act, fields.text("before"), &notes).await;
    answer(&web, &me, result, Typed { notes: Some(notes), ..Typed::default() }).await
}
