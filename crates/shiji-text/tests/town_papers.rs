//! Figures on a town's papers that lie beside the project; skipped where they are absent.

use std::path::PathBuf;

use serde_json::Value;
use shiji_text::split;

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
