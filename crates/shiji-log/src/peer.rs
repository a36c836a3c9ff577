//! Other installations over HTTP: witnesses that are asked, logs that are read.

use reqwest::{Client, StatusCode};
use shiji_record::log::checkpoint::SignedCheckpoint;
use shiji_record::log::policy::Witness;
use shiji_record::log::witness::{AddCheckpoint, REQUEST_MOST, conflict_size, signature_lines};
use std::sync::Once;
use std::time::Duration;

/// Bytes of any answer that is read.
const ANSWER_MOST: usize = 64 * 1024 * 1024;
const TIMEOUT: Duration = Duration::from_secs(20);

#[derive(Debug, thiserror::Error)]
pub enum PeerError {
    #[error("{0}")]
    Network(#[from] reqwest::Error),
    #[error("{url} answered {status}")]
    Status { url: String, status: u16 },
    #[error("{0} answered more than is read")]
    Large(String),
    #[error(
        "the witness has seen {seen} entries of this log, which has {ours} here: another history was signed"
    )]
    Ahead { seen: u64, ours: u64 },
    #[error("the witness's answer is not a countersignature of its key on this checkpoint")]
    Answer,
}

/// One provider of cryptography for the whole program; the first to come installs it.
pub(crate) fn install_crypto() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Another part of the program may have installed one before.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

/// What a witness said.
#[derive(Debug, Clone, PartialEq)]
pub enum Word {
    /// It countersigned: its lines, verified.
    Cosigned(SignedCheckpoint),
    /// It countersigned this size last; the proof has to begin there.
    Last(u64),
}

/// Speaks to other installations.
#[derive(Debug, Clone)]
pub struct Peer {
    client: Client,
}

impl Peer {
    /// # Errors
    /// When the system's certificates cannot be used.
    pub fn new() -> Result<Peer, PeerError> {
        install_crypto();
        let client = Client::builder()
            .user_agent(concat!("shiji/", env!("CARGO_PKG_VERSION")))
            .timeout(TIMEOUT)
            .connect_timeout(Duration::from_secs(5))
            .redirect(reqwest::redirect::Policy::limited(3))
            .build()?;
        Ok(Peer { client })
    }

    /// Asks a witness to countersign (C2SP tlog-witness, `add-checkpoint`).
    ///
    /// # Errors
    /// When it cannot be reached, refuses, has seen more than we have, or answers something else.
    pub async fn add_checkpoint(
        &self,
        witness: &Witness,
        request: &AddCheckpoint,
    ) -> Result<Word, PeerError> {
        let prefix = witness.url.as_deref().unwrap_or_default().trim_end_matches('/');
        let url = format!("{prefix}/add-checkpoint");
        let response = self.client.post(&url).body(request.to_body()).send().await?;
        let status = response.status();
        let body = limited(response, &url, REQUEST_MOST).await?;
        let ours = request.checkpoint.checkpoint.size;
        match status {
            StatusCode::OK => {
                let mut signed = request.checkpoint.clone();
                for line in signature_lines(&body).map_err(|_| PeerError::Answer)? {
                    if line.name() == witness.key.name() && line.id() == witness.key.id() {
                        signed.add(line);
                    }
                }
                if signed.cosignature(&witness.key).is_some() {
                    Ok(Word::Cosigned(signed))
                } else {
                    Err(PeerError::Answer)
                }
            }
            StatusCode::CONFLICT => match conflict_size(&body) {
                Some(seen) if seen > ours => Err(PeerError::Ahead { seen, ours }),
                // The same size again means that the witness knows another root.
                Some(seen) if seen == request.old => Err(PeerError::Ahead { seen, ours }),
                Some(seen) => Ok(Word::Last(seen)),
                None => Err(PeerError::Answer),
            },
            status => Err(PeerError::Status { url, status: status.as_u16() }),
        }
    }

    /// The bytes at an address; `None` when there is nothing.
    ///
    /// # Errors
    /// When it cannot be reached, or answers with something else than 200 and 404.
    pub async fn get(&self, url: &str) -> Result<Option<Vec<u8>>, PeerError> {
        let response = self.client.get(url).send().await?;
        match response.status() {
            StatusCode::OK => limited(response, url, ANSWER_MOST).await.map(Some),
            StatusCode::NOT_FOUND => Ok(None),
            status => Err(PeerError::Status { url: url.to_owned(), status: status.as_u16() }),
        }
    }
}

/// Reads no more than `most` bytes, whatever the other side sends.
async fn limited(mut response: reqwest::Response, url: &str, most: usize) -> Result<Vec<u8>, PeerError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if bytes.len() + chunk.len() > most {
            return Err(PeerError::Large(url.to_owned()));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
