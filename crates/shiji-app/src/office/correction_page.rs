//! What is published of one person in one issue, to be corrected item by item.

use crate::app::{Act, App};
use crate::error::AppError;
use shiji_domain::id::{ItemId, PersonId};
use shiji_domain::item::ItemKind;
use shiji_domain::right::Role;
use shiji_store::public::{self, IssueContent};

#[derive(Debug, Clone)]
pub struct PublishedItem {
    pub item_id: ItemId,
    pub kind: ItemKind,
    /// The words that stand now.
    pub text: String,
    /// Earlier words, the oldest first.
    pub replaced: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct CorrectionPage {
    /// The newest first.
    pub issues: Vec<i64>,
    pub issue: Option<i64>,
    /// Those who filed in the issue: name with unit.
    pub people: Vec<(PersonId, String)>,
    pub person: Option<PersonId>,
    pub items: Vec<PublishedItem>,
}

/// The page of one issue (the newest without `issue`) and, when chosen, one person.
///
/// # Errors
/// Refuses everybody but the clerk; an unknown issue is not found.
pub async fn correction_page(
    app: &App,
    act: &Act,
    issue: Option<i64>,
    person: Option<PersonId>,
) -> Result<CorrectionPage, AppError> {
    act.actor.must_be(Role::Clerk)?;
    let place_id = act.place.place_id;
    let mut tx = app.store.read().await?;
    let issues: Vec<i64> =
        public::issues(&mut tx, place_id).await?.into_iter().map(|issue| issue.number).collect();
    let Some(number) = issue.or(issues.first().copied()) else {
        return Ok(CorrectionPage { issues, issue: None, people: vec![], person: None, items: vec![] });
    };
    let content = public::issue_content(&mut tx, place_id, number).await?.ok_or(AppError::NotFound)?;
    let people = content
        .people
        .iter()
        .filter(|person| content.reports.iter().any(|report| report.person == person.person))
        .map(|person| (person.person, format!("{} · {}", person.name, person.unit_name)))
        .collect();
    let items = person.map_or_else(Vec::new, |person| items_of(&content, person));
    Ok(CorrectionPage { issues, issue: Some(number), people, person, items })
}

fn items_of(content: &IssueContent, person: PersonId) -> Vec<PublishedItem> {
    let mut items: Vec<PublishedItem> = Vec::new();
    for row in content.items.iter().filter(|row| row.fact.person == person) {
        match items.iter_mut().find(|item| item.item_id == row.fact.item) {
            Some(item) => item.replaced.push(std::mem::replace(&mut item.text, row.fact.text.clone())),
            None => items.push(PublishedItem {
                item_id: row.fact.item,
                kind: row.fact.item_kind,
                text: row.fact.text.clone(),
                replaced: Vec::new(),
            }),
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::refused::{all_but_the_clerk, is_refused};
    use crate::testing::Town;

    #[tokio::test]
    async fn nothing_is_published_yet_and_only_the_clerk_may_look() {
        for town in Town::each().await {
            let page = correction_page(&town.app, &town.act("党政办").await, None, None).await.unwrap();
            assert!(page.issues.is_empty() && page.items.is_empty());
            for act in all_but_the_clerk(&town).await {
                assert!(is_refused(&correction_page(&town.app, &act, None, None).await));
            }
        }
    }
}
