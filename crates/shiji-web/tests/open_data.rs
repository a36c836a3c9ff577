//! The read API, as programs ask it.

#[allow(dead_code, reason = "each test program uses its part of the town")]
mod published_town;

use axum::http::{StatusCode, header};
use published_town::{Answer, PRIVATE, PublishedTown};
use serde_json::Value;
use shiji_app::log::{RedactAffair, redact_affair};
use shiji_app::log::{RedactItem, RedactQuestion, redact_item, redact_question};
use shiji_app::testing::together::INTERNAL;
use shiji_domain::id::{ItemId, QuestionId};
use shiji_domain::redaction::RedactionReason;
use std::collections::BTreeSet;

const API: &str = "/chengwan/api/v1";
const LISTS: [&str; 15] = [
    "issues",
    "items",
    "answers",
    "corrections",
    "redactions",
    "questions",
    "projects",
    "directives",
    "difficulties",
    "visits",
    "minutes",
    "persons",
    "organizations",
    "posts",
    "memberships",
];

/// Two issues, and a third with one of everything that people do together.
async fn whole_town() -> PublishedTown {
    let town = PublishedTown::new().await;
    town.town.work_together().await;
    town
}

fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.text).unwrap_or_else(|_| panic!("{}: {}", answer.path, answer.text))
}

fn data(answer: &Answer) -> Vec<Value> {
    json(answer)["data"].as_array().unwrap_or_else(|| panic!("{}", answer.path)).clone()
}

fn head<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).map_or("", |value| value.to_str().unwrap())
}

/// Operations of the place's specification: address with examples put in, and the operation.
async fn operations(town: &PublishedTown) -> Vec<(String, Value)> {
    let spec = json(&town.get(&format!("{API}/openapi.json")).await);
    let mut found = Vec::new();
    for (path, methods) in spec["paths"].as_object().unwrap() {
        let operation = methods["get"].clone();
        let mut address = path.clone();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            if parameter["in"] == "path" {
                let name = format!("{{{}}}", parameter["name"].as_str().unwrap());
                let example = &parameter["example"];
                let example = example.as_str().map_or_else(|| example.to_string(), str::to_owned);
                address = address.replace(&name, &example);
            }
        }
        assert!(!address.contains('{'), "{address} has no example");
        found.push((address, operation));
    }
    found
}

fn assert_problem(answer: &Answer, status: StatusCode) -> Value {
    assert_eq!(answer.status, status, "{}", answer.path);
    assert_eq!(head(answer, "content-type"), "application/problem+json", "{}", answer.path);
    let problem = json(answer);
    assert_eq!(problem["status"], status.as_u16(), "{}", answer.path);
    assert!(!problem["detail"].as_str().unwrap().is_empty(), "{}", answer.path);
    problem
}

#[tokio::test]
async fn everything_in_the_specification_answers_and_is_not_sent_twice() {
    let town = whole_town().await;
    let operations = operations(&town).await;
    assert!(operations.len() >= 20);
    for (address, operation) in operations {
        let answer = town.get(&address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        let media_type = head(&answer, "content-type").split(';').next().unwrap().to_owned();
        assert!(operation["responses"]["200"]["content"][&media_type].is_object(), "{address}: {media_type}");
        assert_eq!(head(&answer, "access-control-allow-origin"), "*", "{address}");
        assert!(head(&answer, "cache-control").contains("must-revalidate"), "{address}");
        let links: Vec<_> = answer.headers.get_all(header::LINK).iter().collect();
        assert!(links.iter().any(|link| link.to_str().unwrap().contains("rel=\"license\"")), "{address}");
        let again = town.get_with(&address, &[("if-none-match", head(&answer, "etag"))]).await;
        assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0), "{address}");
        assert_eq!(head(&again, "etag"), head(&answer, "etag"), "{address}");
        let bare = town.ask("HEAD", &address, &[]).await;
        assert_eq!((bare.status, bare.bytes.len()), (StatusCode::OK, 0), "{address}");
        let before = town.ask("OPTIONS", &address, &[("origin", "https://elsewhere.example")]).await;
        assert_eq!(before.status, StatusCode::NO_CONTENT, "{address}");
        assert!(head(&before, "access-control-allow-headers").contains("If-None-Match"), "{address}");
        for method in ["POST", "PUT", "DELETE", "PATCH"] {
            let refused = town.ask(method, &address, &[]).await;
            assert_problem(&refused, StatusCode::METHOD_NOT_ALLOWED);
            assert!(head(&refused, "allow").contains("GET"), "{address}");
        }
    }
}

