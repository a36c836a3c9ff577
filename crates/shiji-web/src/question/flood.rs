//! Against flooding, without hurting those who share a network: whoever asks much in a short time does a little work first.
//!
//! The work is a sum that the browser does by itself (Hashcash, in SHA-256), or, without script, a minute of patience. There
//! is no picture to read and nothing that a screen reader cannot pass. Networks are kept in memory only, and only as long as
//! they ask much.

use governor::clock::Clock;
use governor::nanos::Nanos;
use governor::{Quota, RateLimiter};
use sha2::{Digest as _, Sha256};
use shiji_app::App;
use shiji_domain::id::ItemId;
use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};

/// Questions, and looks with a code, that a network has free at once, and in an hour after that.
const FREE_AT_ONCE: NonZeroU32 = NonZeroU32::new(8).unwrap();
const FREE_IN_AN_HOUR: NonZeroU32 = NonZeroU32::new(30).unwrap();
/// Without work, by patience alone.
const PATIENT_IN_AN_HOUR: NonZeroU32 = NonZeroU32::new(30).unwrap();
const PATIENT_AT_ONCE: NonZeroU32 = NonZeroU32::new(4).unwrap();
/// Thanks of a network for one item that count at once, for a family or an office may share it, and in an hour after that.
const THANKS_AT_ONCE: NonZeroU32 = NonZeroU32::new(3).unwrap();
const THANKS_IN_AN_HOUR: NonZeroU32 = NonZeroU32::new(1).unwrap();
/// Of a network for all items.
const ALL_THANKS_AT_ONCE: NonZeroU32 = NonZeroU32::new(30).unwrap();
/// Whatever work it does, a network asks no more than this at once, and in an hour after that: a town's channel is for all.
const WORKED_AT_ONCE: NonZeroU32 = NonZeroU32::new(20).unwrap();
const WORKED_IN_AN_HOUR: NonZeroU32 = NonZeroU32::new(6).unwrap();
/// Letters asking for confirmation that a network sets off.
const LETTERS_AT_ONCE: NonZeroU32 = NonZeroU32::new(12).unwrap();
const LETTERS_IN_AN_HOUR: NonZeroU32 = NonZeroU32::new(6).unwrap();
/// Leading zero bits: some ten thousand tries, a second on an old phone.
pub const BITS: u32 = 14;
/// Milliseconds after which patience is enough.
pub const PATIENCE: i64 = 60_000;
/// Milliseconds for which a step can be used.
const STEP_LASTS: i64 = 60 * 60 * 1_000;
/// Used steps that are remembered.
const USED_MOST: usize = 10_000;

/// The clock that the program was given.
#[derive(Clone)]
struct AppClock(Arc<dyn shiji_app::Clock>);

impl Clock for AppClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let millis = u64::try_from(self.0.now().as_millisecond()).unwrap_or(0);
        Nanos::new(millis.saturating_mul(1_000_000))
    }
}

type Limiter<Of = Network> = RateLimiter<
    Of,
    governor::state::keyed::HashMapStateStore<Of>,
    AppClock,
    governor::middleware::NoOpMiddleware<<AppClock as Clock>::Instant>,
>;

/// An IPv4 address, or the first 64 bits of an IPv6 address: what one household or office has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Network(u64, bool);

impl Network {
    fn of(address: IpAddr) -> Network {
        match address.to_canonical() {
            IpAddr::V4(four) => Network(u64::from(u32::from(four)), false),
            IpAddr::V6(six) => Network((u128::from(six) >> 64) as u64, true),
        }
    }
}

pub struct Flood {
    free: Limiter,
    patient: Limiter,
    worked: Limiter,
    letters: Limiter,
    used: Mutex<HashMap<String, i64>>,
    thanks: Limiter<(Network, ItemId)>,
    all_thanks: Limiter,
}

/// What the reader does first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Goes back with the form.
    pub token: String,
    pub bits: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passage {
    Free,
    /// First some work or patience.
    Wait,
}

fn limiter<Of: Hash + Eq + Clone>(clock: &AppClock, burst: NonZeroU32, hourly: NonZeroU32) -> Limiter<Of> {
    let quota = Quota::per_hour(hourly).allow_burst(burst);
    RateLimiter::new(quota, governor::state::keyed::HashMapStateStore::default(), clock.clone())
}

