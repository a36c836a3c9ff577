//! How often people open an item's page: counted in memory without a lock, taken away once a minute.
//!
//! What is counted is openings, not people. Nothing is known of a reader, so the same person counts each time.

use axum::http::{HeaderMap, Method, header};
use shiji_app::reading::Counted;
use shiji_domain::id::{ItemId, PlaceId};
use shiji_store::reading::Count;
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The sums of one item that have not been taken away yet.
#[derive(Default)]
pub struct Opened {
    readings: AtomicI64,
    thanks: AtomicI64,
}

impl Opened {
    pub fn read(&self) {
        self.readings.fetch_add(1, Ordering::Relaxed);
    }

    pub fn thank(&self) {
        self.thanks.fetch_add(1, Ordering::Relaxed);
    }
}

/// The items whose pages are kept or were opened; kept pages count on their own, so the lock is taken for new pages only.
#[derive(Default)]
pub struct Readings(Mutex<HashMap<(PlaceId, ItemId), Arc<Opened>>>);

impl Readings {
    pub fn of(&self, place: PlaceId, item: ItemId) -> Arc<Opened> {
        let mut items = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        items.entry((place, item)).or_default().clone()
    }

    /// Takes the sums away; items that no page counts for any more are forgotten.
    pub fn take(&self) -> Counted {
        let mut items = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut counted = Counted::new();
        items.retain(|(place, item), opened| {
            let has_page = Arc::strong_count(opened) > 1;
            let count = Count {
                readings: opened.readings.swap(0, Ordering::Relaxed),
                thanks: opened.thanks.swap(0, Ordering::Relaxed),
            };
            if count != Count::default() {
                counted.push((*place, *item, count));
            }
            has_page
        });
        counted
    }

    /// What could not be written down is counted the next time.
    pub fn put_back(&self, counted: Counted) {
        for (place, item, count) in counted {
            let opened = self.of(place, item);
            opened.readings.fetch_add(count.readings, Ordering::Relaxed);
            opened.thanks.fetch_add(count.thanks, Ordering::Relaxed);
        }
    }
}

/// How browsers of people begin to name themselves, those of old phones included; programs mostly use their own names.
const BROWSERS: [&str; 4] = ["mozilla/", "opera/", "ucweb/", "nokia"];
/// Words in the names of robots that begin like browsers.
const ROBOTS: [&str; 11] = [
    "bot",
    "spider",
    "crawl",
    "slurp",
    "headless",
    "preview",
    "monitor",
    "externalhit",
    "lighthouse",
    "scan",
    "archiver",
];

/// Whether a person opens the page: neither a robot, as far as it says so, nor a browser that fetches ahead.
pub fn is_person(method: &Method, headers: &HeaderMap) -> bool {
    if method != Method::GET {
        return false;
    }
    let ahead = ["sec-purpose", "purpose", "x-moz"].iter().any(|name| {
        headers.get(*name).is_some_and(|value| value.as_bytes().windows(8).any(|part| part == b"prefetch"))
    });
    let Some(agent) = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()) else {
        return false;
    };
    // A maker of phones has a name that ends like a robot's.
    let agent = agent.to_ascii_lowercase().replace("cubot", "");
    !ahead
        && BROWSERS.iter().any(|begin| agent.starts_with(begin))
        && !ROBOTS.iter().any(|word| agent.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};
    use uuid::Uuid;

    const PHONE: &str =
        "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) Mobile MicroMessenger/8.0";

    fn person(method: &Method, agent: &str, ahead: Option<(&'static str, &'static str)>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::USER_AGENT, HeaderValue::from_str(agent).unwrap());
        if let Some((name, value)) = ahead {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        is_person(method, &headers)
    }

    #[test]
    fn people_are_told_from_robots_and_from_browsers_that_fetch_ahead() {
        assert!(person(&Method::GET, PHONE, None));
        assert!(person(&Method::GET, "Mozilla/5.0 (Linux; Android 9; CUBOT_X19) Mobile", None));
        assert!(person(&Method::GET, "NokiaC3-00/5.0 (08.63) Profile/MIDP-2.1", None));
        assert!(!person(&Method::HEAD, PHONE, None));
        assert!(!person(&Method::GET, PHONE, Some(("sec-purpose", "prefetch;prerender"))));
        assert!(!person(&Method::GET, PHONE, Some(("purpose", "prefetch"))));
        for robot in [
            "Mozilla/5.0 (compatible; Baiduspider/2.0)",
            "Mozilla/5.0 (compatible; bingbot/2.0)",
            "curl/8.5.0",
            "python-requests/2.32",
            "Go-http-client/1.1",
            "",
        ] {
            assert!(!person(&Method::GET, robot, None), "{robot}");
        }
        assert!(!is_person(&Method::GET, &HeaderMap::new()));
    }

    #[test]
    fn nothing_is_counted_twice_or_lost_and_nothing_old_is_remembered() {
        let readings = Readings::default();
        let (place, item) = (PlaceId(Uuid::from_u128(1)), ItemId(Uuid::from_u128(2)));
        let page = readings.of(place, item);
        std::thread::scope(|threads| {
            for _ in 0..4 {
                threads.spawn(|| (0..1_000).for_each(|_| page.read()));
            }
        });
        page.thank();
        let counted = readings.take();
        assert_eq!(counted, vec![(place, item, Count { readings: 4_000, thanks: 1 })]);
        assert!(readings.take().is_empty());
        drop(page);
        readings.put_back(counted);
        assert_eq!(readings.take().len(), 1);
        assert!(readings.0.lock().unwrap().is_empty(), "no page counts for it any more");
    }
}
