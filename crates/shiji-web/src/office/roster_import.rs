//! Imports a roster: choose a file, see what would change, confirm.

use super::sheet::Sheet;
use super::ways::ways;
use super::{Query, done, go, shown_on_form};
use crate::Shared;
use crate::frame::fields::SafeMultipart;
use crate::frame::page::{Entry, show_as};
use crate::frame::{Page, SafeFields, SignedIn, WebError};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use shiji_app::AppError;
use shiji_app::office::{self, By, RosterInput, RosterPlan, Unread};
use shiji_domain::right::Role;
use shiji_domain::roster::FilingDuty;
use shiji_domain::roster_change::{Particular, ParticularKind, RosterChange, RosterProblem};

#[derive(Template)]
#[template(path = "office/roster_import.html")]
struct RosterImportTemplate {
    page: Page,
    ways: Vec<Entry>,
    day: Date,
    trouble: Option<String>,
    preview: Option<(Sheet, RosterPlan, Vec<Unread>)>,
}

/// One change as a row of the table.
struct ChangeLine {
    class: &'static str,
    word: String,
    name: String,
    before: String,
    after: String,
    at: String,
}

impl RosterImportTemplate {
    fn lines(&self, plan: &RosterPlan) -> Vec<ChangeLine> {
        plan.comparison.changes.iter().map(|change| self.line(change)).collect()
    }

    fn line(&self, change: &RosterChange) -> ChangeLine {
        let t = self.page.t;
        let told = |unit: &str, posts: &[String]| format!("{unit} {}", posts.join("、"));
        let row = |row: usize| t.one("office-import-row-number", "row", row);
        let (class, key, name, before, after, at) = match change {
            RosterChange::Joined { row: new } => {
                let duty = t.get(super::roster::duty_key(new.filing_duty));
                let after = format!("{} ({duty})", told(&new.unit, &new.posts));
                ("good", "office-change-joined", &new.name, String::new(), after, row(new.row))
            }
            RosterChange::Left { name, unit, posts, .. } => {
                let at = t.get("office-change-absent");
                ("idle", "office-change-left", name, told(unit, posts), String::new(), at)
            }
            RosterChange::Moved { unit, posts, row: new, .. } => {
                let after = told(&new.unit, &new.posts);
                ("warn", "office-change-moved", &new.name, told(unit, posts), after, row(new.row))
            }
            RosterChange::Amended { particulars, row: new, .. } => {
                let joined = |side: fn(&Particular) -> &str| {
                    particulars
                        .iter()
                        .map(|one| self.particular(one.kind, side(one)))
                        .collect::<Vec<_>>()
                        .join("; ")
                };
                let (before, after) = (joined(|one| &one.before), joined(|one| &one.after));
                ("warn", "office-change-amended", &new.name, before, after, row(new.row))
            }
        };
        ChangeLine { class, word: t.get(key), name: name.clone(), before, after, at }
    }

    fn particular(&self, kind: ParticularKind, value: &str) -> String {
        let t = self.page.t;
        let key = match kind {
            ParticularKind::FilingDuty => {
                let duty = t.get(super::roster::duty_key(FilingDuty::from_code(value)));
                return format!("{}: {duty}", t.get("office-particular-duty"));
            }
            ParticularKind::Supervisor => "office-particular-supervisor",
            ParticularKind::OfficeTelephone => "office-particular-telephone",
            ParticularKind::Mobile => "office-particular-mobile",
            ParticularKind::Duties => "office-particular-duties",
        };
        format!("{}: {value}", t.get(key))
    }

    fn problem(&self, problem: &RosterProblem) -> String {
        match problem {
            RosterProblem::Twice { row, other_row, .. } => {
                self.page.t.two("office-problem-twice", "row", row, "other", other_row)
            }
            RosterProblem::SupervisorUnknown { row, supervisor, .. } => {
                self.page.t.two("office-problem-supervisor", "row", row, "supervisor", supervisor)
            }
        }
    }

    fn is_blocked(&self, plan: &RosterPlan) -> bool {
        plan.comparison.problems.iter().any(RosterProblem::blocks)
    }
}

pub async fn page(me: SignedIn, query: Query) -> Result<Response, WebError> {
    me.act.actor.must_be(Role::Clerk)?;
    let day = me.act.day()?;
    let page = Page::working(&me).with_notice(done(&me, &query));
    show_as(
        StatusCode::OK,
        &RosterImportTemplate { page, ways: ways(&me), day, trouble: None, preview: None },
    )
}

pub async fn preview(
    State(web): State<Shared>,
    me: SignedIn,
    mut form: SafeMultipart,
) -> Result<Response, WebError> {
    me.act.actor.must_be(Role::Clerk)?;
    let day: Date = form.fields.parsed("day")?;
    match Sheet::uploaded(&mut form) {
        Ok(sheet) => previewed(&web, &me, sheet, day, None).await,
        Err(refusal) => refused(&me, day, me.here.t.refusal(&refusal)),
    }
}

pub async fn apply(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    me.act.actor.must_be(Role::Clerk)?;
    let (sheet, day) = (Sheet::confirmed(&fields)?, fields.parsed("day")?);
    let rows = office::read_roster_sheet(sheet.bytes.clone(), sheet.file_name.clone()).await?.rows;
    let input = RosterInput { rows, day };
    match office::apply_roster(&web.app, &By::Person(&me.act), &input, fields.text("seen")).await {
        Ok(applied) => {
            let count = applied.joined + applied.left + applied.moved + applied.amended;
            Ok(go(&me, &format!("/office/roster?count={count}"), "roster"))
        }
        Err(error) => {
            let trouble = me.here.t.refusal(&shown_on_form(error)?);
            previewed(&web, &me, sheet, day, Some(trouble)).await
        }
    }
}

async fn previewed(
    web: &Shared,
    me: &SignedIn,
    sheet: Sheet,
    day: Date,
    trouble: Option<String>,
) -> Result<Response, WebError> {
    match planned(web, me, &sheet, day).await {
        Ok((plan, unread)) => {
            let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            let preview = Some((sheet, plan, unread));
            show_as(
                status,
                &RosterImportTemplate { page: Page::working(me), ways: ways(me), day, trouble, preview },
            )
        }
        Err(AppError::Refused(refusal)) if refusal.key != "refusal-not-yours" => {
            refused(me, day, me.here.t.refusal(&refusal))
        }
        Err(error) => Err(error.into()),
    }
}

async fn planned(
    web: &Shared,
    me: &SignedIn,
    sheet: &Sheet,
    day: Date,
) -> Result<(RosterPlan, Vec<Unread>), AppError> {
    let read = office::read_roster_sheet(sheet.bytes.clone(), sheet.file_name.clone()).await?;
    let input = RosterInput { rows: read.rows, day };
    Ok((office::plan_roster(&web.app, &By::Person(&me.act), &input).await?, read.unread))
}

fn refused(me: &SignedIn, day: Date, trouble: String) -> Result<Response, WebError> {
    let trouble = Some(trouble);
    show_as(
        StatusCode::UNPROCESSABLE_ENTITY,
        &RosterImportTemplate { page: Page::working(me), ways: ways(me), day, trouble, preview: None },
    )
}
