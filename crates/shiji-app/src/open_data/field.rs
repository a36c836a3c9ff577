//! Fields whose values are words of a fixed list.

use shiji_domain::difficulty;
use shiji_domain::directive::Source;
use shiji_domain::item::Outcome;
use shiji_domain::project::Status;
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

pub(super) fn affair_state() -> Object {
    let meaning = "Of a project `open`, `finished` or `stopped`. Of a directive `given` until every owner has accepted, `objected` \
                   while an objection waits for an answer, `under-way`, `closed` or `withdrawn`. Of a difficulty `open` until it is \
                   answered, `answered` until whoever raised it says whether that helped, or `solved`. Of a visit `planned`, `held` \
                   or `cancelled`. Minutes are `held`.";
    let difficulty = [difficulty::State::Answered, difficulty::State::Solved].map(difficulty::State::code);
    let others = [
        "open",
        "finished",
        "stopped",
        "given",
        "objected",
        "under-way",
        "closed",
        "withdrawn",
        "planned",
        "held",
        "cancelled",
    ];
    described(one_of(others.into_iter().chain(difficulty)), meaning)
}

pub(super) fn affair_part() -> Object {
    let meaning = "Of a project `leader`; of a directive `giver`, `owner` or `helper`; of a difficulty `asker`, who is stuck, and \
                   `addressee`, who has to help; of a visit `lead` or `visitor`; of minutes `chair`.";
    described(
        one_of(["leader", "giver", "owner", "helper", "asker", "addressee", "lead", "visitor", "chair"]),
        meaning,
    )
}

pub(super) fn affair_step() -> Object {
    let meaning = "Of a project `shifted`, `reached`, `not_reached`, `added`, `dropped`, `taken_up`, `described`, `finished`, \
                   `stopped`, `resumed`. Of a directive `accepted`, `objected`, `upheld`, `extended`, `step_done`, \
                   `step_reopened`, `closed`, `withdrawn`. Of a difficulty `answered`, `escalated`, `solved`, `reopened`. Of a \
                   visit `moved`, `held`, `cancelled`, `lead`, `joined`, `left`.";
    let steps = [
        "shifted",
        "reached",
        "not_reached",
        "added",
        "dropped",
        "taken_up",
        "described",
        "finished",
        "stopped",
        "resumed",
        "accepted",
        "objected",
        "upheld",
        "extended",
        "step_done",
        "step_reopened",
        "closed",
        "withdrawn",
        "answered",
        "escalated",
        "solved",
        "reopened",
        "moved",
        "held",
        "cancelled",
        "lead",
        "joined",
        "left",
    ];
    described(one_of(steps), meaning)
}

pub(super) fn project_status() -> Object {
    one_of(Status::ALL.map(Status::code))
}

pub(super) fn directive_source() -> Object {
    one_of(Source::ALL.map(Source::code))
}

pub(super) fn spot_kind() -> Object {
    one_of(["village", "firm", "site", "other", "subject"])
}
