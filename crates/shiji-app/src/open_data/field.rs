//! Fields whose values are words of a fixed list.

use shiji_domain::item::Outcome;
use shiji_domain::question::{Course, QuestionKind, Step, Verdict, WithholdReason};
use shiji_domain::redaction::RedactionReason;
use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaType, Type};

fn one_of(words: impl IntoIterator<Item = &'static str>) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build()
}

pub(super) fn item_kind() -> Object {
    one_of(["work", "plan"])
}

pub(super) fn outcome() -> Object {
    one_of(Outcome::ALL.map(Outcome::code))
}

pub(super) fn standing() -> Object {
    one_of(["filed", "on_leave", "late"])
}

pub(super) fn filing_duty() -> Object {
    one_of(["leadership", "mid_level", "village", "voluntary"])
}

pub(super) fn redaction_reason() -> Object {
    one_of(RedactionReason::ALL.map(RedactionReason::code))
}

fn described(mut object: Object, meaning: &str) -> Object {
    object.description = Some(meaning.to_owned());
    object
}

pub(super) fn question_kind() -> Object {
    one_of(QuestionKind::ALL.map(QuestionKind::code))
}

pub(super) fn question_step() -> Object {
    one_of(Step::ALL.map(Step::code))
}

pub(super) fn course() -> Object {
    let meaning = "An open question waits for an answer and is overdue from the day after `due_on`. Nobody has to answer a \
                   closed one.";
    described(one_of(Course::ALL.map(Course::code)), meaning)
}

/// One of the words, or nothing.
fn one_of_or_null(words: impl IntoIterator<Item = &'static str>) -> Object {
    let words = words.into_iter().map(Some).chain([None]);
    let kinds = SchemaType::Array(vec![Type::String, Type::Null]);
    ObjectBuilder::new().schema_type(kinds).enum_values(Some(words)).build()
}

pub(super) fn verdict() -> Object {
    described(one_of_or_null(Verdict::ALL.map(Verdict::code)), "What the asker said of the latest answer.")
}

pub(super) fn withhold_reason() -> Object {
    let meaning = "Why its words are not shown; null when it was not withheld.";
    described(one_of_or_null(WithholdReason::ALL.map(WithholdReason::code)), meaning)
}
