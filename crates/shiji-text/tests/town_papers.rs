//! Figures on a town's papers that lie beside the project; skipped where they are absent.

use std::path::PathBuf;

use serde_json::Value;
use shiji_text::{evaluate, split};

fn shared(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("skipped: {name} is not there");
    }
    text
}

fn list(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn pasted_lists_are_divided_exactly() {
    let Some(pastes) = shared("town/pastes.jsonl") else { return };
    let (mut all, mut exact) = (0, 0);
    for line in pastes.lines() {
        let paste: Value = serde_json::from_str(line).unwrap();
        let found = split(paste["text"].as_str().unwrap());
        all += 1;
        if found.work == list(&paste["done"]) && found.plan == list(&paste["plan"]) {
            exact += 1;
        } else {
            println!("{}\n-- {:#?}", paste["text"].as_str().unwrap(), found);
        }
    }
    println!("whole lists exactly right: {exact} of {all}");
    assert!(exact * 100 >= all * 97);
}

#[test]
fn verdicts_on_lines_kept_away_from_training_agree_with_people() {
    let heldout = include_str!("../data/heldout.tsv");
    let report = evaluate(heldout.as_bytes(), &[]).unwrap();
    println!("held-out lines: vague F1 {:.3}", report.vague.f1);
    assert!(report.vague.f1 >= 0.9);
    assert!(report.concrete_called_vague <= 0.02);
}

#[test]
fn verdicts_on_real_lines_are_printed() {
    let Some(entries) = shared("entries.tsv") else { return };
    let report = evaluate(entries.as_bytes(), &["E", "F"]).unwrap();
    println!(
        "real lines: vague F1 {:.3}, concrete called vague {:.3}",
        report.vague.f1, report.concrete_called_vague
    );
    assert!(report.vague.f1 >= 0.75);
}
