//! The clerk's office: roster, calendar, deadlines, leave, who has filed, reminders, imports and corrections.

mod amend_person;
mod amend_post;
mod audit_page;
mod calendar_page;
mod correction_page;
mod deadline;
mod ensure_periods;
mod leave_page;
mod merge_periods;
mod record_leave;
mod remind;
mod remove_leave;
mod roster_page;
mod set_deadline;
mod set_roles;
mod week_page;

pub use amend_person::{AmendPerson, amend_person};
pub use amend_post::{AmendPost, amend_post};
pub use audit_page::{AuditLine, AuditPage, audit_page};
pub use calendar_page::{CalendarLine, CalendarPage, calendar_page};
pub use correction_page::{CorrectionPage, PublishedItem, correction_page};
pub use ensure_periods::ensure_periods;
pub use leave_page::{DelegationLine, LeaveLine, LeavePage, leave_page};
pub use merge_periods::merge_periods;
pub use record_leave::{NewLeave, record_leave};
pub use remind::{Remind, remind};
pub use remove_leave::remove_leave;
pub use roster_page::{HeldLine, PersonLine, PostChoice, RosterPage, UnitLines, roster_page};
pub use set_deadline::{SetDeadline, set_deadline};
pub use set_roles::{SetRoles, set_roles};
pub use week_page::{WeekLine, WeekPage, WeekState, week_page};

#[cfg(test)]
mod refused;
