//! `shiji bench`: the program's own figures. Times are of this machine on this day; compare ratios of one run only.

mod log;
mod overlap;
mod print;
mod search;

use crate::demo;
use crate::wiring::{DATABASE_FILE, SystemClock, SystemEntropy};
use anyhow::{Context as _, Result};
use shiji_app::outward::Outward;
use shiji_app::{App, AppError, publish};
use shiji_store::evidence::EvidenceFolder;
use shiji_store::roster::Place;
use shiji_store::{Store, calendar, public};
use std::hint::black_box;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

#[derive(clap::Args)]
pub struct BenchArguments {
    /// Years of issues in the large town.
    #[arg(long, default_value_t = 10)]
    years: i64,
    /// Times a figure is taken; the median is printed.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Only the transparency log.
    #[arg(long)]
    log_only: bool,
    /// Only the search.
    #[arg(long)]
    search_only: bool,
    /// Items that are searched.
    #[arg(long, default_value_t = 1_000_000)]
    search_items: usize,
    /// A PostgreSQL database, empty, to measure the search there too, such as postgres://user@host/bench
    #[arg(long, env = "SHIJI_BENCH_POSTGRES")]
    search_postgres: Option<String>,
    /// Only the finding of joint visits.
    #[arg(long)]
    overlap_only: bool,
    /// Only paper.
    #[arg(long)]
    print_only: bool,
    /// Reads a log again in a process of its own; the measurement calls this itself.
    #[arg(long, hide = true)]
    read_log: Option<PathBuf>,
}