impl Flood {
    pub fn new(app: &App) -> Flood {
        let clock = AppClock(app.clock.clone());
        Flood {
            free: limiter(&clock, FREE_AT_ONCE, FREE_IN_AN_HOUR),
            patient: limiter(&clock, PATIENT_AT_ONCE, PATIENT_IN_AN_HOUR),
            worked: limiter(&clock, WORKED_AT_ONCE, WORKED_IN_AN_HOUR),
            letters: limiter(&clock, LETTERS_AT_ONCE, LETTERS_IN_AN_HOUR),
            used: Mutex::new(HashMap::new()),
            thanks: limiter(&clock, THANKS_AT_ONCE, THANKS_IN_AN_HOUR),
            all_thanks: limiter(&clock, ALL_THANKS_AT_ONCE, FREE_IN_AN_HOUR),
        }
    }

    /// Whether thanks for an item count. Nobody is asked for work or patience: too many are simply not counted.
    pub fn may_thank(&self, address: Option<IpAddr>, item: ItemId) -> bool {
        let network = Network::of(address.unwrap_or(IpAddr::from([0, 0, 0, 0])));
        self.thanks.retain_recent();
        self.all_thanks.retain_recent();
        self.all_thanks.check_key(&network).is_ok() && self.thanks.check_key(&(network, item)).is_ok()
    }

    /// Whether a letter to a stranger may be asked for; without work or patience, since the page keeps what was typed.
    pub fn may_mail(&self, address: Option<IpAddr>) -> bool {
        let network = Network::of(address.unwrap_or(IpAddr::from([0, 0, 0, 0])));
        self.letters.retain_recent();
        self.letters.check_key(&network).is_ok()
    }

    /// Whether a request may pass, with the step it did, if it did one. `None` for an address that nobody knows.
    pub fn pass(&self, app: &App, address: Option<IpAddr>, token: &str, work: &str) -> Passage {
        let network = Network::of(address.unwrap_or(IpAddr::from([0, 0, 0, 0])));
        self.free.retain_recent();
        if token.is_empty() && self.free.check_key(&network).is_ok() {
            return Passage::Free;
        }
        let now = app.now();
        let Some(made_at) = made_at(app, token) else { return Passage::Wait };
        let age = now - made_at;
        if !(0..=STEP_LASTS).contains(&age) {
            return Passage::Wait;
        }
        self.worked.retain_recent();
        let has_worked = zero_bits(token, work) >= BITS && self.worked.check_key(&network).is_ok();
        let has_waited = age >= PATIENCE && self.patient.check_key(&network).is_ok();
        if (has_worked || has_waited) && self.use_once(token, now) { Passage::Free } else { Passage::Wait }
    }

    fn use_once(&self, token: &str, now: i64) -> bool {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.len() >= USED_MOST {
            used.retain(|_, at| now - *at < STEP_LASTS);
        }
        // Somebody works without end: until the hour is over, patience is the only way left.
        if used.len() >= USED_MOST {
            return false;
        }
        used.insert(token.to_owned(), now).is_none()
    }
}

/// A step for whoever has to do one; it proves its own time of making.
pub fn step(app: &App) -> Step {
    let made_at = app.now();
    let nonce: [u8; 8] = app.random();
    let nonce: String = nonce.iter().map(|byte| format!("{byte:02x}")).collect();
    let head = format!("{made_at}.{nonce}");
    let token = format!("{head}.{}", app.secrets.token("question-step", &head));
    Step { token, bits: BITS }
}

fn made_at(app: &App, token: &str) -> Option<i64> {
    let (head, proof) = token.rsplit_once('.')?;
    let expected = app.secrets.token("question-step", head);
    let same = expected.len() == proof.len()
        && expected.bytes().zip(proof.bytes()).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0;
    if same { head.split_once('.')?.0.parse().ok() } else { None }
}

