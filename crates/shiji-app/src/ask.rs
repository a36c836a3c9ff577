//! Who is in charge of what a resident asks about, and which published items hold the words. Reads public tables only.

use crate::app::App;
use crate::error::AppError;
use shiji_domain::id::{ItemId, PersonId};
use shiji_domain::item::ItemKind;
use shiji_domain::roster::FilingDuty;
use shiji_record::fact::{AbsenceFact, RosterFact};
use shiji_record::projection::ItemRow;
use shiji_store::roster::Place;
use shiji_store::{projection, public, search};
use shiji_text::{Official, Why, contains, in_charge, runs};
use std::collections::{HashMap, HashSet};

/// Characters of a question that are read; a longer one says no more about whom to ask.
pub const QUERY_LENGTH_MOST: usize = 100;
/// Items on a page of hits.
pub const HITS_A_PAGE: usize = 20;
/// Issues in which an official's work counts as recent.
const RECENT_ISSUES: i64 = 5;
/// Items shown beside an official.
const LATELY_MOST: usize = 3;

/// The officials of the latest issue with what they did lately.
#[derive(Debug, Clone)]
pub struct Directory {
    pub issue: i64,
    pub people: Vec<RosterFact>,
    pub absences: Vec<AbsenceFact>,
    recent: HashMap<PersonId, Vec<Recent>>,
    officials: Vec<Official<usize>>,
}

/// An item of the last weeks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recent {
    pub item: ItemId,
    pub issue: i64,
    pub kind: ItemKind,
    pub text: String,
}

/// An official who may be in charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    pub person: RosterFact,
    pub why: Vec<Why>,
    pub absence: Option<AbsenceFact>,
    /// The latest items on the matter, else none.
    pub lately: Vec<Recent>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What the words were understood to be about.
    pub matters: Vec<&'static str>,
    /// The likeliest first.
    pub officials: Vec<Match>,
    /// To look for in items.
    pub words: Vec<String>,
}

/// # Errors
/// Only when the store fails; this holds for every function here.
pub async fn directory(app: &App, place: &Place) -> Result<Directory, AppError> {
    let mut tx = app.store.read().await?;
    let place = place.place_id;
    let issue = public::latest_issue(&mut tx, place).await?.map_or(0, |issue| issue.number);
    let people = projection::people_of_issue(&mut tx, place, issue).await?;
    let absences = projection::absences_of_issue(&mut tx, place, issue).await?;
    let mut recent: HashMap<PersonId, Vec<Recent>> = HashMap::new();
    for number in (issue - RECENT_ISSUES + 1..=issue).rev().filter(|number| *number > 0) {
        for (person, one) in latest_words(projection::items_of_issue(&mut tx, place, number).await?, number) {
            recent.entry(person).or_default().push(one);
        }
    }
    let officials = people
        .iter()
        .enumerate()
        .map(|(at, person)| Official {
            id: at,
            name: person.name.clone(),
            unit: person.unit_name.clone(),
            posts: person
                .posts
                .iter()
                .filter(|post| post.to.is_none())
                .map(|post| post.title.clone())
                .collect(),
            duties: person.duties.clone(),
            leads: person.filing_duty == FilingDuty::Leadership,
            village: person.filing_duty == FilingDuty::Village,
            recent: recent
                .get(&person.person)
                .map_or_else(Vec::new, |items| items.iter().map(|item| item.text.clone()).collect()),
        })
        .collect();
    Ok(Directory { issue, people, absences, recent, officials })
}

/// The latest revision of each item that still has its words.
fn latest_words(rows: Vec<ItemRow>, issue: i64) -> Vec<(PersonId, Recent)> {
    let mut latest: Vec<ItemRow> = Vec::with_capacity(rows.len());
    for row in rows {
        match latest.last_mut() {
            Some(known) if known.fact.item == row.fact.item => *known = row,
            _ => latest.push(row),
        }
    }
    latest
        .into_iter()
        .filter(|row| !row.withheld.iter().any(|field| field == "text"))
        .map(|row| {
            let kind = row.fact.item_kind;
            (row.fact.person, Recent { item: row.fact.item, issue, kind, text: row.fact.text })
        })
        .collect()
}

impl Directory {
    /// Whom the words lead to, and why.
    pub fn ask(&self, query: &str) -> Asked {
        let query: String = query.chars().take(QUERY_LENGTH_MOST).collect();
        let answer = in_charge(&query, &self.officials);
        let officials = answer
            .officials
            .into_iter()
            .map(|found| {
                let person = self.people[found.id].clone();
                Match {
                    absence: self.absences.iter().find(|absence| absence.person == person.person).cloned(),
                    lately: self.lately(person.person, &answer.words),
                    why: found.why,
                    person,
                }
            })
            .collect();
        Asked { matters: answer.concerns, officials, words: answer.words }
    }

    fn lately(&self, person: PersonId, words: &[String]) -> Vec<Recent> {
        let items = self.recent.get(&person).map_or(&[][..], Vec::as_slice);
        let about = |item: &&Recent| words.iter().any(|word| contains(&item.text, word));
        items.iter().filter(about).take(LATELY_MOST).cloned().collect()
    }
}

/// An item that holds the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Place in the list; what follows is older than it.
    pub number: i64,
    pub issue: i64,
    pub row: ItemRow,
    /// Name of whoever did it, in that issue.
    pub person: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hits {
    pub hits: Vec<Hit>,
    /// Where the next page begins.
    pub next: Option<i64>,
}

