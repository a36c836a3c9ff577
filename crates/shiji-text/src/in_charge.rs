//! Who is in charge of what a resident asks about: compares the words with names, duties, posts, units and recent work.
//! It says why; whom to ask, the resident decides.

use crate::concern::{Recognised, recognise, sound_of, without_asking};
use crate::gram::{contains, grams, runs};
use std::collections::HashSet;

/// An official as the public knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Official<Id> {
    pub id: Id,
    pub name: String,
    pub unit: String,
    pub posts: Vec<String>,
    pub duties: Vec<String>,
    /// Leads others who do the work.
    pub leads: bool,
    /// Is in charge of one village and there of nearly everything.
    pub village: bool,
    /// Items of the last weeks.
    pub recent: Vec<String>,
}

/// Why an official was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    Name,
    /// A duty in its own words.
    Duty(String),
    Post(String),
    Unit(String),
    /// So many items of the last weeks are about it.
    Work(usize),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<Id> {
    pub id: Id,
    /// The strongest first.
    pub why: Vec<Why>,
    score: u32,
}

/// What was understood, and who it leads to.
#[derive(Debug, Clone)]
pub struct Answer<Id> {
    /// Names of the matters that the words are about.
    pub concerns: Vec<&'static str>,
    /// Words to look for in items.
    pub words: Vec<String>,
    pub officials: Vec<Found<Id>>,
}

const NAME: u32 = 400;
const NAME_SOUND: u32 = 200;
/// A post that was asked for by its title.
const TITLE: u32 = 200;
const VILLAGE: u32 = 120;
/// A duty outweighs a post, a post a unit; recent work decides between equals.
const DUTY: u32 = 100;
const POST: u32 = 60;
const UNIT: u32 = 50;
const WORK: u32 = 4;
const WORK_MOST: usize = 8;
/// Words shared with a duty that no list knows.
const SHARED: u32 = 80;
/// The doer comes before the one who leads; a village's secretary after the office.
const LEADS_LESS: u32 = 45;
const VILLAGE_LESS: u32 = 30;
/// Below it, too little speaks for an official.
const LEAST: u32 = 40;
/// Matters after the first count less: a third of the weight each.
const CONCERNS_MOST: usize = 3;

/// Officials for a resident's words, the likeliest first.
pub fn in_charge<Id: Copy>(query: &str, officials: &[Official<Id>]) -> Answer<Id> {
    let recognised = recognise(query);
    let recognised = &recognised[..recognised.len().min(CONCERNS_MOST)];
    let rest = without_asking(query);
    let latin = typed_in_latin(query);
    let mut found: Vec<Found<Id>> = officials
        .iter()
        .filter_map(|official| {
            let mut case = Case { official, score: 0, why: Vec::new() };
            case.weigh_name(query, &rest);
            case.weigh_title(&rest);
            if let Some(typed) = &latin {
                case.weigh_sound(typed);
            }
            for (order, one) in recognised.iter().enumerate() {
                case.weigh_concern(one, order);
            }
            case.weigh_shared(&rest);
            case.weigh_place(query);
            case.decide()
        })
        .collect();
    found.sort_by_key(|one| std::cmp::Reverse(one.score));
    Answer {
        concerns: recognised.iter().map(|one| one.concern.name).collect(),
        words: words(recognised, &rest),
        officials: found,
    }
}

/// What to look for in items: the resident's own words, and the names of the matter.
fn words(recognised: &[Recognised], rest: &[String]) -> Vec<String> {
    let mut words: Vec<String> = rest.iter().filter(|word| word.chars().count() >= 2).cloned().collect();
    for one in recognised.iter().take(1) {
        words.push(one.word.clone());
        words.extend(one.concern.signs.iter().take(2).map(|sign| (*sign).to_owned()));
    }
    let mut known = HashSet::new();
    words.retain(|word| word.chars().count() >= 2 && known.insert(word.clone()));
    words
}

/// Signs between several titles or duties.
const PARTS: [char; 9] = ['、', '，', ',', '/', '（', '）', '(', ')', ' '];

/// What was typed in Latin letters only, in one ("zhang weiguo").
fn typed_in_latin(query: &str) -> Option<String> {
    let whole = runs(query).concat();
    (whole.len() >= 2 && whole.chars().all(|letter| letter.is_ascii_alphabetic())).then_some(whole)
}

/// The initials of the text's pinyin, or its beginning from four letters on.
fn is_sound_of(typed: &str, text: &str) -> bool {
    let (sound, initials) = sound_of(text);
    initials == typed || typed.len() >= 4 && sound.starts_with(typed)
}

struct Case<'a, Id> {
    official: &'a Official<Id>,
    score: u32,
    why: Vec<(u32, Why)>,
}

