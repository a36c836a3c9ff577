//! Finds the villages, firms and sites of a town in a plan's words: by their names, by shortened names that nobody wrote
//! down, and by names with one wrong character of the same sound.

use crate::concern::sound_of;
use shiji_domain::spot::SpotKind;
use std::collections::HashMap;

/// One of a town's villages, firms or sites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    pub kind: SpotKind,
    pub name: String,
    pub others: Vec<String>,
}

/// How a text names a spot, the surest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NamedBy {
    /// No place is named: the words are what the plans share.
    Subject,
    /// The plan is of the village's own people and names nothing else.
    Own,
    /// One character is another one of the same sound.
    Near,
    /// Shortened.
    Short,
    /// As the list has it.
    Name,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Index into the spots.
    pub spot: usize,
    /// As the text has it.
    pub words: String,
    pub by: NamedBy,
    /// Characters from the beginning of the text.
    pub start: usize,
    pub end: usize,
}

#[derive(Debug)]
struct Form {
    spot: usize,
    letters: Vec<char>,
    /// The list has these words; otherwise they are a name without the place before it.
    listed: bool,
    /// Characters of the village's name with which it begins, or of a brand.
    brand: usize,
    /// It begins with a village's name.
    of_village: bool,
    sound: Vec<String>,
}

/// The spots of a town, ready to be found.
#[derive(Debug)]
pub struct Spots {
    pub all: Vec<Spot>,
    forms: Vec<Form>,
    /// Forms by their first two characters.
    by_start: HashMap<[char; 2], Vec<usize>>,
    /// Names of four characters and more by every two neighbours, for near names.
    by_pair: HashMap<[char; 2], Vec<usize>>,
    villages: Vec<(usize, Vec<char>)>,
}

/// Characters that a shortened name needs beyond the brand it begins with.
const BEYOND_BRAND: usize = 2;
/// Last characters that say what kind of thing a firm or site is.
pub(super) const KINDS: [char; 14] =
    ['厂', '场', '店', '站', '社', '院', '校', '所', '园', '馆', '行', '库', '矿', '坊'];
/// A shorter name without the place before it would be any (大酒店, 水厂).
const WITHOUT_PLACE_LEAST: usize = 4;

impl Spots {
    /// `place` is the town's name, which stands before names of firms or does not.
    pub fn new(place: &str, all: Vec<Spot>) -> Spots {
        let stem = place.trim_end_matches(['镇', '乡', '县', '市', '区']);
        let stems: Vec<Vec<char>> = all
            .iter()
            .filter(|spot| spot.kind == SpotKind::Village)
            .map(|spot| village_stem(&spot.name))
            .collect();
        let mut spots = Spots {
            forms: Vec::new(),
            by_start: HashMap::new(),
            by_pair: HashMap::new(),
            villages: Vec::new(),
            all: Vec::new(),
        };
        for (index, spot) in all.iter().enumerate() {
            for name in std::iter::once(&spot.name).chain(&spot.others) {
                spots.add(index, name, true, &stems);
                let rest = without_place(name, stem);
                if rest.len() < name.len() && rest.chars().count() >= WITHOUT_PLACE_LEAST {
                    spots.add(index, rest, false, &stems);
                }
            }
            if spot.kind == SpotKind::Village {
                spots.villages.push((index, village_stem(&spot.name)));
            }
        }
        spots.all = all;
        spots
    }

    fn add(&mut self, spot: usize, name: &str, listed: bool, stems: &[Vec<char>]) {
        let letters: Vec<char> = name.chars().collect();
        let [first, second, ..] = letters[..] else { return };
        let stem = stems.iter().filter(|stem| letters.starts_with(stem)).map(Vec::len).max();
        let brand = stem.unwrap_or(2).clamp(2, letters.len());
        let index = self.forms.len();
        self.by_start.entry([first, second]).or_default().push(index);
        let sound = if letters.len() >= 4 {
            for pair in letters.windows(2) {
                self.by_pair.entry([pair[0], pair[1]]).or_default().push(index);
            }
            letters.iter().map(|c| sound_of(&c.to_string()).0).collect()
        } else {
            Vec::new()
        };
        self.forms.push(Form { spot, letters, listed, brand, of_village: stem.is_some(), sound });
    }

    /// Every spot that the text names, each once, by its surest mention; a longer name hides the shorter ones in it.
    pub fn find(&self, text: &str) -> Vec<Mention> {
        let letters: Vec<char> = text.chars().collect();
        let mut found: Vec<Mention> = Vec::new();
        let mut at = 0;
        while at + 1 < letters.len() {
            match self.longest(&letters, at) {
                Some(mention) => {
                    at = mention.end;
                    found.push(mention);
                }
                None => at += 1,
            }
        }
        self.find_listed_villages(&letters, &mut found);
        self.find_near(&letters, &mut found);
        let mut once: Vec<Mention> = Vec::new();
        for mention in found {
            match once.iter_mut().find(|known| known.spot == mention.spot) {
                Some(known) if known.by < mention.by => *known = mention,
                Some(_) => {}
                None => once.push(mention),
            }
        }
        once.sort_by_key(|mention| mention.start);
        once
    }

