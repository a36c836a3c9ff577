//! Mailboxes and the signs of vehicles.

use super::{PersonalData, PersonalKind, STOPS, VOCABULARY, clause, cued, tail};

/// Mailboxes of people. One under gov.cn, or one that is called an office's, is public.
pub fn emails(text: &str) -> Vec<PersonalData> {
    let ats = text.match_indices(['@', '＠']);
    let found = ats.filter_map(|(at, sign)| {
        let before = &text[..at];
        let local = before.trim_end_matches(|sign: char| is_of_box(sign));
        let after = &text[at + sign.len()..];
        let length = after.find(|sign: char| !is_of_box(sign)).unwrap_or(after.len());
        let domain = after[..length].trim_end_matches(['.', '-', '_', '+', '%']);
        let top = domain.rsplit_once('.')?.1;
        let is_box = local.len() < at && top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic());
        (is_box && !is_office(domain, local))
            .then(|| PersonalData::new(PersonalKind::Email, local.len(), at + sign.len() + domain.len()))
    });
    found.collect()
}

fn is_of_box(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '.' | '_' | '-' | '+' | '%')
}

/// Words between an office and its mailbox.
const BOX: [&str; 10] = ["电子", "邮箱", "信箱", "邮件", "地址", "的", "：", ":", "是", " "];

fn is_office(domain: &str, before: &str) -> bool {
    let near = clause(tail(before, 12), &STOPS);
    let mut called = near;
    while let Some(shorter) = BOX.iter().find_map(|word| called.strip_suffix(word)) {
        called = shorter;
    }
    domain.to_ascii_lowercase().ends_with("gov.cn")
        || VOCABULARY
            .office
            .iter()
            .any(|word| called.ends_with(word) || word.len() > 3 && near.contains(word))
}

/// The characters of the provinces, as they begin a plate (GA 36).
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
/// Characters that may end a plate.
const ENDINGS: &str = "学警港澳挂领使";

/// Letters and digits of the shortest plate.
pub const SHORTEST_PLATE: usize = 5;

pub fn plates(text: &str) -> Vec<PersonalData> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, sign) in text.char_indices() {
        let after = &text[at + sign.len_utf8()..];
        // A plate of a province has its letter next; one without stands in Latin signs.
        let may_begin = sign.is_ascii_alphanumeric()
            || after.starts_with(|sign: char| sign.is_ascii_alphabetic() || matches!(sign, ' ' | '·'));
        if at < from || !may_begin {
            continue;
        }
        let before = &text[..at];
        let is_province = !sign.is_ascii() && PROVINCES.contains(sign);
        let is_cued = |before: &str| cued(before, &VOCABULARY.plate);
        let length = if is_province {
            plate(after, is_cued(before)).map(|length| sign.len_utf8() + length)
        } else if sign.is_ascii_alphanumeric() && !before.ends_with(|sign: char| sign.is_ascii_alphanumeric())
        {
            is_cued(before).then(|| unplaced(&text[at..])).flatten()
        } else {
            None
        };
        if let Some(length) = length {
            from = at + length;
            found.push(PersonalData::new(PersonalKind::Plate, at, from));
        }
    }
    found
}

/// How long the part of a plate after the province is: a letter, then five signs, or six for a new energy vehicle.
fn plate(text: &str, cued: bool) -> Option<usize> {
    let mut at = 0;
    let gap = |at: usize, signs: &[char]| {
        text[at..].chars().next().filter(|sign| signs.contains(sign)).map_or(0, char::len_utf8)
    };
    at += if cued { gap(at, &[' ', '·']) } else { 0 };
    text[at..].chars().next().filter(char::is_ascii_alphabetic)?;
    at += 1;
    at += gap(at, &['·', '•', '.', '-', ' ', '\u{30fb}']);
    let signs = text[at..].find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(text.len() - at);
    let rest = &text[at + signs..];
    let ending = rest.chars().next().filter(|sign| ENDINGS.contains(*sign));
    let digits = text[at..at + signs].bytes().filter(u8::is_ascii_digit).count();
    let length = at + signs;
    match (signs, ending) {
        (4, Some(sign)) if digits >= 2 => Some(length + sign.len_utf8()),
        (5, _) if digits >= 2 => Some(length),
        (6, _) if digits >= 3 => Some(length),
        _ => None,
    }
}

/// A sign after "车牌" that leaves the province out.
fn unplaced(text: &str) -> Option<usize> {
    let length = text.find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(text.len());
    let digits = text[..length].bytes().filter(u8::is_ascii_digit).count();
    ((5..=8).contains(&length) && digits >= 3 && digits < length).then_some(length)
}
