//! What a resident's words are about: the matters of a township (data/concerns.tsv), recognised in everyday words, in
//! pinyin or its initials, with a wrong character or letter, and in English (data/concerns_en.tsv).

use crate::gram::runs;
use pinyin::ToPinyin as _;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A matter that people come about.
#[derive(Debug)]
pub struct Concern {
    pub name: &'static str,
    /// What residents call it.
    words: Vec<Word>,
    /// What they call it in English: of each name all words have to occur.
    english: Vec<Vec<&'static str>>,
    /// What shows that an office, a post or a duty is in charge of it.
    pub signs: Vec<&'static str>,
}

#[derive(Debug)]
struct Word {
    /// All of them have to occur; mostly one.
    parts: Vec<&'static str>,
    sound: String,
    initials: String,
}

/// How a matter was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// One character, or one letter, is another one.
    Nearly,
    /// The same sound: pinyin without tones, or its initials.
    Sound,
    Word,
}

#[derive(Debug, Clone)]
pub struct Recognised {
    pub concern: &'static Concern,
    /// The word that matched.
    pub word: String,
    pub by: By,
    /// Characters of it.
    pub length: usize,
}

static CONCERNS: LazyLock<Vec<Concern>> = LazyLock::new(|| {
    include_str!("../data/concerns.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let (name, words, signs) = (columns.next()?, columns.next()?, columns.next()?);
            let words = words.split(' ').chain([name]).map(Word::of).collect();
            Some(Concern { name, words, english: called(name), signs: signs.split(' ').collect() })
        })
        .collect()
});

const ENGLISH: &str = include_str!("../data/concerns_en.tsv");

/// English names of matters and of their groups.
static IN_ENGLISH: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    ENGLISH
        .lines()
        .filter_map(|line| {
            let mut columns = line.strip_prefix("## ").unwrap_or(line).split('\t');
            Some((columns.next()?, columns.next()?))
        })
        .collect()
});

/// The English name of a matter or of a group of them.
pub fn concern_in_english(name: &str) -> Option<&'static str> {
    IN_ENGLISH.get(name).copied()
}

fn called(name: &str) -> Vec<Vec<&'static str>> {
    let own = ENGLISH.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix('\t'));
    let names = own.flat_map(|names| names.split(['\t', ';']));
    names.map(|words| words.split([' ', ',']).filter(|word| !word.is_empty()).collect()).collect()
}

/// Names of the matters in their groups, for a list to choose from.
pub fn concern_groups() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in include_str!("../data/concerns.tsv").lines() {
        if let Some(group) = line.strip_prefix("## ") {
            groups.push((group, Vec::new()));
        } else if let (false, Some((name, _)), Some((_, names))) =
            (line.starts_with('#'), line.split_once('\t'), groups.last_mut())
        {
            names.push(name);
        }
    }
    groups
}

impl Word {
    fn of(text: &'static str) -> Word {
        let (sound, initials) = sound_of(text);
        Word { parts: text.split('+').collect(), sound, initials }
    }

    fn length(&self) -> usize {
        self.parts.iter().map(|part| part.chars().count()).sum()
    }
}

/// Pinyin without tones, and its first letters. Other letters and digits stand for themselves.
pub fn sound_of(text: &str) -> (String, String) {
    let mut sound = String::new();
    let mut initials = String::new();
    for c in text.chars() {
        match c.to_pinyin() {
            Some(syllable) => {
                sound.push_str(syllable.plain());
                initials.push_str(syllable.first_letter());
            }
            None if c.is_ascii_alphanumeric() => {
                sound.push(c.to_ascii_lowercase());
                initials.push(c.to_ascii_lowercase());
            }
            None => {}
        }
    }
    (sound, initials)
}

/// The matters that `query` may be about, the surest first.
pub fn recognise(query: &str) -> Vec<Recognised> {
    let runs = runs(query);
    let whole = runs.concat();
    let latin = !whole.is_empty() && whole.chars().all(|c| c.is_ascii_alphanumeric());
    let best = |concern| {
        let found = best(concern, &runs, &whole, latin);
        let english = if latin { in_english(concern, &runs) } else { None };
        english.into_iter().chain(found).max_by_key(|one| (one.by, one.length))
    };
    let mut found: Vec<Recognised> = CONCERNS.iter().filter_map(best).collect();
    // What is written outright makes guesses needless.
    if let Some(surest) = found.iter().map(|one| one.by).max() {
        found.retain(|one| one.by == surest);
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.length));
    found
}

