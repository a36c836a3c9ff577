//! Key projects as everybody's pages show them: words are text, a changed forecast is seen at once, and what is no project is
//! not found.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use jiff::civil::date;
use shiji_app::project::{
    Description, NewProject, ReachMilestone, ShiftForecast, begin_project, one, portfolio, reach_milestone,
    shift_forecast,
};
use shiji_app::publish::rebuild;
use shiji_app::testing::Town;
use shiji_app::who;
use shiji_domain::id::ProjectId;
use shiji_store::{account, public_question, roster};
use shiji_web::frame::session::csrf_of;
use tower::ServiceExt as _;

async fn get(router: &Router, path: &str) -> Response<Body> {
    router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap()
}

async fn text(response: Response<Body>) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 22).await.unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn begun(town: &Town) -> ProjectId {
    let mut tx = town.app.store.read().await.unwrap();
    let staff = roster::staff(&mut tx, town.place.place_id).await.unwrap();
    drop(tx);
    let wanted = NewProject {
        name: "<b>饮水</b>工程".into(),
        description: Description {
            leader: Some(town.person("镇长")),
            units: vec![staff.post(town.post("水务")).unwrap().organization_id],
            ..Description::default()
        },
        started_on: None,
        milestones: vec![("主管<i>".into(), date(2026, 12, 31)), ("通水".into(), date(2027, 5, 31))],
    };
    begin_project(&town.app, &town.act("党政办").await, wanted).await.unwrap()
}

#[tokio::test]
async fn a_project_is_seen_by_everybody_and_moves_before_their_eyes() {
    for town in Town::each().await {
        town.publish_week(1).await;
        let id = begun(&town).await;
        let router = shiji_web::router(town.app.clone(), shiji_web::WebOptions::default());
        let path = format!("/chengwan/zh/project/{id}");
        let answer = get(&router, &path).await;
        assert!(answer.headers().get(header::SET_COOKIE).is_none());
        let page = text(answer).await;
        assert!(page.contains("&#60;b&#62;饮水") && !page.contains("<b>饮水") && !page.contains("主管<i>"));
        assert!(page.contains("按期") && page.contains("<svg") && page.contains("<desc"));
        assert!(!page.contains(" style="), "the content policy allows no inline style");
        let milestone =
            one(&town.app, &town.place, id).await.unwrap().story.standing.milestones[0].milestone_id;
        assert!(
            page.contains(&format!("href=\"#m-{milestone}\""))
                && page.contains(&format!("id=\"m-{milestone}\""))
        );

        let shifted =
            ShiftForecast { project: id, milestone, to: date(2027, 1, 20), reason: "<script>雨季".into() };
        shift_forecast(&town.app, &town.act("水务").await, shifted).await.unwrap();
        town.pass_days(1);
        let page = text(get(&router, &path).await).await;
        assert!(page.contains("滞后") && page.contains("晚20天") && page.contains("&#60;script&#62;雨季"));
        let board = text(get(&router, "/chengwan/zh/").await).await;
        assert!(board.contains(&path) && board.contains("滞后"), "the board shows it first");
        let list = text(get(&router, "/chengwan/en/projects").await).await;
        assert!(list.contains("behind") && list.contains(&format!("/chengwan/en/project/{id}")));
    }
}

#[tokio::test]
async fn a_forecast_that_has_passed_reads_the_same_in_the_drawing_the_table_and_the_portfolio() {
    let town = Town::on_sqlite().await;
    let id = begun(&town).await;
    let milestone = one(&town.app, &town.place, id).await.unwrap().story.standing.milestones[0].milestone_id;
    let early =
        ShiftForecast { project: id, milestone, to: date(2026, 12, 20), reason: "提前进场".into() };
    shift_forecast(&town.app, &town.act("水务").await, early).await.unwrap();
    town.pass_days(58);
    let router = shiji_web::router(town.app.clone(), shiji_web::WebOptions::default());
    let page = text(get(&router, &format!("/chengwan/zh/project/{id}")).await).await;
    let list = text(get(&router, "/chengwan/zh/projects").await).await;
    assert!(page.contains("· 预计2026年12月20日，已过"), "the drawing");
    assert!(page.contains(">预计2026年12月20日，已过</td>") && page.contains(">晚3天</td>"), "the table");
    assert!(list.contains("预计2026年12月20日，已过 · 晚3天"), "the portfolio");
}

