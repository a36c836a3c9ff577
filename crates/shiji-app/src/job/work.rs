//! What each kind of job does.

use super::kind::JobKind;
use super::run::{Hands, JobError};
use crate::app::App;
use crate::letter::Letters;
use crate::{follow, hook, notice, question};
use serde_json::Value;
use shiji_send::mail::{Letter, MailError};
use shiji_store::database::Pending;
use shiji_store::job::Job;
use shiji_store::roster::Place;
use std::str::FromStr;

/// The hands of the program.
pub struct Worker<'a> {
    pub app: &'a App,
    pub letters: &'a dyn Letters,
}

impl Hands for Worker<'_> {
    fn act<'a>(&'a self, place: &'a Place, job: &'a Job) -> Pending<'a, Result<(), JobError>> {
        Box::pin(self.work(place, job))
    }
}

impl Worker<'_> {
    async fn work(&self, place: &Place, job: &Job) -> Result<(), JobError> {
        let kind = JobKind::from_code(&job.kind)
            .ok_or_else(|| JobError::Never("this version of the program knows no such work".into()))?;
        let payload: Value = serde_json::from_str(&job.payload).map_err(|_| unreadable("payload"))?;
        match kind {
            JobKind::MailConfirmation => {
                follow::mail_confirmation(self, place, id(&payload, "subscription")?).await
            }
            JobKind::ForgetUnconfirmed => {
                follow::forget_unconfirmed(self.app, place, id(&payload, "subscription")?).await
            }
            JobKind::AnnounceIssue => {
                let (issue, at) = (number(&payload, "issue")?, number(&payload, "published_at")?);
                follow::announce_issue(self.app, place, issue, at).await
            }
            JobKind::MailDigest => {
                let (subscription, issue) = (id(&payload, "subscription")?, number(&payload, "issue")?);
                follow::mail_digest(self, place, subscription, issue).await
            }
            JobKind::CallHook => {
                let issue = payload.get("issue").and_then(Value::as_i64);
                hook::call_hook(self, place, id(&payload, "hook")?, issue, job).await
            }
            JobKind::MailAnswer => {
                let later = payload.get("later").and_then(Value::as_bool).unwrap_or(false);
                question::mail_answer(self, place, id(&payload, "question")?, later).await
            }
            JobKind::MailNotice => notice::mail_notice(self, place, id(&payload, "notice")?).await,
        }
    }

    /// Before the sender's address in letters.
    pub(crate) fn sender(&self, place: &Place) -> String {
        format!("{} {}", place.name, place.name_en)
    }

    pub(crate) fn absolute(&self, path: &str) -> Result<String, JobError> {
        let address = self.app.outward.address_of(path);
        address.ok_or_else(|| JobError::Again("the installation does not know its own address".into()))
    }

    pub(crate) async fn mail(&self, letter: &Letter) -> Result<(), JobError> {
        let Some(mail) = &self.app.outward.mail else {
            return Err(JobError::Again("no mail server is set".into()));
        };
        mail.send(letter).await.map_err(|error| match error {
            MailError::Again(cause) => JobError::Again(cause),
            MailError::Never(cause) => JobError::Never(cause),
        })
    }
}

fn unreadable(what: &str) -> JobError {
    JobError::Never(format!("the job's {what} cannot be read"))
}

fn id<T: FromStr>(payload: &Value, name: &'static str) -> Result<T, JobError> {
    payload
        .get(name)
        .and_then(Value::as_str)
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| unreadable(name))
}

fn number(payload: &Value, name: &'static str) -> Result<i64, JobError> {
    payload.get(name).and_then(Value::as_i64).ok_or_else(|| unreadable(name))
}
