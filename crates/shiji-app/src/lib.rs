//! What people do, one function per act: it checks rights, calls the rules, and changes everything in one transaction.
//!
//! Architecture invariant: no act reads a clock or draws randomness by itself; both come with the [`App`].

pub mod account;
pub mod affair;
pub mod app;
pub mod ask;
pub mod board;
pub mod desk;
pub mod difficulty;
pub mod directive;
pub mod error;
pub mod feed;
pub mod follow;
pub mod hook;
pub mod job;
pub mod leader;
pub mod letter;
pub mod log;
pub mod meeting;
pub mod notice;
pub mod office;
pub mod open_data;
pub mod outward;
pub mod paper;
pub mod place;
pub mod project;
pub mod publish;
pub mod question;
pub mod reading;
pub mod secret;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod today;
pub mod together;
pub mod whereabouts;
pub mod who;
pub mod witness;

pub use app::{Act, App, Clock, Entropy};
pub use error::AppError;
