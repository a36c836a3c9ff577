//! Publishes a period: records, projection, numbers and states in one transaction (invariant 1).

use super::facts::{IssueHead, Week};
use crate::app::{App, day_in};
use crate::error::AppError;
use crate::{affair, difficulty, follow, job};
use jiff::Timestamp;
use shiji_domain::id::PersonId;
use shiji_domain::refusal::Refusal;
use shiji_domain::report::ReportState;
use shiji_record::canonical::{Heading, Record};
use shiji_record::fact::PlaceFact;
use shiji_record::projection::{Row, derive};
use shiji_store::audit::AuditEntry;
use shiji_store::calendar::{self, Period};
use shiji_store::roster::{self, Place};
use shiji_store::{Tx, evidence, log, projection, public, question, record, report};
use std::collections::HashSet;

/// Publishes `period` within the caller's transaction and returns the number of the issue.
/// `closed_by` is the chair, or `None` when the calendar publishes.
///
/// # Errors
/// Refuses a period that is published already.
pub async fn publish_in(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    now: Timestamp,
    period: &Period,
    closed_by: Option<PersonId>,
) -> Result<i64, AppError> {
    let latest = public::latest_issue(tx, place.place_id).await?;
    let number = latest.map_or(0, |issue| issue.number) + 1;
    if calendar::number_period(tx, place.place_id, period.period_id, number).await? == 0 {
        return Err(Refusal::new("refusal-period-published").into());
    }
    let week = load(tx, place, period, number - 1).await?;
    let named = PlaceFact {
        slug: place.slug.clone(),
        name: place.name.clone(),
        name_en: place.name_en.clone(),
        time_zone: place.time_zone.clone(),
    };
    let known = projection::latest_place(tx, place.place_id).await?;
    let head = IssueHead {
        number,
        place_id: place.place_id.0,
        place_name: place.name.clone(),
        closed_by: closed_by.map(|person| week.staff.name(person)),
        place: (known.as_ref() != Some(&named)).then_some(named),
    };
    let records = records(app, place, now, head, &week)?;
    record::insert_records(tx, place.place_id, 0, &records).await?;
    log::enqueue(tx, place.place_id, 0, &records, now.as_millisecond()).await?;
    let rows: Vec<Row> = records.iter().filter_map(derive).collect();
    projection::insert_rows(tx, &rows).await?;
    job::enqueue(app, tx, place.place_id, follow::announcement(number, now)).await?;
    let published = [ReportState::Accepted, ReportState::Filed];
    report::publish_reports(tx, place.place_id, period.period_id, &published).await?;
    difficulty::publish_with_issue(app, tx, place, now, period.period_id).await?;
    let entry = AuditEntry {
        audit_id: app.new_id(),
        at: now.as_millisecond(),
        actor_id: closed_by,
        act: "issue.publish".into(),
        subject_id: period.period_id.to_string(),
        before: None,
        after: Some(format!("{number} {}", records.len())),
    };
    shiji_store::audit::insert_audit(tx, place.place_id, &entry).await?;
    Ok(number)
}

async fn load(tx: &mut Tx, place: &Place, period: &Period, previous: i64) -> Result<Week, AppError> {
    let place_id = place.place_id;
    let reports = report::reports_in(tx, place_id, period.period_id).await?;
    Ok(Week {
        days: period.days,
        staff: roster::staff(tx, place_id).await?,
        items: report::items_in(tx, place_id, period.period_id).await?,
        answers: report::answers_in(tx, place_id, period.period_id).await?,
        leave: calendar::leave_in(tx, place_id, period.days).await?,
        evidence: evidence::evidence_in(tx, place_id, period.period_id).await?,
        promised: promised(tx, place, previous).await?,
        questions: question::taken_up(tx, place_id, period.period_id).await?,
        links: affair::public_links(tx, place_id, period.period_id).await?,
        reports,
    })
}

async fn promised(
    tx: &mut Tx,
    place: &Place,
    issue: i64,
) -> Result<HashSet<shiji_domain::id::ItemId>, AppError> {
    let items = projection::items_of_issue(tx, place.place_id, issue).await?;
    Ok(items
        .into_iter()
        .filter(|item| item.fact.item_kind == shiji_domain::item::ItemKind::Plan)
        .map(|item| item.fact.item)
        .collect())
}

fn records(
    app: &App,
    place: &Place,
    now: Timestamp,
    head: IssueHead,
    week: &Week,
) -> Result<Vec<Record>, AppError> {
    let day = day_in(place, now)?;
    let number = head.number;
    let day_of = |millis| Timestamp::from_millisecond(millis).ok().and_then(|at| day_in(place, at).ok());
    week.facts(head, day_of)
        .into_iter()
        .map(|subject| {
            let heading = Heading {
                record_id: app.new_id(),
                place: place.place_id,
                id: subject.id,
                revision: 1,
                replaces: None,
                issue: number,
                day,
            };
            Ok(Record::new(heading, subject.fact, || app.random())?)
        })
        .collect()
}
