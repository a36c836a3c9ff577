//! Names that residents tell of themselves and of those near: "我是湾口村的张伟国", "邻居李四家", "张三（手机）".

use super::name::{is_titled, likely_name_end};
use super::{PersonalData, PersonalKind, STOPS, VOCABULARY, is_han};

/// Words between a cue and a name.
const LEADS: [&str; 9] = ["名字叫", "名叫", "叫做", "叫", "是", "：", ":", " ", "“"];

/// Where in "我是湾口村三组的张伟国" a name may begin: after the end of a place, a particle, a word for residents.
const BEFORE_NAME: [&str; 16] =
    ["村", "组", "社", "队", "社区", "小区", "街", "路", "镇", "乡", "寨", "屯", "坝", "的", "民", "户"];

/// How far after "我是" a name may stand, in characters.
const FARTHEST: usize = 16;

/// No text is searched for more names than this a second time.
const MOST_NAMES: usize = 16;

pub fn told(text: &str, found: &[PersonalData]) -> Vec<PersonalData> {
    let mut names = signed(text, found);
    let mut from = 0;
    for (at, _) in text.char_indices() {
        if at < from {
            continue;
        }
        let Some((cue, is_self)) = VOCABULARY.cues.longest(&text[at..]) else { continue };
        let mut start = at + cue.len();
        while let Some(lead) = LEADS.iter().find(|lead| text[start..].starts_with(**lead)) {
            start += lead.len();
        }
        let name = likely_name_end(text, start).map(|end| (start, end));
        if let Some((start, end)) = name.or_else(|| is_self.then(|| introduced(text, start)).flatten()) {
            names.push(PersonalData::new(PersonalKind::Name, start, end));
            from = end;
        }
    }
    names
}

/// A name later in the clause, after where its bearer is from. It must end the clause: "我是湾口村的高…" goes on otherwise.
fn introduced(text: &str, from: usize) -> Option<(usize, usize)> {
    let rest = &text[from..];
    for (at, sign) in rest.char_indices().take(FARTHEST) {
        if STOPS.contains(&sign) {
            return None;
        }
        let before = &rest[..at];
        if BEFORE_NAME.iter().any(|word| before.ends_with(word))
            && let Some(end) = likely_name_end(text, from + at)
            && text[end..].chars().next().is_none_or(|sign| !is_han(sign))
        {
            return Some((from + at, end));
        }
    }
    None
}

/// Names that stand alone beside a number of their bearer, or below the words.
fn signed(text: &str, found: &[PersonalData]) -> Vec<PersonalData> {
    use PersonalKind::{BankCard, IdentityNumber, Mobile, Telephone};
    let numbers = || {
        let kinds = [Mobile, Telephone, IdentityNumber, BankCard];
        found.iter().filter(move |data| kinds.contains(&data.kind)).map(|data| data.range)
    };
    let starts: Vec<usize> = numbers().map(|range| range.0).collect();
    let ends: Vec<usize> = numbers().map(|range| range.1).collect();
    let mut names = Vec::new();
    for (start, end) in lone(text) {
        let rest = text[end..].trim_start_matches(JOINTS);
        let called = CALLS.iter().any(|word| rest.starts_with(word)) && rest.len() < text.len() - end;
        let before_number = starts.contains(&(text.len() - rest.len()));
        let after_number = ends.contains(&text[..start].trim_end_matches(JOINTS).len());
        let is_last = !text[end..].chars().any(char::is_alphanumeric);
        let below = text[..start].ends_with(['\n', ' ', '\u{3000}', '—', '-']) && is_last;
        if (called || before_number || after_number || below) && likely_name_end(text, start) == Some(end) {
            names.push(PersonalData::new(PersonalKind::Name, start, end));
        }
    }
    names
}

/// Signs between a name and its bearer's number.
const JOINTS: [char; 9] = [' ', '\u{3000}', '，', ',', '：', ':', '（', '(', '\n'];
const CALLS: [&str; 5] = ["手机", "电话", "联系电话", "联系方式", "身份证"];

/// Every run of two to four Chinese characters with other signs or nothing at its sides.
fn lone(text: &str) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (at, sign) in text.char_indices().chain([(text.len(), '\n')]) {
        match (&mut open, is_han(sign)) {
            (Some((_, count)), true) => *count += 1,
            (None, true) => open = Some((at, 1)),
            (Some((start, count)), false) => {
                if (2..=4).contains(count) {
                    runs.push((*start, at));
                }
                open = None;
            }
            (None, false) => {}
        }
    }
    runs
}

/// The same names where they stand once more.
pub fn again(text: &str, found: &[PersonalData]) -> Vec<PersonalData> {
    let named = found.iter().filter(|data| {
        matches!(data.kind, PersonalKind::Name | PersonalKind::Petitioner | PersonalKind::Health)
    });
    let mut names: Vec<(&str, PersonalKind)> =
        named.filter_map(|data| Some((text.get(data.range.0..data.range.1)?, data.kind))).collect();
    names.sort_unstable();
    names.dedup_by_key(|(name, _)| *name);
    names.truncate(MOST_NAMES);
    let mut more = Vec::new();
    for (name, kind) in names.into_iter().filter(|(name, _)| name.chars().count() > 1) {
        for (at, _) in text.match_indices(name).filter(|(at, _)| !is_titled(&text[at + name.len()..])) {
            more.push(PersonalData::new(kind, at, at + name.len()));
        }
    }
    more
}
