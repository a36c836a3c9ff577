//! Learns the weights of the check from data/training.tsv and writes data/weights.tsv. Run it from the crate's folder
//! after changing the lexicon, the features or the training lines: `cargo run --release --example train`.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

use shiji_text::features;

/// Character pairs seen in fewer lines than this say too little.
const FEWEST_LINES: usize = 2;
const ROUNDS: usize = 120;
const STEP: f32 = 0.12;
/// Pulls every weight towards nought, character pairs harder than classes: classes carry over to new lines.
const PULL_OF_CLASSES: f32 = 0.001;
const PULL_OF_PAIRS: f32 = 0.003;
/// How far away in the file a line's partners stand: among vague, partly and concrete lines alike.
const JOINING_STEPS: [usize; 2] = [97, 411];
/// Weights nearer to nought than this are left out of the table.
const SMALLEST: f32 = 0.03;

struct Line {
    /// Whether the line is vague, and whether it is concrete.
    targets: [f32; 2],
    features: Vec<(usize, f32)>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let training = std::fs::read_to_string(folder.join("training.tsv"))?;
    let rows: Vec<(&str, Vec<(String, f32)>)> = training
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut fields = line.split('\t').skip(1);
            Some((fields.next()?, features(fields.next()?)))
        })
        .collect();
    let names = frequent_names(&rows);
    let joined = joined_rows(&training);
    let rows: Vec<(&str, Vec<(String, f32)>)> = rows.into_iter().chain(joined).collect();
    let index: HashMap<&str, usize> =
        names.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
    let lines: Vec<Line> = rows
        .iter()
        .map(|(verdict, features)| Line {
            targets: [f32::from(u8::from(*verdict == "V")), f32::from(u8::from(*verdict == "C"))],
            features: features
                .iter()
                .filter_map(|(name, value)| Some((*index.get(name.as_str())?, *value)))
                .collect(),
        })
        .collect();
    let vague = learn(&lines, &names, 0);
    let concrete = learn(&lines, &names, 1);
    let mut table = String::from(
        "# Learned by examples/train.rs from training.tsv; do not edit by hand.\n# Columns: feature, weight for vague, weight for concrete.\n",
    );
    for (at, name) in names.iter().enumerate() {
        if vague[at].abs().max(concrete[at].abs()) >= SMALLEST {
            writeln!(table, "{name}\t{:.3}\t{:.3}", vague[at], concrete[at])?;
        }
    }
    std::fs::write(folder.join("weights.tsv"), table)?;
    println!("{} lines, {} features", lines.len(), names.len());
    Ok(())
}

/// Real items mix plain facts with set phrases. Every line is also joined with others, and the joined line is as
/// concrete as its more concrete half: one fact is not undone by the words around it.
fn joined_rows(training: &str) -> Vec<(&'static str, Vec<(String, f32)>)> {
    let lines: Vec<(&str, &str)> = training
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut fields = line.split('\t').skip(1);
            Some((fields.next()?, fields.next()?))
        })
        .collect();
    let mut joined = Vec::new();
    for (at, (verdict, text)) in lines.iter().enumerate() {
        for step in JOINING_STEPS {
            let (other, words) = lines[(at + step) % lines.len()];
            let verdict =
                ["C", "M", "V"].into_iter().find(|best| *best == *verdict || *best == other).unwrap_or("V");
            let (first, second) = if at % 2 == 0 { (*text, words) } else { (words, *text) };
            joined.push((verdict, features(&format!("{first}，{second}"))));
        }
    }
    joined
}

fn frequent_names(rows: &[(&str, Vec<(String, f32)>)]) -> Vec<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (_, features) in rows {
        let mut seen: Vec<&str> = features.iter().map(|(name, _)| name.as_str()).collect();
        seen.sort_unstable();
        seen.dedup();
        seen.into_iter().for_each(|name| *counts.entry(name).or_default() += 1);
    }
    let mut names: Vec<String> = counts
        .into_iter()
        .filter(|(_, count)| *count >= FEWEST_LINES)
        .map(|(name, _)| name.to_owned())
        .collect();
    names.sort();
    names
}

/// Logistic regression by gradient steps scaled per weight (AdaGrad), the lines in a fixed shuffled order.
fn learn(lines: &[Line], names: &[String], target: usize) -> Vec<f32> {
    let mut weights = vec![0f32; names.len()];
    let mut history = vec![1e-4f32; names.len()];
    let mut order: Vec<usize> = (0..lines.len()).collect();
    let mut dice = 88172645463325252u64;
    let mut roll = move || {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        dice
    };
    for _ in 0..ROUNDS {
        for at in (1..order.len()).rev() {
            order.swap(at, (roll() % (at as u64 + 1)) as usize);
        }
        for line in order.iter().map(|at| &lines[*at]) {
            let sum: f32 = line.features.iter().map(|(at, value)| weights[*at] * value).sum();
            let error = 1.0 / (1.0 + (-sum).exp()) - line.targets[target];
            for &(at, value) in &line.features {
                let pull = if names[at].starts_with('#') { PULL_OF_CLASSES } else { PULL_OF_PAIRS };
                let slope = error * value + pull * weights[at];
                history[at] += slope * slope;
                weights[at] -= STEP * slope / history[at].sqrt();
            }
        }
    }
    weights
}