fn best(concern: &'static Concern, runs: &[String], whole: &str, latin: bool) -> Option<Recognised> {
    let mut best: Option<(By, usize, &Word)> = None;
    for word in &concern.words {
        let by = if latin { sounds(word, whole) } else { written(word, runs, whole) };
        let Some(by) = by else { continue };
        let found = (by, word.length(), word);
        if best.is_none_or(|best| (best.0, best.1) < (found.0, found.1)) {
            best = Some(found);
        }
    }
    best.map(|(by, length, word)| Recognised { concern, word: word.parts.concat(), by, length })
}

/// Typed in pinyin: the initials exactly, or the beginning of the sound from three letters on, or the whole of it with one
/// letter wrong.
fn sounds(word: &Word, typed: &str) -> Option<By> {
    let is_it = word.initials == typed || (typed.len() >= 3 && word.sound.starts_with(typed));
    if is_it && typed.len() >= 2 {
        return Some(By::Sound);
    }
    is_nearly(typed, &word.sound).then_some(By::Nearly)
}

/// Letters of the shortest word that may have a wrong one: shorter ones would become other words.
const NEARLY_LEAST: usize = 5;

/// One letter is another one, is missing, or too much, or two have changed places.
fn is_nearly(typed: &str, wanted: &str) -> bool {
    let (one, other) = (typed.as_bytes(), wanted.as_bytes());
    if one.len() < NEARLY_LEAST || other.len() < NEARLY_LEAST || one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    match (one, other) {
        ([a, b, rest @ ..], [c, d, others @ ..]) if a == d && b == c && rest == others => true,
        ([_, rest @ ..], [_, others @ ..]) if rest == others => true,
        ([_, rest @ ..], _) if rest == other => true,
        (_, [_, others @ ..]) => one == others,
        _ => false,
    }
}

/// All words of one of its English names are there; endings do not count.
fn in_english(concern: &'static Concern, runs: &[String]) -> Option<Recognised> {
    let by_of = |word: &&str| {
        let says = |run: &String| match run.strip_prefix(stem(word)) {
            Some(rest) if ENDINGS.contains(&rest) => Some(By::Word),
            _ if is_nearly(run, word) => Some(By::Nearly),
            _ => None,
        };
        runs.iter().filter_map(says).max()
    };
    let found = concern.english.iter().filter_map(|name| {
        let by = name.iter().map(by_of).collect::<Option<Vec<By>>>()?.into_iter().min()?;
        Some((by, name.concat().len(), name))
    });
    let (by, length, name) = found.max_by_key(|(by, length, _)| (*by, *length))?;
    Some(Recognised { concern, word: name.join(" "), by, length })
}

/// What may follow the stem of an English word.
const ENDINGS: [&str; 8] = ["", "s", "es", "y", "ies", "ing", "ed", "e"];

fn stem(word: &str) -> &str {
    ["ies", "ing", "y", "e", "s"]
        .into_iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .find(|stem| stem.len() >= 3)
        .unwrap_or(word)
}

fn written(word: &Word, runs: &[String], whole: &str) -> Option<By> {
    let has = |part: &str| runs.iter().any(|run| run.contains(part));
    if word.parts.iter().all(|part| has(part)) {
        return Some(By::Word);
    }
    let [only] = word.parts[..] else { return None };
    let wanted: Vec<char> = only.chars().collect();
    let letters: Vec<char> = whole.chars().collect();
    if wanted.len() < 2 {
        return None;
    }
    for part in letters.windows(wanted.len()) {
        let other = part.iter().zip(&wanted).filter(|(one, two)| one != two).count();
        let text: String = part.iter().collect();
        if other <= wanted.len() / 2 && sound_of(&text).0 == word.sound {
            return Some(By::Sound);
        }
        if other == 1 && wanted.len() >= 4 {
            return Some(By::Nearly);
        }
    }
    None
}

/// Words of a question that say nothing of its matter.
const ASKING: [&str; 35] = [
    "请问",
    "我想",
    "想问",
    "问一下",
    "怎么办理",
    "怎么办",
    "怎么弄",
    "怎么申请",
    "如何申请",
    "如何办理",
    "怎样",
    "怎么",
    "如何",
    "找哪个部门",
    "找哪个",
    "找谁",
    "找什么人",
    "归谁管",
    "谁管",
    "谁负责",
    "是谁",
    "哪个部门",
    "哪里办",
    "哪里",
    "在哪",
    "打哪个电话",
    "电话",
    "需要什么",
    "要什么手续",
    "手续",
    "可以吗",
    "能不能",
    "有没有",
    "吗",
    "呢",
];

