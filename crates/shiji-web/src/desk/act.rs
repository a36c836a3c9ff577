//! The desk's forms.

use super::page::{Typed, shown_again};
use super::{Advice, go};
use crate::Shared;
use crate::frame::{Fields, SafeFields, SignedIn, WebError};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;
use shiji_app::AppError;
use shiji_app::desk::{self, AnswerPlan, EditItem, Edited, Resolution, ResolveConflict};
use shiji_domain::id::{ItemId, PersonId};
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::refusal::Refusal;
use shiji_text::Kind;

type Answer = Result<Response, WebError>;

/// Back to the desk of `owner`, with a sentence and a place on the page.
pub(super) fn back(me: &SignedIn, owner: PersonId, done: &str, anchor: &str) -> Response {
    let desk = if owner == me.act.person() { "/desk".to_owned() } else { format!("/desk/for/{owner}") };
    let done = if done.is_empty() { String::new() } else { format!("?done={done}") };
    go(&me.here.to(&format!("{desk}{done}{anchor}")))
}

fn owner_of(fields: &Fields) -> Result<PersonId, Refusal> {
    fields.parsed("owner")
}

pub async fn capture(State(web): State<Shared>, me: SignedIn, SafeFields(fields): SafeFields) -> Answer {
    let owner = owner_of(&fields)?;
    let kind = ItemKind::from_code(fields.text("kind")).unwrap_or(ItemKind::Work);
    let due = fields.optional_parsed("due")?;
    let words = fields.text("words");
    match desk::capture_items(&web.app, &me.act, owner, kind, words, due).await {
        Ok(_) => {
            let anchor = if kind == ItemKind::Work { "#h-work" } else { "#h-next" };
            Ok(back(&me, owner, "captured", anchor))
        }
        Err(error) => shown_again(&web, &me, owner, error, Typed::Words(kind, words.to_owned())).await,
    }
}

fn edit_of(fields: &Fields) -> Result<EditItem, Refusal> {
    Ok(EditItem {
        item: fields.parsed("item")?,
        version: fields.parsed("version")?,
        text: fields.text("text").to_owned(),
        due_on: fields.optional_parsed("due")?,
        difficulty: fields.optional("difficulty").map(str::to_owned),
    })
}

pub async fn edit(State(web): State<Shared>, me: SignedIn, SafeFields(fields): SafeFields) -> Answer {
    let owner = owner_of(&fields)?;
    let edit = edit_of(&fields)?;
    let anchor = format!("#i-{}", edit.item);
    match desk::edit_item(&web.app, &me.act, edit.clone()).await {
        Ok(Edited::Saved { .. }) => Ok(back(&me, owner, "", &anchor)),
        Ok(Edited::Conflict { .. }) => Ok(back(&me, owner, "conflict", &anchor)),
        Ok(Edited::Merged { .. }) => Ok(back(&me, owner, "merged", &anchor)),
        Err(error) => shown_again(&web, &me, owner, error, Typed::Item(edit)).await,
    }
}

/// As `edit`, while one types: JSON for the page's script.
pub async fn save(State(web): State<Shared>, me: SignedIn, SafeFields(fields): SafeFields) -> Answer {
    let edit = edit_of(&fields)?;
    let kind = if fields.text("kind") == "plan" { Kind::Plan } else { Kind::Work };
    let advice = Advice::of(me.here.t, &shiji_text::check(&edit.text, kind));
    Ok(match desk::edit_item(&web.app, &me.act, edit).await {
        Ok(Edited::Saved { version }) => {
            Json(json!({ "version": version, "advice": advice })).into_response()
        }
        Ok(Edited::Conflict { theirs }) => {
            let text = me.here.t.get("desk-conflict-notice");
            (StatusCode::CONFLICT, Json(json!({ "theirs": theirs, "text": text, "done": "conflict" })))
                .into_response()
        }
        Ok(Edited::Merged { theirs }) => {
            let text = me.here.t.get("desk-merged-notice");
            (StatusCode::CONFLICT, Json(json!({ "theirs": theirs, "text": text, "done": "merged" })))
                .into_response()
        }
        Err(AppError::NotFound) => {
            let text = me.here.t.get("desk-item-gone");
            (StatusCode::NOT_FOUND, Json(json!({ "text": text }))).into_response()
        }
        Err(AppError::Refused(refusal)) if refusal.key != "refusal-not-yours" => {
            let text = me.here.t.refusal(&refusal);
            (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "text": text }))).into_response()
        }
        Err(error) => return Err(error.into()),
    })
}

