//! `shiji serve`: the web server and the work that the calendar asks for.

use crate::outward::OutwardArguments;
use crate::wiring::DataSettings;
use anyhow::{Context as _, Result};
use axum::ServiceExt;
use axum::extract::Request;
use shiji_app::job::{Worker, work_one};
use shiji_app::{App, publish};
use shiji_store::roster;
use shiji_web::letter::WebLetters;
use shiji_web::{Shared, WebOptions};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;

#[derive(clap::Args)]
pub struct ServeArguments {
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, env = "SHIJI_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Trust X-Forwarded-Proto: only behind a proxy of one's own that sets it.
    #[arg(long, env = "SHIJI_BEHIND_PROXY")]
    behind_proxy: bool,
    #[command(flatten)]
    outward: OutwardArguments,
}

pub struct Server {
    listener: TcpListener,
    local: SocketAddr,
}

pub async fn bind(arguments: &ServeArguments) -> Result<Server> {
    let listener = TcpListener::bind(arguments.listen).await.with_context(|| {
        format!(
            "cannot listen on {}; is another copy running? choose another with --listen",
            arguments.listen
        )
    })?;
    let local = listener.local_addr()?;
    Ok(Server { listener, local })
}

impl Server {
    pub fn address(&self) -> String {
        format!("http://{}", self.local)
    }

    pub async fn run(self, app: App, arguments: &ServeArguments) -> Result<()> {
        let is_mirror = app.is_copy();
        let mut outward = arguments.outward.open()?;
        if is_mirror {
            // A copy queues nothing, so it promises no letters either.
            outward.mail = None;
        }
        let app = App { outward, ..app };
        let calendar = (!is_mirror).then(|| tokio::spawn(keep_the_calendar(app.clone())));
        let log = (!is_mirror && app.log.is_some()).then(|| tokio::spawn(keep_the_log(app.clone())));
        let folding = Some(tokio::spawn(fold_the_log(app.clone())));
        let queue: Vec<_> =
            (0..if is_mirror { 0 } else { WORKERS }).map(|_| tokio::spawn(work(app.clone()))).collect();
        let store = app.store.clone();
        let site = shiji_web::site(app, WebOptions { behind_proxy: arguments.behind_proxy });
        let web = site.web();
        let counting = (!is_mirror).then(|| tokio::spawn(keep_the_readings(web.clone())));
        let service = ServiceExt::<Request>::into_make_service_with_connect_info::<SocketAddr>(site);
        tracing::info!(address = %self.local, engine = store.engine(), "listening");
        axum::serve(self.listener, service).with_graceful_shutdown(stopped()).await?;
        [calendar, log, folding, counting].into_iter().flatten().chain(queue).for_each(|work| work.abort());
        if !is_mirror {
            write_readings(&web).await;
        }
        store.close().await;
        Ok(())
    }
}

pub async fn run(settings: &DataSettings, arguments: ServeArguments) -> Result<()> {
    let app = settings.open().await?;
    let server = bind(&arguments).await?;
    println!("listening {}", server.address());
    server.run(app, &arguments).await
}

/// Once a minute: lays down the periods ahead and publishes what is due without a meeting.
async fn keep_the_calendar(app: App) {
    let mut minute = tokio::time::interval(Duration::from_secs(60));
    loop {
        minute.tick().await;
        if let Err(error) = calendar_once(&app).await {
            tracing::error!(%error, "the calendar's work failed; it is tried again in a minute");
        }
    }
}

/// Once an hour: what was deleted, by the calendar or by somebody, leaves the database's log too.
async fn fold_the_log(app: App) {
    let mut hour = tokio::time::interval(Duration::from_secs(60 * 60));
    loop {
        hour.tick().await;
        match app.store.fold_log().await {
            Ok(true) => {}
            Ok(false) => tracing::debug!("the database's log is being read; it is folded in an hour"),
            Err(error) => {
                tracing::error!(%error, "the database's log was not folded; it is tried again in an hour")
            }
        }
    }
}

async fn calendar_once(app: &App) -> Result<()> {
    let mut tx = app.store.read().await?;
    let places = roster::places(&mut tx).await?;
    drop(tx);
    for place in places {
        shiji_app::ask::index_if_missing(app, &place).await?;
        shiji_app::question::look_after(app, &place).await?;
        shiji_app::directive::look_after(app, &place).await?;
        shiji_app::difficulty::look_after(app, &place).await?;
        shiji_app::office::ensure_periods(app, &place).await?;
        for number in publish::publish_due(app, &place).await? {
            tracing::info!(place = %place.slug, number, "issue published by the calendar");
        }
        shiji_app::notice::tell_due(app, &place).await?;
        shiji_app::whereabouts::forget_past(app, &place).await?;
        shiji_app::job::forget_old_jobs(app, &place).await?;
    }
    Ok(())
}

/// Once a minute: writes down how often items were opened and thanked for.
async fn keep_the_readings(web: Shared) {
    let mut minute = tokio::time::interval(Duration::from_secs(60));
    loop {
        minute.tick().await;
        write_readings(&web).await;
    }
}

async fn write_readings(web: &Shared) {
    let counted = web.readings.take();
    if let Err(error) = shiji_app::reading::add_readings(&web.app, &counted).await {
        tracing::error!(%error, "the readings were not written down; it is tried again in a minute");
        web.readings.put_back(counted);
    }
}

/// One slow mail server or webhook must not hold up the others.
const WORKERS: usize = 3;

/// Does what is queued, within a second of its hour.
async fn work(app: App) {
    let mut second = tokio::time::interval(Duration::from_secs(1));
    second.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        second.tick().await;
        if let Err(error) = drain(&app).await {
            tracing::error!(%error, "the queue's work failed; it is tried again in a second");
        }
    }
}

async fn drain(app: &App) -> Result<()> {
    let worker = Worker { app, letters: &WebLetters };
    let mut tx = app.store.read().await?;
    let places = roster::places(&mut tx).await?;
    drop(tx);
    for place in places {
        while work_one(app, &place, &worker).await?.is_some() {}
    }
    Ok(())
}

/// Brings what is published into the log within a second; signs anew and asks silent witnesses again once a minute.
async fn keep_the_log(app: App) {
    let Some(log) = app.log.clone() else { return };
    let mut second = tokio::time::interval(Duration::from_secs(1));
    let mut told = None;
    for tick in 0_u64.. {
        second.tick().await;
        if !tick.is_multiple_of(60) && !shiji_app::log::is_waiting(&app).await {
            continue;
        }
        match shiji_app::log::sequence(&app, &log).await {
            Ok(done) if done.added > 0 => {
                tracing::info!(
                    entries = done.size,
                    added = done.added,
                    published = done.published,
                    "log signed"
                );
            }
            Ok(_) => told = None,
            Err(error) => {
                // A standstill lasts until a person has looked; it is said once, and stands on the log's page.
                let what = error.to_string();
                if told.as_ref() != Some(&what) {
                    tracing::error!(error = %what, "the log signs nothing");
                    told = Some(what);
                }
            }
        }
    }
}

pub async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! {
                    _ = interrupt => {}
                    _ = terminate.recv() => {}
                }
                return;
            }
            Err(error) => tracing::warn!(%error, "SIGTERM is not watched"),
        }
    }
    let _ = interrupt.await;
}
