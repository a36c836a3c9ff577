//! Works that run through the year, stage by stage: what was laid adds up and never passes the whole.

use crate::WeekSpec;
use crate::dice::Dice;
use crate::phrase::{Values, fill};
use crate::place::Village;

#[derive(Debug, Clone, Default)]
pub struct Stage {
    pub office: &'static str,
    /// Parts in the order in which they are built.
    parts: Vec<&'static str>,
    pub total: i64,
    step: i64,
    /// First and last period, counted from zero.
    first: usize,
    last: usize,
    pub done_so_far: i64,
    pub planned: Vec<&'static str>,
    pub done: Vec<&'static str>,
    pub partly: Vec<&'static str>,
    pub late: Vec<&'static str>,
    pub finished: Vec<&'static str>,
}

/// The stages of all projects, laid over a number of periods.
pub fn stages(periods: usize) -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    let mut office = "";
    for line in include_str!("../data/projects.txt").lines().filter(|line| !line.is_empty()) {
        let (mark, rest) = line.split_once(' ').unwrap_or((line, ""));
        match mark {
            "#" => office = rest.rsplit('|').next().map(str::trim).unwrap_or_default(),
            ">" => stages.extend(stage(office, rest, periods)),
            _ => {
                let Some(stage) = stages.last_mut() else { continue };
                match mark {
                    "P" => stage.planned.push(rest),
                    "D" => stage.done.push(rest),
                    "K" => stage.partly.push(rest),
                    "R" => stage.late.extend(rest.split('|')),
                    _ => stage.finished.push(rest),
                }
            }
        }
    }
    stages
}

fn stage(office: &'static str, line: &'static str, periods: usize) -> Option<Stage> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [_, _, total, step, from, to, parts] = words[..] else { return None };
    let at = |share: &str| share.parse::<f64>().ok().map(|share| (share * periods as f64) as usize);
    Some(Stage {
        office,
        parts: parts.split('|').collect(),
        total: total.parse().ok()?,
        step: step.parse().ok()?,
        first: at(from)?,
        last: at(to)?,
        ..Stage::default()
    })
}

impl Stage {
    pub fn is_open(&self, period: usize) -> bool {
        period >= self.first && self.done_so_far < self.total
    }

    /// A share that would end the stage in time, more or less; 0 where nothing is left.
    pub fn share(&self, period: usize, dice: &mut Dice) -> i64 {
        let left = self.total - self.done_so_far;
        let periods_left = (self.last.saturating_sub(period) as i64).max(1);
        let share = left * dice.between(65, 140) / 100 / periods_left;
        (share / self.step * self.step).max(self.step).min(left)
    }

    /// Less than the planned share, in whole steps; 0 where a single step was planned.
    pub fn shortfall(&self, planned: i64, dice: &mut Dice) -> i64 {
        planned * dice.between(40, 85) / 100 / self.step * self.step
    }

    pub fn advance(&mut self, by: i64) {
        self.done_so_far = (self.done_so_far + by.max(0)).min(self.total);
    }

    /// Where the work stands now.
    pub fn part(&self) -> &'static str {
        let at = self.done_so_far.saturating_sub(1).max(0) * self.parts.len() as i64 / self.total.max(1);
        self.parts.get(at as usize).copied().unwrap_or_default()
    }

    pub fn values(&self, part: &str, by: i64) -> Values {
        let mut values = counted(by, self.done_so_far, self.total);
        values.insert("s".to_owned(), part.to_owned());
        values
    }
}

/// The figures of a line: this period's, the sum so far, the whole and the share of it in per cent.
fn counted(by: i64, so_far: i64, total: i64) -> Values {
    let figures = [("x", by), ("c", so_far), ("t", total), ("p", so_far * 100 / total.max(1))];
    figures.map(|(name, figure)| (name.to_owned(), figure.to_string())).into()
}

/// What every village does in the same weeks, such as collecting insurance; its office adds the villages up.
#[derive(Debug, Clone, Default)]
pub struct Campaign {
    pub office: &'static str,
    from: (i8, i8),
    to: (i8, i8),
    low: i64,
    high: i64,
    pub in_village: Vec<&'static str>,
    pub in_town: Vec<&'static str>,
    pub villages: Vec<Standing>,
}

/// One village's standing in the campaign of one year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    year: i16,
    pub total: i64,
    /// What can be had: some people are away and stay away.
    reachable: i64,
    pub so_far: i64,
    pub this_period: i64,
}

pub fn campaigns(villages: usize) -> Vec<Campaign> {
    let mut campaigns: Vec<Campaign> = Vec::new();
    for line in include_str!("../data/campaigns.txt").lines().skip(1).filter(|line| !line.is_empty()) {
        match (line.split_once(' '), campaigns.last_mut()) {
            (Some(("#", head)), _) => campaigns.extend(campaign(head, villages)),
            (Some(("V", text)), Some(campaign)) => campaign.in_village.push(text),
            (Some((_, text)), Some(campaign)) => campaign.in_town.push(text),
            _ => {}
        }
    }
    campaigns
}

