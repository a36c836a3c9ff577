//! Imports a week's sheet: choose a file and its days, see what would be made, confirm.

use super::sheet::Sheet;
use super::ways::ways;
use super::{go, shown_on_form};
use crate::Shared;
use crate::frame::fields::SafeMultipart;
use crate::frame::page::{Entry, show_as};
use crate::frame::{Fields, Page, SafeFields, SignedIn, WebError};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use shiji_app::AppError;
use shiji_app::office::{self, By, NamedPerson, RowTrouble, Unread, WeekInput, WeekPlan, WeekRow};
use shiji_domain::calendar::Days;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;

#[derive(Template)]
#[template(path = "office/week_import.html")]
struct WeekImportTemplate {
    page: Page,
    ways: Vec<Entry>,
    chosen: Chosen,
    trouble: Option<String>,
    preview: Option<(Sheet, WeekPlan, Vec<Unread>)>,
}

/// What the form says besides the file.
#[derive(Debug, Clone, Copy)]
struct Chosen {
    first: Date,
    last: Date,
    skip_written: bool,
    skip_unknown: bool,
}

impl Chosen {
    fn of(fields: &Fields) -> Result<Chosen, Refusal> {
        Ok(Chosen {
            first: fields.parsed("first")?,
            last: fields.parsed("last")?,
            skip_written: fields.is_set("skip_written"),
            skip_unknown: fields.is_set("skip_unknown"),
        })
    }

    fn input(self, rows: Vec<WeekRow>) -> Result<WeekInput, Refusal> {
        let Chosen { first, last, skip_written, skip_unknown } = self;
        Ok(WeekInput { rows, days: Days::new(first, last)?, skip_written, skip_unknown })
    }
}

impl WeekImportTemplate {
    fn trouble_of(&self, trouble: &RowTrouble) -> String {
        self.page.t.get(match trouble {
            RowTrouble::Unknown => "office-week-trouble-unknown",
            RowTrouble::PersonalData => "office-week-trouble-personal-data",
            RowTrouble::Long => "office-week-trouble-long",
        })
    }

    /// Heading and names of the lists of people below the reports.
    fn lists(&self, plan: &WeekPlan) -> Vec<(String, String)> {
        let names = |people: &[NamedPerson]| {
            people.iter().map(|one| format!("{} ({})", one.name, one.unit)).collect::<Vec<_>>().join("、")
        };
        [
            ("office-week-late-list", &plan.late),
            ("office-week-leave-list", &plan.on_leave),
            ("office-week-written-list", &plan.written),
        ]
        .into_iter()
        .filter(|(_, people)| !people.is_empty())
        .map(|(key, people)| (format!("{} ({})", self.page.t.get(key), people.len()), names(people)))
        .collect()
    }
}

pub async fn page(State(web): State<Shared>, me: SignedIn) -> Result<Response, WebError> {
    me.act.actor.must_be(Role::Clerk)?;
    let period = office::week_page(&web.app, &me.act, None).await?.period;
    let chosen =
        Chosen { first: period.days.first, last: period.days.last, skip_written: false, skip_unknown: false };
    let page = Page::working(&me);
    show_as(
        StatusCode::OK,
        &WeekImportTemplate { page, ways: ways(&me), chosen, trouble: None, preview: None },
    )
}

pub async fn preview(
    State(web): State<Shared>,
    me: SignedIn,
    mut form: SafeMultipart,
) -> Result<Response, WebError> {
    me.act.actor.must_be(Role::Clerk)?;
    let chosen = Chosen::of(&form.fields)?;
    match Sheet::uploaded(&mut form) {
        Ok(sheet) => previewed(&web, &me, sheet, chosen, None).await,
        Err(refusal) => refused(&me, chosen, me.here.t.refusal(&refusal)),
    }
}

pub async fn apply(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    me.act.actor.must_be(Role::Clerk)?;
    let (sheet, chosen) = (Sheet::confirmed(&fields)?, Chosen::of(&fields)?);
    let rows = office::read_week_sheet(sheet.bytes.clone(), sheet.file_name.clone()).await?.rows;
    let input = chosen.input(rows)?;
    match office::apply_week(&web.app, &By::Person(&me.act), &input, fields.text("seen")).await {
        Ok(applied) => Ok(go(&me, &format!("/office?count={}", applied.reports), "week")),
        Err(error) => {
            let trouble = me.here.t.refusal(&shown_on_form(error)?);
            previewed(&web, &me, sheet, chosen, Some(trouble)).await
        }
    }
}

async fn previewed(
    web: &Shared,
    me: &SignedIn,
    sheet: Sheet,
    chosen: Chosen,
    trouble: Option<String>,
) -> Result<Response, WebError> {
    match planned(web, me, &sheet, chosen).await {
        Ok((plan, unread)) => {
            let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            let preview = Some((sheet, plan, unread));
            show_as(
                status,
                &WeekImportTemplate { page: Page::working(me), ways: ways(me), chosen, trouble, preview },
            )
        }
        Err(AppError::Refused(refusal)) if refusal.key != "refusal-not-yours" => {
            refused(me, chosen, me.here.t.refusal(&refusal))
        }
        Err(error) => Err(error.into()),
    }
}

async fn planned(
    web: &Shared,
    me: &SignedIn,
    sheet: &Sheet,
    chosen: Chosen,
) -> Result<(WeekPlan, Vec<Unread>), AppError> {
    let read = office::read_week_sheet(sheet.bytes.clone(), sheet.file_name.clone()).await?;
    let input = chosen.input(read.rows)?;
    Ok((office::plan_week(&web.app, &By::Person(&me.act), &input).await?, read.unread))
}

fn refused(me: &SignedIn, chosen: Chosen, trouble: String) -> Result<Response, WebError> {
    let trouble = Some(trouble);
    show_as(
        StatusCode::UNPROCESSABLE_ENTITY,
        &WeekImportTemplate { page: Page::working(me), ways: ways(me), chosen, trouble, preview: None },
    )
}
