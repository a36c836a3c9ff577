//! `shiji import`: a roster or a week's sheet, looked at before it is applied.

use crate::place::PlaceArguments;
use crate::wiring::DataSettings;
use anyhow::{Context as _, Result};
use clap::Subcommand;
use jiff::civil::Date;
use shiji_app::office::{
    By, RosterInput, RosterPlan, WeekInput, WeekPlan, apply_roster, apply_week, plan_roster, plan_week,
};
use shiji_app::project::{ProjectsPlan, apply_projects, plan_projects};
use shiji_app::{App, AppError};
use shiji_domain::calendar::Days;
use shiji_domain::roster_change::RosterChange;
use shiji_paper::Unread;
use shiji_store::roster::Place;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct ImportArguments {
    #[command(subcommand)]
    sheet: Sheet,
}

#[derive(Subcommand)]
enum Sheet {
    /// People, posts, telephones and duties, from .xlsx or .csv.
    Roster(RosterArguments),
    /// One row per official, cells of free text, from .xlsx or .csv.
    Week(WeekArguments),
    /// Key projects with their milestones, from .xlsx or .csv; they are public at once.
    Projects(ProjectsArguments),
}

#[derive(clap::Args)]
struct ProjectsArguments {
    #[command(flatten)]
    common: Common,
}

#[derive(clap::Args)]
struct Common {
    file: PathBuf,
    /// Show what would happen and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Print the plan as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: PlaceArguments,
}

#[derive(clap::Args)]
struct RosterArguments {
    #[command(flatten)]
    common: Common,
    /// The day from which the roster holds; today when it is left out.
    #[arg(long)]
    day: Option<Date>,
}

#[derive(clap::Args)]
struct WeekArguments {
    #[command(flatten)]
    common: Common,
    /// First day of the week.
    #[arg(long)]
    from: Date,
    /// Last day of the week.
    #[arg(long)]
    to: Date,
    /// Leave alone what people wrote themselves.
    #[arg(long)]
    skip_written: bool,
    /// Leave out rows of people whom the roster does not know.
    #[arg(long)]
    skip_unknown: bool,
}

/// Bytes of a sheet; larger files are not office sheets.
const FILE_BYTES_MOST: u64 = 10 * 1024 * 1024;

pub async fn run(settings: &DataSettings, arguments: ImportArguments) -> Result<()> {
    match arguments.sheet {
        Sheet::Roster(roster) => import_roster(settings, roster).await,
        Sheet::Week(week) => import_week(settings, week).await,
        Sheet::Projects(projects) => import_projects(settings, projects).await,
    }
}

fn read(file: &Path) -> Result<(String, Vec<u8>)> {
    let shown = file.display();
    let length = std::fs::metadata(file).with_context(|| format!("cannot open {shown}"))?.len();
    anyhow::ensure!(
        length <= FILE_BYTES_MOST,
        "{shown} has over 10 MB, which no office sheet has; is it the right file?"
    );
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {shown}"))?;
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok((name, bytes))
}

/// The database is opened only when the sheet could be read: a wrong file makes no data folder.
async fn open(settings: &DataSettings, common: &Common) -> Result<(App, Place)> {
    let app = settings.open().await?;
    let place = common.place.find(&app).await?;
    Ok((app, place))
}

async fn import_roster(settings: &DataSettings, arguments: RosterArguments) -> Result<()> {
    let common = &arguments.common;
    let (name, bytes) = read(&common.file)?;
    let sheet = shiji_paper::read_roster(&name, &bytes)?;
    let (app, place) = open(settings, common).await?;
    let by = By::CommandLine { place: &place, now: app.clock.now() };
    let day = match arguments.day {
        Some(day) => day,
        None => by.day()?,
    };
    let input = RosterInput { rows: sheet.rows, day };
    let plan = plan_roster(&app, &by, &input).await.map_err(explained)?;
    if common.json {
        println!("{}", serde_json::json!({ "plan": plan, "unread": sheet.unread }));
    } else {
        print_roster(&plan, &sheet.unread);
    }
    if common.dry_run {
        return Ok(());
    }
    let applied = apply_roster(&app, &by, &input, &plan.fingerprint).await.map_err(explained)?;
    shiji_app::office::ensure_periods(&app, &place).await?;
    if !common.json {
        println!(
            "applied: {} joined, {} left, {} moved, {} amended, {} as they were",
            applied.joined, applied.left, applied.moved, applied.amended, applied.same
        );
    }
    Ok(())
}

