//! Identity numbers, cards and telephones.

use super::run::{Run, runs, spoken_runs};
use super::{PersonalData, PersonalKind, STOPS, VOCABULARY, before_cue, clause, cued, tail, without_cue};

/// The longest identity number with its order on a card of another kind.
const LONGEST_IDENTITY: usize = 20;
const LONGEST_CARD: usize = 24;
/// Digits of a mobile number.
pub const MOBILE: usize = 11;
/// Digits of the shortest number that is looked at.
pub const SHORTEST: usize = 8;

pub fn numbers(text: &str) -> Vec<PersonalData> {
    let mut found = Vec::new();
    for run in runs(text, SHORTEST) {
        let before = &text[..run.start()];
        let after = &text[run.end..];
        let lettered = after.starts_with(|sign: char| sign.is_ascii_alphabetic());
        if let Some(data) = read(&run, before, lettered) {
            found.push(data);
            continue;
        }
        // Several numbers side by side ("13812345678 530…"): each is looked for at its own place.
        for part in run.divided().into_iter().filter(|part| part.digits.len() >= SHORTEST) {
            found.extend(read(&part, &text[..part.start()], false));
        }
    }
    found
}

/// What one whole run of digits is.
fn read(run: &Run, before: &str, lettered: bool) -> Option<PersonalData> {
    let count = run.digits.len();
    let found = |kind| Some(PersonalData::new(kind, run.start(), run.end));
    let is_numbered = VOCABULARY.number.iter().any(|word| tail(before, 8).contains(word));
    let after_identity = cued(before, &VOCABULARY.identity);
    if is_identity_number(run) || after_identity && (10..=LONGEST_IDENTITY).contains(&count) {
        return found(PersonalKind::IdentityNumber);
    }
    if is_mobile(run) {
        let start = before.strip_suffix('+').unwrap_or(before).len();
        return Some(PersonalData::new(PersonalKind::Mobile, start, run.end));
    }
    if let Some(start) = card_start(run, before) {
        return Some(PersonalData::new(PersonalKind::BankCard, start, run.end));
    }
    let letter_before = before.ends_with(|sign: char| sign.is_ascii_alphabetic());
    if lettered || letter_before || run.is_dotted {
        return None;
    }
    if !is_numbered && looks_like_identity(run) {
        return found(PersonalKind::IdentityNumber);
    }
    if !is_numbered && is_bank_card(run) {
        return found(PersonalKind::BankCard);
    }
    // A digit too few or too many.
    let mistyped = (count == MOBILE - 1 || count == MOBILE + 1) && run.digits[0] == 1 && run.digits[1] >= 3;
    (mistyped && run.parts().len() <= 3 && cued(before, &VOCABULARY.phone))
        .then(|| PersonalData::new(PersonalKind::Mobile, run.start(), run.end))
}

/// Where a number after a word for a card or an account begins, with the letter of a social security card.
fn card_start(run: &Run, before: &str) -> Option<usize> {
    if !(SHORTEST..=LONGEST_CARD).contains(&run.digits.len()) || run.is_dotted {
        return None;
    }
    let unlettered = before.strip_suffix(|sign: char| sign.is_ascii_alphabetic());
    let start = unlettered.unwrap_or(before);
    let owner = before_cue(start, &VOCABULARY.card)?;
    let is_public = VOCABULARY.public.iter().any(|word| tail(owner, 8).contains(word));
    (!is_public).then_some(start.len())
}

/// GB 11643-1999: 6 digits of the place, 8 of the birthday, 3 of order, one check digit by ISO 7064 MOD 11-2.
fn is_identity_number(run: &Run) -> bool {
    let digits = &run.digits;
    if digits.len() != if run.ends_in_x { 17 } else { 18 } || !has_birthday(run, 1850..=2150) {
        return false;
    }
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    let check = (12 - sum % 11) % 11;
    let written = if run.ends_in_x { 10 } else { u32::from(digits[17]) };
    check == written
}

