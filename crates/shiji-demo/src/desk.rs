//! One official's report of one period: last week's promises answered, what else was done, and the next plan.

mod answer;
mod plan;
mod work;

use std::collections::BTreeSet;

use jiff::Span;
use jiff::civil::Date;

use crate::dice::Dice;
use crate::phrase::Values;
use crate::project::{self, Campaign, Stage};
use crate::telling::{Seeker, Teller, Telling};
use crate::vague::Stock;
use crate::year::blank;
use crate::{Class, Line, Report, Town, UnitKind, WeekSpec, roster};

/// A plan item as its author remembers it.
#[derive(Debug, Clone)]
pub struct Promise {
    text: String,
    about: About,
    /// Put off once already.
    put_off: bool,
}

#[derive(Debug, Clone)]
enum About {
    Matter(Telling),
    Stage { stage: usize, part: &'static str, share: i64 },
    Nothing,
}

pub struct Desk<'a> {
    town: &'a Town,
    periods: &'a [WeekSpec],
    pub stock: Stock,
    teller: Teller,
    stages: Vec<Stage>,
    campaigns: Vec<Campaign>,
    /// Empty and half-concrete lines of the period, which the meeting would not mend into anything.
    loose: BTreeSet<String>,
}

/// The report on its way, with what its author must remember.
struct Sheet {
    report: Report,
    used: Vec<usize>,
    /// What goes on in the next plan: put off, or left over.
    carried: Vec<Promise>,
    stages_told: Vec<usize>,
}

impl<'a> Desk<'a> {
    pub fn new(town: &'a Town, periods: &'a [WeekSpec]) -> Self {
        let teller = Teller::new();
        let campaigns = project::campaigns(teller.villages.len());
        Desk {
            town,
            periods,
            stock: Stock::new(),
            teller,
            stages: project::stages(periods.len()),
            campaigns,
            loose: BTreeSet::new(),
        }
    }

    pub fn begin_period(&mut self, spec: WeekSpec, dice: &mut Dice) {
        self.teller.begin_period();
        self.loose.clear();
        for campaign in &mut self.campaigns {
            campaign.begin_period(spec, dice);
        }
    }

    pub fn is_loose(&self, text: &str) -> bool {
        self.loose.contains(text.trim_end_matches('。'))
    }

    /// The report and what its author promised for the next period.
    pub fn report(
        &mut self,
        person: usize,
        period: usize,
        kept: Vec<Promise>,
        dice: &mut Dice,
    ) -> (Report, Vec<Promise>) {
        let mut sheet =
            Sheet { report: blank(person), used: Vec::new(), carried: Vec::new(), stages_told: Vec::new() };
        for (plan, promise) in kept.into_iter().enumerate() {
            let answer = self.answer(&mut sheet, plan, promise, dice);
            sheet.report.answers.push(answer);
        }
        self.go_on_with_stages(&mut sheet, period, dice);
        self.count_campaigns(&mut sheet, period, dice);
        self.add_unplanned(&mut sheet, period, dice);
        let promises = self.plan(&mut sheet, period, dice);
        let mut report = sheet.report;
        report.minutes = 2 + report.work.len() as u32 + dice.between(0, 9) as u32;
        if person.is_multiple_of(3) {
            // A third of the officials end their lines with a full stop, always.
            for line in report.work.iter_mut().chain(&mut report.plan) {
                line.text.push('。');
            }
        }
        (report, promises)
    }

