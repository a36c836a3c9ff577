//! The search over a million items: how fast the first twenty come, and whether every true occurrence is found.

use super::{median, millis};
use anyhow::{Context as _, Result, ensure};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use shiji_app::AppError;
use shiji_domain::calendar::week_of;
use shiji_domain::id::{ItemId, PersonId, PlaceId};
use shiji_domain::item::ItemKind;
use shiji_record::fact::ItemFact;
use shiji_record::projection::{Body, ItemRow, Row};
use shiji_store::roster::{Place, insert_place};
use shiji_store::{Store, projection, search};
use shiji_text::contains;
use std::path::Path;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Items of one issue, as a town of 66 has them.
const ISSUE: usize = 560;
const FIRST: usize = 20;
/// Words looked for: of each kind so many.
const QUERIES: usize = 100;
/// Beyond so many occurrences only the newest are compared.
const COMPARED: usize = 2_000;
const PLACE: PlaceId = PlaceId(Uuid::from_u128(0x5ea2c4));

pub async fn measure(folder: &Path, items: usize, postgres: Option<&str>) -> Result<()> {
    let texts = texts(items);
    let queries = queries(&texts);
    println!("── search over {} items, {} words", texts.len(), queries.len());
    let store = Store::open_sqlite(&folder.join("search.sqlite")).await?;
    on("SQLite", &store, &texts, &queries).await?;
    store.close().await;
    if let Some(address) = postgres {
        let store = Store::open_postgres(address).await?;
        on("PostgreSQL", &store, &texts, &queries).await?;
        store.close().await;
    }
    Ok(())
}

/// Lines of many invented years, the oldest first.
fn texts(wanted: usize) -> Vec<String> {
    let mut texts = Vec::with_capacity(wanted);
    let first = week_of(date(2025, 1, 6)).first;
    let specs: Vec<shiji_demo::WeekSpec> = (0..52)
        .map(|week| {
            let starts_on: Date = first.saturating_add((7 * week).days());
            shiji_demo::WeekSpec { starts_on, ends_on: starts_on.saturating_add(6.days()) }
        })
        .collect();
    for seed in 0.. {
        let town = shiji_demo::town(seed, &specs);
        for week in shiji_demo::weeks(&town, seed, &specs) {
            for report in &week.reports {
                for line in report.work.iter().chain(&report.plan) {
                    texts.push(line.text.clone());
                    if texts.len() == wanted {
                        return texts;
                    }
                }
            }
        }
    }
    texts
}

/// Parts of lines from everywhere: of two, three and more characters, common and rare, and some that stand nowhere.
fn queries(texts: &[String]) -> Vec<String> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut dice = |most: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % most as u64).unwrap_or(0)
    };
    let mut queries = Vec::new();
    for length in [2, 3, 5] {
        let mut found = 0;
        while found < QUERIES {
            let runs = shiji_text::runs(&texts[dice(texts.len())]);
            let run: Vec<char> = runs[dice(runs.len().max(1)).min(runs.len() - 1)].chars().collect();
            if run.len() >= length {
                let at = dice(run.len() - length + 1);
                queries.push(run[at..at + length].iter().collect());
                found += 1;
            }
        }
    }
    queries.extend(["鲲鹏", "量子计算", "魑魅魍魉"].map(str::to_owned));
    queries
}

