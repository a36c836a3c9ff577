//! What a place, person, post, unit, period, item, plan and issue is, and every rule about them.
//!
//! Architecture invariant: this crate does no I/O, reads no clock, draws no randomness and knows no database type.

pub mod roster;