/// The words of a question without those that only ask; longer ones first in each cut.
pub fn without_asking(query: &str) -> Vec<String> {
    let mut parts = runs(query);
    for asking in ASKING {
        parts = parts
            .iter()
            .flat_map(|part| part.split(asking).map(str::to_owned).collect::<Vec<_>>())
            .filter(|part| !part.is_empty())
            .collect();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(query: &str) -> (&'static str, By) {
        let found = recognise(query);
        let first = found.first().unwrap_or_else(|| panic!("{query}: nothing"));
        (first.concern.name, first.by)
    }

    #[test]
    fn everyday_words_lead_to_the_matter() {
        assert_eq!(first("我家想翻修老屋找谁"), ("建房宅基地", By::Word));
        assert_eq!(first("两只羊昨晚死了，羊死怎么处理"), ("动物防疫", By::Word));
        assert_eq!(first("工地老板一直不发钱"), ("欠薪", By::Word));
    }

    #[test]
    fn pinyin_initials_and_wrong_characters_are_understood() {
        assert_eq!(first("dk"), ("创业贷款", By::Sound));
        assert_eq!(first("dibao"), ("低保特困", By::Sound));
        assert_eq!(first("底保"), ("低保特困", By::Sound));
        assert_eq!(first("高玲津贴").0, "高龄津贴");
        assert_eq!(first("临时救肋"), ("临时救助", By::Nearly));
    }

    #[test]
    fn english_words_lead_to_the_matter_in_any_form() {
        assert_eq!(first("I want a loan"), ("创业贷款", By::Word));
        assert_eq!(first("building a house"), ("建房宅基地", By::Word));
        assert_eq!(first("Where can I get vaccinated?").0, "打预防针");
        assert_eq!(first("subsidies for farms").0, "惠农补贴");
        assert_eq!(first("street lamps"), ("路灯", By::Word));
        assert_eq!(first("penson"), ("养老保险", By::Nearly));
        assert!(recognise("nice weather today").is_empty());
        assert!(recognise("I want").is_empty());
    }

    #[test]
    fn one_wrong_letter_is_forgiven_in_long_words() {
        assert_eq!(first("dibaa"), ("低保特困", By::Nearly));
        assert_eq!(first("zhaijidl"), ("建房宅基地", By::Nearly));
        assert!(is_nearly("pension", "penison") && is_nearly("pensio", "pension"));
        assert!(!is_nearly("dog", "dig") && !is_nearly("pension", "passion"));
    }

    #[test]
    fn every_matter_and_group_has_an_english_name_and_each_name_leads_to_its_matter() {
        for concern in CONCERNS.iter() {
            let name = concern_in_english(concern.name).unwrap_or_else(|| panic!("{}", concern.name));
            let led: Vec<&str> = recognise(name).iter().take(3).map(|one| one.concern.name).collect();
            assert!(led.contains(&concern.name), "{name}: {led:?}");
        }
        for (group, _) in concern_groups() {
            assert!(concern_in_english(group).is_some(), "{group}");
        }
    }

    #[test]
    fn what_is_about_nothing_known_is_about_nothing() {
        assert!(recognise("今天天气真好").is_empty());
        assert!(recognise("").is_empty());
        assert!(recognise("？！").is_empty());
        assert!(recognise("x").is_empty());
    }

    #[test]
    fn every_matter_has_words_and_signs() {
        assert!(CONCERNS.len() > 60, "{}", CONCERNS.len());
        for concern in CONCERNS.iter() {
            assert!(concern.words.len() > 1 && !concern.signs.is_empty(), "{}", concern.name);
            for word in &concern.words {
                assert!(word.parts.iter().all(|part| !part.is_empty()), "{}", concern.name);
            }
        }
    }

    #[test]
    fn asking_words_are_left_out() {
        assert_eq!(without_asking("请问盖房子找谁？"), ["盖房子"]);
        assert_eq!(without_asking("老人高龄补贴怎么办"), ["老人高龄补贴"]);
        assert!(without_asking("怎么办").is_empty());
    }
}
