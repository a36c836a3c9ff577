//! The clerk's office: roster, calendar, deadlines, leave, who has filed, reminders, imports and corrections.

mod add_person;
mod amend_person;
mod amend_post;
mod apply_roster;
mod apply_week;
mod audit_page;
mod by;
mod calendar_page;
mod correction_page;
mod deadline;
mod end_post;
mod ensure_periods;
mod leave_page;
mod merge_periods;
mod plan_roster;
mod plan_week;
mod record_leave;
mod remind;
mod remove_leave;
mod roster_page;
mod seat;
mod set_deadline;
mod set_roles;
mod sheet;
mod week_page;

pub use add_person::{AddPerson, add_person};
pub use amend_person::{AmendPerson, amend_person};
pub use amend_post::{AmendPost, amend_post};
pub use apply_roster::{RosterApplied, apply_roster};
pub use apply_week::{WeekApplied, apply_week};
pub use audit_page::{AuditLine, AuditPage, audit_page};
pub use by::By;
pub(crate) use by::fingerprint;
pub use calendar_page::{CalendarLine, CalendarPage, calendar_page};
pub use correction_page::{CorrectionPage, PublishedItem, correction_page};
pub use end_post::{EndPost, end_post};
pub use ensure_periods::ensure_periods;
pub use leave_page::{DelegationLine, LeaveLine, LeavePage, leave_page};
pub use merge_periods::merge_periods;
pub use plan_roster::{RosterInput, RosterPlan, plan_roster};
pub use plan_week::{NamedPerson, PlannedReport, RowTrouble, WeekInput, WeekPlan, WeekProblem, plan_week};
pub use record_leave::{NewLeave, record_leave};
pub use remind::{Remind, remind};
pub use remove_leave::remove_leave;
pub use roster_page::{HeldLine, PersonLine, PostChoice, RosterPage, UnitLines, roster_page};
pub use set_deadline::{SetDeadline, set_deadline};
pub use set_roles::{SetRoles, set_roles};
pub use sheet::{read_roster_sheet, read_week_sheet};
pub use shiji_paper::{RosterSheet, Unread, WeekRow, WeekSheet};
pub use week_page::{WeekLine, WeekPage, WeekState, week_page};

#[cfg(test)]
pub(crate) mod refused;
