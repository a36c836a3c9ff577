//! Orders from a leader or the meeting (交办督办): given, accepted or objected to, extended, closed.
//!
//! Architecture invariant: no act here takes words on how far an order is. Progress is the items of those who do it, linked to
//! it from their desks.

mod answer;
mod daily;
mod end;
mod extend;
mod finish_step;
mod give;
mod hook;
mod page;
mod read;
mod right;
mod step;
#[cfg(test)]
mod tests;

pub use answer::{AnswerDirective, answer_directive, uphold_directive};
pub use daily::look_after;
pub use end::{EndDirective, end_directive};
pub use extend::{AskExtension, ask_extension, decline_extension, extend_directive};
pub use finish_step::{FinishStep, finish_step};
pub use give::{GiveDirective, give_directive};
pub use page::{
    Choice, DirectiveLists, DirectivePage, Line, LinkedItem, PersonLine, choice, directive_page, directives,
};
pub use read::{PublicDirective, public_directive, public_directives};
pub use right::may_give;

pub(crate) use finish_step::{finish_step_in, reopen_step_in, reopen_steps_of};
pub(crate) use hook::{candidates, due, matters, name_of, short, step_of_line};
pub(crate) use read::replay;
