//! The published record: its canonical form, its commitments, and the public projection derived from it.
//!
//! Architecture invariant: nothing here knows a draft. Whoever holds the records of a place can derive every public page
//! of it with this crate and no database.

pub mod affair;
pub mod canonical;
pub mod disclosure;
pub mod fact;
pub mod log;
pub mod payload;
pub mod project;
pub mod projection;
pub mod question;
