//! The transparency log: an append-only Merkle tree (RFC 6962 section 2.1) in the files of C2SP tlog-tiles v0.1.0, with
//! checkpoints (tlog-checkpoint v1.0.0), countersignatures of witnesses (tlog-cosignature v1) and proofs.
//!
//! Architecture invariant: everything here is a pure function of bytes; files, clocks and networks are elsewhere.

pub mod audit;
pub mod bundle;
pub mod checkpoint;
pub mod cosignature;
pub mod key;
pub mod path;
pub mod policy;
pub mod proof;
pub mod tile_reader;
pub mod tree;
pub mod witness;

pub use tlog_tiles::Hash;
