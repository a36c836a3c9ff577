//! Who comes on a joint visit, and who leads it.

use super::visit::{Address, answer, id};
use crate::Shared;
use crate::desk::go;
use crate::frame::{SafeFields, SignedIn, WebError};
use axum::extract::{Path, State};
use axum::response::Response;
use shiji_app::together::{self, JoinVisit, LeaveVisit, SayLead};
use shiji_domain::refusal::Refusal;

type Answer = Result<Response, WebError>;

/// Whoever was named says yes or no.
pub async fn say(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, visit)): Address,
    SafeFields(fields): SafeFields,
) -> Answer {
    let visit = id(&visit)?;
    let leads = match fields.text("leads") {
        "yes" => true,
        "no" => false,
        _ => return Err(Refusal::new("refusal-form").into()),
    };
    let reason = fields.text("reason").to_owned();
    let result = together::say_lead(&web.app, &me.act, SayLead { visit, leads, reason }).await;
    answer(&web, &me, visit, result, String::new()).await
}

pub async fn take(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, visit)): Address,
    SafeFields(fields): SafeFields,
) -> Answer {
    let visit = id(&visit)?;
    let result = together::take_lead(&web.app, &me.act, visit, fields.parsed("person")?).await;
    answer(&web, &me, visit, result, String::new()).await
}

pub async fn join(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, visit)): Address,
    SafeFields(fields): SafeFields,
) -> Answer {
    let visit = id(&visit)?;
    let wanted = JoinVisit {
        visit,
        person: fields.parsed("person")?,
        plan: fields.optional_parsed("plan")?,
        words: fields.text("words").to_owned(),
    };
    let result = together::join_visit(&web.app, &me.act, wanted).await;
    answer(&web, &me, visit, result, String::new()).await
}

pub async fn leave(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, visit)): Address,
    SafeFields(fields): SafeFields,
) -> Answer {
    let visit = id(&visit)?;
    let reason = fields.text("reason").to_owned();
    let wanted = LeaveVisit { visit, person: fields.parsed("person")?, reason };
    match together::leave_visit(&web.app, &me.act, wanted).await {
        // Whoever is out of an unannounced visit may not see it any more.
        Ok(()) => Ok(go(&me.here.to("/plans?done=left#visits"))),
        refused => answer(&web, &me, visit, refused, String::new()).await,
    }
}