/// 17 or 18 digits with the place and the birthday of somebody alive, whatever the check digit says.
fn looks_like_identity(run: &Run) -> bool {
    (17..=18).contains(&run.digits.len()) && has_birthday(run, 1900..=2099)
}

fn has_birthday(run: &Run, years: std::ops::RangeInclusive<u32>) -> bool {
    let digits = &run.digits;
    let year = digits[6..10].iter().fold(0u32, |sum, digit| sum * 10 + u32::from(*digit));
    let month = digits[10] * 10 + digits[11];
    let day = digits[12] * 10 + digits[13];
    let region = digits[0] * 10 + digits[1];
    years.contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && (11..=91).contains(&region)
}

/// 1[3-9] and nine digits, 86 before it or not, in parts as numbers are told: amounts are not ("13.5 …", "1380000.0000").
fn is_mobile(run: &Run) -> bool {
    let from = match run.digits.len() {
        MOBILE => 0,
        13 if run.digits.starts_with(&[8, 6]) => 2,
        _ => return false,
    };
    let parts = run.parts();
    let told = parts[0] >= 2 || parts.iter().all(|part| *part == 1);
    let amount = run.is_dotted && parts.len() < 3;
    told && !amount && run.digits[from] == 1 && run.digits[from + 1] >= 3
}

/// 16 to 19 digits, the last by Luhn (ISO/IEC 7812-1).
fn is_bank_card(run: &Run) -> bool {
    let digits = &run.digits;
    if !(16..=19).contains(&digits.len()) || !matches!(digits[0], 3..=6 | 8 | 9) || run.ends_in_x {
        return false;
    }
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(*digit) * if place % 2 == 1 { 2 } else { 1 };
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Numbers of which some digits are characters: no sum and no date is written so.
pub fn spoken(text: &str) -> Vec<PersonalData> {
    let mut found = Vec::new();
    for run in spoken_runs(text, MOBILE) {
        let before = &text[..run.start()];
        if is_mobile(&run) {
            found.push(PersonalData::new(PersonalKind::Mobile, run.start(), run.end));
        } else if cued(before, &VOCABULARY.identity) && run.digits.len() <= LONGEST_IDENTITY {
            found.push(PersonalData::new(PersonalKind::IdentityNumber, run.start(), run.end));
        }
    }
    found
}

/// Fixed telephones that somebody calls the own ones. The telephone of an office is public.
pub fn own_telephones(text: &str) -> Vec<PersonalData> {
    let fixed = runs(text, 7).into_iter().filter(|run| {
        (7..=12).contains(&run.digits.len()) && matches!(run.digits[0], 0 | 2..=8) && !run.is_dotted
    });
    let own = fixed.filter(|run| is_own_telephone(&text[..run.start()]));
    own.map(|run| PersonalData::new(PersonalKind::Telephone, run.start(), run.end)).collect()
}

const OWN: [&str; 9] = ["我", "本人", "俺", "咱", "家里", "家中", "家", "my", "my home"];
const OF: [&str; 8] = ["的", "家里", "家中", "家", "个人", "私人", "住宅", " "];
/// Words that say whose telephone it is by standing alone: the writer's.
const UNSAID: [&str; 4] = ["联系电话", "联系方式", "本人电话", "家庭电话"];

fn is_own_telephone(before: &str) -> bool {
    if let Some(rest) = before_cue(before, &UNSAID)
        && rest.chars().next_back().is_none_or(|sign| !sign.is_alphanumeric())
    {
        let before = clause(tail(rest, 20).trim_end_matches(STOPS), &STOPS);
        return !cued(before, &VOCABULARY.office);
    }
    let Some(mut rest) = before_cue(before, &VOCABULARY.phone) else { return false };
    loop {
        if OWN.iter().any(|word| without_cue(rest, word).is_some()) {
            return true;
        }
        let Some(shorter) = OF.iter().find_map(|word| rest.strip_suffix(word)) else { return false };
        rest = shorter;
    }
}
