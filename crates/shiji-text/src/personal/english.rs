//! Names and houses that are told in English.

use super::{PersonalData, PersonalKind};

/// Words before one's own name; one capital word is enough.
const NAMED: [&str; 4] = ["my name is ", "name: ", "i am called ", "signed, "];
/// Words before a name in doubt: two capital words.
const IN_DOUBT: [&str; 16] = [
    "i am ",
    "i'm ",
    "i’m ",
    "this is ",
    "my neighbour ",
    "my neighbor ",
    "my husband ",
    "my wife ",
    "my son ",
    "my daughter ",
    "my father ",
    "my mother ",
    "my brother ",
    "my sister ",
    "my landlord ",
    "regards, ",
];
const LIVES: [&str; 7] =
    ["live at ", "lives at ", "living at ", "live in ", "address is ", "address: ", "house is at "];
const PARTS: [&str; 11] =
    ["no", "no.", "number", "group", "unit", "room", "building", "flat", "house", "apartment", "block"];
const TITLES: [&str; 8] = ["secretary", "director", "mayor", "dr", "doctor", "party", "teacher", "chairman"];

pub fn told(text: &str) -> Vec<PersonalData> {
    if !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return Vec::new();
    }
    let lower = text.to_ascii_lowercase();
    let after = |words: &'static [&'static str]| {
        words
            .iter()
            .flat_map(|word| lower.match_indices(word))
            .filter(|(at, _)| !lower[..*at].ends_with(|sign: char| sign.is_ascii_alphanumeric()))
    };
    let named = after(&NAMED).filter_map(|(at, word)| name(text, at + word.len(), 1));
    let doubted = after(&IN_DOUBT).filter_map(|(at, word)| name(text, at + word.len(), 2));
    let lives = after(&LIVES).filter_map(|(at, word)| house(&lower, at + word.len()));
    let names = named.chain(doubted).map(|(start, end)| PersonalData::new(PersonalKind::Name, start, end));
    names.chain(lives.map(|(start, end)| PersonalData::new(PersonalKind::Address, start, end))).collect()
}

/// Up to three capital words from `at` on.
fn name(text: &str, at: usize, least: usize) -> Option<(usize, usize)> {
    let mut count = 0;
    let mut end = at;
    let mut here = at;
    for _ in 0..3 {
        let rest = &text[here..];
        let length = rest.find(|sign: char| !sign.is_ascii_alphabetic() && sign != '-').unwrap_or(rest.len());
        let word = &rest[..length];
        let is_name = length > 1 && word.starts_with(|sign: char| sign.is_ascii_uppercase());
        if !is_name || count == 0 && TITLES.contains(&word.to_ascii_lowercase().as_str()) {
            break;
        }
        count += 1;
        end = here + length;
        if !rest[length..].starts_with(' ') {
            break;
        }
        here = end + 1;
    }
    (count >= least).then_some((at, end))
}

/// How far after "live at" the numbers of a house may stand, in words.
const FARTHEST: usize = 6;

/// The first words such as "No. 12, Group 3" from `at` on.
fn house(text: &str, at: usize) -> Option<(usize, usize)> {
    let mut words = Vec::new();
    let mut here = at;
    for word in text[at..].split(' ').take(FARTHEST + 8) {
        words.push((here, word));
        here += word.len() + 1;
        if word.ends_with([';', '!', '?']) {
            break;
        }
    }
    let mut found: Option<(usize, usize)> = None;
    let mut number = 0;
    while let Some(&[(start, word), (next, value)]) =
        words.get(number..number + 2).filter(|_| number < FARTHEST + 6)
    {
        let digits = value.bytes().take_while(u8::is_ascii_digit).count();
        if PARTS.contains(&word) && digits > 0 {
            found = Some((found.map_or(start, |found| found.0), next + digits));
            number += 2;
        } else if found.is_some() {
            break;
        } else {
            number += 1;
        }
    }
    found
}
