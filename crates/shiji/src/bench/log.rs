//! A log of a million leaves: how fast it grows, how fast all of it is read again, and in how much memory.

use anyhow::{Context as _, Result};
use shiji_domain::id::{ItemId, PersonId, PlaceId, RecordId};
use shiji_domain::item::ItemKind;
use shiji_record::canonical::{Heading, Record};
use shiji_record::fact::{Fact, ItemFact};
use shiji_record::log::audit::Audit;
use shiji_record::log::bundle;
use shiji_record::log::checkpoint::Checkpoint;
use shiji_record::log::path::{FULL, Kind, TilePath};
use shiji_record::log::tree::Edge;
use shiji_record::payload::Payload;
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use uuid::Uuid;

const LEAVES: u64 = 1_000_000;
/// Records with what opens them: the same work for each, so fewer of them tell the rate.
const PAYLOADS: usize = 50_000;

/// `reader` is the program again, told to call [`read_again`] on the folder whose name is added: a process that has just
/// made a million leaves would hand its own memory to the reading, and the figure would say nothing.
pub fn measure(folder: &Path, mut reader: Command) -> Result<()> {
    let files = folder.join("million");
    let checkpoint = grow(&files)?;
    std::fs::write(files.join("checkpoint"), checkpoint.to_text())?;
    let read = reader.arg(&files).status()?;
    anyhow::ensure!(read.success(), "the log was not read again");
    open_payloads()
}

/// Leaves as they are published, each of its own item.
fn leaf(number: u64) -> String {
    let id = Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0000 + u128::from(number));
    format!(
        "{{\"v\":1,\"kind\":\"item\",\"place\":\"019a0000-0000-7000-8000-000000000001\",\"id\":\"{id}\",\"revision\":1,\
         \"replaces\":null,\"commitment\":\"{number:064x}\",\"issue\":{},\"day\":\"2026-11-23\"}}",
        1 + number / 900
    )
}

fn grow(files: &Path) -> Result<Checkpoint> {
    let leaves: Vec<String> = (0..LEAVES).map(leaf).collect();
    let began = Instant::now();
    let mut edge = Edge::default();
    let mut tiles = Vec::new();
    let mut bundles = Vec::new();
    for chunk in leaves.chunks(256) {
        let mut bytes = Vec::with_capacity(256 * 300);
        for leaf in chunk {
            bundle::push(&mut bytes, leaf.as_bytes())?;
            edge.push(leaf.as_bytes(), |tile| tiles.push(tile));
        }
        bundles.push(bytes);
    }
    let root = edge.root();
    tiles.extend(edge.partial_tiles());
    let took = began.elapsed();
    println!(
        "leaves appended, hashed and tiled         {:>9.0} a second",
        LEAVES as f64 / took.as_secs_f64()
    );
    for (index, bytes) in (0..).zip(&bundles) {
        let path = TilePath::holding(Kind::Entries, index * FULL, LEAVES).context("no bundle")?;
        write(files, &path.to_string(), bytes)?;
    }
    for tile in &tiles {
        write(files, &tile.path.to_string(), &tile.bytes)?;
    }
    Ok(Checkpoint { origin: "bench.example/log".into(), size: LEAVES, root })
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let file = folder.join(name);
    std::fs::create_dir_all(file.parent().context("no folder")?)?;
    Ok(std::fs::write(file, bytes)?)
}

/// Verifies the log that stands in a folder, without what opens its entries, and says how long it took.
pub fn read_again(files: &Path) -> Result<()> {
    let checkpoint = Checkpoint::from_text(&std::fs::read(files.join("checkpoint"))?)?;
    let before = resident("VmRSS:")?;
    let began = Instant::now();
    let mut audit = Audit::new(Vec::new());
    while let Some(path) = TilePath::holding(Kind::Entries, audit.size(), checkpoint.size) {
        let bytes = std::fs::read(files.join(path.to_string()))?;
        for entry in bundle::entries(&bytes, path.width.into())? {
            for tile in audit.entry(entry, None) {
                let served = std::fs::read(files.join(tile.path.to_string()))?;
                audit.tile(&tile, &served);
            }
        }
    }
    for tile in audit.last_tiles() {
        let served = std::fs::read(files.join(tile.path.to_string()))?;
        audit.tile(&tile, &served);
    }
    let finished = audit.finish(&checkpoint);
    anyhow::ensure!(finished.violations.is_empty(), "{:?}", finished.violations.first());
    let took = began.elapsed();
    println!("1,000,000 leaves and their tiles verified {:>9.2} s", took.as_secs_f64());
    println!("  processor time, user and system         {:>9.2} s", processor_seconds()?);
    println!("  peak memory, of the process             {:>9.1} MB", resident("VmHWM:")?);
    println!("  before it began                         {before:>9.1} MB");
    Ok(())
}

fn open_payloads() -> Result<()> {
    let records: Vec<(String, Payload)> =
        (0..PAYLOADS as u128).map(record).collect::<Result<_, _>>().context("a record")?;
    let began = Instant::now();
    for (leaf, payload) in &records {
        payload.open(leaf)?;
    }
    let rate = PAYLOADS as f64 / began.elapsed().as_secs_f64();
    println!("payloads opened and proved on one core    {rate:>9.0} a second");
    Ok(())
}

fn record(number: u128) -> Result<(String, Payload), shiji_record::canonical::RecordError> {
    let fact = ItemFact {
        item: ItemId(Uuid::from_u128(number)),
        person: PersonId(Uuid::from_u128(7)),
        item_kind: ItemKind::Work,
        position: 1,
        text: format!("到白沙村核查第{number}批低保对象27户,清退2户,新增3户,张榜公示7天"),
        due_on: None,
        difficulty: None,
        answers: None,
        evidence: Vec::new(),
        question: None,
        links: vec![],
    };
    let heading = Heading {
        record_id: RecordId(Uuid::from_u128(number)),
        place: PlaceId(Uuid::from_u128(1)),
        id: Uuid::from_u128(number),
        revision: 1,
        replaces: None,
        issue: 1,
        day: jiff::civil::date(2026, 11, 23),
    };
    let mut salt = 0_u8;
    let record = Record::new(heading, Fact::Item(fact), || {
        salt += 1;
        [salt; 16]
    })?;
    Ok((record.leaf.to_json(), Payload::from_stored(&record.disclosures)))
}

/// Of this process since it began: on a machine that others use too, the clock tells more of them than of us.
fn processor_seconds() -> Result<f64> {
    // proc_pid_stat(5): behind the name in brackets, utime and stime are the 12th and 13th field, in hundredths of a second.
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = stat.rsplit_once(')').context("no such line")?;
    let ticks: Result<Vec<f64>, _> = fields.split_whitespace().skip(11).take(2).map(str::parse).collect();
    Ok(ticks?.iter().sum::<f64>() / 100.0)
}

/// Of this process, in megabytes.
fn resident(which: &str) -> Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with(which)).context("no such line")?;
    let kilobytes: f64 = line.split_whitespace().nth(1).context("no figure")?.parse()?;
    Ok(kilobytes / 1024.0)
}
