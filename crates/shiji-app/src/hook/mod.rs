//! Webhooks: a robot of a work group hears of each issue.

mod call;
mod keep;

pub use keep::{HookLine, OutgoingPage, add_hook, outgoing_page, remove_hook, retry_job, try_hook};

pub(crate) use call::{call_hook, delivery};

use shiji_domain::id::{HookId, PlaceId};

fn sealed_context(place: PlaceId, id: HookId) -> String {
    format!("hook/{place}/{id}")
}

fn robot_context(place: PlaceId, id: HookId) -> String {
    format!("hook-robot/{place}/{id}")
}
