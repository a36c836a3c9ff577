//! What the gate shows, and the own page.

use crate::app::{Act, App, day_in};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::PersonId;
use shiji_domain::right::not_yours;
use shiji_domain::whereabouts::Whereabouts;
use shiji_record::fact::RosterFact;
use shiji_store::roster::Place;
use shiji_store::{projection, public, roster, whereabouts};
use std::collections::HashMap;

/// An official of the board, with what is known of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateLine {
    pub person: RosterFact,
    pub said: Option<Whereabouts>,
    /// Name of the one to ask meanwhile.
    pub ask: Option<String>,
    /// Published plans for today, in their words.
    pub plans: Vec<String>,
}

/// Everybody of the latest issue, in the order of the board.
///
/// # Errors
/// Only when the store fails.
pub async fn gate(app: &App, place: &Place) -> Result<(Date, Vec<GateLine>), AppError> {
    let today = day_in(place, app.clock.now())?;
    let mut tx = app.store.read().await?;
    let Some(latest) = public::latest_issue(&mut tx, place.place_id).await? else {
        return Ok((today, Vec::new()));
    };
    let people = projection::people_of_issue(&mut tx, place.place_id, latest.number).await?;
    let mut plans: HashMap<PersonId, Vec<String>> = HashMap::new();
    let (first, last) = (latest.last_day, today);
    // Plans of the latest issue are for the period after it; when that is past, they say nothing of today.
    if last.duration_since(first).as_hours() / 24 <= PLANS_DAYS_MOST {
        for (person, text) in public::plans_on(&mut tx, place.place_id, latest.number, today).await? {
            plans.entry(person).or_default().push(text);
        }
    }
    let said = whereabouts::whereabouts_on(&mut tx, place.place_id, today).await?;
    let name = |id: PersonId| people.iter().find(|person| person.person == id).map(|one| one.name.clone());
    let lines = people.iter().map(|person| {
        let said = said.iter().find(|said| said.person == person.person).cloned();
        GateLine {
            ask: said.as_ref().and_then(|said| said.ask).and_then(name),
            plans: plans.remove(&person.person).unwrap_or_default(),
            person: person.clone(),
            said,
        }
    });
    Ok((today, lines.collect()))
}

/// Days after an issue in which its plans may still be today's: two merged weeks.
const PLANS_DAYS_MOST: i64 = 21;

/// What somebody said, and whom they could name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnWhereabouts {
    pub today: Date,
    pub said: Option<Whereabouts>,
    pub colleagues: Vec<(PersonId, String)>,
}

/// # Errors
/// Refuses who holds no post.
pub async fn own_whereabouts(app: &App, act: &Act) -> Result<OwnWhereabouts, AppError> {
    if act.actor.posts.is_empty() {
        return Err(not_yours().into());
    }
    let today = act.day()?;
    let mut tx = app.store.read().await?;
    let place = act.place.place_id;
    let staff = roster::staff(&mut tx, place).await?;
    let said = whereabouts::whereabouts_on(&mut tx, place, today).await?;
    let colleagues = staff.filers(today).into_iter().map(|filer| filer.person_id);
    Ok(OwnWhereabouts {
        today,
        said: said.into_iter().find(|said| said.person == act.person()),
        colleagues: colleagues.filter(|id| *id != act.person()).map(|id| (id, staff.name(id))).collect(),
    })
}
