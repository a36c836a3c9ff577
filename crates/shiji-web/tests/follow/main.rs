//! Following the board as readers, their programs and robots meet it.

mod feeds;
mod hooks;
mod mail;
mod mail_server;
mod open_forms;
#[allow(dead_code, reason = "each test program uses its part of the town")]
#[path = "../published_town/mod.rs"]
mod published_town;
mod town;
