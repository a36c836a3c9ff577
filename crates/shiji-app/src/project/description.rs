//! What a project is: the part of it that may be described anew.

use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::{OrganizationId, PersonId};
use shiji_domain::project::NAME_LENGTH_MOST;
use shiji_domain::refusal::Refusal;
use shiji_domain::staff::Staff;
use shiji_domain::text::{REMARK_LENGTH_MOST, optional_line, required_line};

/// Characters of money and place.
const SHORT: usize = 60;
/// Responsible units of one project.
const UNITS_MOST: usize = 8;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Description {
    pub aim: String,
    pub leader: Option<PersonId>,
    /// The first is the one that answers for it.
    pub units: Vec<OrganizationId>,
    pub money: String,
    pub site: String,
}

/// A description that may be published, with the names of the day.
pub(super) struct Described {
    pub aim: Option<String>,
    pub leader: Option<PersonId>,
    pub leader_name: Option<String>,
    pub units: Vec<OrganizationId>,
    pub unit_names: Vec<String>,
    pub money: Option<String>,
    pub site: Option<String>,
}

impl Description {
    /// # Errors
    /// Refuses no unit, a unit that the place does not have, a leader who holds no post on the day, what is too long, and
    /// personal data.
    pub(super) fn checked(&self, staff: &Staff, day: Date) -> Result<Described, AppError> {
        let mut units = self.units.clone();
        let mut seen = Vec::new();
        units.retain(|unit| {
            !seen.contains(unit) && {
                seen.push(*unit);
                true
            }
        });
        if units.is_empty() || units.len() > UNITS_MOST {
            return Err(Refusal::new("refusal-project-units").with("most", UNITS_MOST).into());
        }
        let names = units.iter().map(|unit| staff.organization(*unit).map(|unit| unit.name.clone()));
        let unit_names = names.collect::<Option<Vec<String>>>();
        let unit_names = unit_names.ok_or_else(|| Refusal::new("refusal-project-unit"))?;
        if self.leader.is_some_and(|leader| staff.titles(leader, day).is_empty()) {
            return Err(Refusal::new("refusal-project-leader").into());
        }
        Ok(Described {
            aim: open_words(optional_line(&self.aim, REMARK_LENGTH_MOST)?)?,
            leader: self.leader,
            leader_name: self.leader.map(|leader| staff.name(leader)),
            units,
            unit_names,
            money: open_words(optional_line(&self.money, SHORT)?)?,
            site: open_words(optional_line(&self.site, SHORT)?)?,
        })
    }
}

/// Words that everybody reads hold nobody's personal data.
pub(super) fn open_words(words: Option<String>) -> Result<Option<String>, Refusal> {
    let found = words.as_deref().map_or(0, |words| shiji_text::personal_data(words).len());
    if found > 0 {
        return Err(Refusal::new("refusal-personal-data").with("count", found));
    }
    Ok(words)
}

/// Of a project or a milestone.
pub(super) fn open_name(name: &str) -> Result<String, Refusal> {
    let name = required_line(name, NAME_LENGTH_MOST)?;
    open_words(Some(name)).map(Option::unwrap_or_default)
}

/// A reason that everybody reads.
///
/// # Errors
/// Refuses none, one that is too long, and personal data.
pub(super) fn reason(text: &str) -> Result<String, Refusal> {
    let reason = required_line(text, REMARK_LENGTH_MOST).map_err(|refusal| {
        if refusal.key == "refusal-text-empty" { Refusal::new("refusal-reason-missing") } else { refusal }
    })?;
    open_words(Some(reason)).map(Option::unwrap_or_default)
}
