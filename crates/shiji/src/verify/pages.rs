//! Holds the public pages against the log: each item of each issue has to read as its latest revision says, and the page of
//! each question has to tell all that happened to it, and nothing else.

use super::affairs;
use anyhow::{Context as _, Result};
use shiji_log::Peer;
use shiji_record::log::audit::{Finished, Latest, QuestionWords};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

#[derive(Default)]
pub struct Seen {
    pub issues: usize,
    pub items: usize,
    pub questions: usize,
    /// Projects, directives, difficulties, visits and minutes.
    pub affairs: usize,
    pub faults: Vec<String>,
}

pub async fn compare(
    peer: &Peer,
    site: &str,
    places: &BTreeMap<Uuid, String>,
    finished: &Finished,
) -> Result<Seen> {
    let mut seen = Seen::default();
    for (place, slug) in places {
        let latest: HashMap<&Uuid, &Latest> =
            finished.latest.iter().filter(|(_, item)| item.place.0 == *place).collect();
        let before = seen.issues;
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
            if logged != items.len() {
                seen.faults.push(format!(
                    "page of issue {number}: {} items instead of the {logged} in the log",
                    items.len()
                ));
            }
            number += 1;
        }
        let last = latest.values().map(|item| item.issue).max().unwrap_or(0);
        let found = i64::try_from(seen.issues - before).unwrap_or(i64::MAX);
        if found < last {
            seen.faults.push(format!("only {found} of {last} issues have a page"));
        }
    }
    questions(peer, site, places, &finished.questions, &mut seen).await?;
    affairs::compare(peer, site, places, finished, &mut seen).await?;
    Ok(seen)
}

async fn questions(
    peer: &Peer,
    site: &str,
    places: &BTreeMap<Uuid, String>,
    questions: &HashMap<Uuid, QuestionWords>,
    seen: &mut Seen,
) -> Result<()> {
    let mut sorted: Vec<(&Uuid, &QuestionWords)> = questions.iter().collect();
    sorted.sort_unstable_by_key(|(_, question)| question.index);
    for (id, question) in sorted {
        let number = question.number;
        let Some(slug) = places.get(&question.place.0) else {
            seen.faults.push(format!("question {number} belongs to a place that the log does not name"));
            continue;
        };
        let Some(page) = peer.get(&format!("{site}/{slug}/zh/question/{id}")).await? else {
            seen.faults.push(format!("question {number}, entry {} of the log, has no page", question.index));
            continue;
        };
        let page = String::from_utf8(page).with_context(|| format!("question {number} of {slug}"))?;
        seen.questions += 1;
        if let Some(what) = differs(&page, question) {
            seen.faults.push(format!("page of question {number}: {what}"));
        }
    }
    Ok(())
}

/// What the page of a question says otherwise than the log.
fn differs(page: &str, question: &QuestionWords) -> Option<&'static str> {
    if marked(page) != question.steps {
        return Some("other steps than the log has");
    }
    let mut rest = page.matches("<blockquote").count() + page.matches("<p class=\"note reason\"").count();
    for text in &question.texts {
        if !page.contains(&format!(">{}</", escaped(text))) {
            return Some("it does not read as the log says");
        }
        rest = rest.saturating_sub(1);
    }
    (rest > 0).then_some("it has words that the log does not have")
}

/// The steps that a page tells, in brief and in their order.
pub(super) fn marked(page: &str) -> Vec<&str> {
    const STEP: &str = "data-step=\"";
    page.match_indices(STEP).filter_map(|(at, _)| page[at + STEP.len()..].split('"').next()).collect()
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
pub(super) fn escaped(text: &str) -> String {
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
    use shiji_domain::id::PlaceId;

    fn wanted(text: &str) -> Latest {
        Latest {
            place: PlaceId(Uuid::nil()),
            index: 3,
            revision: 1,
            issue: 1,
            text: Some(text.into()),
            difficulty: None,
            links: Vec::new(),
        }
    }

    #[test]
    fn the_page_of_a_question_has_every_step_and_word_and_no_other() {
        let question = QuestionWords {
            place: PlaceId(Uuid::nil()),
            index: 3,
            number: 1,
            steps: vec!["2026-11-03 shown".into(), "2026-11-05 answered".into()],
            texts: vec!["水管\"坏\"了".into(), "已修好".into()],
        };
        let page = "<blockquote class=\"words\">水管&#34;坏&#34;了</blockquote><li data-step=\"2026-11-03 shown\"></li>\
                    <li data-step=\"2026-11-05 answered\"><blockquote>已修好</blockquote></li>";
        assert_eq!(differs(page, &question), None);
        assert!(differs(&page.replace("已修好", "正在修"), &question).is_some());
        assert!(differs(&page.replace("data-step=\"2026-11-03 shown\"", ""), &question).is_some());
        assert!(differs(&format!("{page}<blockquote>群众很满意</blockquote>"), &question).is_some());
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