    /// The longest name that begins at `at`; none where two spots fit equally well.
    fn longest(&self, letters: &[char], at: usize) -> Option<Mention> {
        let forms = self.by_start.get(&[letters[at], letters[at + 1]])?;
        // Matched characters, and how much of the name they are in thousandths.
        let mut best: Option<((usize, usize), &Form, bool)> = None;
        let mut tied = false;
        for form in forms.iter().map(|form| &self.forms[*form]) {
            let matched = matched(form, &letters[at..]);
            if !self.is_enough(form, &letters[at..at + matched]) {
                continue;
            }
            let rank = (matched, matched * 1000 / form.letters.len());
            match &best {
                Some((other, known, _)) if *other > rank || (*other == rank && known.spot == form.spot) => {}
                Some((other, ..)) if *other == rank => tied = true,
                _ => {
                    best = Some((rank, form, matched == form.letters.len()));
                    tied = false;
                }
            }
        }
        let ((matched, _), form, whole) = best.filter(|_| !tied)?;
        let by = if whole && form.listed { NamedBy::Name } else { NamedBy::Short };
        let end = at + matched;
        Some(Mention { spot: form.spot, words: letters[at..end].iter().collect(), by, start: at, end })
    }

    fn is_enough(&self, form: &Form, matched: &[char]) -> bool {
        if matched.len() == form.letters.len() {
            return true;
        }
        // A village is called by its whole name: without 村 it may be a road, a school or a market.
        self.all_kind(form) != SpotKind::Village
            && (matched.len() >= form.brand + BEYOND_BRAND || is_brand_and_kind(form, matched))
    }

    fn all_kind(&self, form: &Form) -> SpotKind {
        self.all.get(form.spot).map_or(SpotKind::Other, |spot| spot.kind)
    }

    /// 石砻、茶埂两村, 石砻、茶埂等村: names that share one 村 at the end of the list.
    fn find_listed_villages(&self, letters: &[char], found: &mut Vec<Mention>) {
        for end in 0..letters.len() {
            if letters[end] != '村' {
                continue;
            }
            let mut at = end;
            if at > 0 && matches!(letters[at - 1], '两' | '二' | '三' | '四' | '五' | '等' | '各') {
                at -= 1;
            }
            while at > 0 {
                let stem = self.villages.iter().find(|(_, stem)| letters[..at].ends_with(stem));
                let Some((spot, stem)) = stem else { break };
                let start = at - stem.len();
                if !found.iter().any(|mention| mention.start <= start && start < mention.end) {
                    let words = stem.iter().collect();
                    found.push(Mention { spot: *spot, words, by: NamedBy::Short, start, end: at });
                }
                if start == 0 || !matches!(letters[start - 1], '、' | '和' | '与' | '及') {
                    break;
                }
                at = start - 1;
            }
        }
    }

    /// Names of four characters and more with one other character of the same sound, where nothing else was found.
    fn find_near(&self, letters: &[char], found: &mut Vec<Mention>) {
        let free = |found: &[Mention], start: usize, end: usize| {
            !found.iter().any(|mention| mention.start < end && start < mention.end)
        };
        for at in 0..letters.len().saturating_sub(1) {
            let Some(forms) = self.by_pair.get(&[letters[at], letters[at + 1]]) else { continue };
            for form in forms.iter().map(|form| &self.forms[*form]) {
                // The pair stands somewhere in the name; the other character may be before or after it.
                for offset in 0..form.letters.len() - 1 {
                    if form.letters[offset] != letters[at]
                        || form.letters[offset + 1] != letters[at + 1]
                        || offset > at
                    {
                        continue;
                    }
                    let (start, end) = (at - offset, at - offset + form.letters.len());
                    if end <= letters.len() && free(found, start, end) && is_near(form, &letters[start..end])
                    {
                        let words = letters[start..end].iter().collect();
                        found.push(Mention { spot: form.spot, words, by: NamedBy::Near, start, end });
                    }
                }
            }
        }
    }
}

/// 金梭厂 for 金梭制衣厂: the brand, and what kind of thing it is. After a village's name it could be another one's.
fn is_brand_and_kind(form: &Form, matched: &[char]) -> bool {
    !form.of_village
        && matched.len() == form.brand + 1
        && matched.last() == form.letters.last()
        && matched.last().is_some_and(|last| KINDS.contains(last))
}

