//! The demo's questions: asked, looked at, answered and judged through the same acts as everybody's, each at its time.

use super::people::Cast;
use super::{act_of, clerk_of, head_of};
use crate::wiring::SetClock;
use anyhow::{Context as _, Result};
use jiff::Timestamp;
use shiji_app::App;
use shiji_app::question::{
    AnswerQuestion, NewQuestion, Received, Screening, answer_question, ask_question, judge, screen_question,
};
use shiji_demo::{Conversation, Town};
use shiji_domain::masking::MASK;
use shiji_domain::question::{QuestionKind, Verdict};
use shiji_store::roster::Place;

const HOUR: i64 = 60 * 60 * 1_000;
const DAY: i64 = 24 * HOUR;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Ask,
    Show,
    Answer,
    Judge,
}

/// What is still to happen, the next last.
pub struct Questions {
    all: Vec<Conversation>,
    received: Vec<Option<Received>>,
    events: Vec<(i64, usize, What)>,
}

impl Questions {
    pub fn before(now: Timestamp) -> Questions {
        let now = now.as_millisecond();
        let all = shiji_demo::conversations(MASK);
        let mut events = Vec::new();
        for (at, one) in all.iter().enumerate() {
            let asked = now - one.days_ago * DAY;
            events.push((asked, at, What::Ask));
            // The newest are not yet looked at.
            if one.public && one.days_ago > 3 {
                events.push((asked + 5 * HOUR, at, What::Show));
            }
            if let Some((days, _)) = one.answer {
                events.push((asked + days * DAY + 2 * HOUR, at, What::Answer));
                events.push((asked + (days + 1) * DAY, at, What::Judge));
            }
        }
        events.retain(|(at, ..)| *at <= now);
        events.sort_unstable_by(|one, other| other.cmp(one));
        Questions { received: vec![None; all.len()], all, events }
    }

    /// Lets happen what lies before `until`.
    pub async fn go_on(
        &mut self,
        (app, clock, place): (&App, &SetClock, &Place),
        (town, cast): (&Town, &Cast),
        until: i64,
    ) -> Result<()> {
        while self.events.last().is_some_and(|(at, ..)| *at < until) {
            let Some((at, index, what)) = self.events.pop() else { break };
            clock.set_millis(at);
            self.happen(app, place, (town, cast), index, what)
                .await
                .with_context(|| format!("question {}", self.all[index].words))?;
        }
        Ok(())
    }

    async fn happen(
        &mut self,
        app: &App,
        place: &Place,
        (town, cast): (&Town, &Cast),
        index: usize,
        what: What,
    ) -> Result<()> {
        let one = &self.all[index];
        let official = one.unit.as_deref().and_then(|unit| head_of(town, unit)).map(|at| cast.people[at]);
        if what == What::Ask {
            let wanted = NewQuestion {
                kind: QuestionKind::from_code(&one.kind).unwrap_or(QuestionKind::Question),
                words: one.words.clone(),
                contact: String::new(),
                is_public: one.public,
                person: official,
                item: None,
                project: None,
                language: "zh".into(),
                form: String::new(),
            };
            self.received[index] = Some(ask_question(app, place, wanted).await?);
            return Ok(());
        }
        let Some(received) = &self.received[index] else { return Ok(()) };
        match (what, official, &one.answer) {
            (What::Show, ..) => {
                let clerk = clerk_of(town).map(|at| cast.people[at]).context("a clerk")?;
                let screening = Screening::Show(one.shown.clone());
                screen_question(app, &act_of(app, place, clerk).await?, received.question, screening).await?;
            }
            (What::Answer, Some(official), Some((_, text))) => {
                let wanted = AnswerQuestion { question: received.question, text: text.clone() };
                answer_question(app, &act_of(app, place, official).await?, wanted).await?;
            }
            (What::Judge, ..) => {
                if let Some(verdict) = one.verdict.as_deref().and_then(Verdict::from_code) {
                    judge(app, place, &received.code, verdict).await?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}
