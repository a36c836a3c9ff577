//! Notices to officials: on the desk, and by mail to those who gave an address.

mod contact;
mod due;
mod mail;

pub use contact::{own_address, set_own_address};
pub use due::tell_due;

pub(crate) use mail::mail_notice;

use crate::app::App;
use crate::error::AppError;
use crate::job::{JobKind, NewJob, enqueue};
use serde_json::json;
use shiji_domain::id::{NoticeId, PeriodId, PersonId, PlaceId};
use shiji_domain::notice::NoticeKind;
use shiji_store::Tx;
use shiji_store::notice::{self, Notice};
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewNotice {
    kind: NoticeKind,
    person: PersonId,
    period: Option<PeriodId>,
    subject: Option<Uuid>,
    by: Option<PersonId>,
}

impl NewNotice {
    pub fn about_period(kind: NoticeKind, person: PersonId, period: PeriodId) -> NewNotice {
        NewNotice { kind, person, period: Some(period), subject: None, by: None }
    }

    /// About a resident's question, or anything else with an id of its own.
    pub fn about(kind: NoticeKind, person: PersonId, subject: Uuid) -> NewNotice {
        NewNotice { kind, person, period: None, subject: Some(subject), by: None }
    }

    /// Who caused it; otherwise it is the calendar's.
    pub fn by(self, person: PersonId) -> NewNotice {
        NewNotice { by: Some(person), ..self }
    }
}

/// Puts a notice on the person's desk, in the transaction of what caused it, and queues a letter when the person wants
/// notices by mail.
///
/// # Errors
/// Only when the store fails.
pub async fn tell(app: &App, tx: &mut Tx, place: PlaceId, new: NewNotice) -> Result<NoticeId, AppError> {
    let row = Notice {
        notice_id: app.new_id(),
        person_id: new.person,
        kind: new.kind,
        period: new.period,
        subject: new.subject,
        created_at: app.now(),
        created_by: new.by,
    };
    notice::insert_notice(tx, place, &row).await?;
    if app.outward.sends_mail() && notice::contact(tx, place, new.person).await?.is_some() {
        let letter = NewJob {
            kind: JobKind::MailNotice,
            key: Some(row.notice_id.to_string()),
            payload: json!({ "notice": row.notice_id }),
            run_at: app.now(),
        };
        enqueue(app, tx, place, letter).await?;
    }
    Ok(row.notice_id)
}

#[cfg(test)]
mod tests;
