//! Writes the public tables from derived rows, and reads them back to be compared.

use crate::database::{StoreError, Tx};
use crate::projection_row::{place_of, redaction_of};
use crate::value::Value;
use crate::{public_affair, public_question, search};
use shiji_domain::id::PlaceId;
use shiji_record::fact::IssueFact;
use shiji_record::projection::{Body, ItemRow, Row};
use std::collections::BTreeMap;

pub use crate::projection_row::{
    absences_of_issue, answers_of_issue, items_of_issue, latest_place, people_of_issue, reports_of_issue,
};

const ISSUE: &str = "INSERT INTO public_issue (place_id, issue_number, place_name, first_day, last_day, published_on, \
                     expected, filed, on_leave, late, items, records, closed_by)";
const PERSON: &str = "INSERT INTO public_person (place_id, issue_number, person_id, name, organization_id, \
                      organization_name, sort_order, posts, filing_duty, office_telephone, duties, leader, deputy, \
                      office_place, office_hours)";
const REPORT: &str = "INSERT INTO public_report (place_id, issue_number, person_id, filed_on, filed_by)";
const ABSENCE: &str = "INSERT INTO public_absence (place_id, issue_number, person_id, standing, substitute)";
const ITEM: &str = "INSERT INTO public_item (place_id, item_id, revision, issue_number, person_id, kind, position, body, \
                    due_on, difficulty, answers_id, evidence, published_on, reason, corrected_by, commitment, withheld, \
                    question_id, links)";
const ANSWER: &str = "INSERT INTO public_answer (place_id, plan_item_id, issue_number, person_id, outcome, reason, \
                      work_item_id)";
const PLACE: &str = "INSERT INTO public_place (place_id, issue_number, slug, name, name_en, time_zone)";
const REDACTION: &str = "INSERT INTO public_redaction (place_id, issue_number, target, subject_id, fields, reason, \
                         redacted_by, published_on)";
const QUESTION: &str = "INSERT INTO public_question (place_id, issue_number, question_id, number, kind, person_id, item_id, \
                        project_id, fact, commitment)";
const QUESTION_STEP: &str = "INSERT INTO public_question_step (place_id, issue_number, question_id, revision, step, \
                             withhold_reason, fact, withheld)";

