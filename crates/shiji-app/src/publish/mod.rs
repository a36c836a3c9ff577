//! The door between the two halves: what passes here becomes record, and the public side is derived from it.

pub(crate) mod between;
mod correct;
mod due;
mod facts;
mod issue;
mod rebuild;

pub use correct::{CorrectItem, correct_item};
pub use due::publish_due;
pub use issue::publish_in;
pub use rebuild::{Rebuilt, rebuild};

#[cfg(test)]
mod tests;
