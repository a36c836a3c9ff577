use super::*;
use crate::error::AppError;
use crate::testing::Town;
use jiff::ToSpan as _;
use shiji_domain::follow::{CONFIRMATIONS_IN_AN_HOUR, Followed, UNCONFIRMED_KEPT};
use shiji_send::mail::Mail;
use shiji_store::follow::Subscription;
use shiji_store::job;
use std::sync::Arc;

/// The town with a mail server that nobody reaches: here it matters what is queued.
async fn towns() -> Vec<Town> {
    let mut towns = Town::each().await;
    for town in &mut towns {
        town.app.outward.address = Some("https://board.example".into());
        town.app.outward.mail =
            Some(Arc::new(Mail::new("smtp://127.0.0.1:9", "board@chengwan.example").unwrap()));
    }
    towns
}

async fn ask(town: &Town, address: &str, followed: Followed) -> Result<(), AppError> {
    let wanted = NewFollow { address: address.into(), followed, language: "zh".into() };
    ask_to_follow(&town.app, &town.place, wanted).await
}

async fn letters(town: &Town) -> i64 {
    let mut tx = town.app.store.read().await.unwrap();
    let sql = "SELECT count(*) AS many FROM job WHERE place_id = $1 AND kind = 'mail_confirmation'";
    tx.fetch_optional(sql, &[town.place.place_id.into()]).await.unwrap().unwrap().int("many").unwrap()
}

async fn subscriptions(town: &Town, address: &str) -> Vec<Subscription> {
    let mark = town.app.secrets.mark(&format!("subscription/{}", town.place.place_id), address);
    let mut tx = town.app.store.read().await.unwrap();
    shiji_store::follow::subscriptions_of(&mut tx, town.place.place_id, &mark).await.unwrap()
}

#[tokio::test]
async fn an_address_gets_one_letter_a_day_however_often_it_is_typed() {
    for town in towns().await {
        for word in ["水渠", "低保", "水渠"] {
            ask(&town, "Reader@Example.org", Followed::Matter(word.into())).await.unwrap();
        }
        ask(&town, "reader@example.org", Followed::Board).await.unwrap();
        assert_eq!(letters(&town).await, 1);
        town.pass(25.hours());
        ask(&town, "reader@example.org", Followed::Board).await.unwrap();
        assert_eq!(letters(&town).await, 2);
    }
}

#[tokio::test]
async fn who_confirmed_once_may_follow_several_things_in_a_day() {
    for town in towns().await {
        ask(&town, "reader@example.org", Followed::Board).await.unwrap();
        let id = subscriptions(&town, "reader@example.org").await[0].subscription_id;
        let yes = token(&town.app, &town.place, Purpose::Confirm, id);
        confirm_follow(&town.app, &town.place, id, &yes).await.unwrap();
        confirm_follow(&town.app, &town.place, id, &yes).await.unwrap();
        for word in ["水渠", "低保"] {
            ask(&town, "reader@example.org", Followed::Matter(word.into())).await.unwrap();
        }
        ask(&town, "reader@example.org", Followed::Board).await.unwrap();
        assert_eq!(letters(&town).await, 3);
    }
}

#[tokio::test]
async fn a_place_asks_only_so_many_in_an_hour() {
    for town in towns().await {
        for number in 0..CONFIRMATIONS_IN_AN_HOUR {
            ask(&town, &format!("reader{number}@example.org"), Followed::Board).await.unwrap();
        }
        let refused = ask(&town, "one.more@example.org", Followed::Board).await;
        assert!(matches!(refused, Err(AppError::Refused(refusal)) if refusal.key == "refusal-follow-many"));
        town.pass(61.minutes());
        ask(&town, "one.more@example.org", Followed::Board).await.unwrap();
    }
}