    fn unit_name(&self, person: usize, period: usize) -> &'a str {
        let unit = self.town.people[person].unit_on(self.periods[period].ends_on);
        &self.town.units[unit].name
    }

    fn village(&self, person: usize) -> Option<usize> {
        let unit = &self.town.units[self.town.people[person].unit];
        let names = || self.teller.villages.iter().position(|village| village.name == unit.name);
        (unit.kind == UnitKind::Village).then(names).flatten()
    }

    fn with_seeker<T>(
        &mut self,
        person: usize,
        period: usize,
        ahead: usize,
        ask: impl FnOnce(&mut Teller, Seeker) -> T,
    ) -> T {
        let own = match self.town.people[person].class {
            Class::Leadership => self.town.people[person].posts[0].clone(),
            Class::Village => "村".to_owned(),
            _ => self.unit_name(person, period).to_owned(),
        };
        let shared = if self.town.people[person].class == Class::Leadership { "班子" } else { "站所" };
        let sections = [own.as_str(), shared];
        let sections = if own == "村" { &sections[..1] } else { &sections[..] };
        let mut seeker = self.seeker(person, period, ahead);
        seeker.sections = sections;
        ask(&mut self.teller, seeker)
    }

    fn seeker<'s>(&self, person: usize, period: usize, ahead: usize) -> Seeker<'s> {
        let (first, last) = self.span(ahead);
        let half = (last - first).get_days() / 2;
        let day = first.saturating_add(Span::new().days(half));
        Seeker { person, sections: &[], village: self.village(person), period, day }
    }

    /// The days of a period; after the last one a week of seven days is taken to follow.
    fn span(&self, period: usize) -> (Date, Date) {
        match (self.periods.get(period), self.periods.last()) {
            (Some(spec), _) => (spec.starts_on, spec.ends_on),
            (None, Some(last)) => {
                let day = |days: i32| last.ends_on.saturating_add(Span::new().days(days));
                (day(1), day(7))
            }
            (None, None) => (Date::ZERO, Date::ZERO),
        }
    }

    fn is_long(&self, period: usize) -> bool {
        let (first, last) = self.span(period);
        (last - first).get_days() > 8
    }

    fn push(&mut self, sheet: &mut Sheet, text: String) -> Option<usize> {
        sheet.report.work.push(Line { text, due_on: None, difficulty: None });
        Some(sheet.report.work.len() - 1)
    }

    fn reason(&self, own: &[String], general: &str, dice: &mut Dice) -> String {
        match dice.pick(own) {
            Some(reason) if dice.percent(75) => reason.clone(),
            _ => self.stock.line(general, &mut Values::new(), dice),
        }
    }

    /// A difficulty on the line just written: the matter's own, or now and then one that many have.
    fn stuck(&self, sheet: &mut Sheet, own: &[String], chance: u32, dice: &mut Dice) {
        let topic = self.topic(sheet.report.person, dice);
        let Some(line) = sheet.report.work.last_mut() else { return };
        if let Some(own) = dice.pick(own) {
            line.difficulty = dice.percent(chance).then(|| own.clone());
        } else if dice.below(100) < 6 {
            let mut values = Values::from([("topic".to_owned(), topic)]);
            line.difficulty = Some(self.stock.line("困难", &mut values, dice));
        }
    }

    fn topic(&self, person: usize, dice: &mut Dice) -> String {
        let official = &self.town.people[person];
        let topics = match official.class {
            Class::MidLevel => roster::topics(&self.town.units[official.unit].name),
            Class::Village => {
                vec!["人居环境整治", "矛盾纠纷排查", "防汛防火", "产业发展", "民生保障", "基层党建"]
            }
            _ => official.duties.iter().map(String::as_str).collect(),
        };
        dice.pick(&topics).copied().unwrap_or_default().to_owned()
    }

    pub fn empty_line(&mut self, person: usize, dice: &mut Dice) -> String {
        self.loose_line("空泛", person, dice)
    }

    fn half_line(&mut self, person: usize, dice: &mut Dice) -> String {
        self.loose_line("半实", person, dice)
    }

    fn loose_line(&mut self, section: &str, person: usize, dice: &mut Dice) -> String {
        let mut text = String::new();
        for _ in 0..12 {
            let mut values = self.teller.scene(self.village(person), dice);
            if self.village(person).is_some() {
                let group = values.get("g").cloned().unwrap_or_default();
                values.insert("v".to_owned(), group);
            }
            values.insert("topic".to_owned(), self.topic(person, dice));
            text = self.stock.line(section, &mut values, dice);
            if self.teller.claim(&text, true) {
                break;
            }
        }
        self.loose.insert(text.clone());
        text
    }
}
