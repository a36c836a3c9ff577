//! Questions and answers as everybody reads them; kept pages, as the rest of the board.

use super::story::{Event, all_counted, event, kind_name, state_class, state_name};
use crate::Shared;
use crate::board::cache::Rendered;
use crate::board::render_page;
use crate::frame::{Here, Page, Texts, WebError};
use askama::Template;
use jiff::civil::Date;
use shiji_app::log::{Located, item_proofs};
use shiji_app::project;
use shiji_app::question::{self, Figures, progress_of};
use shiji_domain::id::{ItemId, PersonId, ProjectId, QuestionId};
use shiji_domain::question::{Progress, Step};
use shiji_record::fact::{Kind, RedactionFact};
use shiji_record::question::counted;
use shiji_store::public_question::PublicQuestion;

/// A question in a list.
pub struct Line {
    pub id: QuestionId,
    pub number: i64,
    pub kind: String,
    pub state: (&'static str, String),
    /// None while nobody has looked, when the asker wanted it so, or when it was withheld.
    pub words: Option<String>,
    pub instead: String,
    pub to: String,
    /// Whose it is now.
    pub person: Option<PersonId>,
    pub received: String,
    pub due: String,
    pub late: bool,
    pub answer: Option<(String, String)>,
}

/// The question's public words, if there are any.
pub fn words_of(question: &PublicQuestion) -> Option<&str> {
    question
        .steps
        .iter()
        .find(|step| step.fact.step == Step::Shown)
        .and_then(|step| step.fact.text.as_deref())
}

/// Why there are no words, in a sentence.
fn instead(t: Texts, progress: &Progress) -> String {
    if let Some(reason) = progress.withheld {
        return t.one("question-withheld", "reason", t.get(format!("withhold-{}", reason.code())));
    }
    if !progress.is_public {
        t.get("question-private-words")
    } else if progress.shown {
        t.get("redacted")
    } else {
        t.get("question-not-looked-at")
    }
}

pub fn line(t: Texts, question: &PublicQuestion, today: Date) -> Line {
    let progress = progress_of(question);
    let state = progress.state(today);
    let moved = question.steps.iter().rev().find(|step| step.fact.step == Step::Moved).map(|step| &step.fact);
    let to = match moved {
        Some(fact) => [fact.unit_name.clone(), fact.person_name.clone()],
        None => [question.fact.unit_name.clone(), question.fact.person_name.clone()],
    };
    let to = to.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let person = moved.map_or(question.fact.person, |fact| fact.person);
    let answer = question.steps.iter().rev().map(|step| &step.fact).find(|fact| fact.step.is_answer());
    Line {
        id: question.fact.question,
        number: question.fact.number,
        kind: kind_name(t, question.fact.question_kind),
        state: (state_class(state), state_name(t, state)),
        words: words_of(question).map(str::to_owned),
        instead: instead(t, &progress),
        to: if to.is_empty() { t.get("question-to-nobody-yet") } else { to },
        person,
        received: t.day(&question.fact.received_on),
        due: t.day(&progress.due_on),
        late: progress.answered_late,
        answer: answer.and_then(|fact| Some((fact.by.clone().unwrap_or_default(), fact.text.clone()?))),
    }
}

#[derive(Template)]
#[template(path = "question/list.html")]
struct ListPage {
    page: Page,
    figures: Figures,
    lines: Vec<Line>,
    next: Option<i64>,
    /// Only what waits.
    waiting: bool,
    later: bool,
}

impl ListPage {
    fn withheld(&self) -> Vec<(String, i64)> {
        let t = self.page.t;
        self.figures
            .withheld
            .iter()
            .map(|(reason, many)| (t.get(format!("withhold-{}", reason.code())), *many))
            .collect()
    }

    fn withheld_count(&self) -> i64 {
        self.figures.withheld.iter().map(|(_, many)| many).sum()
    }
}

pub async fn list_page(web: &Shared, here: Here, before: Option<i64>) -> Result<Rendered, WebError> {
    let list = question::list(&web.app, &here.place, before).await?;
    shown(web, here, list, false, before.is_some()).await
}

pub async fn waiting_page(web: &Shared, here: Here) -> Result<Rendered, WebError> {
    let list = question::unanswered(&web.app, &here.place).await?;
    shown(web, here, list, true, false).await
}

async fn shown(
    web: &Shared,
    here: Here,
    list: question::PublicPage,
    waiting: bool,
    later: bool,
) -> Result<Rendered, WebError> {
    let figures = question::figures(&web.app, &here.place).await?;
    let lines = list.questions.iter().map(|one| line(here.t, one, list.today)).collect();
    render_page(&ListPage { page: Page::public(here), figures, lines, next: list.next, waiting, later })
}

#[derive(Template)]
#[template(path = "question/one.html")]
struct OnePage {
    page: Page,
    question: PublicQuestion,
    line: Line,
    events: Vec<Event>,
    item: Option<ItemId>,
    /// The key project that it is about, and what it is called.
    project: Option<(ProjectId, String)>,
    is_open: bool,
    /// Where it stands in the log, if there is one.
    entries: Option<Vec<Located>>,
    /// Sentences about what was taken away.
    redacted: Vec<String>,
    /// How its terms were counted.
    counted: Vec<String>,
}

fn redacted(t: Texts, all: &[(RedactionFact, Date)]) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    for (fact, day) in all {
        let reason = t.get(format!("redaction-{}", fact.reason.code().replace('_', "-")));
        let arguments = [("day", t.day(day)), ("name", fact.redacted_by.clone()), ("reason", reason)];
        let sentence = t.format("redacted-why", &arguments);
        // One entry for each step, one sentence for the reader.
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences
}

/// Everything that was taken away stands there masked, which the story tells.
fn was_only_masked(question: &PublicQuestion) -> bool {
    let gone = question.steps.iter().filter(|step| !step.withheld.is_empty() && step.fact.masks.is_none());
    gone.into_iter().all(|step| step.fact.text.is_some() || step.fact.reason.is_some())
}

impl OnePage {
    fn entry(&self, located: &Located) -> String {
        self.page.t.get(match located.leaf.kind {
            Kind::Question => "item-log-kind-question",
            Kind::Redaction => "item-log-kind-redaction",
            _ => "item-log-kind-question-step",
        })
    }
}

pub async fn one_page(web: &Shared, here: Here, id: QuestionId) -> Result<Rendered, WebError> {
    let (question, item, today) = question::one(&web.app, &here.place, id).await?;
    let t = here.t;
    let entries = match &web.app.log {
        Some(log) => Some(item_proofs(&web.app, log, &here.place, id.0).await?),
        None => None,
    };
    let project = match question.fact.project {
        Some(id) => Some((id, project::called(&web.app, &here.place, id).await?.name)),
        None => None,
    };
    let template = OnePage {
        redacted: if was_only_masked(&question) {
            Vec::new()
        } else {
            redacted(t, &question::redactions(&web.app, &here.place, id).await?)
        },
        counted: match counted(&question.fact, question.steps.iter().map(|step| &step.fact)) {
            terms if terms.iter().all(|one| one.term.is_none()) => Vec::new(),
            terms => all_counted(t, &terms),
        },
        entries,
        line: line(t, &question, today),
        events: question.steps.iter().filter_map(|step| event(t, &step.fact)).collect(),
        is_open: progress_of(&question).is_open(),
        page: Page::public(here),
        question,
        item,
        project,
    };
    render_page(&template)
}
