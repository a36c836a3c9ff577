//! The list's forms. A page's script sends the same forms and wants a short answer in JSON; without it, the page comes back.

use super::page::{Typed, shown_again};
use crate::Shared;
use crate::desk::go;
use crate::frame::{Fields, SafeFields, SignedIn, WebError};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::json;
use shiji_app::AppError;
use shiji_app::today::{self, AddTask, Finish, LineId, PutOff, TakeBack, Why};
use shiji_app::whereabouts::{SayWhereabouts, say_whereabouts};
use shiji_domain::refusal::Refusal;
use shiji_domain::today::DueKind;
use shiji_domain::whereabouts::Presence;

type Answer = Result<Response, WebError>;

/// A form's address, opened by hand or after signing in.
pub async fn home(me: SignedIn) -> Response {
    go(&me.here.to("/today"))
}

fn line_of(fields: &Fields) -> Result<LineId, Refusal> {
    let kind = DueKind::from_code(fields.text("kind")).ok_or_else(|| Refusal::new("refusal-form"))?;
    Ok(LineId { kind, subject: fields.parsed("subject")? })
}

fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.starts_with("application/json"))
}

/// What was done is told shortly to a script and with the page to a person; what was refused, with what to do next. Who has
/// no right here gets the plain refusal, which is written to the audit trail.
async fn answer(
    web: &Shared,
    me: &SignedIn,
    headers: &HeaderMap,
    result: Result<(), AppError>,
    done: &str,
    typed: Typed,
) -> Answer {
    match result {
        Ok(()) if wants_json(headers) => Ok(Json(json!({ "done": done })).into_response()),
        Ok(()) => Ok(go(&me.here.to(&format!("/today?done={done}")))),
        Err(AppError::Refused(refusal)) if refusal.key != "refusal-not-yours" => {
            if wants_json(headers) {
                let text = me.here.t.refusal(&refusal);
                let body = Json(json!({ "text": text, "kind": refusal.key }));
                // The script keeps the act and sends it when the meeting is over.
                if refusal.key == "refusal-today-meeting" {
                    return Ok((StatusCode::CONFLICT, body).into_response());
                }
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response());
            }
            shown_again(web, me, refusal, typed).await
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn add(
    State(web): State<Shared>,
    me: SignedIn,
    headers: HeaderMap,
    SafeFields(fields): SafeFields,
) -> Answer {
    let words = fields.text("words").to_owned();
    let result = async {
        let wanted = AddTask { key: fields.parsed("key")?, words: words.clone() };
        today::add_task(&web.app, &me.act, wanted).await
    };
    answer(&web, &me, &headers, result.await, "added", Typed { words, ..Typed::default() }).await
}

pub async fn done(
    State(web): State<Shared>,
    me: SignedIn,
    headers: HeaderMap,
    SafeFields(fields): SafeFields,
) -> Answer {
    let result = async {
        let words = fields.text("words").to_owned();
        let wanted = Finish { key: fields.parsed("key")?, line: line_of(&fields)?, words };
        today::finish(&web.app, &me.act, wanted).await.map(drop)
    };
    answer(&web, &me, &headers, result.await, "done", Typed::of(&fields)).await
}

pub async fn moved(
    State(web): State<Shared>,
    me: SignedIn,
    headers: HeaderMap,
    SafeFields(fields): SafeFields,
) -> Answer {
    let result = async {
        let why = Why::Moved(fields.parsed("to")?);
        let wanted = PutOff { key: fields.parsed("key")?, line: line_of(&fields)?, why };
        today::put_off(&web.app, &me.act, wanted).await
    };
    answer(&web, &me, &headers, result.await, "moved", Typed::of(&fields)).await
}

pub async fn stuck(
    State(web): State<Shared>,
    me: SignedIn,
    headers: HeaderMap,
    SafeFields(fields): SafeFields,
) -> Answer {
    let result = async {
        let why = Why::Stuck(fields.text("stuck").to_owned());
        let wanted = PutOff { key: fields.parsed("key")?, line: line_of(&fields)?, why };
        today::put_off(&web.app, &me.act, wanted).await
    };
    answer(&web, &me, &headers, result.await, "stuck", Typed::of(&fields)).await
}

pub async fn back(
    State(web): State<Shared>,
    me: SignedIn,
    headers: HeaderMap,
    SafeFields(fields): SafeFields,
) -> Answer {
    let drop = fields.is_set("drop");
    let result = async {
        let wanted = TakeBack { key: fields.parsed("key")?, line: line_of(&fields)?, drop };
        today::take_back(&web.app, &me.act, wanted).await
    };
    let said = if drop { "dropped" } else { "undone" };
    answer(&web, &me, &headers, result.await, said, Typed::of(&fields)).await
}

pub async fn whereabouts(
    State(web): State<Shared>,
    me: SignedIn,
    headers: HeaderMap,
    SafeFields(fields): SafeFields,
) -> Answer {
    let result = async {
        let code = fields.text("presence");
        let presence = Presence::from_code(code);
        if presence.is_none() && code != "unsaid" {
            return Err(Refusal::new("refusal-form").into());
        }
        let wanted = SayWhereabouts {
            presence,
            back_on: fields.optional_parsed("back_on")?,
            back_at: fields.optional_parsed("back_at")?,
            ask: fields.optional_parsed("ask")?,
        };
        say_whereabouts(&web.app, &me.act, wanted).await
    };
    answer(&web, &me, &headers, result.await, "where", Typed::default()).await
}
