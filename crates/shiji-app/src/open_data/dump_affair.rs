//! What people do together, in the dump of a year. It belongs to the year in which it became public, however long it went on.

use super::affair::AffairDocument;
use super::affair_document::{
    Affair, AffairPerson, AffairStep, Difficulty, Directive, Milestone, Minutes, Project, Visit,
};
use super::affair_read::documents;
use super::dump_entry::Spool;
use super::row::{Line, affair_line, list, text};
use crate::app::App;
use crate::error::AppError;
use shiji_store::open_affair::{self, AffairPosition};
use shiji_store::roster::Place;
use shiji_store::{StoreError, Tx};
use std::io;

/// Read from the database at once.
const PAGE: i64 = 500;

const STEPS: [&str; 19] = [
    "affair",
    "revision",
    "on",
    "step",
    "by",
    "text",
    "from",
    "to",
    "milestone",
    "milestone_name",
    "position",
    "item",
    "person",
    "person_name",
    "organization_name",
    "aim",
    "units",
    "money",
    "site",
];

const PEOPLE: [&str; 5] = ["affair", "part", "person", "name", "organization_name"];
const RECORDS: [&str; 6] = ["affair", "revision", "published_on", "commitment", "withheld", "log_index"];
const TASKS: [&str; 5] = ["directive", "position", "text", "due_on", "done_by"];

const MILESTONES: [&str; 9] = [
    "project",
    "id",
    "name",
    "in_baseline",
    "promised_on",
    "forecast_on",
    "reached_on",
    "dropped_on",
    "items",
];

affair_line!(Project, one {
    "aim" => text(one.description.aim.as_ref()), "units" => list(&one.description.units),
    "money" => text(one.description.money.as_ref()), "site" => text(one.description.site.as_ref()),
    "started_on" => text(one.started_on),
});

affair_line!(Directive, one {
    "given_on" => one.given_on.to_string(), "first_due_on" => one.first_due_on.to_string(),
    "source" => one.source.clone(), "source_text" => text(one.source_text.as_ref()),
});

affair_line!(Difficulty, one {
    "item" => one.item.to_string(), "raised_on" => one.raised_on.to_string(),
    "first_due_on" => one.first_due_on.to_string(),
});

affair_line!(Visit, one {
    "spot_kind" => one.spot_kind.clone(), "spot" => text(one.spot.as_ref()), "first_on" => one.first_on.to_string(),
});

affair_line!(Minutes, one {
    "minutes" => one.minutes.to_string(), "heard" => one.heard.to_string(), "returned" => one.returned.to_string(),
    "decisions" => one.decisions.join("\n"),
});

/// Lists, the steps in them, and what only one kind has.
trait Dumped: AffairDocument + Line {
    const NAME: &'static str;

    fn affair(&self) -> &Affair;

    fn steps(&self) -> &[AffairStep] {
        &[]
    }

    fn add(&self, _spool: &mut Spool) -> io::Result<()> {
        Ok(())
    }
}

macro_rules! dumped {
    ($type:ty, $name:literal $(, $steps:ident)? $(; $add:path)?) => {
        impl Dumped for $type {
            const NAME: &'static str = $name;

            fn affair(&self) -> &Affair {
                &self.affair
            }

            $(fn steps(&self) -> &[AffairStep] {
                &self.$steps
            })?

            $(fn add(&self, spool: &mut Spool) -> io::Result<()> {
                $add(self, spool)
            })?
        }
    };
}

dumped!(Project, "projects", steps; milestones);
dumped!(Directive, "directives", steps; tasks);
dumped!(Difficulty, "difficulties", steps);
dumped!(Visit, "visits", steps);
dumped!(Minutes, "minutes");

pub(super) async fn fill(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    year: i16,
    spool: &mut Spool,
) -> Result<(), AppError> {
    begin(spool).map_err(StoreError::from)?;
    fill_kind::<Project>(app, tx, place, year, spool).await?;
    fill_kind::<Directive>(app, tx, place, year, spool).await?;
    fill_kind::<Difficulty>(app, tx, place, year, spool).await?;
    fill_kind::<Visit>(app, tx, place, year, spool).await?;
    fill_kind::<Minutes>(app, tx, place, year, spool).await
}

