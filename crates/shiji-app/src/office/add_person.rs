//! Enters one person by hand, as the import does: from a day on.

use super::amend_person::{NAME_LENGTH_MOST, telephone};
use super::amend_post::{LINE_LENGTH_MOST, duties};
use super::seat::Seats;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::{PersonId, PostId};
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_domain::roster::{FilingDuty, RosterRow};
use shiji_domain::roster_change::{RosterChange, compare};
use shiji_domain::text::required_line;
use shiji_store::{Tx, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddPerson {
    pub name: String,
    /// A unit that is not known is made.
    pub unit: String,
    pub title: String,
    pub filing_duty: Option<FilingDuty>,
    pub supervisor: Option<PostId>,
    /// Public; empty says nothing, so a post that somebody left keeps its own.
    pub office_telephone: String,
    /// Never public.
    pub mobile: String,
    /// One matter a line.
    pub duties: String,
    /// The first day in the post.
    pub day: Date,
}

/// # Errors
/// Refuses everybody but the clerk; an empty name, unit or post; a number that is none; a person of that name who is in
/// that unit already. `NotFound` for a leader in charge whose post is gone.
pub async fn add_person(app: &App, act: &Act, wanted: AddPerson) -> Result<PersonId, AppError> {
    act.actor.must_be(Role::Clerk)?;
    let row = RosterRow {
        row: 1,
        unit: required_line(&wanted.unit, LINE_LENGTH_MOST)?,
        name: required_line(&wanted.name, NAME_LENGTH_MOST)?,
        posts: vec![required_line(&wanted.title, LINE_LENGTH_MOST)?],
        filing_duty: wanted.filing_duty,
        supervisor: None,
        office_telephone: telephone(&wanted.office_telephone)?,
        mobile: telephone(&wanted.mobile)?,
        duties: duties(&wanted.duties)?,
    };
    let (supervisor, day) = (wanted.supervisor, wanted.day);
    app.store
        .write("add_person", &(app, act, row, supervisor, day), |tx, (app, act, row, supervisor, day)| {
            Box::pin(write(app, tx, act, row, *supervisor, *day))
        })
        .await
}

async fn write(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    row: &RosterRow,
    supervisor: Option<PostId>,
    day: Date,
) -> Result<PersonId, AppError> {
    let place = act.place.place_id;
    let staff = roster::staff(tx, place).await?;
    if let Some(supervisor) = supervisor {
        staff.post(supervisor).ok_or(AppError::NotFound)?;
    }
    // A sheet with this one row would take somebody of the same name and unit for the same person.
    let comparison = compare(&staff, std::slice::from_ref(row), day);
    let joins = |change: &RosterChange| matches!(change, RosterChange::Joined { .. });
    let namesake_elsewhere = comparison.changes.iter().any(|change| match change {
        RosterChange::Moved { unit, .. } => *unit != row.unit,
        _ => false,
    });
    if !comparison.changes.iter().any(joins) && !namesake_elsewhere {
        let refusal = Refusal::new("refusal-person-known");
        return Err(refusal.with("name", &row.name).with("unit", &row.unit).into());
    }
    let mut seats = Seats::new(app, tx, place, staff, day, Some(day));
    let person = seats.enter(row, act.millis()).await?;
    seats.take(person, row).await?;
    seats.last(person, supervisor).await?;
    let after = Some(format!("{} {} {} {day}", row.name, row.unit, row.posts.join("、")));
    audit(app, tx, act, Change { act: "person.add", subject: &person, before: None, after }).await?;
    Ok(person)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::refused::{all_but_the_clerk, is_refused, key};
    use crate::office::roster_page;
    use crate::testing::Town;
    use jiff::civil::date;

    fn wanted(town: &Town, name: &str, unit: &str) -> AddPerson {
        AddPerson {
            name: name.into(),
            unit: unit.into(),
            title: "副所长".into(),
            filing_duty: Some(FilingDuty::MidLevel),
            supervisor: Some(town.post("镇长")),
            office_telephone: "0800-8000017".into(),
            mobile: "13900000017".into(),
            duties: "农村供水\n水费".into(),
            day: date(2026, 11, 4),
        }
    }

    #[tokio::test]
    async fn a_person_entered_by_hand_stands_last_in_the_unit_and_files_from_the_day_on() {
        for town in Town::each().await {
            let clerk = town.act("党政办").await;
            let id = add_person(&town.app, &clerk, wanted(&town, "苏禾", "水务所")).await.unwrap();
            let page = roster_page(&town.app, &clerk).await.unwrap();
            let unit = page.units.iter().find(|unit| unit.name == "水务所").unwrap();
            assert_eq!(unit.people.last().unwrap().person_id, id);
            let post = &page.person(id).unwrap().posts[0];
            assert_eq!(post.from, Some(date(2026, 11, 4)));
            assert_eq!(post.supervisor.as_deref(), Some("镇长 · 镇长"));
            assert_eq!(post.duties, ["农村供水", "水费"]);
            assert_eq!(page.person(id).unwrap().mobile.as_deref(), Some("13900000017"));
            assert!(page.person(id).unwrap().sign_in_name.is_some(), "an invitation needs a name");
            let trail = crate::office::audit_page(&town.app, &clerk, None).await.unwrap();
            let told = trail.lines.iter().find(|line| line.act == "person.add").unwrap();
            assert!(!told.after.as_deref().unwrap().contains("13900000017"));

            let new_unit = add_person(&town.app, &clerk, wanted(&town, "林远", "河道站")).await.unwrap();
            let page = roster_page(&town.app, &clerk).await.unwrap();
            assert_eq!(page.units.last().unwrap().people[0].person_id, new_unit);
        }
    }

    #[tokio::test]
    async fn the_same_form_sent_twice_enters_one_person_and_a_namesake_elsewhere_is_another() {
        for town in Town::each().await {
            let clerk = town.act("党政办").await;
            add_person(&town.app, &clerk, wanted(&town, "苏禾", "水务所")).await.unwrap();
            let again = add_person(&town.app, &clerk, wanted(&town, "苏禾", "水务所")).await;
            assert_eq!(key(again), "refusal-person-known");
            add_person(&town.app, &clerk, wanted(&town, "苏禾", "民政办")).await.unwrap();
            let page = roster_page(&town.app, &clerk).await.unwrap();
            let of_name = page.units.iter().flat_map(|unit| &unit.people);
            assert_eq!(of_name.filter(|person| person.name == "苏禾").count(), 2);
        }
    }

    #[tokio::test]
    async fn only_the_clerk_enters_people() {
        for town in Town::each().await {
            for act in all_but_the_clerk(&town).await {
                assert!(is_refused(&add_person(&town.app, &act, wanted(&town, "苏禾", "水务所")).await));
            }
        }
    }
}
