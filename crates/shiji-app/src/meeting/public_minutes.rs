//! The minutes as everybody reads them: from the public rows alone.

use crate::app::App;
use crate::error::AppError;
use shiji_domain::meeting_length::LAST_MOST;
use shiji_record::affair::{Affair, DirectiveFact, MinutesFact};
use shiji_record::fact::Kind;
use shiji_store::roster::Place;
use shiji_store::{Tx, public_affair};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicMinutes {
    pub fact: MinutesFact,
    /// Minutes that the meetings before it took, the newest first.
    pub last: Vec<i64>,
    /// What was decided, with the order that it became.
    pub decisions: Vec<(String, Option<DirectiveFact>)>,
}

/// The minutes of the meeting that published the issue; none when the calendar did.
///
/// # Errors
/// Only when the store fails.
pub async fn public_minutes(app: &App, place: &Place, issue: i64) -> Result<Option<PublicMinutes>, AppError> {
    let mut tx = app.store.read().await?;
    let rows = public_affair::affairs_of_issue(&mut tx, place.place_id, issue).await?;
    let fact = rows.into_iter().find_map(|row| match row.affair {
        Affair::Minutes(fact) => Some(fact),
        _ => None,
    });
    let Some(fact) = fact else { return Ok(None) };
    // Orders are published at once, and so stand under the issue before.
    let earlier = public_affair::affairs_of_issue(&mut tx, place.place_id, issue - 1).await?;
    let given: Vec<DirectiveFact> = earlier
        .into_iter()
        .filter_map(|row| match row.affair {
            Affair::Directive(given) if given.source == "meeting" => Some(given),
            _ => None,
        })
        .collect();
    let order = |words: &String| given.iter().find(|given| given.text == *words).cloned();
    let decisions = fact.decisions.iter().map(|words| (words.clone(), order(words))).collect();
    let last = last_lengths(&mut tx, place, issue).await?;
    Ok(Some(PublicMinutes { fact, last, decisions }))
}

/// Of the meetings before the one of `issue`, as their records say.
async fn last_lengths(tx: &mut Tx, place: &Place, issue: i64) -> Result<Vec<i64>, AppError> {
    let mut before: Vec<(i64, i64)> = Vec::new();
    for row in public_affair::affairs_of_kind(tx, place.place_id, Kind::Minutes).await? {
        if let Affair::Minutes(fact) = row.affair
            && fact.number < issue
        {
            before.push((fact.number, fact.minutes));
        }
    }
    before.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    Ok(before.into_iter().take(LAST_MOST).map(|(_, minutes)| minutes).collect())
}
