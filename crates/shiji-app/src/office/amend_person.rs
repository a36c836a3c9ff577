//! Mends what an import or a hand got wrong about a person.

use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::PersonId;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_domain::text::{one_line, required_line};
use shiji_store::{Tx, roster};

/// Characters of a name.
pub(super) const NAME_LENGTH_MOST: usize = 40;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmendPerson {
    pub person: PersonId,
    pub name: String,
    /// Empty takes it away.
    pub mobile: String,
}

/// # Errors
/// Refuses everybody but the clerk, an empty name, a mobile number of other than digits; an unknown person is not found.
pub async fn amend_person(app: &App, act: &Act, wanted: AmendPerson) -> Result<(), AppError> {
    act.actor.must_be(Role::Clerk)?;
    let name = required_line(&wanted.name, NAME_LENGTH_MOST)?;
    let wanted = AmendPerson { name, mobile: telephone(&wanted.mobile)?.unwrap_or_default(), ..wanted };
    app.store
        .write("amend_person", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &AmendPerson) -> Result<(), AppError> {
    let place_id = act.place.place_id;
    let staff = roster::staff(tx, place_id).await?;
    let person = staff.person(wanted.person).ok_or(AppError::NotFound)?;
    let mobile = Some(wanted.mobile.as_str()).filter(|mobile| !mobile.is_empty());
    roster::update_person(tx, place_id, wanted.person, &wanted.name, mobile).await?;
    // The trail says that the mobile changed, not to which number: it is read by more people than the roster is.
    let told = |name: &str, changed: bool| if changed { format!("{name} (mobile)") } else { name.to_owned() };
    let change = Change {
        act: "person.amend",
        subject: &wanted.person,
        before: Some(person.name.clone()),
        after: Some(told(&wanted.name, person.mobile.as_deref() != mobile)),
    };
    audit(app, tx, act, change).await
}

/// A telephone number as it is written on a door: digits, hyphens, spaces, a plus, brackets, an extension.
///
/// # Errors
/// Refuses other characters and more than thirty.
pub(super) fn telephone(text: &str) -> Result<Option<String>, Refusal> {
    let line = one_line(text);
    if line.is_empty() {
        return Ok(None);
    }
    let plain = line.chars().all(|c| c.is_ascii_digit() || "-+() *#/、,".contains(c));
    if plain && line.chars().count() <= 30 && line.chars().any(|c| c.is_ascii_digit()) {
        Ok(Some(line))
    } else {
        Err(Refusal::new("refusal-telephone").with("text", line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::refused::{all_but_the_clerk, is_refused, key};
    use crate::office::roster_page;
    use crate::testing::Town;

    fn wanted(town: &Town, mobile: &str) -> AmendPerson {
        AmendPerson { person: town.person("水务"), name: "水 务".into(), mobile: mobile.into() }
    }

    #[tokio::test]
    async fn a_name_and_a_number_are_mended_and_the_number_stays_out_of_the_trail() {
        for town in Town::each().await {
            let clerk = town.act("党政办").await;
            amend_person(&town.app, &clerk, wanted(&town, "13900000001")).await.unwrap();
            let page = roster_page(&town.app, &clerk).await.unwrap();
            assert_eq!(page.person(town.person("水务")).unwrap().mobile.as_deref(), Some("13900000001"));
            let trail = crate::office::audit_page(&town.app, &clerk, None).await.unwrap();
            assert!(
                trail.lines.iter().all(|line| !line.after.as_deref().unwrap_or("").contains("13900000001"))
            );
            assert_eq!(
                key(amend_person(&town.app, &clerk, wanted(&town, "同微信")).await),
                "refusal-telephone"
            );
        }
    }

    #[tokio::test]
    async fn only_the_clerk_amends_people() {
        for town in Town::each().await {
            for act in all_but_the_clerk(&town).await {
                assert!(is_refused(&amend_person(&town.app, &act, wanted(&town, "")).await));
            }
        }
    }
}
