//! A leader or the meeting gives an order.

use super::hook::short;
use super::right::may_give;
use super::step::{check_public, everybody, tell_all};
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use crate::publish::between::publish_affair;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use shiji_domain::directive::{Course, DIRECTIVE_LENGTH_MOST, PEOPLE_MOST, Part, Source, steps_of};
use shiji_domain::directive_step::step_days;
use shiji_domain::id::{DirectiveId, MeetingId, PersonId, QuestionId};
use shiji_domain::notice::NoticeKind;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::not_yours;
use shiji_domain::staff::{Filer, Staff};
use shiji_domain::text::{REMARK_LENGTH_MOST, optional_line, required_line};
use shiji_record::affair::{Affair, DirectiveFact, Doer};
use shiji_store::directive::{self, Directive, DirectivePerson};
use shiji_store::{Tx, calendar, meeting, question, roster};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GiveDirective {
    pub text: String,
    pub owners: Vec<PersonId>,
    pub helpers: Vec<PersonId>,
    pub due_on: Date,
    /// A line each.
    pub steps: String,
    pub source: Source,
    /// Number of the document, the place inspected.
    pub source_text: String,
    pub question: Option<QuestionId>,
    pub is_public: bool,
    /// The key of the form: sent twice as it was, it is one order. Nil: none.
    pub form: Uuid,
}