fn campaign(head: &'static str, villages: usize) -> Option<Campaign> {
    let columns: Vec<&str> = head.split('|').map(str::trim).collect();
    let [_, office, _, days, totals] = columns[..] else { return None };
    let day = |text: &str| {
        text.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)))
    };
    let (from, to) = days.split_once(' ')?;
    let (low, high) = totals.split_once('-')?;
    Some(Campaign {
        office,
        from: day(from)?,
        to: day(to)?,
        low: low.parse().ok()?,
        high: high.parse().ok()?,
        villages: vec![Standing::default(); villages],
        ..Campaign::default()
    })
}

impl Campaign {
    pub fn runs_on(&self, day: jiff::civil::Date) -> bool {
        let today = (day.month(), day.day());
        self.from <= today && today <= self.to
    }

    /// Days gone and days of the whole campaign, roughly.
    fn days(&self, day: jiff::civil::Date) -> (i64, i64) {
        let count = |(month, day): (i8, i8)| i64::from(month) * 30 + i64::from(day);
        let (from, to) = (count(self.from), count(self.to));
        ((count((day.month(), day.day())) - from).max(0), (to - from).max(1))
    }

    /// Draws the figures of every village when a campaign begins. One met in its midst has begun before.
    pub fn begin_period(&mut self, spec: WeekSpec, dice: &mut Dice) {
        let (gone, whole) = self.days(spec.ends_on);
        let begun = (gone - days_of(spec)).max(0) * 9 / 10;
        let (year, runs) = (spec.ends_on.year(), self.runs_on(spec.ends_on));
        for standing in &mut self.villages {
            standing.this_period = 0;
            if runs && standing.year != year {
                let total = dice.between(self.low, self.high);
                let reachable = total * dice.between(955, 1000) / 1000;
                *standing =
                    Standing { year, total, reachable, so_far: reachable * begun / whole, this_period: 0 };
            }
        }
    }

    /// One village goes on for a period; how far it came is the answer.
    pub fn advance(&mut self, village: usize, spec: WeekSpec, dice: &mut Dice) -> i64 {
        let (gone, whole) = self.days(spec.ends_on);
        let Some(standing) = self.villages.get_mut(village) else { return 0 };
        let left = standing.reachable - standing.so_far;
        let periods_left = ((whole - gone) / days_of(spec)).max(1);
        let by = (left * dice.between(60, 150) / 100 / periods_left).min(left);
        standing.so_far += by;
        standing.this_period = by;
        by
    }

    /// A village's words for what it did; nothing where it did nothing.
    pub fn village_line(&self, village: usize, by: i64, dice: &mut Dice) -> Option<String> {
        let standing = self.villages.get(village)?;
        let mut values = counted(by, standing.so_far, standing.total);
        dice.pick(&self.in_village).and_then(|sentence| fill(sentence, &mut values, dice))
    }

    /// The office's sum over the villages that have begun; nothing in a period in which none went on.
    pub fn town_line(&self, villages: &[Village], year: i16, dice: &mut Dice) -> Option<String> {
        let begun = || self.villages.iter().enumerate().filter(|(_, standing)| standing.year == year);
        let sum = |part: fn(&Standing) -> i64| begun().map(|(_, standing)| part(standing)).sum::<i64>();
        let mut values = counted(sum(|s| s.this_period), sum(|s| s.so_far), sum(|s| s.total));
        let share = |&(_, standing): &(usize, &Standing)| standing.so_far * 10_000 / standing.total.max(1);
        let name = |at: usize| villages.get(at).map(|village| village.name.to_owned());
        values.insert("top".to_owned(), name(begun().max_by_key(share)?.0)?);
        values.insert("low".to_owned(), name(begun().min_by_key(share)?.0)?);
        dice.pick(&self.in_town).and_then(|sentence| fill(sentence, &mut values, dice))
    }
}

fn days_of(spec: WeekSpec) -> i64 {
    i64::from((spec.ends_on - spec.starts_on).get_days()) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_grows_to_its_whole_and_no_further() {
        for mut stage in stages(52) {
            let mut dice = Dice::new(9);
            for period in 0..70 {
                let before = stage.done_so_far;
                stage.advance(stage.share(period, &mut dice));
                assert!(before <= stage.done_so_far && stage.done_so_far <= stage.total);
            }
            assert_eq!(stage.done_so_far, stage.total, "{}", stage.office);
        }
    }

    #[test]
    fn every_stage_has_all_its_sentences() {
        assert_eq!(stages(52).len(), 20);
        for stage in stages(52) {
            assert!(!stage.planned.is_empty() && !stage.done.is_empty() && !stage.partly.is_empty());
            assert!(!stage.late.is_empty() && !stage.finished.is_empty());
        }
        assert_eq!(campaigns(17).len(), 7);
    }

    #[test]
    fn a_village_never_collects_more_than_there_is() {
        for mut campaign in campaigns(17) {
            let mut dice = Dice::new(4);
            for spec in crate::tests::year() {
                campaign.begin_period(spec, &mut dice);
                if campaign.runs_on(spec.ends_on) {
                    campaign.advance(3, spec, &mut dice);
                    assert!(campaign.villages[3].so_far <= campaign.villages[3].total);
                }
            }
            assert!(campaign.villages[3].so_far * 100 > campaign.villages[3].total * 60);
        }
    }
}
