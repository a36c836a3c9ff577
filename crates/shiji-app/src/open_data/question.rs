//! Residents' questions: from the public rows to documents, in pages and one by one.

use super::cursor::{Cursor, pack, plain, unpack};
use super::document::{Question, QuestionAnswer, QuestionStep};
use super::read::{Page, one_more};
use crate::app::App;
use crate::error::AppError;
use crate::question::progress_of;
use shiji_domain::id::QuestionId;
use shiji_domain::question::{Step, Verdict, WithholdReason};
use shiji_record::projection::QuestionStepRow;
use shiji_store::public_question::{self, PublicQuestion, QuestionFilter};
use shiji_store::roster::Place;

/// The number of the last question of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuestionPosition(pub i64);

impl Cursor for QuestionPosition {
    fn to_text(&self) -> String {
        pack("question", &[&self.0.to_string()])
    }

    fn from_text(text: &str) -> Option<QuestionPosition> {
        let parts = unpack("question", text)?;
        let [number] = parts.as_slice() else { return None };
        plain(number).map(QuestionPosition)
    }
}

/// How a question is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionName {
    Id(QuestionId),
    Number(i64),
}

/// The newest first.
///
/// # Errors
/// Only when the store fails.
pub async fn questions(
    app: &App,
    place: &Place,
    filter: QuestionFilter,
    after: Option<QuestionPosition>,
    limit: usize,
) -> Result<Page<Question>, AppError> {
    let mut tx = app.store.read().await?;
    let below = after.map_or(i64::MAX, |after| after.0);
    let most = one_more(limit);
    let found = public_question::questions_below(&mut tx, place.place_id, filter, below, most).await?;
    let data = found.iter().map(question_document).collect();
    Ok(Page::cut(data, limit, |question: &Question| QuestionPosition(question.number)))
}

/// # Errors
/// `NotFound` for a question that there is not.
pub async fn question(app: &App, place: &Place, name: QuestionName) -> Result<Question, AppError> {
    let mut tx = app.store.read().await?;
    let found = match name {
        QuestionName::Id(id) => public_question::question(&mut tx, place.place_id, id).await?,
        QuestionName::Number(number) => {
            public_question::question_numbered(&mut tx, place.place_id, number).await?
        }
    };
    found.as_ref().map(question_document).ok_or(AppError::NotFound)
}

/// The same on every day: whether an open question is overdue is left to who knows the day.
pub(super) fn question_document(question: &PublicQuestion) -> Question {
    let fact = &question.fact;
    let progress = progress_of(question);
    let shown = question.steps.iter().map(|row| &row.fact).find(|fact| fact.step == Step::Shown);
    Question {
        id: fact.question.0,
        number: fact.number,
        kind: fact.question_kind.code().to_owned(),
        received_on: fact.received_on,
        due_on: progress.due_on,
        first_due_on: fact.due_on,
        is_public: fact.is_public,
        person: fact.person.map(|id| id.0),
        person_name: fact.person_name.clone(),
        unit_name: fact.unit_name.clone(),
        item: fact.item.map(|id| id.0),
        project: fact.project.map(|id| id.0),
        state: progress.course().code().to_owned(),
        answered_on: progress.answered_on,
        answered_late: progress.answered_late,
        verdict: progress.verdict.map(code_of_verdict),
        withheld_reason: progress.withheld.map(code_of_reason),
        words: shown.and_then(|shown| shown.text.clone()),
        words_salt: shown.and_then(|shown| shown.words_salt.clone()),
        words_commitment: fact.words_commitment.clone(),
        commitment: question.commitment.clone(),
        answers: answers(&question.steps),
        steps: question.steps.iter().map(step).collect(),
    }
}

fn code_of_verdict(verdict: Verdict) -> String {
    verdict.code().to_owned()
}

fn code_of_reason(reason: WithholdReason) -> String {
    reason.code().to_owned()
}

/// Answers, and the same set right, in their order. What was answered before the words were looked at became public in the same order afterwards, each with a step of its own.
fn answers(steps: &[QuestionStepRow]) -> Vec<QuestionAnswer> {
    let answers = || steps.iter().map(|row| &row.fact).filter(|fact| fact.step.is_answer());
    let mut shown_later = answers().filter(|fact| fact.step == Step::AnswerShown);
    answers()
        .filter(|fact| fact.step != Step::AnswerShown)
        .map(|answered| QuestionAnswer {
            on: answered.on,
            by: answered.by.clone(),
            text: shown_later.next().map_or_else(|| answered.text.clone(), |shown| shown.text.clone()),
        })
        .collect()
}

fn step(row: &QuestionStepRow) -> QuestionStep {
    let fact = &row.fact;
    QuestionStep {
        on: fact.on,
        step: fact.step.code().to_owned(),
        by: fact.by.clone(),
        verdict: fact.verdict.map(code_of_verdict),
        withheld_reason: fact.withheld.map(code_of_reason),
        due_on: fact.due_on,
        person: fact.person.map(|id| id.0),
        person_name: fact.person_name.clone(),
        unit_name: fact.unit_name.clone(),
        reason: fact.reason.clone(),
        withheld: row.withheld.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use shiji_record::fact::QuestionStepFact;
    use uuid::Uuid;

    fn row(step: Step, day: i8, text: Option<&str>) -> QuestionStepRow {
        let mut fact = QuestionStepFact::new(QuestionId(Uuid::from_u128(1)), 1, step, date(2026, 11, day));
        fact.text = text.map(str::to_owned);
        QuestionStepRow { fact, revision: 2, withheld: Vec::new() }
    }

    #[test]
    fn an_answer_that_was_shown_later_keeps_the_day_on_which_it_was_given() {
        let steps = [
            row(Step::Answered, 3, None),
            row(Step::Shown, 5, Some("水表什么时候换？")),
            row(Step::AnswerShown, 5, Some("下周换。")),
            row(Step::Reopened, 12, None),
            row(Step::Answered, 13, Some("今天上午换好了。")),
        ];
        let read: Vec<_> = answers(&steps).into_iter().map(|one| (one.on.day(), one.text)).collect();
        assert_eq!(read, [(3, Some("下周换。".to_owned())), (13, Some("今天上午换好了。".to_owned()))]);
    }

    #[test]
    fn a_place_in_the_list_of_questions_fits_no_other_list() {
        let position = QuestionPosition(7);
        assert_eq!(QuestionPosition::from_text(&position.to_text()), Some(position));
        assert_eq!(i64::from_text(&position.to_text()), None);
        assert_eq!(QuestionPosition::from_text(&7_i64.to_text()), None);
    }
}
