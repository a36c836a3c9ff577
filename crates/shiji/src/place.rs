//! `shiji init` and `shiji rebuild`.

use crate::wiring::DataSettings;
use anyhow::{Context as _, Result};
use shiji_app::{App, account, publish};
use shiji_store::roster::{self, Place};

#[derive(clap::Args)]
pub struct InitArguments {
    /// The place's name, such as 澄湾镇.
    #[arg(long)]
    name: String,
    /// The name in English.
    #[arg(long)]
    name_en: String,
    /// First part of every address: lower-case letters, digits and hyphens.
    #[arg(long)]
    slug: String,
    /// Name of the person who administers the installation.
    #[arg(long)]
    administrator: String,
    /// The administrator's unit.
    #[arg(long, default_value = "党政办")]
    unit: String,
    /// The administrator's post.
    #[arg(long, default_value = "系统管理员")]
    title: String,
    /// As in the IANA database.
    #[arg(long, default_value = "Asia/Shanghai")]
    time_zone: String,
}

#[derive(clap::Args, Clone)]
pub struct PlaceArguments {
    /// Which place, by the first part of its address; not needed when there is one.
    #[arg(long)]
    place: Option<String>,
}

impl PlaceArguments {
    pub async fn find(&self, app: &App) -> Result<Place> {
        let mut tx = app.store.read().await?;
        let places = roster::places(&mut tx).await?;
        match &self.place {
            Some(slug) => places
                .into_iter()
                .find(|place| place.slug == *slug)
                .with_context(|| format!("there is no place {slug} here")),
            None => {
                anyhow::ensure!(places.len() <= 1, "there are several places; choose one with --place");
                places.into_iter().next().context("there is no place here yet; make one with `shiji init`")
            }
        }
    }
}

pub async fn init(settings: &DataSettings, arguments: InitArguments) -> Result<()> {
    let app = settings.open().await?;
    let wanted = shiji_app::place::NewPlace {
        slug: arguments.slug,
        name: arguments.name,
        name_en: arguments.name_en,
        time_zone: arguments.time_zone,
        administrator: arguments.administrator,
        unit: arguments.unit,
        title: arguments.title,
    };
    let (place, administrator) = shiji_app::place::found_place(&app, wanted).await?;
    let token = account::invite_from_command_line(&app, &place, administrator).await?;
    println!("{} ({})", place.name, place.slug);
    println!("invitation of the administrator, good for seven days:");
    println!("  /{}/zh/invitation/{token}", place.slug);
    println!("next: shiji import roster FILE.xlsx, then shiji serve");
    Ok(())
}

pub async fn rebuild(settings: &DataSettings, arguments: PlaceArguments) -> Result<()> {
    let app = settings.open().await?;
    let place = arguments.find(&app).await?;
    let rebuilt = publish::rebuild(&app, &place).await?;
    println!("{} issues, {} records read and proved", rebuilt.issues, rebuilt.records);
    if rebuilt.differed.is_empty() {
        println!("nothing differed");
    } else {
        let numbers: Vec<String> = rebuilt.differed.iter().map(i64::to_string).collect();
        println!("differed and derived anew: issues {}", numbers.join(", "));
    }
    Ok(())
}
