//! Finished files with their names, for pages, for the clerk's bundle and for the command line.

use super::{cards, issue, minutes, table, timetable};
use crate::Shared;
use crate::board::view::board_view;
use crate::frame::{Here, Texts};
use axum::body::Bytes;
use shiji_app::meeting::public_minutes;
use shiji_app::paper::{
    Form, PrintKey, PrintMatter, PrintRoom, Wanted, person_year, print_matter, write_week, write_year,
};
use shiji_app::{App, AppError};
use shiji_domain::id::{PersonId, ProjectId};
use shiji_store::roster::Place;

const PDF: &str = "application/pdf";
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[derive(Debug, Clone)]
pub struct File {
    /// As people read it.
    pub name: String,
    /// In ASCII.
    pub plain_name: String,
    pub media_type: &'static str,
    pub bytes: Bytes,
    /// Pages of a print.
    pub pages: usize,
    /// Characters that no font could draw.
    pub missing: Vec<char>,
}

/// Makes the files of one place in one language.
pub struct Printing<'a> {
    pub app: &'a App,
    pub room: &'a PrintRoom,
    pub place: &'a Place,
    pub t: Texts,
    pub wanted: Wanted,
    /// Where readers find this site, without a slash at the end; QR codes lead there. None: no codes.
    pub site: Option<String>,
}

/// The address that was set, or the one that the log is named after.
pub fn site_address(app: &App) -> Option<String> {
    app.outward.address_of("").or_else(|| {
        let origin = app.log.as_ref()?.origin();
        let host = origin.split('/').next().filter(|host| host.contains('.'))?;
        Some(format!("https://{host}"))
    })
}

