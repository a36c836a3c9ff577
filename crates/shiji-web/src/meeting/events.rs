//! Tells screens when to draw again. The store is asked, not a channel, so that it works with several copies of the
//! program.

use crate::Shared;
use crate::frame::{SignedIn, WebError};
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use shiji_app::meeting::{meeting_page, meeting_version};
use std::convert::Infallible;
use std::time::Duration;

const ASKED_EVERY: Duration = Duration::from_millis(700);
/// Questions before the stream ends by itself and the browser connects, and is let in, anew.
const QUESTIONS_MOST: u32 = 1_200;

struct Watch {
    web: Shared,
    me: SignedIn,
    period: shiji_domain::id::PeriodId,
    last: Option<i64>,
    asked: u32,
    ended: bool,
}

pub async fn stream(State(web): State<Shared>, me: SignedIn) -> Result<Response, WebError> {
    let period = meeting_page(&web.app, &me.act).await?.period.period_id;
    let watch = Watch { web, me, period, last: None, asked: 0, ended: false };
    let events = stream::unfold(watch, |mut watch| async move {
        if watch.ended {
            return None;
        }
        loop {
            if watch.asked > 0 {
                tokio::time::sleep(ASKED_EVERY).await;
            }
            watch.asked += 1;
            if watch.asked > QUESTIONS_MOST {
                return None;
            }
            let version = meeting_version(&watch.web.app, &watch.me.act, watch.period).await.ok()?;
            if watch.last != Some(version) {
                watch.last = Some(version);
                watch.ended = version == -1;
                let event = Event::default().event("version").data(version.to_string());
                return Some((Ok::<_, Infallible>(event), watch));
            }
        }
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}
