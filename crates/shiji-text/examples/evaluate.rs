//! Prints the figures of the check on a file of judged lines: `cargo run --example evaluate FILE [even|odd] [misses]`.

use std::io::BufReader;

use shiji_text::evaluate_where;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let path = arguments.first().ok_or("name a file")?;
    let half = arguments.get(1).map_or("all", String::as_str);
    let file = BufReader::new(std::fs::File::open(path)?);
    let report = evaluate_where(file, &["E", "F"], |id| {
        let odd = id.ends_with(['1', '3', '5', '7', '9']);
        half == "all" || (half == "odd") == odd
    })?;
    for (name, score) in [("concrete", report.concrete), ("partly", report.partly), ("vague", report.vague)] {
        println!(
            "{name:9} P {:.3} R {:.3} F1 {:.3} ({} lines)",
            score.precision, score.recall, score.f1, score.lines
        );
    }
    for (group, score) in &report.groups {
        println!(
            "vague in {group:7} P {:.3} R {:.3} F1 {:.3} ({} lines)",
            score.precision, score.recall, score.f1, score.lines
        );
    }
    println!(
        "concrete called vague: {:.1} %; {} lines, {} left out",
        report.concrete_called_vague * 100.0,
        report.lines,
        report.skipped
    );
    if arguments.get(2).is_some() {
        for miss in &report.misses {
            println!("{:?} read as {:?}: {}", miss.expected, miss.found, miss.text);
        }
    }
    Ok(())
}
