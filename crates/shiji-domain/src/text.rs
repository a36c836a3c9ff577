//! Texts that people write: bounds and cleaning, the same for every form, cell and command.

use crate::refusal::Refusal;

/// Characters of one item; the longest lines of real weekly sheets are under 200.
pub const ITEM_LENGTH_MOST: usize = 500;
/// Characters of a reason, comment or note.
pub const REMARK_LENGTH_MOST: usize = 300;
/// Characters of one paste.
pub const PASTE_LENGTH_MOST: usize = 20_000;
/// Items of one kind in one report.
pub const ITEMS_MOST: usize = 60;

/// One line of text: control characters gone, white space folded, trimmed. May be empty.
pub fn one_line(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let joins = c == JOINER
            && kept.chars().next_back().is_some_and(is_picture)
            && letters.peek().copied().is_some_and(is_picture);
        if joins || !is_invisible(c) {
            kept.push(if c.is_control() { ' ' } else { c });
        }
    }
    kept.split([' ', '\t']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// Makes one picture of several, as a family of people.
const JOINER: char = '\u{200d}';

/// Pictures and what changes their look: blocks of the Unicode standard, with variation selector and skin tones.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

/// Zero-width and direction-override characters: they can make a published text read otherwise than it is.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// # Errors
/// Refuses an empty text and one over `most` characters.
pub fn required_line(text: &str, most: usize) -> Result<String, Refusal> {
    let line = one_line(text);
    if line.is_empty() {
        return Err(Refusal::new("refusal-text-empty"));
    }
    bounded(line, most)
}

/// Why something is done, in a line.
///
/// # Errors
/// As [`required_line`]; asks for a reason where there is none.
pub fn required_reason(text: &str, most: usize) -> Result<String, Refusal> {
    required_line(text, most).map_err(|refusal| {
        if refusal.key == "refusal-text-empty" { Refusal::new("refusal-reason-missing") } else { refusal }
    })
}

/// # Errors
/// Refuses a text over `most` characters; an empty one is `None`.
pub fn optional_line(text: &str, most: usize) -> Result<Option<String>, Refusal> {
    let line = one_line(text);
    if line.is_empty() { Ok(None) } else { bounded(line, most).map(Some) }
}

/// Words of several lines: each cleaned as [`one_line`], blank lines at most one after another.
///
/// # Errors
/// Refuses an empty text and one over `most` characters.
pub fn required_paragraphs(text: &str, most: usize) -> Result<String, Refusal> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(one_line) {
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    let whole = lines.join("\n").trim().to_owned();
    if whole.is_empty() {
        return Err(Refusal::new("refusal-text-empty"));
    }
    bounded(whole, most)
}

/// `standing` with those lines of `typed` after it that it does not hold: what two people wrote at once, with no line of
/// either lost.
pub fn with_lines_of(standing: &str, typed: &str) -> String {
    let is_there =
        |line: &str| line.trim().is_empty() || standing.lines().any(|other| other.trim() == line.trim());
    let new = typed.lines().filter(|line| !is_there(line));
    standing.lines().chain(new).collect::<Vec<_>>().join("\n")
}

fn bounded(line: String, most: usize) -> Result<String, Refusal> {
    let length = line.chars().count();
    if length > most {
        return Err(Refusal::new("refusal-text-long").with("length", length).with("most", most));
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_and_line_breaks_do_not_reach_the_record() {
        assert_eq!(one_line(" 发放\u{202e}资料\r\n816份\u{200b} "), "发放资料 816份");
    }

    #[test]
    fn a_picture_of_several_stays_one_and_nothing_else_is_joined() {
        let farmer = "\u{1f469}\u{1f3fd}\u{200d}\u{1f33e}";
        assert_eq!(one_line(farmer), farmer);
        assert_eq!(one_line("水\u{200d}费\u{200d}"), "水费");
        assert_eq!(one_line("\u{200d}\u{1f33e}\u{200d}粮"), "\u{1f33e}粮");
    }

    #[test]
    fn paragraphs_stay_and_empty_lines_do_not_pile_up() {
        assert_eq!(required_paragraphs(" 一 \r\n\n\n\n二\u{202e}\n", 10).unwrap(), "一\n\n二");
        assert!(required_paragraphs("\n \n", 10).is_err());
    }

    #[test]
    fn of_two_versions_of_the_notes_no_line_is_lost() {
        let standing = "一、供水\n二、道路(钟山写)";
        assert_eq!(
            with_lines_of(standing, "一、供水\n二、道路(林远写)"),
            format!("{standing}\n二、道路(林远写)")
        );
        assert_eq!(with_lines_of("", "一句"), "一句");
        assert_eq!(with_lines_of(standing, ""), standing);
    }

    #[test]
    fn empty_and_endless_texts_are_refused() {
        assert_eq!(required_line(" \n", 5).map_err(|r| r.key), Err("refusal-text-empty"));
        assert_eq!(required_line("一二三四五六", 5).map_err(|r| r.key), Err("refusal-text-long"));
        assert_eq!(required_reason(" ", 5).map_err(|r| r.key), Err("refusal-reason-missing"));
        assert_eq!(required_reason("一二三四五六", 5).map_err(|r| r.key), Err("refusal-text-long"));
        assert_eq!(optional_line("", 5), Ok(None));
    }
}
