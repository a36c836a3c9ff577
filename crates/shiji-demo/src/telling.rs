//! Choosing a matter for an official and a week, and telling it: as a plan, as a result, as half a result.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::dice::Dice;
use crate::matter::{self, Matter, Slot};
use crate::phrase::{Values, fill};
use crate::place::{self, Village};

/// One matter with its place and figures fixed.
#[derive(Debug, Clone)]
pub struct Telling {
    pub matter: usize,
    pub values: Values,
}

/// For whom a matter is sought.
#[derive(Debug, Clone, Copy)]
pub struct Seeker<'a> {
    pub person: usize,
    /// The own section of the matters and the one shared by the class.
    pub sections: &'a [&'a str],
    pub village: Option<usize>,
    pub period: usize,
    pub day: Date,
}

pub struct Teller {
    pub matters: Vec<Matter>,
    pub villages: Vec<Village>,
    shared: Vec<(&'static str, Vec<&'static str>)>,
    by_section: BTreeMap<String, Vec<usize>>,
    /// Sentences told this period by anybody, and how often each matter was.
    period_texts: BTreeSet<String>,
    period_uses: BTreeMap<usize, u64>,
    texts: BTreeSet<String>,
    /// The last period in which a person took up a matter.
    last_use: BTreeMap<(usize, usize), usize>,
}

/// Throws of the dice for one line before the official writes nothing instead.
const ATTEMPTS: usize = 40;
pub const SHORTEST: usize = 8;
pub const LONGEST: usize = 90;

