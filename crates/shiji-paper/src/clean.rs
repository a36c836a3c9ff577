//! What a cell means once the ways of writing it are taken away: blanks, full-width forms, lists in one cell.

/// Characters that show nothing: every blank, the ideographic space, and those of no width.
fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{00ad}' | '\u{180e}')
}

/// The text without any blanks, as names, units and posts are kept.
pub(crate) fn without_blanks(text: &str) -> String {
    text.chars().filter(|character| !is_blank(*character)).collect()
}

/// `None` when nothing but blanks is there.
pub(crate) fn filled(text: &str) -> Option<String> {
    Some(without_blanks(text)).filter(|text| !text.is_empty())
}

/// Full-width letters, digits and signs in their common form; dashes as `-`.
pub(crate) fn half_width(text: &str) -> String {
    let fold = |character: char| match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        other => other,
    };
    text.chars().map(fold).collect()
}

pub(crate) fn telephone(text: &str) -> Option<String> {
    filled(&half_width(text))
}

/// A number that belongs to a person and not to a desk.
pub(crate) fn is_mobile(telephone: &str) -> bool {
    let number = telephone.strip_prefix("+86").unwrap_or(telephone);
    let mut digits = number.bytes().filter(|byte| *byte != b'-');
    let (first, second) = (digits.next(), digits.next());
    first == Some(b'1') && matches!(second, Some(b'3'..=b'9')) && {
        let rest: Vec<u8> = digits.collect();
        rest.len() == 9 && rest.iter().all(u8::is_ascii_digit)
    }
}

/// Text of several lines: blanks around it dropped, lines parted by `\n` alone.
pub(crate) fn prose(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines.trim_matches(is_blank).to_owned()
}

/// Several things in one cell, parted by a list comma, comma, semicolon or a new line outside of brackets.
pub(crate) fn list(text: &str) -> Vec<String> {
    split(text, |character| matches!(character, '、' | ',' | '，' | ';' | '；' | '\n' | '\r'))
}

/// Several posts in one cell: as [`list`], and also parted by a slash or by 兼 (兼任).
pub(crate) fn posts(text: &str) -> Vec<String> {
    let bare: String = text.chars().filter(|one| !is_blank(*one) || matches!(one, '\n' | '\r')).collect();
    let mut marked = String::with_capacity(bare.len());
    let mut depth = 0_usize;
    let mut characters = bare.chars().peekable();
    while let Some(character) = characters.next() {
        depth = depth_after(depth, character);
        match character {
            '兼' if depth == 0 && characters.peek() != Some(&'职') => {
                characters.next_if_eq(&'任');
                marked.push('、');
            }
            '/' | '／' if depth == 0 => marked.push('、'),
            other => marked.push(other),
        }
    }
    let mut found: Vec<String> = Vec::new();
    for post in list(&marked) {
        if !found.contains(&post) {
            found.push(post);
        }
    }
    found
}

fn split(text: &str, parts: impl Fn(char) -> bool) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut depth = 0_usize;
    for character in text.chars() {
        depth = depth_after(depth, character);
        match found.last_mut() {
            Some(last) if depth > 0 || !parts(character) => last.push(character),
            _ => found.push(String::new()),
        }
    }
    found.iter().filter_map(|part| filled(part)).collect()
}

/// How many brackets are open after `character`.
fn depth_after(depth: usize, character: char) -> usize {
    match character {
        '(' | '（' | '[' | '【' => depth + 1,
        ')' | '）' | ']' | '】' => depth.saturating_sub(1),
        _ => depth,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_middle_dot_and_loses_its_blanks() {
        assert_eq!(without_blanks(" 阿\u{3000}依·古\u{a0}丽\u{200b} "), "阿依·古丽");
    }

    #[test]
    fn a_telephone_in_full_width_is_the_same_telephone() {
        assert_eq!(telephone("０８００－８００ ００１２").as_deref(), Some("0800-8000012"));
        assert_eq!(telephone("\u{3000}"), None);
    }

    #[test]
    fn a_mobile_number_is_told_from_that_of_a_desk() {
        assert_eq!(["13900000001", "139-0000-0001", "+8613900000001"].map(is_mobile), [true, true, true]);
        assert_eq!(["0800-8000012", "8000012", "12345678901"].map(is_mobile), [false, false, false]);
    }

    #[test]
    fn several_posts_in_one_cell_are_parted_outside_of_brackets() {
        assert_eq!(posts("党委委员、武装部 长兼副镇长"), ["党委委员", "武装部长", "副镇长"]);
        assert_eq!(posts("副镇长（兼民政办主任、站长）"), ["副镇长（兼民政办主任、站长）"]);
        assert_eq!(posts("所长/网格员\n所长，兼任河长"), ["所长", "网格员", "河长"]);
        assert_eq!(posts("兼职教研员"), ["兼职教研员"]);
    }

    #[test]
    fn duties_are_a_list() {
        assert_eq!(list("河道（沟、渠）；水库,\n"), ["河道（沟、渠）", "水库"]);
    }
}
