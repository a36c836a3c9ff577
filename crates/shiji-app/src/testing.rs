//! A small town for tests, on each engine: tests speak in its words (`town.act("水务")`), not in tables.

pub mod log;
pub mod together;

use crate::app::{Act, App, Clock, Entropy, day_in, instant_of};
use crate::outward::Outward;
use crate::secret::SecretBox;
use crate::who;
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use shiji_domain::calendar::{Days, following, meeting_day};
use shiji_domain::id::{MembershipId, OrganizationId, PersonId, PlaceId, PostId};
use shiji_domain::right::Role;
use shiji_domain::roster::FilingDuty;
use shiji_domain::staff::{Membership, Organization, Person, Post};
use shiji_store::calendar::Period;
use shiji_store::evidence::EvidenceFolder;
use shiji_store::roster::Place;
use shiji_store::{Store, calendar, roster};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// A clock that stands still until a test moves it.
pub struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// Bytes that never repeat and are the same in every run.
pub struct TestEntropy(AtomicU64);

impl Entropy for TestEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let mut x = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::SeqCst);
            x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let word = (x ^ (x >> 31)).to_be_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
    }
}

/// 澄湾 with a dozen people: 书记 (chair), 镇长, 水务, 民政, 党政办 (clerk), 东村, 西村, 监察 (auditor, no report).
pub struct Town {
    pub app: App,
    pub place: Place,
    pub clock: Arc<TestClock>,
    people: Vec<(String, PersonId, PostId)>,
    _folder: tempfile::TempDir,
}

/// Monday to Sunday of the first open period; the clock stands on its Friday at noon.
pub const FIRST_WEEK: Days = Days { first: date(2026, 11, 2), last: date(2026, 11, 8) };

struct Line(
    &'static str,
    &'static str,
    &'static str,
    Option<FilingDuty>,
    &'static [Role],
    Option<&'static str>,
);

const ROSTER: [Line; 8] = [
    Line("书记", "镇领导班子", "党委书记", Some(FilingDuty::Leadership), &[Role::Chair], None),
    Line("镇长", "镇领导班子", "镇长", Some(FilingDuty::Leadership), &[], None),
    Line("党政办", "党政办", "党政办主任", Some(FilingDuty::MidLevel), &[Role::Clerk], Some("书记")),
    Line("水务", "水务所", "水务所所长", Some(FilingDuty::MidLevel), &[], Some("镇长")),
    Line("民政", "民政办", "民政办主任", Some(FilingDuty::MidLevel), &[], Some("镇长")),
    Line("东村", "东湾村", "党总支书记", Some(FilingDuty::Village), &[], Some("书记")),
    Line("西村", "西湾村", "党总支书记", Some(FilingDuty::Village), &[], Some("书记")),
    Line("监察", "纪检监察室", "监察专员", None, &[Role::Auditor, Role::Administrator], None),
];

/// Unlike every other name of this and other test processes.
fn database_name() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst))
}

impl Town {
    /// The town on SQLite, and on PostgreSQL when `SHIJI_TEST_POSTGRES` names a server.
    pub async fn each() -> Vec<Town> {
        let mut towns = vec![Town::on_sqlite().await];
        if let Ok(address) = std::env::var("SHIJI_TEST_POSTGRES") {
            let name = format!("shiji_{}", database_name());
            let store = Store::create_postgres(&address, &name).await.unwrap();
            towns.push(Town::build(store, tempfile::tempdir().unwrap()).await);
        }
        towns
    }

    pub async fn on_sqlite() -> Town {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_sqlite(&folder.path().join("town.sqlite")).await.unwrap();
        Town::build(store, folder).await
    }

    /// The town in a folder that outlives the process: made when it is not there, otherwise as it was left.
    pub async fn in_folder(folder: &std::path::Path) -> Town {
        let store = Store::open_sqlite(&folder.join("town.sqlite")).await.unwrap();
        let mut tx = store.read().await.unwrap();
        let place = roster::places(&mut tx).await.unwrap().into_iter().next();
        let Some(place) = place else {
            drop(tx);
            return Town::build(store, tempfile::tempdir().unwrap()).await;
        };
        let staff = roster::staff(&mut tx, place.place_id).await.unwrap();
        let people = staff
            .people
            .iter()
            .map(|person| {
                let (_, post) = staff.memberships_of(person.person_id).next().unwrap();
                (person.name.clone(), person.person_id, post.post_id)
            })
            .collect();
        drop(tx);
        let seed = std::process::id().into();
        let mut town = Town::frame(store, tempfile::tempdir().unwrap(), seed);
        town.place = place;
        town.people = people;
        town
    }

    async fn build(store: Store, folder: tempfile::TempDir) -> Town {
        Town::frame(store, folder, 1).fill().await
    }

