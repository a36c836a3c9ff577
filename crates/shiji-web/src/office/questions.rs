//! The clerk's list of questions: what has to be looked at, handed over, or is overdue.

use super::ways::ways;
use crate::Shared;
use crate::frame::page::Entry;
use crate::frame::{Page, SignedIn, WebError, show};
use crate::question::story::{kind_name, state_class, state_name};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use shiji_app::question::{self, Line};

#[derive(Template)]
#[template(path = "office/questions.html")]
struct QuestionsTemplate {
    page: Page,
    ways: Vec<Entry>,
    /// To be looked at before it is shown.
    screen: Vec<Line>,
    /// Put to nobody yet.
    homeless: Vec<Line>,
    open: Vec<Line>,
    done: Vec<Line>,
}

impl QuestionsTemplate {
    fn state(&self, line: &Line) -> (&'static str, String) {
        (state_class(line.state), state_name(self.page.t, line.state))
    }

    fn kind(&self, line: &Line) -> String {
        kind_name(self.page.t, line.question.kind())
    }

    fn due(&self, line: &Line) -> String {
        self.page.t.one("term-due", "due", self.page.t.short_day(&line.question.progress.due_on))
    }
}

pub async fn page(State(web): State<Shared>, me: SignedIn) -> Result<Response, WebError> {
    let (unfinished, done) = question::office_questions(&web.app, &me.act).await?;
    let of = |wanted: fn(&Line) -> bool| -> Vec<Line> {
        unfinished.iter().filter(|line| wanted(line)).cloned().collect()
    };
    let template = QuestionsTemplate {
        page: Page::working(&me),
        ways: ways(&me),
        screen: of(|line| line.question.progress.is_to_be_screened()),
        homeless: of(|line| line.question.person_id.is_none() && line.question.progress.is_open()),
        open: of(|line| line.question.person_id.is_some() && line.question.progress.is_open()),
        done,
    };
    show(&template)
}
