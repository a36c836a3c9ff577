//! Who holds which post, in which unit, with which filing duty; and what changed between two rosters.

use serde::{Deserialize, Serialize};

/// Why a post must (or may) file a weekly report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilingDuty {
    /// 班子成员
    Leadership,
    /// 中层干部
    MidLevel,
    /// 村(社区)党总支书记
    Village,
    /// Joined of its own accord.
    Voluntary,
}

/// One line of a roster as an office keeps it, cleaned but not yet compared with what is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterRow {
    /// Row in the sheet, counted from 1 as the spreadsheet program shows it.
    pub row: usize,
    pub unit: String,
    pub name: String,
    /// At least one; the first is the one the person files under.
    pub posts: Vec<String>,
    pub filing_duty: Option<FilingDuty>,
    /// Name of the leader in charge, as written.
    pub supervisor: Option<String>,
    pub office_telephone: Option<String>,
    /// Never public.
    pub mobile: Option<String>,
    pub duties: Vec<String>,
}