/// # Errors
/// Refuses who is no leader, for orders of the meeting whoever is neither chair nor clerk; empty words; a day that has passed;
/// owners and helpers who file nothing, because they could not show how far they are; a question that there is not; and a
/// resident's personal data in an order that everybody can read; and a form that gave another order than it asks for now.
pub async fn give_directive(app: &App, act: &Act, wanted: GiveDirective) -> Result<DirectiveId, AppError> {
    app.store
        .write("give_directive", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &GiveDirective) -> Result<DirectiveId, AppError> {
    let place = act.place.place_id;
    let today = act.day()?;
    let staff = roster::staff(tx, place).await?;
    if !may_give(&staff, act, today, wanted.source) {
        return Err(not_yours().into());
    }
    let body = required_line(&wanted.text, DIRECTIVE_LENGTH_MOST)?;
    let steps = steps_of(&wanted.steps)?;
    if let Some(day) = steps.iter().find_map(|step| shiji_text::no_such_day(step, today)) {
        return Err(Refusal::new("refusal-directive-no-day").with("words", day).into());
    }
    let source_text = optional_line(&wanted.source_text, REMARK_LENGTH_MOST)?;
    let words: Vec<&str> = [body.as_str(), source_text.as_deref().unwrap_or_default()]
        .into_iter()
        .chain(steps.iter().map(String::as_str))
        .collect();
    check_public(wanted.is_public, &words)?;
    if let Some(id) = wanted.question {
        question::question(tx, place, id).await?.ok_or(AppError::NotFound)?;
    }
    // A second tap, or the form sent again with the back button.
    let from_form = id_of_form(wanted.form);
    if let Some(id) = from_form
        && let Some(given) = directive::directive(tx, place, id).await?
    {
        let people = people(&staff, today, wanted)?;
        let before = directive::people_of(tx, place, id).await?;
        return is_of((&given, &before), act, (wanted, &body, &steps, &people)).map(|()| id);
    }
    let people = people(&staff, today, wanted)?;
    let directive = Directive {
        directive_id: from_form.unwrap_or_else(|| app.new_id()),
        number: if wanted.is_public { Some(directive::next_number(tx, place).await?) } else { None },
        body,
        giver_id: act.person(),
        source: wanted.source,
        source_text,
        question_id: question_of(wanted),
        meeting_id: held_now(tx, act, wanted.source).await?,
        given_at: act.millis(),
        given_on: today,
        course: Course::new(today, wanted.due_on, &wanted_owners(&people), steps.len())?,
        step_days: step_days(&named_days(&steps, today, wanted.due_on), today, wanted.due_on)?,
        steps,
    };
    directive::insert_directive(tx, place, &directive, &people).await?;
    if directive.is_public() {
        let fact = fact(&staff, today, &directive, &people);
        publish_affair(app, tx, &act.place, act.now, Affair::Directive(fact)).await?;
    }
    let told = everybody(&people);
    tell_all(app, tx, act, &directive, NoticeKind::DirectiveGiven, told).await?;
    if let Some(held) = directive.meeting_id {
        meeting::touch_meeting(tx, place, held).await?;
    }
    let after = Some(format!("{} {}", directive.course.due_on, directive.body));
    let subject = directive.directive_id;
    audit(app, tx, act, Change { act: "directive.give", subject: &subject, before: None, after }).await?;
    Ok(subject)
}

/// The day by which each step is to be done by its own words, seen from the day on which the order is given. Where the month or
/// the year is a guess and leads behind the order's day, something else was meant.
fn named_days(steps: &[String], today: Date, due_on: Date) -> Vec<Option<Date>> {
    let named = |step: &String| {
        let term = shiji_text::term_named(step, today)?;
        (!term.is_guess || term.day <= due_on).then_some(term.day)
    };
    steps.iter().map(named).collect()
}

fn question_of(wanted: &GiveDirective) -> Option<QuestionId> {
    wanted.question.filter(|_| wanted.source == Source::Question)
}

/// Who sees to an order, without what happened since.
fn parts(people: &[DirectivePerson]) -> Vec<(PersonId, Part)> {
    people.iter().map(|person| (person.person_id, person.part)).collect()
}

/// # Errors
/// Refuses whoever did not give the order, and a form that was changed after it gave one: the other would be lost in silence.
fn is_of(
    (given, before): (&Directive, &[DirectivePerson]),
    act: &Act,
    (wanted, body, steps, people): (&GiveDirective, &str, &[String], &[DirectivePerson]),
) -> Result<(), AppError> {
    if given.giver_id != act.person() {
        return Err(not_yours().into());
    }
    let is_same = given.body == body
        && given.steps == steps
        && given.course.due_on == wanted.due_on
        && given.is_public() == wanted.is_public
        && given.source == wanted.source
        && given.question_id == question_of(wanted)
        && parts(before) == parts(people);
    if is_same {
        return Ok(());
    }
    Err(Refusal::new("refusal-directive-form-used").with("name", short(&given.body)).into())
}

/// The order that a form makes. It follows from the form's key through a hash, so that nobody can choose it (RFC 9562 section 5.8).
fn id_of_form(form: Uuid) -> Option<DirectiveId> {
    if form.is_nil() {
        return None;
    }
    let digest = Sha256::digest([b"directive form ".as_slice(), form.as_bytes()].concat());
    let bytes = *digest.first_chunk::<16>()?;
    Some(DirectiveId(uuid::Builder::from_custom_bytes(bytes).into_uuid()))
}

/// Owners first; whoever is named twice is an owner.
fn people(staff: &Staff, today: Date, wanted: &GiveDirective) -> Result<Vec<DirectivePerson>, Refusal> {
    let filers = staff.filers(today);
    let named = wanted.owners.iter().map(|id| (*id, Part::Owner));
    let named = named.chain(wanted.helpers.iter().map(|id| (*id, Part::Helper)));
    let mut people: Vec<DirectivePerson> = Vec::new();
    for (person_id, part) in named {
        if !filers.iter().any(|filer| filer.person_id == person_id) {
            return Err(Refusal::new("refusal-directive-person"));
        }
        if !people.iter().any(|known| known.person_id == person_id) {
            people.push(DirectivePerson { person_id, part, seen_at: None });
        }
    }
    if people.len() > PEOPLE_MOST {
        return Err(Refusal::new("refusal-directive-people").with("most", PEOPLE_MOST));
    }
    Ok(people)
}

fn wanted_owners(people: &[DirectivePerson]) -> Vec<PersonId> {
    people.iter().filter(|person| person.part == Part::Owner).map(|person| person.person_id).collect()
}

/// The meeting that is being held, for an order that comes from it.
async fn held_now(tx: &mut Tx, act: &Act, source: Source) -> Result<Option<MeetingId>, AppError> {
    let place = act.place.place_id;
    let Some(period) = calendar::open_period(tx, place).await?.filter(|_| source == Source::Meeting) else {
        return Ok(None);
    };
    let held = meeting::meeting_of_period(tx, place, period.period_id).await?;
    Ok(held.filter(meeting::Meeting::is_open).map(|held| held.meeting_id))
}

fn fact(staff: &Staff, today: Date, of: &Directive, people: &[DirectivePerson]) -> DirectiveFact {
    let filers = staff.filers(today);
    let doers = |part: Part| -> Vec<Doer> {
        let those = people.iter().filter(|person| person.part == part);
        those.map(|person| doer(staff, &filers, person.person_id)).collect()
    };
    DirectiveFact {
        directive: of.directive_id,
        number: of.number.unwrap_or_default(),
        text: of.body.clone(),
        giver: of.giver_id,
        giver_name: staff.name(of.giver_id),
        owners: doers(Part::Owner),
        helpers: doers(Part::Helper),
        given_on: of.given_on,
        due_on: of.course.due_on,
        source: of.source.code().to_owned(),
        source_text: of.source_text.clone(),
        steps: of.steps.clone(),
        step_days: of.step_days.clone(),
    }
}

fn doer(staff: &Staff, filers: &[Filer], person: PersonId) -> Doer {
    let filer = filers.iter().find(|filer| filer.person_id == person);
    let unit = filer.and_then(|filer| staff.organization(filer.organization_id));
    Doer { person, name: staff.name(person), unit: unit.map_or_else(String::new, |unit| unit.name.clone()) }
}