impl Teller {
    /// # Panics
    /// Never: the matters are part of the program and a test reads every line of them.
    pub fn new() -> Self {
        let matters = matter::all().unwrap_or_else(|line| unreachable!("unreadable matter: {line}"));
        let mut by_section: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, matter) in matters.iter().enumerate() {
            by_section.entry(matter.section.clone()).or_default().push(index);
        }
        Teller {
            matters,
            villages: place::villages(),
            shared: place::shared(),
            by_section,
            period_texts: BTreeSet::new(),
            period_uses: BTreeMap::new(),
            texts: BTreeSet::new(),
            last_use: BTreeMap::new(),
        }
    }

    pub fn begin_period(&mut self) {
        self.period_texts.clear();
        self.period_uses.clear();
    }

    /// Takes a text unless somebody has said it this period, or `fresh` asks for one never said before.
    pub fn claim(&mut self, text: &str, fresh: bool) -> bool {
        let length = text.chars().count();
        if !(SHORTEST..=LONGEST).contains(&length) || (fresh && self.texts.contains(text)) {
            return false;
        }
        if !self.period_texts.insert(text.to_owned()) {
            return false;
        }
        self.texts.insert(text.to_owned());
        true
    }

    pub fn scene(&self, village: Option<usize>, dice: &mut Dice) -> Values {
        place::scene(&self.villages, &self.shared, village, dice)
    }

    /// A result of something nobody planned.
    pub fn unplanned(
        &mut self,
        seeker: Seeker,
        used: &[usize],
        dice: &mut Dice,
    ) -> Option<(Telling, String)> {
        self.fresh(seeker, used, dice, |matter| &matter.done)
    }

    pub fn planned(&mut self, seeker: Seeker, used: &[usize], dice: &mut Dice) -> Option<(Telling, String)> {
        self.fresh(seeker, used, dice, |matter| &matter.planned)
    }

    fn fresh(
        &mut self,
        seeker: Seeker,
        used: &[usize],
        dice: &mut Dice,
        sentences: impl Fn(&Matter) -> &Vec<String>,
    ) -> Option<(Telling, String)> {
        let mut excluded = used.to_vec();
        for attempt in 0..ATTEMPTS {
            if attempt == ATTEMPTS / 2 {
                excluded = used.to_vec();
            }
            let Some(matter) = self.choose(seeker, &excluded, dice, &sentences) else {
                excluded = used.to_vec();
                continue;
            };
            let mut telling = self.telling(matter, seeker.village, dice);
            let Some(text) = self.sentence(&mut telling, dice, &sentences) else { continue };
            // Better an old sentence than none: only the first throws insist on a new one.
            if self.claim(&text, attempt < ATTEMPTS * 3 / 4) {
                *self.period_uses.entry(matter).or_default() += 1;
                self.last_use.insert((seeker.person, matter), seeker.period);
                return Some((telling, text));
            }
            if dice.percent(40) {
                excluded.push(matter);
            }
        }
        None
    }

    fn choose(
        &self,
        seeker: Seeker,
        used: &[usize],
        dice: &mut Dice,
        sentences: impl Fn(&Matter) -> &Vec<String>,
    ) -> Option<usize> {
        let mut candidates = Vec::new();
        let mut weights = Vec::new();
        for (order, section) in seeker.sections.iter().enumerate() {
            for &index in self.by_section.get(*section).map(Vec::as_slice).unwrap_or_default() {
                let matter = &self.matters[index];
                if used.contains(&index) || sentences(matter).is_empty() || !self.fits(matter, seeker) {
                    continue;
                }
                candidates.push(index);
                weights.push(self.weight(index, seeker, order));
            }
        }
        dice.weighted(&weights).map(|at| candidates[at])
    }

    fn fits(&self, matter: &Matter, seeker: Seeker) -> bool {
        let has_trait = |needed: &String| {
            seeker
                .village
                .and_then(|at| self.villages.get(at))
                .is_some_and(|village| village.traits.contains(needed.as_str()))
        };
        matter.season.holds(seeker.day) && matter.trait_needed.as_ref().is_none_or(has_trait)
    }

    /// Rarer what the person took up lately or others take up this period.
    fn weight(&self, matter: usize, seeker: Seeker, order: usize) -> u64 {
        let resting =
            match self.last_use.get(&(seeker.person, matter)).map(|last| seeker.period.saturating_sub(*last))
            {
                Some(0) => 5,
                Some(1) => 25,
                Some(2) => 60,
                _ => 100,
            };
        let own = if order == 0 { 10 } else { 4 };
        let others = 1 + self.period_uses.get(&matter).copied().unwrap_or_default();
        (self.matters[matter].weight * resting * own / others).max(1)
    }

    fn telling(&self, matter: usize, village: Option<usize>, dice: &mut Dice) -> Telling {
        let mut values = self.scene(village, dice);
        for (name, slot) in &self.matters[matter].slots {
            let value = match slot {
                Slot::Number { low, high, step } => {
                    (low + dice.between(0, (high - low) / step) * step).to_string()
                }
                Slot::Words(words) => dice.pick(words).cloned().unwrap_or_default(),
            };
            values.insert(name.clone(), value);
        }
        Telling { matter, values }
    }

    /// One of the matter's sentences for this telling; another wording is tried where a count comes to nothing.
    fn sentence(
        &self,
        telling: &mut Telling,
        dice: &mut Dice,
        sentences: impl Fn(&Matter) -> &Vec<String>,
    ) -> Option<String> {
        let mut order: Vec<&String> = sentences(&self.matters[telling.matter]).iter().collect();
        dice.shuffle(&mut order);
        order.into_iter().find_map(|sentence| fill(sentence, &mut telling.values, dice))
    }

    /// The result of a plan kept: the same place and figures.
    pub fn done(&mut self, telling: &mut Telling, dice: &mut Dice) -> Option<String> {
        self.result(telling, dice, |matter| &matter.done)
    }

    /// The result of a plan kept in part. `k` is what was done of `n`, `r` what is left.
    pub fn partly(&mut self, telling: &mut Telling, dice: &mut Dice) -> Option<String> {
        if let Some(whole) = telling.values.get("n").and_then(|whole| whole.parse::<i64>().ok()) {
            if whole < 2 {
                return None;
            }
            let part = (whole * dice.between(45, 85) / 100).clamp(1, whole - 1);
            telling.values.insert("k".to_owned(), part.to_string());
            telling.values.insert("r".to_owned(), (whole - part).to_string());
        }
        self.result(telling, dice, |matter| &matter.partly)
    }

    fn result(
        &mut self,
        telling: &mut Telling,
        dice: &mut Dice,
        sentences: fn(&Matter) -> &Vec<String>,
    ) -> Option<String> {
        for attempt in 0..8 {
            let text = self.sentence(telling, dice, sentences)?;
            if self.claim(&text, attempt < 6) {
                *self.period_uses.entry(telling.matter).or_default() += 1;
                return Some(text);
            }
        }
        None
    }
}
