//! Orders at work: mine to do, given by me, and all of them for those who read everything.

use super::story::state;
use crate::Shared;
use crate::frame::page::show;
use crate::frame::{Page, SignedIn, WebError};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use shiji_app::directive::{DirectiveLists, Line, directives};

#[derive(Template)]
#[template(path = "directive/list.html")]
struct ListTemplate {
    page: Page,
    lists: DirectiveLists,
}

impl ListTemplate {
    fn state(&self, line: &Line) -> (&'static str, String) {
        state(self.page.t, line.state)
    }

    fn due(&self, line: &Line) -> String {
        self.page.t.one("directive-due-on", "day", self.page.t.day(&line.directive.course.due_on))
    }

    fn who(&self, line: &Line) -> String {
        self.page.t.two("directive-from-to", "giver", &line.giver, "owners", line.owners.join("、"))
    }
}

pub async fn page(State(web): State<Shared>, me: SignedIn) -> Result<Response, WebError> {
    let lists = directives(&web.app, &me.act).await?;
    show(&ListTemplate { page: Page::working(&me), lists })
}
