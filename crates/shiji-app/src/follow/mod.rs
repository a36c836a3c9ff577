//! Readers who follow the board by mail, without an account. Links carry tokens that follow from the installation's key
//! (`SecretBox::token`), so the database holds none.

mod announce;
mod ask;
mod confirm;
mod digest;
mod named;

pub use announce::announcement;
pub use ask::{NewFollow, ask_to_follow};
pub use confirm::{Standing, confirm_follow, follow_of_link, stop_following};
pub use named::name_of;

pub(crate) use announce::announce_issue;
pub(crate) use ask::{forget_unconfirmed, mail_confirmation};
pub(crate) use digest::mail_digest;

use crate::app::App;
use shiji_domain::id::SubscriptionId;
use shiji_store::roster::Place;

fn sealed_context(place: &Place, id: SubscriptionId) -> String {
    format!("subscription/{}/{id}", place.place_id)
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Confirm,
    Stop,
}

impl Purpose {
    /// As in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Purpose::Confirm => "confirm",
            Purpose::Stop => "stop",
        }
    }
}

fn token(app: &App, place: &Place, purpose: Purpose, id: SubscriptionId) -> String {
    app.secrets.token(&format!("follow {}", purpose.code()), &format!("{}/{id}", place.place_id))
}

/// The address of a link behind `/{place}/{language}`.
fn link(app: &App, place: &Place, purpose: Purpose, id: SubscriptionId) -> String {
    format!("/follow/{}/{id}/{}", purpose.code(), token(app, place, purpose, id))
}

#[cfg(test)]
mod tests;
