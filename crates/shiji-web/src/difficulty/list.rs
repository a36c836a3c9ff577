//! Difficulties at work: those that wait for one's answer, one's own, and all for those who read everything.

use super::story::state;
use crate::Shared;
use crate::frame::page::show;
use crate::frame::{Page, SignedIn, WebError};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use shiji_app::difficulty::{DifficultyLists, Line, difficulties};
use shiji_domain::difficulty::State as Stage;

#[derive(Template)]
#[template(path = "difficulty/list.html")]
struct ListTemplate {
    page: Page,
    lists: DifficultyLists,
}

impl ListTemplate {
    fn state(&self, line: &Line) -> (&'static str, String) {
        state(self.page.t, line.difficulty.course.state)
    }

    fn who(&self, line: &Line) -> String {
        let key = match line.difficulty.course.state {
            Stage::Open => "difficulty-from-to",
            Stage::Answered => "difficulty-from-answered",
            Stage::Solved => "difficulty-from-solved",
        };
        self.page.t.two(key, "name", &line.person, "to", &line.to)
    }

    /// Nobody has to answer any more once it is answered.
    fn is_open(&self, line: &Line) -> bool {
        line.difficulty.course.state == Stage::Open
    }
}

pub async fn page(State(web): State<Shared>, me: SignedIn) -> Result<Response, WebError> {
    let lists = difficulties(&web.app, &me.act).await?;
    show(&ListTemplate { page: Page::working(&me), lists })
}
