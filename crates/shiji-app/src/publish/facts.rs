//! From a period's reports to the facts of its issue: pure, no store.

use jiff::civil::Date;
use shiji_domain::calendar::Days;
use shiji_domain::id::{ItemId, PersonId, QuestionId, ReportId};
use shiji_domain::issue::{Expected, Standing, Tally};
use shiji_domain::item::ItemKind;
use shiji_domain::link::ItemLink;
use shiji_domain::staff::{Filer, Membership, Staff};
use shiji_record::fact::{
    AbsenceFact, AnswerFact, Fact, IssueFact, ItemFact, PlaceFact, PublicEvidence, PublicPost, ReportFact,
    RosterFact,
};
use shiji_store::calendar::Leave;
use shiji_store::evidence::Evidence;
use shiji_store::report::{Answer, Item, Report};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Everything of a period that its issue is made from.
pub(super) struct Week {
    pub days: Days,
    pub staff: Staff,
    pub reports: Vec<Report>,
    pub items: Vec<Item>,
    pub answers: Vec<Answer>,
    pub leave: Vec<Leave>,
    pub evidence: Vec<Evidence>,
    /// Plan items of the issue before: only these can be answered.
    pub promised: HashSet<ItemId>,
    /// Public questions by the item that they were made into.
    pub questions: HashMap<ItemId, QuestionId>,
    /// What items belong to, where it is public.
    pub links: HashMap<ItemId, Vec<ItemLink>>,
}

/// A fact and what it is about.
pub(super) struct Subject {
    pub id: Uuid,
    pub fact: Fact,
}

pub(super) struct IssueHead {
    pub number: i64,
    pub place_id: Uuid,
    pub place_name: String,
    pub closed_by: Option<String>,
    /// What the place is called, when the records do not say so yet.
    pub place: Option<PlaceFact>,
}

impl Week {
    /// All facts in the order of their records, the closing line last.
    pub(super) fn facts(&self, head: IssueHead, day_of: impl Fn(i64) -> Option<Date>) -> Vec<Subject> {
        let filers = self.staff.filers(self.days.last);
        let named = head.place.clone().map(|fact| Subject { id: head.place_id, fact: Fact::Place(fact) });
        let mut subjects: Vec<Subject> = named.into_iter().collect();
        subjects.extend(
            filers
                .iter()
                .map(|filer| Subject { id: filer.person_id.0, fact: Fact::Roster(self.roster(filer)) }),
        );
        let mut standings = Vec::with_capacity(filers.len());
        for filer in &filers {
            let report = self.reports.iter().find(|report| report.person_id == filer.person_id);
            let leave = self.leave.iter().find(|leave| leave.person_id == filer.person_id);
            let expected = Expected {
                person_id: filer.person_id,
                report: report.map(|report| report.state),
                substitute: leave.map(|leave| leave.substitute_id),
            };
            let standing = expected.standing();
            standings.push(standing);
            match (standing, report) {
                (Standing::Filed, Some(report)) => self.report(report, &day_of, &mut subjects),
                _ => subjects.push(self.absence(filer.person_id, standing, expected.substitute)),
            }
        }
        let items = subjects.iter().filter(|subject| matches!(subject.fact, Fact::Item(_))).count();
        let closing = self.closing(head, &Tally::of(standings), items, subjects.len());
        subjects.push(closing);
        subjects
    }

