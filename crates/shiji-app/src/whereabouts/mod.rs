//! Whereabouts, softly: what officials say of themselves, for residents at the gate.
//!
//! Architecture invariant: this is no record and enters no record. It holds for a day or so and is then gone; nobody but the
//! person says it, and no history can be drawn from it: it has no audit line.

mod gate;
mod say;
#[cfg(test)]
mod tests;

pub use gate::{GateLine, OwnWhereabouts, gate, own_whereabouts};
pub use say::{SayWhereabouts, forget_past, say_whereabouts};
