//! The official's desk: capture, mend, answer, plan, file.

mod agreed;
mod answer_plan;
mod capture_items;
mod deal_with;
mod delete_item;
mod edit_item;
mod end_delegation;
mod evidence;
mod file_report;
mod link_item;
mod minutes;
mod move_item;
mod name_delegate;
mod page;
mod put_item;
mod read_notices;
mod resolve_conflict;
mod writable;

pub(crate) use agreed::{add_work_item, done_in_words, put_agreed_plan};
pub(crate) use answer_plan::answer_plan_in;
pub use answer_plan::{AnswerPlan, answer_plan};
pub(crate) use capture_items::add_plan_item;
pub use capture_items::{Captured, capture_items};
pub use deal_with::deal_with;
pub(crate) use delete_item::delete_item;
pub use edit_item::{EditItem, Edited, edit_item, pass_item, remove_item};
pub use end_delegation::end_delegation;
pub use evidence::{
    FILE_BYTES_MOST, NewEvidence, add_evidence, add_evidence_to_filed, evidence_bytes, remove_evidence,
};
pub(crate) use file_report::{file, take_back_filed};
pub use file_report::{file_report, withdraw_report};
pub use link_item::{LinkItem, link_item};
pub use minutes::{record_opening, record_seconds};
pub use move_item::{MoveItem, move_item};
pub use name_delegate::name_delegate;
pub use page::{DeskItem, DeskPage, Earlier, Promise, checked, desk_page};
pub(crate) use put_item::{NewItem, answered_now, is_as_made, planned_now, put_item};
pub use read_notices::read_notices;
pub use resolve_conflict::{Resolution, ResolveConflict, resolve_conflict};
pub(crate) use writable::writable_item;

#[cfg(test)]
mod tests;
