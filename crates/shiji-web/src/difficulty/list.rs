//! Difficulties at work: those that wait for one's answer, one's own, and all for those who read everything.

use super::story::state;
use crate::Shared;
use crate::frame::page::show;
use crate::frame::{Page, SignedIn, WebError};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use shiji_app::difficulty::{DifficultyLists, Line, difficulties};

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
        self.page.t.two("difficulty-from-to", "name", &line.person, "to", &line.to)
    }
}

pub async fn page(State(web): State<Shared>, me: SignedIn) -> Result<Response, WebError> {
    let lists = difficulties(&web.app, &me.act).await?;
    show(&ListTemplate { page: Page::working(&me), lists })
}
