//! The timetable as a drawing: places in thousandths become per cent, so that it fits every width with type as large as the
//! reader has it.

use super::view::now;
use crate::frame::Texts;
use crate::frame::text::Language;
use jiff::civil::Date;
use shiji_domain::id::MilestoneId;
use shiji_domain::project::Project;
use shiji_domain::timetable::{Bar, BarKind, Month, Timetable};

/// Characters of a name in the drawing; the table beside it has all of them.
const NAME_MOST: usize = 12;
/// Tenths of an em from one bar to the next, and above the first.
const ROW: i64 = 32;
const HEAD: i64 = 20;

/// Everything that the template writes into the drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    pub height: String,
    pub months: Vec<MonthMark>,
    pub rows: Vec<Row>,
    pub today: Option<TodayMark>,
    /// Where the lines of months and of today end.
    pub foot: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthMark {
    pub x: String,
    pub label: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TodayMark {
    pub x: String,
    /// Which end of its word stands at the line.
    pub anchor: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub milestone: MilestoneId,
    pub name: String,
    /// When it was reached, or is expected.
    pub now: String,
    pub kind: &'static str,
    pub label_y: String,
    pub bar_y: String,
    pub mark_y: String,
    pub x: String,
    pub width: String,
    /// The part of the bar behind the promised day: where it begins, and how long it is.
    pub late: Option<(String, String)>,
    /// Solid, be it late.
    pub is_reached: bool,
    pub promised: String,
}

fn percent(place: i64) -> String {
    format!("{}.{}%", place / 10, place % 10)
}

fn em(tenths: i64) -> String {
    format!("{}.{}em", tenths / 10, tenths % 10)
}

pub fn drawing(t: Texts, project: &Project, timetable: &Timetable, today: Date) -> Drawing {
    let rows: Vec<Row> = (0..)
        .zip(&timetable.bars)
        .filter_map(|(at, bar)| {
            let one = project.milestone(bar.milestone)?;
            let near = |day: &Date| if day.year() == today.year() { t.short_day(day) } else { t.day(day) };
            let named = (short(&one.name), now(t, one, today, near));
            Some(row(bar, named, HEAD + ROW * at))
        })
        .collect();
    let foot = HEAD + ROW * i64::try_from(rows.len()).unwrap_or(0);
    let months = rule_of_months(timetable)
        .map(|(month, is_first)| MonthMark {
            x: percent(month.at),
            label: month.labelled.then(|| month_name(t, month.first, is_first)),
        })
        .collect();
    let anchor = |at: i64| match at {
        ..=100 => "start",
        900.. => "end",
        _ => "middle",
    };
    Drawing {
        height: em(foot + 14),
        months,
        rows,
        today: timetable.today.map(|at| TodayMark { x: percent(at), anchor: anchor(at) }),
        foot: em(foot),
    }
}

/// The months of the drawing, and whether each is the first of its year that has a label.
pub fn rule_of_months(timetable: &Timetable) -> impl Iterator<Item = (&Month, bool)> {
    let mut year = None;
    timetable.months.iter().map(move |month| {
        let begins = month.labelled && year != Some(month.first.year());
        if month.labelled {
            year = Some(month.first.year());
        }
        (month, begins)
    })
}

fn row(bar: &Bar, (name, now): (String, String), top: i64) -> Row {
    let is_late = bar.kind == BarKind::Late || bar.kind == BarKind::Reached && bar.to > bar.promised;
    let late_from = bar.promised.max(bar.from);
    // What lies after the promised day is drawn as such, whether it is reached or not.
    let (end, late) = match is_late && bar.to > late_from {
        true => (late_from, Some((percent(late_from), percent(bar.to - late_from)))),
        false => (bar.to, None),
    };
    Row {
        milestone: bar.milestone,
        name,
        now,
        // The part before the promised day is not what is late.
        kind: if bar.kind == BarKind::Late && end > bar.from { BarKind::Coming } else { bar.kind }.code(),
        label_y: em(top + 10),
        bar_y: em(top + 15),
        mark_y: em(top + 13),
        x: percent(bar.from),
        width: percent(end - bar.from),
        late,
        is_reached: bar.kind == BarKind::Reached,
        promised: percent((bar.promised - 2).max(0)),
    }
}

fn short(name: &str) -> String {
    if name.chars().count() <= NAME_MOST {
        return name.to_owned();
    }
    name.chars().take(NAME_MOST - 1).chain(['…']).collect()
}

/// With its year where that begins, and in January.
pub fn month_name(t: Texts, first: Date, is_first: bool) -> String {
    let (year, month) = (first.year(), first.month());
    match (t.language, is_first || month == 1) {
        (Language::Zh, true) => format!("{year}.{month}"),
        (Language::Zh, false) => format!("{month}月"),
        (Language::En, true) => format!("{year}-{month:02}"),
        (Language::En, false) => t.get(format!("month-{month}")).chars().take(3).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use shiji_domain::project::Milestone;
    use shiji_domain::timetable::timetable;
    use uuid::Uuid;

    fn drawn() -> Drawing {
        let milestone = |number: u128, name: &str, month| {
            Milestone::promised(Uuid::from_u128(number).into(), name.into(), date(2026, month, 28))
        };
        let names = ["招标", "主管网铺设、水厂设备安装和调试全部完成", "通水"];
        let milestones = (1..)
            .zip(names)
            .map(|(number, name)| milestone(number, name, i8::try_from(number).unwrap_or(1) * 3));
        let mut project = Project::planned(None, milestones.collect()).unwrap();
        let today = date(2026, 5, 1);
        project.shift(Uuid::from_u128(2).into(), date(2026, 8, 1), today).unwrap();
        let t = Texts { language: Language::Zh };
        drawing(t, &project, &timetable(&project, None, today), today)
    }

    #[test]
    fn what_lies_behind_the_promised_day_is_drawn_apart() {
        let drawn = drawn();
        assert!(drawn.rows[0].late.is_some(), "its day has passed");
        assert!(drawn.rows[1].late.is_some() && drawn.rows[2].late.is_none());
        assert_eq!(drawn.rows[2].kind, "coming");
    }

    #[test]
    fn another_year_is_named_at_its_first_label_and_with_its_days() {
        let t = Texts { language: Language::Zh };
        let today = date(2026, 5, 1);
        let days = [date(2026, 3, 28), date(2027, 2, 28), date(2027, 10, 28)];
        let milestones = (1_u128..).zip(days).map(|(number, day)| {
            Milestone::promised(Uuid::from_u128(number).into(), format!("节点{number}"), day)
        });
        let project = Project::planned(None, milestones.collect()).unwrap();
        let drawn = drawing(t, &project, &timetable(&project, None, today), today);
        let labels = drawn.months.iter().filter_map(|month| month.label.as_deref());
        let years: Vec<&str> = labels.filter(|label| label.contains('.')).map(|label| &label[..4]).collect();
        assert_eq!(years, ["2026", "2027"], "{drawn:?}");
        assert!(drawn.rows[1].now.contains("2027年2月28日"), "{drawn:?}");
    }

    #[test]
    fn long_names_are_cut_and_the_first_month_has_its_year() {
        let drawn = drawn();
        assert_eq!(
            (drawn.rows[1].name.as_str(), drawn.rows[1].now.as_str()),
            ("主管网铺设、水厂设备安…", "预计8月1日")
        );
        let labels: Vec<&str> = drawn.months.iter().filter_map(|month| month.label.as_deref()).collect();
        assert_eq!(labels[..2], ["2026.3", "5月"]);
        assert_eq!((percent(1_000), em(5)), ("100.0%".into(), "0.5em".into()));
    }
}