pub async fn run(arguments: BenchArguments) -> Result<()> {
    if let Some(files) = &arguments.read_log {
        return log::read_again(files);
    }
    let folder = std::env::temp_dir().join(format!("shiji-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let result = measure(&arguments, &folder).await;
    std::fs::remove_dir_all(&folder)?;
    result
}

async fn measure(arguments: &BenchArguments, folder: &Path) -> Result<()> {
    let search = (arguments.search_items, arguments.search_postgres.as_deref());
    if arguments.search_only {
        return search::measure(folder, search.0, search.1).await;
    }
    if arguments.overlap_only {
        overlap::measure(arguments.runs);
        return Ok(());
    }
    let small = folder.join("one-year");
    if arguments.print_only {
        make_town(&small, 1).await?;
        return print::measure(&small, arguments.runs).await;
    }
    let mut reader = Command::new(std::env::current_exe()?);
    reader.args(["bench", "--read-log"]);
    log::measure(folder, reader)?;
    if arguments.log_only {
        return Ok(());
    }
    search::measure(folder, search.0, search.1).await?;
    let large = folder.join("many-years");
    let texts = make_town(&small, 1).await?;
    reading(&texts, arguments.runs);
    search::in_charge(&texts, arguments.runs);
    overlap::measure(arguments.runs);
    print::measure(&small, arguments.runs).await?;
    make_town(&large, arguments.years).await?;
    let young = closing(&small, folder, arguments.runs).await?;
    let old = closing(&large, folder, arguments.runs).await?;
    println!("closing a meeting, one year of issues     {:>9.1} ms", millis(young));
    println!("closing a meeting, {:>2} years of issues     {:>9.1} ms", arguments.years, millis(old));
    println!("  ratio                                   {:>9.2}", old.as_secs_f64() / young.as_secs_f64());
    serving(&large, arguments.runs)
}

/// A town with its years, whole and ready to be opened; the texts of its last issue.
async fn make_town(folder: &Path, years: i64) -> Result<Vec<String>> {
    let began = Instant::now();
    let app = open(folder).await?;
    let (place, _) = demo::fill(&app, app.clock.now(), 52 * years).await?;
    println!("making {years:>2} years of a town of 66              {:>9.1} s", began.elapsed().as_secs_f64());
    let mut tx = app.store.read().await?;
    let latest = public::latest_issue(&mut tx, place.place_id).await?.context("no issue")?;
    let content =
        public::issue_content(&mut tx, place.place_id, latest.number).await?.context("no content")?;
    drop(tx);
    app.store.close().await;
    Ok(content.items.into_iter().map(|item| item.fact.text).collect())
}

async fn open(folder: &Path) -> Result<App> {
    std::fs::create_dir_all(folder)?;
    Ok(App {
        store: Store::open_sqlite(&folder.join(DATABASE_FILE)).await?,
        evidence: EvidenceFolder::new(folder.join("evidence")),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        log: None,
        secrets: crate::secret_key::passing(),
        outward: Outward::default(),
        rehearsal: false,
    })
}

fn reading(texts: &[String], runs: usize) {
    let check = median(runs, || {
        for text in texts {
            black_box(shiji_text::check(text, shiji_text::Kind::Work));
        }
    });
    println!("items of an issue                         {:>9}", texts.len());
    println!("items checked on one core                 {:>9.0} a second", per_second(texts.len(), check));
    let lists: Vec<String> = texts
        .chunks(8)
        .map(|chunk| {
            let lines: Vec<String> =
                chunk.iter().enumerate().map(|(at, text)| format!("{}、{text};", at + 1)).collect();
            format!("本周工作\n{}", lines.join("\n"))
        })
        .collect();
    let split = median(runs, || {
        for list in &lists {
            black_box(shiji_text::split(list));
        }
    });
    println!("items split from pastes on one core       {:>9.0} a second", per_second(texts.len(), split));
}

/// The publishing transaction of the open week, on a fresh copy of the town each time.
async fn closing(town: &Path, folder: &Path, runs: usize) -> Result<Duration> {
    let mut times = Vec::new();
    for run in 0..runs {
        let copy = folder.join(format!("copy-{run}"));
        std::fs::create_dir_all(&copy)?;
        std::fs::copy(town.join(DATABASE_FILE), copy.join(DATABASE_FILE))?;
        // Otherwise the first commit would wait for the disk to take in the whole copy.
        std::fs::File::open(copy.join(DATABASE_FILE))?.sync_all()?;
        let app = open(&copy).await?;
        let mut tx = app.store.read().await?;
        let place = shiji_store::roster::places(&mut tx).await?.into_iter().next().context("no place")?;
        drop(tx);
        let began = Instant::now();
        publish_open_week(&app, &place).await?;
        times.push(began.elapsed());
        app.store.close().await;
        std::fs::remove_dir_all(&copy)?;
    }
    Ok(middle(times))
}

async fn publish_open_week(app: &App, place: &Place) -> Result<i64> {
    let now = app.clock.now();
    let number = app
        .store
        .write("bench", &(app, place, now), |tx, (app, place, now)| {
            Box::pin(async move {
                let period = calendar::open_period(tx, place.place_id).await?.ok_or(AppError::NotFound)?;
                publish::publish_in(app, tx, place, *now, &period, None).await
            })
        })
        .await?;
    Ok(number)
}

/// The real program on the large town: start to first page, memory at rest, size of the board page.
fn serving(town: &Path, runs: usize) -> Result<()> {
    let mut starts = Vec::new();
    for run in 0..runs {
        let began = Instant::now();
        let mut program = Program::start(town)?;
        let (board, page) = follow(&program.address, "/")?;
        starts.push(began.elapsed());
        anyhow::ensure!(page.status.contains("200"), "the board answered {}", page.status);
        if run + 1 == runs {
            let packed = get(&program.address, &board, "br")?;
            println!("start to first board page                 {:>9.0} ms", millis(middle(starts.clone())));
            println!("board page, as text                       {:>9.1} KB", kilobytes(page.body));
            println!("board page over the network (brotli)      {:>9.1} KB", kilobytes(packed.body));
            std::thread::sleep(Duration::from_secs(3));
            println!("memory at rest (resident)                 {:>9.1} MB", program.resident_megabytes()?);
        }
        program.stop();
    }
    Ok(())
}

struct Program {
    child: Child,
    address: String,
}

impl Program {
    fn start(town: &Path) -> Result<Program> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(town)
            .env_remove("DATABASE_URL")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let output = child.stdout.take().context("no output")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let address = line.trim().strip_prefix("listening http://").context("the program did not start")?;
        Ok(Program { child, address: address.to_owned() })
    }

    fn resident_megabytes(&self) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("no VmRSS")?;
        let kilobytes: f64 = line.split_whitespace().nth(1).context("no figure")?.parse()?;
        Ok(kilobytes / 1024.0)
    }

    fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The page that the address leads to in the end, and where it is.
fn follow(address: &str, path: &str) -> Result<(String, Answer)> {
    let mut path = path.to_owned();
    for _ in 0..4 {
        let answer = get(address, &path, "identity")?;
        match answer.location {
            Some(next) => path = next,
            None => return Ok((path, answer)),
        }
    }
    anyhow::bail!("the start page leads round in circles")
}

struct Answer {
    status: String,
    location: Option<String>,
    body: usize,
}

fn get(address: &str, path: &str, encoding: &str) -> Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: {encoding}\r\nAccept-Language: zh-CN\r\n\
         Connection: close\r\n\r\n"
    )?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").context("no head")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let location = head
        .lines()
        .find(|line| line.to_ascii_lowercase().starts_with("location:"))
        .and_then(|line| line.split_once(':'))
        .map(|(_, value)| value.trim().to_owned());
    Ok(Answer {
        status: head.lines().next().unwrap_or_default().to_owned(),
        location,
        body: bytes.len() - end - 4,
    })
}

fn median(runs: usize, act: impl Fn()) -> Duration {
    act();
    middle(
        (0..runs)
            .map(|_| {
                let began = Instant::now();
                act();
                began.elapsed()
            })
            .collect(),
    )
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn per_second(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1_024.0
}
