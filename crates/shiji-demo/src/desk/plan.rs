//! What an official promises for the next period, each line with its day.

use jiff::Span;
use jiff::civil::Date;

use super::{About, Desk, Promise, Sheet};
use crate::Line;
use crate::dice::Dice;
use crate::month::{days_until_festival, is_workday};
use crate::phrase::fill;
use crate::telling::Telling;

impl Desk<'_> {
    pub(super) fn plan(&mut self, sheet: &mut Sheet, period: usize, dice: &mut Dice) -> Vec<Promise> {
        let person = sheet.report.person;
        if self.town.people[person].left == Some(self.periods[period].ends_on) {
            return Vec::new();
        }
        let long = self.is_long(period + 1);
        let mut target = 2 + dice.weighted(&[26, 38, 25, 11]).unwrap_or(1) + usize::from(long);
        let mut promises: Vec<Promise> = std::mem::take(&mut sheet.carried);
        self.plan_stages(&mut promises, person, period, target, dice);
        let mut used: Vec<usize> = promises.iter().filter_map(Promise::matter).collect();
        if self.moves_after(person, period) {
            let mut seeker = self.seeker(person, period, period + 1);
            seeker.sections = &["交接"];
            let handover = self.teller.planned(seeker, &[], dice);
            promises = handover.map(|(telling, text)| Promise::of(telling, text)).into_iter().collect();
            target = 0;
        }
        while promises.len() < target {
            if dice.below(1000) < 22 {
                let text = self.loose_line("空泛计划", person, dice);
                promises.push(Promise { text, about: About::Nothing, put_off: false });
                continue;
            }
            let found = self.with_seeker(person, period, period + 1, |teller, seeker| {
                teller.planned(seeker, &used, dice)
            });
            let Some((telling, text)) = found else { break };
            used.push(telling.matter);
            promises.push(Promise::of(telling, text));
        }
        promises.truncate(if long { 6 } else { 5 });
        let (first, last) = self.span(period + 1);
        sheet.report.plan = promises.iter().map(|promise| due(promise, first, last, dice)).collect();
        promises
    }

    fn moves_after(&self, person: usize, period: usize) -> bool {
        let moved = self.town.people[person].moved.as_ref();
        moved.is_some_and(|moved| moved.last_day == self.periods[period].ends_on)
    }

    fn plan_stages(
        &mut self,
        promises: &mut Vec<Promise>,
        person: usize,
        period: usize,
        target: usize,
        dice: &mut Dice,
    ) {
        let next = period + 1;
        if (-6..=9).contains(&days_until_festival(self.span(next).1)) {
            promises.retain(|promise| !matches!(promise.about, About::Stage { .. }));
            return;
        }
        for stage in self.own_stages(person, period, next) {
            let known = promises
                .iter()
                .any(|promise| matches!(promise.about, About::Stage { stage: told, .. } if told == stage));
            if known || promises.len() >= target || !dice.percent(85) {
                continue;
            }
            let share = self.stages[stage].share(next, dice);
            let part = self.stages[stage].part();
            let mut values = self.stages[stage].values(part, share);
            if let Some(text) =
                dice.pick(&self.stages[stage].planned).and_then(|plan| fill(plan, &mut values, dice))
            {
                promises.push(Promise { text, about: About::Stage { stage, part, share }, put_off: false });
            }
        }
    }
}

impl Promise {
    fn of(telling: Telling, text: String) -> Self {
        Promise { text, about: About::Matter(telling), put_off: false }
    }

    fn matter(&self) -> Option<usize> {
        match &self.about {
            About::Matter(telling) => Some(telling.matter),
            _ => None,
        }
    }
}

/// A plan line with its day: always in the field, and every other time in words too.
fn due(promise: &Promise, first: Date, last: Date, dice: &mut Dice) -> Line {
    let text = promise.text.as_str();
    let days: Vec<Date> = first.series(Span::new().days(1)).take_while(|day| *day <= last).collect();
    let work: Vec<Date> = days.iter().copied().filter(|day| is_workday(*day)).collect();
    // A length of pipe or road takes the whole period.
    let from = if matches!(promise.about, About::Stage { .. }) { work.len().saturating_sub(2) } else { 0 };
    let day = dice.pick(&work[from..]).or(dice.pick(&days)).copied().unwrap_or(last);
    let weekday = ["一", "二", "三", "四", "五", "六", "日"][day.weekday().to_monday_zero_offset() as usize];
    let by = if from > 0 || (day > first && dice.percent(60)) { "前" } else { "" };
    let said = match dice.below(100) {
        0..=29 if days.len() <= 8 => format!("周{weekday}{by}{text}"),
        30..=44 => format!("{}日{by}{text}", day.day()),
        45..=52 => format!("{}月{}日{by}{text}", day.month(), day.day()),
        _ => text.to_owned(),
    };
    Line { text: said, due_on: Some(day), difficulty: None }
}