#[tokio::test]
async fn each_documented_parameter_is_taken_and_every_other_refused_by_name() {
    let town = whole_town().await;
    for (address, operation) in operations(&town).await {
        let problem = assert_problem(&town.get(&format!("{address}?nmae=1")).await, StatusCode::BAD_REQUEST);
        assert_eq!(problem["parameter"], "nmae");
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            if parameter["in"] != "query" {
                continue;
            }
            let name = parameter["name"].as_str().unwrap();
            let good = match name {
                "since" => "2026-11-01",
                "kind" if address.ends_with("/questions") => "problem",
                "kind" => "plan",
                "outcome" => "done",
                "limit" | "issue" => "1",
                "person" | "unit" | "organization" => "019a0000-0000-7000-8000-000000000001",
                "after" => continue,
                other => panic!("{other} has no test"),
            };
            let taken = town.get(&format!("{address}?{name}={good}")).await;
            assert_eq!(taken.status, StatusCode::OK, "{name} of {address}");
            for bad in
                ["x", "", "0x1", "-1", "99999999999999999999", "%00", "%FF%FE", "2026-13-01", "2026-1-1"]
            {
                let refused = town.get(&format!("{address}?{name}={bad}")).await;
                let problem = assert_problem(&refused, StatusCode::BAD_REQUEST);
                assert_eq!(problem["parameter"], name, "{bad}");
            }
            let twice = town.get(&format!("{address}?{name}={good}&{name}={good}")).await;
            assert_problem(&twice, StatusCode::BAD_REQUEST);
        }
    }
    let english = [("accept-language", "en")];
    let refused = town.get_with(&format!("{API}/items?kind=wrok"), &english).await;
    assert!(json(&refused)["detail"].as_str().unwrap().contains("work, plan"));
}

#[tokio::test]
async fn no_input_breaks_anything() {
    let town = whole_town().await;
    let long = "9".repeat(8_000);
    let strange = [
        "%00",
        "%FF",
        "..%2F..%2Fetc",
        "-1",
        "0",
        "9223372036854775808",
        "1.csv.csv",
        ".csv",
        "'",
        "%E4%B8%80",
        &long,
    ];
    for text in strange {
        for path in [
            format!("{API}/issues/{text}"),
            format!("{API}/issues/{text}.csv"),
            format!("{API}/items/{text}"),
            format!("{API}/questions/{text}"),
            format!("{API}/projects/{text}"),
            format!("{API}/directives/{text}"),
            format!("{API}/minutes/{text}"),
            format!("{API}/persons/{text}"),
            format!("{API}/organizations/{text}"),
            format!("{API}/dumps/{text}"),
            format!("{API}/dumps/{text}.zip"),
            format!("{API}/{text}"),
            format!("/{text}/api/v1/items"),
            format!("/api/v1/{text}"),
        ] {
            assert_problem(&town.get(&path).await, StatusCode::NOT_FOUND);
        }
        for list in LISTS {
            let answer = town.get(&format!("{API}/{list}?after={text}&limit={text}")).await;
            assert_problem(&answer, StatusCode::BAD_REQUEST);
            assert_problem(&town.get(&format!("{API}/{list}?{text}={text}")).await, StatusCode::BAD_REQUEST);
        }
    }
    for many in ["?&&&&", "?a", "?=", "?limit", "?limit=1;after=2", "?%"] {
        let answer = town.get(&format!("{API}/items{many}")).await;
        assert!(!answer.status.is_server_error(), "{many}: {}", answer.status);
    }
}

#[tokio::test]
async fn a_list_is_read_to_its_end_by_its_links() {
    let town = whole_town().await;
    for list in LISTS {
        let whole = data(&town.get(&format!("{API}/{list}?limit=500")).await);
        let mut address = format!("{API}/{list}?limit=1");
        let mut seen = Vec::new();
        loop {
            let answer = town.get(&address).await;
            seen.extend(data(&answer));
            let links = answer.headers.get_all(header::LINK).iter();
            let link = links.map(|link| link.to_str().unwrap()).find(|link| link.contains("rel=\"next\""));
            let Some(next) = json(&answer)["next"].as_str().map(str::to_owned) else {
                assert_eq!(link, None, "{list}");
                break;
            };
            assert_eq!(link, Some(format!("<{next}>; rel=\"next\"").as_str()));
            address = next;
        }
        assert_eq!(seen, whole, "{list}");
        let names_itself = |one: &Value| one.to_string();
        assert_eq!(seen.iter().map(names_itself).collect::<BTreeSet<_>>().len(), whole.len(), "{list}");
    }
    let water = town.person("水务");
    let next =
        json(&town.get(&format!("{API}/items?person={water}&kind=work&limit=1")).await)["next"].clone();
    let next = next.as_str().unwrap();
    assert!(next.contains(&format!("&person={water}&kind=work&limit=1")), "{next} keeps its filters");
}

