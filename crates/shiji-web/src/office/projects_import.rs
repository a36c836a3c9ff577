//! Takes in the list of key projects that an office keeps: choose a file, see what would become public, confirm.

use super::sheet::Sheet;
use super::shown_on_form;
use super::ways::ways;
use crate::Shared;
use crate::frame::fields::SafeMultipart;
use crate::frame::page::{Entry, show_as};
use crate::frame::{Page, SafeFields, SignedIn, WebError};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use shiji_app::AppError;
use shiji_app::office::{By, Unread};
use shiji_app::project::{self, PlannedProject, ProjectTrouble, ProjectsPlan};
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;

#[derive(Template)]
#[template(path = "office/projects_import.html")]
struct ProjectsImportTemplate {
    page: Page,
    ways: Vec<Entry>,
    trouble: Option<String>,
    preview: Option<Preview>,
}

/// A sheet as it was read, and what it would do.
struct Preview {
    file: Sheet,
    plan: ProjectsPlan,
    unread: Vec<Unread>,
    left_out: Vec<Unread>,
}

impl ProjectsImportTemplate {
    fn problem(&self, problem: &ProjectTrouble) -> String {
        let t = self.page.t;
        match problem {
            ProjectTrouble::Known { .. } => t.get("project-trouble-known"),
            ProjectTrouble::Unit { unit, .. } => t.one("project-trouble-unit", "unit", unit),
            ProjectTrouble::NoUnit { .. } => t.get("project-trouble-no-unit"),
            ProjectTrouble::Leader { leader, .. } => t.one("project-trouble-leader", "leader", leader),
            ProjectTrouble::Words { key, .. } => t.get(match *key {
                "refusal-personal-data" => "project-trouble-personal-data",
                "refusal-text-long" => "project-trouble-long",
                "project-trouble-reason-long" => "project-trouble-reason-long",
                "refusal-project-milestone-twice" => "project-trouble-twice",
                "refusal-project-milestones" => "project-trouble-many",
                "refusal-project-start-late" => "project-trouble-start",
                "refusal-project-before-start" => "project-trouble-before-start",
                _ => "project-trouble-day",
            }),
            ProjectTrouble::Cell { error, .. } => {
                t.refusal(&Refusal { key: error.key(), args: error.args() })
            }
            ProjectTrouble::ForecastPast { milestone, .. } => {
                t.one("project-trouble-forecast-past", "milestone", milestone)
            }
            ProjectTrouble::ReachedLater { milestone, .. } => {
                t.one("project-trouble-reached", "milestone", milestone)
            }
            ProjectTrouble::ReachedEarly { milestone, .. } => {
                t.one("project-trouble-reached-early", "milestone", milestone)
            }
        }
    }

    /// Name, promised day, and the day it was reached or is expected, with the reason.
    fn milestones(&self, planned: &PlannedProject) -> Vec<(String, String, String)> {
        let t = self.page.t;
        let told = |one: &shiji_app::project::MilestoneRow| {
            let now = match (one.reached_on, &one.moved) {
                (Some(day), _) => t.one("milestone-reached-on", "day", t.day(&day)),
                (None, Some((day, why))) => t.two("project-import-moved", "day", t.day(day), "reason", why),
                (None, None) => String::new(),
            };
            (one.name.clone(), t.day(&one.due_on), now)
        };
        planned.row.milestones.iter().map(told).collect()
    }
}

pub async fn page(me: SignedIn) -> Result<Response, WebError> {
    me.act.actor.must_be(Role::Clerk)?;
    answered(&me, StatusCode::OK, None, None)
}

fn answered(
    me: &SignedIn,
    status: StatusCode,
    trouble: Option<String>,
    preview: Option<Preview>,
) -> Result<Response, WebError> {
    let template = ProjectsImportTemplate { page: Page::working(me), ways: ways(me), trouble, preview };
    show_as(status, &template)
}

pub async fn preview(
    State(web): State<Shared>,
    me: SignedIn,
    mut form: SafeMultipart,
) -> Result<Response, WebError> {
    me.act.actor.must_be(Role::Clerk)?;
    match Sheet::uploaded(&mut form) {
        Ok(sheet) => previewed(&web, &me, sheet, None).await,
        Err(refusal) => {
            answered(&me, StatusCode::UNPROCESSABLE_ENTITY, Some(me.here.t.refusal(&refusal)), None)
        }
    }
}

pub async fn apply(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    me.act.actor.must_be(Role::Clerk)?;
    let sheet = Sheet::confirmed(&fields)?;
    let read = project::read_projects_sheet(sheet.bytes.clone(), sheet.file_name.clone()).await?;
    match project::apply_projects(&web.app, &By::Person(&me.act), &read, fields.text("seen")).await {
        Ok(_) => Ok(crate::desk::go(&me.here.to("/desk/projects?done=imported"))),
        Err(error) => {
            let trouble = me.here.t.refusal(&shown_on_form(error)?);
            previewed(&web, &me, sheet, Some(trouble)).await
        }
    }
}

async fn previewed(
    web: &Shared,
    me: &SignedIn,
    sheet: Sheet,
    trouble: Option<String>,
) -> Result<Response, WebError> {
    match planned(web, me, sheet).await {
        Ok(preview) => {
            let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            answered(me, status, trouble, Some(preview))
        }
        Err(error) => {
            let trouble = me.here.t.refusal(&shown_on_form(error)?);
            answered(me, StatusCode::UNPROCESSABLE_ENTITY, Some(trouble), None)
        }
    }
}

async fn planned(web: &Shared, me: &SignedIn, file: Sheet) -> Result<Preview, AppError> {
    let read = project::read_projects_sheet(file.bytes.clone(), file.file_name.clone()).await?;
    let plan = project::plan_projects(&web.app, &By::Person(&me.act), &read).await?;
    Ok(Preview { file, plan, unread: read.unread, left_out: read.left_out })
}
