//! With the issue of its item a difficulty becomes public, with everything that happened to it until then.

use crate::app::App;
use crate::error::AppError;
use crate::publish::between::publish_affair;
use jiff::Timestamp;
use shiji_domain::id::PeriodId;
use shiji_record::affair::{Affair, DifficultyFact};
use shiji_store::difficulty::{self, Difficulty};
use shiji_store::roster::Place;
use shiji_store::{Tx, report};

/// Within the transaction that publishes `period`. An item whose difficulty was taken out again publishes none.
pub(crate) async fn publish_with_issue(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    now: Timestamp,
    period: PeriodId,
) -> Result<(), AppError> {
    for found in difficulty::to_publish(tx, place.place_id, period).await? {
        let item = report::item(tx, place.place_id, found.item_id).await?;
        let Some(words) = item.and_then(|item| item.difficulty) else { continue };
        let published = Difficulty { is_published: true, words, ..found };
        publish_affair(app, tx, place, now, Affair::Difficulty(fact(&published, None))).await?;
        for event in difficulty::events_of(tx, place.place_id, published.difficulty_id).await? {
            publish_affair(app, tx, place, now, Affair::DifficultyStep(event.fact)).await?;
        }
        difficulty::update_difficulty(tx, place.place_id, &published).await?;
    }
    Ok(())
}

/// `words`: those of a difficulty that its item does not tell.
pub(super) fn fact(of: &Difficulty, words: Option<String>) -> DifficultyFact {
    DifficultyFact {
        difficulty: of.difficulty_id,
        item: of.item_id,
        person: of.person_id,
        to_person: of.first_person,
        to_name: of.first_to.clone(),
        raised_on: of.raised_on,
        due_on: of.first_due_on,
        words,
    }
}
