//! Form fields, and the check that a form came from our own page.

use crate::Shared;
use crate::frame::error::WebError;
use crate::frame::place::Here;
use crate::frame::session::{csrf_of, session_token};
use axum::extract::{Form, FromRequest, FromRequestParts, Multipart, Request};
use axum::http::{HeaderMap, header};
use shiji_app::AppError;
use shiji_domain::refusal::Refusal;
use std::str::FromStr;

/// The fields of a form as they came.
#[derive(Debug, Clone, Default)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// Empty when there is no such field.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// `None` when empty or missing.
    pub fn optional(&self, name: &str) -> Option<&str> {
        Some(self.text(name).trim()).filter(|text| !text.is_empty())
    }

    pub fn is_set(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// # Errors
    /// Refuses a field that is missing or not of its form: ids, dates, numbers.
    pub fn parsed<T: FromStr>(&self, name: &str) -> Result<T, Refusal> {
        self.text(name).trim().parse().map_err(|_| unreadable(name))
    }

    /// # Errors
    /// Refuses a field that is filled and not of its form.
    pub fn optional_parsed<T: FromStr>(&self, name: &str) -> Result<Option<T>, Refusal> {
        self.optional(name).map(|text| text.parse().map_err(|_| unreadable(name))).transpose()
    }
}

fn unreadable(name: &str) -> Refusal {
    Refusal::new("refusal-field").with("field", name)
}

/// The fields of a form that came from our own page, by somebody signed in.
pub struct SafeFields(pub Fields);

impl FromRequest<Shared> for SafeFields {
    type Rejection = WebError;

    async fn from_request(request: Request, web: &Shared) -> Result<Self, WebError> {
        let (mut parts, body) = request.into_parts();
        let here = Here::from_request_parts(&mut parts, web).await?;
        let headers = parts.headers.clone();
        let request = Request::from_parts(parts, body);
        let Form(pairs) =
            Form::<Vec<(String, String)>>::from_request(request, web).await.map_err(|_| broken_form())?;
        let fields = Fields(pairs);
        check_origin(&headers)?;
        check_token(&headers, &here.place.slug, fields.text("csrf"))?;
        Ok(SafeFields(fields))
    }
}

/// A form with files. The token must come before the first file.
pub struct SafeMultipart {
    pub fields: Fields,
    pub files: Vec<UploadedFile>,
}

pub struct UploadedFile {
    pub field: String,
    pub file_name: String,
    pub bytes: Vec<u8>,
}

impl FromRequest<Shared> for SafeMultipart {
    type Rejection = WebError;

    async fn from_request(request: Request, web: &Shared) -> Result<Self, WebError> {
        let (mut parts, body) = request.into_parts();
        let here = Here::from_request_parts(&mut parts, web).await?;
        let headers = parts.headers.clone();
        check_origin(&headers)?;
        let request = Request::from_parts(parts, body);
        let mut multipart = Multipart::from_request(request, web).await.map_err(|_| broken_form())?;
        let mut form = SafeMultipart { fields: Fields::default(), files: Vec::new() };
        let mut checked = false;
        while let Some(field) = multipart.next_field().await.map_err(|_| too_large())? {
            let name = field.name().unwrap_or_default().to_owned();
            let file_name = field.file_name().map(str::to_owned);
            let bytes = field.bytes().await.map_err(|_| too_large())?;
            match file_name {
                None => {
                    let text = String::from_utf8(bytes.to_vec()).map_err(|_| broken_form())?;
                    if name == "csrf" {
                        check_token(&headers, &here.place.slug, &text)?;
                        checked = true;
                    }
                    form.fields.0.push((name, text));
                }
                Some(_) if !checked => return Err(foreign_form().into()),
                Some(file_name) if !bytes.is_empty() => {
                    form.files.push(UploadedFile { field: name, file_name, bytes: bytes.to_vec() });
                }
                Some(_) => {}
            }
        }
        if checked { Ok(form) } else { Err(foreign_form().into()) }
    }
}

fn broken_form() -> Refusal {
    Refusal::new("refusal-form")
}

fn too_large() -> Refusal {
    Refusal::new("refusal-upload-large")
}

fn foreign_form() -> Refusal {
    Refusal::new("refusal-form-foreign")
}

/// Browsers say where a form comes from; one that says "elsewhere" is turned away even with a good token.
///
/// # Errors
/// Refuses forms of other sites.
pub fn check_origin(headers: &HeaderMap) -> Result<(), Refusal> {
    if let Some(site) = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok())
        && !matches!(site, "same-origin" | "none")
    {
        return Err(foreign_form());
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    match (origin.and_then(|origin| origin.split_once("://")), host) {
        (Some((_, from)), Some(host)) if from != host => Err(foreign_form()),
        _ => Ok(()),
    }
}

fn check_token(headers: &HeaderMap, slug: &str, given: &str) -> Result<(), WebError> {
    let token = session_token(headers, slug).ok_or(AppError::SignedOut)?;
    let expected = csrf_of(&token);
    // Equal lengths and no early end: the time tells nothing of the token.
    let same = expected.len() == given.len()
        && expected.bytes().zip(given.bytes()).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0;
    if same { Ok(()) } else { Err(foreign_form().into()) }
}