/// Adds derived rows.
pub async fn insert_rows(tx: &mut Tx, rows: &[Row]) -> Result<(), StoreError> {
    let mut tables: [(&'static str, Vec<Vec<Value>>); 11] = [
        PLACE,
        ISSUE,
        PERSON,
        REPORT,
        ABSENCE,
        ITEM,
        ANSWER,
        REDACTION,
        QUESTION,
        QUESTION_STEP,
        public_affair::INSERT,
    ]
    .map(|insert| (insert, Vec::new()));
    for row in rows {
        let (insert, values) = values_of(row)?;
        if let Some((_, table)) = tables.iter_mut().find(|(name, _)| *name == insert) {
            table.push(values);
        }
    }
    for (insert, table) in &tables {
        tx.insert_many(insert, table).await?;
    }
    index(tx, rows).await
}

/// What is shown can be found.
async fn index(tx: &mut Tx, rows: &[Row]) -> Result<(), StoreError> {
    let mut issues: BTreeMap<(PlaceId, i64), Vec<&ItemRow>> = BTreeMap::new();
    for row in rows {
        match &row.body {
            Body::Item(item) => issues.entry((row.place, row.issue)).or_default().push(item),
            Body::Affair(affair) => {
                public_affair::note_milestones(tx, row.place, row.issue, &affair.affair).await?;
            }
            _ => {}
        }
    }
    for ((place, issue), items) in issues {
        search::index_items(tx, place, issue, &items).await?;
        public_affair::link_items(tx, place, issue, &items).await?;
    }
    Ok(())
}

fn values_of(row: &Row) -> Result<(&'static str, Vec<Value>), StoreError> {
    let mut values: Vec<Value> = vec![row.place.into(), row.issue.into()];
    let insert = match &row.body {
        Body::Issue { fact, published_on } => {
            values.extend([
                (&fact.place_name).into(),
                fact.first_day.into(),
                fact.last_day.into(),
                (*published_on).into(),
                fact.expected.into(),
                fact.filed.into(),
                fact.on_leave.into(),
                fact.late.into(),
                fact.items.into(),
                fact.records.into(),
                fact.closed_by.clone().into(),
            ]);
            ISSUE
        }
        Body::Place(fact) => {
            values.extend([
                (&fact.slug).into(),
                (&fact.name).into(),
                (&fact.name_en).into(),
                (&fact.time_zone).into(),
            ]);
            PLACE
        }
        Body::Redaction { subject, fact, published_on } => {
            values.extend([
                (&fact.target).into(),
                subject.to_string().into(),
                serde_json::to_string(&fact.fields)?.into(),
                fact.reason.code().into(),
                (&fact.redacted_by).into(),
                (*published_on).into(),
            ]);
            REDACTION
        }
        Body::Roster(fact) => {
            values.extend([
                fact.person.into(),
                (&fact.name).into(),
                fact.unit.into(),
                (&fact.unit_name).into(),
                fact.order.into(),
                serde_json::to_string(&fact.posts)?.into(),
                fact.filing_duty.code().into(),
                fact.office_telephone.clone().into(),
                serde_json::to_string(&fact.duties)?.into(),
                fact.leader.clone().into(),
                fact.deputy.clone().into(),
                fact.office_place.clone().into(),
                fact.office_hours.clone().into(),
            ]);
            PERSON
        }
        Body::Report(fact) => {
            values.extend([fact.person.into(), fact.filed_on.into(), fact.filed_by.clone().into()]);
            REPORT
        }
        Body::Absence(fact) => {
            values.extend([fact.person.into(), fact.standing.code().into(), fact.substitute.clone().into()]);
            ABSENCE
        }
        Body::Item(item) => return Ok((ITEM, item_values(row, item)?)),
        Body::Answer(fact) => {
            values = vec![
                row.place.into(),
                fact.plan_item.into(),
                row.issue.into(),
                fact.person.into(),
                fact.outcome.code().into(),
                fact.reason.clone().into(),
                fact.work_item.into(),
            ];
            ANSWER
        }
        Body::Question { fact, commitment } => {
            values.extend([
                fact.question.into(),
                fact.number.into(),
                fact.question_kind.code().into(),
                fact.person.into(),
                fact.item.into(),
                fact.project.into(),
                serde_json::to_string(fact)?.into(),
                commitment.into(),
            ]);
            QUESTION
        }
        Body::QuestionStep(step) => {
            values.extend([
                step.fact.question.into(),
                step.revision.into(),
                step.fact.step.code().into(),
                step.fact.withheld.map(|reason| reason.code()).into(),
                serde_json::to_string(&step.fact)?.into(),
                serde_json::to_string(&step.withheld)?.into(),
            ]);
            QUESTION_STEP
        }
        Body::Affair(affair) => {
            values.extend(public_affair::values_of(affair)?);
            public_affair::INSERT
        }
    };
    Ok((insert, values))
}

fn item_values(row: &Row, item: &ItemRow) -> Result<Vec<Value>, StoreError> {
    let fact = &item.fact;
    Ok(vec![
        row.place.into(),
        fact.item.into(),
        item.revision.into(),
        row.issue.into(),
        fact.person.into(),
        fact.item_kind.code().into(),
        fact.position.into(),
        (&fact.text).into(),
        fact.due_on.into(),
        fact.difficulty.clone().into(),
        fact.answers.into(),
        serde_json::to_string(&fact.evidence)?.into(),
        item.published_on.into(),
        item.reason.clone().into(),
        item.corrected_by.clone().into(),
        (&item.commitment).into(),
        serde_json::to_string(&item.withheld)?.into(),
        fact.question.into(),
        serde_json::to_string(&fact.links)?.into(),
    ])
}

/// Takes away every derived row of an issue, to put them there anew.
pub async fn delete_issue(tx: &mut Tx, place: PlaceId, issue: i64) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM public_issue WHERE place_id = $1 AND issue_number = $2",
        "DELETE FROM public_person WHERE place_id = $1 AND issue_number = $2",
        "DELETE FROM public_report WHERE place_id = $1 AND issue_number = $2",
        "DELETE FROM public_absence WHERE place_id = $1 AND issue_number = $2",
        "DELETE FROM public_item WHERE place_id = $1 AND issue_number = $2",
        "DELETE FROM public_answer WHERE place_id = $1 AND issue_number = $2",
        "DELETE FROM public_place WHERE place_id = $1 AND issue_number = $2",
        "DELETE FROM public_redaction WHERE place_id = $1 AND issue_number = $2",
        "DELETE FROM public_question WHERE place_id = $1 AND issue_number = $2",
        "DELETE FROM public_question_step WHERE place_id = $1 AND issue_number = $2",
        "DELETE FROM public_affair WHERE place_id = $1 AND issue_number = $2",
        "DELETE FROM public_item_link WHERE place_id = $1 AND issue_number = $2",
        "DELETE FROM public_milestone WHERE place_id = $1 AND issue_number = $2",
    ] {
        tx.execute(sql, &[place.into(), issue.into()]).await?;
    }
    Ok(())
}

/// Issues that have derived rows of any kind.
pub async fn issues(tx: &mut Tx, place: PlaceId) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT issue_number FROM public_issue WHERE place_id = $1 \
               UNION SELECT issue_number FROM public_person WHERE place_id = $1 \
               UNION SELECT issue_number FROM public_report WHERE place_id = $1 \
               UNION SELECT issue_number FROM public_absence WHERE place_id = $1 \
               UNION SELECT issue_number FROM public_item WHERE place_id = $1 \
               UNION SELECT issue_number FROM public_answer WHERE place_id = $1 \
               UNION SELECT issue_number FROM public_place WHERE place_id = $1 \
               UNION SELECT issue_number FROM public_question WHERE place_id = $1 \
               UNION SELECT issue_number FROM public_question_step WHERE place_id = $1 \
               UNION SELECT issue_number FROM public_affair WHERE place_id = $1 \
               UNION SELECT issue_number FROM public_redaction WHERE place_id = $1 ORDER BY issue_number";
    tx.fetch_all(sql, &[place.into()]).await?.iter().map(|row| row.int("issue_number")).collect()
}

