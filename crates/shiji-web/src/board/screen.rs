//! The lobby screen: pages through the issue by itself and goes on from its last copy when the network is gone.

use super::cache::Rendered;
use super::issue::rendered;
use super::view::{BoardView, board_view};
use crate::Shared;
use crate::frame::{Here, Page, WebError, asset, headers};
use crate::question::{Line, line};
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use shiji_domain::issue::Standing;
use shiji_domain::roster::FilingDuty;
use shiji_record::fact::RosterFact;

#[derive(Template)]
#[template(path = "board/screen.html")]
struct ScreenPage {
    page: Page,
    view: Option<BoardView>,
    /// Whom to ask, and what was answered lately: each sheet with its number.
    duties: Vec<(usize, Vec<DutyView>)>,
    answers: Vec<(usize, Vec<Line>)>,
}

/// An official on the sheets of duties.
struct DutyView {
    name: String,
    unit: String,
    telephone: Option<String>,
    place: Option<String>,
    duties: String,
}

/// Officials, and answers, that are legible on one sheet from across the hall.
const DUTIES_A_SHEET: usize = 9;
const ANSWERS_A_SHEET: usize = 3;
/// Answers in the rotation, and characters of a question and of an answer; the rest is read on the board.
const ANSWERS_MOST: usize = 6;
const ASKED_MOST: usize = 90;
const TOLD_MOST: usize = 150;
/// Duties that are named; the others are found by asking.
const DUTIES_MOST: usize = 5;

/// Who has duties that residents ask for: offices and villages in the order of the board, then the leaders.
fn duties(people: &[RosterFact]) -> Vec<DutyView> {
    let leads = |person: &&RosterFact| person.filing_duty == FilingDuty::Leadership;
    let offices = people.iter().filter(|person| !leads(person));
    let in_order = offices.chain(people.iter().filter(leads));
    in_order
        .filter(|person| !person.duties.is_empty())
        .map(|person| DutyView {
            name: person.name.clone(),
            unit: person.unit_name.clone(),
            telephone: person.office_telephone.clone(),
            place: person.office_place.clone(),
            duties: person.duties.iter().take(DUTIES_MOST).cloned().collect::<Vec<_>>().join("、"),
        })
        .collect()
}

fn sheets<T>(all: Vec<T>, most: usize) -> Vec<(usize, Vec<T>)> {
    let mut sheets: Vec<(usize, Vec<T>)> = Vec::new();
    for one in all {
        match sheets.last_mut() {
            Some((_, sheet)) if sheet.len() < most => sheet.push(one),
            _ => sheets.push((sheets.len() + 1, vec![one])),
        }
    }
    sheets
}

/// As much as is legible; what is left out is marked.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most).chain(['…']).collect()
}

async fn answers(web: &Shared, here: &Here) -> Result<Vec<Line>, WebError> {
    let latest = shiji_app::question::latest_answers(&web.app, &here.place, None, ANSWERS_MOST).await?;
    let today = shiji_app::app::day_in(&here.place, web.app.clock.now())?;
    let cut_line = |question| {
        let line = line(here.t, question, today);
        Line {
            words: line.words.as_deref().map(|words| cut(words, ASKED_MOST)),
            answer: line.answer.as_ref().map(|(by, text)| (by.clone(), cut(text, TOLD_MOST))),
            ..line
        }
    };
    Ok(latest.iter().map(cut_line).collect())
}

pub async fn page(web: &Shared, here: Here) -> Result<Rendered, WebError> {
    let content = shiji_app::board::issue(&web.app, &here.place, None).await?;
    let gone = here.t.get("redacted");
    let view = content.as_ref().map(|content| board_view(content, &gone));
    let duties =
        sheets(content.as_ref().map_or_else(Vec::new, |content| duties(&content.people)), DUTIES_A_SHEET);
    let answers = sheets(answers(web, &here).await?, ANSWERS_A_SHEET);
    rendered(&ScreenPage { page: Page::public(here), view, duties, answers })
}

/// The worker must lie beside the page that it keeps; its list of files comes with it.
pub async fn worker(State(_): State<Shared>) -> Response {
    let files = ["app.css", "screen.css", "screen.js", "favicon.svg"].map(asset::address);
    let list = serde_json::json!(files);
    let text = format!("const FILES = {list};\n{}", include_str!("../../assets/screen-worker.js"));
    let mut response = text.into_response();
    headers::secure(response.headers_mut());
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use shiji_domain::id::{OrganizationId, PersonId};

    #[test]
    fn sheets_hold_no_more_than_can_be_read_and_lose_nothing() {
        let sheets = sheets((0..14).collect(), 6);
        assert_eq!(
            sheets.iter().map(|(number, sheet)| (*number, sheet.len())).collect::<Vec<_>>(),
            [(1, 6), (2, 6), (3, 2)]
        );
    }

    fn official(name: &str, filing_duty: FilingDuty, duties: &[&str]) -> RosterFact {
        RosterFact {
            person: PersonId(uuid::Uuid::from_u128(1)),
            name: name.into(),
            unit: OrganizationId(uuid::Uuid::from_u128(2)),
            unit_name: "水务所".into(),
            order: 1,
            posts: vec![],
            filing_duty,
            office_telephone: Some("0800-8100001".into()),
            leader: None,
            deputy: None,
            office_place: None,
            office_hours: None,
            duties: duties.iter().map(|duty| (*duty).to_owned()).collect(),
        }
    }

    #[test]
    fn offices_come_before_leaders_and_who_has_no_duties_is_left_out() {
        let people = [
            official("镇长", FilingDuty::Leadership, &["政府全面工作"]),
            official("水务", FilingDuty::MidLevel, &["自来水", "水费", "水渠", "泵站", "水库", "河道"]),
            official("民政", FilingDuty::MidLevel, &[]),
            official("东村", FilingDuty::Village, &["开证明"]),
        ];
        let shown = duties(&people);
        let names: Vec<&str> = shown.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["水务", "东村", "镇长"]);
        assert_eq!(shown[0].duties, "自来水、水费、水渠、泵站、水库");
    }

    #[test]
    fn long_words_end_with_a_mark_and_short_ones_stay() {
        assert_eq!(cut("水管漏水", 4), "水管漏水");
        assert_eq!(cut("水管漏水了", 4), "水管漏水…");
    }
}
