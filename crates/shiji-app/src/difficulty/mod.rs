//! Difficulties: told on an item, put to a leader or a unit, answered within their term or handed up by themselves, solved.
//! What everybody may know of one is published with its item, or at once when that is published already.

mod answer;
mod before;
mod daily;
mod desk;
mod escalate;
mod hook;
mod page;
mod publish;
mod raise;
mod raise_published;
mod read;
mod solve;
mod step;
mod term;
#[cfg(test)]
mod tests;

pub use answer::{AnswerDifficulty, answer_difficulty};
pub use before::Before;
pub use daily::look_after;
pub use desk::Stuck;
pub use escalate::hand_up;
pub use page::{DifficultyLists, DifficultyPage, Line, difficulties, difficulty_page};
pub use raise::{Addressees, RaiseDifficulty, raise_difficulty};
pub use raise_published::{RaisePage, RaisePublished, raisable, raise_page, raise_published};
pub use read::{PublicDifficulty, of_item, public_difficulty};
pub use solve::{Solve, not_solved, solve};
pub use term::set_answer_days;

pub(crate) use desk::stuck;
pub(crate) use hook::{due, matters};
pub(crate) use publish::publish_with_issue;
pub(crate) use raise::addressees;
pub(crate) use read::replay;
