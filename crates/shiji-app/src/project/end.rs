//! A project is finished, stopped, or goes on again.

use super::description::{open_words, reason};
use super::step::Situation;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::ProjectId;
use shiji_domain::text::{REMARK_LENGTH_MOST, optional_line};
use shiji_record::affair::ProjectMove;
use shiji_store::Tx;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Finish,
    Stop,
    Resume,
}

impl End {
    pub fn from_code(code: &str) -> Option<End> {
        match code {
            "finish" => Some(End::Finish),
            "stop" => Some(End::Stop),
            "resume" => Some(End::Resume),
            _ => None,
        }
    }

    fn act(self) -> &'static str {
        match self {
            End::Finish => "project.finish",
            End::Stop => "project.stop",
            End::Resume => "project.resume",
        }
    }

    fn step(self) -> ProjectMove {
        match self {
            End::Finish => ProjectMove::Finished,
            End::Stop => ProjectMove::Stopped,
            End::Resume => ProjectMove::Resumed,
        }
    }
}

/// Finishing needs no reason; everything else does.
///
/// # Errors
/// Refuses everybody but the leader in charge and the clerk; finishing while a milestone is open; stopping what is not open.
pub async fn end_project(app: &App, act: &Act, id: ProjectId, end: End, words: &str) -> Result<(), AppError> {
    let words = match end {
        End::Finish => open_words(optional_line(words, REMARK_LENGTH_MOST)?)?,
        End::Stop | End::Resume => Some(reason(words)?),
    };
    app.store
        .write("end_project", &(app, act, id, end, words), |tx, (app, act, id, end, words)| {
            Box::pin(write(app, tx, act, *id, *end, words))
        })
        .await
}

async fn write(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    id: ProjectId,
    end: End,
    words: &Option<String>,
) -> Result<(), AppError> {
    let mut now = Situation::of(tx, act, id).await?;
    now.must_shape(act)?;
    let before = Some(now.story.standing.state.code().to_owned());
    match end {
        End::Finish => now.story.standing.finish()?,
        End::Stop => now.story.standing.stop()?,
        End::Resume => now.story.standing.resume()?,
    }
    let mut step = now.step(act, end.step());
    step.reason.clone_from(words);
    now.take(app, tx, act, step).await?;
    audit(app, tx, act, Change { act: end.act(), subject: &id, before, after: words.clone() }).await
}
