//! What a resident's words are about: the matters of a township (data/concerns.tsv), recognised in everyday words, in
//! pinyin or its initials, and with a wrong character.

use crate::gram::runs;
use pinyin::ToPinyin as _;
use std::sync::LazyLock;

/// A matter that people come about.
#[derive(Debug)]
pub struct Concern {
    pub name: &'static str,
    /// What residents call it.
    words: Vec<Word>,
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
    /// One character is another one.
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
            Some(Concern { name, words, signs: signs.split(' ').collect() })
        })
        .collect()
});

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
    let mut found: Vec<Recognised> =
        CONCERNS.iter().filter_map(|concern| best(concern, &runs, &whole, latin)).collect();
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

/// Typed in pinyin: the initials exactly, or the beginning of the sound from three letters on.
fn sounds(word: &Word, typed: &str) -> Option<By> {
    let is_it = word.initials == typed || (typed.len() >= 3 && word.sound.starts_with(typed));
    (is_it && typed.len() >= 2).then_some(By::Sound)
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
