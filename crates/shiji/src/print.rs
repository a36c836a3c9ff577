//! `shiji print`: everything of an issue that is printed, into a folder.

use crate::outward::OutwardArguments;
use crate::place::PlaceArguments;
use crate::wiring::DataSettings;
use anyhow::{Context as _, Result};
use shiji_app::App;
use shiji_app::paper::{PrintRoom, Wanted};
use shiji_web::frame::{Language, Texts};
use shiji_web::paper::{Printing, site_address};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct PrintArguments {
    /// Number of the issue; the latest when it is left out.
    #[arg(long)]
    issue: Option<i64>,
    /// Folder for the files; it is made when there is none.
    #[arg(long)]
    out: PathBuf,
    /// Language of the sheets' own words: zh or en.
    #[arg(long, default_value = "zh")]
    language: String,
    #[command(flatten)]
    place: PlaceArguments,
    #[command(flatten)]
    outward: OutwardArguments,
}

pub async fn run(settings: &DataSettings, arguments: PrintArguments) -> Result<()> {
    let app = App { outward: arguments.outward.open()?, ..settings.open().await? };
    let place = arguments.place.find(&app).await?;
    let language = Language::from_code(&arguments.language).context("the language is zh or en")?;
    let number = match arguments.issue {
        Some(number) => number,
        None => {
            let issues = shiji_app::board::issues(&app, &place).await?;
            issues.first().context("nothing has been published here yet")?.number
        }
    };
    let room = PrintRoom::default();
    let site = site_address(&app);
    if site.is_none() {
        eprintln!("there are no QR codes on paper, because --public-url is not set");
    }
    let printing = Printing {
        app: &app,
        room: &room,
        place: &place,
        wanted: Wanted::ByOffice,
        t: Texts { language },
        site,
    };
    let files =
        printing.everything(number).await.with_context(|| format!("issue {number} cannot be printed"))?;
    std::fs::create_dir_all(&arguments.out)
        .with_context(|| format!("cannot make the folder {}", arguments.out.display()))?;
    for file in files {
        let path = arguments.out.join(&file.name);
        std::fs::write(&path, &file.bytes).with_context(|| format!("cannot write {}", path.display()))?;
        println!("{}", path.display());
        if !file.missing.is_empty() {
            let missing: String = file.missing.iter().collect();
            eprintln!(
                "no font here has these characters, their numbers stand on the paper instead: {missing}"
            );
        }
    }
    Ok(())
}
