//! Orders with steps and days, as a browser without script sends and shows them.

use crate::testing::Browser;
use axum::http::StatusCode;
use shiji_app::directive::{GiveDirective, give_directive};
use shiji_app::testing::Town;
use shiji_domain::directive::Source;

/// What stands between two words of a page.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    page.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map_or("", |(found, _)| found)
}

#[tokio::test]
async fn the_form_offers_people_by_unit_and_keeps_the_chosen_in_sight_after_a_refusal() {
    let town = Town::on_sqlite().await;
    let leader = Browser::of(&town, "镇长").await;
    let page = leader.get("/directive/new").await.1;
    let helpers = between(&page, "<fieldset class=\"field people\">", "</fieldset>");
    assert!(helpers.contains("<details class=\"unit\"><summary>水务所"), "{helpers}");
    assert!(!helpers.contains("chosen"));
    assert!(page.contains("<optgroup label=\"水务所\">"));

    let (owner, helper) = (town.person("水务").to_string(), town.person("民政").to_string());
    let other = town.person("东村").to_string();
    let refused = [
        ("text", "更换东湾村水表"),
        ("owner", owner.as_str()),
        ("owner", other.as_str()),
        ("helper", helper.as_str()),
        ("due", "2026-11-20"),
        ("steps", "查清名单\n11月25日前换表"),
        ("source", "inspection"),
    ];
    let (status, page) = leader.post("/directive/new", &refused).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("第 2 步写的日子"), "{page}");
    let chosen: Vec<&str> = page.split("<label class=\"check chosen\">").skip(1).collect();
    assert_eq!(chosen.len(), 2, "the first owner has the select");
    assert!(chosen[0].contains(&helper) && chosen[1].contains(&other));
    assert_eq!(
        page.matches(&format!("value=\"{helper}\"")).count(),
        3,
        "chosen once, and to be had as owner"
    );
}

#[tokio::test]
async fn a_step_with_a_day_stands_in_the_list_of_the_day_and_is_overdue_on_the_orders_page() {
    let town = Town::on_sqlite().await;
    let leader = Browser::of(&town, "镇长").await;
    let owner = town.person("水务").to_string();
    let form = [
        ("text", "更换东湾村水表"),
        ("owner", owner.as_str()),
        ("due", "2026-11-20"),
        ("steps", "周二前查清名单\n更换并试水"),
        ("source", "inspection"),
        ("public", "yes"),
    ];
    let (status, on) = leader.post("/directive/new", &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{on}");
    let rest = between(&on, "/chengwan/zh", "?").to_owned();
    town.pass_days(5);
    let leader = Browser::of(&town, "镇长").await;
    let page = leader.get(&rest).await.1;
    let steps = between(&page, "<section id=\"steps\">", "</section>");
    assert_eq!((steps.matches("2026年11月10日").count(), steps.matches("逾期").count()), (1, 1), "{steps}");
    let public = leader.get(&rest.replace("/directive/", "/order/")).await.1;
    assert!(public.contains("期限：2026年11月10日") && public.contains("逾期"), "{public}");

    let doer = Browser::of(&town, "水务").await;
    let today = doer.get("/today").await.1;
    assert!(today.contains("交办步骤") && today.contains("属于：更换东湾村水表"), "{today}");
    let line = between(&today, "<li class=\"entry line step\"", "</li>");
    let field = |name: &str| between(line, &format!("name=\"{name}\" value=\""), "\"");
    let (key, subject) = (field("key"), field("subject"));
    let done = [("kind", "step"), ("subject", subject), ("key", key), ("words", "共42户")];
    let (status, _) = doer.post("/today/done", &done).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let today = doer.get("/today").await.1;
    assert!(today.contains("查清名单，共42户") && today.contains("name=\"kind\" value=\"step\""));
    let public = doer.get(&rest.replace("/directive/", "/order/")).await.1;
    assert!(public.contains("报第 1 步完成") && !public.contains("共42户"), "a draft's words stay inside");
}

#[tokio::test]
async fn a_form_that_is_used_again_for_another_order_says_so_and_gives_it_when_it_is_sent_once_more() {
    let town = Town::on_sqlite().await;
    let leader = Browser::of(&town, "镇长").await;
    let owner = town.person("水务").to_string();
    let page = leader.get("/directive/new").await.1;
    let form = between(&page, "name=\"form\" value=\"", "\"").to_owned();
    let fields = |form: &str, text: &str| {
        [("form", form), ("text", text), ("owner", &owner), ("due", "2026-11-20"), ("source", "inspection")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let send = async |form: &str, text: &str| {
        let fields = fields(form, text);
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        leader.post("/directive/new", &fields).await
    };
    let (status, first) = send(&form, "更换东湾村水表").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(send(&form, "更换东湾村水表").await, (status, first.clone()), "the same tap twice");
    let (status, page) = send(&form, "清淤东湾支渠").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("刚才用这张表已经交办了") && page.contains("清淤东湾支渠</textarea>"), "{page}");
    let anew = between(&page, "name=\"form\" value=\"", "\"").to_owned();
    let (status, second) = send(&anew, "清淤东湾支渠").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_ne!(first, second);
}

#[tokio::test]
async fn a_colleague_reads_a_public_order_on_its_public_page() {
    let town = Town::on_sqlite().await;
    town.publish_week(1).await;
    let order = |is_public| GiveDirective {
        form: uuid::Uuid::nil(),
        text: "更换东湾村水表".into(),
        owners: vec![town.person("水务")],
        helpers: vec![],
        due_on: jiff::civil::date(2026, 11, 20),
        steps: String::new(),
        source: Source::Inspection,
        source_text: String::new(),
        question: None,
        is_public,
    };
    let leader = town.act("镇长").await;
    let id = give_directive(&town.app, &leader, order(true)).await.unwrap();
    let quiet = give_directive(&town.app, &leader, order(false)).await.unwrap();
    let browser = Browser::of(&town, "东村").await;
    let (status, to) = browser.get(&format!("/directive/{id}")).await;
    assert_eq!((status, to), (StatusCode::SEE_OTHER, format!("/chengwan/zh/order/{id}")));
    let (status, page) = browser.get(&format!("/directive/{quiet}")).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(!page.contains("您填的内容没有丢") && page.contains("请联系党政办"), "{page}");
}
