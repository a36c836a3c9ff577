//! One command at a time, with its name before it and its time after it.

use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// Runs `command` to its end; anything but success is an error that names the step.
pub fn run(name: &str, command: &mut Command) -> Result<()> {
    println!("\n── {name}");
    let start = Instant::now();
    let status = command.stdin(Stdio::null()).status();
    let seconds = start.elapsed().as_secs_f64();
    let status = status
        .with_context(|| format!("step “{name}”: {} cannot be started", command.get_program().display()))?;
    if !status.success() {
        bail!("step “{name}” failed after {seconds:.1} s ({status})");
    }
    println!("── {name}: {seconds:.1} s");
    Ok(())
}
