//! The databases: one SQL text for SQLite and PostgreSQL.
//!
//! Architecture invariant: no statement touches a town's data without its `place_id`, and no other crate writes SQL.

pub mod account;
pub mod audit;
pub mod calendar;
mod comment;
mod conflict;
pub mod copies;
pub mod database;
mod decision;
pub mod desk_clock;
pub mod difficulty;
pub mod directive;
pub mod evidence;
pub mod follow;
pub mod help;
pub mod hook;
pub mod job;
pub mod link;
pub mod log;
pub mod log_state;
pub mod meeting;
pub mod notice;
pub mod open_affair;
pub mod open_data;
mod plan_answer;
pub mod project;
pub mod projection;
mod projection_row;
pub mod public;
pub mod public_affair;
pub mod public_question;
pub mod question;
pub mod reading;
pub mod record;
pub mod report;
pub mod roster;
pub mod search;
pub mod spot;
pub mod task;
pub mod value;
pub mod visit;
pub mod whereabouts;

pub use database::{Store, StoreError, Tx};
pub use value::{Row, Value};
