//! Prints a year of the invented town for reading: `cargo run --release -p shiji-demo --example read_a_year [SEED]`.

use jiff::Span;
use jiff::civil::date;
use shiji_demo::{Report, WeekSpec, town, weeks};

fn main() {
    let seed = std::env::args().nth(1).and_then(|seed| seed.parse().ok()).unwrap_or(7);
    let monday = date(2025, 11, 24);
    let periods: Vec<WeekSpec> = (0..53)
        .map(|week| {
            let starts_on = monday.saturating_add(Span::new().days(7 * week));
            WeekSpec { starts_on, ends_on: starts_on.saturating_add(Span::new().days(6)) }
        })
        .collect();
    let begun = std::time::Instant::now();
    let town = town(seed, &periods);
    let weeks = weeks(&town, seed, &periods);
    eprintln!("{} weeks in {} ms", weeks.len(), begun.elapsed().as_millis());
    for (week, period) in weeks.iter().zip(&periods) {
        for report in &week.reports {
            let person = &town.people[report.person];
            let unit = &town.units[person.unit_on(period.ends_on)];
            println!("# {} {} {} {:?}", period.ends_on, unit.name, person.posts[0], report.state);
            print_report(report);
        }
    }
}

fn print_report(report: &Report) {
    for answer in &report.answers {
        let reason = answer.reason.as_deref().unwrap_or_default();
        println!("  A {} {:?} {reason} {:?}", answer.plan, answer.outcome, answer.work);
    }
    for line in &report.work {
        println!(
            "  W {} {}",
            line.text,
            line.difficulty.as_ref().map(|why| format!("!! {why}")).unwrap_or_default()
        );
    }
    for line in &report.plan {
        println!("  P {} @{}", line.text, line.due_on.map(|day| day.to_string()).unwrap_or_default());
    }
    if let Some(returned) = &report.returned {
        println!("  B {} {} ({})", returned.item, returned.before, returned.reason);
    }
}