/// Advice on words that are not kept yet.
pub async fn check(me: SignedIn, SafeFields(fields): SafeFields) -> Answer {
    let words = fields.text("words");
    let most = shiji_domain::text::PASTE_LENGTH_MOST;
    if words.chars().count() > most {
        return Err(Refusal::new("refusal-text-long")
            .with("length", words.chars().count())
            .with("most", most)
            .into());
    }
    let split = shiji_text::split(words);
    let read = |kind: Kind| {
        move |text: String| {
            let advice = Advice::of(me.here.t, &shiji_text::check(&text, kind));
            json!({ "text": text, "advice": advice })
        }
    };
    let work: Vec<_> = split.work.into_iter().map(read(Kind::Work)).collect();
    let plan: Vec<_> = split.plan.into_iter().map(read(Kind::Plan)).collect();
    Ok(Json(json!({ "work": work, "plan": plan })).into_response())
}

pub async fn remove(State(web): State<Shared>, me: SignedIn, SafeFields(fields): SafeFields) -> Answer {
    let owner = owner_of(&fields)?;
    desk::remove_item(&web.app, &me.act, fields.parsed("item")?, fields.parsed("version")?).await?;
    Ok(back(&me, owner, "", "#h-work"))
}

pub async fn pass(State(web): State<Shared>, me: SignedIn, SafeFields(fields): SafeFields) -> Answer {
    let owner = owner_of(&fields)?;
    let item: ItemId = fields.parsed("item")?;
    desk::pass_item(&web.app, &me.act, item, fields.parsed("version")?).await?;
    Ok(back(&me, owner, "", &format!("#i-{item}")))
}

pub async fn answer(State(web): State<Shared>, me: SignedIn, SafeFields(fields): SafeFields) -> Answer {
    let owner = owner_of(&fields)?;
    // An empty outcome takes the answer back; any other word that is none must not.
    let outcome = match fields.optional("outcome") {
        Some(code) => Some(Outcome::from_code(code).ok_or_else(|| Refusal::new("refusal-form"))?),
        None => None,
    };
    let wanted = AnswerPlan {
        owner,
        plan_item: fields.parsed("plan")?,
        outcome,
        reason: fields.optional("reason").map(str::to_owned),
        difficulty: None,
    };
    let anchor = format!("#a-{}", wanted.plan_item);
    desk::answer_plan(&web.app, &me.act, wanted).await?;
    Ok(back(&me, owner, "", &anchor))
}

pub async fn resolve(State(web): State<Shared>, me: SignedIn, SafeFields(fields): SafeFields) -> Answer {
    let owner = owner_of(&fields)?;
    let wanted = ResolveConflict {
        item: fields.parsed("item")?,
        conflict: fields.parsed("conflict")?,
        version: fields.parsed("version")?,
        waiting: fields.text("waiting").to_owned(),
        resolution: Resolution::from_code(fields.text("keep")).ok_or_else(|| Refusal::new("refusal-form"))?,
    };
    let anchor = format!("#i-{}", wanted.item);
    desk::resolve_conflict(&web.app, &me.act, wanted).await?;
    Ok(back(&me, owner, "", &anchor))
}

pub async fn file(State(web): State<Shared>, me: SignedIn, SafeFields(fields): SafeFields) -> Answer {
    let owner = owner_of(&fields)?;
    desk::file_report(&web.app, &me.act, owner).await?;
    Ok(back(&me, owner, "filed", ""))
}

pub async fn withdraw(State(web): State<Shared>, me: SignedIn, SafeFields(fields): SafeFields) -> Answer {
    let owner = owner_of(&fields)?;
    desk::withdraw_report(&web.app, &me.act, owner).await?;
    Ok(back(&me, owner, "", ""))
}

pub async fn read(State(web): State<Shared>, me: SignedIn, SafeFields(_): SafeFields) -> Answer {
    desk::read_notices(&web.app, &me.act).await?;
    Ok(back(&me, me.act.person(), "", ""))
}

/// Seconds in which the desk was in use; says nothing back.
pub async fn minutes(State(web): State<Shared>, me: SignedIn, SafeFields(fields): SafeFields) -> Answer {
    let seconds: i64 = fields.parsed("seconds")?;
    desk::record_seconds(&web.app, &me.act, owner_of(&fields)?, seconds).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
