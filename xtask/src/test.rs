//! Everything that must hold before a change is taken.

use std::time::Instant;

use anyhow::Result;

use crate::browser_tests::{self, Counts};
use crate::postgres::Postgres;
use crate::specification_tests::{self, Outcome};
use crate::{needs, step, workspace};

pub fn run() -> Result<()> {
    let start = Instant::now();
    needs::install_for_tests()?;
    step::run("format", workspace::cargo().args(["fmt", "--all", "--check"]))?;
    step::run(
        "lints",
        workspace::cargo().args(["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]),
    )?;
    // One build for both kinds of tests: asked for apart, the program and its tests could get different features of
    // their dependencies and be compiled twice.
    step::run("build", workspace::cargo().args(["build", "--workspace", "--bins", "--tests"]))?;
    run_tests_on_both_databases()?;
    let specification = specification_tests::run(&workspace::program("debug")?)?;
    let counts = browser_tests::run(&workspace::program("debug")?, None)?;
    if let Outcome::Skipped(why) = specification {
        println!("\nspecification tests were SKIPPED: {why}");
    }
    close(start, counts);
    Ok(())
}

pub fn run_specification_tests() -> Result<()> {
    step::run("build", workspace::cargo().args(["build", "--package", "shiji"]))?;
    specification_tests::run(&workspace::program("debug")?).map(|_| ())
}

pub fn run_browser_tests(pattern: Option<&str>) -> Result<()> {
    let start = Instant::now();
    needs::install_for_tests()?;
    step::run("build", workspace::cargo().args(["build", "--package", "shiji"]))?;
    let counts = browser_tests::run(&workspace::program("debug")?, pattern)?;
    close(start, counts);
    Ok(())
}

fn run_tests_on_both_databases() -> Result<()> {
    let postgres = Postgres::start()?;
    step::run(
        "unit and contract tests",
        workspace::cargo()
            .args(["test", "--workspace", "--no-fail-fast"])
            .env("SHIJI_TEST_POSTGRES", postgres.url()),
    )
}

fn close(start: Instant, counts: Counts) {
    println!("\nall steps: {:.1} s; in the browser:", start.elapsed().as_secs_f64());
    println!("{} passed, {} failed", counts.passed, counts.failed);
}
