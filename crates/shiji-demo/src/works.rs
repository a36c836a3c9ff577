//! The key projects of the invented town: what was promised, what was moved and why, and when each milestone was reached.

/// One project with what happens to it, in the order of its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Works {
    pub name: String,
    /// The unit that answers for it; its leader is the one in charge of the unit's head.
    pub unit: String,
    pub money: String,
    pub site: String,
    pub aim: String,
    pub milestones: Vec<Stretch>,
    pub events: Vec<(Share, WorksEvent)>,
}

/// Hundredths of the year of periods; over 100 lies after the last of them.
pub type Share = i64;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub name: String,
    pub promised: Share,
    /// Words by which the unit's items speak of it.
    pub words: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorksEvent {
    Shift { milestone: usize, to: Share, reason: String },
    Reach { milestone: usize },
    Finish,
}

impl Works {
    /// The milestone that an item of the unit belongs to, if its words speak of one.
    pub fn spoken_of(&self, words: &str) -> Option<usize> {
        self.milestones.iter().position(|one| one.words.iter().any(|word| words.contains(word.as_str())))
    }
}

pub fn works() -> Vec<Works> {
    let mut all: Vec<Works> = Vec::new();
    for line in include_str!("../data/works.txt").lines() {
        let Some((mark, rest)) = line.split_once(' ') else { continue };
        let columns: Vec<&str> = rest.split(" | ").map(str::trim).collect();
        match (mark, all.last_mut()) {
            ("=", _) => all.extend(begun(&columns)),
            ("M", Some(works)) => works.milestones.extend(stretch(&columns)),
            ("S" | "R" | "F", Some(works)) => works.events.extend(event(mark, &columns)),
            _ => {}
        }
    }
    all
}

fn share(text: &str) -> Option<Share> {
    text.replace('.', "").parse().ok()
}

fn begun(columns: &[&str]) -> Option<Works> {
    let [name, unit, money, site, aim] = columns else { return None };
    Some(Works {
        name: (*name).to_owned(),
        unit: (*unit).to_owned(),
        money: (*money).to_owned(),
        site: (*site).to_owned(),
        aim: (*aim).to_owned(),
        milestones: Vec::new(),
        events: Vec::new(),
    })
}

fn stretch(columns: &[&str]) -> Option<Stretch> {
    let [name, promised, words] = columns else { return None };
    let words = words.split('/').map(str::to_owned).collect();
    Some(Stretch { name: (*name).to_owned(), promised: share(promised)?, words })
}

fn event(mark: &str, columns: &[&str]) -> Option<(Share, WorksEvent)> {
    let at = share(columns.first()?)?;
    let milestone = || columns.get(1).and_then(|number| number.parse().ok());
    let event = match mark {
        "S" => WorksEvent::Shift {
            milestone: milestone()?,
            to: share(columns.get(2)?)?,
            reason: (*columns.get(3)?).to_owned(),
        },
        "R" => WorksEvent::Reach { milestone: milestone()? },
        _ => WorksEvent::Finish,
    };
    Some((at, event))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::stages;

    #[test]
    fn every_line_is_read_and_every_project_has_a_unit_that_works_on_it() {
        let all = works();
        assert_eq!(all.len(), 6);
        let lines = include_str!("../data/works.txt").lines();
        let marked = lines.filter(|line| line.starts_with(['M', 'S', 'R', 'F'])).count();
        let read: usize = all.iter().map(|works| works.milestones.len() + works.events.len()).sum();
        assert_eq!(read, marked);
        for works in &all {
            assert!(stages(52).iter().any(|stage| stage.office == works.unit), "{}", works.unit);
            assert!(works.events.windows(2).all(|pair| pair[0].0 <= pair[1].0));
        }
    }

    #[test]
    fn the_words_of_a_stage_lead_to_its_milestone() {
        let all = works();
        assert_eq!(all[0].spoken_of("集镇供水工程敷设湾口水厂至码头街主管120米"), Some(0));
        assert_eq!(all[0].spoken_of("集镇供水工程在上街接通入户38户"), Some(1));
        assert_eq!(all[0].spoken_of("检修泵站"), None);
    }
}