async fn on(engine: &str, store: &Store, texts: &[String], queries: &[String]) -> Result<()> {
    let began = Instant::now();
    fill(store, texts).await?;
    println!("{engine}: filled and indexed in               {:>9.1} s", began.elapsed().as_secs_f64());
    store.analyze().await?;
    let mut times = Vec::with_capacity(queries.len());
    // Once unmeasured: pages and statements are warm, as in a town where people search all day.
    for query in queries {
        let mut tx = store.read().await?;
        search::find(&mut tx, PLACE, query, search::NEWEST, FIRST).await?;
    }
    for query in queries {
        let mut tx = store.read().await?;
        let began = Instant::now();
        search::find(&mut tx, PLACE, query, search::NEWEST, FIRST).await?;
        times.push((began.elapsed(), query.as_str()));
    }
    times.sort();
    let at = |share: usize| millis(times[(times.len() * share / 100).min(times.len() - 1)].0);
    println!("{engine}: first {FIRST} hits, p50                   {:>9.2} ms", at(50));
    println!("{engine}: first {FIRST} hits, p99                   {:>9.2} ms", at(99));
    let (slowest, words) = times.last().context("no words")?;
    println!("{engine}: slowest                             {:>9.2} ms ({words})", millis(*slowest));
    let (mut all, mut compared) = (0, 0);
    for query in queries {
        let found = every(store, query).await?;
        let true_ones: Vec<ItemId> = occurrences(texts, query);
        ensure!(found == true_ones, "{query}: {} found, {} true", found.len(), true_ones.len());
        all += found.len();
        compared += 1;
    }
    println!(
        "{engine}: {compared} words compared with reading every line: {all} hits, none missing, none wrong"
    );
    Ok(())
}

/// The newest occurrences by reading every line.
fn occurrences(texts: &[String], query: &str) -> Vec<ItemId> {
    let newest = texts.iter().enumerate().rev();
    newest.filter(|(_, text)| contains(text, query)).take(COMPARED).map(|(at, _)| item(at)).collect()
}

async fn every(store: &Store, query: &str) -> Result<Vec<ItemId>> {
    let mut tx = store.read().await?;
    let found = search::find(&mut tx, PLACE, query, search::NEWEST, COMPARED).await?;
    Ok(found.into_iter().map(|(_, item)| item).collect())
}

fn item(at: usize) -> ItemId {
    ItemId(Uuid::from_u128(1 + at as u128))
}

async fn fill(store: &Store, texts: &[String]) -> Result<()> {
    let place = Place {
        place_id: PLACE,
        slug: "bench".into(),
        name: "试镇".into(),
        name_en: "Bench".into(),
        time_zone: "Asia/Shanghai".into(),
    };
    store
        .write::<_, _, AppError>("bench.place", &place, |tx, place| {
            Box::pin(async move { Ok(insert_place(tx, place, 0).await?) })
        })
        .await?;
    for (issue, chunk) in texts.chunks(ISSUE).enumerate() {
        let rows: Vec<Row> =
            chunk.iter().enumerate().map(|(at, text)| row(issue, issue * ISSUE + at, text)).collect();
        store
            .write::<_, _, AppError>("bench.issue", &rows, |tx, rows| {
                Box::pin(async move { Ok(projection::insert_rows(tx, rows).await?) })
            })
            .await?;
    }
    Ok(())
}

fn row(issue: usize, at: usize, text: &str) -> Row {
    let fact = ItemFact {
        item: item(at),
        person: PersonId(Uuid::from_u128(1 + (at % 66) as u128)),
        item_kind: ItemKind::Work,
        position: 1 + (at % ISSUE) as i64,
        text: text.to_owned(),
        due_on: None,
        difficulty: None,
        answers: None,
        evidence: Vec::new(),
        question: None,
        links: vec![],
    };
    let body = Body::Item(ItemRow {
        fact,
        revision: 1,
        published_on: date(2026, 1, 5),
        reason: None,
        corrected_by: None,
        commitment: String::new(),
        withheld: Vec::new(),
    });
    Row { place: PLACE, issue: 1 + issue as i64, body }
}

/// Everyday words in the office's directory: how fast the officials in charge are named.
pub fn in_charge(texts: &[String], runs: usize) {
    let official = |at: usize| shiji_text::Official {
        id: at,
        name: format!("某{at}"),
        unit: "水务所".into(),
        posts: vec!["所长".into()],
        duties: vec!["农村供水".into(), "河道管理".into()],
        leads: false,
        village: false,
        recent: texts.iter().skip(at * 8).take(40).cloned().collect(),
    };
    let officials: Vec<_> = (0..66).map(official).collect();
    let time: Duration = median(runs, || {
        std::hint::black_box(shiji_text::in_charge("家里没水了找谁", &officials));
    });
    println!("naming the officials in charge            {:>9.2} ms", millis(time));
}
