use super::*;
use crate::error::AppError;
use crate::testing::Town;
use jiff::ToSpan as _;

const PASSWORD: &str = "河边的水井有三口都很深";

fn key(error: AppError) -> &'static str {
    match error {
        AppError::Refused(refusal) => refusal.key,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_invitation_lets_one_person_in_once() {
    for town in Town::each().await {
        let clerk = town.act("党政办").await;
        let token = invite(&town.app, &clerk, town.person("水务")).await.unwrap();
        let person = invited(&town.app, &town.place, &token).await.unwrap();
        assert_eq!(person.name, "水务");
        accept_invitation(&town.app, &town.place, &token, PASSWORD).await.unwrap();
        let again = accept_invitation(&town.app, &town.place, &token, PASSWORD).await.unwrap_err();
        assert_eq!(key(again), "refusal-invitation");
        sign_in(&town.app, &town.place, &format!(" {} ", person.sign_in_name.to_uppercase()), PASSWORD)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn an_old_invitation_is_worth_nothing_and_only_the_clerk_makes_one() {
    for town in Town::each().await {
        let clerk = town.act("党政办").await;
        let token = invite(&town.app, &clerk, town.person("水务")).await.unwrap();
        let other = town.act("民政").await;
        assert_eq!(
            key(invite(&town.app, &other, town.person("水务")).await.unwrap_err()),
            "refusal-not-yours"
        );
        town.pass_days(8);
        assert_eq!(key(invited(&town.app, &town.place, &token).await.unwrap_err()), "refusal-invitation");
    }
}

#[tokio::test]
async fn guessing_shuts_the_name_for_a_while_and_tells_nothing_about_names() {
    for town in Town::each().await {
        let person = town.person("水务");
        set_password_from_command_line(&town.app, &town.place, person, "shuiwu", PASSWORD).await.unwrap();
        for name in ["shuiwu", "nobody"] {
            for _ in 0..5 {
                let wrong = sign_in(&town.app, &town.place, name, "wrong password").await.unwrap_err();
                assert_eq!(key(wrong), "refusal-password-wrong");
            }
            let shut = sign_in(&town.app, &town.place, name, PASSWORD).await.unwrap_err();
            assert_eq!(key(shut), "refusal-locked");
        }
        town.pass(2.minutes());
        sign_in(&town.app, &town.place, "shuiwu", PASSWORD).await.unwrap();
    }
}

#[tokio::test]
async fn signing_out_everywhere_ends_every_session() {
    for town in Town::each().await {
        let person = town.person("水务");
        set_password_from_command_line(&town.app, &town.place, person, "shuiwu", PASSWORD).await.unwrap();
        let one = sign_in(&town.app, &town.place, "shuiwu", PASSWORD).await.unwrap();
        let two = sign_in(&town.app, &town.place, "shuiwu", PASSWORD).await.unwrap();
        let (act, name, _) = crate::who::signed_in(&town.app, &town.place, &one).await.unwrap().unwrap();
        assert_eq!(name, "水务");
        sign_out_everywhere(&town.app, &act).await.unwrap();
        for token in [one, two] {
            assert!(crate::who::signed_in(&town.app, &town.place, &token).await.unwrap().is_none());
        }
    }
}

#[tokio::test]
async fn a_session_ends_after_a_long_day() {
    for town in Town::each().await {
        let person = town.person("水务");
        set_password_from_command_line(&town.app, &town.place, person, "shuiwu", PASSWORD).await.unwrap();
        let token = sign_in(&town.app, &town.place, "shuiwu", PASSWORD).await.unwrap();
        town.pass(13.hours());
        assert!(crate::who::signed_in(&town.app, &town.place, &token).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn another_password_needs_the_present_one() {
    for town in Town::each().await {
        let person = town.person("水务");
        set_password_from_command_line(&town.app, &town.place, person, "shuiwu", PASSWORD).await.unwrap();
        let act = town.act("水务").await;
        let wrong =
            change_password(&town.app, &act, "guess guess", "山上的茶树一共七百棵").await.unwrap_err();
        assert_eq!(key(wrong), "refusal-password-old-wrong");
        change_password(&town.app, &act, PASSWORD, "山上的茶树一共七百棵").await.unwrap();
        assert!(sign_in(&town.app, &town.place, "shuiwu", PASSWORD).await.is_err());
    }
}
