//! Finds what tells who a resident is, so that it is not published: numbers, ways to write or call, plates, where somebody
//! lives, names.
//!
//! Two readings. [`personal_data`] is what nobody may publish; an official's words that hold it are not taken. It is sure
//! of what it says, and leaves the telephone of an office, the name of an official and the address of a village alone.
//! [`resident_data`] is what is masked in a resident's words before anybody else reads them. It adds what only counts
//! when a resident says it of somebody ("my telephone", "I am …", "my neighbour …", "we live in group 2"); the one who
//! looks at the words may uncover what was masked in vain.
//!
//! A word before a number ("身份证", "卡号", "手机") is enough; a check digit only raises confidence where there is none.

mod account;
mod address;
mod contact;
mod english;
mod name;
mod number;
mod run;
mod told;

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Serialize;

use crate::table::Words;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonalKind {
    /// GB 11643, by its check digit, by a word before it, or by its place and birthday.
    IdentityNumber,
    Mobile,
    /// A fixed telephone that somebody calls the own one.
    Telephone,
    /// 16 to 19 digits with a Luhn check digit, or any number after a word for a card or an account.
    BankCard,
    Email,
    /// A name in a messenger.
    Account,
    /// The sign of a vehicle.
    Plate,
    /// What tells the house in which somebody lives. The village, the community or the street is left.
    Address,
    /// The name of somebody who tells it, or of somebody near.
    Name,
    /// An illness beside a person's name; the range is the name.
    Health,
    /// The name of somebody who complains or petitions.
    Petitioner,
}

impl PersonalKind {
    pub const ALL: [PersonalKind; 11] = [
        PersonalKind::IdentityNumber,
        PersonalKind::Mobile,
        PersonalKind::Telephone,
        PersonalKind::BankCard,
        PersonalKind::Email,
        PersonalKind::Account,
        PersonalKind::Plate,
        PersonalKind::Address,
        PersonalKind::Name,
        PersonalKind::Health,
        PersonalKind::Petitioner,
    ];

