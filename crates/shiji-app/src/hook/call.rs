//! One event to one webhook.

use super::{robot_context, sealed_context};
use crate::job::{JobError, JobKind, NewJob, Worker};
use jiff::Timestamp;
use serde_json::{Value, json};
use shiji_domain::hook::Listener;
use shiji_domain::id::HookId;
use shiji_send::hook::{Call, CallError};
use shiji_send::robot::{dingtalk_address, feishu_sign};
use shiji_store::job::Job;
use shiji_store::public::Issue;
use shiji_store::roster::Place;
use shiji_store::{hook, public};

/// The delivery of an issue, or of a call that only tries the way; each issue goes to each webhook once.
pub(crate) fn delivery(hook: HookId, issue: Option<i64>, now: i64) -> NewJob {
    let key = match issue {
        Some(issue) => format!("{hook}/issue {issue}"),
        None => format!("{hook}/try {now}"),
    };
    NewJob {
        kind: JobKind::CallHook,
        key: Some(key),
        payload: json!({ "hook": hook, "issue": issue }),
        run_at: now,
    }
}

/// Job. The id in the call is the job's, so that a receiver can tell a second attempt from a second event.
pub(crate) async fn call_hook(
    worker: &Worker<'_>,
    place: &Place,
    id: HookId,
    issue: Option<i64>,
    job: &Job,
) -> Result<(), JobError> {
    let app = worker.app;
    let mut tx = app.store.read().await?;
    let Some(found) = hook::hook(&mut tx, place.place_id, id).await? else { return Ok(()) };
    let issue = match issue {
        Some(number) => public::issue(&mut tx, place.place_id, number).await?,
        None => None,
    };
    drop(tx);
    let opened = |context: &str, sealed: &str| {
        app.secrets.open(context, sealed).map_err(|error| JobError::Never(error.to_string()))
    };
    let secret = opened(&sealed_context(place.place_id, id), &found.secret_sealed)?;
    let listener = Listener::of_address(&found.url);
    let now = app.clock.now();
    let (mut url, mut body) = (found.url, body(worker, place, issue.as_ref(), listener));
    if let Some(sealed) = &found.robot_secret_sealed {
        let robot_secret = opened(&robot_context(place.place_id, id), sealed)?;
        (url, body) = signed_for_robot(listener, &robot_secret, now, url, body)
            .ok_or_else(|| JobError::Never("the robot's secret cannot be used".into()))?;
    }
    let call = Call {
        url,
        id: format!("msg_{}", job.job_id.0.simple()),
        timestamp: now.as_second(),
        body: body.to_string(),
        secret,
        answers_with_code: listener.answers_with_code(),
    };
    app.outward.hooks.call(&call).await.map_err(|error| match error {
        CallError::Again(cause) => JobError::Again(cause),
        CallError::Never(cause) => JobError::Never(cause),
    })
}

/// Address and message with the signature where the robot looks for it. It holds for an hour, so each attempt has its own.
fn signed_for_robot(
    listener: Listener,
    secret: &str,
    now: Timestamp,
    url: String,
    mut body: Value,
) -> Option<(String, Value)> {
    match listener {
        Listener::DingTalk => Some((dingtalk_address(&url, secret, now.as_millisecond())?, body)),
        Listener::Feishu => {
            body["timestamp"] = json!(now.as_second().to_string());
            body["sign"] = json!(feishu_sign(secret, now.as_second())?);
            Some((url, body))
        }
        Listener::WeCom | Listener::Program => Some((url, body)),
    }
}

fn body(worker: &Worker<'_>, place: &Place, issue: Option<&Issue>, listener: Listener) -> Value {
    let path = issue.map(|issue| format!("/{}/zh/issue/{}", place.slug, issue.number)).unwrap_or_default();
    let url = worker.app.outward.address_of(&path).unwrap_or(path);
    let line = || worker.letters.line(place, issue, &url);
    match listener {
        Listener::Program => program_body(place, issue, &url),
        Listener::WeCom | Listener::DingTalk => json!({ "msgtype": "text", "text": { "content": line() } }),
        Listener::Feishu => json!({ "msg_type": "text", "content": { "text": line() } }),
    }
}

fn program_body(place: &Place, issue: Option<&Issue>, url: &str) -> Value {
    let named = json!({ "slug": place.slug, "name": place.name });
    let Some(issue) = issue else {
        return json!({ "event": "test", "place": named });
    };
    json!({
        "event": "issue.published",
        "place": named,
        "issue": issue.number,
        "first_day": issue.first_day,
        "last_day": issue.last_day,
        "published_on": issue.published_on,
        "url": url,
        "counts": {
            "expected": issue.expected,
            "filed": issue.filed,
            "on_leave": issue.on_leave,
            "late": issue.late,
            "items": issue.items,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::{AskerLetter, Letters, Links, Named, Words};
    use crate::testing::Town;
    use jiff::civil::Date;
    use shiji_domain::notice::NoticeKind;
    use shiji_store::public::IssueContent;

    /// Says only where it leads.
    struct Terse;

    impl Letters for Terse {
        fn confirmation(&self, _: &Place, _: &str, _: &Named, _: &str) -> Words {
            unreachable!()
        }

        fn digest(&self, _: &Place, _: &str, _: &Named, _: &IssueContent, _: &Links) -> Option<Words> {
            unreachable!()
        }

        fn line(&self, place: &Place, _: Option<&Issue>, link: &str) -> String {
            format!("{} {link}", place.name)
        }

        fn asker(&self, _: &Place, _: &str, _: AskerLetter, _: &str) -> Words {
            unreachable!()
        }

        fn notice(&self, _: &Place, _: NoticeKind, _: &str, _: Date, _: &str) -> Words {
            unreachable!()
        }
    }

    #[tokio::test]
    async fn each_robot_gets_the_form_that_it_takes() {
        let mut town = Town::on_sqlite().await;
        town.app.outward.address = Some("https://board.example".into());
        let worker = Worker { app: &town.app, letters: &Terse };
        let of = |listener| body(&worker, &town.place, None, listener);
        let line = "澄湾镇 https://board.example";
        for listener in [Listener::WeCom, Listener::DingTalk] {
            assert_eq!(of(listener), json!({ "msgtype": "text", "text": { "content": line } }));
        }
        assert_eq!(of(Listener::Feishu), json!({ "msg_type": "text", "content": { "text": line } }));
        assert_eq!(of(Listener::Program)["event"], "test");
    }
}
