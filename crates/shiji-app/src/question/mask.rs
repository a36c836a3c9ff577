//! More is masked in words that are public already. What was there before goes for good, with a record of who took it away; the
//! masked words stand in its place, and answers and story stay.

use super::screen::masked;
use super::step::{new_step, take};
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use crate::log::append_redaction;
use shiji_domain::id::QuestionId;
use shiji_domain::masking::{MASK, is_telling, masked_parts};
use shiji_domain::question::Step;
use shiji_domain::redaction::RedactionReason;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_record::fact::{Fact, QuestionStepFact};
use shiji_record::projection::derive;
use shiji_store::question::{self, Question};
use shiji_store::{Tx, projection, public_question, record, roster};

/// Words of a question that everybody can read: its text or its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicWords {
    /// The revision of the step that says them.
    pub revision: i64,
    pub is_reason: bool,
    pub step: Step,
    pub words: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaskQuestion {
    pub question: QuestionId,
    /// The words as they are to be read: of which revision, whether its reason, and what it says. Others stay as they are,
    /// but for what is masked in these.
    pub words: Vec<(i64, bool, String)>,
}

/// What of one step reads otherwise from now on.
struct Masked {
    revision: i64,
    text: Option<String>,
    reason: Option<String>,
}

/// In the order of the story.
pub(super) async fn public_words(
    tx: &mut Tx,
    act: &Act,
    id: QuestionId,
) -> Result<Vec<PublicWords>, AppError> {
    let public = public_question::question(tx, act.place.place_id, id).await?.ok_or(AppError::NotFound)?;
    let both = |row: shiji_record::projection::QuestionStepRow| {
        let (revision, step) = (row.revision, row.fact.step);
        [(false, row.fact.text), (true, row.fact.reason)].into_iter().filter_map(move |(is_reason, words)| {
            Some(PublicWords { revision, is_reason, step, words: words? })
        })
    };
    Ok(public.steps.into_iter().flat_map(both).collect())
}

/// Masks more of a public question: of the asker's words, the answers, the reasons. What is masked in one of them is masked
/// wherever else the question tells it.
///
/// # Errors
/// Refuses everybody but the clerk, words that are not the earlier ones with parts masked, words that still name a person, and
/// when nothing would change.
pub async fn mask_question(app: &App, act: &Act, wanted: MaskQuestion) -> Result<(), AppError> {
    act.actor.must_be(Role::Clerk)?;
    app.store
        .write("mask_question", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await?;
    // A dump is a copy of the words; the next one is made without them.
    crate::open_data::forget_dumps(app, act.place.place_id).await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &MaskQuestion) -> Result<(), AppError> {
    let place = act.place.place_id;
    let mut question = question::question(tx, place, wanted.question).await?.ok_or(AppError::NotFound)?;
    let mut parts: Vec<String> = Vec::new();
    let mut all = public_words(tx, act, wanted.question).await?;
    for (revision, is_reason, words) in &wanted.words {
        let Some(one) = all.iter_mut().find(|one| one.revision == *revision && one.is_reason == *is_reason)
        else {
            return Err(Refusal::new("refusal-form").into());
        };
        let words = masked(&one.words, words)?;
        parts.extend(masked_parts(&one.words, &words).into_iter().map(str::to_owned));
        one.words = words;
    }
    let by = roster::staff(tx, place).await?.name(act.person());
    if !put_masks(app, tx, act, &mut question, &all, &parts, &by).await? {
        return Err(Refusal::new("refusal-mask-nothing").into());
    }
    let change = Change { act: "question.mask", subject: &wanted.question, before: None, after: None };
    audit(app, tx, act, change).await
}

/// Masks `parts` wherever the public words of the question tell them; whether any did.
pub(super) async fn mask_everywhere(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    question: &mut Question,
    parts: &[String],
    by: &str,
) -> Result<bool, AppError> {
    let all = public_words(tx, act, question.question_id).await?;
    put_masks(app, tx, act, question, &all, parts, by).await
}

/// Brings the public words to what `wanted` says, without `parts`; whether anything changed.
async fn put_masks(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    question: &mut Question,
    wanted: &[PublicWords],
    parts: &[String],
    by: &str,
) -> Result<bool, AppError> {
    let told = |words: &str| {
        let parts = parts.iter().filter(|part| is_telling(part));
        parts.fold(words.to_owned(), |words, part| words.replace(part.as_str(), MASK))
    };
    let mut changed: Vec<Masked> = Vec::new();
    let standing = public_words(tx, act, question.question_id).await?;
    for (now, wanted) in standing.iter().zip(wanted) {
        let words = told(&wanted.words);
        if words == now.words {
            continue;
        }
        let (text, reason) = if now.is_reason { (None, Some(words)) } else { (Some(words), None) };
        match changed.last_mut().filter(|last| last.revision == now.revision) {
            Some(last) => last.reason = reason,
            None => changed.push(Masked { revision: now.revision, text, reason }),
        }
    }
    for masked in &changed {
        put_mask(app, tx, act, question, masked, by).await?;
    }
    if !changed.is_empty() {
        let subject = question.question_id.to_string();
        shiji_store::audit::scrub_subject(tx, act.place.place_id, &subject).await?;
    }
    Ok(!changed.is_empty())
}

async fn put_mask(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    question: &mut Question,
    masked: &Masked,
    by: &str,
) -> Result<(), AppError> {
    let (place, id) = (act.place.place_id, question.question_id);
    let mut kept = question::steps(tx, place, id).await?;
    for old in record::records_about(tx, place, id.0).await? {
        let Fact::QuestionStep(fact) = &old.fact else { continue };
        if old.leaf.revision != masked.revision && fact.masks != Some(masked.revision) {
            continue;
        }
        let fields = gone(fact, masked);
        if fields.is_empty() {
            continue;
        }
        let without = old.without(&fields)?;
        record::put_disclosures(tx, &without).await?;
        if let Some(row) = derive(&without) {
            projection::replace_row(tx, &row).await?;
        }
        append_redaction(app, tx, act, &old, &fields, RedactionReason::PersonalData, by).await?;
        for step in kept.iter_mut().filter(|step| step.step_number == old.leaf.revision) {
            if masked.text.is_some() {
                step.fact.text = None;
                step.fact.words_salt = None;
            }
            if masked.reason.is_some() {
                step.fact.reason = None;
            }
            question::put_step(tx, place, step).await?;
        }
    }
    let mut fact = new_step(&act.place, question, Step::Masked, act.now)?;
    fact.by = Some(by.to_owned());
    fact.masks = Some(masked.revision);
    fact.text.clone_from(&masked.text);
    fact.reason.clone_from(&masked.reason);
    take(app, tx, &act.place, act.now, question, Some(act.person()), fact).await
}

/// The fields of an earlier step that go when its words are masked.
fn gone(fact: &QuestionStepFact, masked: &Masked) -> Vec<&'static str> {
    [
        ("text", masked.text.is_some() && fact.text.is_some()),
        ("words_salt", masked.text.is_some() && fact.words_salt.is_some()),
        ("reason", masked.reason.is_some() && fact.reason.is_some()),
    ]
    .into_iter()
    .filter_map(|(name, goes)| goes.then_some(name))
    .collect()
}
