use super::tests::Book;
use super::*;
use crate::fact::{QuestionFact, QuestionStepFact, RedactionFact};
use crate::question::{words_commitment, words_salt};
use jiff::civil::date;
use shiji_domain::id::QuestionId;
use shiji_domain::question::{QuestionKind, Step, Verdict};
use shiji_domain::redaction::RedactionReason;

const WORDS: &str = "水管坏了，什么时候修？";

fn id(number: i64) -> u128 {
    500 + u128::try_from(number).unwrap()
}

fn question(number: i64) -> Fact {
    Fact::Question(QuestionFact {
        question: QuestionId(Uuid::from_u128(id(number))),
        number,
        question_kind: QuestionKind::Problem,
        received_on: date(2026, 11, 24),
        due_on: date(2026, 12, 1),
        is_public: true,
        person: None,
        person_name: None,
        unit_name: None,
        item: None,
        project: None,
        words_commitment: words_commitment(&words_salt([7; 16]), WORDS),
        term: None,
    })
}

fn step(number: i64, step: Step, text: Option<&str>) -> QuestionStepFact {
    let mut fact =
        QuestionStepFact::new(QuestionId(Uuid::from_u128(id(number))), number, step, date(2026, 11, 25));
    fact.text = text.map(str::to_owned);
    if step == Step::Shown {
        fact.words_salt = Some(words_salt([7; 16]));
    }
    fact
}

/// Question `number` with its steps; the commitment of the last.
fn tell(book: &mut Book, number: i64, steps: Vec<QuestionStepFact>) -> String {
    let mut last = book.add(id(number), 1, None, question(number));
    for (revision, fact) in (2..).zip(steps) {
        last = book.add(id(number), revision, Some(last), Fact::QuestionStep(fact));
    }
    last
}

fn story() -> Vec<QuestionStepFact> {
    let mut judged = step(1, Step::Judged, None);
    judged.verdict = Some(Verdict::Partly);
    vec![step(1, Step::Shown, Some(WORDS)), step(1, Step::Answered, Some("周五前修好")), judged]
}

#[test]
fn a_question_with_its_steps_holds_and_its_words_are_kept_for_the_page() {
    let mut book = Book::of(3);
    tell(&mut book, 1, story());
    tell(&mut book, 2, vec![]);
    let finished = book.read(&book.checkpoint(), vec![]);
    assert_eq!(finished.violations, []);
    assert_eq!(finished.counts.kinds[&Kind::Question], 2);
    let words = &finished.questions[&Uuid::from_u128(id(1))];
    assert_eq!(words.texts, [WORDS, "周五前修好"]);
    assert_eq!(words.steps, ["2026-11-25 shown", "2026-11-25 answered", "2026-11-25 judged partly"]);
}

#[test]
fn a_step_that_was_left_out_is_found_even_by_whoever_kept_no_checkpoint() {
    let mut book = Book::of(3);
    tell(&mut book, 1, story());
    // The answer goes; everything behind it stands as it was, and the log is signed anew.
    book.entries.remove(book.entries.len() - 2);
    assert!(
        matches!(book.violations()[..], [Violation::Revision { revision: 4, .. }]),
        "{:?}",
        book.violations()
    );
}

#[test]
fn another_answer_in_the_place_of_the_logged_one_is_found() {
    let mut book = Book::of(3);
    tell(&mut book, 1, story());
    let mut forged = Book::of(3);
    let mut other = story();
    other[1].text = Some("早已修好".into());
    tell(&mut forged, 1, other);
    let at = book.entries.len() - 2;
    book.entries[at].1 = forged.entries[at].1.clone();
    assert!(matches!(book.violations()[..], [Violation::Payload { .. }]), "{:?}", book.violations());
    // With a leaf of its own it breaks the chain behind it.
    book.entries[at].0 = forged.entries[at].0.clone();
    assert!(
        matches!(book.violations()[..], [Violation::Revision { revision: 4, .. }]),
        "{:?}",
        book.violations()
    );
}

#[test]
fn words_that_the_asker_did_not_write_are_found() {
    let mut book = Book::of(3);
    tell(&mut book, 1, vec![step(1, Step::Shown, Some("谢谢镇里，修得很好！"))]);
    assert!(matches!(book.violations()[..], [Violation::QuestionWords { number: 1, .. }]));
    let mut masked = Book::of(3);
    let shown = QuestionStepFact {
        words_salt: None, ..step(1, Step::Shown, Some("〔隐去〕，什么时候修？"))
    };
    tell(&mut masked, 1, vec![shown]);
    assert_eq!(masked.violations(), [], "masked words are for the asker to prove");
}

#[test]
fn a_question_that_was_never_logged_leaves_a_gap_in_the_numbers() {
    let mut book = Book::of(3);
    tell(&mut book, 1, vec![]);
    tell(&mut book, 3, vec![]);
    assert!(matches!(book.violations()[..], [Violation::QuestionsMissing { missing: 1, .. }]));
    tell(&mut book, 2, vec![]);
    assert_eq!(book.violations(), [], "in whatever order they come");
}

#[test]
fn a_step_under_another_question_is_found() {
    let mut book = Book::of(3);
    tell(&mut book, 1, vec![]);
    let last = tell(&mut book, 2, vec![]);
    book.add(id(2), 2, Some(last), Fact::QuestionStep(step(1, Step::Answered, Some("已修好"))));
    assert!(matches!(book.violations()[..], [Violation::Payload { .. }]), "{:?}", book.violations());
}

#[test]
fn a_redaction_covers_the_fields_that_it_names_and_no_others() {
    let mut book = Book::of(3);
    tell(&mut book, 1, story());
    let at = book.entries.len() - 2;
    let target = book.records[at].clone();
    book.entries[at].1 = Payload::from_stored(&target.without(&["text", "reason"]).unwrap().disclosures);
    let said = |fields: &[&str], target: &str| {
        Fact::Redaction(RedactionFact {
            target: target.into(),
            fields: fields.iter().map(|field| (*field).to_owned()).collect(),
            reason: RedactionReason::PersonalData,
            redacted_by: "文书".into(),
        })
    };
    let commitment = target.leaf.commitment;
    book.add(id(1), 3, Some(commitment.clone()), said(&["text"], &commitment));
    assert!(
        matches!(book.violations()[..], [Violation::Withheld { missing: 1, .. }]),
        "{:?}",
        book.violations()
    );
    book.add(id(1), 3, Some(commitment.clone()), said(&["reason"], &commitment));
    assert_eq!(book.violations(), []);
    let nothing = "0".repeat(64);
    book.add(id(1), 3, Some(nothing.clone()), said(&["text"], &nothing));
    assert!(matches!(book.violations()[..], [Violation::Redaction { .. }]), "{:?}", book.violations());
}
