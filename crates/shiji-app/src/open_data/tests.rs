//! Pages, people and dumps of a small town, on each engine.

use super::*;
use crate::desk::{AnswerPlan, answer_plan, capture_items, desk_page, file_report};
use crate::log::{RedactItem, redact_item, sequence};
use crate::meeting::{close_meeting, meeting_page, open_meeting};
use crate::publish::{CorrectItem, correct_item};
use crate::testing::Town;
use shiji_domain::id::ItemId;
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::redaction::RedactionReason;
use shiji_record::log::policy::Policy;
use shiji_store::open_data::ItemPosition;
use std::io::Read as _;
use std::sync::Arc;
use tokio::io::AsyncReadExt as _;

const ALL: ItemFilter = ItemFilter { issues: IssueRange::ALL, person: None, unit: None, kind: None };

async fn capture(town: &Town, name: &str, kind: ItemKind, words: &str) {
    let act = town.act(name).await;
    capture_items(&town.app, &act, act.person(), kind, words, None).await.unwrap();
}

/// The open week, with a report of each of these people.
async fn publish(town: &Town, names: &[&str]) {
    for name in names {
        let act = town.act(name).await;
        file_report(&town.app, &act, act.person()).await.unwrap();
    }
    let chair = town.act("书记").await;
    open_meeting(&town.app, &chair).await.unwrap();
    let meeting = meeting_page(&town.app, &chair).await.unwrap().meeting.unwrap();
    close_meeting(&town.app, &chair, meeting.meeting_id).await.unwrap();
}

/// Two issues: 水务 promises and keeps, 民政 promises and does not answer.
async fn two_issues(town: &Town) {
    for number in 1..=4 {
        capture(town, "水务", ItemKind::Work, &format!("检修东湾村第{number}号水表井，换阀门2只")).await;
    }
    capture(town, "水务", ItemKind::Plan, "检修西湾泵站，换轴承2只").await;
    capture(town, "民政", ItemKind::Work, "=1+1 走访东湾村低保对象3户").await;
    capture(town, "民政", ItemKind::Plan, "走访西湾村低保对象5户").await;
    publish(town, &["水务", "民政"]).await;
    town.pass_days(7);
    let act = town.act("水务").await;
    let promised = desk_page(&town.app, &act, act.person()).await.unwrap().promises;
    let answer = AnswerPlan {
        owner: act.person(),
        plan_item: promised[0].item.item_id,
        outcome: Some(Outcome::Done),
        difficulty: None,
        reason: None,
    };
    answer_plan(&town.app, &act, answer).await.unwrap();
    publish(town, &["水务"]).await;
}

async fn all_items(town: &Town, filter: ItemFilter, limit: usize) -> Vec<document::Item> {
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let page = items(&town.app, &town.place, filter.clone(), None, after, limit).await.unwrap();
        assert!(page.data.len() <= limit);
        found.extend(page.data);
        match page.next {
            None => return found,
            Some(next) => after = Some(ItemPosition::from_text(&next).unwrap()),
        }
    }
}

async fn the_item(town: &Town, start: &str) -> document::Item {
    let found = all_items(town, ALL, 100).await;
    found.into_iter().find(|item| item.text.as_ref().is_some_and(|text| text.contains(start))).unwrap()
}

/// The files of the year's dump by name, and its digest.
pub(super) async fn dump_of(town: &Town, year: i16) -> (std::collections::BTreeMap<String, String>, String) {
    let mut found = dump(&town.app, &town.place, year).await.unwrap();
    let mut bytes = Vec::new();
    found.file.read_to_end(&mut bytes).await.unwrap();
    assert_eq!(bytes.len() as u64, found.bytes);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut files = std::collections::BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        files.insert(file.name().unwrap().to_string(), text);
    }
    (files, found.digest)
}

#[tokio::test]
async fn every_item_comes_once_however_short_the_pages_are() {
    for town in Town::each().await {
        two_issues(&town).await;
        let whole = all_items(&town, ALL, 500).await;
        assert_eq!(whole.len(), 8);
        assert_eq!(whole[0].issue, 2);
        for limit in [1, 3] {
            assert_eq!(all_items(&town, ALL, limit).await, whole);
        }
        let of_person = ItemFilter { person: Some(town.person("民政")), ..ALL };
        assert_eq!(all_items(&town, of_person.clone(), 1).await.len(), 2);
        let unit = shiji_domain::id::OrganizationId(
            directory(&town.app, &town.place)
                .await
                .unwrap()
                .persons
                .iter()
                .find(|person| person.id == town.person("民政").0)
                .unwrap()
                .organization_id,
        );
        let of_unit = ItemFilter { unit: Some(unit), kind: Some(ItemKind::Plan), ..ALL };
        let planned = all_items(&town, of_unit, 1).await;
        assert_eq!(planned.len(), 1);
        assert!(planned[0].unanswered);
        let both = ItemFilter { unit: Some(unit), person: Some(town.person("水务")), ..ALL };
        assert_eq!(all_items(&town, both, 5).await, []);
        let kept = ItemFilter { person: Some(town.person("水务")), kind: Some(ItemKind::Plan), ..ALL };
        assert_eq!(all_items(&town, kept, 5).await[0].answer.as_ref().unwrap().outcome, "done");
        let second = ItemFilter { issues: IssueRange::one(2), ..ALL };
        assert!(all_items(&town, second, 5).await.iter().all(|item| item.issue == 2));
    }
}

