//! What a place, person, post, unit, period, item, plan and issue is, and every rule about them.
//!
//! Architecture invariant: this crate does no I/O, reads no clock, draws no randomness and knows no database type.

pub mod agenda;
pub mod calendar;
pub mod desk_time;
pub mod difficulty;
pub mod directive;
pub mod directive_step;
pub mod follow;
pub mod help;
pub mod hook;
pub mod id;
pub mod issue;
pub mod item;
pub mod job;
pub mod link;
pub mod masking;
pub mod meeting_length;
pub mod notice;
pub mod project;
pub mod question;
pub mod redaction;
pub mod refusal;
pub mod report;
pub mod rhythm;
pub mod right;
pub mod roster;
pub mod roster_change;
pub mod secret;
pub mod spot;
pub mod staff;
pub mod text;
pub mod timetable;
pub mod today;
pub mod visit;
pub mod whereabouts;
pub mod working_day;
