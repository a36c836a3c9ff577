//! Takes the words of one record of a project away for good: what it is for, money and place, or the reason of a step. Names and
//! days stay, and with them where the project stands.

use super::redact::append;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::ProjectId;
use shiji_domain::redaction::RedactionReason;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_record::affair::Affair;
use shiji_record::fact::Fact;
use shiji_record::projection::derive;
use shiji_store::{Tx, projection, record};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedactProject {
    pub project: ProjectId,
    /// Which of its records; the baseline is 1.
    pub revision: i64,
    pub reason: RedactionReason,
}

/// # Errors
/// Refuses everybody but the clerk, a record that there is not, and one without words.
pub async fn redact_project(app: &App, act: &Act, wanted: RedactProject) -> Result<(), AppError> {
    act.actor.must_be(Role::Clerk)?;
    app.store
        .write("redact_project", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(redact_in(app, tx, act, wanted))
        })
        .await?;
    // A dump is a copy of the words; the next one is made without them.
    crate::open_data::forget_dumps(app, act.place.place_id).await
}

async fn redact_in(app: &App, tx: &mut Tx, act: &Act, wanted: &RedactProject) -> Result<(), AppError> {
    let place = act.place.place_id;
    let records = record::records_about(tx, place, wanted.project.0).await?;
    let of_project = |fact: &Fact| matches!(fact, Fact::Affair(Affair::Project(_) | Affair::ProjectStep(_)));
    let old = records
        .iter()
        .find(|record| record.leaf.revision == wanted.revision && of_project(&record.fact))
        .ok_or(AppError::NotFound)?;
    let fields = words_of(&old.fact);
    if fields.is_empty() {
        return Err(Refusal::new("refusal-redacted-already").into());
    }
    let without = old.without(&fields)?;
    record::put_disclosures(tx, &without).await?;
    if let Some(row) = derive(&without) {
        projection::replace_row(tx, &row).await?;
    }
    let by = shiji_store::roster::staff(tx, place).await?.name(act.person());
    append(app, tx, act, old, &fields, wanted.reason, &by).await?;
    shiji_store::audit::scrub_subject(tx, place, &wanted.project.to_string()).await?;
    let after = Some(format!("{} {}", wanted.revision, wanted.reason.code()));
    audit(app, tx, act, Change { act: "project.redact", subject: &wanted.project, before: None, after }).await
}

/// The fields that hold people's words, where they do.
fn words_of(fact: &Fact) -> Vec<&'static str> {
    let words = match fact {
        Fact::Affair(Affair::Project(fact)) => {
            vec![("aim", &fact.aim), ("money", &fact.money), ("site", &fact.site)]
        }
        Fact::Affair(Affair::ProjectStep(fact)) => {
            vec![("reason", &fact.reason), ("aim", &fact.aim), ("money", &fact.money), ("site", &fact.site)]
        }
        _ => Vec::new(),
    };
    words.into_iter().filter(|(_, words)| words.is_some()).map(|(name, _)| name).collect()
}
