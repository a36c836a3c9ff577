//! What may stand before an item: a number in any script, a bullet, a weekday or a date.

use super::day::{date, weekday};
use super::nesting::{closer_of, closes};
use super::number::numbered;
use super::numeral::{Script, digit};

/// How sure a marker is by itself. A weak one needs a neighbour in its sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    Weak,
    Strong,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counting {
    Number(Script),
    Words(usize),
    Bullet,
    Weekday,
    Date,
}

/// The look of a marker: two markers of one look belong to one level of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Look<'a> {
    pub counting: Counting,
    pub before: &'a str,
    pub after: &'a str,
}

#[derive(Clone, Copy, Debug)]
pub struct Marker<'a> {
    pub look: Look<'a>,
    pub value: u32,
    /// Bytes up to the first character of the item.
    pub length: usize,
    pub strength: Strength,
    /// The text goes on like a decimal quantity ("1.5公里").
    pub decimal: bool,
    /// A digit follows, so the number may be half of a date or of a pair ("10.1前", "1、2号").
    pub before_digit: bool,
}

impl Marker<'_> {
    /// A weekday or a date stands above the work of a day; the day's tasks may still be divided by semicolons.
    pub fn names_a_day(&self) -> bool {
        matches!(self.look.counting, Counting::Weekday | Counting::Date)
    }

    pub fn counts(&self) -> bool {
        matches!(self.look.counting, Counting::Number(_) | Counting::Words(_))
    }
}

/// Every reading of a marker at the beginning of `text`, the most telling first.
pub fn markers(text: &str) -> Vec<Marker<'_>> {
    let mut found = Vec::new();
    found.extend(weekday(text));
    found.extend(date(text));
    numbered(text, &mut found);
    found.extend(bullet(text));
    found.extend(letter_bullet(text));
    found
}

pub fn is_space(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '\u{200b}' | '\u{feff}' | '\u{200d}')
}

pub fn skip_spaces(text: &str) -> usize {
    text.len() - text.trim_start_matches(is_space).len()
}

pub fn is_han(sign: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&sign)
}

/// A sign that is no letter, digit, quotation or bracket: what bullets are made of.
pub fn is_sign(sign: char) -> bool {
    !sign.is_alphanumeric()
        && !is_space(sign)
        && closer_of(sign).is_none()
        && (!closes(sign) || sign == '>')
        && !matches!(
            sign,
            '，' | '。'
                | '；'
                | '：'
                | '、'
                | '！'
                | '？'
                | ','
                | ';'
                | ':'
                | '!'
                | '?'
                | '￥'
                | '¥'
                | '$'
                | '€'
                | '≥'
                | '≤'
                | '±'
                | '×'
                | '÷'
                | '…'
                | '’'
                | '\''
                | '&'
                | '@'
                | '%'
                | '％'
                | '℃'
                | '‰'
        )
        || matches!(sign, '〇' | '◯')
}

fn bullet(text: &str) -> Option<Marker<'_>> {
    let ticked = ["[ ]", "[x]", "[X]", "[√]", "［ ］", "[]"]
        .iter()
        .find(|tick| text.starts_with(**tick))
        .map_or(0, |tick| tick.len());
    let mut length = ticked;
    if ticked == 0 {
        let first = text.chars().next().filter(|sign| is_sign(*sign))?;
        for sign in text.chars().take(4) {
            let joins = sign == first || matches!(sign, '\u{fe0f}' | '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}');
            if !joins {
                break;
            }
            length += sign.len_utf8();
        }
    }
    let look = &text[..length];
    let space = skip_spaces(&text[length..]);
    let rest = &text[length + space..];
    let tick = ["[ ]", "[x]", "[X]", "[√]"]
        .iter()
        .find(|tick| rest.starts_with(**tick))
        .map_or(0, |tick| tick.len());
    let length = length + space + tick;
    let length = length + skip_spaces(&text[length..]);
    let minus = space == 0
        && matches!(look, "-" | "+" | "－" | "~" | "." | "=")
        && text[length..].chars().next().and_then(digit).is_some();
    let strength = if minus { Strength::Weak } else { Strength::Strong };
    let look = Look { counting: Counting::Bullet, before: look, after: "" };
    Some(Marker { look, value: 0, length, strength, decimal: false, before_digit: false })
}

/// A single letter and a space: what symbol fonts leave behind ("l ", "n ", "Ø ").
fn letter_bullet(text: &str) -> Option<Marker<'_>> {
    let first =
        text.chars().next().filter(|sign| sign.is_alphabetic() && !is_han(*sign) && sign.len_utf8() <= 2)?;
    let space = skip_spaces(&text[first.len_utf8()..]);
    let look = Look { counting: Counting::Bullet, before: &text[..first.len_utf8()], after: "" };
    (space > 0).then_some(Marker {
        look,
        value: 0,
        length: first.len_utf8() + space,
        strength: Strength::Weak,
        decimal: false,
        before_digit: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<(u32, &str, Strength)> {
        markers(text).first().map(|marker| (marker.value, &text[marker.length..], marker.strength))
    }

    #[test]
    fn markers_of_many_habits_are_read() {
        for text in [
            "1.x",
            "1、x",
            "1）x",
            "(1) x",
            "（一）x",
            "①x",
            "一是x",
            "第一，x",
            "其一，x",
            "第一项：x",
            "No.1 x",
            "任务一：x",
            "【1】x",
            "1️⃣x",
            "⑴x",
            "壹、x",
            "甲、x",
            "A. x",
            "〈1〉x",
            "1-1 x",
            "1：x",
            "#1 x",
        ] {
            let found = markers(text);
            assert!(
                found.iter().any(|marker| &text[marker.length..] == "x" && marker.value == 1),
                "{text} {found:?}"
            );
        }
        for text in
            ["• x", "- x", "※ x", "➢x", "√ x", "【周一】x", "周一：x", "11月3日：x", "11月3日（周二）上午：x"]
        {
            assert_eq!(first(text).map(|(_, rest, _)| rest), Some("x"), "{text}");
        }
    }

    #[test]
    fn quantities_clocks_and_dates_are_not_strong_markers() {
        for text in [
            "1.5公里道路",
            "8:30参加会议",
            "3.15宣传",
            "1、2号机井",
            "10.1前完成",
            "2月1日前完成",
            "周一参加会议",
            "第一书记到村",
            "一二组",
        ] {
            assert!(
                markers(text).iter().all(|marker| marker.strength == Strength::Weak),
                "{text} {:?}",
                markers(text)
            );
        }
    }
}
