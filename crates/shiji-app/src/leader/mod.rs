//! Reading the reports of those one is in charge of; a word on them, and back or on.

mod comment;
mod decide;
mod page;
mod view;

pub use comment::{WriteComment, write_comment};
pub(crate) use decide::decide_in;
pub use decide::{Decide, decide};
pub use page::{LedReport, led_reports, report_page};
pub use view::{ReportView, ReviewedItem, ReviewedPromise, view_of};

#[cfg(test)]
mod tests;
