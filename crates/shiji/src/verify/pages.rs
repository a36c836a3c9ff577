//! Holds the public pages against the log: each item of each issue has to read as its latest revision says.

use anyhow::{Context as _, Result};
use shiji_log::Peer;
use shiji_record::log::audit::Latest;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

#[derive(Default)]
pub struct Seen {
    pub issues: usize,
    pub items: usize,
    pub faults: Vec<String>,
}

pub async fn compare(
    peer: &Peer,
    site: &str,
    places: &BTreeMap<Uuid, String>,
    latest: &HashMap<Uuid, Latest>,
) -> Result<Seen> {
    let mut seen = Seen::default();
    for slug in places.values() {
        let mut number = 1;
        while let Some(page) = peer.get(&format!("{site}/{slug}/zh/issue/{number}")).await? {
            let page = String::from_utf8(page).with_context(|| format!("issue {number} of {slug}"))?;
            let items = items_of(&page);
            seen.issues += 1;
            seen.items += items.len();
            for (id, text) in &items {
                match latest.get(id) {
                    None => seen.faults.push(format!("page of issue {number}: item {id} is not in the log")),
                    Some(wanted) if wanted.issue != number => {
                        seen.faults.push(format!(
                            "page of issue {number}: item {id} belongs to issue {}",
                            wanted.issue
                        ));
                    }
                    Some(wanted) if !says(text, wanted) => seen.faults.push(format!(
                        "page of issue {number}: item {id} does not read as entry {} of the log says",
                        wanted.index
                    )),
                    Some(_) => {}
                }
            }
            let logged = latest.values().filter(|item| item.issue == number).count();
            if places.len() == 1 && logged != items.len() {
                seen.faults.push(format!(
                    "page of issue {number}: {} items instead of the {logged} in the log",
                    items.len()
                ));
            }
            number += 1;
        }
    }
    let last = latest.values().map(|item| item.issue).max().unwrap_or(0);
    if places.len() == 1 && i64::try_from(seen.issues).unwrap_or(i64::MAX) < last {
        seen.faults.push(format!("only {} of {last} issues have a page", seen.issues));
    }
    Ok(seen)
}

/// Words that were taken away are empty in the record; what the page says in their place is its own.
fn says(page: &str, wanted: &Latest) -> bool {
    let text = wanted.text.as_deref().unwrap_or_default();
    page.contains(&format!(">{}<", escaped(text))) || text.is_empty() || page.contains(&escaped(text))
}

/// The items of an issue's page: each begins with its own anchor and ends where the next one begins.
fn items_of(page: &str) -> Vec<(Uuid, &str)> {
    const ANCHOR: &str = "id=\"i-";
    let mut items = Vec::new();
    for (at, _) in page.match_indices(ANCHOR) {
        let rest = &page[at + ANCHOR.len()..];
        let Some(id) = rest.get(..36).and_then(|id| Uuid::parse_str(id).ok()) else { continue };
        let end = rest.find("</li>").unwrap_or(rest.len());
        items.push((id, &rest[..end]));
    }
    items
}

/// As the templates write text into HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&#60;"),
            '>' => out.push_str("&#62;"),
            '&' => out.push_str("&#38;"),
            '"' => out.push_str("&#34;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(text: &str) -> Latest {
        Latest { index: 3, revision: 1, issue: 1, text: Some(text.into()) }
    }

    #[test]
    fn an_item_is_looked_for_within_its_own_lines() {
        let id = Uuid::from_u128(5);
        let page = format!("<li id=\"i-{id}\"><p>更换水表38只</p></li><li>更换水表99只</li>");
        let items = items_of(&page);
        assert_eq!(items.len(), 1);
        assert!(says(items[0].1, &wanted("更换水表38只")));
        assert!(!says(items[0].1, &wanted("更换水表99只")));
        assert!(says("<p>a &#60; b</p>", &wanted("a < b")));
    }
}
