//! Questions at work: the official's list, and one question with everything that can be done about it.

use super::go;
use crate::Shared;
use crate::frame::page::show_as;
use crate::frame::{Fields, Page, SafeFields, SignedIn, WebError, show};
use crate::question::story::{Event, all_counted, event, kind_name, state_class, state_name};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use shiji_app::AppError;
use shiji_app::log::{RedactQuestion, redact_question};
use shiji_app::question::{
    self, AnswerQuestion, CorrectAnswer, ExtendQuestion, HandOver, Line, MaskQuestion, PublicWords,
    QuestionPage, Screening, proposal,
};
use shiji_domain::id::{PersonId, QuestionId};
use shiji_domain::question::{ANSWER_LENGTH_MOST, Step, WithholdReason};
use shiji_domain::redaction::RedactionReason;
use shiji_domain::refusal::Refusal;
use shiji_domain::text::ITEM_LENGTH_MOST;
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "desk/questions.html")]
struct ListTemplate {
    page: Page,
    open: Vec<Line>,
    done: Vec<Line>,
}

impl ListTemplate {
    fn state(&self, line: &Line) -> (&'static str, String) {
        (state_class(line.state), state_name(self.page.t, line.state))
    }

    fn due(&self, line: &Line) -> String {
        self.page.t.one("term-due", "due", self.page.t.short_day(&line.question.progress.due_on))
    }

    fn kind(&self, line: &Line) -> String {
        kind_name(self.page.t, line.question.kind())
    }
}

