//! Calls to webhooks, signed as Standard Webhooks 1.0.0 say. No call ever reaches a private address: names are resolved
//! here, and the connection goes to an address that was looked at, so nothing can change in between.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Url};
use sha2::Sha256;
use shiji_domain::hook::{is_public, is_success};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(10);
/// Bytes of an answer that are read; nothing in it is needed.
const ANSWER_MOST: usize = 4 * 1024;
/// Before the secret, as in Standard Webhooks.
pub const SECRET_PREFIX: &str = "whsec_";

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("not an address")]
    Unreadable,
    #[error("not https")]
    NotHttps,
    #[error("it carries a password or a fragment")]
    Credentials,
    #[error("it leads to a private address")]
    Private,
}

/// Why a call was not taken.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    #[error("{0}")]
    Again(String),
    #[error("{0}")]
    Never(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub url: String,
    /// The same for each attempt at one delivery.
    pub id: String,
    /// Seconds since 1970, of this attempt.
    pub timestamp: i64,
    pub body: String,
    pub secret: String,
    /// The other side says in its answer's `errcode` or `code` whether it took the call.
    pub answers_with_code: bool,
}

/// Calls webhooks.
#[derive(Debug, Clone, Default)]
pub struct HookCaller {
    /// Only tests call their own machine, which is then behind every name.
    loopback: bool,
}

impl HookCaller {
    #[cfg(feature = "testing")]
    pub fn that_may_call_this_machine() -> HookCaller {
        HookCaller { loopback: true }
    }

    fn may_reach(&self, address: IpAddr) -> bool {
        is_public(address) || (self.loopback && address.is_loopback())
    }

    /// Whether the address is one that can be called. A name is not resolved yet.
    ///
    /// # Errors
    /// Refuses what is not https, carries a password, or names a private address.
    pub fn check(&self, url: &str) -> Result<Url, AddressError> {
        let url: Url = url.parse().map_err(|_| AddressError::Unreadable)?;
        let plain_allowed = self.loopback && url.scheme() == "http";
        if url.scheme() != "https" && !plain_allowed {
            return Err(AddressError::NotHttps);
        }
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err(AddressError::Credentials);
        }
        let host = url.host_str().ok_or(AddressError::Unreadable)?;
        let literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        match literal {
            Ok(address) if !self.may_reach(address) => Err(AddressError::Private),
            Err(_) if is_local_name(host) && !self.loopback => Err(AddressError::Private),
            _ => Ok(url),
        }
    }

    fn client(&self) -> Result<Client, CallError> {
        crate::install_crypto();
        Client::builder()
            .user_agent(concat!("shiji/", env!("CARGO_PKG_VERSION")))
            .timeout(TIMEOUT)
            .connect_timeout(Duration::from_secs(5))
            .redirect(reqwest::redirect::Policy::none())
            // A proxy would resolve names by itself.
            .no_proxy()
            .pool_max_idle_per_host(0)
            .dns_resolver(Arc::new(Guarded(self.clone())))
            .build()
            .map_err(|error| CallError::Again(error.to_string()))
    }

    /// # Errors
    /// [`CallError::Again`] when another attempt may succeed; never for an address that may not be called or says 410.
    pub async fn call(&self, call: &Call) -> Result<(), CallError> {
        let url = self.check(&call.url).map_err(|error| CallError::Never(error.to_string()))?;
        let signature = sign(&call.secret, &call.id, call.timestamp, &call.body)
            .ok_or_else(|| CallError::Never("the secret cannot be read".into()))?;
        let sent = self
            .client()?
            .post(url)
            .header("content-type", "application/json")
            .header("webhook-id", &call.id)
            .header("webhook-timestamp", call.timestamp.to_string())
            .header("webhook-signature", signature)
            .body(call.body.clone())
            .send()
            .await;
        let mut answer = sent.map_err(|error| failed(&error))?;
        if answer.remote_addr().is_some_and(|address| !self.may_reach(address.ip())) {
            return Err(CallError::Never(AddressError::Private.to_string()));
        }
        let status = answer.status().as_u16();
        let mut read = Vec::new();
        while let Ok(Some(chunk)) = answer.chunk().await {
            read.extend_from_slice(&chunk);
            if read.len() > ANSWER_MOST {
                break;
            }
        }
        match status {
            status if is_success(status) => match code_of(&read).filter(|_| call.answers_with_code) {
                None | Some(0) => Ok(()),
                Some(code) => Err(CallError::Again(format!("it answered {status}, code {code}"))),
            },
            410 => Err(CallError::Never("it answered 410: gone".into())),
            status => Err(CallError::Again(format!("it answered {status}"))),
        }
    }
}

fn code_of(answer: &[u8]) -> Option<i64> {
    let answer: serde_json::Value = serde_json::from_slice(answer).ok()?;
    answer.get("errcode").or_else(|| answer.get("code")).and_then(serde_json::Value::as_i64)
}

