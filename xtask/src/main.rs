//! What the project does to itself: install what tests need, test, measure. `cargo xtask` lists it.

mod bench;
mod browser_tests;
mod load;
mod needs;
mod postgres;
mod python;
mod running;
mod specification_tests;
mod step;
mod test;
mod workspace;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask setup          installs what the tests need and is missing
cargo xtask test           runs every test: format, lints, both databases, a real browser
cargo xtask e2e [PATTERN]  runs the browser tests; PATTERN picks files by name, or else tests by title
cargo xtask api            holds the read API against its specification (Schemathesis)
cargo xtask bench          measures the program, and the board page beside nginx";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments[..] {
        ["setup"] => needs::install_for_tests(),
        ["test"] => test::run(),
        ["e2e"] => test::run_browser_tests(None),
        ["e2e", pattern] => test::run_browser_tests(Some(pattern)),
        ["api"] => test::run_specification_tests(),
        ["bench"] => bench::run(),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(anyhow::anyhow!("no such command\n{USAGE}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
