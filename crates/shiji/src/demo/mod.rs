//! Fills a data folder with an invented town and a year of its weeks.

mod calendar;
pub mod command;
mod people;
mod questions;
mod together;
mod visits;
mod week;
mod works;

use crate::wiring::SetClock;
use anyhow::{Context as _, Result};
use jiff::Timestamp;
use shiji_app::account;
use shiji_app::{Act, App, who};
use shiji_demo::Town;
use shiji_domain::id::PersonId;
use shiji_domain::right::Role;
use shiji_store::calendar::Period;
use shiji_store::roster::{self, Place};
use std::sync::Arc;

/// The same town in every installation; the week it is in follows the calendar.
const SEED: u64 = 20_261_123;
const TIME_ZONE: &str = "Asia/Shanghai";

/// Somebody the demo lets you be.
pub struct DemoSignIn {
    /// `official`, `leader`, `clerk`, `chair`, `auditor` or `administrator`; also the sign-in name.
    pub role: &'static str,
    pub person: PersonId,
    pub name: String,
    pub title: String,
}

/// Makes the town, its people, its published weeks and its open week.
///
/// # Errors
/// When the store fails; then the folder holds a place without a full year and is to be made anew with `--fresh`.
pub async fn fill(app: &App, now: Timestamp, weeks: i64) -> Result<(Place, Vec<DemoSignIn>)> {
    let clock = Arc::new(SetClock::new(now));
    let app = App { clock: clock.clone(), ..app.clone() };
    let today = now.to_zoned(jiff::tz::TimeZone::get(TIME_ZONE)?).date();
    let year = calendar::Year::up_to(today, weeks)?;
    let specs: Vec<shiji_demo::WeekSpec> = year
        .past_and_open()
        .iter()
        .map(|days| shiji_demo::WeekSpec { starts_on: days.first, ends_on: days.last })
        .collect();
    let town = shiji_demo::town(SEED, &specs);
    let place = Place {
        place_id: app.new_id(),
        slug: town.slug.clone(),
        name: town.name.clone(),
        name_en: town.name_en.clone(),
        time_zone: TIME_ZONE.into(),
    };
    let periods: Vec<Period> =
        year.days.iter().map(|days| calendar::period(&app, &place, *days)).collect::<Result<_>>()?;
    let mut weeks = shiji_demo::weeks(&town, SEED, &specs);
    if let (Some(open), Some(days)) = (weeks.last_mut(), year.past_and_open().last()) {
        shiji_demo::add_plans(&town, open, shiji_domain::calendar::following(*days).first);
    }
    let people = people::Cast::new(&app, &town);
    let input = (&app, &place, &town, &people, &periods);
    app.store
        .write("demo.people", &input, |tx, (app, place, town, people, periods)| {
            Box::pin(async move {
                roster::insert_place(tx, place, app.now()).await?;
                people.insert(app, tx, place, town).await?;
                for period in periods.iter() {
                    shiji_store::calendar::insert_period(tx, place.place_id, period).await?;
                }
                Ok::<_, shiji_app::AppError>(())
            })
        })
        .await
        .context("the people of the town")?;
    if let Some(first) = periods.first() {
        clock.set_millis(first.due_at);
        visits::list_spots(&app, &place, (&town, &people)).await?;
    }
    let mut promised = week::Promised::default();
    let mut questions = questions::Questions::before(now);
    let mut projects = works::Projects::over(&place, &specs, now)?;
    let mut together = together::Together::before(now.as_millisecond());
    for (week, period) in weeks.iter().zip(&periods) {
        questions.go_on((&app, &clock, &place), (&town, &people), period.meeting_at).await?;
        // The week's own meeting comes after whatever was moved in it, and its items before.
        projects.go_on((&app, &clock, &place), (&town, &people), period.meeting_at).await?;
        let of_town = (&town, &projects);
        promised = week::Writer { app: &app, clock: &clock, place: &place, people: &people, of_town, period }
            .write(week, promised, now, &mut together)
            .await
            .with_context(|| format!("the week from {}", period.days.first))?;
    }
    questions.go_on((&app, &clock, &place), (&town, &people), i64::MAX).await?;
    projects.go_on((&app, &clock, &place), (&town, &people), i64::MAX).await?;
    clock.set_millis(now.as_millisecond());
    visits::fill(&app, &place, (&town, &people)).await?;
    let sign_ins = people.sign_ins(&town, today);
    Ok((place, sign_ins))
}

/// Gives everybody of the list the same password, without an invitation.
pub async fn set_passwords(app: &App, place: &Place, sign_ins: &[DemoSignIn], password: &str) -> Result<()> {
    for sign_in in sign_ins {
        account::set_password_from_command_line(app, place, sign_in.person, sign_in.role, password).await?;
    }
    Ok(())
}

/// The roles as the demo prints them.
pub(crate) fn role_of(role: shiji_demo::Role) -> Option<Role> {
    match role {
        shiji_demo::Role::Clerk => Some(Role::Clerk),
        shiji_demo::Role::Chair => Some(Role::Chair),
        shiji_demo::Role::Auditor => Some(Role::Auditor),
        shiji_demo::Role::Administrator => Some(Role::Administrator),
        shiji_demo::Role::Leader => None,
    }
}

fn head_of(town: &Town, unit: &str) -> Option<usize> {
    let at = town.units.iter().position(|one| one.name == unit)?;
    town.people.iter().position(|person| {
        person.unit == at && person.left.is_none() && person.class != shiji_demo::Class::None
    })
}

fn clerk_of(town: &Town) -> Option<usize> {
    town.people.iter().position(|person| person.roles.contains(&shiji_demo::Role::Clerk))
}

async fn act_of(app: &App, place: &Place, person: PersonId) -> Result<Act> {
    let now = app.clock.now();
    let mut tx = app.store.read().await?;
    let staff = roster::staff(&mut tx, place.place_id).await?;
    let day = shiji_app::app::day_in(place, now)?;
    let actor = who::actor(&mut tx, place, &staff, person, day).await?;
    Ok(Act { place: place.clone(), actor, now })
}
