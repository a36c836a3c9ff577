//! Where somebody lives. What tells the house is found: the number of the door or of the group and the door, the
//! building, the unit and the room. The village, the community and the street are left, because they say which official is
//! meant and where the matter lies.
//!
//! After a word such as "家住" any of these is enough, in a resident's words even the village group alone: it is a few dozen
//! households, and only there it says where the asker lives; "湾口村三组的路灯" is a place. Without such a word a flat is
//! found (building or unit, and room), and in a resident's words a group with a door. A door in a street alone may be a
//! shop, a floor or a building alone is anybody's, and an office's address is public.

use super::{PersonalData, PersonalKind, STOPS, VOCABULARY};
use crate::split::digit;

/// Whose words are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    Official,
    Resident,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Group,
    Door,
    Building,
    Unit,
    Floor,
    Room,
}

/// What follows a number in an address, the longest first where two begin alike.
const UNITS: [(&str, Part); 19] = [
    ("村民小组", Part::Group),
    ("生产队", Part::Group),
    ("小组", Part::Group),
    ("组", Part::Group),
    ("社", Part::Group),
    ("队", Part::Group),
    ("号楼", Part::Building),
    ("号院", Part::Building),
    ("栋", Part::Building),
    ("幢", Part::Building),
    ("座", Part::Building),
    ("号", Part::Door),
    ("单元", Part::Unit),
    ("门", Part::Unit),
    ("楼", Part::Floor),
    ("层", Part::Floor),
    ("室", Part::Room),
    ("房", Part::Room),
    ("户", Part::Room),
];

/// "1号线", "3号窗口", "2号泵站": no doors.
const NO_DOOR: &str = "线窗机泵桥文令井坝闸塔坑";

/// How far after a word such as "家住" the number may stand, in characters.
const FARTHEST: usize = 30;

struct House {
    start: usize,
    end: usize,
    parts: Vec<Part>,
}

pub fn homes(text: &str, reading: Reading) -> Vec<PersonalData> {
    let cues = cues(text);
    let mut next = cues.iter().copied().peekable();
    let mut cue: Option<Cue> = None;
    let mut found = Vec::new();
    let mut from = 0;
    for (at, sign) in text.char_indices() {
        while let Some(reached) = next.next_if(|cue| cue.end <= at) {
            cue = Some(reached);
        }
        if STOPS.contains(&sign) {
            cue = None;
        }
        if at < from || !begins_number(sign) {
            continue;
        }
        let Some(house) = house(text, at) else { continue };
        from = house.end;
        let near = cue.filter(|cue| text[cue.end..at].chars().take(FARTHEST + 1).count() <= FARTHEST);
        let tells = match near {
            Some(cue) if cue.is_public => false,
            Some(cue) => tells_home(text, &house, reading, cue.end),
            None => tells_house(text, &house, reading),
        };
        if tells {
            found.push(PersonalData::new(PersonalKind::Address, house.start, house.end));
            cue = None;
        }
    }
    found
}

#[derive(Clone, Copy)]
struct Cue {
    end: usize,
    /// It introduces the address of an office.
    is_public: bool,
}

fn cues(text: &str) -> Vec<Cue> {
    let mut found = Vec::new();
    for (at, sign) in text.char_indices() {
        if !VOCABULARY.home_first.contains(&sign) {
            continue;
        }
        let rest = &text[at..];
        for word in VOCABULARY.home.iter().filter(|word| rest.starts_with(**word)) {
            let after = &rest[word.len()..];
            // "我住院" is an illness.
            if !after.starts_with('院') {
                let is_public = word.ends_with("地址") && is_of_office(after);
                found.push(Cue { end: at + word.len(), is_public });
            }
        }
    }
    found.sort_by_key(|cue| cue.end);
    found
}