#[tokio::test]
async fn an_issue_published_between_two_pages_moves_nothing() {
    for town in Town::each().await {
        capture(&town, "水务", ItemKind::Work, "更换东湾村水表83只，试水全部正常\n疏通西湾村水渠260米").await;
        publish(&town, &["水务"]).await;
        let first = items(&town.app, &town.place, ALL, None, None, 1).await.unwrap();
        town.pass_days(7);
        capture(&town, "水务", ItemKind::Work, "给西湾泵站加装围栏40米").await;
        publish(&town, &["水务"]).await;
        let after = first.next.as_deref().and_then(ItemPosition::from_text);
        let second = items(&town.app, &town.place, ALL, None, after, 1).await.unwrap();
        assert_eq!((second.data[0].issue, second.next), (1, None));
        assert_ne!(second.data[0].id, first.data[0].id);
        let day = first.data[0].published_on;
        let later = day.checked_add(jiff::Span::new().days(1)).unwrap();
        let new = items(&town.app, &town.place, ALL, Some(later), None, 10).await.unwrap();
        assert_eq!(new.data.len(), 1, "only what was published since");
        assert_eq!(issues(&town.app, &town.place, Some(later), None, 10).await.unwrap().data.len(), 1);
    }
}

#[tokio::test]
async fn answers_and_corrections_are_read_in_pages_too() {
    for town in Town::each().await {
        two_issues(&town).await;
        let filter = AnswerFilter { issues: IssueRange::ALL, person: None, outcome: Some(Outcome::Done) };
        let found = answers(&town.app, &town.place, filter.clone(), None, None, 10).await.unwrap();
        assert_eq!((found.data.len(), found.data[0].issue), (1, 2));
        let other = AnswerFilter { person: Some(town.person("民政")), ..filter };
        assert_eq!(answers(&town.app, &town.place, other, None, None, 10).await.unwrap().data, []);
        for number in 1..=2 {
            let item = ItemId(the_item(&town, &format!("第{number}号")).await.id);
            let text = format!("检修东湾村第{number}号水表井，换阀门3只");
            let new = CorrectItem { item, text, reason: "数错了".into() };
            correct_item(&town.app, &town.act("党政办").await, new).await.unwrap();
        }
        let first = corrections(&town.app, &town.place, None, None, 1).await.unwrap();
        let after = first.next.as_deref().and_then(Cursor::from_text);
        let second = corrections(&town.app, &town.place, None, after, 1).await.unwrap();
        assert_eq!((second.data.len(), second.next), (1, None));
        assert_ne!(first.data[0].item, second.data[0].item);
        let corrected = the_item(&town, "第1号").await;
        assert_eq!((corrected.revision, corrected.earlier.len()), (2, 1));
        assert!(corrected.earlier[0].text.as_ref().unwrap().contains("阀门2只"));
    }
}

#[tokio::test]
async fn people_and_bodies_come_as_popolo_without_anything_private() {
    for town in Town::each().await {
        two_issues(&town).await;
        let directory = directory(&town.app, &town.place).await.unwrap();
        assert_eq!(directory.persons.len(), 7, "everybody with a duty to file");
        assert_eq!(directory.organizations.len(), 6);
        assert_eq!((directory.posts.len(), directory.memberships.len()), (7, 7));
        let person = directory.person(town.person("水务").0).unwrap();
        assert_eq!(person.memberships[0].start_date, Some(jiff::civil::date(2025, 1, 1)));
        assert_eq!((person.person.first_issue, person.person.last_issue), (1, 2));
        assert_eq!(person.person.supervisor.as_deref(), Some("镇长"));
        let body = directory.organization(person.person.organization_id).unwrap();
        assert_eq!((body.organization.name.as_str(), body.posts.len()), ("水务所", 1));
        let mut seen = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let page = popolo::page(&directory.persons, |_| true, after.as_deref(), 3);
            seen.extend(page.data);
            let Some(next) = page.next else { break };
            after = Cursor::from_text(&next);
        }
        assert_eq!(seen, directory.persons);
        let text = serde_json::to_string(&directory.persons).unwrap();
        assert!(!text.contains("person3") && !text.contains("mobile"), "{text}");
    }
}