#[tokio::test]
async fn the_database_shows_no_address_and_no_token() {
    let town = towns().await.remove(0);
    ask(&town, "reader@example.org", Followed::Board).await.unwrap();
    let found = subscriptions(&town, "reader@example.org").await;
    let yes = token(&town.app, &town.place, Purpose::Confirm, found[0].subscription_id);
    let mut tx = town.app.store.read().await.unwrap();
    let sql = "SELECT payload AS words FROM job WHERE place_id = $1";
    let mut all = format!("{found:?}");
    for row in tx.fetch_all(sql, &[town.place.place_id.into()]).await.unwrap() {
        all.push_str(&row.text("words").unwrap());
    }
    assert!(!all.contains("reader@") && !all.contains("example.org") && !all.contains(&yes));
}

#[tokio::test]
async fn what_was_not_confirmed_in_time_goes_and_what_was_confirmed_stays() {
    for town in towns().await {
        ask(&town, "one@example.org", Followed::Board).await.unwrap();
        ask(&town, "two@example.org", Followed::Board).await.unwrap();
        let kept = subscriptions(&town, "one@example.org").await[0].subscription_id;
        let gone = subscriptions(&town, "two@example.org").await[0].subscription_id;
        let yes = token(&town.app, &town.place, Purpose::Confirm, kept);
        confirm_follow(&town.app, &town.place, kept, &yes).await.unwrap();
        town.pass((UNCONFIRMED_KEPT + 1).milliseconds());
        for id in [kept, gone] {
            forget_unconfirmed(&town.app, &town.place, id).await.unwrap();
        }
        assert_eq!(subscriptions(&town, "one@example.org").await.len(), 1);
        assert!(subscriptions(&town, "two@example.org").await.is_empty());
        let late = token(&town.app, &town.place, Purpose::Confirm, gone);
        assert!(matches!(
            confirm_follow(&town.app, &town.place, gone, &late).await,
            Err(AppError::Refused(_))
        ));
    }
}

#[tokio::test]
async fn only_the_link_of_a_letter_confirms_or_ends_and_neither_does_the_others_work() {
    for town in towns().await {
        ask(&town, "reader@example.org", Followed::Board).await.unwrap();
        let id = subscriptions(&town, "reader@example.org").await[0].subscription_id;
        let (yes, no) = (
            token(&town.app, &town.place, Purpose::Confirm, id),
            token(&town.app, &town.place, Purpose::Stop, id),
        );
        for wrong in ["", "x", no.as_str()] {
            let refused = confirm_follow(&town.app, &town.place, id, wrong).await;
            assert!(matches!(refused, Err(AppError::NotFound)));
        }
        assert!(matches!(stop_following(&town.app, &town.place, id, &yes).await, Err(AppError::NotFound)));
        stop_following(&town.app, &town.place, id, &no).await.unwrap();
        stop_following(&town.app, &town.place, id, &no).await.unwrap();
        assert!(subscriptions(&town, "reader@example.org").await.is_empty());
    }
}

#[tokio::test]
async fn an_issue_is_queued_once_for_each_reader_however_often_it_is_announced() {
    for town in towns().await {
        for number in 0..3 {
            let address = format!("reader{number}@example.org");
            ask(&town, &address, Followed::Board).await.unwrap();
            let id = subscriptions(&town, &address).await[0].subscription_id;
            let yes = token(&town.app, &town.place, Purpose::Confirm, id);
            confirm_follow(&town.app, &town.place, id, &yes).await.unwrap();
        }
        for _ in 0..2 {
            announce_issue(&town.app, &town.place, 1, town.app.now()).await.unwrap();
        }
        let mut tx = town.app.store.read().await.unwrap();
        let sql = "SELECT count(*) AS many FROM job WHERE place_id = $1 AND kind = 'mail_digest'";
        let row = tx.fetch_optional(sql, &[town.place.place_id.into()]).await.unwrap().unwrap();
        assert_eq!(row.int("many").unwrap(), 3);
        assert_eq!(job::job_count(&mut tx, town.place.place_id, "failed").await.unwrap(), 0);
    }
}
