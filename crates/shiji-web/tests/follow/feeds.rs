//! Feeds and calendars, as readers' programs take them.

use crate::published_town::PublishedTown;
use crate::town::FollowedTown;
use axum::http::{StatusCode, header};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeSet;

/// Element, text; in the order of the document.
fn elements(text: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(text);
    let (mut open, mut words, mut found): (Vec<String>, String, Vec<(String, String)>) =
        (Vec::new(), String::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                open.push(start.name().as_ref().to_owned());
                words.clear();
            }
            Event::Text(text) => words.push_str(&text),
            Event::GeneralRef(name) => {
                let name = name.to_string();
                let code = name.trim_start_matches('#').parse().ok().and_then(char::from_u32);
                words.push(code.unwrap_or(match name.as_str() {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    _ => '"',
                }));
            }
            Event::End(_) => found.push((open.pop().unwrap(), words.clone())),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    found
}

fn texts<'a>(elements: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    elements.iter().filter(|(element, _)| element == name).map(|(_, text)| text.as_str()).collect()
}

async fn unit_of(town: &PublishedTown, name: &str) -> String {
    let content = town.issue(1).await;
    content.people.iter().find(|line| line.name == name).unwrap().unit.to_string()
}

#[tokio::test]
async fn the_feeds_of_a_person_a_unit_and_a_word_are_valid_and_show_corrections() {
    let town = PublishedTown::new().await;
    let (person, unit) = (town.person("水务").to_string(), unit_of(&town, "水务").await);
    let word = shiji_web::frame::error::percent("水表");
    for (rest, entries) in
        [(format!("person/{person}"), 2), (format!("unit/{unit}"), 2), (format!("matter/{word}"), 2)]
    {
        for language in ["zh", "en"] {
            let path = format!("/chengwan/{language}/{rest}/feed.atom");
            let feed = town.get(&path).await;
            assert_eq!(feed.status, StatusCode::OK, "{path}");
            assert_eq!(feed.headers[header::CONTENT_TYPE], "application/atom+xml; charset=utf-8");
            assert!(feed.headers.contains_key(header::ETAG));
            let elements = elements(&feed.text);
            let ids = texts(&elements, "id");
            assert_eq!(ids.len(), entries + 1, "{path} {}", feed.text);
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
            assert_eq!(texts(&elements, "title").len(), entries + 1);
            assert_eq!(texts(&elements, "updated").len(), entries + 1);
            assert_eq!(texts(&elements, "updated")[0], *texts(&elements, "updated").iter().max().unwrap());
            let contents = texts(&elements, "content").join("\n");
            assert!(contents.contains("更换东湾村水表38只"), "{contents}");
            assert!(contents.contains("<del>更换东湾村水表83只"), "the words before the correction stay");
            assert_eq!(town.read_anew(&path).await, feed.text, "the same bytes each time");
        }
    }
}

#[tokio::test]
async fn links_for_programs_outside_are_whole_where_the_address_is_known() {
    for town in FollowedTown::each(None).await {
        let number = town.publish("更换东湾村水表38只").await;
        let feed = town.get("/chengwan/zh/feed.atom").await.text;
        for path in ["feed.atom".to_owned(), String::new(), format!("issue/{number}")] {
            assert!(
                feed.contains(&format!("href=\"https://board.example/chengwan/zh/{path}\"")),
                "{path} {feed}"
            );
        }
        let page = town.get("/chengwan/zh-large/archive").await.text;
        assert!(
            page.contains("rel=\"canonical\" href=\"https://board.example/chengwan/zh/archive\""),
            "{page}"
        );
        assert!(
            page.contains("hreflang=\"en\" href=\"https://board.example/chengwan/en-large/archive\""),
            "{page}"
        );
        assert!(
            page.contains("<a href=\"/chengwan/en-large/archive\""),
            "links of the page stay in the house"
        );
    }
    let unknown = PublishedTown::new().await;
    assert!(unknown.get("/chengwan/zh/feed.atom").await.text.contains("href=\"/chengwan/zh/feed.atom\""));
}

#[tokio::test]
async fn a_correction_moves_the_entry_and_keeps_its_id() {
    let town = PublishedTown::new().await;
    let path = format!("/chengwan/zh/person/{}/feed.atom", town.person("镇长"));
    let before = elements(&town.get(&path).await.text);
    town.town.pass_days(3);
    town.correct(1, "到东湾村查看水表更换", "到东湾村查看水表更换，与16户对账").await;
    let after = elements(&town.get(&path).await.text);
    assert_eq!(texts(&before, "id"), texts(&after, "id"));
    assert!(texts(&before, "updated").last() < texts(&after, "updated").last());
    assert_eq!(texts(&after, "updated")[0], *texts(&after, "updated").iter().max().unwrap());
}

