//! The matters that officials work on, read from `data/matter_*.txt`.
//!
//! `= 单位` opens a section. `* 月份 [w权重] [t=特点] [名=低-高[/步长]] [名=甲|乙]` opens a matter; under it stand its sentences:
//! `P` planned, `D` done, `K` partly done, `R` why it was late, `X` why it fell away (both split at `|`), `!` where it gets stuck.
//! In a sentence `{名}` stands for a value, `{名/3+1}` for a sum counted from the left, `{名*12}` for about so much, `[甲|乙]` for one of several wordings;
//! one telling of a matter keeps its values and wordings from plan to result. `{k}` and `{r}` divide `{n}` in `K`.

use crate::month::Season;

const FILES: [&str; 10] = [
    include_str!("../data/matter_farm.txt"),
    include_str!("../data/matter_build.txt"),
    include_str!("../data/matter_people.txt"),
    include_str!("../data/matter_office.txt"),
    include_str!("../data/matter_order.txt"),
    include_str!("../data/matter_village.txt"),
    include_str!("../data/matter_village_life.txt"),
    include_str!("../data/matter_service.txt"),
    include_str!("../data/matter_leader.txt"),
    include_str!("../data/matter_common.txt"),
];

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    pub section: String,
    pub season: Season,
    pub weight: u64,
    /// A village's trait (lake, hill, rice …) that the matter needs.
    pub trait_needed: Option<String>,
    pub slots: Vec<(String, Slot)>,
    pub planned: Vec<String>,
    pub done: Vec<String>,
    pub partly: Vec<String>,
    pub late: Vec<String>,
    pub dropped: Vec<String>,
    pub stuck: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    Number { low: i64, high: i64, step: i64 },
    Words(Vec<String>),
}

/// Every matter, or the line that cannot be read. The files are part of the program, so a test settles it.
pub fn all() -> Result<Vec<Matter>, String> {
    let mut matters = Vec::new();
    for file in FILES {
        read(file, &mut matters)?;
    }
    Ok(matters)
}

fn read(file: &str, into: &mut Vec<Matter>) -> Result<(), String> {
    let mut section = String::new();
    for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let Some((mark, rest)) = line.split_once(' ') else { return Err(line.to_owned()) };
        match mark {
            "=" => section = rest.to_owned(),
            "*" => into.push(head(&section, rest).ok_or_else(|| line.to_owned())?),
            _ => {
                let matter = into.last_mut().ok_or_else(|| line.to_owned())?;
                sentence(matter, mark, rest).ok_or_else(|| line.to_owned())?;
            }
        }
    }
    Ok(())
}

fn head(section: &str, line: &str) -> Option<Matter> {
    let mut words = line.split_whitespace();
    let mut matter = Matter {
        section: section.to_owned(),
        season: Season::read(words.next()?)?,
        weight: 1,
        trait_needed: None,
        slots: Vec::new(),
        planned: Vec::new(),
        done: Vec::new(),
        partly: Vec::new(),
        late: Vec::new(),
        dropped: Vec::new(),
        stuck: Vec::new(),
    };
    for word in words {
        match word.split_once('=') {
            Some(("t", needed)) => matter.trait_needed = Some(needed.to_owned()),
            Some((name, range)) => matter.slots.push((name.to_owned(), slot(range)?)),
            None => matter.weight = word.strip_prefix('w')?.parse().ok()?,
        }
    }
    Some(matter)
}

fn slot(text: &str) -> Option<Slot> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(Slot::Words(text.split('|').map(str::to_owned).collect()));
    }
    let (range, step) = text.split_once('/').unwrap_or((text, "1"));
    let (low, high) = range.split_once('-')?;
    let (low, high, step) = (low.parse().ok()?, high.parse().ok()?, step.parse().ok()?);
    (low <= high && step > 0).then_some(Slot::Number { low, high, step })
}

fn sentence(matter: &mut Matter, mark: &str, text: &str) -> Option<()> {
    let reasons = || text.split('|').map(str::to_owned);
    match mark {
        "P" => matter.planned.push(text.to_owned()),
        "D" => matter.done.push(text.to_owned()),
        "K" => matter.partly.push(text.to_owned()),
        "R" => matter.late.extend(reasons()),
        "X" => matter.dropped.extend(reasons()),
        "!" => matter.stuck.push(text.to_owned()),
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_data_can_be_read() {
        let matters = all().unwrap();
        assert!(matters.len() > 350, "{}", matters.len());
        for matter in &matters {
            assert!(!matter.done.is_empty(), "{}: {:?}", matter.section, matter.planned);
        }
    }

    #[test]
    fn a_mark_that_nobody_defined_is_refused() {
        assert!(read("= 所\n* 1-12\nZ 什么", &mut Vec::new()).is_err());
    }
}
