//! Empty and half-concrete lines, the meeting's words when it sends one back, and reasons that fit any matter.

use crate::dice::Dice;
use crate::phrase::{Values, fill};

pub struct Stock(Vec<(&'static str, Vec<&'static str>)>);

impl Stock {
    pub fn new() -> Self {
        let mut sections: Vec<(&str, Vec<&str>)> = Vec::new();
        for line in include_str!("../data/vague.txt").lines().filter(|line| !line.is_empty()) {
            match (line.strip_prefix("= "), sections.last_mut()) {
                (Some(name), _) => sections.push((name, Vec::new())),
                (None, Some((_, lines))) => lines.push(line),
                (None, None) => {}
            }
        }
        Stock(sections)
    }

    /// A line of a section: `空泛`, `半实`, `空泛计划`, `退回理由`, `改期`, `取消`, `部分` or `困难`.
    pub fn line(&self, section: &str, values: &mut Values, dice: &mut Dice) -> String {
        let lines = self.0.iter().find(|(name, _)| *name == section).map(|(_, lines)| lines.as_slice());
        let line = dice.pick(lines.unwrap_or_default()).copied().unwrap_or_default();
        fill(line, values, dice).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_that_the_year_asks_for_has_lines() {
        let stock = Stock::new();
        for section in ["空泛", "半实", "空泛计划", "退回理由", "改期", "取消", "部分", "困难"]
        {
            let known = ["topic", "v", "firm"].map(|name| (name.to_owned(), "某处".to_owned()));
            let mut values = Values::from(known);
            assert!(!stock.line(section, &mut values, &mut Dice::new(3)).is_empty(), "{section}");
        }
    }
}