impl<Id: Copy> Case<'_, Id> {
    fn add(&mut self, score: u32, why: Why) {
        self.score += score;
        if !self.why.iter().any(|(_, known)| *known == why) {
            self.why.push((score, why));
        }
    }

    fn weigh_name(&mut self, query: &str, rest: &[String]) {
        let name = &self.official.name;
        if contains(query, name) {
            return self.add(NAME, Why::Name);
        }
        let [typed] = rest else { return };
        if typed.chars().count() >= 2 && name.starts_with(typed.as_str()) {
            return self.add(NAME_SOUND, Why::Name);
        }
        if typed.chars().count() == name.chars().count() && sound_of(typed).0 == sound_of(name).0 {
            self.add(NAME_SOUND, Why::Name);
        }
    }

    /// A name, a title, a unit or a duty that was typed in pinyin.
    fn weigh_sound(&mut self, typed: &str) {
        let official = self.official;
        if is_sound_of(typed, &official.name) {
            self.add(NAME_SOUND, Why::Name);
        }
        let made_up_for = if official.leads { LEADS_LESS } else { 0 };
        let parts = |text: &String| text.split(PARTS).any(|part| is_sound_of(typed, part));
        if let Some(post) = official.posts.iter().find(|post| parts(post)) {
            self.add(TITLE + made_up_for, Why::Post(post.clone()));
        }
        if let Some(duty) = official.duties.iter().find(|duty| parts(duty)) {
            self.add(SHARED, Why::Duty(duty.clone()));
        }
        if is_sound_of(typed, &official.unit) {
            self.add(SHARED, Why::Unit(official.unit.clone()));
        }
    }

    /// 镇长 asks for whoever holds the post, alone or beside another: 副镇长 is another one.
    fn weigh_title(&mut self, rest: &[String]) {
        let official = self.official;
        let asked_for = |post: &&String| {
            let titles = post.split(PARTS);
            titles.filter(|title| !title.is_empty()).any(|title| rest.iter().any(|word| word == title))
        };
        if let Some(post) = official.posts.iter().find(asked_for) {
            let made_up_for = if official.leads { LEADS_LESS } else { 0 };
            self.add(TITLE + made_up_for, Why::Post(post.clone()));
        }
    }

    fn weigh_concern(&mut self, one: &Recognised, order: usize) {
        let share = |weight: u32| if order == 0 { weight } else { weight / 3 };
        let signs = &one.concern.signs;
        // The first signs of a matter are its own, the last ones those of the office that it belongs to.
        let near = |text: &str| {
            let at = signs.iter().position(|sign| contains(text, sign))?;
            Some(20 * (signs.len() - at) as u32 / signs.len() as u32)
        };
        let official = self.official;
        let duty = official.duties.iter().filter_map(|duty| Some((near(duty)?, duty))).max();
        if let Some((bonus, duty)) = duty {
            let own = if contains(duty, &one.word) { 20 } else { 0 };
            self.add(share(DUTY + bonus + own), Why::Duty(duty.clone()));
        }
        if let Some((bonus, post)) = official.posts.iter().filter_map(|post| Some((near(post)?, post))).max()
        {
            self.add(share(POST + bonus), Why::Post(post.clone()));
        }
        if let Some(bonus) = near(&official.unit) {
            self.add(share(UNIT + bonus), Why::Unit(official.unit.clone()));
        }
        let is_about = |item: &&String| {
            contains(item, &one.word) || signs.iter().take(2).any(|sign| contains(item, sign))
        };
        let work = official.recent.iter().filter(is_about).count();
        if work > 0 {
            self.add(share(WORK * work.min(WORK_MOST) as u32), Why::Work(work));
        }
    }

    /// Words that no list knows may still stand in a duty, a post or a unit's name.
    fn weigh_shared(&mut self, rest: &[String]) {
        for part in rest {
            let asked: HashSet<String> =
                grams(part).into_iter().filter(|gram| gram.chars().count() == 2).collect();
            if asked.is_empty() {
                continue;
            }
            let share = |text: &str| {
                let own: HashSet<String> = grams(text).into_iter().collect();
                let both = asked.intersection(&own).count() as u32;
                // Short names are covered by few pairs: the smaller side counts.
                let least = asked.len().min(own.len()).max(1) as u32;
                if both * 2 >= least { SHARED * both / least } else { 0 }
            };
            let official = self.official;
            let best = official
                .duties
                .iter()
                .map(|duty| (share(duty), Why::Duty(duty.clone())))
                .chain(official.posts.iter().map(|post| (share(post), Why::Post(post.clone()))))
                .chain([(share(&official.unit), Why::Unit(official.unit.clone()))])
                .max_by_key(|(score, _)| *score);
            if let Some((score, why)) = best
                && score > 0
            {
                self.add(score, why);
            }
        }
    }

    fn weigh_place(&mut self, query: &str) {
        if self.official.village && runs(&self.official.unit).iter().any(|unit| contains(query, unit)) {
            self.add(VILLAGE, Why::Unit(self.official.unit.clone()));
        }
    }

    fn decide(mut self) -> Option<Found<Id>> {
        let by_name = self.why.iter().any(|(_, why)| *why == Why::Name);
        if self.official.leads && !by_name {
            self.score = self.score.saturating_sub(LEADS_LESS);
        }
        if self.official.village && !by_name {
            self.score = self.score.saturating_sub(VILLAGE_LESS);
        }
        if self.score < LEAST {
            return None;
        }
        self.why.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        let why = self.why.into_iter().map(|(_, why)| why).collect();
        Some(Found { id: self.official.id, why, score: self.score })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn official(id: u32, name: &str, unit: &str, post: &str, duties: &[&str]) -> Official<u32> {
        Official {
            id,
            name: name.into(),
            unit: unit.into(),
            posts: vec![post.into()],
            duties: duties.iter().map(|duty| (*duty).to_owned()).collect(),
            leads: unit == "领导",
            village: unit.ends_with('村'),
            recent: vec![],
        }
    }

    fn town() -> Vec<Official<u32>> {
        vec![
            official(1, "周立", "领导", "副镇长", &["民政救助", "医保社保"]),
            official(2, "陈秀兰", "民政办", "民政办主任", &["低保、临时救助", "高龄津贴"]),
            official(3, "何川", "水务所", "水务所所长", &[]),
            official(4, "江小满", "石桥村", "村党总支书记", &["村级事务"]),
            official(5, "吴起", "财政所", "财政所所长", &["晒坝租用登记"]),
        ]
    }

    fn ids(query: &str) -> Vec<u32> {
        in_charge(query, &town()).officials.iter().map(|found| found.id).collect()
    }

    #[test]
    fn the_doer_comes_before_the_leader_and_it_is_said_why() {
        let answer = in_charge("老人高龄补贴怎么办", &town());
        assert_eq!(answer.concerns[0], "高龄津贴");
        assert_eq!(answer.officials[0].id, 2);
        assert_eq!(answer.officials[0].why[0], Why::Duty("高龄津贴".into()));
        assert_eq!(ids("低保"), [2, 1]);
    }

    #[test]
    fn an_office_without_listed_duties_is_found_by_its_name() {
        assert_eq!(ids("家里没水了"), [3]);
    }

    #[test]
    fn people_are_found_by_name_part_of_it_sound_and_initials() {
        assert_eq!(ids("陈秀兰"), [2]);
        assert_eq!(ids("陈秀"), [2]);
        assert_eq!(ids("chenxiulan"), [2]);
        assert_eq!(ids("cxl"), [2]);
        assert_eq!(ids("陈秀蓝"), [2], "another character of the same sound");
    }

    #[test]
    fn a_duty_that_no_list_knows_is_found_by_its_own_words() {
        assert_eq!(ids("晒坝怎么租"), [5]);
    }

    #[test]
    fn who_does_the_work_comes_before_who_only_holds_the_post() {
        let mut town = vec![
            official(1, "甲", "农业办", "农业办主任", &["贷款贴息"]),
            official(2, "乙", "企业办", "企业办主任", &["贷款贴息"]),
        ];
        town[1].recent = vec!["为3户办理创业贷款".into(), "催收创业贷款2笔".into()];
        let answer = in_charge("想贷款", &town);
        assert_eq!(answer.officials[0].id, 2);
        assert!(answer.officials[0].why.contains(&Why::Work(2)));
    }

    #[test]
    fn a_post_is_found_by_its_title_and_not_by_part_of_it() {
        let town = [
            official(1, "周立", "领导", "党委副书记、镇长", &[]),
            official(2, "林青", "领导", "副镇长", &["民政救助"]),
            official(3, "何川", "水务所", "水务所所长", &[]),
        ];
        let found = in_charge("镇长是谁", &town).officials;
        assert_eq!((found[0].id, &found[0].why[0]), (1, &Why::Post("党委副书记、镇长".into())));
        assert_eq!(in_charge("副镇长", &town).officials[0].id, 2);
        assert_eq!(in_charge("水务所所长", &town).officials[0].id, 3);
    }

    #[test]
    fn names_titles_units_and_duties_are_found_in_pinyin() {
        let town = [
            official(1, "周立", "领导", "党委副书记、镇长", &[]),
            official(2, "张伟国", "领导", "副镇长", &["民政救助"]),
            official(3, "何川", "水务所", "水务所所长", &["晒坝租用登记、河道采砂"]),
            official(4, "林青", "保洁队", "保洁队队长", &["垃圾清运"]),
        ];
        let first = |typed: &str| in_charge(typed, &town).officials.first().map(|found| found.id);
        for (typed, id) in [
            ("zhenzhang", 1),
            ("zz", 1),
            ("fuzhenzhang", 2),
            ("zhang weiguo", 2),
            ("ZWG", 2),
            ("shuiwusuo", 3),
            ("hdcs", 3),
            ("hedaocaisha", 3),
            ("dlj", 4),
            ("laji", 4),
        ] {
            assert_eq!(first(typed), Some(id), "{typed}");
        }
        assert_eq!(first("xyz"), None);
    }

    #[test]
    fn a_village_leads_to_its_secretary() {
        assert_eq!(ids("石桥村谁负责"), [4]);
    }

    #[test]
    fn nobody_is_named_for_words_about_nothing() {
        assert!(ids("今天天气真好").is_empty());
        assert!(ids("怎么办").is_empty());
        assert!(ids("").is_empty());
    }
}
