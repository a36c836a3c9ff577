//! Last week's promises answered: done, partly, put off or dropped, with what came of each.

use super::{About, Desk, Promise, Sheet};
use crate::dice::Dice;
use crate::phrase::fill;
use crate::telling::Telling;
use crate::{Answer, Outcome};

impl Desk<'_> {
    pub(super) fn answer(
        &mut self,
        sheet: &mut Sheet,
        plan: usize,
        promise: Promise,
        dice: &mut Dice,
    ) -> Answer {
        let throw = dice.below(100);
        // Some matters cannot be done by halves, so the band for "partly" is wider than its share of the year.
        let wanted = match throw {
            0..=27 => Outcome::Partly,
            28..=36 if !promise.put_off => Outcome::Moved,
            37..=41 => Outcome::Dropped,
            _ => Outcome::Done,
        };
        let mut answer = Answer { plan, outcome: wanted, reason: None, work: None };
        match promise.about.clone() {
            About::Matter(telling) => self.answer_matter(sheet, &mut answer, promise, telling, dice),
            About::Stage { stage, part, share } => {
                self.answer_stage(sheet, &mut answer, promise, (stage, part, share), dice)
            }
            About::Nothing => {
                answer.outcome = Outcome::Done;
                let text = self.half_line(sheet.report.person, dice);
                answer.work = self.push(sheet, text);
            }
        }
        answer
    }

    fn answer_matter(
        &mut self,
        sheet: &mut Sheet,
        answer: &mut Answer,
        promise: Promise,
        mut telling: Telling,
        dice: &mut Dice,
    ) {
        sheet.used.push(telling.matter);
        let matter = self.teller.matters[telling.matter].clone();
        if answer.outcome == Outcome::Partly {
            let before = telling.clone();
            if let Some(text) = self.teller.partly(&mut telling, dice) {
                answer.reason = Some(self.reason(&matter.late, "部分", dice));
                answer.work = self.push(sheet, text);
                self.stuck(sheet, &matter.stuck, 30, dice);
                self.carry_rest(sheet, before, &telling, dice);
                return;
            }
            answer.outcome = Outcome::Done;
        }
        match answer.outcome {
            Outcome::Moved => {
                answer.reason = Some(self.reason(&matter.late, "改期", dice));
                sheet.carried.push(Promise { put_off: true, ..promise });
            }
            Outcome::Dropped => answer.reason = Some(self.reason(&matter.dropped, "取消", dice)),
            _ => match self.teller.done(&mut telling, dice) {
                Some(text) => {
                    answer.work = self.push(sheet, text);
                    self.stuck(sheet, &matter.stuck, 30, dice);
                }
                None => {
                    answer.outcome = Outcome::Moved;
                    answer.reason = Some(self.reason(&matter.late, "改期", dice));
                    sheet.carried.push(Promise { put_off: true, ..promise });
                }
            },
        }
    }

    /// What is left of a counted plan goes into the next one, more often than not.
    fn carry_rest(&mut self, sheet: &mut Sheet, mut whole: Telling, partly: &Telling, dice: &mut Dice) {
        let Some(rest) = partly.values.get("r") else { return };
        let planned =
            self.teller.matters[whole.matter].planned.first().filter(|plan| plan.contains("{n}")).cloned();
        let (Some(planned), true) = (planned, dice.percent(70)) else { return };
        whole.values.insert("n".to_owned(), rest.clone());
        if let Some(text) = fill(&planned, &mut whole.values, dice) {
            sheet.carried.push(Promise { text, about: About::Matter(whole), put_off: true });
        }
    }

    fn answer_stage(
        &mut self,
        sheet: &mut Sheet,
        answer: &mut Answer,
        promise: Promise,
        (stage, part, share): (usize, &'static str, i64),
        dice: &mut Dice,
    ) {
        let late: Vec<String> = self.stages[stage].late.iter().map(|reason| (*reason).to_owned()).collect();
        let shortfall = self.stages[stage].shortfall(share, dice);
        sheet.stages_told.push(stage);
        match answer.outcome {
            Outcome::Partly if shortfall > 0 => {
                answer.reason = dice.pick(&late).cloned();
                answer.work = self.tell_stage(sheet, stage, part, shortfall, true, dice);
            }
            // A project is not dropped; what would be dropped elsewhere is put off here.
            Outcome::Moved | Outcome::Dropped if !promise.put_off => {
                answer.outcome = Outcome::Moved;
                answer.reason = dice.pick(&late).cloned();
                sheet.carried.push(Promise { put_off: true, ..promise });
            }
            _ => {
                answer.outcome = Outcome::Done;
                answer.work = self.tell_stage(sheet, stage, part, share, false, dice);
            }
        }
    }

    pub(super) fn tell_stage(
        &mut self,
        sheet: &mut Sheet,
        at: usize,
        part: &str,
        by: i64,
        short: bool,
        dice: &mut Dice,
    ) -> Option<usize> {
        let stage = &mut self.stages[at];
        stage.advance(by);
        let sentences = if stage.done_so_far == stage.total {
            &stage.finished
        } else if short {
            &stage.partly
        } else {
            &stage.done
        };
        let mut values = stage.values(part, by);
        let text = dice.pick(sentences).and_then(|sentence| fill(sentence, &mut values, dice))?;
        self.teller.claim(&text, false);
        self.push(sheet, text)
    }
}
