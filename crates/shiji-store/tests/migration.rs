//! What stood in the database before a migration is there after it.

use shiji_domain::id::{ItemId, PersonId, PlaceId, VisitId};
use shiji_domain::visit::LeadSaid;
use shiji_store::{Store, visit};
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection as _, SqlSafeStr as _};
use std::borrow::Cow;
use uuid::Uuid;

static ALL: Migrator = sqlx::migrate!("./migrations");

/// The migrations up to the one of this number.
fn up_to(number: i64) -> Migrator {
    let first = ALL.iter().filter(|one| one.version <= number).cloned().collect();
    Migrator { migrations: Cow::Owned(first), ..Migrator::DEFAULT }
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Visits as they were kept before anybody was asked to lead: visit, lead, who proposed it, state.
const OLD: [(u128, u128, u128, &str); 3] =
    [(1, 101, 101, "planned"), (2, 101, 102, "planned"), (3, 101, 101, "held")];

/// The statements that fill the old tables; the same text runs on both engines.
fn old_rows() -> Vec<String> {
    let place = id(900);
    let mut rows = Vec::new();
    for (visit, lead, by, state) in OLD {
        rows.push(format!(
            "INSERT INTO visit (place_id, visit_id, period_id, spot_kind, spot, visit_on, purpose, lead_id, announced, \
             published, state, record_words, record_by, created_by, created_at) VALUES ('{place}', '{}', '{}', 'firm', \
             '金梭制衣', '2026-11-11', '检查用水', '{}', FALSE, FALSE, '{state}', NULL, NULL, '{}', 1)",
            id(visit), id(800), id(lead), id(by)
        ));
        for (order, person) in [(0, 101), (1, 102)] {
            let item = id(visit * 10 + person);
            rows.push(format!(
                "INSERT INTO visit_part (place_id, visit_id, item_id, person_id, unit_name, sort_order) \
                 VALUES ('{place}', '{}', '{item}', '{}', '站所', {order})",
                id(visit),
                id(person)
            ));
        }
    }
    rows
}

async fn kept(store: &Store) {
    let place = PlaceId(id(900));
    let mut tx = store.read().await.unwrap();
    for (number, lead, by, state) in OLD {
        let of = VisitId(id(number));
        let found = visit::visit(&mut tx, place, of).await.unwrap().unwrap();
        let expected = if lead == by && state == "planned" { LeadSaid::Yes } else { LeadSaid::Asked };
        assert_eq!((found.lead_said, found.lead_reason), (expected, None), "{number}");
        let parts = visit::parts_of(&mut tx, place, of).await.unwrap();
        let parts: Vec<_> = parts.into_iter().map(|part| (part.person, part.item, part.unit_name)).collect();
        let part =
            |person: u128| (PersonId(id(person)), Some(ItemId(id(number * 10 + person))), "站所".to_owned());
        assert_eq!(parts, [part(101), part(102)]);
        assert!(visit::left_of(&mut tx, place, of).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn old_visits_keep_who_comes_and_who_proposed_to_lead_is_not_asked_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("old.sqlite");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file).create_if_missing(true);
    let mut connection = sqlx::sqlite::SqliteConnection::connect_with(&options).await.unwrap();
    up_to(14).run(&mut connection).await.unwrap();
    for sql in old_rows() {
        sqlx::query(AssertSqlSafe(sql).into_sql_str()).execute(&mut connection).await.unwrap();
    }
    connection.close().await.unwrap();
    kept(&Store::open_sqlite(&file).await.unwrap()).await;
}

#[tokio::test]
async fn old_visits_keep_who_comes_and_who_proposed_to_lead_is_not_asked_on_postgresql() {
    let Ok(address) = std::env::var("SHIJI_TEST_POSTGRES") else {
        println!("skipped: SHIJI_TEST_POSTGRES names no server");
        return;
    };
    let name = format!("migration_{}", std::process::id());
    let mut server = sqlx::postgres::PgConnection::connect(&address).await.unwrap();
    let create = AssertSqlSafe(format!("CREATE DATABASE \"{name}\"")).into_sql_str();
    sqlx::query(create).execute(&mut server).await.unwrap();
    server.close().await.unwrap();
    let address = format!("{}/{name}", address.rsplit_once('/').unwrap().0);
    let mut connection = sqlx::postgres::PgConnection::connect(&address).await.unwrap();
    up_to(14).run(&mut connection).await.unwrap();
    for sql in old_rows() {
        sqlx::query(AssertSqlSafe(sql).into_sql_str()).execute(&mut connection).await.unwrap();
    }
    connection.close().await.unwrap();
    kept(&Store::open_postgres(&address).await.unwrap()).await;
}
