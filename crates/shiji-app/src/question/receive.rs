//! A resident asks. No account: a pick-up code opens the answer.

use super::step::working_days;
use crate::app::{App, day_in};
use crate::error::AppError;
use crate::notice::{NewNotice, tell};
use crate::publish::between::{append, issue_now, name_place};
use crate::who::token_hash;
use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use shiji_domain::id::{ItemId, PersonId, ProjectId, QuestionId};
use shiji_domain::notice::NoticeKind;
use shiji_domain::question::{CONTACT_LENGTH_MOST, Progress, QUESTION_LENGTH_MOST, QuestionKind};
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_domain::text::{optional_line, required_paragraphs};
use shiji_domain::working_day::Term;
use shiji_record::canonical::{Heading, Record};
use shiji_record::fact::{Fact, QuestionFact};
use shiji_record::question::{words_commitment, words_salt};
use shiji_store::question::{self, Question};
use shiji_store::roster::{self, Place};
use shiji_store::{Tx, public};

/// Questions that a place takes in a day; beyond it the telephone is quicker for everybody.
const DAY_MOST: i64 = 300;
/// Milliseconds for which the contact of a question is kept that nobody answers.
const CONTACT_LONGEST: i64 = 180 * 24 * 60 * 60 * 1_000;
const DAY: i64 = 24 * 60 * 60 * 1_000;
/// No 0, 1, I, L, O, U: nothing that is misread from paper or by telephone.
const CODE_LETTERS: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
/// About 59 bits.
const CODE_LENGTH: usize = 12;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuestion {
    pub kind: QuestionKind,
    pub words: String,
    /// A telephone number or e-mail address; never public.
    pub contact: String,
    pub is_public: bool,
    /// `None`: whoever is in charge; the clerk finds out.
    pub person: Option<PersonId>,
    pub item: Option<ItemId>,
    /// The key project that it is about.
    pub project: Option<ProjectId>,
    /// As in addresses of pages.
    pub language: String,
    /// The key of the form: the same words sent twice with it are one question. Empty: none.
    pub form: String,
}

/// What the asker takes along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    pub question: QuestionId,
    pub number: i64,
    /// Opens the answer; nobody can find it out again.
    pub code: String,
    pub term: Term,
}

/// Name and unit of an official who can be asked today.
///
/// # Errors
/// `NotFound` for anybody else.
pub async fn addressee(app: &App, place: &Place, person: PersonId) -> Result<(String, String), AppError> {
    let today = day_in(place, app.clock.now())?;
    named(&mut app.store.read().await?, place, person, today).await
}

pub(super) async fn named(
    tx: &mut Tx,
    place: &Place,
    person: PersonId,
    today: Date,
) -> Result<(String, String), AppError> {
    let staff = roster::staff(tx, place.place_id).await?;
    let filers = staff.filers(today);
    let filer = filers.iter().find(|filer| filer.person_id == person).ok_or(AppError::NotFound)?;
    let unit = staff.organization(filer.organization_id).map_or_else(String::new, |unit| unit.name.clone());
    Ok((staff.name(person), unit))
}

/// # Errors
/// Refuses empty words, more than 1,000 characters, a contact over 100, and more than 300 questions a day; `NotFound` for an
/// official, item or project that there is not.
pub async fn ask_question(app: &App, place: &Place, wanted: NewQuestion) -> Result<Received, AppError> {
    let words = required_paragraphs(&wanted.words, QUESTION_LENGTH_MOST)?;
    let contact = optional_line(&wanted.contact, CONTACT_LENGTH_MOST)?.unwrap_or_default();
    let wanted = NewQuestion { words, contact, ..wanted };
    let now = app.clock.now();
    app.store
        .write("ask_question", &(app, place, wanted, now), |tx, (app, place, wanted, now)| {
            Box::pin(receive(app, tx, place, wanted, *now))
        })
        .await
}

