//! What a plan goes to a place for, and whether it goes there at all.

use super::day::without_days;
use super::name::{Mention, Spots};
use crate::table::{Words, rows};
use shiji_domain::spot::SpotKind;
use std::sync::LazyLock;

static MATTERS: LazyLock<Words<&'static str>> = LazyLock::new(|| {
    let table = rows(include_str!("../../data/visit_matters.tsv"));
    Words::new(table.flat_map(|(matter, words)| words.map(move |word| (word, matter)).collect::<Vec<_>>()))
});

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Near,
    Going,
    Paper,
    Afar,
    Meeting,
    Beside,
}

static WAYS: LazyLock<Words<Way>> = LazyLock::new(|| {
    let table = rows(include_str!("../../data/visit_words.tsv"));
    Words::new(table.flat_map(|(class, words)| {
        let way = match class {
            "near" => Way::Near,
            "going" => Way::Going,
            "paper" => Way::Paper,
            "afar" => Way::Afar,
            "beside" => Way::Beside,
            _ => Way::Meeting,
        };
        words.map(move |word| (word, way)).collect::<Vec<_>>()
    }))
});

/// The matters of a text with the word for each; words inside names of spots do not count.
pub fn matters(text: &str, mentions: &[Mention]) -> Vec<(&'static str, &'static str)> {
    let mut found: Vec<(&str, &str)> = Vec::new();
    for (position, (byte, _)) in text.char_indices().enumerate() {
        if mentions.iter().any(|mention| mention.start <= position && position < mention.end) {
            continue;
        }
        if let Some((word, matter)) = MATTERS.longest(&text[byte..])
            && !found.iter().any(|(known, _)| *known == matter)
        {
            found.push((matter, word));
        }
    }
    found
}

/// Characters between a word such as 到 and the name.
const NEAR_MOST: usize = 4;

/// The plan goes where `mention` says: it says so, and is not only about papers or a meeting.
pub fn goes_there(text: &str, mention: &Mention, spots: &Spots) -> bool {
    let mut near = false;
    let (mut going, mut paper, mut afar) = (false, false, false);
    for (position, (byte, _)) in text.char_indices().enumerate() {
        if mention.start <= position && position < mention.end {
            continue;
        }
        for (word, way) in WAYS.starting(&text[byte..]) {
            let end = position + word.chars().count();
            match way {
                Way::Near => near |= end <= mention.start && mention.start - end <= NEAR_MOST,
                Way::Going => going = true,
                Way::Paper => paper = true,
                Way::Afar => afar = true,
                Way::Meeting => return false,
                Way::Beside if position == mention.end => return false,
                Way::Beside => {}
            }
        }
    }
    if near || going && !afar {
        return true;
    }
    // What is done in a village is done there; at a firm or a site somebody goes, or builds, or writes.
    !paper && !afar && spots.all.get(mention.spot).is_some_and(|spot| spot.kind == SpotKind::Village)
}

/// What two texts share word for word: at least four characters, names of spots and words for days left out.
pub fn shared_words(one: &str, other: &str, names: &[&str]) -> Option<String> {
    const LEAST: usize = 4;
    // A mark in the place of a name keeps its last characters from being shared with what follows.
    let one = names
        .iter()
        .filter(|name| !name.is_empty())
        .fold(without_days(one), |text, name| text.replace(name, "，"));
    let letters: Vec<char> = one.chars().collect();
    let mut best = String::new();
    for start in 0..letters.len() {
        let mut end = start + LEAST.max(best.chars().count() + 1);
        while end <= letters.len() {
            let words: String = letters[start..end].iter().collect();
            let is_plain = words.chars().all(|c| c.is_alphanumeric() && !c.is_ascii_digit());
            if !is_plain || !other.contains(&words) {
                break;
            }
            best = words;
            end += 1;
        }
    }
    (!best.is_empty()).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::super::name::Spot;
    use super::*;

    fn goes(text: &str) -> bool {
        let all = vec![
            Spot { kind: SpotKind::Firm, name: "金梭制衣厂".into(), others: vec![] },
            Spot { kind: SpotKind::Village, name: "湾口村".into(), others: vec![] },
        ];
        let spots = Spots::new("澄湾镇", all);
        let found = spots.find(text);
        goes_there(text, &found[0], &spots)
    }

    #[test]
    fn who_writes_or_telephones_does_not_go_there() {
        assert!(goes("检查金梭制衣厂消防"));
        assert!(goes("到金梭制衣厂登记招工需求"));
        assert!(!goes("电话催报金梭制衣厂产值"));
        assert!(!goes("整理金梭制衣厂贴息材料"));
    }

    #[test]
    fn a_meeting_is_no_visit_and_a_junction_is_no_firm() {
        assert!(!goes("召开座谈会，湾口村代表参加"));
        assert!(!goes("清理公路边沟，重点是金梭制衣厂路口"));
    }

    /// Of the lines before or after the mark: how many are counted, how many of them rightly, and how many went.
    fn counted(held_out: bool) -> (usize, usize, usize) {
        let file = include_str!("../../data/visits.tsv");
        let (tuned, held) = file.split_once("# held-out\n").unwrap();
        let kind = |kind: &str| SpotKind::from_code(kind).unwrap();
        let all = file.lines().filter_map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
            ["spot", code, name] => Some(Spot { kind: kind(code), name: name.into(), others: vec![] }),
            _ => None,
        });
        let spots = Spots::new("澄湾镇", all.collect());
        let (mut counted, mut right, mut went) = (0, 0, 0);
        for line in if held_out { held } else { tuned }.lines() {
            let [said, _, text] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
            let (is_counted, truly) = (!spots.visited(text).is_empty(), said == "went");
            if said == "went" || said == "stayed" {
                counted += usize::from(is_counted);
                right += usize::from(is_counted && truly);
                went += usize::from(truly);
            }
        }
        (counted, right, went)
    }

    #[test]
    fn work_that_only_speaks_of_a_place_is_seldom_counted_as_a_visit() {
        let (counted_here, right, went) = counted(false);
        assert!(right == went && counted_here <= right + 1, "{counted_here} {right} {went}");
        let (counted_here, right, went) = counted(true);
        assert!(right + 2 >= went && counted_here <= right + 5, "{counted_here} {right} {went}");
    }

    #[test]
    fn a_matter_is_told_by_its_words() {
        assert_eq!(matters("到湾口村核查低保6户", &[]), [("困难群众走访", "低保")]);
        assert!(matters("到湾口村放电影", &[]).is_empty());
    }

    #[test]
    fn words_that_two_plans_share_are_named() {
        assert_eq!(shared_words("清理枯死松树40株", "协助清理枯死松树", &[]), Some("清理枯死松树".into()));
        assert_eq!(shared_words("到湾口村查看苗情", "到湾口村查看管网", &["湾口村"]), None);
        let when = ["周三前到湾口村走访帮扶户6户", "周三前到湾口村看村民建房"];
        assert_eq!(shared_words(when[0], when[1], &["湾口村"]), None, "the same day is no subject");
        let day = ["11月19日上午之前清理枯死松树", "11月19日上午之前清理枯死松枝"];
        assert_eq!(shared_words(day[0], day[1], &[]), Some("清理枯死松".into()));
    }
}
