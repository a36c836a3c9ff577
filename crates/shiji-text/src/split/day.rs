//! Weekdays and dates before an item: 周一：, 11月3日（周二）上午：.

use super::marker::{Counting, Look, Marker, Strength, is_space, skip_spaces};
use super::nesting::closer_of;
use super::numeral::digit;

/// 周一：, 星期三上午 , 礼拜五—: only with a delimiter, since 周一参加 is part of the text.
pub fn weekday(text: &str) -> Option<Marker<'_>> {
    let (opening, closing) = wrapped(text);
    let day = &text[opening..];
    let word = ["周", "星期", "礼拜"].iter().find(|word| day.starts_with(**word))?;
    let sign = day[word.len()..].chars().next()?;
    let value = "一二三四五六日天".chars().position(|known| known == sign)? as u32 + 1;
    let mut end = opening + word.len() + sign.len_utf8();
    // 周一至周五 and 周一、周三 are ranges of days.
    for joint in ["至", "到", "-", "—", "～", "~", "、", "－"] {
        if let Some(rest) = text[end..].strip_prefix(joint)
            && let Some(inner) = weekday_word(rest)
        {
            end += joint.len() + inner;
            break;
        }
    }
    day_delimiter(text, end, closing, Counting::Weekday, value.min(7))
}

fn weekday_word(text: &str) -> Option<usize> {
    let word =
        ["周", "星期", "礼拜"].iter().find(|word| text.starts_with(**word)).map_or(0, |word| word.len());
    let sign = text[word..].chars().next()?;
    "一二三四五六日天".contains(sign).then_some(word + sign.len_utf8())
}

fn wrapped(text: &str) -> (usize, Option<char>) {
    let opener =
        text.chars().next().filter(|sign| matches!(sign, '【' | '[' | '（' | '(' | '〔' | '〖' | '「'));
    (opener.map_or(0, char::len_utf8), opener.and_then(closer_of))
}

/// 11月3日：, 11.3：, 2026年11月3日（周二）上午：.
pub fn date(text: &str) -> Option<Marker<'_>> {
    let (opening, closing) = wrapped(text);
    let length = date_length(&text[opening..])?;
    let mut end = opening + length;
    for joint in ["至", "到", "-", "—", "～", "~", "、", "－", "–", "——"] {
        if let Some(rest) = text[end..].strip_prefix(joint)
            && let Some(inner) = date_length(rest).or_else(|| day_length(rest))
        {
            end += joint.len() + inner;
            break;
        }
    }
    day_delimiter(text, end, closing, Counting::Date, 0)
}

fn digits_length(text: &str, most: usize) -> Option<usize> {
    let count = text.chars().take(most + 1).take_while(|sign| digit(*sign).is_some()).count();
    let length = text.chars().take(count).map(char::len_utf8).sum();
    (count > 0 && count <= most).then_some(length)
}

fn day_length(text: &str) -> Option<usize> {
    let length = digits_length(text, 2)?;
    let sign = text[length..].chars().next().filter(|sign| matches!(sign, '日' | '号'))?;
    Some(length + sign.len_utf8())
}

/// The length of a date of any habit: 2026年11月3日, 11月3号, 11.3, 11/3, 2026-11-03, 3日.
pub fn date_length(text: &str) -> Option<usize> {
    let mut at = 0;
    if let Some(year) = digits_length(text, 4)
        && year >= 4
        && let Some(sign) = text[year..].chars().next().filter(|sign| matches!(sign, '年' | '-' | '.' | '/'))
    {
        at = year + sign.len_utf8();
    }
    let month = digits_length(&text[at..], 2)?;
    at += month;
    let sign = text[at..].chars().next()?;
    if matches!(sign, '日' | '号') {
        return Some(at + sign.len_utf8());
    }
    if !matches!(sign, '月' | '.' | '/' | '-') {
        return None;
    }
    at += sign.len_utf8();
    let Some(day) = digits_length(&text[at..], 2) else {
        return (sign == '月').then_some(at);
    };
    at += day;
    at += text[at..].chars().next().filter(|sign| matches!(sign, '日' | '号')).map_or(0, char::len_utf8);
    Some(at)
}

/// What may follow a day: a weekday or a part of the day, then a colon, a space, a dash or the end of the line.
fn day_delimiter<'a>(
    text: &'a str,
    day_end: usize,
    closing: Option<char>,
    counting: Counting,
    value: u32,
) -> Option<Marker<'a>> {
    let blanks = skip_spaces(&text[day_end..]);
    let mut end = day_end + blanks;
    if let Some(inner) = text[end..].strip_prefix(['（', '('])
        && let Some(close) = inner.char_indices().take(16).find(|(_, sign)| matches!(sign, '）' | ')'))
    {
        end = text.len() - inner.len() + close.0 + close.1.len_utf8();
    } else if counting == Counting::Date
        && text[end..].starts_with(['周', '星', '礼'])
        && let Some(weekday) = weekday_word(&text[end..])
    {
        end += weekday;
    }
    for part in ["上午", "下午", "中午", "晚上", "早上", "晚间"] {
        if text[end..].starts_with(part) {
            end += part.len();
        }
    }
    if let Some(closer) = closing {
        let sign =
            text[end..].chars().next().filter(|sign| *sign == closer || closer == '）' && *sign == ')')?;
        end += sign.len_utf8();
    }
    let spaces = skip_spaces(&text[end..]);
    let spaced = spaces > 0 || end == day_end + blanks && blanks > 0;
    let sign = text[end + spaces..].chars().next();
    let look = Look { counting, before: "", after: "" };
    let marker = |length: usize, strength| Marker {
        look,
        value,
        length,
        strength,
        decimal: false,
        before_digit: false,
    };
    match sign {
        None => Some(marker(text.len(), Strength::Strong)),
        Some(sign @ (':' | '：' | '|' | '｜' | '—' | '–' | '-' | '－' | '→' | '︰' | '∶')) => {
            let after = end + spaces + sign.len_utf8();
            let before_digit = text[after..].chars().next().and_then(digit).is_some();
            // "1.8:30参加" is item 1 at half past eight, not the eighth of January.
            let written_out = text[..day_end].contains(['月', '日', '号', '周', '期', '拜']);
            let range = before_digit && (sign == '-' || !written_out);
            let length = after
                + text[after..]
                    .chars()
                    .take_while(|sign| is_space(*sign) || matches!(sign, '—' | '-' | '：'))
                    .map(char::len_utf8)
                    .sum::<usize>();
            (!range).then(|| marker(length, Strength::Strong))
        }
        Some(_) if closing.is_some() => Some(marker(end + spaces, Strength::Strong)),
        Some(_) if spaced => Some(marker(end + spaces, Strength::Weak)),
        Some(_) => None,
    }
}
