//! Forms of readers without an account.

use crate::town::FollowedTown;
use axum::http::{StatusCode, header};

#[tokio::test]
async fn another_site_cannot_make_its_visitors_fill_in_the_form() {
    for town in FollowedTown::each(Some(9)).await {
        let fields = [("what", "board"), ("address", "reader@example.org")];
        for foreign in [
            [("origin", "https://elsewhere.example"), ("accept", "*/*")],
            [("sec-fetch-site", "cross-site"), ("origin", "https://board.example")],
            [("sec-fetch-site", "same-site"), ("origin", "https://board.example")],
        ] {
            let answer = town.post_with("/chengwan/zh/follow", &fields, &foreign).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{foreign:?}");
            assert!(answer.text.contains("<html lang=\"zh-CN\""));
        }
        assert_eq!(town.jobs("waiting").await, 0);
    }
}

#[tokio::test]
async fn the_answer_is_the_same_whether_the_address_is_known_or_not_and_sets_no_cookie() {
    for town in FollowedTown::each(Some(9)).await {
        let fields = [("what", "board"), ("address", "reader@example.org")];
        let first = town.post("/chengwan/zh/follow", &fields).await;
        let second = town.post("/chengwan/zh/follow", &fields).await;
        assert_eq!((first.status, &first.text), (second.status, &second.text));
        for answer in [first, second, town.get("/chengwan/zh/follow").await] {
            assert!(!answer.headers.contains_key(header::SET_COOKIE));
            assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
            assert!(answer.headers.contains_key(header::CONTENT_SECURITY_POLICY));
        }
    }
}

#[tokio::test]
async fn broken_forms_are_refused_in_words_and_what_was_typed_stays() {
    for town in FollowedTown::each(Some(9)).await {
        for (fields, sentence) in [
            (vec![("what", "board"), ("address", "nonsense")], "邮箱地址不对"),
            (vec![("what", "matter"), ("word", "水"), ("address", "reader@example.org")], "2 到 20 个字"),
            (vec![("what", "person:x"), ("address", "reader@example.org")], "请选一样"),
            (vec![], "请选一样"),
        ] {
            let answer = town.post("/chengwan/zh/follow", &fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
            assert!(answer.text.contains(sentence), "{fields:?}");
            for (name, value) in &fields {
                assert!(*name == "what" || answer.text.contains(value), "{value}");
            }
        }
        let nobody = "person:01920000-0000-7000-8000-000000000001";
        let answer =
            town.post("/chengwan/zh/follow", &[("what", nobody), ("address", "a@example.org")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        let long = "x".repeat(100_000);
        let answer = town.post("/chengwan/zh/follow", &[("address", &long)]).await;
        assert!(answer.status.is_client_error());
        let bare = axum::http::Request::post("/chengwan/zh/follow").body("{}".into()).unwrap();
        assert!(town.ask(bare).await.status.is_client_error());
    }
}

#[tokio::test]
async fn without_a_mail_server_the_page_offers_feeds_and_says_so() {
    for town in FollowedTown::each(None).await {
        let page = town.get("/chengwan/zh/follow").await;
        assert!(page.text.contains("还没有设置发邮件") && !page.text.contains("name=\"address\""));
        assert!(page.text.contains("/chengwan/zh/feed.atom") && page.text.contains("/chengwan/zh/plans.ics"));
        let fields = [("what", "board"), ("address", "reader@example.org"), ("way", "mail")];
        assert_eq!(town.post("/chengwan/zh/follow", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = [("what", "matter"), ("word", "水渠"), ("way", "feed")];
        let answer = town.post("/chengwan/zh/follow", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let feed = answer.headers[header::LOCATION].to_str().unwrap();
        assert_eq!(feed, "/chengwan/zh/matter/%E6%B0%B4%E6%B8%A0/feed.atom");
        assert_eq!(town.get(feed).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn links_that_no_letter_holds_lead_nowhere() {
    for town in FollowedTown::each(Some(9)).await {
        let id = "01920000-0000-7000-8000-000000000001";
        for path in [
            format!("/chengwan/zh/follow/confirm/{id}/guess"),
            format!("/chengwan/zh/follow/stop/{id}/guess"),
            "/chengwan/zh/follow/stop/x/y".into(),
            "/chengwan/zh/follow/person/x".into(),
            format!("/chengwan/zh/follow/unit/{id}"),
        ] {
            assert_eq!(town.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let path = format!("/chengwan/zh/follow/stop/{id}/guess");
        assert_eq!(town.post(&path, &[]).await.status, StatusCode::NOT_FOUND);
    }
}
