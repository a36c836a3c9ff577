//! Words of work: what an act is, what only sounds like one (data/lexicon.tsv).

use std::sync::LazyLock;

use crate::table::Words;

/// What a word or a number contributes to an item. The comments of data/lexicon.tsv say what each class holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    Act,
    Hand,
    Soft,
    Light,
    Process,
    Manner,
    Exhort,
    Relay,
    Attend,
    Effect,
    Slogan,
    Empty,
    Abstract,
    Thing,
    People,
    Body,
    Place,
    Outcome,
    When,
    Trouble,
    Event,
    /// A number of things, people or sums: something one can count again.
    Quantity,
    /// A number of times, days, points or percent: it may count nothing done.
    Frequency,
    Date,
    Clock,
    /// Characters of no known word directly before a place, a body or a title: a proper name.
    Name,
    /// 《…》 or “…”.
    Quoted,
}

impl Class {
    pub const ALL: [Class; 27] = [
        Class::Act,
        Class::Hand,
        Class::Soft,
        Class::Light,
        Class::Process,
        Class::Manner,
        Class::Exhort,
        Class::Relay,
        Class::Attend,
        Class::Effect,
        Class::Slogan,
        Class::Empty,
        Class::Abstract,
        Class::Thing,
        Class::People,
        Class::Body,
        Class::Place,
        Class::Outcome,
        Class::When,
        Class::Trouble,
        Class::Event,
        Class::Quantity,
        Class::Frequency,
        Class::Date,
        Class::Clock,
        Class::Name,
        Class::Quoted,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Class::Act => "act",
            Class::Hand => "hand",
            Class::Soft => "soft",
            Class::Light => "light",
            Class::Process => "process",
            Class::Manner => "manner",
            Class::Exhort => "exhort",
            Class::Relay => "relay",
            Class::Attend => "attend",
            Class::Effect => "effect",
            Class::Slogan => "slogan",
            Class::Empty => "empty",
            Class::Abstract => "abstract",
            Class::Thing => "thing",
            Class::People => "people",
            Class::Body => "body",
            Class::Place => "place",
            Class::Outcome => "outcome",
            Class::When => "when",
            Class::Trouble => "trouble",
            Class::Event => "event",
            Class::Quantity => "quantity",
            Class::Frequency => "frequency",
            Class::Date => "date",
            Class::Clock => "clock",
            Class::Name => "name",
            Class::Quoted => "quoted",
        }
    }

    fn of(name: &str) -> Option<Class> {
        Class::ALL.into_iter().find(|class| class.name() == name)
    }
}

static WORDS: LazyLock<Words<Class>> = LazyLock::new(|| {
    let rows = crate::table::rows(include_str!("../data/lexicon.tsv"));
    let words = rows.filter_map(|(class, words)| Some((Class::of(class)?, words)));
    Words::new(
        words.flat_map(|(class, words)| words.map(move |word| (word, class))).collect::<Vec<_>>().into_iter(),
    )
});

/// The longest known word with which `text` begins.
pub fn word(text: &str) -> Option<(&'static str, Class)> {
    WORDS.longest(text)
}

/// `应` is an order only by itself: in 应急, 应届, 供应 it is half of another word.
pub fn is_half_of_a_word(before: Option<char>, text: &str) -> bool {
    let Some(behind) = text.strip_prefix('应') else { return false };
    let is_first = behind.starts_with([
        '急', '届', '聘', '用', '邀', '付', '征', '答', '试', '酬', '诉', '变', '激', '战', '允', '援',
    ]);
    let is_second = before.is_some_and(|before| {
        matches!(before, '响' | '供' | '反' | '相' | '对' | '回' | '感' | '效' | '呼' | '照')
    });
    is_first || is_second
}

/// The text begins with a verb of work.
pub fn opens_with_act(text: &str) -> bool {
    word(text).is_some_and(|(_, class)| {
        matches!(
            class,
            Class::Act
                | Class::Hand
                | Class::Soft
                | Class::Light
                | Class::Process
                | Class::Attend
                | Class::Relay
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_lexicon_has_a_known_class_and_no_word_stands_twice() {
        let mut seen = std::collections::HashSet::new();
        for (class, words) in crate::table::rows(include_str!("../data/lexicon.tsv")) {
            assert!(Class::of(class).is_some(), "{class}");
            for word in words {
                assert!(seen.insert(word), "{word} stands twice");
            }
        }
    }
}
