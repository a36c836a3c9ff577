//! The pages: one folder per audience, templates beside their handlers.
//!
//! Architecture invariant: handlers decide nothing. They read a form, call an act, and show a page.

pub mod account;
mod api;
pub mod board;
pub mod desk;
pub mod difficulty;
pub mod directive;
pub mod follow;
pub mod frame;
pub mod gate;
pub mod leader;
pub mod letter;
pub mod log;
pub mod meeting;
pub mod office;
pub mod paper;
pub mod project;
pub mod question;
#[cfg(test)]
mod testing;
pub mod today;
mod together;

pub use board::front::Site;

use axum::Router;
use shiji_app::App;
use std::sync::Arc;

/// Settings of the web side.
#[derive(Debug, Clone, Copy, Default)]
pub struct WebOptions {
    /// Trust `X-Forwarded-Proto`, which says whether the reader came by https.
    pub behind_proxy: bool,
}

/// What every handler shares.
pub struct Web {
    pub app: App,
    pub options: WebOptions,
    pub places: frame::place::Places,
    pub pages: board::cache::Pages,
    pub people: api::Directories,
    pub directories: board::ask::Directories,
    pub flood: question::Flood,
    pub print_room: shiji_app::paper::PrintRoom,
    pub readings: board::reading::Readings,
}

pub type Shared = Arc<Web>;

/// Every page of every place of the store.
pub fn router(app: App, options: WebOptions) -> Router {
    site(app, options).into_router()
}

/// As [`router`], with the short way to kept pages before it.
pub fn site(app: App, options: WebOptions) -> Site {
    let web: Shared = Arc::new(Web {
        flood: question::Flood::new(&app),
        app,
        options,
        places: frame::place::Places::default(),
        pages: board::cache::Pages::default(),
        people: api::Directories::default(),
        directories: board::ask::Directories::default(),
        print_room: shiji_app::paper::PrintRoom::default(),
        readings: board::reading::Readings::default(),
    });
    let inside = Router::new()
        .merge(account::routes())
        .merge(desk::routes())
        .merge(directive::routes())
        .merge(difficulty::routes())
        .merge(leader::routes())
        .merge(today::routes())
        .merge(meeting::routes())
        .merge(office::routes())
        .merge(together::routes());
    let working = frame::protect(inside, &web);
    let router = Router::new()
        .merge(frame::entrance::routes())
        .merge(log::file_routes())
        .merge(api::routes(&web))
        .merge(board::routes(&web))
        .merge(gate::routes(&web))
        .merge(question::routes(&web))
        .merge(follow::routes(&web))
        .merge(paper::routes(&web))
        .merge(log::page_routes(&web))
        .nest("/{place}/{lang}", working)
        .fallback(frame::error::no_such_address)
        .with_state(web.clone());
    Site::new(web, router)
}
