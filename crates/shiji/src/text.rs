//! `shiji text`: reading work items from the command line, a JSON line in, a JSON line out.

use anyhow::{Context as _, Result};
use clap::Subcommand;
use serde::Deserialize;
use std::io::{BufRead as _, BufWriter, Write as _};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct TextArguments {
    #[command(subcommand)]
    command: TextCommand,
}

#[derive(Subcommand)]
enum TextCommand {
    /// {"text": …} becomes {"work": […], "plan": […]}.
    Split,
    /// {"text": …, "kind": "work"|"plan"} becomes {"verdict": …, "findings": […]}.
    Check,
    /// Precision and recall per kind on a file of labelled lines.
    Evaluate {
        /// Tab-separated: id, kind, reader 1, reader 2, text.
        file: PathBuf,
        /// Kinds that do not count, such as E for model texts.
        #[arg(long, value_delimiter = ',')]
        leave_out: Vec<String>,
    },
    /// Precision and recall of the joint visits proposed for a file of plans.
    Overlap {
        /// Tab-separated lines: place, period, spot, plan, joint (see shiji-text/data/plans.tsv).
        file: PathBuf,
    },
}

#[derive(Deserialize)]
struct Line {
    text: String,
    #[serde(default)]
    kind: Option<shiji_text::Kind>,
}

pub fn run(arguments: TextArguments) -> Result<()> {
    match arguments.command {
        TextCommand::Split => each_line(|line| serde_json::to_value(shiji_text::split(&line.text))),
        TextCommand::Check => each_line(|line| {
            serde_json::to_value(shiji_text::check(&line.text, line.kind.unwrap_or(shiji_text::Kind::Work)))
        }),
        TextCommand::Evaluate { file, leave_out } => {
            let opened =
                std::fs::File::open(&file).with_context(|| format!("cannot open {}", file.display()))?;
            let kinds: Vec<&str> = leave_out.iter().map(String::as_str).collect();
            let report = shiji_text::evaluate(std::io::BufReader::new(opened), &kinds)?;
            println!("{}", serde_json::to_string_pretty(&report)?);
            Ok(())
        }
        TextCommand::Overlap { file } => {
            let plans =
                std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
            println!("{}", serde_json::to_string_pretty(&shiji_text::evaluate_overlaps(&plans)?)?);
            Ok(())
        }
    }
}

/// One output line for each input line, in order; a line that cannot be read becomes {"error": …} so that the order holds.
fn each_line(act: impl Fn(&Line) -> serde_json::Result<serde_json::Value>) -> Result<()> {
    let mut output = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line.context("standard input is not UTF-8")?;
        let result = match serde_json::from_str::<Line>(&line) {
            Ok(line) => act(&line)?,
            Err(error) => serde_json::json!({ "error": error.to_string() }),
        };
        writeln!(output, "{result}")?;
    }
    output.flush()?;
    Ok(())
}