/// Leading zero bits of SHA-256 over the token, a colon, and the work.
fn zero_bits(token: &str, work: &str) -> u32 {
    if work.is_empty() || work.len() > 20 {
        return 0;
    }
    let digest = Sha256::digest(format!("{token}:{work}").as_bytes());
    let mut bits = 0;
    for byte in digest {
        bits += byte.leading_zeros();
        if byte != 0 {
            break;
        }
    }
    bits
}

/// The first address that asked: what a proxy of one's own added last, else the connection's.
pub fn address_of(web: &crate::Web, headers: &axum::http::HeaderMap, peer: Option<IpAddr>) -> Option<IpAddr> {
    if !web.options.behind_proxy {
        return peer;
    }
    let forwarded =
        headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).next_back();
    forwarded.and_then(|value| value.rsplit(',').next()?.trim().parse().ok()).or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan as _;
    use shiji_app::testing::Town;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7));

    fn work(token: &str) -> String {
        (0..).map(|number: u64| number.to_string()).find(|work| zero_bits(token, work) >= BITS).unwrap()
    }

    #[tokio::test]
    async fn a_few_questions_are_free_and_then_the_browser_does_a_sum() {
        let town = Town::on_sqlite().await;
        let flood = Flood::new(&town.app);
        for _ in 0..FREE_AT_ONCE.get() {
            assert_eq!(flood.pass(&town.app, Some(HOME), "", ""), Passage::Free);
        }
        assert_eq!(flood.pass(&town.app, Some(HOME), "", ""), Passage::Wait);
        let other = IpAddr::from([192, 0, 2, 8]);
        assert_eq!(flood.pass(&town.app, Some(other), "", ""), Passage::Free, "the neighbour is not hurt");
        let step = step(&town.app);
        assert_eq!(flood.pass(&town.app, Some(HOME), &step.token, "0"), Passage::Wait);
        let done = work(&step.token);
        assert_eq!(flood.pass(&town.app, Some(HOME), &step.token, &done), Passage::Free);
        assert_eq!(flood.pass(&town.app, Some(HOME), &step.token, &done), Passage::Wait, "a sum counts once");
    }

    #[tokio::test]
    async fn without_script_a_minute_of_patience_is_enough_but_not_for_a_machine() {
        let town = Town::on_sqlite().await;
        let flood = Flood::new(&town.app);
        let steps: Vec<Step> = (0..40).map(|_| step(&town.app)).collect();
        assert_eq!(flood.pass(&town.app, Some(HOME), &steps[0].token, ""), Passage::Wait);
        town.pass(61.seconds());
        let passed =
            steps.iter().filter(|step| flood.pass(&town.app, Some(HOME), &step.token, "") == Passage::Free);
        assert_eq!(passed.count(), PATIENT_AT_ONCE.get() as usize);
    }

    #[tokio::test]
    async fn one_network_cannot_pump_up_the_thanks_for_an_item() {
        let town = Town::on_sqlite().await;
        let flood = Flood::new(&town.app);
        let (one, other): (ItemId, ItemId) = (town.app.new_id(), town.app.new_id());
        let counted = (0..100).filter(|_| flood.may_thank(Some(HOME), one)).count();
        assert_eq!(counted, THANKS_AT_ONCE.get() as usize);
        assert!(flood.may_thank(Some(IpAddr::from([192, 0, 2, 8])), one), "the neighbour is not hurt");
        assert!(!flood.may_thank(Some(HOME), other), "a network that went on pressing is asked to rest");
        town.pass(2.hours());
        assert!(flood.may_thank(Some(HOME), other));
    }

    #[tokio::test]
    async fn a_made_up_or_old_step_counts_for_nothing() {
        let town = Town::on_sqlite().await;
        let flood = Flood::new(&town.app);
        let step = step(&town.app);
        let forged = step.token.replacen('1', "2", 1);
        assert_eq!(flood.pass(&town.app, Some(HOME), &forged, &work(&forged)), Passage::Wait);
        for broken in ["..", "x", "1.2.3", "\0"] {
            assert_eq!(flood.pass(&town.app, Some(HOME), broken, "1"), Passage::Wait);
        }
        town.pass(2.hours());
        assert_eq!(flood.pass(&town.app, Some(HOME), &step.token, &work(&step.token)), Passage::Wait);
    }
}
