//! The public pages, as a resident's browser asks for them.

#[path = "board/paper.rs"]
mod paper;
#[allow(dead_code, reason = "each test program uses its part of the town")]
mod published_town;

use axum::http::{StatusCode, header};
use published_town::{Answer, PRIVATE, PublishedTown};
use serde_json::Value;
use std::collections::BTreeSet;

const LANGUAGES: [&str; 2] = ["zh", "en"];

/// Every address of the place that any of its public pages names, the pages themselves included.
async fn all_public_pages(town: &PublishedTown) -> Vec<Answer> {
    let mut waiting: Vec<String> = LANGUAGES.map(|language| format!("/chengwan/{language}/")).to_vec();
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut found = Vec::new();
    while let Some(path) = waiting.pop() {
        let page = town.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        for address in addresses(&page.text) {
            if known.insert(address.clone()) {
                waiting.push(address);
            }
        }
        found.push(page);
    }
    found
}

/// Links within the place that lead to public pages.
fn addresses(text: &str) -> Vec<String> {
    text.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter_map(|href| href.split('#').next())
        .filter(|href| {
            let is_file = [".pdf", ".xlsx"].iter().any(|end| href.ends_with(end));
            href.starts_with("/chengwan/")
                && !["/photo/", "-large/", "-plain/"].iter().any(|part| href.contains(part))
                && !href.ends_with("/sign-in")
                && !is_file
        })
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn nothing_private_stands_on_any_public_page() {
    let town = PublishedTown::new().await;
    let mut pages = all_public_pages(&town).await;
    for language in LANGUAGES {
        for rest in ["issue/1.json", "issue/2.json", "latest.json", "feed.atom", "screen"] {
            pages.push(town.get(&format!("/chengwan/{language}/{rest}")).await);
        }
    }
    assert!(pages.len() > 30, "{} pages were found", pages.len());
    let working_side = town.working_side().await;
    for secret in PRIVATE {
        assert!(working_side.contains(secret), "{secret} is no secret of this town");
    }
    for page in pages {
        for secret in PRIVATE {
            assert!(!page.text.contains(secret), "{secret} stands on {}", page.path);
        }
        assert!(!page.headers.contains_key(header::SET_COOKIE), "{}", page.path);
    }
}

#[tokio::test]
async fn only_the_photo_that_was_made_public_is_served() {
    let town = PublishedTown::new().await;
    let public = town.get(&format!("/chengwan/zh/photo/{}", town.public_photo)).await;
    assert_eq!(
        (public.status, &public.headers[header::CONTENT_TYPE].to_str().unwrap()),
        (StatusCode::OK, &"image/jpeg")
    );
    let names = [town.private_photo.clone(), "0".repeat(64), "..".into(), "%25".into(), "x".repeat(500)];
    for name in names {
        assert_eq!(
            town.get(&format!("/chengwan/zh/photo/{name}")).await.status,
            StatusCode::NOT_FOUND,
            "{name}"
        );
    }
    let elsewhere = town.get(&format!("/shuangxi/zh/photo/{}", town.public_photo)).await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_board_tells_the_week_in_chinese_and_in_english() {
    let town = PublishedTown::new().await;
    let chinese = town.get("/chengwan/zh/").await.text;
    for sentence in [
        "<html lang=\"zh-CN\"",
        "第 2 期",
        "2026年11月9日—15日",
        "<span class=\"outcome done\">",
        "<span class=\"outcome unanswered\">",
        "检修西湾泵站",
    ] {
        assert!(chinese.contains(sentence), "{sentence}");
    }
    let first = town.get("/chengwan/zh/issue/1").await.text;
    assert!(first.contains("<del>更换东湾村水表83只"), "the words before the correction stay");
    assert!(first.contains("更正理由：数字颠倒"));
    assert!(first.contains("东村"), "the substitute is named");
    let english = town.get("/chengwan/en/").await.text;
    for sentence in ["<html lang=\"en\"", "Issue 2", "9–15 November 2026", "href=\"/chengwan/zh/\""] {
        assert!(english.contains(sentence), "{sentence}");
    }
}

#[tokio::test]
async fn what_officials_write_is_shown_as_words_and_never_as_markup() {
    let town = PublishedTown::new().await;
    for rest in ["", "issue/2", "screen"] {
        let page = town.get(&format!("/chengwan/zh/{rest}")).await.text;
        assert!(!page.contains("<b>围栏</b>"), "{rest}");
        assert!(page.contains("围栏"), "{rest}");
    }
}

#[tokio::test]
async fn a_person_page_counts_promises_and_leads_to_them() {
    let town = PublishedTown::new().await;
    let kept = town.get(&format!("/chengwan/zh/person/{}", town.person("水务"))).await.text;
    assert!(kept.contains("<a href=\"#o-done\">1</a>"));
    assert!(kept.contains("id=\"o-done\""));
    let silent = town.get(&format!("/chengwan/zh/person/{}", town.person("镇长"))).await.text;
    assert!(silent.contains("<a href=\"#o-unanswered\">1</a>"));
}

#[tokio::test]
async fn every_anchor_that_a_page_points_to_is_there() {
    let town = PublishedTown::new().await;
    let mut checked = 0;
    for page in all_public_pages(&town).await {
        for href in page.text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let Some((path, anchor)) = href.split_once('#') else { continue };
            let target = if path.is_empty() { page.text.clone() } else { town.get(path).await.text };
            assert!(target.contains(&format!("id=\"{anchor}\"")), "{href} on {}", page.path);
            checked += 1;
        }
    }
    assert!(checked > 50);
}

#[tokio::test]
async fn an_unknown_address_is_a_page_that_says_so_in_the_readers_language() {
    let town = PublishedTown::new().await;
    let nobody = "0193a000-0000-7000-8000-000000000000";
    let rests = [
        "issue/3",
        "issue/0",
        "issue/-1",
        "issue/01",
        "issue/+1",
        "issue/99999999999999999999",
        "issue/x",
        "issue/1.json.json",
        "issue/%00",
        "person/x",
        "unit/x",
        "item/x",
        "nowhere",
        "a/b/c/d",
        "archive/2026",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain(["person", "unit", "item"].map(|kind| format!("{kind}/{nobody}")));
    for rest in rests {
        let chinese = town.get(&format!("/chengwan/zh/{rest}")).await;
        assert_eq!(chinese.status, StatusCode::NOT_FOUND, "{rest}");
        assert!(chinese.text.contains("没有找到这一页"), "{rest}");
        assert!(!is_kept(&chinese), "what is not there today may be there tomorrow: {rest}");
        let english = town.get(&format!("/chengwan/en/{rest}")).await;
        assert!(english.text.contains("This page was not found"), "{rest}");
        assert!(english.headers.contains_key(header::CONTENT_SECURITY_POLICY), "{rest}");
    }
    for path in ["/nowhere", "/nowhere/zh/", "/chengwan/fr/", "/chengwan/zh/../../etc", "/assets/x/y", "//"] {
        assert_eq!(town.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

fn is_kept(answer: &Answer) -> bool {
    let control = answer.headers.get(header::CACHE_CONTROL).map(|value| value.to_str().unwrap());
    !matches!(control, Some("no-cache" | "no-store"))
}

#[tokio::test]
async fn a_page_of_one_person_unit_or_item_has_one_address() {
    let town = PublishedTown::new().await;
    let person = town.person("水务").to_string();
    let spellings = [person.to_uppercase(), person.replace('-', ""), format!("urn:uuid:{person}")];
    for spelling in spellings {
        let answer = town.get(&format!("/chengwan/zh/person/{spelling}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{spelling}");
    }
}

#[tokio::test]
async fn a_place_shows_nothing_of_another() {
    let town = PublishedTown::new().await;
    let content = town.issue(1).await;
    let mut rests = vec!["issue/1".to_owned(), "issue/1.json".into(), "latest.json".into()];
    rests.extend(content.items.iter().map(|item| format!("item/{}", item.fact.item)));
    rests.extend(content.people.iter().map(|person| format!("person/{}", person.person)));
    rests.extend(content.people.iter().map(|person| format!("unit/{}", person.unit)));
    for rest in rests {
        assert_eq!(town.get(&format!("/chengwan/zh/{rest}")).await.status, StatusCode::OK, "{rest}");
        assert_eq!(town.get(&format!("/shuangxi/zh/{rest}")).await.status, StatusCode::NOT_FOUND, "{rest}");
    }
    for rest in ["", "archive", "screen", "feed.atom"] {
        let page = town.get(&format!("/shuangxi/zh/{rest}")).await;
        assert_eq!(page.status, StatusCode::OK, "{rest}");
        assert!(!page.text.contains("泵站") && !page.text.contains("澄湾"), "{rest}");
    }
    assert!(town.get("/shuangxi/zh/").await.text.contains("还没有公示"));
}

#[tokio::test]
async fn who_has_the_page_already_is_told_so_until_it_changes() {
    let town = PublishedTown::new().await;
    for rest in ["", "issue/1", "archive", "feed.atom", "latest.json"] {
        let path = format!("/chengwan/zh/{rest}");
        let tag = town.get(&path).await.headers[header::ETAG].clone();
        let weak = format!("W/{}", tag.to_str().unwrap());
        for known in [tag.to_str().unwrap(), weak.as_str(), "\"other\", W/\"x\", *", "*"] {
            let answer = town.get_with(&path, &[("if-none-match", known)]).await;
            let expected =
                if known.starts_with("\"other") { StatusCode::OK } else { StatusCode::NOT_MODIFIED };
            assert_eq!(answer.status, expected, "{path} {known}");
            assert_eq!(answer.text.is_empty(), expected == StatusCode::NOT_MODIFIED, "{path}");
        }
    }
    let before = town.get("/chengwan/zh/issue/2").await.headers[header::ETAG].clone();
    town.correct(2, "检修西湾泵站", "检修西湾泵站，换轴承3只").await;
    let after = town.get_with("/chengwan/zh/issue/2", &[("if-none-match", before.to_str().unwrap())]).await;
    assert_eq!(after.status, StatusCode::OK);
    assert!(after.text.contains("换轴承3只"));
}

#[tokio::test]
async fn each_encoding_holds_the_same_page_under_its_own_tag() {
    let town = PublishedTown::new().await;
    let plain = town.get("/chengwan/zh/issue/1").await;
    let mut tags = BTreeSet::from([plain.headers[header::ETAG].to_str().unwrap().to_owned()]);
    for encoding in ["gzip", "br"] {
        let packed = town.get_with("/chengwan/zh/issue/1", &[("accept-encoding", encoding)]).await;
        assert_eq!(packed.headers[header::CONTENT_ENCODING], encoding);
        assert_eq!(packed.headers[header::VARY], "Accept-Encoding");
        assert_eq!(packed.headers[header::CONTENT_LENGTH].to_str().unwrap(), packed.bytes.len().to_string());
        assert_eq!(unpacked(encoding, &packed.bytes), plain.bytes, "{encoding}");
        tags.insert(packed.headers[header::ETAG].to_str().unwrap().to_owned());
    }
    assert_eq!(tags.len(), 3);
}

fn unpacked(encoding: &str, bytes: &[u8]) -> Vec<u8> {
    use std::io::Read as _;
    let mut plain = Vec::new();
    match encoding {
        "gzip" => flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain),
        _ => brotli::Decompressor::new(bytes, 4096).read_to_end(&mut plain),
    }
    .unwrap();
    plain
}

#[tokio::test]
async fn a_head_request_gets_the_headers_of_the_page_and_no_body() {
    let town = PublishedTown::new().await;
    for rest in ["", "issue/1", "feed.atom", "latest.json", "screen"] {
        let path = format!("/chengwan/zh/{rest}");
        let (whole, head) = (town.get(&path).await, town.ask("HEAD", &path, &[]).await);
        assert_eq!(head.status, StatusCode::OK);
        assert_eq!(head.headers, whole.headers, "{path}");
        assert!(head.bytes.is_empty(), "{path}");
    }
}

#[tokio::test]
async fn public_pages_are_read_and_nothing_else() {
    let town = PublishedTown::new().await;
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
        for rest in ["", "issue/1", "archive", "feed.atom", "screen"] {
            let answer = town.ask(method, &format!("/chengwan/zh/{rest}"), &[]).await;
            assert!(answer.status.is_client_error(), "{method} {rest}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn the_feed_is_well_formed_and_names_every_issue_once() {
    let town = PublishedTown::new().await;
    for language in LANGUAGES {
        let feed = town.get(&format!("/chengwan/{language}/feed.atom")).await;
        assert_eq!(feed.headers[header::CONTENT_TYPE], "application/atom+xml; charset=utf-8");
        let mut reader = quick_xml::Reader::from_str(&feed.text);
        let (mut depth, mut inside, mut ids, mut entries) = (0, false, Vec::new(), 0);
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Start(start) => {
                    depth += 1;
                    inside = start.name().as_ref() == "id";
                    entries += usize::from(start.name().as_ref() == "entry");
                }
                quick_xml::events::Event::End(_) => {
                    depth -= 1;
                    inside = false;
                }
                quick_xml::events::Event::Text(text) if inside => ids.push(text.to_string()),
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!((depth, entries, ids.len()), (0, 2, 3), "{language}");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 3, "{ids:?}");
        assert!(ids.iter().all(|id| id.starts_with("urn:uuid:") || id.starts_with("tag:")), "{ids:?}");
    }
}

#[tokio::test]
async fn the_open_data_hold_the_issue_with_its_commitments_in_the_same_bytes_each_time() {
    let town = PublishedTown::new().await;
    let text = town.get("/chengwan/zh/issue/1.json").await;
    assert_eq!(text.headers[header::CONTENT_TYPE], "application/json");
    let issue: Value = serde_json::from_str(&text.text).unwrap();
    let keys: Vec<&str> = issue.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "version",
            "place",
            "number",
            "first_day",
            "last_day",
            "published_on",
            "closed_by",
            "expected",
            "filed",
            "on_leave",
            "late",
            "units",
        ]
    );
    assert_eq!(issue["first_day"], "2026-11-02");
    assert_eq!(issue["place"]["slug"], "chengwan");
    let people: Vec<&Value> = issue["units"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|unit| unit["people"].as_array().unwrap())
        .collect();
    assert_eq!(people.len(), 7);
    let water = people.iter().find(|person| person["name"] == "水务").unwrap();
    assert_eq!(water["standing"], "filed");
    assert_eq!(water["work"][0]["before"][0]["reason"], "数字颠倒");
    for item in water["work"].as_array().unwrap().iter().chain(water["plan"].as_array().unwrap()) {
        assert!(item["commitment"].as_str().unwrap().len() >= 32);
    }
    let english = town.get("/chengwan/en/issue/1.json").await;
    assert_eq!(english.text, text.text, "data have no language");
    let latest: Value = serde_json::from_str(&town.get("/chengwan/zh/latest.json").await.text).unwrap();
    assert_eq!(latest["number"], 2);
    assert_eq!(town.read_anew("/chengwan/zh/issue/1.json").await, text.text);
}

#[tokio::test]
async fn the_browser_chooses_the_language_of_the_way_in() {
    let town = PublishedTown::new().await;
    for (asked, to) in
        [("en-GB,en;q=0.9", "/chengwan/en/"), ("zh-CN", "/chengwan/zh/"), ("fr", "/chengwan/zh/")]
    {
        let answer = town.get_with("/chengwan/", &[("accept-language", asked)]).await;
        assert_eq!(
            (answer.status, answer.headers[header::LOCATION].to_str().unwrap()),
            (StatusCode::FOUND, to)
        );
        assert_eq!(answer.headers[header::VARY], "Accept-Language");
    }
    let places = town.get("/").await.text;
    assert!(places.contains("/chengwan/") && places.contains("/shuangxi/"));
}

#[tokio::test]
async fn the_minutes_say_what_they_count_and_how_long_the_meetings_before_took() {
    let town = PublishedTown::new().await;
    let first = town.get("/chengwan/zh/minutes/1").await.text;
    assert!(first.contains("会上退回") && !first.contains("平均"), "{first}");
    let second = town.get("/chengwan/zh/minutes/2").await.text;
    assert!(second.contains("前 1 次平均"), "{second}");
}

#[tokio::test]
async fn who_is_in_today_is_found_from_the_board_and_from_the_question_whom_to_ask() {
    let town = PublishedTown::new().await;
    for page in ["/chengwan/zh/", "/chengwan/zh/ask"] {
        assert!(town.get(page).await.text.contains("href=\"/chengwan/zh/now\""), "{page}");
    }
}
