//! Holds what a site shows of projects, directives, difficulties, visits and minutes against the log: its open data have to be the
//! documents that the records make, field by field, and the pages have to have all their words.

use super::pages::{Seen, escaped, marked};
use anyhow::{Context as _, Result};
use serde_json::Value;
use shiji_app::open_data::affair_document::{Difficulty, Directive, Minutes, Project, Visit};
use shiji_app::open_data::{AffairDocument, AffairSource, LogIndexes, PublishedAffair};
use shiji_domain::id::ItemId;
use shiji_log::Peer;
use shiji_record::affair::{Affair, in_brief};
use shiji_record::fact::Kind;
use shiji_record::log::audit::{Finished, LoggedAffair};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// One that is shown where.
struct Site<'a> {
    peer: &'a Peer,
    site: &'a str,
    finished: &'a Finished,
    /// Items that belong to something, in their order.
    linked: HashMap<Uuid, Vec<ItemId>>,
}

pub async fn compare(
    peer: &Peer,
    site: &str,
    places: &BTreeMap<Uuid, String>,
    finished: &Finished,
    seen: &mut Seen,
) -> Result<()> {
    let site = Site { peer, site, finished, linked: linked(finished) };
    for (place, slug) in places {
        site.kind::<Project>(*place, slug, "projects", seen).await?;
        site.kind::<Directive>(*place, slug, "directives", seen).await?;
        site.kind::<Difficulty>(*place, slug, "difficulties", seen).await?;
        site.kind::<Visit>(*place, slug, "visits", seen).await?;
        site.kind::<Minutes>(*place, slug, "minutes", seen).await?;
    }
    Ok(())
}

fn linked(finished: &Finished) -> HashMap<Uuid, Vec<ItemId>> {
    let mut linked: HashMap<Uuid, Vec<ItemId>> = HashMap::new();
    for (item, latest) in &finished.latest {
        for link in &latest.links {
            linked.entry(link.subject).or_default().push(ItemId(*item));
        }
    }
    linked.values_mut().for_each(|items| items.sort_unstable());
    linked
}

