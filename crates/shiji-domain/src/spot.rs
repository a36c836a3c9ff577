//! The villages, firms and sites that a town's plans are about.

use crate::item::code;
use crate::refusal::Refusal;
use crate::text::required_line;
use serde::{Deserialize, Serialize};

/// Characters of a name.
pub const SPOT_NAME_LENGTH_MOST: usize = 60;
/// Lines that one paste may bring.
pub const SPOTS_MOST: usize = 500;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpotKind {
    Village,
    Firm,
    /// A market, a reservoir, a school, a building site.
    Site,
    /// Nowhere on the town's lists.
    Other,
    /// No place at all: units do one thing together, and its name is what it is about.
    Subject,
}

code!(SpotKind {
    SpotKind::Village => "village", SpotKind::Firm => "firm", SpotKind::Site => "site", SpotKind::Other => "other",
    SpotKind::Subject => "subject",
});

impl SpotKind {
    /// Somebody can go there, so visits can be looked up by it.
    pub fn is_place(self) -> bool {
        self != SpotKind::Subject
    }
}

/// A name with its other names, as a clerk writes them on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpotLine {
    pub name: String,
    pub others: Vec<String>,
}

/// Reads one spot a line: the name, then its other names after strokes, commas or tabs. Empty lines are passed over; of a
/// name that stands twice, the first line holds.
///
/// # Errors
/// Refuses a name that is too long or a single character, and more lines than a town has spots.
pub fn spot_lines(pasted: &str) -> Result<Vec<SpotLine>, Refusal> {
    let mut lines: Vec<SpotLine> = Vec::new();
    for line in pasted.lines().filter(|line| !line.trim().is_empty()) {
        let mut names = Vec::new();
        for name in
            line.split(['/', '／', '、', '，', ',', '\t', '|', '｜']).filter(|name| !name.trim().is_empty())
        {
            let name = required_line(name, SPOT_NAME_LENGTH_MOST)?;
            if name.chars().count() < 2 {
                return Err(Refusal::new("refusal-spot-name").with("name", name));
            }
            names.push(name);
        }
        if names.is_empty() {
            continue;
        }
        let name = names.remove(0);
        names.retain(|other| *other != name);
        names.dedup();
        if !lines.iter().any(|known| known.name == name) {
            lines.push(SpotLine { name, others: names });
        }
    }
    if lines.len() > SPOTS_MOST {
        return Err(Refusal::new("refusal-spots-many").with("most", SPOTS_MOST));
    }
    Ok(lines)
}

/// Units whose names say that they are a village or a community.
pub fn is_village(unit: &str) -> bool {
    unit.chars().count() > 2 && (unit.ends_with('村') || unit.ends_with("社区"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_line_is_a_name_with_its_other_names() {
        let lines =
            spot_lines("澄湾镇丰源果业专业合作社 / 丰源合作社、丰源果业\n\n 湾口农贸市场\n湾口农贸市场/市场")
                .unwrap();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].name, "澄湾镇丰源果业专业合作社");
        assert_eq!(lines[0].others, ["丰源合作社", "丰源果业"]);
        assert!(lines[1].others.is_empty());
    }

    #[test]
    fn a_single_character_names_nothing() {
        assert!(spot_lines("厂").is_err());
    }

    #[test]
    fn villages_and_communities_are_told_by_their_names() {
        assert!(is_village("东湾村") && is_village("大营社区"));
        assert!(!is_village("水务所") && !is_village("村"));
    }
}
