//! What the records of a question add up to, and what proves its words.

use crate::fact::{QuestionFact, QuestionStepFact};
use crate::projection::QuestionStepRow;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use shiji_domain::question::{Progress, Step};
use shiji_domain::working_day::Term;

/// SHA-256, hexadecimal, of the salt, a line feed, and the words.
pub fn words_commitment(salt: &str, words: &str) -> String {
    let digest = Sha256::digest(format!("{salt}\n{words}").as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// 128 bits as base64url.
pub fn words_salt(random: [u8; 16]) -> String {
    URL_SAFE_NO_PAD.encode(random)
}

/// Where a question stands after its steps.
pub fn progress<'a>(
    question: &QuestionFact,
    steps: impl IntoIterator<Item = &'a QuestionStepFact>,
) -> Progress {
    let mut progress =
        Progress::received(question.question_kind, question.is_public, question.received_on, question.due_on);
    steps.into_iter().for_each(|step| apply(&mut progress, step));
    progress
}

/// The one place where a step changes where a question stands: for the working side and for every reader of the records.
pub fn apply(progress: &mut Progress, step: &QuestionStepFact) {
    match step.step {
        Step::Shown => progress.shown = true,
        Step::Withheld => progress.withheld = step.withheld,
        Step::Extended => {
            progress.extended = true;
            progress.due_on = step.due_on.unwrap_or(progress.due_on);
        }
        Step::Answered => {
            progress.answered_on = Some(step.on);
            progress.answered_late |= step.on > progress.due_on;
        }
        Step::Judged => progress.verdict = step.verdict,
        Step::JudgedLater => progress.verdict_later = step.verdict,
        Step::Reopened => {
            progress.reopened = true;
            progress.answered_on = None;
            // The next answer is judged anew; what was said of the first stays in the story.
            progress.verdict = None;
            progress.verdict_later = None;
            progress.due_on = step.due_on.unwrap_or(progress.due_on);
        }
        Step::ReopeningShown | Step::ReopeningWithheld => progress.reopening_unseen = false,
        Step::Moved | Step::AnswerShown | Step::Masked | Step::Corrected | Step::TakenUp => {}
    }
}

/// A step with its number among the records of the question.
pub trait Numbered {
    fn number(&self) -> i64;
    fn fact_mut(&mut self) -> &mut QuestionStepFact;
}

impl Numbered for QuestionStepRow {
    fn number(&self) -> i64 {
        self.revision
    }

    fn fact_mut(&mut self) -> &mut QuestionStepFact {
        &mut self.fact
    }
}

/// Puts words that were masked later where they stood: each step reads as the latest masking of it says, and the masking itself
/// is left without words. `steps` are in their order.
pub fn read_masked(steps: &mut [impl Numbered]) {
    for at in 0..steps.len() {
        let mask = steps[at].fact_mut();
        let Some(of) = mask.masks else { continue };
        let (text, reason) = (mask.text.take(), mask.reason.take());
        if let Some(masked) = steps[..at].iter_mut().find(|step| step.number() == of) {
            let fact = masked.fact_mut();
            fact.text = text.or_else(|| fact.text.take());
            fact.reason = reason.or_else(|| fact.reason.take());
        }
    }
}

/// Why days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    Received,
    Extended,
    Reopened,
}

/// One term of a question, with how it was counted where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub cause: Cause,
    pub due_on: Date,
    pub term: Option<Term>,
}

/// The terms that a question has had, in their order.
pub fn counted<'a>(
    question: &QuestionFact,
    steps: impl IntoIterator<Item = &'a QuestionStepFact>,
) -> Vec<Counted> {
    let first = Counted { cause: Cause::Received, due_on: question.due_on, term: question.term.clone() };
    let later = steps.into_iter().filter_map(|step| {
        let cause = match step.step {
            Step::Extended => Cause::Extended,
            Step::Reopened => Cause::Reopened,
            _ => return None,
        };
        Some(Counted { cause, due_on: step.due_on?, term: step.term.clone() })
    });
    std::iter::once(first).chain(later).collect()
}

