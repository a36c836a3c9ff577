//! How long paper takes: an issue of the whole town, as it is printed after the meeting.

use super::{kilobytes, middle, millis, open};
use anyhow::{Context as _, Result};
use shiji_app::paper::{Form, PrintRoom, Wanted};
use shiji_store::{public, roster};
use shiji_web::frame::{Language, Texts};
use shiji_web::paper::Printing;
use std::path::Path;
use std::time::Instant;

pub async fn measure(town: &Path, runs: usize) -> Result<()> {
    let app = open(town).await?;
    let mut tx = app.store.read().await?;
    let place = roster::places(&mut tx).await?.into_iter().next().context("no place")?;
    let latest = public::latest_issue(&mut tx, place.place_id).await?.context("no issue")?;
    drop(tx);
    for (form, name) in
        [(Form::Wall, "A3 wall sheets"), (Form::Booklet, "A4 booklet"), (Form::Cards, "who-to-ask cards")]
    {
        let mut times = Vec::new();
        let mut last = None;
        for _ in 0..runs.max(1) {
            // A room of its own has nothing kept.
            let room = PrintRoom::default();
            let site = Some("https://board.chengwan.example".to_owned());
            let t = Texts { language: Language::Zh };
            let printing =
                Printing { app: &app, room: &room, place: &place, wanted: Wanted::ByOffice, t, site };
            let began = Instant::now();
            last = Some(printing.print(latest.number, form).await?);
            times.push(began.elapsed());
        }
        let file = last.context("nothing was printed")?;
        let whole = middle(times);
        let pages = u32::try_from(file.pages.max(1))?;
        println!("{:<41}{:>9.0} ms for {pages} pages", format!("{name}, whole issue"), millis(whole));
        println!("{:<41}{:>9.1} ms", "  each page", millis(whole / pages));
        println!("{:<41}{:>9.0} KB", "  size", kilobytes(file.bytes.len()));
    }
    app.store.close().await;
    Ok(())
}
