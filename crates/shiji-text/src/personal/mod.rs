//! Finds a resident's personal data, so that it is not published: numbers that check, illness or a petition beside a name.

use std::sync::LazyLock;

use serde::Serialize;

use crate::lexicon;
use crate::split::family_name;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonalKind {
    /// GB 11643, check digit verified.
    IdentityNumber,
    Mobile,
    /// 16 to 19 digits, Luhn check digit verified.
    BankCard,
    /// An illness beside a person's name; the range is the name.
    Health,
    /// The name of somebody who complains or petitions.
    Petitioner,
}

impl PersonalKind {
    pub fn name(self) -> &'static str {
        match self {
            PersonalKind::IdentityNumber => "identity_number",
            PersonalKind::Mobile => "mobile",
            PersonalKind::BankCard => "bank_card",
            PersonalKind::Health => "health",
            PersonalKind::Petitioner => "petitioner",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonalData {
    pub kind: PersonalKind,
    /// Byte range in the text.
    pub range: (usize, usize),
}

struct Vocabulary {
    health: Vec<&'static str>,
    petitioner: Vec<&'static str>,
    petitions: Vec<&'static str>,
    resident: Vec<&'static str>,
    title: Vec<&'static str>,
    number: Vec<&'static str>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let of = |wanted: &str| {
        crate::table::rows(include_str!("../data/personal.tsv"))
            .filter(|(class, _)| *class == wanted)
            .flat_map(|(_, words)| words)
            .collect::<Vec<_>>()
    };
    Vocabulary {
        health: of("health"),
        petitioner: of("petitioner"),
        petitions: of("petitions"),
        resident: of("resident"),
        title: of("title"),
        number: of("number"),
    }
});

/// Every piece of personal data in the text, in its order.
pub fn personal_data(text: &str) -> Vec<PersonalData> {
    let mut found = numbers(text);
    found.extend(named(text));
    found.sort_by_key(|data| data.range);
    found.dedup();
    found
}

/// A run of digits of either width, single blanks, dots and hyphens inside ignored.
struct Run {
    digits: Vec<u8>,
    /// Where each digit begins and ends.
    at: Vec<usize>,
    ends: Vec<usize>,
    /// Where the run ends, with the X that may close it.
    end: usize,
    ends_in_x: bool,
}

fn runs(text: &str) -> Vec<Run> {
    let mut found = Vec::new();
    let mut run: Option<Run> = None;
    let mut gap = 0;
    for (at, sign) in text.char_indices() {
        let after = at + sign.len_utf8();
        if let Some(digit) = crate::split::digit(sign) {
            let open = run.get_or_insert_with(|| Run {
                digits: Vec::new(),
                at: Vec::new(),
                ends: Vec::new(),
                end: at,
                ends_in_x: false,
            });
            open.digits.push(digit as u8);
            open.at.push(at);
            open.ends.push(after);
            open.end = after;
            gap = 0;
        } else if let Some(open) = run.as_mut() {
            gap += 1;
            let joins = gap == 1 && matches!(sign, ' ' | '-' | '\u{3000}' | '\u{a0}' | '·' | '－' | '—');
            if gap == 1 && open.digits.len() >= 17 && matches!(sign, 'X' | 'x' | 'Ｘ' | 'ｘ') {
                open.ends_in_x = true;
                open.end = after;
            }
            if !joins {
                found.extend(run.take());
                gap = 0;
            }
        }
    }
    found.extend(run);
    found
}

fn numbers(text: &str) -> Vec<PersonalData> {
    let mut found = Vec::new();
    for run in runs(text) {
        if run.digits.len() < 11 {
            continue;
        }
        let before = &text[..run.at[0]];
        let after = &text[run.end..];
        let lettered = before.ends_with(|sign: char| sign.is_ascii_alphabetic())
            || after.starts_with(|sign: char| sign.is_ascii_alphabetic());
        let whole = (run.at[0], run.end);
        if is_identity_number(&run) {
            found.push(PersonalData { kind: PersonalKind::IdentityNumber, range: whole });
        } else if let Some(from) = mobile_start(&run) {
            found.push(PersonalData { kind: PersonalKind::Mobile, range: (run.at[from], run.end) });
        } else if !lettered && is_bank_card(&run, before) {
            found.push(PersonalData { kind: PersonalKind::BankCard, range: whole });
        } else {
            found.extend(within(&run));
        }
    }
    found
}

/// Several numbers side by side ("13812345678 530…"): each is looked for at its own place.
fn within(run: &Run) -> Vec<PersonalData> {
    let mut found = Vec::new();
    let breaks: Vec<usize> = (1..run.digits.len()).filter(|at| run.at[*at] > run.ends[*at - 1]).collect();
    let mut start = 0;
    for end in breaks.into_iter().chain([run.digits.len()]) {
        let last = end == run.digits.len();
        let part = Run {
            digits: run.digits[start..end].to_vec(),
            at: run.at[start..end].to_vec(),
            ends: run.ends[start..end].to_vec(),
            end: if last { run.end } else { run.ends[end - 1] },
            ends_in_x: run.ends_in_x && last,
        };
        if is_identity_number(&part) {
            found.push(PersonalData { kind: PersonalKind::IdentityNumber, range: (part.at[0], part.end) });
        } else if mobile_start(&part) == Some(0) {
            found.push(PersonalData { kind: PersonalKind::Mobile, range: (part.at[0], part.end) });
        } else if part.digits.len() >= 16 && is_bank_card(&part, "") {
            found.push(PersonalData { kind: PersonalKind::BankCard, range: (part.at[0], part.end) });
        }
        start = end;
    }
    found
}