async fn receive(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    wanted: &NewQuestion,
    now: Timestamp,
) -> Result<Received, AppError> {
    let place_id = place.place_id;
    let millis = now.as_millisecond();
    if question::received_since(tx, place_id, millis - DAY).await? >= DAY_MOST {
        return Err(Refusal::new("refusal-question-many").into());
    }
    let today = day_in(place, now)?;
    let person = match (wanted.person, wanted.item) {
        (Some(person), _) => Some(person),
        (None, Some(item)) => Some(owner(tx, place, item).await?),
        (None, None) => None,
    };
    if let Some(item) = wanted.item {
        owner(tx, place, item).await?;
    }
    if let Some(project) = wanted.project {
        crate::project::story_of(tx, place, project).await?;
    }
    // Whoever did an item may have left since; then the clerk finds the one in charge now.
    let asked = match person {
        Some(person) => match named(tx, place, person, today).await {
            Ok((name, unit)) => Some((person, name, unit)),
            Err(AppError::NotFound) if wanted.person.is_none() => None,
            Err(error) => return Err(error),
        },
        None => None,
    };
    let terms = question::terms(tx, place_id).await?;
    let term = working_days(tx, place).await?.term(today, terms.answer_days)?;
    let code = code_of(app, place, wanted);
    if let Some(known) = question::question_by_code(tx, place_id, &token_hash(&code)).await? {
        return Ok(Received { question: known.question_id, number: known.number, code, term });
    }
    let salt = words_salt(app.random());
    let question_id: QuestionId = app.new_id();
    let contact = (!wanted.contact.is_empty())
        .then(|| app.secrets.seal(&*app.entropy, &contact_context(place, question_id), &wanted.contact));
    let kept = Question {
        question_id,
        number: question::next_number(tx, place_id).await?,
        words: wanted.words.clone(),
        words_salt: salt.clone(),
        language: wanted.language.clone(),
        code_hash: token_hash(&code),
        contact_until: contact.is_some().then_some(millis + CONTACT_LONGEST),
        contact,
        received_at: millis,
        person_id: asked.as_ref().map(|(person, ..)| *person),
        item_id: wanted.item,
        project_id: wanted.project,
        taken_up_item_id: None,
        words_go: false,
        progress: Progress::received(wanted.kind, wanted.is_public, today, term.until),
    };
    name_place(app, tx, place, now).await?;
    question::insert_question(tx, place_id, &kept).await?;
    let fact = QuestionFact {
        question: question_id,
        number: kept.number,
        question_kind: wanted.kind,
        received_on: today,
        due_on: term.until,
        is_public: wanted.is_public,
        person: kept.person_id,
        person_name: asked.as_ref().map(|(_, name, _)| name.clone()),
        unit_name: asked.as_ref().map(|(.., unit)| unit.clone()),
        item: wanted.item,
        project: wanted.project,
        words_commitment: words_commitment(&salt, &wanted.words),
        term: Some(term.clone()),
    };
    let heading = Heading {
        record_id: app.new_id(),
        place: place_id,
        id: question_id.0,
        revision: 1,
        replaces: None,
        issue: issue_now(tx, place).await?,
        day: today,
    };
    append(tx, place, now, Record::new(heading, Fact::Question(fact), || app.random())?).await?;
    let told = match kept.person_id {
        Some(person) => vec![person],
        None => clerks(tx, place, today).await?,
    };
    for person in told {
        tell(app, tx, place_id, NewNotice::about(NoticeKind::NewQuestion, person, question_id.0)).await?;
    }
    Ok(Received { question: question_id, number: kept.number, code, term })
}

/// Who finds the right official for a question to nobody in particular.
pub(super) async fn clerks(tx: &mut Tx, place: &Place, today: Date) -> Result<Vec<PersonId>, AppError> {
    let staff = roster::staff(tx, place.place_id).await?;
    let is_clerk = |person: PersonId| {
        staff
            .memberships_of(person)
            .any(|(membership, post)| membership.is_held_on(today) && post.roles.contains(&Role::Clerk))
    };
    Ok(staff.people.iter().map(|person| person.person_id).filter(|person| is_clerk(*person)).collect())
}

/// Binds a sealed contact to its question.
pub(super) fn contact_context(place: &Place, question: QuestionId) -> String {
    format!("question/{}/{question}", place.place_id)
}

async fn owner(tx: &mut Tx, place: &Place, item: ItemId) -> Result<PersonId, AppError> {
    let revisions = public::item_revisions(tx, place.place_id, item).await?;
    revisions.first().map(|(_, row)| row.fact.person).ok_or(AppError::NotFound)
}

/// For one form: 128 bits.
pub fn new_form_key(app: &App) -> String {
    words_salt(app.random())
}

/// A second tap, or a page sent again after a broken connection, gives the same code and therefore the same question: the code
/// follows from the form's key, which only its page knows, from everything that was filled in, and from the secret key.
fn code_of(app: &App, place: &Place, wanted: &NewQuestion) -> String {
    if wanted.form.is_empty() {
        return new_code(std::iter::from_fn(|| Some(app.random::<1>()[0])));
    }
    let filled = format!("{wanted:?}");
    let purpose = format!("question code {}", place.place_id);
    let rounds = (0_u32..).map(|round| app.secrets.token(&purpose, &format!("{round} {filled}")));
    new_code(rounds.flat_map(|token| Sha256::digest(token.as_bytes()).to_vec()))
}

fn new_code(mut bytes: impl Iterator<Item = u8>) -> String {
    let mut code = String::with_capacity(CODE_LENGTH);
    while code.len() < CODE_LENGTH {
        let Some(byte) = bytes.next() else { break };
        // 240 is the largest multiple of 30 in a byte: beyond it some letters would come more often.
        if byte < 240 {
            code.push(char::from(CODE_LETTERS[usize::from(byte) % CODE_LETTERS.len()]));
        }
    }
    code
}

/// A code as somebody typed it: small letters, hyphens and blanks do not matter.
pub(super) fn plain_code(typed: &str) -> String {
    typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .take(CODE_LENGTH + 1)
        .collect()
}