/// The tables are there even when they stay empty.
fn begin(spool: &mut Spool) -> io::Result<()> {
    spool.table("milestones", &MILESTONES, &[])?;
    spool.table("tasks", &TASKS, &[])?;
    spool.table("steps", &STEPS, &[])?;
    spool.table("people", &PEOPLE, &[])?;
    spool.table("records", &RECORDS, &[])
}

async fn fill_kind<T: Dumped>(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    year: i16,
    spool: &mut Spool,
) -> Result<(), AppError> {
    spool.lines::<T>(T::NAME, &[]).map_err(StoreError::from)?;
    let mut after: Option<AffairPosition> = None;
    loop {
        let found = open_affair::affairs(tx, place.place_id, T::KIND, None, after, PAGE).await?;
        let mut all = documents::<T>(app, tx, place, &found).await?;
        let Some(last) = all.last().map(Dumped::affair) else { return Ok(()) };
        after = Some(AffairPosition { day: last.published_on, subject: last.id });
        all.retain(|one| one.affair().published_on.year() == year);
        write(spool, &all).map_err(StoreError::from)?;
    }
}

fn write<T: Dumped>(spool: &mut Spool, all: &[T]) -> io::Result<()> {
    spool.lines(T::NAME, all)?;
    for one in all {
        let (affair, id) = (one.affair(), one.affair().id.to_string());
        let steps: Vec<_> = one.steps().iter().map(|step| step_cells(&id, step)).collect();
        spool.table("steps", &STEPS, &steps)?;
        let people: Vec<_> = affair.people.iter().map(|person| person_cells(&id, person)).collect();
        spool.table("people", &PEOPLE, &people)?;
        let records = affair.records.iter().map(|record| {
            vec![
                id.clone(),
                record.revision.to_string(),
                record.published_on.to_string(),
                record.commitment.clone(),
                record.withheld.join(" "),
                text(record.log_index),
            ]
        });
        spool.table("records", &RECORDS, &records.collect::<Vec<_>>())?;
        one.add(spool)?;
    }
    Ok(())
}

fn step_cells(affair: &str, step: &AffairStep) -> Vec<String> {
    let described = step.description.as_ref();
    vec![
        affair.to_owned(),
        step.revision.to_string(),
        step.on.to_string(),
        step.step.clone(),
        text(step.by.as_ref()),
        text(step.text.as_ref()),
        text(step.from),
        text(step.to),
        text(step.milestone),
        text(step.milestone_name.as_ref()),
        text(step.position),
        text(step.item),
        text(step.person),
        text(step.person_name.as_ref()),
        text(step.organization_name.as_ref()),
        text(described.and_then(|one| one.aim.as_ref())),
        described.map_or_else(String::new, |one| list(&one.units)),
        text(described.and_then(|one| one.money.as_ref())),
        text(described.and_then(|one| one.site.as_ref())),
    ]
}

fn person_cells(affair: &str, person: &AffairPerson) -> Vec<String> {
    vec![
        affair.to_owned(),
        person.part.clone(),
        text(person.person),
        text(person.name.as_ref()),
        text(person.organization_name.as_ref()),
    ]
}

fn milestones(project: &Project, spool: &mut Spool) -> io::Result<()> {
    let cells = |one: &Milestone| {
        let items: Vec<String> = one.items.iter().map(ToString::to_string).collect();
        vec![
            project.affair.id.to_string(),
            one.id.to_string(),
            one.name.clone(),
            one.in_baseline.to_string(),
            one.promised_on.to_string(),
            one.forecast_on.to_string(),
            text(one.reached_on),
            text(one.dropped_on),
            items.join(" "),
        ]
    };
    spool.table("milestones", &MILESTONES, &project.milestones.iter().map(cells).collect::<Vec<_>>())
}

fn tasks(directive: &Directive, spool: &mut Spool) -> io::Result<()> {
    let rows = directive.tasks.iter().map(|task| {
        vec![
            directive.affair.id.to_string(),
            task.position.to_string(),
            task.text.clone(),
            text(task.due_on),
            text(task.done_by),
        ]
    });
    spool.table("tasks", &TASKS, &rows.collect::<Vec<_>>())
}
