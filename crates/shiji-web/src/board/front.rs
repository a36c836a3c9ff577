//! The way in for everybody: a kept page is answered before anything else is asked.

use crate::Shared;
use axum::Router;
use axum::extract::Request;
use axum::http::Method;
use axum::response::Response;
use axum::routing::future::RouteFuture;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::task::{Context, Poll};
use tower::Service;

/// The whole site; most requests are for a page that is kept, and those never see the router.
#[derive(Clone)]
pub struct Site {
    web: Shared,
    router: Router,
}

impl Site {
    pub fn new(web: Shared, router: Router) -> Site {
        Site { web, router }
    }

    /// What was counted since the last time; the caller keeps it.
    /// What the handlers share, for the work beside them.
    pub fn web(&self) -> Shared {
        self.web.clone()
    }

    /// Without the short way, as tests of one request want it.
    pub fn into_router(self) -> Router {
        self.router
    }

    fn kept(&self, request: &Request) -> Option<Response> {
        if request.method() != Method::GET {
            return None;
        }
        let page = self.web.pages.fresh(request.uri().path(), self.web.app.now())?;
        Some(page.answer_to(request.method(), request.headers()))
    }
}

impl Service<Request> for Site {
    type Response = Response;
    type Error = Infallible;
    type Future = Answer;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Answer {
        match self.kept(&request) {
            Some(response) => Answer::Kept(ready(Ok(response))),
            None => Answer::Routed(Box::pin(self.router.call(request))),
        }
    }
}

pub enum Answer {
    Kept(Ready<Result<Response, Infallible>>),
    Routed(Pin<Box<RouteFuture<Infallible>>>),
}

impl Future for Answer {
    type Output = Result<Response, Infallible>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.get_mut() {
            Answer::Kept(ready) => Pin::new(ready).poll(context),
            Answer::Routed(routed) => routed.as_mut().poll(context),
        }
    }
}