/// The sentence goes on with an office near by.
fn is_of_office(after: &str) -> bool {
    let near = after.char_indices().nth(FARTHEST).map_or(after, |(far, _)| &after[..far]);
    let near = near.split(['。', '；', '\n']).next().unwrap_or(near);
    VOCABULARY.office.iter().any(|word| word.chars().count() > 1 && near.contains(word))
}

/// After a word that says somebody lives there.
fn tells_home(text: &str, house: &House, reading: Reading, cue: usize) -> bool {
    match house.parts[..] {
        [Part::Floor | Part::Room, ..] => false,
        [Part::Group] => reading == Reading::Resident,
        [Part::Door] => {
            // "我家在12号停了水" is a day, "11月12号" too.
            let between = &text[cue..house.start];
            let placed = between.chars().any(char::is_alphanumeric) || ends_words(text, house.end);
            placed && !between.ends_with('月')
        }
        _ => true,
    }
}

/// Without such a word.
fn tells_house(text: &str, house: &House, reading: Reading) -> bool {
    let has = |part| house.parts.contains(&part);
    let is_flat = has(Part::Room) && has(Part::Unit) && (has(Part::Building) || has(Part::Door));
    let is_house = has(Part::Room) && has(Part::Building) || is_farm(text, house);
    is_flat || reading == Reading::Resident && is_house
}

/// A group and a door; with more words behind it may be a group and a day ("三组12号停电").
fn is_farm(text: &str, house: &House) -> bool {
    let after = &text[house.end..];
    matches!(house.parts[..], [Part::Group, Part::Door, ..])
        && (ends_words(text, house.end) || after.starts_with(['的', '家', '门', '院', '户', '住']))
}

fn ends_words(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_none_or(|sign| !sign.is_alphanumeric())
}

/// A year, a day or a sum goes on, no room.
fn counts(after: &str) -> bool {
    after.starts_with(|sign| "年月日时分秒点元万亿个户人名只头亩米公吨度块次项件".contains(sign))
}

fn begins_number(sign: char) -> bool {
    sign == '第' || is_digit(sign)
}

fn is_digit(sign: char) -> bool {
    digit(sign).is_some()
        || matches!(
            sign,
            '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '零' | '〇'
        )
}

/// The numbers of a house that begin at `at`, one behind the other ("12号3栋2单元501").
fn house(text: &str, at: usize) -> Option<House> {
    let mut house = House { start: at, end: at, parts: Vec::new() };
    let mut here = at;
    loop {
        let rest = &text[here..];
        let number = number_length(rest);
        if number == 0 {
            break;
        }
        let after = &rest[number..];
        let unit = UNITS.iter().find(|(unit, _)| after.starts_with(unit));
        let long_enough = rest[..number].chars().filter(|sign| digit(*sign).is_some()).count() >= 3;
        let part = match unit {
            Some((unit, Part::Door)) if after[unit.len()..].starts_with(|sign| NO_DOOR.contains(sign)) => {
                None
            }
            Some((unit, part)) => Some((unit.len(), *part)),
            None if long_enough
                && !counts(after)
                && house.parts.last().is_some_and(|part| *part != Part::Group) =>
            {
                Some((0, Part::Room))
            }
            None => None,
        };
        let Some((length, part)) = part else { break };
        house.parts.push(part);
        house.end = here + number + length;
        here = house.end;
        here += ["附", " ", "-", "（"]
            .iter()
            .find(|joint| text[here..].starts_with(**joint))
            .map_or(0, |joint| joint.len());
    }
    (!house.parts.is_empty()).then_some(house)
}

/// How long a number of a house is, with 第 before it and in parts ("3-502").
fn number_length(text: &str) -> usize {
    let mut length = 0;
    let mut digits = 0;
    for (at, sign) in text.char_indices().take(10) {
        let goes_on = is_digit(sign) || sign == '第' && at == 0 || sign == '-' && digits > 0;
        if !goes_on {
            break;
        }
        if is_digit(sign) {
            digits += 1;
            length = at + sign.len_utf8();
        }
    }
    length
}
