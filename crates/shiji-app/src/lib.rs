//! What people do, one function per act: it checks rights, calls the rules, and changes everything in one transaction.
//!
//! Architecture invariant: no act reads a clock or draws randomness by itself; both come with the [`App`].

pub mod account;
pub mod app;
pub mod board;
pub mod desk;
pub mod error;
pub mod leader;
pub mod log;
pub mod meeting;
pub mod office;
pub mod paper;
pub mod place;
pub mod publish;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod who;
pub mod witness;

pub use app::{Act, App, Clock, Entropy};
pub use error::AppError;
