//! Numerals in the scripts that lists are counted in.

use std::sync::LazyLock;

use crate::table::Words;

/// How a sign of a counting sequence may stand (data/numerals.txt).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Alone,
    Marked,
    Loose,
}

/// A sequence of signs. `Digits` are 1 2 3 in either width, `Chinese` 一 二 三, `Table` a line of data/numerals.txt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Script {
    Digits,
    Chinese,
    Table(usize),
}

#[derive(Clone, Copy, Debug)]
pub struct Numeral {
    pub script: Script,
    pub value: u32,
    pub length: usize,
    pub standing: Standing,
}

type Sign = (Standing, usize, u32);

static SIGNS: LazyLock<Words<Sign>> = LazyLock::new(|| {
    let rows = crate::table::rows(include_str!("../../data/numerals.txt"));
    let signs = rows.enumerate().flat_map(|(row, (standing, signs))| {
        let standing = match standing {
            "alone" => Standing::Alone,
            "loose" => Standing::Loose,
            _ => Standing::Marked,
        };
        signs.enumerate().map(move |(index, sign)| (sign, (standing, row, index as u32 + 1)))
    });
    Words::new(signs.collect::<Vec<_>>().into_iter())
});

/// Every numeral with which `text` begins, the longest reading first.
pub fn numerals(text: &str) -> Vec<Numeral> {
    let Some(first) = text.chars().next() else { return Vec::new() };
    if digit(first).is_some() && !text.chars().take(3).any(|sign| sign == '\u{20e3}') {
        return arabic(text).into_iter().collect();
    }
    let mut found: Vec<Numeral> = chinese(text).into_iter().collect();
    for (sign, (standing, row, value)) in SIGNS.starting(text) {
        found.push(Numeral { script: Script::Table(row), value, length: sign.len(), standing });
    }
    found
}

/// The value of a digit of either width.
pub fn digit(sign: char) -> Option<u32> {
    match sign {
        '0'..='9' => Some(sign as u32 - '0' as u32),
        '０'..='９' => Some(sign as u32 - '０' as u32),
        _ => None,
    }
}

/// Up to three digits; more are a quantity or a year, never a list number.
fn arabic(text: &str) -> Option<Numeral> {
    let mut value = 0;
    let mut length = 0;
    for (count, sign) in text.chars().enumerate() {
        let Some(digit) = digit(sign) else { break };
        if count == 3 {
            return None;
        }
        value = value * 10 + digit;
        length += sign.len_utf8();
    }
    (length > 0).then_some(Numeral { script: Script::Digits, value, length, standing: Standing::Marked })
}

/// 一 to 九十九, in plain and in formal (壹) characters.
fn chinese(text: &str) -> Option<Numeral> {
    let (mut value, mut length, mut units) = (0, 0, None);
    for sign in text.chars() {
        if matches!(sign, '十' | '拾') {
            if value >= 10 || units == Some(0) {
                break;
            }
            value = units.take().unwrap_or(1) * 10;
        } else if let Some(unit) = unit(sign) {
            if units.is_some() {
                return None;
            }
            units = Some(unit);
        } else {
            break;
        }
        length += sign.len_utf8();
    }
    let value = value + units.unwrap_or(0);
    (length > 0).then_some(Numeral { script: Script::Chinese, value, length, standing: Standing::Marked })
}

fn unit(sign: char) -> Option<u32> {
    let at = "一二三四五六七八九".chars().position(|unit| unit == sign);
    let at = at.or_else(|| "壹贰叁肆伍陆柒捌玖".chars().position(|unit| unit == sign));
    at.map(|at| at as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_of_many_scripts_are_read() {
        for (text, value) in [
            ("12.", 12),
            ("１．", 1),
            ("十一、", 11),
            ("二十三、", 23),
            ("贰、", 2),
            ("③x", 3),
            ("丙、", 3),
            ("🔟x", 10),
        ] {
            assert!(numerals(text).iter().any(|numeral| numeral.value == value), "{text}");
        }
        assert!(numerals("2026年").is_empty());
    }
}
