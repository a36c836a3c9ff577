//! A browser for the tests of the pages.

use crate::{WebOptions, router};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use shiji_app::account;
use shiji_app::testing::Town;
use tower::ServiceExt as _;

const PASSWORD: &str = "澄湾水清鱼肥又是好年景";

/// A browser in which `name` is signed in.
pub struct Browser {
    router: Router,
    pub cookie: String,
    pub csrf: String,
}

impl Browser {
    pub async fn of(town: &Town, name: &str) -> Browser {
        let token =
            account::invite_from_command_line(&town.app, &town.place, town.person(name)).await.unwrap();
        let session = account::accept_invitation(&town.app, &town.place, &token, PASSWORD).await.unwrap();
        let csrf = crate::frame::session::csrf_of(&session);
        let router = router(town.app.clone(), WebOptions::default());
        Browser { router, cookie: format!("shiji-chengwan={session}"), csrf }
    }

    pub async fn answer(&self, request: Request<Body>) -> (StatusCode, String) {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let location = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, location.unwrap_or_else(|| String::from_utf8(body.to_vec()).unwrap()))
    }

    pub async fn get(&self, rest: &str) -> (StatusCode, String) {
        let request = Request::get(format!("/chengwan/zh{rest}")).header(header::COOKIE, &self.cookie);
        self.answer(request.body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, rest: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let mut body = format!("csrf={}", self.csrf);
        for (name, value) in fields {
            body.push_str(&format!("&{name}={}", crate::frame::error::percent(value)));
        }
        let request = Request::post(format!("/chengwan/zh{rest}"))
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.answer(request.body(Body::from(body)).unwrap()).await
    }

    /// Uploads `sheet` with further fields.
    pub async fn upload(&self, rest: &str, sheet: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        const LINE: &str = "----sheet";
        let mut body = String::new();
        for (name, value) in [("csrf", self.csrf.as_str())].iter().chain(fields) {
            body +=
                &format!("--{LINE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }
        let file = "Content-Disposition: form-data; name=\"file\"; filename=\"sheet.csv\"";
        body += &format!("--{LINE}\r\n{file}\r\n\r\n{sheet}\r\n--{LINE}--\r\n");
        let request = Request::post(format!("/chengwan/zh{rest}"))
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={LINE}"));
        self.answer(request.body(Body::from(body)).unwrap()).await
    }
}
