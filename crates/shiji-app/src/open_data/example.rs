//! One invented example of each document, for the specification: made by the same types as the answers, so that it cannot
//! say what they do not.

use super::document::{
    Answer, Correction, DumpYear, DumpYears, Evidence, Issue, IssuePerson, Item, ItemAnswer, Licence, Link,
    Place, Places, Question, QuestionAnswer, QuestionStep, Redaction, Revision, Start, WholeIssue,
};
use super::popolo::{
    ContactDetail, Membership, Organization, OrganizationWithMemberships, OtherName, Person,
    PersonWithMemberships, Post,
};
use super::{Page, licence};
use jiff::civil::{Date, date};
use shiji_record::question::words_commitment;
use uuid::Uuid;

const PUBLISHED: Date = date(2026, 11, 16);

fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0000 + number)
}

fn some(words: &str) -> Option<String> {
    Some(words.to_owned())
}

/// A page that is not the last.
pub fn page<T>(one: T, list: &str) -> Page<T> {
    Page { data: vec![one], next: Some(format!("/chengwan/api/v1/{list}?after=aWQ6MDE5YQ&limit=1")) }
}

pub fn place() -> Place {
    Place {
        id: id(1),
        slug: "chengwan".into(),
        name: "澄湾镇".into(),
        name_en: "Chengwan Town".into(),
        time_zone: "Asia/Shanghai".into(),
        api: "/chengwan/api/v1".into(),
        board: "/chengwan/zh/".into(),
    }
}

pub fn places() -> Places {
    Places { data: vec![place()] }
}

pub fn licence() -> Licence {
    Licence {
        id: licence::CODE.into(),
        name: licence::NAME.into(),
        url: licence::ADDRESS.into(),
        attribution: "澄湾镇".into(),
    }
}

pub fn start() -> Start {
    Start {
        place: place(),
        licence: licence(),
        latest_issue: Some(2),
        log: some("board.chengwan.example/log"),
        links: vec![Link { rel: "items".into(), href: "/chengwan/api/v1/items".into() }],
    }
}

pub fn issue() -> Issue {
    Issue {
        number: 2,
        place_name: "澄湾镇".into(),
        first_day: date(2026, 11, 9),
        last_day: date(2026, 11, 15),
        published_on: PUBLISHED,
        expected: 7,
        filed: 5,
        on_leave: 1,
        late: 1,
        items: 12,
        closed_by: some("刘启明"),
        url: "/chengwan/api/v1/issues/2".into(),
        csv: "/chengwan/api/v1/issues/2.csv".into(),
    }
}

pub fn item() -> Item {
    Item {
        id: id(11),
        issue: 2,
        person: id(2),
        kind: "work".into(),
        position: 1,
        text: some("更换东湾村水表38只，试水全部正常"),
        due_on: None,
        difficulty: None,
        answers: Some(id(10)),
        evidence: vec![Evidence {
            caption: "换下的旧水表".into(),
            media_type: "image/jpeg".into(),
            sha256: "0f".repeat(32),
            url: format!("/chengwan/zh/photo/{}", "0f".repeat(32)),
        }],
        published_on: date(2026, 11, 18),
        revision: 2,
        reason: some("数字颠倒"),
        corrected_by: some("周兰"),
        commitment: "2b".repeat(32),
        withheld: Vec::new(),
        log_index: Some(118),
        earlier: vec![Revision {
            revision: 1,
            text: some("更换东湾村水表83只，试水全部正常"),
            difficulty: None,
            published_on: PUBLISHED,
            reason: None,
            corrected_by: None,
            commitment: "1a".repeat(32),
            withheld: Vec::new(),
            log_index: Some(92),
        }],
        answer: None,
        unanswered: false,
    }
}

/// As lists have it, of the other kind.
pub fn plan_item() -> Item {
    Item {
        id: id(10),
        issue: 1,
        kind: "plan".into(),
        text: some("更换东湾村水表"),
        due_on: Some(date(2026, 11, 13)),
        answers: None,
        evidence: Vec::new(),
        published_on: date(2026, 11, 9),
        revision: 1,
        reason: None,
        corrected_by: None,
        log_index: None,
        earlier: Vec::new(),
        answer: Some(ItemAnswer { issue: 2, outcome: "done".into(), reason: None, work_item: Some(id(11)) }),
        ..item()
    }
}

pub fn answer() -> Answer {
    Answer {
        plan_item: id(10),
        issue: 2,
        person: id(2),
        outcome: "done".into(),
        reason: None,
        work_item: Some(id(11)),
    }
}