    fn roster(&self, filer: &Filer) -> RosterFact {
        let unit_name = |organization| {
            self.staff.organization(organization).map_or_else(String::new, |unit| unit.name.clone())
        };
        let post = self.staff.post(filer.post_id);
        let holder = |post| {
            let held = |membership: &&Membership| {
                membership.post_id == post && membership.is_held_on(self.days.last)
            };
            let holder = self.staff.memberships.iter().find(held)?;
            Some(self.staff.name(holder.person_id))
        };
        let mut duties: Vec<String> = Vec::new();
        for (membership, held) in self.staff.memberships_of(filer.person_id) {
            if membership.is_held_on(self.days.last) {
                duties.extend(held.duties.iter().cloned());
            }
        }
        RosterFact {
            person: filer.person_id,
            name: self.staff.name(filer.person_id),
            unit: filer.organization_id,
            unit_name: unit_name(filer.organization_id),
            order: filer.order,
            posts: self
                .staff
                .memberships_of(filer.person_id)
                .filter(|(membership, _)| membership.from.is_none_or(|from| from <= self.days.last))
                .map(|(membership, post)| PublicPost {
                    title: post.title.clone(),
                    unit: unit_name(post.organization_id),
                    from: membership.from,
                    to: membership.to,
                })
                .collect(),
            filing_duty: filer.filing_duty,
            office_telephone: post.and_then(|post| post.office_telephone.clone()),
            duties,
            leader: post.and_then(|post| post.supervisor_post_id).and_then(holder),
            deputy: post.and_then(|post| post.deputy_post_id).and_then(holder),
            office_place: post.and_then(|post| post.office_place.clone()),
            office_hours: post.and_then(|post| post.office_hours.clone()),
        }
    }

    fn report(&self, report: &Report, day_of: &impl Fn(i64) -> Option<Date>, subjects: &mut Vec<Subject>) {
        let person = report.person_id;
        let delegate = report.filed_by.filter(|by| *by != person).map(|by| self.staff.name(by));
        let filed_on = report.filed_at.and_then(day_of).unwrap_or(self.days.last);
        let fact = Fact::Report(ReportFact { person, filed_on, filed_by: delegate });
        subjects.push(Subject { id: report.report_id.0, fact });
        let answers: Vec<&Answer> = self
            .answers
            .iter()
            .filter(|answer| answer.report_id == report.report_id)
            .filter(|answer| self.promised.contains(&answer.plan_item_id))
            .collect();
        for answer in &answers {
            let fact = AnswerFact {
                plan_item: answer.plan_item_id,
                person,
                outcome: answer.outcome,
                reason: answer.reason.clone(),
                work_item: answer.work_item_id,
            };
            subjects.push(Subject { id: answer.plan_item_id.0, fact: Fact::Answer(fact) });
        }
        self.items(report.report_id, person, subjects);
    }

    fn items(&self, report: ReportId, person: PersonId, subjects: &mut Vec<Subject>) {
        let mut position: HashMap<ItemKind, i64> = HashMap::new();
        for item in self.items.iter().filter(|item| item.report_id == report) {
            let position = position.entry(item.kind).and_modify(|position| *position += 1).or_insert(1);
            let fact = ItemFact {
                item: item.item_id,
                person,
                item_kind: item.kind,
                position: *position,
                text: item.body.clone(),
                due_on: item.due_on,
                difficulty: item.difficulty.clone(),
                answers: item.answers_id.filter(|plan| self.promised.contains(plan)),
                evidence: self.public_evidence(item.item_id),
                question: self.questions.get(&item.item_id).copied(),
                links: self.links.get(&item.item_id).cloned().unwrap_or_default(),
            };
            subjects.push(Subject { id: item.item_id.0, fact: Fact::Item(fact) });
        }
    }

    fn public_evidence(&self, item: ItemId) -> Vec<PublicEvidence> {
        self.evidence
            .iter()
            .filter(|evidence| evidence.item_id == item && evidence.public)
            .map(|evidence| PublicEvidence {
                caption: evidence.caption.clone(),
                media_type: evidence.media_type.clone(),
                sha256: evidence.sha256.clone(),
            })
            .collect()
    }

    fn absence(&self, person: PersonId, standing: Standing, substitute: Option<PersonId>) -> Subject {
        let substitute = match standing {
            Standing::OnLeave => substitute.map(|id| self.staff.name(id)),
            _ => None,
        };
        Subject { id: person.0, fact: Fact::Absence(AbsenceFact { person, standing, substitute }) }
    }

    fn closing(&self, head: IssueHead, tally: &Tally, items: usize, records: usize) -> Subject {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let fact = IssueFact {
            number: head.number,
            place_name: head.place_name,
            first_day: self.days.first,
            last_day: self.days.last,
            expected: count(tally.expected),
            filed: count(tally.filed),
            on_leave: count(tally.on_leave),
            late: count(tally.late),
            items: count(items),
            records: count(records),
            closed_by: head.closed_by,
        };
        Subject { id: head.place_id, fact: Fact::Issue(fact) }
    }
}
