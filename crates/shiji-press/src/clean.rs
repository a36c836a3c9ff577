//! What people wrote, made fit for paper: without invisible signs, breakable, and with a stand-in for what no font can draw.

use serde_json::Value;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization as _;

/// Latin letters and digits in a row after which a line may be broken, so that an address does not run into the next column.
const UNBROKEN_MOST: usize = 16;

/// Changes every text in the data but addresses, which are followed and not read.
pub(crate) fn each_text(value: &mut Value, change: &mut impl FnMut(&str) -> String) {
    match value {
        Value::String(text) => *text = change(text),
        Value::Array(values) => values.iter_mut().for_each(|value| each_text(value, change)),
        Value::Object(fields) => {
            let read = fields.iter_mut().filter(|(name, _)| *name != "address");
            read.for_each(|(_, value)| each_text(value, change));
        }
        _ => {}
    }
}

/// Without what has no shape of its own: controls, marks of direction, joiners, variation selectors. A PDF/A may not hold
/// most of them, and the character that a selector varies stays.
pub(crate) fn visible(text: &str) -> String {
    let composed: String =
        if text.chars().any(is_combining) { text.nfc().collect() } else { text.to_owned() };
    let mut shown = String::with_capacity(composed.len());
    for character in composed.chars() {
        match character {
            '\n' => shown.push('\n'),
            '\t' | '\u{2028}' | '\u{2029}' => shown.push(' '),
            other if other.is_control() || is_invisible(other) => {}
            other => shown.push(other),
        }
    }
    shown
}

fn is_combining(character: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&character)
}

fn is_invisible(character: char) -> bool {
    let code = character as u32;
    matches!(code, 0xAD | 0x34F | 0x61C | 0x180B..=0x180F | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F)
        || matches!(code, 0xFE00..=0xFE0F | 0xFEFF | 0xFFF9..=0xFFFB | 0xE0000..=0xE0FFF)
        // Noncharacters.
        || matches!(code, 0xFDD0..=0xFDEF)
        || code & 0xFFFE == 0xFFFE
}

/// PDF/A-2a wants a meaning for every glyph, and private characters have none.
pub(crate) fn is_private(character: char) -> bool {
    matches!(character as u32, 0xE000..=0xF8FF | 0xF0000..=0x10FFFF)
}

/// The characters of all texts.
pub(crate) fn characters(value: &Value, all: &mut BTreeSet<char>) {
    match value {
        Value::String(text) => all.extend(text.chars()),
        Value::Array(values) => values.iter().for_each(|value| characters(value, all)),
        Value::Object(fields) => fields.values().for_each(|value| characters(value, all)),
        _ => {}
    }
}

/// A character that cannot be drawn is named by its number: whoever knows the name can write it in by hand.
pub(crate) fn named(character: char) -> String {
    format!("〔U+{:04X}〕", character as u32)
}

pub(crate) fn replaced(text: &str, missing: &BTreeSet<char>) -> String {
    if missing.is_empty() || !text.chars().any(|character| missing.contains(&character)) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if missing.contains(&character) {
            shown.push_str(&named(character));
        } else {
            shown.push(character);
        }
    }
    shown
}

/// With zero-width spaces in long runs of letters that no blank parts.
pub(crate) fn breakable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len() + 16);
    let mut run = 0;
    for character in text.chars() {
        run = if character.is_whitespace() || character as u32 > 0x2E7F { 0 } else { run + 1 };
        if run > UNBROKEN_MOST {
            shown.push('\u{200B}');
            run = 1;
        }
        shown.push(character);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_without_a_shape_are_gone_and_the_rest_stays() {
        assert_eq!(visible("王\u{200B}\u{E0101}小\u{FE0F}明\u{7}\u{202E}\n#$*"), "王小明\n#$*");
        assert_eq!(visible("e\u{301}"), "é");
    }

    #[test]
    fn a_long_run_of_letters_can_be_broken() {
        let broken = breakable(&"a".repeat(40));
        assert_eq!(broken.matches('\u{200B}').count(), 2);
        assert_eq!(breakable("2026年检修泵站12座"), "2026年检修泵站12座");
    }

    #[test]
    fn a_character_that_no_font_has_is_named() {
        assert_eq!(replaced("李𱁬", &BTreeSet::from(['𱁬'])), "李〔U+3106C〕");
    }
}