#[tokio::test]
async fn a_milestone_that_no_item_shows_says_so_and_is_solid_though_it_was_reached_late() {
    let town = Town::on_sqlite().await;
    let id = begun(&town).await;
    let milestone = one(&town.app, &town.place, id).await.unwrap().story.standing.milestones[0].milestone_id;
    town.pass_days(60);
    let on = date(2027, 1, 5);
    let reached = ReachMilestone { project: id, milestone, on, item: None };
    reach_milestone(&town.app, &town.act("水务").await, reached).await.unwrap();
    let router = shiji_web::router(town.app.clone(), shiji_web::WebOptions::default());
    let page = text(get(&router, &format!("/chengwan/zh/project/{id}")).await).await;
    assert!(page.contains("2027年1月5日达到（没有对应的工作条目）"));
    assert!(page.contains("class=\"bar late reached\""));
}

#[tokio::test]
async fn a_question_about_a_project_leads_to_it_and_stands_on_its_page() {
    for town in Town::each().await {
        let id = begun(&town).await;
        let router = shiji_web::router(town.app.clone(), shiji_web::WebOptions::default());
        let page = text(get(&router, &format!("/chengwan/zh/project/{id}")).await).await;
        assert!(page.contains(&format!("/chengwan/zh/question/new?project={id}")));
        let form = text(get(&router, &format!("/chengwan/zh/question/new?project={id}")).await).await;
        assert!(form.contains(&format!("name=\"project\" value=\"{id}\"")) && form.contains("镇长"));
        let form =
            format!("kind=question&words=%E5%93%AA%E5%A4%A9%E9%80%9A%E6%B0%B4&public=yes&project={id}");
        let send = |form: String| {
            let send = Request::post("/chengwan/zh/question/new")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(form));
            router.clone().oneshot(send.unwrap())
        };
        assert_eq!(send(form.clone()).await.unwrap().status(), StatusCode::SEE_OTHER);
        let nowhere = form.replace(&id.to_string(), "00000000-0000-0000-0000-000000000000");
        assert_eq!(send(nowhere).await.unwrap().status(), StatusCode::NOT_FOUND);
        town.pass_days(1);
        let page = text(get(&router, &format!("/chengwan/zh/project/{id}")).await).await;
        assert!(page.contains("群众就这项工程问了什么") && page.contains("/chengwan/zh/question/"));
        let place = town.place.place_id;
        let mut tx = town.app.store.read().await.unwrap();
        let asked = public_question::questions_about_project(&mut tx, place, id, 9).await.unwrap();
        drop(tx);
        let question = asked[0].fact.question;
        let page = text(get(&router, &format!("/chengwan/zh/question/{question}")).await).await;
        assert!(page.contains(&format!("href=\"/chengwan/zh/project/{id}\"")));
        assert!(rebuild(&town.app, &town.place).await.unwrap().differed.is_empty());
        let mut tx = town.app.store.read().await.unwrap();
        assert_eq!(public_question::questions_about_project(&mut tx, place, id, 9).await.unwrap(), asked);
    }
}

#[tokio::test]
async fn timetables_are_printed_for_one_project_and_for_all_that_run() {
    let town = Town::on_sqlite().await;
    let router = shiji_web::router(town.app.clone(), shiji_web::WebOptions::default());
    let none = get(&router, "/chengwan/zh/projects/timetables.pdf").await;
    assert_eq!(none.status(), StatusCode::NOT_FOUND, "nothing runs yet");
    let id = begun(&town).await;
    for path in [format!("project/{id}/timetable.pdf"), "projects/timetables.pdf".to_owned()] {
        let print = get(&router, &format!("/chengwan/zh/{path}")).await;
        assert_eq!(print.status(), StatusCode::OK, "{path}");
        assert_eq!(print.headers()[header::CONTENT_TYPE], "application/pdf");
        assert!(text(print).await.starts_with("%PDF"));
    }
}

