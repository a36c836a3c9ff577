//! What the layout needs of every page, and showing a template.

use crate::frame::asset;
use crate::frame::error::WebError;
use crate::frame::look::Look;
use crate::frame::place::Here;
use crate::frame::session::SignedIn;
use crate::frame::text::Texts;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use shiji_domain::right::Role;

/// An entry of the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub href: String,
    pub text: String,
    pub current: bool,
}

/// The layout's part of a page.
#[derive(Debug, Clone)]
pub struct Page {
    pub here: Here,
    pub t: Texts,
    pub entries: Vec<Entry>,
    /// Name of whoever is signed in.
    pub who: Option<String>,
    pub csrf: String,
    /// A sentence at the top: what has just been done.
    pub notice: Option<String>,
    /// Public pages carry nothing that depends on the reader.
    pub public: bool,
    /// The year of the place's day; none on pages that are kept beyond it.
    pub year: Option<i16>,
}

/// Questions and projects lie behind the desk's address and are entries of their own.
fn is_current(at: &str, entry: &str) -> bool {
    let in_questions = at.starts_with("/desk/question");
    let in_projects = at.starts_with("/desk/project");
    match entry {
        "/" => false,
        "/desk" => at.starts_with(entry) && !in_questions && !in_projects,
        "/desk/questions" => in_questions,
        "/desk/projects" => in_projects,
        "/directives" => at.starts_with("/directive") || at.starts_with("/difficult"),
        _ => at.starts_with(entry),
    }
}

impl Page {
    /// For readers without an account.
    pub fn public(here: Here) -> Page {
        let entries = [
            ("/", "nav-board"),
            ("/ask", "nav-ask"),
            ("/questions", "nav-questions"),
            ("/projects", "nav-projects"),
            ("/visits", "nav-visits"),
            ("/now", "now-link"),
            ("/archive", "nav-archive"),
        ]
        .into_iter()
        .map(|(rest, key)| Entry {
            href: here.to(rest),
            text: here.t.get(key),
            current: here.rest.split('?').next() == Some(rest),
        })
        .collect();
        Page {
            t: here.t,
            here,
            entries,
            who: None,
            csrf: String::new(),
            notice: None,
            public: true,
            year: None,
        }
    }

    /// For people at work; the entries follow their rights.
    pub fn working(me: &SignedIn) -> Page {
        let here = me.here.clone();
        let actor = &me.act.actor;
        let reads_all = [Role::Clerk, Role::Chair, Role::Auditor].into_iter().any(|role| actor.has(role));
        let offered = [
            (actor.posts.iter().any(|post| post.files), "/today", "nav-today"),
            (actor.has_desk(), "/desk", "nav-desk"),
            (actor.has_desk(), "/desk/questions", "nav-desk-questions"),
            (actor.has_desk() || reads_all, "/desk/projects", "nav-projects"),
            (actor.has_desk() || reads_all, "/directives", "nav-directives"),
            (!actor.posts.is_empty() || !actor.files_for.is_empty(), "/plans", "nav-plans"),
            (me.leads, "/leader", "nav-leader"),
            (reads_all, "/meeting", "nav-meeting"),
            (reads_all || actor.has(Role::Administrator), "/office", "nav-office"),
            (true, "/account", "nav-account"),
            (true, "/", "nav-board"),
        ];
        let entries = offered
            .into_iter()
            .filter(|(offered, ..)| *offered)
            .map(|(_, rest, key)| Entry {
                href: here.to(rest),
                text: here.t.get(key),
                current: is_current(&here.rest, rest),
            })
            .collect();
        Page {
            t: here.t,
            here,
            entries,
            who: Some(me.name.clone()),
            csrf: me.csrf.clone(),
            notice: None,
            public: false,
            year: me.act.day().ok().map(|day| day.year()),
        }
    }

    pub fn with_notice(mut self, notice: Option<String>) -> Page {
        self.notice = notice;
        self
    }

    /// With the year, where that is another one.
    pub fn near(&self, day: &jiff::civil::Date) -> String {
        let is_this_year = self.year.is_none_or(|year| year == day.year());
        if is_this_year { self.t.short_day(day) } else { self.t.day(day) }
    }

    pub fn to(&self, rest: &str) -> String {
        self.here.to(rest)
    }

    /// The same page in the other language.
    pub fn in_other_language(&self) -> String {
        let segment = self.here.look.segment(self.t.language.other());
        format!("/{}/{segment}{}", self.here.place.slug, self.here.rest)
    }

    /// The same page in another look.
    pub fn in_look(&self, look: Look) -> String {
        Here { look, ..self.here.clone() }.to(&self.here.rest)
    }

    /// The looks that the reader can change to: their addresses and names, the likeliest first.
    pub fn other_looks(&self) -> Vec<(String, String)> {
        let others = Look::ALL.into_iter().filter(|look| *look != self.here.look);
        others.map(|look| (self.in_look(look), self.t.get(look.key()))).collect()
    }

    pub fn is_large(&self) -> bool {
        self.here.look == Look::Large
    }

    /// People at work keep the ordinary style, which their forms need.
    pub fn is_plain(&self) -> bool {
        self.here.look == Look::Plain && self.public
    }

    /// Where search engines and those who pass the page on should go.
    pub fn canonical(&self) -> Option<String> {
        (self.here.look != Look::Ordinary).then(|| self.here.whole(&self.in_look(Look::Ordinary)))
    }

    pub fn other_language_tag(&self) -> &'static str {
        self.t.language.other().tag()
    }

    /// The place's name in the page's language.
    pub fn place_name(&self) -> &str {
        match self.t.language {
            crate::frame::Language::Zh => &self.here.place.name,
            crate::frame::Language::En => &self.here.place.name_en,
        }
    }

    /// What the board is, in a sentence, for those who find a page by a search.
    pub fn about(&self) -> String {
        self.t.one("page-about", "place", self.place_name())
    }

    /// The address of an asset, with its content's digest.
    pub fn asset(&self, name: &str) -> String {
        asset::address(name)
    }
}

/// # Errors
/// When the template cannot be rendered, which only a broken template does.
pub fn show(template: &impl Template) -> Result<Response, WebError> {
    show_as(StatusCode::OK, template)
}

/// # Errors
/// As [`show`].
pub fn show_as(status: StatusCode, template: &impl Template) -> Result<Response, WebError> {
    let text = template.render().map_err(|error| WebError::Template(error.to_string()))?;
    Ok((status, Html(text)).into_response())
}