pub async fn own(State(web): State<Shared>, me: SignedIn) -> Result<Response, WebError> {
    let mine = me.act.person();
    let mut lines = Vec::new();
    // A delegate answers for others, too; whoever has no desk of their own sees theirs alone.
    let owners = std::iter::once(mine).chain(me.act.actor.files_for.iter().copied());
    let mut any = false;
    for owner in owners {
        match question::desk_questions(&web.app, &me.act, owner).await {
            Ok(found) => {
                any = true;
                lines.extend(found);
            }
            Err(AppError::Refused(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    if !any {
        return Err(AppError::from(shiji_domain::right::not_yours()).into());
    }
    let (open, done) = lines.into_iter().partition(|line| line.question.progress.is_open());
    show(&ListTemplate { page: Page::working(&me), open, done })
}

/// Characters of a question that a plan item begins with.
const FIRST_LINE_MOST: usize = 60;

#[derive(Template)]
#[template(path = "desk/question.html")]
struct QuestionTemplate {
    page: Page,
    shown: QuestionPage,
    events: Vec<Event>,
    counted: Vec<String>,
    proposal: String,
    trouble: Option<String>,
    typed: Fields,
    longest: usize,
    item_longest: usize,
    /// The reader may give an order because of it.
    may_order: bool,
}

impl QuestionTemplate {
    fn state(&self) -> (&'static str, String) {
        (state_class(self.shown.state), state_name(self.page.t, self.shown.state))
    }

    fn kind(&self) -> String {
        kind_name(self.page.t, self.shown.question.kind())
    }

    fn reasons(&self) -> Vec<(&'static str, String)> {
        let name = |reason: WithholdReason| self.page.t.get(format!("withhold-{}", reason.code()));
        WithholdReason::ALL.into_iter().map(|reason| (reason.code(), name(reason))).collect()
    }

    fn redaction_reasons(&self) -> Vec<(&'static str, String)> {
        let name = |reason: RedactionReason| {
            self.page.t.get(format!("redaction-{}", reason.code().replace('_', "-")))
        };
        RedactionReason::ALL.into_iter().map(|reason| (reason.code(), name(reason))).collect()
    }

    /// What was typed, else what is proposed.
    fn or(&self, field: &str, proposed: &str) -> String {
        let typed = self.typed.text(field);
        if typed.is_empty() { proposed.to_owned() } else { typed.to_owned() }
    }

    /// What a plan item may begin with: which question it deals with, and the first sentence of that as everybody may read it.
    fn first_line(&self) -> String {
        let shown = self.shown.steps.iter().find(|kept| kept.fact.step == Step::Shown);
        // What nobody has looked at, or the asker wants private, is told in the official's own words.
        let words = shown.and_then(|kept| kept.fact.text.clone()).unwrap_or_default();
        let first = words.lines().next().unwrap_or_default();
        let end = first.find(['。', '？', '！', '?', '!']).unwrap_or(first.len());
        let first: String = first[..end].chars().take(FIRST_LINE_MOST).collect();
        self.page.t.two("take-up-first", "number", self.shown.question.number, "words", first)
    }

    /// The answer as it stands.
    fn answer(&self) -> String {
        let answers = self.shown.steps.iter().rev().filter(|kept| kept.fact.step.is_answer());
        answers.filter_map(|kept| kept.fact.text.clone()).next().unwrap_or_default()
    }

    fn may_extend(&self) -> bool {
        let progress = &self.shown.question.progress;
        self.shown.may_answer && !progress.extended && self.shown.today <= progress.due_on
    }

    /// The public words, each with its field, what it is, and what it says or was typed.
    fn to_mask(&self) -> Vec<(String, String, String)> {
        let t = self.page.t;
        let line = |one: &PublicWords| {
            let field = mask_field(one.revision, one.is_reason);
            let what = match (one.is_reason, one.step) {
                (true, _) => "mask-reason",
                (false, Step::Shown) => "mask-words",
                (false, Step::ReopeningShown) => "mask-reopening",
                (false, _) => "mask-answer",
            };
            let words = self.or(&field, &one.words);
            (field, t.get(what), words)
        };
        self.shown.public_words.iter().map(line).collect()
    }
}

/// What a notice after an act can say.
const DONE: [&str; 10] = [
    "answered",
    "extended",
    "moved",
    "taken-up",
    "shown",
    "withheld",
    "redacted",
    "masked",
    "corrected",
    "forgotten",
];

/// The field of a form for the words of a step.
fn mask_field(revision: i64, is_reason: bool) -> String {
    format!("mask-{}-{revision}", if is_reason { "reason" } else { "text" })
}

type QuestionPath = Path<(String, String, String)>;

fn id_of(text: &str) -> Result<QuestionId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

pub async fn page(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, id)): QuestionPath,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, WebError> {
    let done = query.get("done").map(String::as_str).filter(|done| DONE.contains(done));
    let notice = done.map(|done| me.here.t.get(format!("question-done-{done}")));
    shown(&web, &me, id_of(&id)?, notice, None, Fields::default()).await
}

pub async fn act(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, id)): QuestionPath,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let id = id_of(&id)?;
    match take(&web, &me, id, &fields).await {
        Ok(done) => {
            // Whoever handed a question over may not see it any more.
            let address = match question::question_page(&web.app, &me.act, id).await {
                Ok(_) => format!("/desk/question/{id}?done={done}"),
                Err(_) => "/desk/questions".to_owned(),
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
    id: QuestionId,
    fields: &Fields,
) -> Result<&'static str, AppError> {
    let (app, act) = (&web.app, &me.act);
    match fields.text("act") {
        "answer" => {
            let wanted = AnswerQuestion { question: id, text: fields.text("answer").to_owned() };
            question::answer_question(app, act, wanted).await.map(|()| "answered")
        }
        "extend" => {
            let wanted = ExtendQuestion { question: id, reason: fields.text("extend-reason").to_owned() };
            question::extend_question(app, act, wanted).await.map(|()| "extended")
        }
        "hand-over" => {
            let to: PersonId = fields.parsed("to")?;
            let wanted = HandOver { question: id, to, reason: fields.text("move-reason").to_owned() };
            question::hand_over(app, act, wanted).await.map(|()| "moved")
        }
        "correct" => {
            let (text, reason) =
                (fields.text("corrected").to_owned(), fields.text("correct-reason").to_owned());
            let wanted = CorrectAnswer { question: id, text, reason };
            question::correct_answer(app, act, wanted).await.map(|()| "corrected")
        }
        "forget" => {
            if fields.text("sure") != "yes" {
                return Err(Refusal::new("refusal-redact-unsure").into());
            }
            question::forget_question(app, act, id).await.map(|()| "forgotten")
        }
        "take-up" => question::take_up(app, act, id, fields.text("item")).await.map(|_| "taken-up"),
        "show" => {
            let screening = Screening::Show(fields.text("shown").to_owned());
            question::screen_question(app, act, id, screening).await.map(|()| "shown")
        }
        "withhold" => {
            let reason = WithholdReason::from_code(fields.text("withhold"))
                .ok_or_else(|| Refusal::new("refusal-question-reason"))?;
            question::screen_question(app, act, id, Screening::Withhold(reason)).await.map(|()| "withheld")
        }
        "mask" => {
            let public = question::question_page(app, act, id).await?.public_words;
            let typed = public.iter().filter_map(|one| {
                let words = fields.text(&mask_field(one.revision, one.is_reason)).to_owned();
                (!words.is_empty()).then_some((one.revision, one.is_reason, words))
            });
            let wanted = MaskQuestion { question: id, words: typed.collect() };
            question::mask_question(app, act, wanted).await.map(|()| "masked")
        }
        "redact" => {
            let reason = RedactionReason::from_code(fields.text("redaction"))
                .ok_or_else(|| Refusal::new("refusal-reason-missing"))?;
            if fields.text("sure") != "yes" {
                return Err(Refusal::new("refusal-redact-unsure").into());
            }
            redact_question(app, act, RedactQuestion { question: id, reason }).await.map(|()| "redacted")
        }
        _ => Err(Refusal::new("refusal-form").into()),
    }
}

async fn shown(
    web: &Shared,
    me: &SignedIn,
    id: QuestionId,
    notice: Option<String>,
    trouble: Option<Refusal>,
    typed: Fields,
) -> Result<Response, WebError> {
    let shown = question::question_page(&web.app, &me.act, id).await?;
    let t = me.here.t;
    let orders = shiji_app::directive::choice(&web.app, &me.act).await;
    let may_order = orders.is_ok_and(|choice| choice.questions.iter().any(|question| question.id == id));
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let template = QuestionTemplate {
        events: shown.steps.iter().filter_map(|step| event(t, &step.fact)).collect(),
        counted: all_counted(t, &shown.counted),
        proposal: proposal(shown.reopening.as_deref().unwrap_or(&shown.question.words)),
        trouble: trouble.map(|refusal| t.refusal(&refusal)),
        page: Page::working(me).with_notice(notice),
        longest: ANSWER_LENGTH_MOST,
        item_longest: ITEM_LENGTH_MOST,
        may_order,
        shown,
        typed,
    };
    show_as(status, &template)
}