impl<'a> Printing<'a> {
    pub fn of(web: &'a Shared, here: &'a Here) -> Printing<'a> {
        Printing {
            app: &web.app,
            room: &web.print_room,
            place: &here.place,
            t: here.t,
            wanted: Wanted::ByReader,
            site: site_address(&web.app),
        }
    }

    /// The whole address of a page of this place; `rest` begins with a slash.
    pub(super) fn address(&self, rest: &str) -> Option<String> {
        let site = self.site.as_ref()?;
        Some(format!("{site}/{}/{}{rest}", self.place.slug, self.t.language.code()))
    }

    /// # Errors
    /// `NotFound` for an issue that was never published; refuses while too many prints wait.
    pub async fn print(&self, number: i64, form: Form) -> Result<File, AppError> {
        let matter = print_matter(self.app, self.place, number).await?;
        let key = PrintKey {
            place: self.place.place_id,
            language: self.t.language.code(),
            issue: number,
            form,
            subject: None,
            version: matter.version,
            signed: matter.log.is_some(),
        };
        let printed = match form {
            Form::Cards => {
                let cards = cards::ask_cards(self, &matter);
                self.room.print(self.wanted, key, move |press| press.ask_cards(&cards)).await?
            }
            Form::Minutes => {
                let held = public_minutes(self.app, self.place, number).await?.ok_or(AppError::NotFound)?;
                let sheet = minutes::minutes_sheet(self, &matter, &held);
                self.room.print(self.wanted, key, move |press| press.minutes(&sheet)).await?
            }
            Form::Wall => {
                let sheet = self.sheet(&matter);
                self.room.print(self.wanted, key, move |press| press.wall_sheets(&sheet)).await?
            }
            Form::Booklet => {
                let sheet = self.sheet(&matter);
                self.room.print(self.wanted, key, move |press| press.booklet(&sheet)).await?
            }
            // Projects are no part of an issue.
            Form::Timetables => return Err(AppError::NotFound),
        };
        let (word, plain) = match form {
            Form::Wall => (self.t.get("print-wall"), "wall"),
            Form::Booklet => (self.t.get("print-booklet"), "booklet"),
            Form::Cards | Form::Timetables => (self.t.get("print-cards"), "ask-cards"),
            Form::Minutes => (self.t.get("minutes-public"), "minutes"),
        };
        Ok(File {
            name: format!("{} {word}.pdf", self.named(&matter)),
            plain_name: format!("{}-issue-{number}-{plain}.pdf", self.place.slug),
            media_type: PDF,
            bytes: Bytes::copy_from_slice(&printed.pdf),
            pages: printed.pages,
            missing: printed.missing.clone(),
        })
    }

    /// The timetable of one project, or of all that run.
    ///
    /// # Errors
    /// `NotFound` for a project that there is not, and where none runs; refuses while too many prints wait.
    pub async fn timetables(&self, project: Option<ProjectId>) -> Result<File, AppError> {
        let sheets = timetable::sheets(self, project).await?;
        let key = PrintKey {
            place: self.place.place_id,
            language: self.t.language.code(),
            issue: 0,
            form: Form::Timetables,
            subject: project.map(|project| project.0),
            version: shiji_app::board::version(self.app, self.place).await?,
            signed: false,
        };
        let name = match &sheets.projects[..] {
            [only] => format!("{} {}.pdf", self.place.name, only.name),
            _ => format!("{} {}.pdf", self.place.name, self.t.get("projects")),
        };
        let plain = project.map_or_else(|| "projects".to_owned(), |project| format!("project-{project}"));
        let printed = self.room.print(self.wanted, key, move |press| press.timetables(&sheets)).await?;
        Ok(File {
            name,
            plain_name: format!("{}-{plain}.pdf", self.place.slug),
            media_type: PDF,
            bytes: Bytes::copy_from_slice(&printed.pdf),
            pages: printed.pages,
            missing: printed.missing.clone(),
        })
    }

    fn sheet(&self, matter: &PrintMatter) -> shiji_app::paper::press::IssueSheet {
        let view = board_view(&matter.content, &self.t.get("redacted"));
        issue::issue_sheet(self, &view, matter)
    }

    fn named(&self, matter: &PrintMatter) -> String {
        format!(
            "{} {}",
            matter.content.issue.place_name,
            self.t.one("issue-number", "number", matter.content.issue.number)
        )
    }

    /// # Errors
    /// `NotFound` for an issue that was never published.
    pub async fn week(&self, number: i64) -> Result<File, AppError> {
        let matter = print_matter(self.app, self.place, number).await?;
        let view = board_view(&matter.content, &self.t.get("redacted"));
        let table = table::week(self.t, &view);
        let bytes = tokio::task::spawn_blocking(move || write_week(&table)).await??;
        Ok(self.workbook(
            format!("{} {}.xlsx", self.named(&matter), self.t.get("print-week")),
            format!("{}-issue-{number}.xlsx", self.place.slug),
            bytes,
        ))
    }

    /// # Errors
    /// `NotFound` for somebody who stands in no issue of the year.
    pub async fn year(&self, person: PersonId, year: i16) -> Result<File, AppError> {
        let known = person_year(self.app, self.place, person, year).await?;
        let name = format!("{} {year}.xlsx", known.line.name);
        let table = table::year(self.t, &known);
        let bytes = tokio::task::spawn_blocking(move || write_year(&table)).await??;
        Ok(self.workbook(name, format!("{}-{person}-{year}.xlsx", self.place.slug), bytes))
    }

    fn workbook(&self, name: String, plain_name: String, bytes: Vec<u8>) -> File {
        let bytes = Bytes::from(bytes);
        File { name, plain_name, media_type: WORKBOOK, bytes, pages: 0, missing: vec![] }
    }

    /// Everything that is printed after a meeting.
    ///
    /// # Errors
    /// As [`Printing::print`].
    pub async fn everything(&self, number: i64) -> Result<Vec<File>, AppError> {
        let mut files = Vec::new();
        for form in [Form::Wall, Form::Booklet, Form::Cards] {
            files.push(self.print(number, form).await?);
        }
        files.push(self.week(number).await?);
        Ok(files)
    }
}