#[tokio::test]
async fn markup_in_an_item_stays_words_in_a_feed() {
    let town = PublishedTown::new().await;
    let path = format!("/chengwan/zh/person/{}/feed.atom", town.person("水务"));
    let elements = elements(&town.get(&path).await.text);
    let contents = texts(&elements, "content").join("\n");
    assert!(!contents.contains("<b>围栏"), "{contents}");
    assert!(contents.contains("围栏"));
}

#[tokio::test]
async fn odd_words_and_addresses_are_answered_calmly() {
    let town = PublishedTown::new().await;
    let nothing = town.get("/chengwan/zh/matter/%E6%97%A0%E6%AD%A4%E4%BA%8B/feed.atom").await;
    assert_eq!(nothing.status, StatusCode::OK);
    assert!(!nothing.text.contains("<entry>"));
    for (rest, status) in [
        ("matter/%E6%B0%B4/feed.atom", StatusCode::UNPROCESSABLE_ENTITY),
        ("matter/%/feed.atom", StatusCode::NOT_FOUND),
        ("matter/%FF%FE/feed.atom", StatusCode::NOT_FOUND),
        ("matter/ab%22%3C%3E%27/feed.atom", StatusCode::OK),
        ("person/x/feed.atom", StatusCode::NOT_FOUND),
        ("unit/01920000-0000-7000-8000-000000000001/plans.ics", StatusCode::NOT_FOUND),
    ] {
        let answer = town.get(&format!("/chengwan/zh/{rest}")).await;
        assert_eq!(answer.status, status, "{rest}");
        if status == StatusCode::OK {
            elements(&answer.text);
        }
    }
}

/// Unfolded lines between BEGIN:VEVENT and END:VEVENT.
fn events(text: &str) -> Vec<Vec<String>> {
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{line}");
    }
    let unfolded = text.replace("\r\n ", "");
    let mut events: Vec<Vec<String>> = Vec::new();
    for line in unfolded.split("\r\n") {
        match line {
            "BEGIN:VEVENT" => events.push(Vec::new()),
            line => {
                if let Some(event) = events.last_mut() {
                    event.push(line.to_owned());
                }
            }
        }
    }
    events
}

#[tokio::test]
async fn plans_with_a_day_are_a_calendar_of_the_person_the_unit_and_the_place() {
    let town = PublishedTown::new().await;
    town.plan_with_day("民政", "走访西湾村低保对象3户", jiff::civil::date(2026, 11, 20)).await;
    let (person, unit) = (town.person("民政").to_string(), unit_of(&town, "民政").await);
    for rest in [format!("person/{person}/plans.ics"), format!("unit/{unit}/plans.ics"), "plans.ics".into()] {
        let path = format!("/chengwan/zh/{rest}");
        let file = town.get(&path).await;
        assert_eq!(file.headers[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
        let (meetings, events): (Vec<_>, Vec<_>) = events(&file.text)
            .into_iter()
            .partition(|event| event.iter().any(|line| line.ends_with("周例会")));
        assert_eq!(!meetings.is_empty(), rest == "plans.ics", "the meetings that were held are the place's");
        assert_eq!(events.len(), 1, "{path} {}", file.text);
        for line in [
            "DTSTART;VALUE=DATE:20261120",
            "DTEND;VALUE=DATE:20261121",
            "SUMMARY:民政: 走访西湾村低保对象3户",
        ] {
            assert!(events[0].iter().any(|one| one == line), "{line} {events:?}");
        }
        let stamp = events[0].iter().find(|line| line.starts_with("DTSTAMP:")).unwrap();
        assert!(stamp.starts_with("DTSTAMP:202611") && stamp.ends_with("T000000Z"), "{stamp}");
        assert!(events[0].iter().any(|line| line.starts_with("UID:") && line.ends_with(".shiji")));
        assert_eq!(town.read_anew(&path).await, file.text);
    }
}

#[tokio::test]
async fn pages_say_where_they_can_be_followed() {
    let town = PublishedTown::new().await;
    let unit = unit_of(&town, "水务").await;
    let person = town.person("水务");
    for rest in [format!("person/{person}"), format!("unit/{unit}")] {
        let page = town.get(&format!("/chengwan/zh/{rest}")).await.text;
        for part in [
            format!("type=\"application/atom+xml\" href=\"/chengwan/zh/{rest}/feed.atom\""),
            format!("<a href=\"/chengwan/zh/follow/{rest}\">"),
            format!("<a href=\"/chengwan/zh/{rest}/plans.ics\">"),
        ] {
            assert!(page.contains(&part), "{part}");
        }
        assert_eq!(town.get(&format!("/chengwan/zh/follow/{rest}")).await.status, StatusCode::OK);
    }
}