/// Names that mean this machine or its own network whatever a resolver says.
fn is_local_name(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    host == "localhost"
        || [".localhost", ".local", ".internal", ".lan", ".home.arpa"].iter().any(|end| host.ends_with(end))
        || !host.contains('.')
}

fn failed(error: &reqwest::Error) -> CallError {
    let mut inner: Option<&dyn std::error::Error> = Some(error);
    let mut text = String::new();
    while let Some(cause) = inner {
        if cause.downcast_ref::<AddressError>().is_some() {
            return CallError::Never(cause.to_string());
        }
        text = cause.to_string();
        inner = cause.source();
    }
    // The innermost cause says what happened; the outer ones repeat the address.
    CallError::Again(if error.is_timeout() { "no answer in time".into() } else { text })
}

/// Gives a connection only addresses that may be reached.
struct Guarded(HookCaller);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let caller = self.0.clone();
        Box::pin(async move {
            if caller.loopback {
                // Tests call robots by the names that they are known by, and reach none of them.
                let here = SocketAddr::from((std::net::Ipv4Addr::LOCALHOST, 0));
                return Ok(Box::new(std::iter::once(here)) as Addrs);
            }
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed = reachable(&caller, found)?;
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// One private address among public ones is a trap, so all of them must be public.
fn reachable(
    caller: &HookCaller,
    found: impl Iterator<Item = SocketAddr>,
) -> Result<Vec<SocketAddr>, AddressError> {
    let found: Vec<SocketAddr> = found.collect();
    if found.iter().all(|address| caller.may_reach(address.ip())) {
        Ok(found)
    } else {
        Err(AddressError::Private)
    }
}

/// The value of `webhook-signature`: HMAC-SHA256 over id, timestamp and body.
pub fn sign(secret: &str, id: &str, timestamp: i64, body: &str) -> Option<String> {
    let key = STANDARD.decode(secret.strip_prefix(SECRET_PREFIX)?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

/// A secret for a new webhook out of random bytes.
pub fn secret_of(random: &[u8; 24]) -> String {
    format!("{SECRET_PREFIX}{}", STANDARD.encode(random))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_the_published_example() {
        // The example of the Standard Webhooks specification.
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let signed = sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}");
        assert_eq!(signed.as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
        assert_eq!(sign("other", "a", 1, "b"), None);
    }

    #[test]
    fn private_places_are_no_addresses() {
        let caller = HookCaller::default();
        for bad in [
            "https://127.0.0.1/x",
            "https://[::1]/x",
            "https://[::ffff:10.0.0.1]/x",
            "https://10.1.2.3/",
            "https://169.254.169.254/latest/meta-data",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://localhost/",
            "https://localhost./",
            "https://printer.local/",
            "https://intranet/",
        ] {
            assert_eq!(caller.check(bad), Err(AddressError::Private), "{bad}");
        }
        assert_eq!(caller.check("http://hooks.example.org/a"), Err(AddressError::NotHttps));
        assert_eq!(caller.check("file:///etc/passwd"), Err(AddressError::NotHttps));
        assert_eq!(caller.check("https://user:word@hooks.example.org/"), Err(AddressError::Credentials));
        assert_eq!(caller.check("nonsense"), Err(AddressError::Unreadable));
        assert!(caller.check("https://hooks.example.org/a?key=1").is_ok());
    }

    #[test]
    fn a_name_that_also_leads_inside_is_not_connected_to() {
        let caller = HookCaller::default();
        let both = ["203.0.114.1:443", "192.168.1.1:443"].map(|text| text.parse().unwrap());
        assert_eq!(reachable(&caller, both.into_iter()), Err(AddressError::Private));
        assert!(reachable(&caller, both.into_iter().take(1)).is_ok());
    }

    #[test]
    fn the_code_in_an_answer_is_read_and_anything_else_is_none() {
        assert_eq!(code_of(br#"{"errcode":93000,"errmsg":"invalid"}"#), Some(93_000));
        assert_eq!(code_of(br#"{"code":0,"msg":"success"}"#), Some(0));
        for none in ["", "ok", "[]", "{}", r#"{"errcode":"x"}"#] {
            assert_eq!(code_of(none.as_bytes()), None);
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_to_this_machine_is_never_called() {
        struct Inside;
        impl Resolve for Inside {
            fn resolve(&self, _: Name) -> Resolving {
                Box::pin(async {
                    let found = vec![SocketAddr::from(([127, 0, 0, 1], 9))];
                    let allowed = reachable(&HookCaller::default(), found.into_iter())?;
                    Ok(Box::new(allowed.into_iter()) as Addrs)
                })
            }
        }
        crate::install_crypto();
        let client = Client::builder().no_proxy().dns_resolver(Arc::new(Inside)).build().unwrap();
        let error = client.post("https://hooks.example.org/").send().await.unwrap_err();
        assert!(matches!(failed(&error), CallError::Never(_)), "{error:?}");
    }
}
