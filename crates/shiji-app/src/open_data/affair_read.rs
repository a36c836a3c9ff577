//! What people do together, in pages and one by one.

use super::affair::{AffairDocument, AffairSource};
use super::affair_document::Affair;
use super::cursor::{Cursor, pack, plain, unpack};
use super::item::LogIndexes;
use super::read::{Page, one_more};
use crate::app::{App, day_in};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_record::canonical::read_leaf;
use shiji_record::fact::Kind;
use shiji_store::open_affair::{self, AffairPosition, PublishedAffair};
use shiji_store::roster::Place;
use shiji_store::{Tx, log};
use uuid::Uuid;

impl Cursor for AffairPosition {
    fn to_text(&self) -> String {
        pack("affair", &[&self.day.to_string(), &self.subject.to_string()])
    }

    fn from_text(text: &str) -> Option<AffairPosition> {
        let parts = unpack("affair", text)?;
        let [day, subject] = parts.as_slice() else { return None };
        Some(AffairPosition { day: plain::<Date>(day)?, subject: plain::<Uuid>(subject)? })
    }
}

/// The newest first; with `since`, only those of which something was published on that day or later.
///
/// # Errors
/// Only when the store fails.
pub async fn affairs<T: AffairDocument>(
    app: &App,
    place: &Place,
    since: Option<Date>,
    after: Option<AffairPosition>,
    limit: usize,
) -> Result<Page<Affair>, AppError> {
    let mut tx = app.store.read().await?;
    let most = one_more(limit);
    let found = open_affair::affairs(&mut tx, place.place_id, T::KIND, since, after, most).await?;
    let documents = documents::<T>(app, &mut tx, place, &found).await?;
    let data = documents.into_iter().map(AffairDocument::into_affair).collect();
    Ok(Page::cut(data, limit, |one: &Affair| AffairPosition { day: one.published_on, subject: one.id }))
}

/// The documents of a page, with the places of their records in the log.
pub(super) async fn documents<T: AffairDocument>(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    found: &[PublishedAffair],
) -> Result<Vec<T>, AppError> {
    let log = indexes(app, tx, place, T::KIND, found).await?;
    let source = |published| AffairSource { slug: &place.slug, published, log: &log, today: None };
    Ok(found.iter().filter_map(|published| T::of(&source(published))).collect())
}

/// # Errors
/// `NotFound` for one that nothing was published of, and for one of another kind.
pub async fn affair<T: AffairDocument>(app: &App, place: &Place, id: Uuid) -> Result<T, AppError> {
    let today = Some(day_in(place, app.clock.now())?);
    let mut tx = app.store.read().await?;
    let found = open_affair::affair(&mut tx, place.place_id, T::KIND, id).await?;
    let published = found.ok_or(AppError::NotFound)?;
    let log = indexes(app, &mut tx, place, T::KIND, std::slice::from_ref(&published)).await?;
    let source = AffairSource { slug: &place.slug, published: &published, log: &log, today };
    T::of(&source).ok_or(AppError::NotFound)
}

async fn indexes(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    kind: Kind,
    found: &[PublishedAffair],
) -> Result<LogIndexes, AppError> {
    let days = || found.iter().filter_map(|one| one.rows.first()).map(|row| row.published_on);
    let (Some(log), Some(first), Some(last)) = (&app.log, days().min(), days().max()) else {
        return Ok(LogIndexes::new());
    };
    let leaves = log::leaves_of_affairs(tx, log.origin(), place.place_id, kind, (first, last)).await?;
    leaves.into_iter().map(|(index, leaf)| Ok((read_leaf(&leaf)?.commitment, index))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use shiji_store::open_data::ChangePosition;

    #[test]
    fn a_place_in_a_list_of_affairs_comes_back_and_fits_no_list_of_changes() {
        let position = AffairPosition { day: date(2026, 11, 9), subject: Uuid::from_u128(7) };
        assert_eq!(AffairPosition::from_text(&position.to_text()), Some(position));
        assert_eq!(ChangePosition::from_text(&position.to_text()), None);
        assert_eq!(AffairPosition::from_text(&7_i64.to_text()), None);
    }
}
