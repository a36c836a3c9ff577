//! The audit trail, leafed through from the newest.

use crate::app::{Act, App};
use crate::error::AppError;
use shiji_domain::id::PersonId;
use shiji_domain::right::{Role, not_yours};
use shiji_domain::staff::Staff;
use shiji_store::audit::{AuditEntry, audit_entries_behind};
use shiji_store::roster;
use std::str::FromStr as _;
use uuid::Uuid;

const LINES_A_PAGE: usize = 50;

#[derive(Debug, Clone)]
pub struct AuditLine {
    pub at: i64,
    /// `None` for the program itself and the command line.
    pub actor: Option<String>,
    /// A word such as `report.file`.
    pub act: String,
    /// The person it is about, when it is about one.
    pub subject: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
}

#[derive(Debug, Clone)]
pub struct AuditPage {
    pub lines: Vec<AuditLine>,
    /// Where the next page begins: hand it in again.
    pub next: Option<(i64, Uuid)>,
}

/// The newest lines, or those behind `behind`.
///
/// # Errors
/// Refuses everybody but clerk and auditor.
pub async fn audit_page(app: &App, act: &Act, behind: Option<(i64, Uuid)>) -> Result<AuditPage, AppError> {
    if !act.actor.has(Role::Clerk) && !act.actor.has(Role::Auditor) {
        return Err(not_yours().into());
    }
    let place_id = act.place.place_id;
    let mut tx = app.store.read().await?;
    let staff = roster::staff(&mut tx, place_id).await?;
    let behind = behind.unwrap_or((i64::MAX, Uuid::max()));
    // One more than is shown says whether there is a next page.
    let mut entries = audit_entries_behind(&mut tx, place_id, behind, LINES_A_PAGE as i64 + 1).await?;
    let more = entries.len() > LINES_A_PAGE;
    entries.truncate(LINES_A_PAGE);
    let next = entries.last().filter(|_| more).map(|last| (last.at, last.audit_id));
    Ok(AuditPage { lines: entries.into_iter().map(|entry| line(&staff, entry)).collect(), next })
}

fn line(staff: &Staff, entry: AuditEntry) -> AuditLine {
    let subject = PersonId::from_str(&entry.subject_id).ok().and_then(|id| staff.person(id));
    AuditLine {
        at: entry.at,
        actor: entry.actor_id.map(|actor| staff.name(actor)),
        act: entry.act,
        subject: subject.map(|person| person.name.clone()),
        before: entry.before,
        after: entry.after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::refused::is_refused;
    use crate::office::{AmendPerson, amend_person};
    use crate::testing::Town;

    #[tokio::test]
    async fn every_line_of_one_instant_is_seen_once() {
        for town in Town::each().await {
            let clerk = town.act("党政办").await;
            for number in 0..120 {
                let wanted = AmendPerson {
                    person: town.person("水务"),
                    name: format!("水务{number}"),
                    mobile: String::new(),
                };
                amend_person(&town.app, &clerk, wanted).await.unwrap();
            }
            let mut seen = std::collections::BTreeSet::new();
            let mut behind = None;
            loop {
                let page = audit_page(&town.app, &town.act("监察").await, behind).await.unwrap();
                seen.extend(page.lines.into_iter().filter_map(|line| line.after));
                behind = page.next;
                if behind.is_none() {
                    break;
                }
            }
            assert_eq!(seen.len(), 120);
        }
    }

    #[tokio::test]
    async fn the_trail_is_for_clerk_and_auditor() {
        for town in Town::each().await {
            for name in ["书记", "镇长", "水务", "东村"] {
                assert!(is_refused(&audit_page(&town.app, &town.act(name).await, None).await), "{name}");
            }
        }
    }
}
