//! Whoever is stuck says who could help.

use super::step::{called, check};
use super::term::due_from;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use crate::notice::{NewNotice, tell};
use jiff::civil::Date;
use shiji_domain::difficulty::{Addressee, Course, answerers, leader_of};
use shiji_domain::id::{DifficultyId, ItemId, OrganizationId, PersonId};
use shiji_domain::notice::NoticeKind;
use shiji_domain::refusal::Refusal;
use shiji_domain::report::ReportState;
use shiji_domain::roster::FilingDuty;
use shiji_domain::staff::Staff;
use shiji_store::difficulty::{self, Difficulty};
use shiji_store::{Tx, report, roster};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RaiseDifficulty {
    pub item: ItemId,
    pub to: Addressee,
}

/// Whom somebody who is stuck can turn to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Addressees {
    /// The leader in charge first, then the other leaders.
    pub leaders: Vec<(PersonId, String)>,
    pub units: Vec<(OrganizationId, String)>,
}

pub(crate) fn addressees(staff: &Staff, owner: PersonId, day: Date) -> Addressees {
    let filers = staff.filers(day);
    let in_charge = leader_of(staff, owner, day);
    let mut leaders: Vec<PersonId> = filers
        .iter()
        .filter(|filer| filer.filing_duty == FilingDuty::Leadership)
        .map(|filer| filer.person_id)
        .filter(|leader| *leader != owner && Some(*leader) != in_charge)
        .collect();
    leaders.splice(0..0, in_charge);
    let units = staff.organizations.iter().filter(|unit| {
        filers.iter().any(|filer| {
            filer.organization_id == unit.organization_id
                && filer.person_id != owner
                && filer.filing_duty != FilingDuty::Leadership
        })
    });
    Addressees {
        leaders: leaders.into_iter().map(|leader| (leader, staff.name(leader))).collect(),
        units: units.map(|unit| (unit.organization_id, unit.name.clone())).collect(),
    }
}

impl Addressees {
    fn has(&self, to: Addressee) -> bool {
        match to {
            Addressee::Person(person) => self.leaders.iter().any(|(leader, _)| *leader == person),
            Addressee::Unit(unit) => self.units.iter().any(|(id, _)| *id == unit),
        }
    }
}

/// # Errors
/// Refuses who may not write for the item's owner, an item without a difficulty or with one that was put to somebody, a
/// published one, whoever is no leader and no unit, and a resident's personal data in the words.
pub async fn raise_difficulty(
    app: &App,
    act: &Act,
    wanted: RaiseDifficulty,
) -> Result<DifficultyId, AppError> {
    app.store
        .write("raise_difficulty", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, *wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: RaiseDifficulty) -> Result<DifficultyId, AppError> {
    let place = act.place.place_id;
    let item = report::item(tx, place, wanted.item).await?.ok_or(AppError::NotFound)?;
    let report = report::report(tx, place, item.report_id).await?.ok_or(AppError::NotFound)?;
    act.actor.must_write_for(report.person_id)?;
    if report.state == ReportState::Published {
        return Err(Refusal::new("refusal-period-published").into());
    }
    let words = item.difficulty.ok_or_else(|| Refusal::new("refusal-difficulty-none"))?;
    let told = Told { item: wanted.item, owner: report.person_id, words, is_published: false };
    let raised = put_to(app, tx, act, told, wanted.to).await?;
    Ok(raised.difficulty_id)
}

/// A difficulty that nobody was asked about yet.
pub(super) struct Told {
    pub item: ItemId,
    pub owner: PersonId,
    pub words: String,
    /// So is its item.
    pub is_published: bool,
}

/// # Errors
/// Refuses an item about which somebody was asked, unless that was taken out before the item was published; personal data in the
/// words, and whoever is no leader and no unit.
pub(super) async fn put_to(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    told: Told,
    to: Addressee,
) -> Result<Difficulty, AppError> {
    let place = act.place.place_id;
    let before = difficulty::of_item(tx, place, told.item).await?;
    let taken_out = before.as_ref().filter(|before| before.was_taken_out(told.is_published));
    if before.is_some() && taken_out.is_none() {
        return Err(Refusal::new("refusal-difficulty-raised").into());
    }
    check(&told.words)?;
    let today = act.day()?;
    let staff = roster::staff(tx, place).await?;
    if !addressees(&staff, told.owner, today).has(to) {
        return Err(Refusal::new("refusal-difficulty-whom").into());
    }
    let due_on = due_from(tx, &act.place, today).await?;
    let raised = Difficulty {
        // Who was told of the one before finds this one in its place.
        difficulty_id: taken_out.map_or_else(|| app.new_id(), |before| before.difficulty_id),
        item_id: told.item,
        person_id: told.owner,
        words: told.words,
        raised_at: act.millis(),
        raised_on: today,
        first_to: called(&staff, to),
        first_person: match to {
            Addressee::Person(person) => Some(person),
            Addressee::Unit(_) => None,
        },
        first_due_on: due_on,
        course: Course::new(to, due_on),
        is_published: told.is_published,
        solved_on: None,
        solved_by: None,
    };
    if taken_out.is_some() {
        difficulty::delete_difficulty(tx, place, raised.difficulty_id).await?;
    }
    difficulty::insert_difficulty(tx, place, &raised).await?;
    for person in answerers(&staff, to, today) {
        let notice = NewNotice::about(NoticeKind::DifficultyRaised, person, raised.difficulty_id.0);
        tell(app, tx, place, notice.by(act.person())).await?;
    }
    let subject = raised.difficulty_id;
    let after = Some(format!("{}: {}", raised.first_to, raised.words));
    audit(app, tx, act, Change { act: "difficulty.raise", subject: &subject, before: None, after }).await?;
    Ok(raised)
}