/// A step in one line for programs: what it was, and what was decided with it.
pub fn in_brief(step: &QuestionStepFact) -> String {
    let decided = step
        .verdict
        .map(|verdict| verdict.code().to_owned())
        .or_else(|| step.withheld.map(|reason| reason.code().to_owned()))
        .or_else(|| step.due_on.map(|due| due.to_string()))
        .or_else(|| step.person.map(|person| person.to_string()));
    [step.on.to_string(), step.step.code().to_owned()]
        .into_iter()
        .chain(decided)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use shiji_domain::id::QuestionId;
    use shiji_domain::question::{QuestionKind, State, Verdict};
    use uuid::Uuid;

    fn question() -> QuestionFact {
        QuestionFact {
            question: QuestionId(Uuid::from_u128(1)),
            number: 1,
            question_kind: QuestionKind::Problem,
            received_on: date(2026, 11, 2),
            due_on: date(2026, 11, 9),
            is_public: true,
            person: None,
            person_name: None,
            unit_name: None,
            item: None,
            project: None,
            words_commitment: words_commitment("c2FsdA", "水管坏了"),
            term: None,
        }
    }

    #[test]
    fn a_masking_is_read_where_the_words_stood_and_the_latest_counts() {
        let row = |revision, fact| QuestionStepRow { fact, revision, withheld: Vec::new() };
        let says = |kind, masks, text: Option<&str>| {
            let mut fact = step(kind, 5);
            fact.masks = masks;
            fact.text = text.map(str::to_owned);
            fact
        };
        let mut steps = vec![
            row(2, says(Step::Shown, None, None)),
            row(3, says(Step::Answered, None, Some("周五前换好。"))),
            row(4, says(Step::Masked, Some(2), Some("〔隐去〕路12号的水表坏了"))),
            row(5, says(Step::Masked, Some(2), Some("〔隐去〕的水表坏了"))),
        ];
        read_masked(&mut steps);
        let texts: Vec<_> = steps.iter().map(|row| row.fact.text.as_deref()).collect();
        assert_eq!(texts, [Some("〔隐去〕的水表坏了"), Some("周五前换好。"), None, None]);
    }

    #[test]
    fn a_question_tells_each_of_its_terms_and_old_records_only_the_days() {
        let mut extended = step(Step::Extended, 9);
        extended.due_on = Some(date(2026, 11, 16));
        let calendar = shiji_domain::working_day::WorkingDays::new([]);
        extended.term = calendar.term(date(2026, 11, 9), 5).ok();
        let told = counted(&question(), [&step(Step::Moved, 3), &extended]);
        assert_eq!(told.iter().map(|one| one.cause).collect::<Vec<_>>(), [Cause::Received, Cause::Extended]);
        assert_eq!((told[0].due_on, &told[0].term), (date(2026, 11, 9), &None));
        assert_eq!(told[1].term.as_ref().map(|term| term.until), Some(date(2026, 11, 16)));
    }

    #[test]
    fn a_record_from_before_questions_named_a_project_reads_and_writes_as_it_was() {
        let told = serde_json::to_string(&question()).unwrap();
        assert!(!told.contains("project") && !told.contains("term"), "{told}");
        assert_eq!(serde_json::from_str::<QuestionFact>(&told).unwrap(), question());
    }

    fn step(step: Step, on: i8) -> QuestionStepFact {
        QuestionStepFact::new(QuestionId(Uuid::from_u128(1)), 1, step, date(2026, 11, on))
    }

    #[test]
    fn an_answer_after_its_term_stays_late_even_when_the_question_is_reopened() {
        let mut reopened = step(Step::Reopened, 12);
        reopened.due_on = Some(date(2026, 11, 19));
        let late = step(Step::Answered, 10);
        let now = progress(&question(), [&late, &reopened]);
        assert!(now.answered_late);
        assert_eq!(now.state(date(2026, 11, 19)), State::Waiting);
        assert_eq!(now.state(date(2026, 11, 20)), State::Overdue);
        let again = step(Step::Answered, 18);
        assert_eq!(
            progress(&question(), [&late, &reopened, &again]).state(date(2026, 12, 1)),
            State::Answered
        );
    }

    #[test]
    fn an_extension_moves_the_end_and_a_verdict_stands() {
        let mut extended = step(Step::Extended, 9);
        extended.due_on = Some(date(2026, 11, 16));
        let mut judged = step(Step::Judged, 17);
        judged.verdict = Some(Verdict::Partly);
        let answered = step(Step::Answered, 16);
        let now = progress(&question(), [&extended, &answered, &judged]);
        assert!(!now.answered_late);
        assert_eq!(now.verdict, Some(Verdict::Partly));
    }

    #[test]
    fn words_are_proved_by_their_salt_alone() {
        let salt = words_salt([7; 16]);
        assert_eq!(words_commitment(&salt, "一"), words_commitment(&salt, "一"));
        assert_ne!(words_commitment(&salt, "一"), words_commitment(&salt, "二"));
        assert_ne!(words_commitment(&salt, "一"), words_commitment(&words_salt([8; 16]), "一"));
    }
}
