//! An issue as JSON: the same content as its page, for programs.

use super::cache::Rendered;
use super::view::{BoardView, ItemView, PersonView, board_view, outcome_code};
use crate::Shared;
use crate::frame::{Here, WebError};
use serde_json::{Value, json};
use shiji_app::AppError;

pub async fn issue(web: &Shared, here: Here, number: Option<i64>) -> Result<Rendered, WebError> {
    let content = shiji_app::board::issue(&web.app, &here.place, number).await?.ok_or(AppError::NotFound)?;
    let text = document(&here, &board_view(&content, &here.t.get("redacted"))).to_string();
    Ok(Rendered { text, media_type: "application/json", sealed: false, opened: None })
}

fn document(here: &Here, view: &BoardView) -> Value {
    let issue = &view.issue;
    json!({
        "version": 1,
        "place": { "id": here.place.place_id, "slug": here.place.slug, "name": issue.place_name },
        "number": issue.number,
        "first_day": issue.first_day,
        "last_day": issue.last_day,
        "published_on": issue.published_on,
        "closed_by": issue.closed_by,
        "expected": issue.expected,
        "filed": issue.filed,
        "on_leave": issue.on_leave,
        "late": issue.late,
        "units": view.units.iter().map(|unit| json!({
            "id": unit.id,
            "name": unit.name,
            "people": unit.people.iter().map(person).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}

fn person(person: &PersonView) -> Value {
    json!({
        "id": person.id,
        "name": person.name,
        "posts": person.titles,
        "office_telephone": person.telephone,
        "standing": person.standing.code(),
        "substitute": person.substitute,
        "filed_by": person.delegate,
        "promises": person.promises.iter().map(|promise| json!({
            "item": item(&promise.item),
            "outcome": outcome_code(promise.outcome),
            "reason": promise.reason,
            "work": promise.work,
        })).collect::<Vec<_>>(),
        "work": person.work.iter().map(item).collect::<Vec<_>>(),
        "plan": person.plan.iter().map(item).collect::<Vec<_>>(),
    })
}

fn item(item: &ItemView) -> Value {
    json!({
        "id": item.id,
        "text": item.text,
        "due_on": item.due_on,
        "difficulty": item.difficulty,
        "answers": item.answers,
        "evidence": item.evidence,
        "before": item.before.iter().map(|words| json!({
            "text": words.text, "reason": words.reason, "replaced_on": words.replaced_on,
        })).collect::<Vec<_>>(),
        "commitment": item.commitment,
    })
}
