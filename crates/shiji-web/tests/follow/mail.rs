//! Mail, over a real mail server.

use crate::mail_server::MailServer;
use crate::town::FollowedTown;
use axum::http::StatusCode;
use jiff::ToSpan as _;
use serde_json::Value;
use shiji_app::job::Worked;
use shiji_app::notice::{NewNotice, set_own_address, tell};
use shiji_domain::id::SubscriptionId;
use shiji_domain::notice::NoticeKind;

/// The path of the first link in a letter that holds `part`.
fn link(letter: &Value, part: &str) -> String {
    let text = letter["text"].as_str().unwrap();
    let line = text.lines().find(|line| line.contains(part)).unwrap();
    line.trim().strip_prefix("https://board.example").unwrap().to_owned()
}

async fn follow(town: &FollowedTown, address: &str, fields: &[(&str, &str)]) {
    let fields: Vec<(&str, &str)> = [("address", address)].iter().chain(fields).copied().collect();
    let answer = town.post("/chengwan/zh/follow", &fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

/// Asks and confirms; the number of letters before is `known`.
async fn confirmed(town: &FollowedTown, server: &MailServer, address: &str, fields: &[(&str, &str)]) {
    let known = server.letters().len();
    follow(town, address, fields).await;
    town.work().await;
    let letters = server.letters();
    assert_eq!(letters.len(), known + 1);
    let answer = town.post(&link(&letters[known], "/follow/confirm/"), &[]).await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_confirms_gets_each_issue_once_and_leaves_with_one_click() {
    let Some(server) = MailServer::start() else { return };
    for town in FollowedTown::each(Some(server.port)).await {
        let start = server.letters().len();
        let since = || server.letters().split_off(start);
        town.publish("更换东湾村水表38只").await;
        follow(&town, "reader@example.org", &[("what", "matter"), ("word", "泵站")]).await;
        follow(&town, "reader@example.org", &[("what", "matter"), ("word", "泵站")]).await;
        town.work().await;
        let letters = since();
        assert_eq!(letters.len(), 1, "one letter however often the form is sent");
        let yes = link(&letters[0], "/follow/confirm/");
        let looked = town.get(&yes).await;
        assert!(looked.text.contains("<button"), "looking confirms nothing");
        town.publish("检修西湾泵站2处").await;
        town.work().await;
        assert_eq!(since().len(), 1, "nothing comes before it is confirmed");
        assert_eq!(town.post(&yes, &[]).await.status, StatusCode::OK);

        town.publish("检修东湾泵站，换轴承2只").await;
        town.work().await;
        let letters = since();
        assert_eq!(letters.len(), 2);
        let digest = &letters[1];
        assert_eq!(digest["to"][0], "reader@example.org");
        for (header, part) in [
            ("subject", "泵站"),
            ("subject", "第 3 期"),
            ("from", "澄湾镇"),
            ("from", "<board@chengwan.example>"),
            ("list-unsubscribe", "<https://board.example/chengwan/zh/follow/stop/"),
            ("list-unsubscribe-post", "List-Unsubscribe=One-Click"),
            ("auto-submitted", "auto-generated"),
            ("message-id", "@chengwan.example>"),
        ] {
            assert!(digest["headers"][header].as_str().unwrap().contains(part), "{header}: {digest}");
        }
        for body in ["text", "html"] {
            assert!(digest[body].as_str().unwrap().contains("检修东湾泵站，换轴承2只"));
            assert!(!digest[body].as_str().unwrap().contains("西湾泵站2处"), "an older issue");
        }
        assert_eq!(digest["ascii"], true);

        town.publish("清理渡口淤泥2车").await;
        town.work().await;
        assert_eq!(since().len(), 2, "an issue without the word is no letter");

        let stop = link(digest, "/follow/stop/");
        let shown = town.get(&stop).await;
        assert!(shown.text.contains("<button") && shown.text.contains("泵站"));
        let one_click = [("List-Unsubscribe", "One-Click")];
        let from_elsewhere = [("origin", "https://mail.example"), ("sec-fetch-site", "cross-site")];
        let stopped = town.post_with(&stop, &one_click, &from_elsewhere).await;
        assert_eq!(stopped.status, StatusCode::OK);
        assert_eq!(town.post(&stop, &[]).await.status, StatusCode::OK, "twice is once");
        let mut tx = town.town.app.store.read().await.unwrap();
        let left = shiji_store::follow::subscription_counts(&mut tx, town.town.place.place_id).await;
        assert_eq!(left.unwrap(), (0, 0), "the address is gone");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_server_is_asked_again_and_a_refusal_is_shown() {
    let Some(server) = MailServer::start() else { return };
    for (round, town) in FollowedTown::each(Some(server.port)).await.into_iter().enumerate() {
        let start = server.letters().len();
        follow(&town, &format!("busy{round}@example.org"), &[("what", "board")]).await;
        assert!(matches!(town.work().await[..], [Worked::PutOff(_)]));
        assert_eq!(server.letters().len(), start);
        town.town.pass(61.seconds());
        assert_eq!(town.work().await, [Worked::Done]);
        assert_eq!(server.letters().len(), start + 1);

        follow(&town, "gone@example.org", &[("what", "board")]).await;
        assert_eq!(town.work().await, [Worked::GivenUp]);
        let act = town.town.act("党政办").await;
        let page = shiji_app::hook::outgoing_page(&town.town.app, &act).await.unwrap();
        let cause = page.failed[0].last_error.clone().unwrap();
        assert!(cause.contains("550") || cause.contains("nobody"), "{cause}");
        assert!(!cause.contains("gone@"), "{cause}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_may_have_left_before_the_program_died_is_not_sent_again() {
    let Some(server) = MailServer::start() else { return };
    for town in FollowedTown::each(Some(server.port)).await {
        town.publish("更换东湾村水表38只").await;
        confirmed(&town, &server, "reader@example.org", &[("what", "board")]).await;
        let known = server.letters().len();
        let number = town.publish("更换西湾村水表12只").await;
        let (store, place) = (&town.town.app.store, town.town.place.place_id);
        let mut tx = store.read().await.unwrap();
        let all = shiji_store::follow::confirmed_after(&mut tx, place, None, 10).await.unwrap();
        drop(tx);
        let id: SubscriptionId = all[0].subscription_id;
        store
            .write("test", &(place, id, number), |tx, (place, id, number)| {
                Box::pin(shiji_store::follow::begin_sending(tx, *place, *id, *number))
            })
            .await
            .unwrap();
        town.work().await;
        assert_eq!(server.letters().len(), known);
        town.publish("更换渡口水表8只").await;
        town.work().await;
        assert_eq!(server.letters().len(), known + 1, "the next issue comes as ever");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_down_is_waited_for() {
    for town in FollowedTown::each(Some(9)).await {
        follow(&town, "reader@example.org", &[("what", "board")]).await;
        assert!(matches!(town.work().await[..], [Worked::PutOff(_)]));
        assert_eq!(town.jobs("failed").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_official_who_gave_an_address_is_told_by_mail_too() {
    let Some(server) = MailServer::start() else { return };
    for town in FollowedTown::each(Some(server.port)).await {
        let start = server.letters().len();
        let water = town.town.act("水务").await;
        set_own_address(&town.town.app, &water, "water@example.org").await.unwrap();
        for name in ["水务", "民政"] {
            let person = town.town.person(name);
            let subject = town.town.place.place_id.0;
            town.town
                .app
                .store
                .write("test", &(&town, person, subject), |tx, (town, person, subject)| {
                    Box::pin(async move {
                        let new = NewNotice::about(NoticeKind::NewQuestion, *person, *subject);
                        tell(&town.town.app, tx, town.town.place.place_id, new).await
                    })
                })
                .await
                .unwrap();
        }
        assert_eq!(town.work().await, [Worked::Done]);
        let letters = server.letters().split_off(start);
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0]["to"][0], "water@example.org");
        assert!(letters[0]["headers"]["subject"].as_str().unwrap().contains("提问"));
        assert!(letters[0]["text"].as_str().unwrap().contains("https://board.example/chengwan/zh/desk"));
    }
}