impl Site<'_> {
    async fn kind<T: AffairDocument>(
        &self,
        place: Uuid,
        slug: &str,
        list: &str,
        seen: &mut Seen,
    ) -> Result<()> {
        let is_of_kind = |one: &LoggedAffair| {
            one.place.0 == place && one.rows.first().is_some_and(|row| row.affair.kind() == T::KIND)
        };
        let logged = self.finished.affairs.iter().filter(|(_, one)| is_of_kind(one));
        let mut logged: Vec<(&Uuid, &LoggedAffair)> = logged.collect();
        logged.sort_unstable_by_key(|(_, one)| one.indexes.first());
        for (id, one) in &logged {
            seen.affairs += 1;
            if let Some(fault) = self.one::<T>(slug, list, **id, one).await? {
                seen.faults.push(format!("{}: {fault}", named(one)));
            }
        }
        let known: HashSet<&Uuid> = logged.iter().map(|(id, _)| *id).collect();
        for id in self.listed(slug, list).await? {
            if !known.contains(&id) {
                seen.faults.push(format!("list of {list}: {id} is not in the log"));
            }
        }
        Ok(())
    }

    /// What is shown of one of them otherwise than the log says.
    async fn one<T: AffairDocument>(
        &self,
        slug: &str,
        list: &str,
        id: Uuid,
        logged: &LoggedAffair,
    ) -> Result<Option<String>> {
        let entry = logged.indexes.first().copied().unwrap_or_default();
        let address = format!("{}/{slug}/api/v1/{list}/{id}", self.site);
        let Some(bytes) = self.peer.get(&address).await? else {
            return Ok(Some(format!("entry {entry} of the log is not shown")));
        };
        let shown: Value = serde_json::from_slice(&bytes).with_context(|| address.clone())?;
        let Some(wanted) = self.wanted::<T>(slug, logged, &shown)? else {
            return Ok(Some(format!("entry {entry} of the log is no beginning")));
        };
        if let Some(what) = differs(&shown, &wanted) {
            return Ok(Some(what.to_owned()));
        }
        // The page of a visit is that of its place, with the visits of one year.
        let page = wanted["page"].as_str().filter(|_| T::KIND != Kind::Visit);
        let Some(page) = page else { return Ok(None) };
        let Some(bytes) = self.peer.get(&format!("{}{page}", self.site)).await? else {
            return Ok(Some(format!("entry {entry} of the log has no page")));
        };
        let html = String::from_utf8(bytes).with_context(|| page.to_owned())?;
        Ok(page_differs(&html, T::KIND, &wanted).map(str::to_owned))
    }

    /// The document that the records make, for the day of the one that is shown.
    fn wanted<T: AffairDocument>(
        &self,
        slug: &str,
        logged: &LoggedAffair,
        shown: &Value,
    ) -> Result<Option<Value>> {
        let commitments = logged.rows.iter().map(|row| row.commitment.clone());
        let log: LogIndexes = commitments.zip(logged.indexes.iter().copied()).collect();
        let published =
            PublishedAffair { rows: logged.rows.clone(), items: self.items(logged), told: self.told(logged) };
        let today = shown["standing"]["on"].as_str().and_then(|day| day.parse().ok());
        let source = AffairSource { slug, published: &published, log: &log, today };
        Ok(T::of(&source).map(serde_json::to_value).transpose()?)
    }

    /// Items that belong to it, or to its milestones, in their order.
    fn items(&self, logged: &LoggedAffair) -> Vec<(Uuid, ItemId)> {
        let mut subjects: Vec<Uuid> = Vec::new();
        let mut own = None;
        for row in &logged.rows {
            match &row.affair {
                Affair::Project(fact) => subjects.extend(fact.baseline.iter().map(|line| line.milestone.0)),
                Affair::ProjectStep(fact) => subjects.extend(fact.milestone.map(|id| id.0)),
                Affair::Difficulty(fact) => own = Some((fact.difficulty.0, fact.item)),
                other => subjects.push(other.subject()),
            }
        }
        subjects.sort_unstable();
        subjects.dedup();
        let of = |subject: &Uuid| self.linked.get(subject).cloned().unwrap_or_default();
        let mut items: Vec<(Uuid, ItemId)> = subjects
            .iter()
            .flat_map(|subject| of(subject).into_iter().map(|item| (*subject, item)))
            .collect();
        items.sort_unstable_by_key(|(subject, item)| (*item, *subject));
        items.extend(own);
        items
    }

    /// A difficulty in its item's words.
    fn told(&self, logged: &LoggedAffair) -> Option<String> {
        let Some(Affair::Difficulty(fact)) = logged.rows.first().map(|row| &row.affair) else { return None };
        self.finished.latest.get(&fact.item.0).and_then(|item| item.difficulty.clone())
    }

    /// Identifiers in a list, to its end.
    async fn listed(&self, slug: &str, list: &str) -> Result<Vec<Uuid>> {
        let mut address = Some(format!("/{slug}/api/v1/{list}?limit=500"));
        let mut found = Vec::new();
        while let Some(page) = address.take() {
            let Some(bytes) = self.peer.get(&format!("{}{page}", self.site)).await? else { break };
            let page: Value = serde_json::from_slice(&bytes).with_context(|| page.clone())?;
            let ids = page["data"].as_array().into_iter().flatten();
            let before = found.len();
            found.extend(ids.filter_map(|one| one["id"].as_str()?.parse::<Uuid>().ok()));
            // A page without anything on it leads nowhere.
            address = page["next"].as_str().filter(|_| found.len() > before).map(str::to_owned);
        }
        Ok(found)
    }
}

/// As its readers know it.
fn named(logged: &LoggedAffair) -> String {
    match logged.rows.first().map(|row| &row.affair) {
        Some(Affair::Project(fact)) => format!("project {}", fact.project),
        Some(Affair::Directive(fact)) => format!("directive {}", fact.number),
        Some(Affair::Difficulty(fact)) => format!("difficulty {}", fact.difficulty),
        Some(Affair::Visit(fact)) => format!("visit {}", fact.visit),
        Some(Affair::Minutes(fact)) => format!("minutes of issue {}", fact.number),
        other => format!("{:?}", other.map(Affair::kind)),
    }
}

/// What a document says otherwise than the one that the log makes.
fn differs(shown: &Value, wanted: &Value) -> Option<&'static str> {
    if shown == wanted {
        return None;
    }
    let briefly = |document: &Value| -> Vec<(Value, Value, Value)> {
        let steps = document["steps"].as_array().into_iter().flatten();
        steps.map(|step| (step["revision"].clone(), step["on"].clone(), step["step"].clone())).collect()
    };
    if briefly(shown) != briefly(wanted) {
        return Some("other steps than the log has");
    }
    let other = |fields: &[&str]| fields.iter().any(|field| shown[field] != wanted[field]);
    Some(if other(&["people"]) {
        "other people than the log has"
    } else if other(&["items"]) {
        "other items than the log has"
    } else if days(shown) != days(wanted) {
        "other days than the log has"
    } else if other(&["records"]) {
        "other records than the log has"
    } else {
        "it does not read as the log says"
    })
}

