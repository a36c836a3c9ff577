//! Numbers before an item, in any script, with what stands around them: 1. （一） 任务三： No.4 一是.

use super::marker::{Counting, Look, Marker, Strength, is_han, is_sign, is_space, skip_spaces};
use super::nesting::{closer_of, closes};
use super::numeral::{Script, Standing, digit, numerals};

/// Signs that may stand between a number and its item.
fn delimits(sign: char) -> bool {
    is_space(sign)
        || matches!(
            sign,
            '、' | '.'
                | '．'
                | '。'
                | '·'
                | ':'
                | '：'
                | '，'
                | ','
                | '；'
                | ';'
                | '/'
                | '／'
                | '|'
                | '｜'
                | '-'
                | '－'
                | '–'
                | '—'
                | '→'
                | '~'
                | '～'
                | '_'
                | '#'
                | '°'
                | 'º'
                | '='
                | '!'
                | '！'
                | '*'
                | '＞'
                | '︰'
                | '∶'
                | '\u{20e3}'
                | '\u{fe0f}'
                | '★'
                | '☆'
                | '●'
                | '◆'
                | '■'
                | '▲'
                | '»'
                | '›'
        )
        || (closes(sign) && sign != '"')
}

/// What may stand before the numeral: nothing, up to three signs, or a word of up to four characters.
fn openings(text: &str) -> Vec<usize> {
    let mut ends = vec![0];
    let signs: usize = text
        .chars()
        .take(3)
        .take_while(|sign| is_sign(*sign) || closer_of(*sign).is_some())
        .map(char::len_utf8)
        .sum();
    if signs > 0 {
        let mut at = 0;
        for sign in text[..signs].chars() {
            at += sign.len_utf8();
            ends.push(at);
        }
    }
    let mut at = signs;
    for sign in text[signs..].chars().take(4) {
        if digit(sign).is_some()
            || !(is_han(sign) || sign.is_ascii_alphabetic() || matches!(sign, '.' | '#' | '№' | ' '))
        {
            // An opening bracket may stand between a word and its number: 任务（一）.
            if at > signs && matches!(sign, '（' | '(' | '[' | '【') {
                ends.push(at + sign.len_utf8());
            }
            break;
        }
        at += sign.len_utf8();
        ends.push(at);
    }
    ends
}

/// Adds every reading of a number at the beginning of `text`, the longest first.
pub fn numbered<'a>(text: &'a str, found: &mut Vec<Marker<'a>>) {
    for open in openings(text) {
        for numeral in numerals(&text[open..]) {
            let end = open + numeral.length;
            let short = Numbered {
                text,
                before: &text[..open],
                value: numeral.value,
                end,
                script: numeral.script,
                standing: numeral.standing,
            };
            // The long reading first ("1.2 " is the second below 1), then the short: "1.3.15消费维权" is item 1.
            if numeral.script == Script::Digits
                && let Some((last, value)) = deeper_level(&text[end..])
                && openings_are_plain(short.before)
            {
                let deep = Numbered { before: &text[..end + last.0], value, end: end + last.1, ..short };
                found.extend(finish(&deep));
            }
            found.extend(finish(&short));
        }
    }
}

fn openings_are_plain(before: &str) -> bool {
    before.chars().all(|sign| closer_of(sign).is_some())
}

/// `.2` after `1`, `-3` after `1-2`: where the last number begins and ends, and its value.
fn deeper_level(text: &str) -> Option<((usize, usize), u32)> {
    let mut at = 0;
    let mut last = None;
    while let Some(sign) =
        text[at..].chars().next().filter(|sign| matches!(sign, '.' | '-' | '．' | '－' | '—' | '–'))
    {
        let start = at + sign.len_utf8();
        let Some(numeral) =
            numerals(&text[start..]).into_iter().find(|numeral| numeral.script == Script::Digits)
        else {
            break;
        };
        at = start + numeral.length;
        last = Some(((start, at), numeral.value));
    }
    last
}

/// A numeral with what stands before it, waiting for its delimiter.
struct Numbered<'a> {
    text: &'a str,
    before: &'a str,
    value: u32,
    /// Where the numeral ends in `text`.
    end: usize,
    script: Script,
    standing: Standing,
}

/// What stands between a numeral and the item.
struct Delimiter<'a> {
    /// A word such as 是 in 一是, then signs and blanks.
    text: &'a str,
    word: usize,
    next: Option<char>,
}

impl Delimiter<'_> {
    fn only_space(&self) -> bool {
        self.text.chars().all(is_space)
    }

    /// The first sign after the word, blanks aside.
    fn sign(&self) -> Option<char> {
        self.text[self.word..].trim_matches(is_space).chars().next()
    }

    fn before_digit(&self) -> bool {
        self.next.and_then(digit).is_some()
    }
}

