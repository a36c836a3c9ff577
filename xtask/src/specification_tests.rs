//! The read API held against its own specification: Schemathesis makes requests out of it, good ones and bad ones, and
//! looks at every answer.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::python::{self, Schemathesis};
use crate::running::{Folder, Server};
use crate::step;

/// What must hold of every answer.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,\
                      response_headers_conformance";

/// For each operation; enough to meet each rule of its parameters many times, in about a minute for all.
const EXAMPLES: u32 = 100;

/// The demo's town, whose specification has examples that it answers.
const SPECIFICATION: &str = "/chengwan/api/v1/openapi.json";

/// How it went.
pub enum Outcome {
    Passed,
    /// Why nothing was tried.
    Skipped(String),
}

/// Starts `program` with a small demo and runs Schemathesis against it; what it finds is an error.
pub fn run(program: &Path) -> Result<Outcome> {
    let schemathesis = match python::schemathesis()? {
        Schemathesis::Ready(program) => program,
        Schemathesis::Offline(why) => {
            println!("\n── specification tests skipped: {why}");
            return Ok(Outcome::Skipped(why));
        }
    };
    let folder = Folder::new("specification")?;
    let mut demo = Command::new(program);
    demo.arg("--data").arg(folder.path().join("demo")).args(["demo", "--porcelain", "--weeks", "6"]);
    demo.args(["--listen", "127.0.0.1:0"]).env_remove("DATABASE_URL");
    let (_server, address) = Server::start_demo(&mut demo)?;
    let mut command = schemathesis.command();
    command.current_dir(folder.path());
    command.args(["--no-color", "run", &format!("{address}{SPECIFICATION}"), "--url", &address]);
    command.args(["--checks", CHECKS, "--max-examples", &EXAMPLES.to_string()]);
    command.args(["--phases", "examples,coverage,fuzzing,stateful", "--seed", "20261123", "--workers", "2"]);
    command.args(["--warnings", "off", "--continue-on-failure"]);
    step::run("specification tests", &mut command)?;
    Ok(Outcome::Passed)
}