/// What the public page says otherwise than the document that the log makes.
fn page_differs(html: &str, kind: Kind, wanted: &Value) -> Option<&'static str> {
    let steps = wanted["steps"].as_array().into_iter().flatten();
    let brief = steps.filter_map(|step| {
        let on = step["on"].as_str()?.parse().ok()?;
        Some(in_brief(on, step["step"].as_str()?))
    });
    let (brief, told): (Vec<String>, _) = (brief.collect(), marked(html));
    // The page of a project tells its steps by milestone, and the latest of them twice.
    let is_told = if kind == Kind::Project {
        brief.iter().map(String::as_str).collect::<HashSet<_>>() == told.iter().copied().collect()
    } else {
        brief == told
    };
    if !is_told {
        return Some("its page has other steps than the log has");
    }
    let mut words = Vec::new();
    collect(wanted, &mut words);
    let is_missing = |words: &&str| !html.contains(&escaped(words));
    words.iter().any(is_missing).then_some("its page does not read as the log says")
}

/// Every day in a document, in order.
fn days(document: &Value) -> Vec<&str> {
    match document {
        Value::String(text) if text.parse::<jiff::civil::Date>().is_ok() => vec![text],
        Value::Array(all) => all.iter().flat_map(days).collect(),
        Value::Object(fields) => fields.values().flat_map(days).collect(),
        _ => Vec::new(),
    }
}

/// The words that the page has to have: not what a project was called to be for before it was described anew.
fn collect<'a>(document: &'a Value, words: &mut Vec<&'a str>) {
    const WORDS: [&str; 9] =
        ["text", "name", "aim", "money", "site", "source_text", "decisions", "units", "reason"];
    let Value::Object(fields) = document else { return };
    for (name, value) in fields {
        match value {
            Value::String(text) if WORDS.contains(&name.as_str()) => words.push(text),
            Value::Array(all) if WORDS.contains(&name.as_str()) => {
                words.extend(all.iter().filter_map(Value::as_str));
            }
            Value::Array(all) if name == "steps" => {
                words.extend(all.iter().filter_map(|step| step["text"].as_str()));
            }
            Value::Array(all) => all.iter().for_each(|one| collect(one, words)),
            Value::Object(_) => collect(value, words),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shiji_app::open_data::affair_example;

    fn shown() -> Value {
        serde_json::to_value(affair_example::directive().unwrap()).unwrap()
    }

    #[test]
    fn what_is_shown_otherwise_is_told_by_its_kind() {
        assert_eq!(differs(&shown(), &shown()), None);
        let altered = |alter: fn(&mut Value)| {
            let mut other = shown();
            alter(&mut other);
            differs(&other, &shown()).unwrap_or_default()
        };
        assert!(altered(|one| one["text"] = "已办好".into()).contains("read"));
        assert!(altered(|one| one["due_on"] = "2027-01-01".into()).contains("days"));
        assert!(altered(|one| one["people"][1]["name"] = "别人".into()).contains("people"));
        assert!(altered(|one| one["steps"].as_array_mut().unwrap().swap(0, 1)).contains("steps"));
        assert!(altered(|one| one["steps"].as_array_mut().unwrap().truncate(1)).contains("steps"));
        assert!(altered(|one| one["items"] = Value::Array(Vec::new())).contains("items"));
        assert!(altered(|one| one["records"][0]["log_index"] = 7.into()).contains("records"));
    }

    #[test]
    fn a_page_has_every_step_in_its_order_and_no_other_and_all_words() {
        let wanted = shown();
        let mut words = Vec::new();
        collect(&wanted, &mut words);
        let told: String = words.iter().map(|words| format!("<p>{}</p>", escaped(words))).collect();
        let step = |brief: &str| format!("<li data-step=\"{brief}\">");
        let page = step("2026-11-06 accepted") + &step("2026-11-13 step_done") + &told;
        let differs = |page: &str| page_differs(page, Kind::Directive, &wanted);
        assert_eq!(differs(&page), None);
        assert!(differs(&page.replace("陈守成", "别人")).unwrap().contains("read"));
        assert!(differs(&format!("{page}{}", step("2026-11-14 closed"))).unwrap().contains("steps"));
        assert!(differs(&page.replace("data-step=\"2026-11-06 accepted\"", "")).unwrap().contains("steps"));
    }

    #[test]
    fn every_word_of_a_document_is_looked_for_on_its_page() {
        let project = serde_json::to_value(affair_example::project().unwrap()).unwrap();
        let mut words = Vec::new();
        collect(&project, &mut words);
        for wanted in ["农村饮水安全工程", "主管网铺设", "雨季延长，管沟塌方", "赵志远", "3200万元", "水务所"]
        {
            assert!(words.contains(&wanted), "{wanted}: {words:?}");
        }
    }
}