#[tokio::test]
async fn what_is_taken_away_is_gone_from_items_tables_and_dumps_at_once() {
    for town in Town::each().await {
        two_issues(&town).await;
        let (files, _) = dump_of(&town, 2026).await;
        assert!(files["items.jsonl"].contains("低保对象3户") && files["items.csv"].contains("低保对象3户"));
        let item = ItemId(the_item(&town, "低保对象3户").await.id);
        let wanted = RedactItem { item, reason: RedactionReason::PersonalData };
        redact_item(&town.app, &town.act("党政办").await, wanted).await.unwrap();
        let folder = town.app.evidence.root().with_file_name("dumps");
        let left = std::fs::read_dir(folder.join(town.place.place_id.to_string()));
        assert!(left.is_err(), "no copy of the words is left on the disk");

        let redacted = super::item(&town.app, &town.place, item).await.unwrap();
        assert_eq!((redacted.text, redacted.withheld.contains(&"text".to_owned())), (None, true));
        let whole = issue::whole_issue(&town.app, &town.place, 1).await.unwrap();
        assert!(!serde_json::to_string(&whole).unwrap().contains("低保对象3户"));
        assert!(!String::from_utf8(issue_table(&whole)).unwrap().contains("低保对象3户"));
        let (files, _) = dump_of(&town, 2026).await;
        for (name, text) in &files {
            assert!(!text.contains("低保对象3户"), "{name}");
        }
        assert!(files["redactions.csv"].contains("personal_data"));
        let listed = redactions(&town.app, &town.place, None, None, 10).await.unwrap();
        assert_eq!((listed.data.len(), listed.data[0].subject), (1, item.0));
    }
}

#[tokio::test]
async fn a_dump_is_whole_and_made_once_until_something_changes() {
    for mut town in Town::each().await {
        let folder = tempfile::tempdir().unwrap();
        town.app.log = Some(Arc::new(town.log(folder.path(), Policy::none()).await));
        two_issues(&town).await;
        let log = town.app.log.clone().unwrap();
        sequence(&town.app, &log).await.unwrap();

        let years = years(&town.app, &town.place).await.unwrap();
        assert_eq!((years.len(), years[0].year, years[0].issues), (1, 2026, 2));
        let (files, digest) = dump_of(&town, 2026).await;
        for table in [
            "issues",
            "roster",
            "items",
            "answers",
            "absences",
            "redactions",
            "questions",
            "persons",
            "organizations",
            "posts",
            "memberships",
        ] {
            assert!(files.contains_key(&format!("{table}.jsonl")), "{table}");
            assert!(files[&format!("{table}.csv")].starts_with('\u{feff}'), "{table}");
        }
        assert_eq!(files["items.jsonl"].lines().count(), 8);
        assert_eq!(files["roster.jsonl"].lines().count(), 14);
        assert_eq!(files["absences.jsonl"].lines().count(), 11);
        assert!(files["items.csv"].contains(",'=1+1 走访"), "a formula is words");
        assert!(files["items.jsonl"].contains("\"=1+1 走访") && files["items.jsonl"].contains("log_index"));
        assert!(files["README.md"].contains(licence::CODE) && !files["README.md"].contains('{'));
        assert!(files["checkpoint.txt"].starts_with(log.origin()));
        assert_eq!(dump_of(&town, 2026).await.1, digest, "made once");

        let item = ItemId(the_item(&town, "第1号").await.id);
        let new =
            CorrectItem {
                item, text: "检修东湾村第1号水表井，换阀门6只".into(), reason: "数错了".into()
            };
        correct_item(&town.app, &town.act("党政办").await, new).await.unwrap();
        let (files, corrected) = dump_of(&town, 2026).await;
        assert_ne!(corrected, digest);
        assert!(files["items.csv"].contains("换阀门6只") && files["earlier.csv"].contains("换阀门2只"));
        let dumps = town.app.evidence.root().with_file_name("dumps").join(town.place.place_id.to_string());
        assert_eq!(std::fs::read_dir(dumps).unwrap().count(), 1, "the older file is gone");
        assert!(dump(&town.app, &town.place, 1999).await.is_err());
        assert!(super::item(&town.app, &town.place, item).await.unwrap().log_index.is_none());
        sequence(&town.app, &log).await.unwrap();
        assert!(super::item(&town.app, &town.place, item).await.unwrap().log_index.is_some());
    }
}
