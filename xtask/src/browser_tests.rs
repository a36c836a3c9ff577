//! The tests in `e2e/`: Node's own test runner, a real browser, the real program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{step, workspace};

/// As the test runner counted them.
#[derive(Debug, PartialEq)]
pub struct Counts {
    pub passed: u32,
    pub failed: u32,
}

/// Runs the tests against `program`: all, or those of the files whose names contain `pattern`, or else those whose
/// titles match it. A run that executes no test is an error.
pub fn run(program: &Path, pattern: Option<&str>) -> Result<Counts> {
    let folder = workspace::browser_tests();
    let result = folder.join("output/result.tap");
    fs::create_dir_all(folder.join("output")).context("creating e2e/output")?;

    let mut node = Command::new("node");
    node.current_dir(&folder).env("SHIJI_BIN", program).env_remove("DATABASE_URL");
    node.args(["--test", "--test-reporter=spec", "--test-reporter-destination=stdout"]);
    node.arg("--test-reporter=tap").arg(format!("--test-reporter-destination={}", result.display()));
    let files = test_files(&folder)?;
    match pattern {
        None => node.args(files),
        Some(pattern) => match files_named(&files, pattern) {
            named if named.is_empty() => node.arg(format!("--test-name-pattern={pattern}")).args(files),
            named => node.args(named),
        },
    };
    step::run("browser tests", &mut node)?;

    let counts = read_counts(&fs::read_to_string(&result)?).context("the test runner left no counts")?;
    if counts.passed == 0 {
        bail!("step “browser tests” ran no test");
    }
    Ok(counts)
}

fn test_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.file_name().into()).collect();
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    files.sort();
    Ok(files)
}

fn files_named(files: &[PathBuf], pattern: &str) -> Vec<PathBuf> {
    files.iter().filter(|file| file.to_string_lossy().contains(pattern)).cloned().collect()
}

/// The counts at the end of a report in the Test Anything Protocol, as Node writes it.
fn read_counts(tap: &str) -> Option<Counts> {
    let count = |word: &str| -> Option<u32> {
        tap.lines().rev().find_map(|line| line.strip_prefix("# ")?.strip_prefix(word)?.trim().parse().ok())
    };
    Some(Counts { passed: count("pass ")?, failed: count("fail ")? + count("cancelled ")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_are_read_from_the_end_of_the_report() {
        let tap = "TAP version 13\n# pass 99\nok 1 - the board\n1..1\n# tests 7\n# suites 0\n# pass 5\n# fail 1\n\
                   # cancelled 1\n# skipped 0\n# todo 0\n# duration_ms 12.5\n";
        assert_eq!(read_counts(tap), Some(Counts { passed: 5, failed: 2 }));
    }

    #[test]
    fn a_report_that_was_cut_off_has_no_counts() {
        assert_eq!(read_counts("TAP version 13\nok 1 - the board\n"), None);
    }

    #[test]
    fn a_pattern_picks_files_by_a_part_of_their_name() {
        let files = [PathBuf::from("board.test.mjs"), PathBuf::from("desk.test.mjs")];
        assert_eq!(files_named(&files, "desk"), [PathBuf::from("desk.test.mjs")]);
        assert!(files_named(&files, "reads well").is_empty());
    }
}