#[tokio::test]
async fn nothing_private_is_given_to_programs() {
    let town = whole_town().await;
    let mut addresses: Vec<String> =
        operations(&town).await.into_iter().map(|(address, _)| address).collect();
    addresses.extend(LISTS.map(|list| format!("{API}/{list}?limit=500")));
    for number in 1..=2 {
        addresses.push(format!("{API}/issues/{number}"));
        addresses.push(format!("{API}/issues/{number}.csv"));
    }
    for address in addresses {
        let answer = town.get(&address).await;
        for secret in PRIVATE.into_iter().chain([INTERNAL]) {
            assert!(!answer.text.contains(secret), "{secret} is given at {address}");
        }
    }
    let other = data(&town.get("/shuangxi/api/v1/items").await);
    assert!(other.is_empty(), "no place gives another's items");
}

#[tokio::test]
async fn words_that_are_taken_away_are_gone_from_every_address_with_the_next_request() {
    let town = whole_town().await;
    let words = "更换东湾村水表38只";
    let found = data(&town.get(&format!("{API}/items?limit=500")).await);
    let item = found.iter().find(|item| item["text"].as_str().is_some_and(|text| text.starts_with(words)));
    let item = item.unwrap();
    assert!(item["earlier"][0]["text"].as_str().unwrap().contains("83只"), "corrected, with the old words");
    let id: uuid::Uuid = item["id"].as_str().unwrap().parse().unwrap();
    let addresses = [
        format!("{API}/items?limit=500"),
        format!("{API}/items/{id}"),
        format!("{API}/corrections"),
        format!("{API}/issues/1"),
        format!("{API}/issues/1.csv"),
    ];
    let mut tags = Vec::new();
    for address in &addresses {
        let answer = town.get(address).await;
        assert!(answer.text.contains(words), "{address}");
        tags.push(head(&answer, "etag").to_owned());
    }
    let dump = town.get(&format!("{API}/dumps/2026.zip")).await;
    let wanted = RedactItem { item: ItemId(id), reason: RedactionReason::PersonalData };
    redact_item(&town.town.app, &town.town.act("党政办").await, wanted).await.unwrap();
    for (address, tag) in addresses.iter().zip(&tags) {
        let answer = town.get_with(address, &[("if-none-match", tag.as_str())]).await;
        assert_eq!(answer.status, StatusCode::OK, "{address} has changed");
        assert!(!answer.text.contains(words) && !answer.text.contains("东湾村水表83"), "{address}");
    }
    let after = town.get(&format!("{API}/dumps/2026.zip")).await;
    assert_ne!(head(&after, "etag"), head(&dump, "etag"));
    let listed = data(&town.get(&format!("{API}/redactions")).await);
    assert!(listed.iter().all(|one| one["subject"] == id.to_string() && one["reason"] == "personal_data"));
    assert_eq!(listed.len(), 2, "both revisions");
}

#[tokio::test]
async fn a_question_is_found_by_its_number_and_by_its_identifier_and_private_ones_without_words() {
    let town = whole_town().await;
    let listed = data(&town.get(&format!("{API}/questions")).await);
    assert_eq!(listed.iter().map(|one| one["number"].as_i64().unwrap()).collect::<Vec<_>>(), [3, 2, 1]);
    assert_eq!((&listed[0]["words"], &listed[0]["state"]), (&Value::Null, &"open".into()));
    assert_eq!((&listed[1]["words"], &listed[1]["answers"][0]["text"]), (&Value::Null, &Value::Null));
    assert_eq!(listed[2]["words"], "水表什么时候换到新屋组？");
    assert_eq!(listed[2]["answers"][0]["text"], "已经登记，下周上门。");
    for question in &listed {
        for name in [question["number"].to_string(), question["id"].as_str().unwrap().to_owned()] {
            assert_eq!(&json(&town.get(&format!("{API}/questions/{name}")).await), question, "{name}");
        }
    }
    for name in ["4", "01", "+1", "1.0", "019a0000-0000-7000-8000-00000000ffff"] {
        assert_problem(&town.get(&format!("{API}/questions/{name}")).await, StatusCode::NOT_FOUND);
    }
    let other = town.get(&format!("/shuangxi/api/v1/questions/{}", listed[2]["id"].as_str().unwrap())).await;
    assert_problem(&other, StatusCode::NOT_FOUND);
    let first = town.get(&format!("{API}/questions/1")).await;
    let dump = town.get(&format!("{API}/dumps/2026.zip")).await;
    let question = QuestionId(listed[2]["id"].as_str().unwrap().parse().unwrap());
    let wanted = RedactQuestion { question, reason: RedactionReason::PersonalData };
    redact_question(&town.town.app, &town.town.act("党政办").await, wanted).await.unwrap();
    for address in [format!("{API}/questions/1"), format!("{API}/questions")] {
        let answer = town.get_with(&address, &[("if-none-match", head(&first, "etag"))]).await;
        assert_eq!(answer.status, StatusCode::OK, "{address} has changed");
        assert!(!answer.text.contains("新屋组") && !answer.text.contains("下周上门"), "{address}");
    }
    let after = town.get(&format!("{API}/dumps/2026.zip")).await;
    assert_ne!(head(&after, "etag"), head(&dump, "etag"));
}