/// The derived rows of an issue as they stand in the tables, sorted; what `insert_rows` wrote comes back the same.
pub async fn rows_of_issue(tx: &mut Tx, place: PlaceId, issue: i64) -> Result<Vec<Row>, StoreError> {
    let mut bodies = Vec::new();
    let key: [Value; 2] = [place.into(), issue.into()];
    let sql = "SELECT place_name, first_day, last_day, published_on, expected, filed, on_leave, late, items, records, \
               closed_by FROM public_issue WHERE place_id = $1 AND issue_number = $2";
    for row in tx.fetch_all(sql, &key).await? {
        let fact = IssueFact {
            number: issue,
            place_name: row.text("place_name")?,
            first_day: row.parsed("first_day")?,
            last_day: row.parsed("last_day")?,
            expected: row.int("expected")?,
            filed: row.int("filed")?,
            on_leave: row.int("on_leave")?,
            late: row.int("late")?,
            items: row.int("items")?,
            records: row.int("records")?,
            closed_by: row.optional_text("closed_by")?,
        };
        bodies.push(Body::Issue { fact, published_on: row.parsed("published_on")? });
    }
    for person in people_of_issue(tx, place, issue).await? {
        bodies.push(Body::Roster(person));
    }
    for report in reports_of_issue(tx, place, issue).await? {
        bodies.push(Body::Report(report));
    }
    for absence in absences_of_issue(tx, place, issue).await? {
        bodies.push(Body::Absence(absence));
    }
    for item in items_of_issue(tx, place, issue).await? {
        bodies.push(Body::Item(item));
    }
    for answer in answers_of_issue(tx, place, issue).await? {
        bodies.push(Body::Answer(answer));
    }
    for (fact, commitment) in public_question::questions_of_issue(tx, place, issue).await? {
        bodies.push(Body::Question { fact, commitment });
    }
    for step in public_question::steps_of_issue(tx, place, issue).await? {
        bodies.push(Body::QuestionStep(step));
    }
    for affair in public_affair::affairs_of_issue(tx, place, issue).await? {
        bodies.push(Body::Affair(affair));
    }
    let sql =
        "SELECT slug, name, name_en, time_zone FROM public_place WHERE place_id = $1 AND issue_number = $2";
    for row in tx.fetch_all(sql, &key).await? {
        bodies.push(Body::Place(place_of(&row)?));
    }
    let sql = "SELECT target, subject_id, fields, reason, redacted_by, published_on FROM public_redaction \
               WHERE place_id = $1 AND issue_number = $2";
    for row in tx.fetch_all(sql, &key).await? {
        let (subject, fact, published_on) = redaction_of(&row)?;
        bodies.push(Body::Redaction { subject, fact, published_on });
    }
    Ok(bodies.into_iter().map(|body| Row { place, issue, body }).collect())
}

/// Puts a derived row anew in the place of the one that its record gave before fields were taken away.
pub async fn replace_row(tx: &mut Tx, row: &Row) -> Result<(), StoreError> {
    let (sql, key): (&'static str, [Value; 3]) = match &row.body {
        Body::Item(item) => (
            "DELETE FROM public_item WHERE place_id = $1 AND item_id = $2 AND revision = $3",
            [row.place.into(), item.fact.item.into(), item.revision.into()],
        ),
        Body::Answer(fact) => (
            "DELETE FROM public_answer WHERE place_id = $1 AND plan_item_id = $2 AND issue_number = $3",
            [row.place.into(), fact.plan_item.into(), row.issue.into()],
        ),
        Body::Absence(fact) => (
            "DELETE FROM public_absence WHERE place_id = $1 AND person_id = $2 AND issue_number = $3",
            [row.place.into(), fact.person.into(), row.issue.into()],
        ),
        Body::Roster(fact) => (
            "DELETE FROM public_person WHERE place_id = $1 AND person_id = $2 AND issue_number = $3",
            [row.place.into(), fact.person.into(), row.issue.into()],
        ),
        Body::QuestionStep(step) => (
            "DELETE FROM public_question_step WHERE place_id = $1 AND question_id = $2 AND revision = $3",
            [row.place.into(), step.fact.question.into(), step.revision.into()],
        ),
        Body::Affair(affair) => (
            "DELETE FROM public_affair WHERE place_id = $1 AND subject_id = $2 AND revision = $3",
            [row.place.into(), affair.affair.subject().to_string().into(), affair.revision.into()],
        ),
        Body::Place(_)
        | Body::Report(_)
        | Body::Redaction { .. }
        | Body::Issue { .. }
        | Body::Question { .. } => return Ok(()),
    };
    tx.execute(sql, &key).await?;
    insert_rows(tx, std::slice::from_ref(row)).await
}