/// Characters of the text that follow the name, some of its own left out.
fn matched(form: &Form, text: &[char]) -> usize {
    let mut next = 0;
    let mut count = 0;
    for letter in text {
        // The brand stands whole; what follows may be shortened.
        let within = if count < form.brand {
            next..(next + 1).min(form.letters.len())
        } else {
            next..form.letters.len()
        };
        match form.letters[within.clone()].iter().position(|own| own == letter) {
            Some(found) => {
                next = within.start + found + 1;
                count += 1;
            }
            None => break,
        }
    }
    count
}

fn is_near(form: &Form, text: &[char]) -> bool {
    let mut other = form.letters.iter().zip(text).enumerate().filter(|(_, (own, theirs))| own != theirs);
    match (other.next(), other.next()) {
        (Some((index, (_, theirs))), None) => form
            .sound
            .get(index)
            .is_some_and(|sound| !sound.is_empty() && *sound == sound_of(&theirs.to_string()).0),
        _ => false,
    }
}

fn village_stem(name: &str) -> Vec<char> {
    name.trim_end_matches("社区").trim_end_matches('村').chars().collect()
}

fn without_place<'a>(name: &'a str, stem: &str) -> &'a str {
    let Some(rest) = name.strip_prefix(stem).filter(|_| !stem.is_empty()) else { return name };
    rest.strip_prefix(['镇', '乡', '县', '市', '区']).unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spots() -> Spots {
        let spot = |kind, name: &str, others: &[&str]| Spot {
            kind,
            name: name.into(),
            others: others.iter().map(|other| (*other).to_owned()).collect(),
        };
        Spots::new(
            "澄湾镇",
            vec![
                spot(SpotKind::Firm, "澄湾镇丰源果业专业合作社", &["丰源合作社"]),
                spot(SpotKind::Firm, "橙坪橙业合作社", &[]),
                spot(SpotKind::Village, "橙坪村", &[]),
                spot(SpotKind::Village, "石砻村", &[]),
                spot(SpotKind::Firm, "陈记豆制品加工坊", &[]),
                spot(SpotKind::Firm, "陈记木器厂", &[]),
                spot(SpotKind::Firm, "澄湾宏舫塑编厂", &[]),
                spot(SpotKind::Site, "湾口农贸市场", &[]),
                spot(SpotKind::Firm, "澄湾大酒店", &[]),
            ],
        )
    }

    fn names(text: &str) -> Vec<(String, NamedBy)> {
        let spots = spots();
        spots.find(text).into_iter().map(|found| (spots.all[found.spot].name.clone(), found.by)).collect()
    }

    #[test]
    fn a_firm_is_found_under_its_names_and_shortened() {
        let firm = "澄湾镇丰源果业专业合作社".to_owned();
        for (text, by) in [
            ("到澄湾镇丰源果业专业合作社抽检", NamedBy::Name),
            ("到丰源合作社抽检", NamedBy::Name),
            ("走访丰源果业", NamedBy::Short),
            ("走访丰源果业合作社3次", NamedBy::Short),
        ] {
            assert_eq!(names(text), [(firm.clone(), by)], "{text}");
        }
        assert!(names("全镇丰源广场").is_empty());
    }

    #[test]
    fn a_firm_is_called_by_its_brand_and_what_it_is() {
        assert_eq!(names("周三到宏舫厂检查消防"), [("澄湾宏舫塑编厂".to_owned(), NamedBy::Short)]);
        assert_eq!(names("到陈记厂看看"), [("陈记木器厂".to_owned(), NamedBy::Short)]);
        assert!(names("到橙坪社开会").is_empty(), "after a village's name it may be another one");
    }

    #[test]
    fn a_village_in_the_name_of_a_firm_is_not_visited() {
        assert_eq!(names("到橙坪橙业合作社指导"), [("橙坪橙业合作社".to_owned(), NamedBy::Name)]);
        assert_eq!(names("到橙坪村指导"), [("橙坪村".to_owned(), NamedBy::Name)]);
        assert!(names("清扫橙坪路").is_empty());
    }

    #[test]
    fn firms_of_the_same_surname_stay_apart() {
        assert_eq!(names("检查陈记豆制品作坊"), [("陈记豆制品加工坊".to_owned(), NamedBy::Short)]);
        assert_eq!(names("检查陈记木器厂"), [("陈记木器厂".to_owned(), NamedBy::Name)]);
        assert!(names("检查陈记").is_empty());
    }

    #[test]
    fn one_wrong_character_of_the_same_sound_is_understood() {
        assert_eq!(names("检查宏仿塑编厂"), [("澄湾宏舫塑编厂".to_owned(), NamedBy::Near)]);
        assert!(names("检查宏大塑编厂").is_empty());
    }

    #[test]
    fn villages_that_share_one_word_are_found_and_short_sites_are() {
        let found = names("到石砻、橙坪两村宣传");
        assert_eq!(found.len(), 2);
        assert_eq!(names("湾口市场消防检查"), [("湾口农贸市场".to_owned(), NamedBy::Short)]);
        assert!(names("检查大酒店").is_empty(), "which one?");
    }
}
