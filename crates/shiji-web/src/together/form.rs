//! The forms of the page of plans.

use super::plan::shown_again;
use crate::Shared;
use crate::desk::go;
use crate::frame::{Fields, SafeFields, SignedIn, WebError};
use axum::extract::State;
use axum::response::Response;
use shiji_app::AppError;
use shiji_app::together::{self, AcceptVisit, AskHelp, DecideOffer, OfferHelp, RefuseProposal};
use shiji_domain::help::HelpKind;
use shiji_domain::id::{HelpId, ItemId};
use shiji_domain::refusal::Refusal;
use shiji_domain::spot::SpotKind;

type Answer = Result<Response, WebError>;

/// Back to the page of plans, with a sentence and a place on it.
fn back(me: &SignedIn, done: &str, anchor: &str) -> Response {
    go(&me.here.to(&format!("/plans?done={done}{anchor}")))
}

pub async fn ask(State(web): State<Shared>, me: SignedIn, SafeFields(fields): SafeFields) -> Answer {
    let kind = HelpKind::from_code(fields.text("kind")).ok_or_else(|| Refusal::new("refusal-form"))?;
    let wanted = AskHelp { item: fields.parsed("item")?, kind, words: fields.text("words").to_owned() };
    match together::ask_help(&web.app, &me.act, wanted).await {
        Ok(help) => Ok(back(&me, "asked", &format!("#h-{help}"))),
        Err(error) => shown_again(&web, &me, error).await,
    }
}

pub async fn close(State(web): State<Shared>, me: SignedIn, SafeFields(fields): SafeFields) -> Answer {
    let help: HelpId = fields.parsed("help")?;
    match together::close_request(&web.app, &me.act, help).await {
        Ok(()) => Ok(back(&me, "closed", "#help")),
        Err(error) => shown_again(&web, &me, error).await,
    }
}

pub async fn offer(State(web): State<Shared>, me: SignedIn, SafeFields(fields): SafeFields) -> Answer {
    let help: HelpId = fields.parsed("help")?;
    let wanted = OfferHelp { help, helper: fields.parsed("helper")?, words: fields.text("words").to_owned() };
    match together::offer_help(&web.app, &me.act, wanted).await {
        Ok(_) => Ok(back(&me, "offered", &format!("#h-{help}"))),
        Err(error) => shown_again(&web, &me, error).await,
    }
}

pub async fn decide(State(web): State<Shared>, me: SignedIn, SafeFields(fields): SafeFields) -> Answer {
    let accepted = match fields.text("decision") {
        "accept" => true,
        "decline" => false,
        _ => return Err(Refusal::new("refusal-form").into()),
    };
    let wanted = DecideOffer { offer: fields.parsed("offer")?, accepted };
    match together::decide_offer(&web.app, &me.act, wanted).await {
        Ok(true) => Ok(back(&me, "accepted", "#help")),
        Ok(false) if accepted => Ok(back(&me, "accepted-waits", "#help")),
        Ok(false) => Ok(back(&me, "declined", "#help")),
        Err(error) => shown_again(&web, &me, error).await,
    }
}

pub async fn take(State(web): State<Shared>, me: SignedIn, SafeFields(fields): SafeFields) -> Answer {
    match together::take_in(&web.app, &me.act, fields.parsed("offer")?).await {
        Ok(item) => Ok(go(&me.here.to(&format!("/desk#i-{item}")))),
        Err(error) => shown_again(&web, &me, error).await,
    }
}

pub async fn withdraw(State(web): State<Shared>, me: SignedIn, SafeFields(fields): SafeFields) -> Answer {
    match together::withdraw_offer(&web.app, &me.act, fields.parsed("offer")?).await {
        Ok(()) => Ok(back(&me, "withdrawn", "#help")),
        Err(error) => shown_again(&web, &me, error).await,
    }
}

/// The items of a proposal: one field for each.
fn items(fields: &Fields) -> Result<Vec<ItemId>, AppError> {
    let named = fields.0.iter().filter(|(name, _)| name == "item");
    let items: Result<Vec<ItemId>, _> = named.map(|(_, value)| value.trim().parse()).collect();
    Ok(items.map_err(|_| Refusal::new("refusal-field").with("field", "item"))?)
}

pub async fn accept(State(web): State<Shared>, me: SignedIn, SafeFields(fields): SafeFields) -> Answer {
    let wanted = AcceptVisit {
        items: items(&fields)?,
        spot_kind: SpotKind::from_code(fields.text("spot-kind"))
            .ok_or_else(|| Refusal::new("refusal-form"))?,
        spot: fields.text("spot").to_owned(),
        lead: fields.parsed("lead")?,
        on: fields.parsed("on")?,
        purpose: fields.text("purpose").to_owned(),
        announced: fields.text("announced") == "yes",
    };
    match together::accept_visit(&web.app, &me.act, wanted).await {
        Ok(visit) => Ok(go(&me.here.to(&format!("/visit/{visit}")))),
        Err(error) => shown_again(&web, &me, error).await,
    }
}

pub async fn refuse(State(web): State<Shared>, me: SignedIn, SafeFields(fields): SafeFields) -> Answer {
    let wanted = RefuseProposal {
        items: items(&fields)?,
        spot: fields.text("spot").to_owned(),
        reason: fields.text("reason").to_owned(),
    };
    match together::refuse_proposal(&web.app, &me.act, wanted).await {
        Ok(()) => Ok(back(&me, "refused", "#visits")),
        Err(error) => shown_again(&web, &me, error).await,
    }
}
