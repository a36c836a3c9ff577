//! Reading Chinese work items: divides a paste into items, says what a reader would miss in one, finds near copies
//! and personal data. Pure: no I/O, no clock; the knowledge is the data folder of this crate.

mod check;
mod copies;
mod evaluate;
mod lexicon;
mod message;
mod personal;
mod split;
mod table;

pub use check::{
    Check, Finding, FindingKind, Kind, Origin, Verdict, check, copy_finding, example_for, features,
};
pub use copies::{Copies, NEAR};
pub use evaluate::{EvaluateError, Miss, Report, Score, evaluate, evaluate_where};
pub use message::sentence_zh;
pub use personal::{PersonalData, PersonalKind, personal_data};
pub use split::{Split, split, split_cell};