    pub fn name(self) -> &'static str {
        match self {
            PersonalKind::IdentityNumber => "identity_number",
            PersonalKind::Mobile => "mobile",
            PersonalKind::Telephone => "telephone",
            PersonalKind::BankCard => "bank_card",
            PersonalKind::Email => "email",
            PersonalKind::Account => "account",
            PersonalKind::Plate => "plate",
            PersonalKind::Address => "address",
            PersonalKind::Name => "name",
            PersonalKind::Health => "health",
            PersonalKind::Petitioner => "petitioner",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonalData {
    pub kind: PersonalKind,
    /// Byte range in the text.
    pub range: (usize, usize),
}

impl PersonalData {
    fn new(kind: PersonalKind, start: usize, end: usize) -> Self {
        Self { kind, range: (start, end) }
    }
}

/// The words of data/personal.tsv, by their class.
struct Vocabulary {
    health: Vec<&'static str>,
    petitioner: Vec<&'static str>,
    petitions: Vec<&'static str>,
    resident: Vec<&'static str>,
    title: Vec<&'static str>,
    number: Vec<&'static str>,
    identity: Vec<&'static str>,
    card: Vec<&'static str>,
    public: Vec<&'static str>,
    phone: Vec<&'static str>,
    office: Vec<&'static str>,
    qq: Vec<&'static str>,
    wechat: Vec<&'static str>,
    plate: Vec<&'static str>,
    home: Vec<&'static str>,
    /// The characters with which the words of `home` begin.
    home_first: Vec<char>,
    no_name: Vec<&'static str>,
    given: HashSet<char>,
    /// Words before a name, and whether more may stand between ("我是湾口村的…").
    cues: Words<bool>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let of = |wanted: &str| {
        crate::table::rows(include_str!("../../data/personal.tsv"))
            .filter(|(class, _)| *class == wanted)
            .flat_map(|(_, words)| words)
            .collect::<Vec<_>>()
    };
    let selves = of("self").into_iter().map(|word| (word, true));
    let others = ["kin", "party"].into_iter().flat_map(of).map(|word| (word, false));
    Vocabulary {
        health: of("health"),
        petitioner: of("petitioner"),
        petitions: of("petitions"),
        resident: of("resident"),
        title: of("title"),
        number: of("number"),
        identity: of("identity"),
        card: of("card"),
        public: of("public"),
        phone: of("phone"),
        office: of("office"),
        qq: of("qq"),
        wechat: of("wechat"),
        plate: of("plate"),
        home: of("home"),
        home_first: of("home")
            .iter()
            .filter_map(|word| word.chars().next())
            .collect::<HashSet<_>>()
            .into_iter()
            .collect(),
        no_name: of("no_name"),
        given: of("given").into_iter().flat_map(str::chars).collect(),
        cues: Words::new(selves.chain(others)),
    }
});

/// What nobody may publish, in its order; no two overlap.
pub fn personal_data(text: &str) -> Vec<PersonalData> {
    joined(certain(text))
}

/// What is masked in a resident's words, in its order; no two overlap.
pub fn resident_data(text: &str) -> Vec<PersonalData> {
    let mut found = certain(text);
    found.extend(number::own_telephones(text));
    found.extend(address::homes(text, address::Reading::Resident));
    found.extend(english::told(text));
    found.extend(told::told(text, &found));
    let again = told::again(text, &found);
    found.extend(again);
    joined(found)
}

fn certain(text: &str) -> Vec<PersonalData> {
    let mut found = name::named(text);
    let signs = run::Signs::of(text);
    if signs.digits >= number::SHORTEST {
        found.extend(number::numbers(text));
    }
    if signs.spoken > 0 && signs.digits + signs.spoken >= number::MOBILE {
        found.extend(number::spoken(text));
    }
    if signs.has_at {
        found.extend(contact::emails(text));
    }
    if signs.digits + signs.letters >= account::SHORTEST {
        found.extend(account::accounts(text));
    }
    if signs.letters > 0 && signs.digits + signs.letters >= contact::SHORTEST_PLATE {
        found.extend(contact::plates(text));
    }
    if signs.digits + signs.spoken > 0 {
        found.extend(address::homes(text, address::Reading::Official));
    }
    found
}

/// In their order; what overlaps becomes one.
fn joined(mut found: Vec<PersonalData>) -> Vec<PersonalData> {
    found.sort_by_key(|data| (data.range.0, std::cmp::Reverse(data.range.1), data.kind));
    let mut kept: Vec<PersonalData> = Vec::with_capacity(found.len());
    for data in found {
        match kept.last_mut() {
            Some(last) if data.range.0 < last.range.1 => last.range.1 = last.range.1.max(data.range.1),
            _ => kept.push(data),
        }
    }
    kept
}

/// The last characters of `text`, no more than `most`.
fn tail(text: &str, most: usize) -> &str {
    text.char_indices().rev().nth(most.saturating_sub(1)).map_or(text, |(at, _)| &text[at..])
}

/// The end of `text` after its last sign of `signs`.
fn clause<'a>(text: &'a str, signs: &[char]) -> &'a str {
    text.rsplit(|sign| signs.contains(&sign)).next().unwrap_or(text)
}

/// Signs that end a part of a sentence.
const STOPS: [char; 12] = ['，', ',', '。', '；', ';', '！', '!', '？', '?', '、', '\n', '\r'];

/// Words and signs between a cue and what it tells ("手机号码是：").
const BETWEEN: [&str; 16] =
    ["号码", "号", "名", "是", "为", "：", ":", "=", "“", "\"", " ", "\u{3000}", "（", "(", "number", "is"];

/// Whether one of the words stands before what follows, in either case; a Latin word stands alone.
fn cued(before: &str, words: &[&str]) -> bool {
    before_cue(before, words).is_some()
}

/// What stands before the cue, if one of the words is it.
fn before_cue<'a>(before: &'a str, words: &[&str]) -> Option<&'a str> {
    let mut rest = before;
    loop {
        if let Some(found) = words.iter().find_map(|word| without_cue(rest, word)) {
            return Some(found);
        }
        rest = BETWEEN.iter().find_map(|word| rest.strip_suffix(word))?;
    }
}

/// `before` without the word that ends it.
fn without_cue<'a>(before: &'a str, word: &str) -> Option<&'a str> {
    let at = before.len().checked_sub(word.len())?;
    let (rest, end) = (before.get(..at)?, before.get(at..)?);
    let alone = !word.is_ascii() || !rest.ends_with(|sign: char| sign.is_ascii_alphanumeric());
    (alone && end.eq_ignore_ascii_case(word)).then_some(rest)
}

fn is_han(sign: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&sign)
}

#[cfg(test)]
mod tests;
