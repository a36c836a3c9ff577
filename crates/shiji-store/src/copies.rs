//! Copies of an item's words on the working side: the line of the day that it was, what somebody was stuck with, the record of a
//! joint visit, offered help, the difficulty; and what the audit trail says of them.

use crate::database::{StoreError, Tx};
use shiji_domain::id::{ItemId, PlaceId};

/// Takes the words away wherever they were copied to. Who did what and when stays.
pub async fn scrub_copies(tx: &mut Tx, place: PlaceId, item: ItemId) -> Result<(), StoreError> {
    for sql in [
        "UPDATE audit SET before_text = NULL, after_text = NULL WHERE place_id = $1 AND subject_id IN \
         (SELECT task_id FROM task WHERE place_id = $1 AND item_id = $2 \
          UNION SELECT difficulty_id FROM difficulty WHERE place_id = $1 AND item_id = $2 \
          UNION SELECT subject_id FROM day_mark WHERE place_id = $1 AND item_id = $2 \
          UNION SELECT subject_id FROM item_link WHERE place_id = $1 AND item_id = $2 AND kind IN ('visit', 'help') \
          UNION SELECT o.offer_id FROM help_offer o JOIN item_link l ON l.place_id = o.place_id \
          AND l.subject_id = o.help_id WHERE o.place_id = $1 AND l.item_id = $2 AND l.kind = 'help')",
        "UPDATE task SET body = '' WHERE place_id = $1 AND item_id = $2",
        "UPDATE day_mark SET stuck = NULL WHERE place_id = $1 AND item_id = $2",
        "UPDATE visit SET record_words = NULL WHERE place_id = $1 AND visit_id IN \
         (SELECT subject_id FROM item_link WHERE place_id = $1 AND item_id = $2 AND kind = 'visit')",
        "UPDATE help_offer SET words = '' WHERE place_id = $1 AND help_id IN \
         (SELECT subject_id FROM item_link WHERE place_id = $1 AND item_id = $2 AND kind = 'help') \
         AND person_id IN (SELECT r.person_id FROM report r JOIN item i ON i.place_id = r.place_id \
         AND i.report_id = r.report_id WHERE i.place_id = $1 AND i.item_id = $2)",
    ] {
        tx.execute(sql, &[place.into(), item.into()]).await?;
    }
    Ok(())
}
