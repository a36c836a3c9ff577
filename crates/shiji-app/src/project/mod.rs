//! Key projects: a baseline that everybody can see, and each step away from it with its reason.
//!
//! Each act is one transaction: the record of what is public, and the few rows that the desk is asked for.

mod begin;
mod describe;
mod description;
mod end;
mod hook;
mod import;
mod milestone;
mod page;
mod reach;
mod read;
mod shift;
mod step;
#[cfg(test)]
mod tests;

pub use begin::{FormKey, NewProject, Proposed, begin_project, begin_project_once, propose_project};
pub use describe::{DescribeProject, describe_project};
pub use description::Description;
pub use end::{End, end_project};
pub(crate) use hook::{behind, candidates, due, name_of};
pub use import::{
    PlannedProject, ProjectTrouble, ProjectsApplied, ProjectsPlan, apply_projects, plan_projects,
    read_projects_sheet,
};
pub use milestone::{
    AddMilestone, DropMilestone, TakeUpMilestone, add_milestone, drop_milestone, take_up_milestone,
};
pub use page::{Choices, LinkedItem, ProjectPage, WorkingLine, working_page, working_projects};
pub use reach::{ReachMilestone, TakeBack, reach_milestone, take_back};
pub use read::{Called, Moved, PublicProject, called, milestones_named, one, portfolio, summaries};
pub use shift::{ShiftForecast, shift_forecast};
pub use shiji_paper::MilestoneRow;
pub(crate) use step::story_of;
