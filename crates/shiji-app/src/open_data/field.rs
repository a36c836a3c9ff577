//! Fields whose values are words of a fixed list.

use shiji_domain::item::Outcome;
use shiji_domain::redaction::RedactionReason;
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};

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
