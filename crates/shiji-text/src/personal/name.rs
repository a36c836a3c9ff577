//! Names: where one begins and ends, and those beside an illness or a petition.

use super::{PersonalData, PersonalKind, VOCABULARY, is_han};
use crate::lexicon;
use crate::split::family_name;

/// Names of residents beside an illness or a petition. Masked names (张某, 李××) say nobody and are no finding.
pub fn named(text: &str) -> Vec<PersonalData> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, sign) in text.char_indices().chain([(text.len(), '。')]) {
        if matches!(sign, '。' | '；' | ';' | '\n' | '！') {
            let sentence = &text[start..at.max(start)];
            let ill = VOCABULARY.health.iter().any(|word| sentence.contains(word));
            let petitions =
                VOCABULARY.petitions.iter().chain(&VOCABULARY.petitioner).any(|word| sentence.contains(word));
            found.extend(
                introduced(sentence)
                    .map(|data| PersonalData { range: (data.range.0 + start, data.range.1 + start), ..data }),
            );
            if ill || petitions {
                found.extend(named_in(sentence).into_iter().map(|data| PersonalData {
                    range: (data.range.0 + start, data.range.1 + start),
                    ..data
                }));
            }
            start = at + sign.len_utf8().min(text.len() - at.min(text.len()));
        }
    }
    found
}

/// Words with which somebody tells the own name.
const INTRODUCTIONS: [&str; 8] =
    ["我叫", "我名叫", "本人叫", "我的名字叫", "我的名字是", "姓名：", "姓名:", "我姓名"];

/// A name that its bearer tells: nobody else's business, whatever it stands beside.
fn introduced(sentence: &str) -> impl Iterator<Item = PersonalData> + '_ {
    INTRODUCTIONS.iter().filter_map(|word| {
        let at = sentence.find(word)? + word.len();
        let end = at + name_end(&sentence[at..], 0)?;
        Some(PersonalData { kind: PersonalKind::Petitioner, range: (at, end) })
    })
}

fn named_in(sentence: &str) -> Vec<PersonalData> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, _) in sentence.char_indices() {
        if at < from {
            continue;
        }
        let before = &sentence[..at];
        let Some(end) = name_end(sentence, at) else { continue };
        let after = sentence[end..].trim_start_matches([' ', '（', '(']);
        let petitioner = VOCABULARY
            .petitioner
            .iter()
            .any(|word| before.trim_end_matches([' ', '：', ':', '“']).ends_with(word));
        let petitions = VOCABULARY.petitions.iter().any(|word| after.starts_with(word));
        let ill = near_illness(before, &sentence[end..]);
        let kind = if petitioner || petitions {
            PersonalKind::Petitioner
        } else if ill {
            PersonalKind::Health
        } else {
            continue;
        };
        found.push(PersonalData { kind, range: (at, end) });
        from = end;
    }
    found
}

/// An illness within a dozen characters after the name, or directly before it.
fn near_illness(before: &str, after: &str) -> bool {
    let near: String = after.chars().take(14).collect();
    let ahead: String = before.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
    VOCABULARY.health.iter().any(|word| near.contains(word) || ahead.contains(word) && !word.is_empty())
}

/// Characters that end a name: masks, particles and small verbs.
const NO_GIVEN_NAME: &str = "某×的了在和等因患被系住到为是有";

/// Characters that end the name of a place; many villages begin with a character that is a family name too.
const PLACE_ENDING: &str = "村镇乡组屯寨社县市区";

/// Characters that go on with the name of a place ("李家湾").
const PLACE_PART: &str = "湾坝坪沟坡箐冲岭庄营街巷";

const PLACE_WORDS: [&str; 9] = ["小学", "中学", "小区", "水库", "医院", "大桥", "人，", "过来", "来的"];

/// Where a full name that begins at `at` ends: family name and one or two characters, opened by a boundary or a word
/// that goes before residents, and followed by no title.
pub fn name_end(sentence: &str, at: usize) -> Option<usize> {
    let before = &sentence[..at];
    let bounded = before.chars().next_back().is_none_or(|sign| !is_han(sign))
        || VOCABULARY.resident.iter().chain(&VOCABULARY.petitioner).any(|word| before.ends_with(word));
    let rest = &sentence[at..];
    let family = family_name(rest)?;
    if !bounded || lexicon::word(rest).is_some_and(|(word, _)| word.len() > family.len()) {
        return None;
    }
    let mut given = rest[family.len()..].char_indices();
    let mut end = None;
    for _ in 0..2 {
        let Some((offset, sign)) = given.next() else { break };
        let place = at + family.len() + offset;
        if !is_han(sign) || NO_GIVEN_NAME.contains(sign) {
            break;
        }
        // A known word after the first given character ends the name ("王芳反映", "李明住院").
        let opens_word = lexicon::word(&sentence[place..]).is_some_and(|(word, _)| word.chars().count() > 1)
            || known(&sentence[place..]);
        if opens_word {
            break;
        }
        end = Some(place + sign.len_utf8());
    }
    let end = end?;
    let after = &sentence[end..];
    let is_place = sentence[at..end].ends_with(|sign| PLACE_ENDING.contains(sign))
        || after.starts_with(|sign| PLACE_ENDING.contains(sign));
    let masked = is_place || after.starts_with(['某', '×', '*']);
    (!masked && !is_titled(after)).then_some(end)
}

/// Where a name of characters that given names are made of ends, whatever stands before it.
pub fn likely_name_end(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let family = family_name(rest)?;
    if VOCABULARY.no_name.iter().any(|word| rest.starts_with(word))
        || lexicon::word(rest).is_some_and(|(word, _)| word.len() > family.len())
    {
        return None;
    }
    let mut end = at + family.len();
    for sign in rest[family.len()..].chars().take(2) {
        let opens_word = lexicon::word(&text[end..]).is_some_and(|(word, _)| word.chars().count() > 1);
        if !VOCABULARY.given.contains(&sign) || opens_word || known(&text[end..]) {
            break;
        }
        end += sign.len_utf8();
    }
    let after = &text[end..];
    let is_place = after.starts_with(|sign| PLACE_ENDING.contains(sign) || PLACE_PART.contains(sign))
        || PLACE_WORDS.iter().any(|word| after.starts_with(word));
    let is_masked = after.starts_with(['某', '×', '*']);
    (end > at + family.len() && !is_place && !is_masked && !is_titled(after)).then_some(end)
}

pub fn is_titled(after: &str) -> bool {
    VOCABULARY.title.iter().any(|title| after.starts_with(title))
}

fn known(text: &str) -> bool {
    let lists = [&VOCABULARY.health, &VOCABULARY.petitions, &VOCABULARY.title];
    lists.into_iter().flatten().any(|word| text.starts_with(word))
}
