//! The log outside the database: its files in a folder or an object store, and its witnesses and copies over the network.
//!
//! Architecture invariant: what is put under an immutable name is never put there again with other bytes.

pub mod files;
pub mod peer;
pub mod source;

pub use files::{FilesError, LogFiles};
pub use peer::{Peer, PeerError};
