//! Names in a messenger.

use super::{PersonalData, PersonalKind, VOCABULARY};

/// Signs of the shortest name.
pub const SHORTEST: usize = 5;

/// Words and signs between the messenger and the name in it; those marked say that a name follows, whatever it looks like.
const LEADS: [(&str, bool); 17] = [
    ("号码", true),
    ("号", true),
    ("账号", true),
    ("id", true),
    ("是", true),
    ("叫", true),
    ("：", true),
    (":", true),
    ("account", false),
    ("number", false),
    ("is", false),
    ("为", true),
    (" ", false),
    ("=", true),
    ("“", false),
    ("\u{3000}", false),
    ("+", false),
];

pub fn accounts(text: &str) -> Vec<PersonalData> {
    let lower = text.to_ascii_lowercase();
    let qq = VOCABULARY.qq.iter().map(|word| (*word, true));
    let wechat = VOCABULARY.wechat.iter().map(|word| (*word, false));
    let mut found = Vec::new();
    for (word, is_qq) in qq.chain(wechat) {
        for (at, _) in lower.match_indices(word) {
            let is_inside =
                word.is_ascii() && lower[..at].ends_with(|sign: char| sign.is_ascii_alphanumeric());
            let start = at + word.len();
            if let Some((start, end)) = told(&lower, start, is_qq).filter(|_| !is_inside) {
                found.push(PersonalData::new(PersonalKind::Account, start, end));
            }
        }
    }
    found
}

/// Where the name that is told from `at` on begins and ends.
fn told(text: &str, at: usize, is_qq: bool) -> Option<(usize, usize)> {
    let mut start = at;
    let mut certain = false;
    while let Some((lead, tells)) = LEADS.iter().find(|(lead, _)| text[start..].starts_with(lead)) {
        start += lead.len();
        certain |= tells;
    }
    let rest = &text[start..];
    // A Latin word goes on where the messenger's ends ("qqmusic").
    if start == at
        && rest.starts_with(|sign: char| sign.is_ascii_alphabetic())
        && text[..at].ends_with(|sign: char| sign.is_ascii_alphabetic())
    {
        return None;
    }
    let length = rest.find(|sign: char| !is_of_name(sign)).unwrap_or(rest.len());
    let name = rest[..length].trim_end_matches(['-', '_']);
    let digits = name.chars().filter(|sign| crate::split::digit(*sign).is_some()).count();
    let count = name.chars().count();
    let is_number = digits == count && (SHORTEST..=12).contains(&count);
    if is_qq {
        return is_number.then_some((start, start + name.len()));
    }
    let is_sentence =
        rest[length..].trim_start_matches(' ').starts_with(|sign: char| sign.is_ascii_alphabetic());
    let telling = digits > 0 || name.contains('_') || certain && !is_sentence;
    let is_name = (SHORTEST..=20).contains(&count) && telling && (is_number || digits < count);
    is_name.then_some((start, start + name.len()))
}

fn is_of_name(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-') || crate::split::digit(sign).is_some()
}
