//! Shiji: a town's weekly work, in the open. The command line.

mod backup;
mod bench;
mod bring_back;
mod copying;
mod demo;
mod import;
mod log;
mod mirror;
mod outward;
mod place;
mod print;
mod secret_key;
mod serve;
mod start;
mod text;
mod verify;
mod wiring;
mod witness;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;
use wiring::DataSettings;

#[derive(Parser)]
#[command(
    name = "shiji",
    version,
    about = "实绩 Shiji: lays the weekly work of a town's officials open to everybody"
)]
struct Arguments {
    #[command(flatten)]
    settings: DataSettings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make an invented town with a year of issues and serve it; goes on with it when it is there.
    Demo(demo::command::DemoArguments),
    /// Make a place and an invitation for its administrator.
    Init(place::InitArguments),
    /// Serve the places of the data folder.
    Serve(serve::ServeArguments),
    /// Take in a roster or a week's sheet.
    Import(import::ImportArguments),
    /// Read work items: JSON lines in, JSON lines out.
    Text(text::TextArguments),
    /// Derive all public pages' rows anew from the records and say whether anything differed.
    Rebuild(place::PlaceArguments),
    /// Write the wall sheets, the booklet, the cards and the week's sheet of an issue into a folder.
    Print(print::PrintArguments),
    /// Make a consistent copy of the running town.
    Backup(backup::BackupArguments),
    /// Bring a copy back into an empty data folder.
    Restore(backup::RestoreArguments),
    /// The transparency log: begin it, see how it stands, close it.
    Log(log::LogArguments),
    /// Be a witness: countersign the logs of others as long as they only grow.
    Witness(witness::WitnessArguments),
    /// Copy another installation's log and everything in it, verified; serve the copy with `shiji serve`.
    Mirror(mirror::MirrorArguments),
    /// Verify a log, everything in it and the public pages.
    Verify(verify::VerifyArguments),
    /// Measure: reading items, closing a meeting, starting, memory at rest, the size of a board page.
    Bench(bench::BenchArguments),
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    start::logging();
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("shiji: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<()> {
    let settings = &arguments.settings;
    match arguments.command {
        Command::Demo(demo) => demo::command::run(settings, demo).await,
        Command::Init(init) => place::init(settings, init).await,
        Command::Serve(serve) => serve::run(settings, serve).await,
        Command::Import(import) => import::run(settings, import).await,
        Command::Text(text) => text::run(text),
        Command::Rebuild(place) => place::rebuild(settings, place).await,
        Command::Print(print) => print::run(settings, print).await,
        Command::Backup(backup) => backup::backup(settings, backup).await,
        Command::Restore(restore) => backup::restore(settings, restore).await,
        Command::Log(log) => log::run(settings, log).await,
        Command::Witness(witness) => witness::run(settings, witness).await,
        Command::Mirror(mirror) => mirror::run(settings, mirror).await,
        Command::Verify(verify) => verify::run(settings, verify).await,
        Command::Bench(bench) => bench::run(bench).await,
    }
}
