//! One week of the demo: reports as they were filed, sent back and accepted, then the issue.

use super::people::Cast;
use super::together::{Stage, Together};
use super::works::Projects;
use crate::wiring::SetClock;
use anyhow::Result;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use shiji_app::meeting::publish_minutes;
use shiji_app::{App, AppError, publish};
use shiji_demo::{Line, State, Town};
use shiji_domain::id::{ItemId, MeetingId, PersonId, ReportId};
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::report::{Decision, ReportState};
use shiji_store::calendar::{self, Leave, Period};
use shiji_store::evidence::{self, Evidence};
use shiji_store::meeting::{self, Meeting};
use shiji_store::report::{self, Answer, DecisionRow, Item, Report};
use shiji_store::roster::Place;
use shiji_store::{StoreError, Tx, link};
use std::collections::HashMap;

/// Plan items of the week before, by person, in their order.
#[derive(Default)]
pub struct Promised(HashMap<usize, Vec<ItemId>>);

pub struct Writer<'a> {
    pub app: &'a App,
    pub clock: &'a SetClock,
    pub place: &'a Place,
    pub people: &'a Cast,
    /// For what items belong to.
    pub of_town: (&'a Town, &'a Projects),
    pub period: &'a Period,
}

/// What one report becomes in the tables.
struct Rows {
    report: Report,
    items: Vec<Item>,
    answers: Vec<Answer>,
    decisions: Vec<DecisionRow>,
    leave: Option<Leave>,
}

const MINUTE: i64 = 60_000;