pub fn whole_issue() -> WholeIssue {
    WholeIssue {
        issue: issue(),
        people: vec![IssuePerson {
            id: id(2),
            name: "陈守成".into(),
            organization: id(3),
            organization_name: "水务所".into(),
            posts: vec!["水务所所长".into()],
            filing_duty: "mid_level".into(),
            standing: "filed".into(),
            substitute: None,
            filed_on: Some(date(2026, 11, 15)),
            filed_by: None,
            office_telephone: some("0800-8000001"),
            duties: vec!["农村供水".into()],
        }],
        items: vec![item()],
        answers: vec![answer()],
        unanswered: vec![id(12)],
    }
}

pub fn correction() -> Correction {
    Correction {
        item: id(11),
        issue: 2,
        revision: 2,
        text: some("更换东湾村水表38只，试水全部正常"),
        reason: some("数字颠倒"),
        corrected_by: some("周兰"),
        published_on: date(2026, 11, 18),
        commitment: "2b".repeat(32),
        withheld: Vec::new(),
    }
}

pub fn redaction() -> Redaction {
    Redaction {
        subject: id(13),
        issue: 1,
        target: "3c".repeat(32),
        fields: vec!["text".into(), "evidence".into()],
        reason: "personal_data".into(),
        redacted_by: "周兰".into(),
        published_on: date(2026, 11, 20),
    }
}

pub fn question() -> Question {
    let step = |day: i8, step: &str, by: Option<&str>| QuestionStep {
        on: date(2026, 11, day),
        step: step.into(),
        by: by.map(str::to_owned),
        verdict: None,
        withheld_reason: None,
        due_on: None,
        person: None,
        person_name: None,
        unit_name: None,
        reason: None,
        withheld: Vec::new(),
    };
    let (salt, words) = ("c2hpamktZXhhbXBsZS0wMQ", "自来水每天晚上停，什么时候能修好？");
    Question {
        id: id(14),
        number: 3,
        kind: "problem".into(),
        received_on: date(2026, 11, 10),
        due_on: date(2026, 11, 17),
        first_due_on: date(2026, 11, 17),
        is_public: true,
        person: Some(id(2)),
        person_name: some("陈守成"),
        unit_name: some("水务所"),
        item: None,
        project: None,
        state: "answered".into(),
        answered_on: Some(date(2026, 11, 12)),
        answered_late: false,
        verdict: some("solved"),
        withheld_reason: None,
        words: some(words),
        words_salt: some(salt),
        words_commitment: words_commitment(salt, words),
        commitment: "5e".repeat(32),
        answers: vec![QuestionAnswer {
            on: date(2026, 11, 12),
            by: some("陈守成"),
            text: some("昨天换好了水泵，晚上恢复供水。"),
        }],
        steps: vec![
            step(10, "shown", Some("周兰")),
            step(12, "answered", Some("陈守成")),
            QuestionStep { verdict: some("solved"), ..step(14, "judged", None) },
        ],
    }
}

pub fn person() -> Person {
    Person {
        id: id(2),
        name: "陈守成".into(),
        other_names: Vec::new(),
        contact_details: vec![ContactDetail {
            kind: "voice".into(),
            value: "0800-8000001".into(),
            note: some("周一至周五 8:30—17:30"),
        }],
        organization_id: id(3),
        filing_duty: "mid_level".into(),
        duties: vec!["农村供水".into()],
        supervisor: some("赵志远"),
        deputy: None,
        first_issue: 1,
        last_issue: 2,
    }
}

pub fn organization() -> Organization {
    Organization {
        id: id(3),
        name: "水务所".into(),
        other_names: vec![OtherName { name: "水管站".into() }],
        first_issue: 1,
        last_issue: 2,
    }
}

pub fn post() -> Post {
    Post { id: id(4), label: "水务所所长".into(), organization_id: id(3) }
}

pub fn membership() -> Membership {
    Membership {
        id: id(5),
        role: "水务所所长".into(),
        person_id: id(2),
        organization_id: id(3),
        post_id: id(4),
        start_date: Some(date(2025, 1, 1)),
        end_date: None,
        first_issue: 1,
        last_issue: 2,
    }
}

pub fn whole_person() -> PersonWithMemberships {
    PersonWithMemberships { person: person(), memberships: vec![membership()] }
}

pub fn whole_organization() -> OrganizationWithMemberships {
    OrganizationWithMemberships {
        organization: organization(),
        posts: vec![post()],
        memberships: vec![membership()],
    }
}

pub fn dump_years() -> DumpYears {
    let year = DumpYear {
        year: 2026,
        issues: 2,
        first_issue: 1,
        last_issue: 2,
        url: "/chengwan/api/v1/dumps/2026.zip".into(),
    };
    DumpYears { licence: licence(), data: vec![year] }
}
