//! Residents' questions.

use super::asked::{Asked, PageQuery, plain};
use super::problem::Problem;
use super::reply;
use crate::Shared;
use axum::extract::State;
use axum::response::Response;
use shiji_app::open_data::document::Question;
use shiji_app::open_data::{self, Page, QuestionFilter, QuestionName, questions};
use shiji_domain::id::QuestionId;
use shiji_domain::question::QuestionKind;
use uuid::Uuid;

/// Questions, the newest first
///
/// Every question that was received, also those whose words are private, withheld or were not looked at yet: these come without
/// words. Nothing here depends on the day; an open question is overdue from the day after its `due_on`. A question can change
/// long after it came, so whoever keeps a copy asks again for those that are open, and for all of them from time to time.
#[utoipa::path(
    get, path = "/{place}/api/v1/questions", operation_id = "questions", tag = "questions",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("person" = Option<Uuid>, Query,
            description = "Only what was put to this official when it came, also when it was handed over since."),
        ("kind" = Option<String>, Query, description = "`question`, `problem`, `doubt` or `thanks`.",
            pattern = "^(question|problem|doubt|thanks)$"),
        PageQuery,
    ),
    responses((status = 200, description = "A page of questions.", body = Page<Question>))
)]
pub async fn list(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&["person", "kind", "after", "limit"])?;
    let filter = QuestionFilter {
        person: asked.id_in("person")?,
        kind: asked.code("kind", "question, problem, doubt, thanks", QuestionKind::from_code)?,
    };
    let page = questions(&web.app, &asked.place, filter, asked.after()?, asked.limit()?).await?;
    reply::list(&asked.headers, &asked.with_address(page))
}

/// One question
///
/// By its number, as on the board, or by its identifier.
#[utoipa::path(
    get, path = "/{place}/api/v1/questions/{question}", operation_id = "question", tag = "questions",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("question" = String, Path, description = "Number or identifier (UUID) of the question."),
    ),
    responses((status = 200, description = "The question.", body = Question))
)]
pub async fn one(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[])?;
    let question = open_data::question(&web.app, &asked.place, name(asked.segment("question"))?).await?;
    reply::document(&asked.headers, &question)
}

fn name(text: &str) -> Result<QuestionName, Problem> {
    let number = plain::<i64>(text).map(QuestionName::Number);
    let id = || Uuid::parse_str(text).ok().map(|id| QuestionName::Id(QuestionId(id)));
    number.or_else(id).ok_or(Problem::NotFound)
}
