//! The ways through the office, as far as the rights go.

use crate::frame::SignedIn;
use crate::frame::page::Entry;
use shiji_domain::right::Role;

pub fn ways(me: &SignedIn) -> Vec<Entry> {
    let has = |role| me.act.actor.has(role);
    let clerk = has(Role::Clerk);
    let reads_week = clerk || has(Role::Chair) || has(Role::Auditor);
    let path = me.here.rest.split('?').next().unwrap_or_default();
    let offered = [
        (reads_week, "/office", "office-way-week"),
        (clerk || has(Role::Administrator), "/office/roster", "office-way-roster"),
        (reads_week, "/office/questions", "office-way-questions"),
        (reads_week, "/office/terms", "office-way-terms"),
        (reads_week, "/office/spots", "office-way-spots"),
        (clerk, "/office/calendar", "office-way-calendar"),
        (clerk, "/office/leave", "office-way-leave"),
        (reads_week, "/office/print", "office-way-print"),
        (clerk, "/office/corrections", "office-way-corrections"),
        (clerk || has(Role::Administrator), "/office/outgoing", "office-way-outgoing"),
        (clerk || has(Role::Auditor), "/office/audit", "office-way-audit"),
    ];
    let entries = offered.into_iter().filter(|(offered, ..)| *offered);
    entries
        .map(|(_, rest, key)| Entry {
            href: me.here.to(rest),
            text: me.here.t.get(key),
            current: path == rest || (rest != "/office" && path.starts_with(rest)),
        })
        .collect()
}
