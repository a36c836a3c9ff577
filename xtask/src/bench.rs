//! The figures of a release build: what the program measures of itself, and its board page beside nginx.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::load::{self, Load, Page};
use crate::postgres::Postgres;
use crate::running::{Folder, Server};
use crate::{needs, step, workspace};

/// Both are driven in turns and only their ratio within a turn counts, because a shared machine has its moods.
const TURNS: usize = 5;
const TURN: Duration = Duration::from_secs(4);
const WARM_UP: Duration = Duration::from_secs(1);

pub fn run() -> Result<()> {
    step::run("build", workspace::cargo().args(["build", "--release", "--package", "shiji"]))?;
    let mut own = workspace::cargo();
    own.args(["run", "--quiet", "--release", "--package", "shiji", "--", "bench"]);
    // The search is measured on PostgreSQL, too, where one can be started.
    let postgres = Postgres::start();
    match &postgres {
        Ok(postgres) => {
            own.env("SHIJI_BENCH_POSTGRES", postgres.url());
        }
        Err(error) => println!("search on PostgreSQL: not measured; {error}"),
    }
    step::run("the program's own measurements", &mut own)?;
    drop(postgres);
    match needs::install_for_bench() {
        Ok(()) => compare_with_nginx(&workspace::program("release")?),
        Err(error) => {
            println!("\nboard page beside nginx: not measured; {error}");
            Ok(())
        }
    }
}

/// Serves the board page from the program and the same bytes from nginx, each pinned to core 0, wrk to core 1.
fn compare_with_nginx(program: &Path) -> Result<()> {
    let folder = Folder::new("bench")?;
    let data = folder.path().join("data");
    fs::create_dir(&data)?;
    let mut demo = pinned(program);
    demo.args(["demo", "--fresh", "--porcelain", "--listen", "127.0.0.1:0", "--data"]).arg(&data);
    let (_shiji, origin) = Server::start_demo(&mut demo)?;
    let board = load::fetch(&origin, "/")?;

    let (_nginx, nginx_page) = start_nginx(folder.path(), &board)?;
    if nginx_page.compressed != board.compressed {
        bail!("nginx serves other bytes than the program");
    }
    println!("\n── board page beside nginx: {} bytes in brotli", board.compressed.len());
    for url in [&board.url, &nginx_page.url] {
        load::drive(url, WARM_UP)?;
    }
    let mut turns = Vec::with_capacity(TURNS);
    for number in 1..=TURNS {
        let turn = Turn { shiji: load::drive(&board.url, TURN)?, nginx: load::drive(&nginx_page.url, TURN)? };
        println!("turn {number}: {}", turn.in_words());
        turns.push(turn);
    }
    println!("median of {TURNS}: {}", median_turn(&turns).in_words());
    println!("median ratio: {:.2}", median(turns.iter().map(Turn::ratio)));
    Ok(())
}

struct Turn {
    shiji: Load,
    nginx: Load,
}

impl Turn {
    /// How many times nginx's requests per second the program answers.
    fn ratio(&self) -> f64 {
        self.shiji.requests_per_second / self.nginx.requests_per_second
    }

    fn in_words(&self) -> String {
        format!(
            "shiji {:.0} requests/s, p99 {:.2} ms; nginx {:.0} requests/s, p99 {:.2} ms; ratio {:.2}",
            self.shiji.requests_per_second,
            self.shiji.p99_ms,
            self.nginx.requests_per_second,
            self.nginx.p99_ms,
            self.ratio()
        )
    }
}

/// Each figure's own median.
fn median_turn(turns: &[Turn]) -> Turn {
    let median_load = |side: fn(&Turn) -> Load| Load {
        requests_per_second: median(turns.iter().map(|turn| side(turn).requests_per_second)),
        p99_ms: median(turns.iter().map(|turn| side(turn).p99_ms)),
    };
    Turn { shiji: median_load(|turn| turn.shiji), nginx: median_load(|turn| turn.nginx) }
}

fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn pinned(program: &Path) -> Command {
    let mut command = Command::new("taskset");
    command.args(["--cpu-list", "0"]).arg(program);
    command
}

/// nginx with one worker and the page as a ready `.br` file.
fn start_nginx(folder: &Path, board: &Page) -> Result<(Server, Page)> {
    let site = folder.join("site");
    fs::create_dir(&site)?;
    fs::write(site.join("board.html"), "")?;
    fs::write(site.join("board.html.br"), &board.compressed)?;
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let configuration = folder.join("nginx.conf");
    fs::write(&configuration, nginx_configuration(folder, port))?;

    let mut nginx = pinned(Path::new("/usr/sbin/nginx"));
    nginx.arg("-p").arg(folder).arg("-c").arg(&configuration).args(["-e", "stderr"]);
    let server = Server::start(&mut nginx)?;
    wait_for(port)?;
    let page = load::fetch(&format!("http://127.0.0.1:{port}"), "/board.html")?;
    Ok((server, page))
}

fn nginx_configuration(folder: &Path, port: u16) -> String {
    let folder = folder.display();
    // The worker of a root's nginx would otherwise be somebody who may not read the folder.
    let user = if needs::is_root() { "user root;" } else { "" };
    format!(
        "load_module {};
{user}
daemon off;
master_process on;
worker_processes 1;
pid {folder}/nginx.pid;
events {{ worker_connections 512; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000000;
    types {{ text/html html; }}
    charset utf-8;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/site;
        brotli_static on;
    }}
}}
",
        needs::NGINX_BROTLI
    )
}

fn wait_for(port: u16) -> Result<()> {
    let attempt = || TcpStream::connect(("127.0.0.1", port));
    for _ in 0..100 {
        if attempt().is_ok() {
            return Ok(());
        }
        sleep(Duration::from_millis(50));
    }
    attempt().map(drop).context("nginx does not answer")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_one_whatever_the_order() {
        assert_eq!(median([3.0, 1.0, 9.0, 2.0, 4.0].into_iter()), 3.0);
    }
}