impl Writer<'_> {
    /// Writes the week, and holds its meeting when that lies before `now`.
    pub async fn write(
        &self,
        week: &shiji_demo::Week,
        promised: Promised,
        now: Timestamp,
        together: &mut Together,
    ) -> Result<Promised> {
        let published = self.period.meeting_at < now.as_millisecond() && !self.is_open_week(now);
        let mut next = Promised::default();
        let mut all = Vec::new();
        for (order, demo) in week.reports.iter().enumerate() {
            self.clock.set_millis(self.filed_at(order, demo).min(now.as_millisecond()));
            let rows = self.rows(demo, &promised, published);
            next.0.insert(
                demo.person,
                rows.items
                    .iter()
                    .filter(|item| item.kind == ItemKind::Plan)
                    .map(|item| item.item_id)
                    .collect(),
            );
            all.push(rows);
        }
        let of_report = |rows: &Rows| -> Vec<(PersonId, Item)> {
            rows.items.iter().map(|item| (rows.report.person_id, item.clone())).collect()
        };
        let lines: Vec<(PersonId, Item)> = all.iter().flat_map(of_report).collect();
        let meeting = published.then(|| self.meeting());
        for decision in all.iter_mut().flat_map(|rows| &mut rows.decisions) {
            decision.meeting_id = meeting.as_ref().map(|meeting| meeting.meeting_id);
        }
        if !published {
            self.clock.set_millis(now.as_millisecond());
        }
        self.app
            .store
            .write("demo.week", &(self, all, meeting.clone()), |tx, (writer, all, meeting)| {
                Box::pin(writer.insert(tx, all, meeting.as_ref()))
            })
            .await?;
        self.hang_pictures(&lines).await?;
        let (app, clock, place) = (self.app, self.clock, self.place);
        let stage = Stage { app, clock, place, chair: self.people.people[0], period: self.period };
        together.link(stage, &lines).await?;
        let Some(meeting) = meeting else { return Ok(next) };
        together.meet(stage, &lines).await?;
        // Meetings are not all of the same length.
        let closed = self.period.meeting_at + (104 + self.period.meeting_at / MINUTE / 7 % 13) * MINUTE;
        self.clock.set_millis(closed);
        self.app
            .store
            .write("demo.meeting", &(self, meeting), |tx, (writer, meeting)| {
                Box::pin(writer.close(tx, meeting))
            })
            .await?;
        together.afterwards(stage, closed).await?;
        Ok(next)
    }

    /// Beside the first item of each project, now and then, a drawing of how far it is.
    async fn hang_pictures(&self, lines: &[(PersonId, Item)]) -> Result<()> {
        let (town, projects) = self.of_town;
        let place = self.place.place_id;
        let mut shown: Vec<PersonId> = Vec::new();
        for (person, item) in lines.iter().filter(|(_, item)| item.kind == ItemKind::Work) {
            if shown.contains(person) {
                continue;
            }
            let day = self.period.days.last;
            let Some(jpeg) = projects.picture_of((town, self.people), (*person, &item.body), day)? else {
                continue;
            };
            shown.push(*person);
            let sha256: String = Sha256::digest(&jpeg).iter().map(|byte| format!("{byte:02x}")).collect();
            let row = Evidence {
                evidence_id: self.app.new_id(),
                item_id: item.item_id,
                report_id: item.report_id,
                caption: "示意图".to_owned(),
                media_type: "image/jpeg".to_owned(),
                sha256,
                size: i64::try_from(jpeg.len()).unwrap_or(0),
                public: true,
                created_at: item.updated_at,
            };
            self.app.evidence.put(place, &row.sha256, jpeg).await?;
            self.app
                .store
                .write::<_, _, AppError>("demo.picture", &(place, row), |tx, (place, row)| {
                    Box::pin(async move { Ok(evidence::insert_evidence(tx, *place, row).await?) })
                })
                .await?;
        }
        Ok(())
    }

    fn meeting(&self) -> Meeting {
        Meeting {
            meeting_id: self.app.new_id(),
            period_id: self.period.period_id,
            opened_at: self.period.meeting_at,
            opened_by: self.people.people[0],
            closed_at: None,
            closed_by: None,
            shown_report_id: None,
            shown_at: None,
            notes: String::new(),
            version: 1,
        }
    }

    /// The open week may have had its meeting hour already, on a Monday afternoon; it stays open all the same.
    fn is_open_week(&self, now: Timestamp) -> bool {
        now.as_millisecond() - self.period.meeting_at < 36 * 60 * MINUTE
    }

    fn filed_at(&self, order: usize, demo: &shiji_demo::Report) -> i64 {
        let spread = i64::try_from(order).unwrap_or(0) * 7 * MINUTE;
        match demo.state {
            State::Filed { late: true } => self.period.meeting_at - 50 * MINUTE,
            _ => self.period.due_at - 9 * 60 * MINUTE + spread,
        }
    }

    fn rows(&self, demo: &shiji_demo::Report, promised: &Promised, published: bool) -> Rows {
        let person = self.people.people[demo.person];
        let report_id: ReportId = self.app.new_id();
        let filed = matches!(demo.state, State::Filed { .. });
        let state = match demo.state {
            State::Filed { .. } if published => ReportState::Accepted,
            State::Filed { .. } => ReportState::Filed,
            State::Draft if demo.returned.is_some() => ReportState::Returned,
            _ => ReportState::Draft,
        };
        let reason = demo.returned.as_ref().map(|returned| returned.reason.clone());
        let report = Report {
            report_id,
            period_id: self.period.period_id,
            person_id: person,
            state,
            filed_at: (filed || state == ReportState::Returned).then(|| self.app.now()),
            filed_by: filed.then(|| demo.filed_by.map_or(person, |index| self.people.people[index])),
            return_reason: reason.filter(|_| state == ReportState::Returned),
            seconds: i64::from(demo.minutes) * 60,
            version: 0,
        };
        let mut items = self.items(report_id, person, ItemKind::Work, &demo.work);
        let work: Vec<ItemId> = items.iter().map(|item| item.item_id).collect();
        let empty = Vec::new();
        let plans = promised.0.get(&demo.person).unwrap_or(&empty);
        let answers = self.answers(demo, report_id, plans, &work);
        for answer in &answers {
            if let Some(item) = items.iter_mut().find(|item| Some(item.item_id) == answer.work_item_id) {
                item.answers_id = Some(answer.plan_item_id);
            }
        }
        items.extend(self.items(report_id, person, ItemKind::Plan, &demo.plan));
        let decisions = self.decisions(demo, report_id, &work, state, published);
        Rows { report, items, answers, decisions, leave: self.leave(demo, person) }
    }

    fn items(&self, report_id: ReportId, person: PersonId, kind: ItemKind, lines: &[Line]) -> Vec<Item> {
        (1_i64..)
            .zip(lines)
            .map(|(order, line)| Item {
                item_id: self.app.new_id(),
                report_id,
                kind,
                order,
                body: line.text.clone(),
                due_on: line.due_on,
                difficulty: line.difficulty.clone(),
                answers_id: None,
                passed_by: None,
                version: 1,
                updated_at: self.app.now(),
                updated_by: person,
            })
            .collect()
    }

    fn answers(
        &self,
        demo: &shiji_demo::Report,
        report_id: ReportId,
        plans: &[ItemId],
        work: &[ItemId],
    ) -> Vec<Answer> {
        demo.answers
            .iter()
            .filter_map(|answer| {
                Some(Answer {
                    report_id,
                    plan_item_id: *plans.get(answer.plan)?,
                    outcome: match answer.outcome {
                        shiji_demo::Outcome::Done => Outcome::Done,
                        shiji_demo::Outcome::Partly => Outcome::Partly,
                        shiji_demo::Outcome::Moved => Outcome::Moved,
                        shiji_demo::Outcome::Dropped => Outcome::Dropped,
                    },
                    reason: answer.reason.clone(),
                    work_item_id: answer.work.and_then(|index| work.get(index)).copied(),
                    answered_at: self.app.now(),
                })
            })
            .collect()
    }

    fn decisions(
        &self,
        demo: &shiji_demo::Report,
        report_id: ReportId,
        work: &[ItemId],
        state: ReportState,
        published: bool,
    ) -> Vec<DecisionRow> {
        let mut decisions = Vec::new();
        let mut decide = |decision, item_id, reason: Option<String>, minutes: i64| {
            decisions.push(DecisionRow {
                decision_id: self.app.new_id::<MeetingId>().0,
                report_id,
                item_id,
                meeting_id: None,
                decision,
                reason,
                decided_by: self.people.people[0],
                decided_at: self.period.meeting_at + minutes * MINUTE,
            });
        };
        if let Some(returned) = &demo.returned
            && (published || state == ReportState::Returned)
        {
            let minutes = if published { 20 } else { -60 };
            let item = work.get(returned.item).copied();
            decide(Decision::Return, item, Some(returned.reason.clone()), minutes);
        }
        if published && state == ReportState::Accepted {
            decide(Decision::Accept, None, None, 60);
        }
        decisions
    }

    fn leave(&self, demo: &shiji_demo::Report, person: PersonId) -> Option<Leave> {
        match demo.state {
            State::OnLeave { substitute } => Some(Leave {
                leave_id: self.app.new_id(),
                person_id: person,
                substitute_id: self.people.people[substitute],
                days: self.period.days,
            }),
            _ => None,
        }
    }

    async fn insert(&self, tx: &mut Tx, all: &[Rows], meeting: Option<&Meeting>) -> Result<(), AppError> {
        for rows in all {
            self.insert_rows(tx, rows).await?;
        }
        if let Some(meeting) = meeting {
            meeting::insert_meeting(tx, self.place.place_id, meeting).await?;
        }
        Ok(())
    }

    async fn close(&self, tx: &mut Tx, opened: &Meeting) -> Result<(), AppError> {
        let chair = self.people.people[0];
        let held = meeting::meeting_of_period(tx, self.place.place_id, self.period.period_id).await?;
        let held = held.unwrap_or_else(|| opened.clone());
        let closed = Meeting { closed_at: Some(self.app.now()), closed_by: Some(chair), ..held };
        meeting::update_meeting(tx, self.place.place_id, &closed).await?;
        let now = self.app.clock.now();
        let number = publish::publish_in(self.app, tx, self.place, now, self.period, Some(chair)).await?;
        publish_minutes(self.app, tx, self.place, now, &closed, number).await
    }

    async fn insert_rows(&self, tx: &mut Tx, rows: &Rows) -> Result<(), StoreError> {
        let place_id = self.place.place_id;
        if let Some(leave) = &rows.leave {
            calendar::insert_leave(tx, place_id, leave, self.people.people[0], self.app.now()).await?;
        }
        if rows.items.is_empty() && rows.answers.is_empty() {
            return Ok(());
        }
        report::insert_report(tx, place_id, &rows.report).await?;
        report::insert_items(tx, place_id, &rows.items).await?;
        let (town, projects) = self.of_town;
        for item in rows.items.iter().filter(|item| item.kind == ItemKind::Work) {
            if let Some(link) = projects.link_of(town, self.people, rows.report.person_id, &item.body) {
                link::link_item(tx, place_id, item.item_id, link, item.updated_at).await?;
            }
        }
        for answer in &rows.answers {
            report::put_answer(tx, place_id, answer).await?;
        }
        for decision in &rows.decisions {
            report::insert_decision(tx, place_id, decision).await?;
        }
        Ok(())
    }
}
