//! The way of one person's report through a period: draft, filed, returned, accepted, published.

use crate::item::code;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    Draft,
    Filed,
    Returned,
    Accepted,
    Published,
}

code!(ReportState {
    ReportState::Draft => "draft", ReportState::Filed => "filed", ReportState::Returned => "returned",
    ReportState::Accepted => "accepted", ReportState::Published => "published",
});

impl ReportState {
    /// The words may be changed: nobody has them in hand, or they were sent back to be mended.
    pub fn is_open(self) -> bool {
        matches!(self, ReportState::Draft | ReportState::Returned)
    }

    /// It stands before the meeting or has passed it.
    pub fn is_filed(self) -> bool {
        matches!(self, ReportState::Filed | ReportState::Accepted)
    }
}

/// What stands in the way of filing, all of it at once so that one look is enough.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filing {
    pub state_open: bool,
    pub period_closed: bool,
    pub work: usize,
    pub plan: usize,
    pub unanswered: usize,
    pub personal_data: usize,
    pub conflicts: usize,
}

impl Filing {
    /// # Errors
    /// Refuses a report that is not open, belongs to a published period, is empty, leaves one of last period's plan
    /// items unanswered (invariant 4), names a resident's personal data, or has two versions of one text.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.period_closed {
            return Err(Refusal::new("refusal-period-published"));
        }
        if !self.state_open {
            return Err(Refusal::new("refusal-report-not-open"));
        }
        if self.conflicts > 0 {
            return Err(Refusal::new("refusal-conflict-open").with("count", self.conflicts));
        }
        if self.unanswered > 0 {
            return Err(Refusal::new("refusal-plan-unanswered").with("count", self.unanswered));
        }
        if self.work == 0 {
            return Err(Refusal::new("refusal-report-empty"));
        }
        if self.personal_data > 0 {
            return Err(Refusal::new("refusal-personal-items").with("count", self.personal_data));
        }
        Ok(())
    }
}

/// # Errors
/// Refuses once the meeting has begun (the scheme lets a report be taken back until then) or when nothing was filed.
pub fn check_withdraw(state: ReportState, meeting_has_begun: bool) -> Result<(), Refusal> {
    match state {
        ReportState::Filed | ReportState::Accepted if !meeting_has_begun => Ok(()),
        ReportState::Filed | ReportState::Accepted => Err(Refusal::new("refusal-withdraw-meeting-begun")),
        _ => Err(Refusal::new("refusal-report-not-filed")),
    }
}

/// What a leader or the meeting says of a filed report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    Accept,
    /// Sent back until it is itemised; needs a word of why.
    Return,
}

code!(Decision { Decision::Accept => "accept", Decision::Return => "return" });

impl Decision {
    /// The state after the decision.
    ///
    /// # Errors
    /// Refuses a decision on what is not filed, and a return without a word of why.
    pub fn apply(self, state: ReportState, reason: Option<&str>) -> Result<ReportState, Refusal> {
        if !state.is_filed() {
            return Err(Refusal::new("refusal-report-not-filed"));
        }
        match self {
            Decision::Accept => Ok(ReportState::Accepted),
            Decision::Return if reason.is_none_or(str::is_empty) => {
                Err(Refusal::new("refusal-reason-missing"))
            }
            Decision::Return => Ok(ReportState::Returned),
        }
    }
}

/// Reports below this number give no median: it would tell about single people.
const MEDIAN_REPORTS_LEAST: usize = 5;

/// The minutes in the middle of what people spent on their reports, rounded up; nobody's own minutes.
pub fn median_minutes(mut seconds: Vec<i64>) -> Option<i64> {
    if seconds.len() < MEDIAN_REPORTS_LEAST {
        return None;
    }
    seconds.sort_unstable();
    let middle = seconds[(seconds.len() - 1) / 2];
    Some((middle + 59) / 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready() -> Filing {
        Filing { state_open: true, work: 3, plan: 2, ..Filing::default() }
    }

    #[test]
    fn a_plan_item_without_answer_keeps_the_report_from_being_filed() {
        let filing = Filing { unanswered: 1, ..ready() };
        assert_eq!(filing.check().map_err(|r| r.key), Err("refusal-plan-unanswered"));
    }

    #[test]
    fn personal_data_of_a_resident_keeps_the_report_from_being_filed() {
        let filing = Filing { personal_data: 1, ..ready() };
        assert_eq!(filing.check().map_err(|r| r.key), Err("refusal-personal-items"));
    }

    #[test]
    fn a_complete_report_may_be_filed_without_a_plan() {
        assert!(Filing { plan: 0, ..ready() }.check().is_ok());
    }

    #[test]
    fn nothing_is_taken_back_once_the_meeting_has_begun() {
        assert!(check_withdraw(ReportState::Filed, false).is_ok());
        assert!(
            check_withdraw(ReportState::Accepted, false).is_ok(),
            "a leader's word is not the meeting yet"
        );
        assert!(check_withdraw(ReportState::Filed, true).is_err());
        assert!(check_withdraw(ReportState::Accepted, true).is_err());
        assert!(check_withdraw(ReportState::Draft, false).is_err());
    }

    #[test]
    fn a_return_says_why() {
        assert!(Decision::Return.apply(ReportState::Filed, None).is_err());
        assert_eq!(
            Decision::Return.apply(ReportState::Filed, Some("请写明哪个村")),
            Ok(ReportState::Returned)
        );
        assert_eq!(
            Decision::Return.apply(ReportState::Accepted, Some("漏了数量")),
            Ok(ReportState::Returned)
        );
        assert!(Decision::Accept.apply(ReportState::Draft, None).is_err());
    }

    #[test]
    fn a_median_of_few_reports_would_tell_about_single_people() {
        assert_eq!(median_minutes(vec![60, 120, 180, 240]), None);
        assert_eq!(median_minutes(vec![600, 61, 30, 120, 6_000]), Some(2));
    }
}