/// Completes a marker: reads the delimiter and judges how sure it is.
fn finish<'a>(numbered: &Numbered<'a>) -> Option<Marker<'a>> {
    let Numbered { text, before, value, end, script, standing } = *numbered;
    let rest = &text[end..];
    let word = classifier(before, rest, script);
    let length = word + delimiter_length(&rest[word..], opened(before));
    let delimiter = Delimiter { text: &rest[..length], word, next: rest[length..].chars().next() };
    if standing == Standing::Loose && (length == 0 && text.starts_with('第') || !before.is_empty()) {
        // 第一书记 is a post; an ordinal by itself needs a delimiter.
        return None;
    }
    if let Some(closer) = opened(before)
        && !delimiter.text.contains(closer)
        && !(closer == '）' && delimiter.text.contains(')'))
    {
        return None;
    }
    if length == 0 && standing == Standing::Marked {
        // "1完成…": bare digits count only when a neighbour bears them out.
        let measures = delimiter.next.is_some_and(|next| MEASURED.contains(next));
        if !before.is_empty() || script != Script::Digits || !delimiter.next.is_some_and(is_han) || measures {
            return None;
        }
    }
    let counting = match (standing, script) {
        (Standing::Loose, Script::Table(row)) => Counting::Words(row),
        _ => Counting::Number(script),
    };
    let before_digit = delimiter.before_digit();
    Some(Marker {
        look: Look { counting, before, after: delimiter.text.trim_end_matches(is_space) },
        value,
        length: end + length + skip_spaces(&rest[length..]),
        strength: if is_weak(numbered, &delimiter) { Strength::Weak } else { Strength::Strong },
        decimal: before_digit && matches!(delimiter.text, "." | "．") && decimal_quantity(&rest[length..]),
        before_digit,
    })
}

/// After bare digits these make a date or a quantity, never an item ("1月8日前", "2户").
const MEASURED: &str = "月日号年点时名人户家件份起批场次个亩米公里吨元万亿台辆座栋楼层级班组村队路街区期届季周天小分秒岁斤只头条项处间套页张块平立大多余类种口床";

fn opened(before: &str) -> Option<char> {
    before.chars().rev().find_map(closer_of)
}

/// 项 of 第一项, 是 of 一是: the bytes of the word.
fn classifier(before: &str, rest: &str, script: Script) -> usize {
    let words: &[&str] = if before.ends_with('第') {
        &[
            "项工作",
            "件事",
            "件工作",
            "方面",
            "部分",
            "项",
            "条",
            "件",
            "点",
            "步",
            "个",
            "款",
            "章",
            "节",
            "桩",
        ]
    } else if script == Script::Chinese {
        &["方面是", "是", "则", "来", "要", "方面"]
    } else {
        &["号", "是"]
    };
    words.iter().find(|word| rest.starts_with(**word)).map_or(0, |word| word.len())
}

/// Delimiters, at most three signs beside spaces; a closing bracket only where one was opened or alone (1）).
fn delimiter_length(text: &str, closer: Option<char>) -> usize {
    let mut length = 0;
    for (count, sign) in text.chars().enumerate() {
        let wanted = closer.is_some_and(|closer| closer == sign || closer == '）' && sign == ')');
        let usual_closer = !closes(sign) || matches!(sign, ')' | '）' | ']' | '】' | '〕' | '>' | '〉');
        let allowed = wanted || delimits(sign) && usual_closer;
        if !allowed || count >= 4 {
            break;
        }
        length += sign.len_utf8();
    }
    length
}

/// Whether the marker could as well be part of the text, so that only its sequence can tell.
fn is_weak(numbered: &Numbered<'_>, delimiter: &Delimiter<'_>) -> bool {
    match numbered.standing {
        Standing::Alone => return false,
        Standing::Loose => return delimiter.text.is_empty(),
        Standing::Marked => {}
    }
    let before = numbered.before;
    let single_bracket = opened(before).is_some() && before.chars().count() == 1;
    let known_word = matches!(before, "" | "第" | "其") || single_bracket;
    let spaced = delimiter.only_space() && (delimiter.word == 0 || before == "其");
    numbered.value == 0
        || !known_word
        || spaced
        || delimiter.text.is_empty()
        || is_ambiguous(numbered, delimiter)
}

fn is_ambiguous(numbered: &Numbered<'_>, delimiter: &Delimiter<'_>) -> bool {
    let sign = delimiter.sign();
    let bracketed = sign.is_some_and(closes);
    let bare = numbered.before.is_empty();
    match numbered.script {
        Script::Digits if delimiter.word > 0 => true,
        Script::Digits if bare => {
            let usual = matches!(sign, Some('、' | '.' | '．' | '：' | ':'));
            !bracketed && (!usual || delimiter.before_digit())
        }
        Script::Digits => delimiter.before_digit() && !bracketed,
        Script::Chinese if delimiter.word > 0 => {
            // 一是 is clear, 一要 and 一来 occur in ordinary sentences.
            bare && !delimiter.text.starts_with('是')
                && !delimiter.text[delimiter.word..].chars().any(delimits)
        }
        Script::Chinese => {
            let usual = matches!(sign, Some('、' | '.' | '．' | '：' | ':' | '，'));
            let pair = delimiter.next.is_some_and(|next| !numerals(next.encode_utf8(&mut [0; 4])).is_empty());
            !bracketed && (!usual || pair)
        }
        Script::Table(_) => true,
    }
}

/// After "1.", does the text go on as a decimal of a measure ("5公里"), which no list number explains?
fn decimal_quantity(text: &str) -> bool {
    let unit = text.trim_start_matches(|sign| digit(sign).is_some());
    const MEASURES: [&str; 20] = [
        "公里", "千米", "米", "万", "亿", "亩", "公顷", "吨", "公斤", "千克", "斤", "%", "％", "倍", "元",
        "平方", "立方", "小时", "千瓦", "度",
    ];
    MEASURES.iter().any(|measure| unit.starts_with(measure))
}
