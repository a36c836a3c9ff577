//! Reading Chinese work items: divides a paste into items, says what a reader would miss in one, finds near copies
//! and personal data, and knows what a resident's words are about. Pure: no I/O, no clock; the knowledge is the data folder of this crate.

mod alike;
mod check;
mod concern;
mod copies;
mod day_word;
mod evaluate;
mod gram;
mod in_charge;
mod lexicon;
mod message;
mod naming;
mod overlap;
mod personal;
mod split;
mod table;
mod when;

pub use alike::{carries_out, likeness};
pub use check::{
    Check, Finding, FindingKind, Kind, Origin, Verdict, check, copy_finding, example_for, features,
};
pub use concern::{
    By, Concern, Recognised, concern_groups, concern_in_english, recognise, sound_of, without_asking,
};
pub use copies::{Copies, NEAR};
pub use evaluate::{EvaluateError, Miss, Report, Score, evaluate, evaluate_where};
pub use gram::{contains, grams, runs};
pub use in_charge::{Answer, Found, Official, Why, in_charge};
pub use message::sentence_zh;
pub use naming::{shared_pairs, speaks_of};
pub use overlap::{
    Mention, NamedBy, OverlapError, OverlapReport, PairReport, Part, Plan, PlanDays, Proposal, Spot, Spots,
    Town, evaluate_overlaps, overlaps, plan_days, purpose,
};
pub use personal::{PersonalData, PersonalKind, personal_data, resident_data};
pub use split::{Split, split, split_cell};
pub use when::{Term, When, no_such_day, place_named, term_named, when, without_day};
