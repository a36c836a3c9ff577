//! What the public side says, as documents for programs: the read API and the dumps of a year are made of the same ones.
//!
//! Architecture invariant: what is here reads public tables and the log, and asks nobody who they are.

mod affair;
pub mod affair_document;
pub mod affair_example;
mod affair_kind;
mod affair_project;
mod affair_read;
mod cursor;
pub mod document;
mod dump;
mod dump_affair;
mod dump_entry;
pub mod example;
mod field;
pub mod issue;
mod item;
pub mod licence;
pub mod popolo;
mod popolo_document;
mod question;
mod read;
mod row;

pub use affair::{AffairDocument, AffairSource};
pub use affair_read::{affair, affairs};
pub use cursor::Cursor;
pub(crate) use dump::forget_dumps;
pub use dump::{Dump, dump, years};
pub use item::{LogIndexes, item_document};
pub use popolo::{Directory, directory};
pub use question::{QuestionName, QuestionPosition, question, questions};
pub use read::{Page, answers, corrections, issues, item, items, redactions};
pub use row::issue_table;
pub use shiji_store::open_affair::{AffairPosition, PublishedAffair};
pub use shiji_store::open_data::{AnswerFilter, IssueRange, ItemFilter};
pub use shiji_store::public_question::QuestionFilter;

#[cfg(test)]
mod affair_tests;
#[cfg(test)]
mod question_tests;
#[cfg(test)]
mod tests;
