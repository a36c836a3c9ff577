//! Questions in a log: none is left out, a step belongs to its question, and words that are shown as the asker's whole words
//! are those that were received. That the steps follow each other is looked at in their leaves.

use super::Violation;
use crate::canonical::Leaf;
use crate::fact::{QuestionFact, QuestionStepFact};
use crate::question::{in_brief, words_commitment};
use shiji_domain::id::PlaceId;
use shiji_domain::question::Step;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// What the page of a question has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionWords {
    pub place: PlaceId,
    /// Of the first entry.
    pub index: u64,
    pub number: i64,
    /// In their order, each as [`in_brief`] says.
    pub steps: Vec<String>,
    /// The asker's words, answers, reasons.
    pub texts: Vec<String>,
}

struct Received {
    number: i64,
    words_commitment: String,
}

#[derive(Default)]
pub(super) struct Questions {
    /// Numbers that were given, by place; a town counts from 1 and leaves none out.
    numbers: BTreeMap<PlaceId, BTreeSet<i64>>,
    received: HashMap<Uuid, Received>,
    keeps_words: bool,
    words: HashMap<Uuid, QuestionWords>,
}

impl Questions {
    pub fn keep_words(&mut self) {
        self.keeps_words = true;
    }

    pub fn received(&mut self, index: u64, leaf: &Leaf, fact: &QuestionFact) -> Option<Violation> {
        let is_new = self.numbers.entry(leaf.place).or_default().insert(fact.number);
        let received = Received { number: fact.number, words_commitment: fact.words_commitment.clone() };
        self.received.insert(leaf.id, received);
        if self.keeps_words {
            let words = QuestionWords {
                place: leaf.place,
                index,
                number: fact.number,
                steps: Vec::new(),
                texts: Vec::new(),
            };
            self.words.insert(leaf.id, words);
        }
        (!is_new || fact.number < 1).then_some(Violation::QuestionNumber { index, number: fact.number })
    }

    /// A step without its question is found by the leaves, and says nothing here.
    pub fn step(&mut self, index: u64, fact: QuestionStepFact) -> Vec<Violation> {
        let mut found = Vec::new();
        let subject = fact.question.0;
        let Some(received) = self.received.get(&subject) else { return found };
        if received.number != fact.number {
            found.push(Violation::QuestionNumber { index, number: fact.number });
        }
        // Masked words come without the salt: only the asker can prove those.
        if let (Step::Shown, Some(salt), Some(text)) = (fact.step, &fact.words_salt, &fact.text)
            && words_commitment(salt, text) != received.words_commitment
        {
            found.push(Violation::QuestionWords { index, number: fact.number });
        }
        if let Some(words) = self.words.get_mut(&subject) {
            words.steps.push(in_brief(&fact));
            words.texts.extend([fact.text, fact.reason].into_iter().flatten());
        }
        found
    }

    /// The highest number of a place tells how many there have to be.
    pub fn missing(&self) -> Vec<Violation> {
        let lacks = |numbers: &BTreeSet<i64>| {
            let highest = numbers.last().and_then(|last| usize::try_from(*last).ok()).unwrap_or(0);
            highest.saturating_sub(numbers.len())
        };
        self.numbers
            .iter()
            .map(|(place, numbers)| (*place, lacks(numbers)))
            .filter(|(_, missing)| *missing > 0)
            .map(|(place, missing)| Violation::QuestionsMissing { place, missing })
            .collect()
    }

    pub fn words(self) -> HashMap<Uuid, QuestionWords> {
        self.words
    }
}
