//! Asking for help with a published item, as a browser without script does it.

use crate::testing::Browser;
use axum::http::StatusCode;
use shiji_app::testing::Town;

#[tokio::test]
async fn help_with_a_published_item_is_asked_for_and_everybody_reads_it() {
    let town = Town::on_sqlite().await;
    town.publish_week(2).await;
    let browser = Browser::of(&town, "水务").await;
    let list = browser.get("/desk/stuck").await.1;
    let rest = list
        .split("href=\"/chengwan/zh")
        .find_map(|rest| rest.split('"').next().filter(|rest| rest.starts_with("/desk/stuck/")));
    let rest = rest.expect("a published item is offered").to_owned();
    let page = browser.get(&rest).await.1;
    assert!(page.contains("name=\"words\"") && page.contains("马上公开"), "{page}");
    let to = format!("person.{}", town.person("镇长"));
    let (status, page) = browser.post(&rest, &[("to", &to), ("words", "等王小满13812345678回电话")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("等王小满13812345678回电话\""), "what was typed stays");
    let (status, on) = browser.post(&rest, &[("to", &to), ("words", "挖机在修，要等两周")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{on}");
    let id = on.split("/difficulties/").nth(1).unwrap().split('?').next().unwrap();
    let public = browser.get(&format!("/difficulty/{id}")).await.1;
    assert!(public.contains("挖机在修，要等两周"), "{public}");
    let item = rest.replace("/desk/stuck/", "/item/");
    assert!(browser.get(&item).await.1.contains(&format!("/difficulty/{id}")));
    let other = Browser::of(&town, "民政").await;
    assert_eq!(other.get(&rest).await.0, StatusCode::FORBIDDEN);
}