#[tokio::test]
async fn an_order_that_is_taken_away_leaves_its_stub_and_internal_ones_are_not_there() {
    let town = PublishedTown::new().await;
    let made = town.town.work_together().await;
    let address = format!("{API}/directives/{}", made.directive);
    let first = town.get(&address).await;
    assert_eq!(json(&first)["text"], "一个月内完成东湾村水表更换");
    assert_eq!(town.get(json(&first)["page"].as_str().unwrap()).await.status, StatusCode::OK);
    let internal = town.get(&format!("{API}/directives/{}", made.internal)).await;
    assert_problem(&internal, StatusCode::NOT_FOUND);
    let other_kind = town.get(&format!("{API}/visits/{}", made.directive)).await;
    assert_problem(&other_kind, StatusCode::NOT_FOUND);
    let other_place = town.get(&format!("/shuangxi/api/v1/directives/{}", made.directive)).await;
    assert_problem(&other_place, StatusCode::NOT_FOUND);
    for kind in ["project", "difficulty", "visit"] {
        let (list, id) = match kind {
            "project" => ("projects", made.project.0),
            "difficulty" => ("difficulties", made.difficulty.0),
            _ => ("visits", made.visit.0),
        };
        let page = json(&town.get(&format!("{API}/{list}/{id}")).await)["page"].clone();
        let page = town.get(page.as_str().unwrap()).await;
        assert_eq!(page.status, StatusCode::OK, "{kind}: {}", page.path);
    }
    let wanted = RedactAffair { subject: made.directive.0, reason: RedactionReason::PersonalData };
    redact_affair(&town.town.app, &town.town.act("党政办").await, wanted).await.unwrap();
    for address in [address, format!("{API}/directives")] {
        let answer = town.get_with(&address, &[("if-none-match", head(&first, "etag"))]).await;
        assert_eq!(answer.status, StatusCode::OK, "{address} has changed");
        assert!(!answer.text.contains("东湾村水表更换") && !answer.text.contains("到货推迟"), "{address}");
        assert!(answer.text.contains(&made.directive.to_string()), "{address} has the stub");
    }
}

#[tokio::test]
async fn a_table_opens_in_a_spreadsheet_and_says_who_is_missing() {
    let town = whole_town().await;
    let table = town.get(&format!("{API}/issues/1.csv")).await;
    assert_eq!(head(&table, "content-type"), "text/csv; charset=utf-8");
    assert!(head(&table, "content-disposition").contains("chengwan-1.csv"));
    assert!(table.text.starts_with("\u{feff}issue_number,"));
    assert!(table.text.contains(",on_leave,") && table.text.contains(",late,"));
    let board = town.get("/chengwan/zh/issue/1").await;
    assert!(board.text.contains("/chengwan/api/v1/issues/1.csv"), "the issue's page leads to its table");
    assert!(board.text.contains("href=\"/chengwan/zh/data\""), "every page leads to the page about the data");
    let page = town.get("/chengwan/zh/data").await;
    for list in LISTS {
        assert!(page.text.contains(&format!("{API}/{list}\"")), "{list}");
    }
}

/// The specification is read in the repository too; a change of it is seen when the code is read.
/// To take a change over: `SHIJI_UPDATE_SPECIFICATION=1 cargo test -p shiji-web --test open_data specification`.
#[tokio::test]
async fn the_specification_is_the_one_in_the_manual() {
    let town = whole_town().await;
    let served = json(&town.get("/api/openapi.json").await);
    let mut text = serde_json::to_string_pretty(&served).unwrap();
    text.push('\n');
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    if std::env::var_os("SHIJI_UPDATE_SPECIFICATION").is_some() {
        std::fs::write(file, &text).unwrap();
    }
    let kept = std::fs::read_to_string(file).unwrap_or_default();
    assert!(
        kept == text,
        "docs/openapi.json is not what is served; SHIJI_UPDATE_SPECIFICATION=1 cargo test -p shiji-web --test \
         open_data specification writes it anew"
    );
    assert_eq!(served["openapi"].as_str().unwrap().split('.').take(2).collect::<Vec<_>>(), ["3", "1"]);
    for (path, methods) in served["paths"].as_object().unwrap() {
        let operation = &methods["get"];
        assert!(operation["summary"].is_string(), "{path}");
        for (status, response) in operation["responses"].as_object().unwrap() {
            for (media_type, content) in response["content"].as_object().into_iter().flatten() {
                let shown = !content["example"].is_null() || media_type == "application/zip";
                assert!(shown, "{path} {status} {media_type} has no example");
            }
        }
    }
}
