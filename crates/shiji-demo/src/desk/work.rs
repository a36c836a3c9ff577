//! What an official did without having promised it: projects that went on, campaigns, and the matters of the week.

use super::{Desk, Sheet};
use crate::dice::Dice;
use crate::month::days_until_festival;

impl Desk<'_> {
    pub(super) fn go_on_with_stages(&mut self, sheet: &mut Sheet, period: usize, dice: &mut Dice) {
        if (-6..=9).contains(&days_until_festival(self.periods[period].ends_on)) {
            return;
        }
        for at in self.own_stages(sheet.report.person, period, period) {
            if !sheet.stages_told.contains(&at) && dice.percent(80) {
                let share = self.stages[at].share(period, dice);
                let part = self.stages[at].part();
                self.tell_stage(sheet, at, part, share, false, dice);
                sheet.stages_told.push(at);
            }
        }
    }

    pub(super) fn own_stages(&self, person: usize, period: usize, open_in: usize) -> Vec<usize> {
        let unit = self.unit_name(person, period);
        let own = self
            .stages
            .iter()
            .enumerate()
            .filter(|(_, stage)| stage.office == unit && stage.is_open(open_in));
        own.map(|(at, _)| at).collect()
    }

    pub(super) fn count_campaigns(&mut self, sheet: &mut Sheet, period: usize, dice: &mut Dice) {
        let spec = self.periods[period];
        let unit = self.unit_name(sheet.report.person, period);
        let village = self.village(sheet.report.person);
        let running: Vec<usize> =
            (0..self.campaigns.len()).filter(|at| self.campaigns[*at].runs_on(spec.ends_on)).collect();
        for at in running {
            let text = match village {
                Some(village) if dice.percent(72) => {
                    let by = self.campaigns[at].advance(village, spec, dice);
                    self.campaigns[at].village_line(village, by, dice)
                }
                None if self.campaigns[at].office == unit => {
                    self.campaigns[at].town_line(&self.teller.villages, spec.ends_on.year(), dice)
                }
                _ => None,
            };
            if let Some(text) = text
                && self.teller.claim(&text, false)
            {
                self.push(sheet, text);
            }
        }
    }

    pub(super) fn add_unplanned(&mut self, sheet: &mut Sheet, period: usize, dice: &mut Dice) {
        let person = sheet.report.person;
        let long = self.is_long(period);
        let target = 3 + dice.weighted(&[8, 18, 28, 24, 14, 8]).unwrap_or(2) + usize::from(long);
        if self.town.people[person].left == Some(self.periods[period].ends_on) {
            self.hand_over(sheet, period, dice);
        }
        while sheet.report.work.len() < target.min(8) {
            let throw = dice.below(1000);
            let text = match throw {
                0..=44 => Some(self.empty_line(person, dice)),
                45..=129 => Some(self.half_line(person, dice)),
                _ => {
                    let found = self.with_seeker(person, period, period, |teller, seeker| {
                        teller.unplanned(seeker, &sheet.used, dice)
                    });
                    if let Some((telling, text)) = found {
                        sheet.used.push(telling.matter);
                        let stuck = self.teller.matters[telling.matter].stuck.clone();
                        self.push(sheet, text);
                        self.stuck(sheet, &stuck, 30, dice);
                        continue;
                    }
                    None
                }
            };
            match text {
                Some(text) => self.push(sheet, text),
                None => break,
            };
        }
    }

    fn hand_over(&mut self, sheet: &mut Sheet, period: usize, dice: &mut Dice) {
        let mut seeker = self.seeker(sheet.report.person, period, period);
        seeker.sections = &["交接"];
        if let Some((_, text)) = self.teller.unplanned(seeker, &[], dice) {
            self.push(sheet, text);
        }
    }
}