/// GB 11643-1999: 6 digits of the place, 8 of the birthday, 3 of order, one check digit by ISO 7064 MOD 11-2.
fn is_identity_number(run: &Run) -> bool {
    let digits = &run.digits;
    if digits.len() != if run.ends_in_x { 17 } else { 18 } {
        return false;
    }
    let year = digits[6..10].iter().fold(0u32, |sum, digit| sum * 10 + u32::from(*digit));
    let month = digits[10] * 10 + digits[11];
    let day = digits[12] * 10 + digits[13];
    let region = digits[0] * 10 + digits[1];
    if !(1850..=2150).contains(&year)
        || !(1..=12).contains(&month)
        || !(1..=31).contains(&day)
        || !(11..=91).contains(&region)
    {
        return false;
    }
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    let check = (12 - sum % 11) % 11;
    let written = if run.ends_in_x { 10 } else { u32::from(digits[17]) };
    check == written
}

/// 1[3-9] and nine digits, 86 before it or not.
fn mobile_start(run: &Run) -> Option<usize> {
    let from = match run.digits.len() {
        11 => 0,
        13 if run.digits.starts_with(&[8, 6]) => 2,
        _ => return None,
    };
    (run.digits[from] == 1 && run.digits[from + 1] >= 3).then_some(from)
}

fn is_bank_card(run: &Run, before: &str) -> bool {
    let digits = &run.digits;
    if !(16..=19).contains(&digits.len()) || !matches!(digits[0], 3..=6 | 8 | 9) || run.ends_in_x {
        return false;
    }
    let near: String = before.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
    if VOCABULARY.number.iter().any(|word| near.contains(word)) {
        return false;
    }
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(*digit) * if place % 2 == 1 { 2 } else { 1 };
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Names of residents beside an illness or a petition. Masked names (张某, 李××) say nobody and are no finding.
fn named(text: &str) -> Vec<PersonalData> {
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
const INTRODUCTIONS: [&str; 6] = ["我叫", "我名叫", "本人叫", "我的名字叫", "我的名字是", "姓名："];

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

/// Where a full name that begins at `at` ends: family name and one or two characters, opened by a boundary or a word
/// that goes before residents, and followed by no title.
fn name_end(sentence: &str, at: usize) -> Option<usize> {
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
    let titled = VOCABULARY.title.iter().any(|title| after.starts_with(title));
    (!masked && !titled).then_some(end)
}

fn known(text: &str) -> bool {
    let lists = [&VOCABULARY.health, &VOCABULARY.petitions, &VOCABULARY.title];
    lists.into_iter().flatten().any(|word| text.starts_with(word))
}

fn is_han(sign: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<PersonalKind> {
        personal_data(text).into_iter().map(|data| data.kind).collect()
    }

    #[test]
    fn a_village_whose_name_begins_like_a_family_name_is_nobody() {
        for text in ["入户走访龙井村残疾人9名", "到石桥组看望重病户3户", "马塘村肺结核患者随访4人"]
        {
            assert!(personal_data(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn numbers_that_check_are_found_in_every_writing() {
        use PersonalKind::{BankCard, IdentityNumber, Mobile};
        // The sample number that the standard itself prints.
        assert_eq!(kinds("身份证号11010519491231002X，请核对"), [IdentityNumber]);
        assert_eq!(kinds("１１０１０５１９４９１２３１００２Ｘ"), [IdentityNumber]);
        assert_eq!(kinds("110105 19491231 002X"), [IdentityNumber]);
        assert_eq!(kinds("联系13812345678"), [Mobile]);
        assert_eq!(kinds("电话+86 138-1234-5678。"), [Mobile]);
        assert_eq!(kinds("卡号4111111111111111"), [BankCard]);
        assert_eq!(kinds("卡号4111 1111 1111 1111，开户行农商行"), [BankCard]);
        assert_eq!(kinds("王芳13812345678 11010519491231002X"), [Mobile, IdentityNumber]);
        assert_eq!(kinds("6张卡：4111111111111111，13812345678"), [BankCard, Mobile]);
    }

    #[test]
    fn office_numbers_amounts_dates_and_document_numbers_are_left_alone() {
        for text in [
            "联系0871-68123456",
            "云政发〔2026〕12号",
            "拨付12345678元",
            "12345热线转办3件",
            "2026年11月9日至2026年11月15日",
            "20261109-20261115",
            "110105194912310021",
            "项目代码2026-530127-04-01-123456",
            "统一社会信用代码91530100MA6K12345X",
            "面积1505.6亩，投资3000000.00元",
            "电话08715678901转8008",
            "400-800-8820",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn illness_and_petitions_beside_a_name_are_found_and_officials_are_not() {
        assert_eq!(kinds("看望村民李秀英，她患有尿毒症"), [PersonalKind::Health]);
        assert_eq!(kinds("信访人王大明要求解决征地款"), [PersonalKind::Petitioner]);
        assert_eq!(kinds("张小兰反映邻居占道，已处理"), [PersonalKind::Petitioner]);
        assert_eq!(kinds("为患病老人张某申请救助"), []);
        assert_eq!(kinds("县医院赵启明医生到村讲高血压防治"), []);
        assert_eq!(kinds("接待来访群众4批，反映路灯不亮"), []);
        assert_eq!(kinds("走访残疾人12名，送去轮椅1辆"), []);
    }

    #[test]
    fn the_name_that_somebody_tells_is_found_without_illness_or_petition() {
        assert_eq!(kinds("我叫李秀兰，新屋组的路灯坏了"), [PersonalKind::Petitioner]);
        assert_eq!(kinds("您好，本人叫王芳，想问低保"), [PersonalKind::Petitioner]);
        assert_eq!(kinds("我叫不动他"), []);
        assert_eq!(kinds("我叫王建国书记来看过"), []);
    }
}