#[tokio::test]
async fn what_is_no_project_is_not_found() {
    let town = Town::on_sqlite().await;
    let id = begun(&town).await.to_string();
    let router = shiji_web::router(town.app.clone(), shiji_web::WebOptions::default());
    for rest in [
        "project/".to_owned(),
        "project/x".to_owned(),
        format!("project/{}", id.to_uppercase()),
        format!("project/{}", town.person("水务")),
        "project/00000000-0000-0000-0000-000000000000".to_owned(),
        format!("project/{}/timetable.pdf", town.person("水务")),
        "project/%00/timetable.pdf".to_owned(),
        "projects/1".to_owned(),
    ] {
        let answer = get(&router, &format!("/chengwan/zh/{rest}")).await;
        assert!(answer.status().is_client_error(), "{rest} {}", answer.status());
    }
}

/// Signs the clerk in; the answer is the session's token.
async fn clerk(town: &Town) -> &'static str {
    let token = "session-of-the-clerk";
    let (hash, person) = (who::token_hash(token), town.person("党政办"));
    town.app
        .store
        .write("test", &(town, hash, person), |tx, (town, hash, person)| {
            let now = town.app.now();
            Box::pin(async move {
                let place = town.place.place_id;
                account::insert_session(tx, place, hash, *person, now, now + 86_400_000).await
            })
        })
        .await
        .unwrap();
    token
}

#[tokio::test]
async fn a_new_project_is_looked_at_before_it_is_public_and_published_once() {
    let town = Town::on_sqlite().await;
    let token = clerk(&town).await;
    let router = shiji_web::router(town.app.clone(), shiji_web::WebOptions::default());
    let mut tx = town.app.store.read().await.unwrap();
    let staff = roster::staff(&mut tx, town.place.place_id).await.unwrap();
    drop(tx);
    let unit = staff.post(town.post("水务")).unwrap().organization_id;
    let form = format!(
        "csrf={}&key=00112233445566778899aabbccddeeff&name=%E6%B2%B3%E5%A0%A4&unit={unit}&milestone-1=%E5%90%88%E9%BE%99\
         &day-1=2026-10-01&milestone-2=%E7%AB%A3%E5%B7%A5&day-2=2036-12-31",
        csrf_of(token)
    );
    let send = async |act: &str| {
        let send = Request::post("/chengwan/zh/desk/projects")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, format!("shiji-chengwan={token}"))
            .body(Body::from(format!("{form}&act={act}")));
        router.clone().oneshot(send.unwrap()).await.unwrap()
    };
    let looked = send("").await;
    assert_eq!(looked.status(), StatusCode::OK);
    let page = text(looked).await;
    assert!(page.contains("还没有公示") && page.contains("<svg") && page.contains("2026年10月1日"));
    assert!(page.contains("已经过去") && page.contains("五年以后") && page.contains("没有写开工时间"));
    assert!(page.contains("name=\"day-2\" value=\"2036-12-31\""), "the form is carried along");
    assert!(portfolio(&town.app, &town.place).await.unwrap().0.is_empty());
    let changed = text(send("change").await).await;
    assert!(changed.contains("value=\"河堤\"") && changed.contains("00112233445566778899aabbccddeeff"));
    let first = send("publish").await;
    assert_eq!(first.status(), StatusCode::SEE_OTHER);
    let again = send("publish").await;
    assert_eq!(first.headers()[header::LOCATION], again.headers()[header::LOCATION]);
    assert_eq!(portfolio(&town.app, &town.place).await.unwrap().0.len(), 1);
}