/// Items with all the words that were typed, the newest first; when there are none, items with one of `words`.
pub async fn items(
    app: &App,
    place: &Place,
    query: &str,
    words: &[String],
    before: Option<i64>,
) -> Result<Hits, AppError> {
    let mut tx = app.store.read().await?;
    let place = place.place_id;
    let query: String = query.chars().take(QUERY_LENGTH_MOST).collect();
    let typed = shiji_text::without_asking(&query).join(" ");
    let before = before.unwrap_or(search::NEWEST);
    let mut found = search::find(&mut tx, place, &typed, before, HITS_A_PAGE + 1).await?;
    if found.is_empty() {
        let mut known: HashSet<ItemId> = HashSet::new();
        for word in words.iter().filter(|word| runs(word).len() == 1) {
            let more = search::find(&mut tx, place, word, before, HITS_A_PAGE + 1).await?;
            found.extend(more.into_iter().filter(|(_, item)| known.insert(*item)));
        }
        found.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    }
    let more = found.len() > HITS_A_PAGE;
    found.truncate(HITS_A_PAGE);
    let next = found.last().map(|(number, _)| *number).filter(|_| more);
    let mut hits = Vec::with_capacity(found.len());
    for (number, item) in found {
        let mut revisions = public::item_revisions(&mut tx, place, item).await?;
        let Some((issue, row)) = revisions.pop() else { continue };
        let person = public::name_in_issue(&mut tx, place, row.fact.person, issue).await?.unwrap_or_default();
        hits.push(Hit { number, issue, row, person });
    }
    Ok(Hits { hits, next })
}

/// Makes the search of a place that was founded before there was one.
pub async fn index_if_missing(app: &App, place: &Place) -> Result<(), AppError> {
    let mut tx = app.store.read().await?;
    let is_there = search::indexed(&mut tx, place.place_id).await? > 0
        || public::latest_issue(&mut tx, place.place_id).await?.is_none();
    drop(tx);
    if !is_there {
        let indexed: usize = app
            .store
            .write::<_, _, AppError>("reindex", place, |tx, place| {
                Box::pin(async move { Ok(search::reindex(tx, place.place_id).await?) })
            })
            .await?;
        tracing::info!(place = %place.slug, indexed, "the search was made anew");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{RedactItem, redact_item};
    use crate::testing::Town;
    use shiji_domain::redaction::RedactionReason;

    async fn texts(town: &Town, query: &str) -> Vec<String> {
        let hits = items(&town.app, &town.place, query, &[], None).await.unwrap().hits;
        hits.into_iter().map(|hit| hit.row.fact.text).collect()
    }

    #[tokio::test]
    async fn both_engines_find_every_occurrence_of_two_characters_and_page_on() {
        for town in Town::each().await {
            town.publish_week(45).await;
            let directory = directory(&town.app, &town.place).await.unwrap();
            let all = directory.recent.values().flatten().filter(|item| item.text.contains("水表")).count();
            assert!(all > HITS_A_PAGE, "{all}");
            let (mut found, mut before) = (Vec::new(), None);
            loop {
                let page = items(&town.app, &town.place, "水表", &[], before).await.unwrap();
                found.extend(page.hits.into_iter().map(|hit| hit.row.fact.item));
                before = page.next;
                if before.is_none() {
                    break;
                }
            }
            let unique: HashSet<ItemId> = found.iter().copied().collect();
            assert_eq!((found.len(), unique.len()), (all, all));
            assert!(texts(&town, "表水").await.is_empty());
            assert!(texts(&town, "\" OR *:(").await.is_empty());
        }
    }

    #[tokio::test]
    async fn what_is_taken_away_cannot_be_found_any_more() {
        for town in Town::each().await {
            town.publish_week(3).await;
            let hit = items(&town.app, &town.place, "水表", &[], None).await.unwrap().hits.remove(0);
            let words = hit.row.fact.text.clone();
            assert!(texts(&town, &words).await.contains(&words));
            let clerk = town.act("党政办").await;
            let wanted = RedactItem { item: hit.row.fact.item, reason: RedactionReason::PersonalData };
            redact_item(&town.app, &clerk, wanted).await.unwrap();
            assert!(!texts(&town, "水表").await.contains(&words));
            let mut tx = town.app.store.read().await.unwrap();
            assert_eq!(search::indexed(&mut tx, town.place.place_id).await.unwrap(), 2);
        }
    }

    #[tokio::test]
    async fn a_town_from_before_the_search_can_be_searched() {
        for town in Town::each().await {
            town.publish_week(3).await;
            let place = town.place.place_id;
            town.app
                .store
                .write::<_, _, AppError>("forget", &place, |tx, place| {
                    Box::pin(async move { Ok(search::forget_all(tx, *place).await?) })
                })
                .await
                .unwrap();
            assert!(texts(&town, "水表").await.is_empty());
            index_if_missing(&town.app, &town.place).await.unwrap();
            assert_eq!(texts(&town, "水表").await.len(), 3);
        }
    }

    #[tokio::test]
    async fn whoever_does_the_work_is_named_with_why_and_what_they_did() {
        for town in Town::each().await {
            town.publish_week(3).await;
            let directory = directory(&town.app, &town.place).await.unwrap();
            let asked = directory.ask("水表坏了找谁");
            assert_eq!(asked.officials[0].person.name, "水务");
            assert!(!asked.officials[0].why.is_empty());
            assert!(!asked.officials[0].lately.is_empty());
            assert!(directory.ask("").officials.is_empty());
            assert!(directory.ask(&"水".repeat(100_000)).officials.len() <= directory.people.len());
        }
    }
}
