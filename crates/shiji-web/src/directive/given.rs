//! From the form's fields to an order; the same form stands on its own page and in the meeting.

use crate::frame::Fields;
use shiji_app::AppError;
use shiji_app::directive::GiveDirective;
use shiji_domain::directive::Source;
use shiji_domain::id::PersonId;
use shiji_domain::refusal::Refusal;

/// # Errors
/// Refuses a day, a person or a source that is none.
pub fn give_of(fields: &Fields) -> Result<GiveDirective, AppError> {
    let source = Source::from_code(fields.text("source")).ok_or_else(|| Refusal::new("refusal-form"))?;
    Ok(GiveDirective {
        form: fields.optional_parsed("form")?.unwrap_or_default(),
        text: fields.text("text").to_owned(),
        owners: people(fields, "owner")?,
        helpers: people(fields, "helper")?,
        due_on: fields.parsed("due")?,
        steps: fields.text("steps").to_owned(),
        source,
        source_text: fields.text("source-text").to_owned(),
        question: fields.optional_parsed("question")?,
        is_public: fields.is_set("public"),
    })
}

fn people(fields: &Fields, name: &str) -> Result<Vec<PersonId>, Refusal> {
    let named = fields.0.iter().filter(|(key, value)| key == name && !value.trim().is_empty());
    named
        .map(|(_, value)| value.trim().parse().map_err(|_| Refusal::new("refusal-field").with("field", name)))
        .collect()
}
