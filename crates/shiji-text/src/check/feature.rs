//! What the weights are attached to: classes of words, their order, shares of the text, pairs of characters.

use super::reading::{Reading, Token, is_han};
use crate::lexicon::Class;

/// Calls `each` with every feature of the item and its strength (0 to 1).
pub fn each_feature(reading: &Reading, mut each: impl FnMut(&str, f32)) {
    let length = reading.chars.len().max(1) as f32;
    let mut name = String::with_capacity(32);
    let mut put = |parts: &[&str], value: f32, each: &mut dyn FnMut(&str, f32)| {
        name.clear();
        name.push('#');
        parts.iter().for_each(|part| name.push_str(part));
        each(&name, value);
    };
    put(&["bias"], 1.0, &mut each);
    for class in Class::ALL {
        let count = reading.count(class);
        if count == 0 {
            continue;
        }
        put(&["has-", class.name()], 1.0, &mut each);
        if count > 1 {
            put(&["more-", class.name()], ((count - 1) as f32 / 3.0).min(1.0), &mut each);
        }
        let chars: usize = reading
            .tokens
            .iter()
            .filter(|token| token.class == class)
            .map(|token| token.end - token.start)
            .sum();
        put(&["share-", class.name()], (chars as f32 / length).min(1.0), &mut each);
    }
    if let Some(token) = reading.tokens.first() {
        put(&["opens-", token.class.name()], 1.0, &mut each);
    }
    if let Some(token) = reading.tokens.last() {
        put(&["closes-", token.class.name()], 1.0, &mut each);
    }
    for pair in reading.tokens.windows(2) {
        let between = &reading.chars[pair[0].end.min(pair[1].start)..pair[1].start];
        if !between.iter().any(|sign| matches!(sign, '，' | '。' | '；')) {
            put(&[pair[0].class.name(), ">", pair[1].class.name()], 0.7, &mut each);
        }
    }
    let unknown = reading
        .chars
        .iter()
        .zip(&reading.covered)
        .filter(|(sign, covered)| is_han(**sign) && !**covered)
        .count();
    put(&["unknown"], (unknown as f32 / length).min(1.0), &mut each);
    put(&["unknown-count"], (unknown as f32 / 8.0).min(1.0), &mut each);
    let bucket = match reading.chars.len() {
        0..=4 => "4",
        5..=6 => "6",
        7..=9 => "9",
        10..=14 => "14",
        15..=22 => "22",
        23..=40 => "40",
        _ => "long",
    };
    put(&["length-", bucket], 1.0, &mut each);
    for (name, holds) in Clauses::of(reading).named() {
        if holds {
            put(&[name], 1.0, &mut each);
        }
    }
    if reading.chars.contains(&'|') {
        put(&["columns"], 1.0, &mut each);
    }
    for at in 1..reading.chars.len() {
        let (left, right) = (reading.chars[at - 1], reading.chars[at]);
        if is_han(left) && is_han(right) {
            each(reading.part(at - 1, at + 1), 0.4);
        }
    }
}

/// What the clauses of an item hold. One clause with a fact makes the item one with a fact, whatever stands around it.
#[derive(Default)]
struct Clauses {
    all: usize,
    hollow: usize,
    placed_act: bool,
    counted_act: bool,
    act_on_thing: bool,
    soft_on_thing: bool,
    quoted_act: bool,
    dated_act: bool,
    with_somebody: bool,
}

impl Clauses {
    fn of(reading: &Reading) -> Self {
        let mut found = Self::default();
        let mut first = 0;
        for at in 0..=reading.chars.len() {
            let ends = reading.chars.get(at).is_none_or(|sign| matches!(sign, '，' | '。' | '；' | '！'));
            if ends {
                let length = reading.tokens[first..].iter().take_while(|token| token.start < at).count();
                found.read(&reading.tokens[first..first + length]);
                first += length;
            }
        }
        found
    }

    fn read(&mut self, clause: &[Token]) {
        let has = |class| clause.iter().any(|token| token.class == class);
        if clause.is_empty() {
            return;
        }
        self.all += 1;
        let act = has(Class::Act);
        let verb = act || has(Class::Soft) || has(Class::Hand);
        let thing = has(Class::Thing) || has(Class::People) || has(Class::Body);
        let named = has(Class::Name);
        let solid = act || thing || named || has(Class::Quantity) || has(Class::Clock) || has(Class::Quoted);
        self.hollow += usize::from(!solid);
        self.placed_act |= verb && named;
        self.counted_act |= verb && has(Class::Quantity);
        self.act_on_thing |= act && thing;
        self.soft_on_thing |= has(Class::Soft) && thing;
        self.quoted_act |= verb && has(Class::Quoted);
        self.dated_act |= verb && (has(Class::Date) || has(Class::Clock) || has(Class::When));
        self.with_somebody |= has(Class::Hand) && (has(Class::Body) || has(Class::People)) && verb;
    }

    fn named(&self) -> [(&'static str, bool); 10] {
        [
            ("all-hollow", self.hollow == self.all),
            ("no-hollow", self.hollow == 0),
            ("half-hollow", self.hollow * 2 >= self.all && self.hollow < self.all),
            ("placed-act", self.placed_act),
            ("counted-act", self.counted_act),
            ("act-on-thing", self.act_on_thing),
            ("soft-on-thing", self.soft_on_thing),
            ("quoted-act", self.quoted_act),
            ("dated-act", self.dated_act),
            ("with-somebody", self.with_somebody),
        ]
    }
}