fn print_roster(plan: &RosterPlan, unread: &[Unread]) {
    for change in &plan.comparison.changes {
        match change {
            RosterChange::Joined { row } => {
                println!("joined   {}  {} {}  {}", plan.day, row.unit, row.name, row.posts.join("、"));
            }
            RosterChange::Left { name, unit, posts, .. } => {
                println!("left     {}  {unit} {name}  {}", plan.day, posts.join("、"));
            }
            RosterChange::Moved { unit, posts, row, .. } => println!(
                "moved    {}  {}: {unit} {} → {} {}",
                plan.day,
                row.name,
                posts.join("、"),
                row.unit,
                row.posts.join("、")
            ),
            RosterChange::Amended { particulars, row, .. } => {
                println!("amended  {}  {} {}", plan.day, row.unit, row.name);
                for particular in particulars {
                    println!(
                        "           {:?}: {} → {}",
                        particular.kind, particular.before, particular.after
                    );
                }
            }
        }
    }
    print_unread(unread);
    println!("{} people in the sheet, {} changes", plan.people, plan.comparison.changes.len());
}

fn print_unread(unread: &[Unread]) {
    for remark in unread {
        println!("unread   {} {}{}: {}", remark.sheet, remark.column, remark.row, remark.what);
    }
}

async fn import_week(settings: &DataSettings, arguments: WeekArguments) -> Result<()> {
    let common = &arguments.common;
    let (name, bytes) = read(&common.file)?;
    let sheet = shiji_paper::read_week(&name, &bytes)?;
    let days = Days::new(arguments.from, arguments.to).map_err(|refusal| explained(refusal.into()))?;
    let (app, place) = open(settings, common).await?;
    let by = By::CommandLine { place: &place, now: app.clock.now() };
    let rows = sheet.rows;
    let input =
        WeekInput { rows, days, skip_written: arguments.skip_written, skip_unknown: arguments.skip_unknown };
    let plan = plan_week(&app, &by, &input).await.map_err(explained)?;
    if common.json {
        println!("{}", serde_json::json!({ "plan": plan, "unread": sheet.unread }));
    } else {
        print_week(&plan, &sheet.unread);
    }
    if common.dry_run {
        return Ok(());
    }
    let applied = apply_week(&app, &by, &input, &plan.fingerprint).await.map_err(explained)?;
    if !common.json {
        println!(
            "applied: {} reports, {} items, {} late, {} on leave, {} skipped",
            applied.reports, applied.items, applied.late, applied.on_leave, applied.skipped
        );
    }
    Ok(())
}

fn print_week(plan: &WeekPlan, unread: &[Unread]) {
    for report in &plan.reports {
        println!("{} {}: {} work, {} plan", report.unit, report.name, report.work.len(), report.plan.len());
    }
    for person in &plan.late {
        println!("late     {} {}", person.unit, person.name);
    }
    for problem in &plan.problems {
        println!("problem  row {}  {} {}: {:?}", problem.row, problem.unit, problem.name, problem.trouble);
    }
    print_unread(unread);
    println!("{} reports, {} items, {} late", plan.reports.len(), plan.items, plan.late.len());
}

async fn import_projects(settings: &DataSettings, arguments: ProjectsArguments) -> Result<()> {
    let common = &arguments.common;
    let (name, bytes) = read(&common.file)?;
    let sheet = shiji_paper::read_projects(&name, &bytes)?;
    let (app, place) = open(settings, common).await?;
    let by = By::CommandLine { place: &place, now: app.clock.now() };
    let plan = plan_projects(&app, &by, &sheet).await.map_err(explained)?;
    if common.json {
        println!(
            "{}",
            serde_json::json!({ "plan": plan, "unread": sheet.unread, "left_out": sheet.left_out })
        );
    } else {
        print_projects(&plan, &sheet.unread);
        for cell in &sheet.left_out {
            println!("left out on purpose  {}{}: {}", cell.column, cell.row, cell.what);
        }
    }
    if common.dry_run {
        return Ok(());
    }
    let applied = apply_projects(&app, &by, &sheet, &plan.fingerprint).await.map_err(explained)?;
    if !common.json {
        println!("applied: {} projects, {} milestones", applied.projects, applied.milestones);
    }
    Ok(())
}

fn print_projects(plan: &ProjectsPlan, unread: &[Unread]) {
    for planned in &plan.projects {
        println!("row {}  {}  {}", planned.row.row, planned.row.name, planned.row.units.join("、"));
        for milestone in &planned.row.milestones {
            let reached = milestone.reached_on.map_or_else(String::new, |day| format!("  reached {day}"));
            let moved = milestone.moved.as_ref();
            let moved = moved.map_or_else(String::new, |(day, why)| format!("  expected {day} ({why})"));
            println!("    {}  {}{reached}{moved}", milestone.due_on, milestone.name);
        }
    }
    for problem in &plan.problems {
        println!("problem  row {}  {}: {problem:?}", problem.row(), problem.name());
    }
    print_unread(unread);
    println!(
        "{} projects, {} milestones, {} problems",
        plan.projects.len(),
        plan.milestones,
        plan.problems.len()
    );
}

/// A refusal as the sentence that the pages show.
fn explained(error: AppError) -> anyhow::Error {
    match error {
        AppError::Refused(refusal) => anyhow::anyhow!("{}", shiji_web::frame::Texts::both(&refusal)),
        other => other.into(),
    }
}