    fn frame(store: Store, folder: tempfile::TempDir, seed: u64) -> Town {
        let friday_noon = date(2026, 11, 6).at(12, 0, 0, 0).in_tz("Asia/Shanghai").unwrap();
        let clock = Arc::new(TestClock(AtomicI64::new(friday_noon.timestamp().as_millisecond())));
        let app = App {
            store,
            evidence: EvidenceFolder::new(folder.path().join("evidence")),
            clock: clock.clone(),
            entropy: Arc::new(TestEntropy(AtomicU64::new(seed))),
            log: None,
            secrets: SecretBox::new([7; 32]),
            outward: Outward::default(),
            // Tests that are not about the day of the meeting hold it on any.
            rehearsal: true,
        };
        let place = Place {
            place_id: app.new_id(),
            slug: "chengwan".into(),
            name: "澄湾镇".into(),
            name_en: "Chengwan Town".into(),
            time_zone: "Asia/Shanghai".into(),
        };
        Town { app, place, clock, people: Vec::new(), _folder: folder }
    }

    async fn fill(mut self) -> Town {
        self.people =
            ROSTER.iter().map(|line| (line.0.to_owned(), self.app.new_id(), self.app.new_id())).collect();
        let units: Vec<Organization> = self.units();
        let place_id: PlaceId = self.place.place_id;
        let input = (&self, &units);
        self.app
            .store
            .write("testing", &input, |tx, (town, units)| {
                Box::pin(async move {
                    roster::insert_place(tx, &town.place, town.app.now()).await?;
                    for unit in *units {
                        roster::insert_organization(tx, place_id, unit).await?;
                    }
                    for order in 0..ROSTER.len() {
                        town.insert_line(tx, units, order).await?;
                    }
                    for period in town.periods() {
                        calendar::insert_period(tx, place_id, &period).await?;
                    }
                    Ok::<_, shiji_store::StoreError>(())
                })
            })
            .await
            .unwrap();
        self
    }

    fn units(&self) -> Vec<Organization> {
        let mut units: Vec<Organization> = Vec::new();
        for line in &ROSTER {
            if !units.iter().any(|unit| unit.name == line.1) {
                let organization_id: OrganizationId = self.app.new_id();
                units.push(Organization { organization_id, name: line.1.into(), order: units.len() as i64 });
            }
        }
        units
    }

    async fn insert_line(
        &self,
        tx: &mut shiji_store::Tx,
        units: &[Organization],
        order: usize,
    ) -> Result<(), shiji_store::StoreError> {
        let line = &ROSTER[order];
        let (name, person_id, post_id) = self.people[order].clone();
        let place_id = self.place.place_id;
        let person = Person {
            person_id,
            name,
            mobile: None,
            sign_in_name: Some(format!("person{order}")),
            has_password: false,
            order: order as i64,
        };
        roster::insert_person(tx, place_id, &person, self.app.now()).await?;
        let unit = units.iter().find(|unit| unit.name == line.1).unwrap();
        let post = Post {
            post_id,
            organization_id: unit.organization_id,
            title: line.2.into(),
            filing_duty: line.3,
            supervisor_post_id: line.5.map(|leader| self.entry(leader).2),
            deputy_post_id: None,
            office_telephone: Some("0800-8000001".into()),
            office_place: None,
            office_hours: None,
            duties: vec![],
            roles: line.4.to_vec(),
            order: order as i64,
        };
        roster::put_post(tx, place_id, &post).await?;
        let membership = Membership {
            membership_id: self.app.new_id::<MembershipId>(),
            person_id,
            post_id,
            from: Some(date(2025, 1, 1)),
            to: None,
        };
        roster::insert_membership(tx, place_id, &membership).await
    }

    /// Four weeks, the first of them [`FIRST_WEEK`], due on Sunday at 18:00, with the meeting on Monday at 9:00.
    fn periods(&self) -> Vec<Period> {
        let mut periods = Vec::new();
        let mut days = FIRST_WEEK;
        for _ in 0..4 {
            let monday: Date = meeting_day(days);
            periods.push(Period {
                period_id: self.app.new_id(),
                days,
                due_at: instant_of(&self.place, days.last.at(18, 0, 0, 0)).unwrap(),
                meeting_at: instant_of(&self.place, monday.at(9, 0, 0, 0)).unwrap(),
                publish_at: None,
                issue_number: None,
            });
            days = following(days);
        }
        periods
    }

    fn entry(&self, name: &str) -> &(String, PersonId, PostId) {
        self.people.iter().find(|person| person.0 == name).unwrap()
    }

    pub fn person(&self, name: &str) -> PersonId {
        self.entry(name).1
    }

    pub fn post(&self, name: &str) -> PostId {
        self.entry(name).2
    }

    /// `name` acting now, with the rights of the day.
    pub async fn act(&self, name: &str) -> Act {
        let now = self.app.clock.now();
        let mut tx = self.app.store.read().await.unwrap();
        let staff = roster::staff(&mut tx, self.place.place_id).await.unwrap();
        let day = day_in(&self.place, now).unwrap();
        let actor = who::actor(&mut tx, &self.place, &staff, self.person(name), day).await.unwrap();
        Act { place: self.place.clone(), actor, now }
    }

    /// The period that is worked on.
    pub async fn open_period(&self) -> Period {
        let mut tx = self.app.store.read().await.unwrap();
        calendar::open_period(&mut tx, self.place.place_id).await.unwrap().unwrap()
    }

    pub fn pass(&self, span: jiff::Span) {
        let next = self.clock.now().checked_add(span).unwrap();
        self.clock.0.store(next.as_millisecond(), Ordering::SeqCst);
    }

    pub fn pass_days(&self, days: i64) {
        self.pass((days * 24).hours());
    }
}
