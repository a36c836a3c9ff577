//! The drawing of a project's timetable as plain values, so that the page and the paper draw the same.

use crate::id::MilestoneId;
use crate::project::{Milestone, Project};
use jiff::ToSpan;
use jiff::civil::Date;

/// Positions are thousandths of the drawing's width.
pub const WIDTH: i64 = 1_000;
/// Names of months that fit side by side on the narrowest telephone.
const LABELS_MOST: i64 = 6;
/// Lines of months that can still be told apart; whatever a record says, a drawing has no more.
const TICKS_MOST: i64 = 72;
/// What is reached can be seen, however long the whole lasts.
const REACHED_LEAST: i64 = 6;

/// Where a month, or several, begin, and whether there is room to write which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    pub first: Date,
    pub at: i64,
    pub labelled: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BarKind {
    Reached,
    /// Not reached, and expected by the promised day.
    Coming,
    /// Not reached, and expected after the promised day.
    Late,
    Dropped,
}

impl BarKind {
    /// In classes and texts.
    pub fn code(self) -> &'static str {
        match self {
            BarKind::Reached => "reached",
            BarKind::Coming => "coming",
            BarKind::Late => "late",
            BarKind::Dropped => "dropped",
        }
    }
}

/// One milestone: the way to it, where it was promised and where it lies now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    pub milestone: MilestoneId,
    pub kind: BarKind,
    /// The bar runs from the milestone before, or from the beginning.
    pub from: i64,
    pub to: i64,
    /// The frozen baseline.
    pub promised: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timetable {
    pub months: Vec<Month>,
    /// In the order of the project's milestones.
    pub bars: Vec<Bar>,
    /// None where today lies outside of the drawing.
    pub today: Option<i64>,
}

/// The whole months from the beginning to the last day of any milestone.
struct Scale {
    first: Date,
    days: i64,
}

impl Scale {
    fn of(project: &Project, started_on: Option<Date>, today: Date) -> Scale {
        let days = |one: &Milestone| [one.promised_on, one.day(today)];
        let all = || project.milestones.iter().filter(|one| !one.is_dropped()).flat_map(days);
        let first = all().chain(started_on).min().unwrap_or(today).first_of_month();
        let last = all().max().unwrap_or(today);
        let end = last.last_of_month().tomorrow().unwrap_or(last);
        Scale { first, days: i64::from((end - first).get_days()).max(1) }
    }

    /// Where a day begins.
    fn at(&self, day: Date) -> i64 {
        (i64::from((day - self.first).get_days()) * WIDTH / self.days).clamp(0, WIDTH)
    }

    /// Where a day is over: what falls on a day lies at its end.
    fn end(&self, day: Date) -> i64 {
        self.at(day.tomorrow().unwrap_or(day))
    }

    fn months(&self) -> Vec<Month> {
        let end = self.first.saturating_add(self.days.days());
        let count = (month_of(end) - month_of(self.first)).max(1);
        let step = step_of(count, TICKS_MOST, 1);
        let labels = step_of(count, LABELS_MOST, step);
        let month = |after: i64| {
            let first = self.first.checked_add(after.months()).ok()?;
            Some(Month { first, at: self.at(first), labelled: after % labels == 0 })
        };
        (0..count).step_by(usize::try_from(step).unwrap_or(1)).filter_map(month).collect()
    }
}

fn month_of(day: Date) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month())
}

/// Every how many months, so that of `count` no more than `most` are left: a month, a quarter, half a year or whole years, and
/// always a multiple of `unit`.
fn step_of(count: i64, most: i64, unit: i64) -> i64 {
    let fits = |step: &i64| count <= most * step && step % unit == 0;
    let years = |unit: i64| ((count + most * unit - 1) / (most * unit)).max(1) * unit;
    [1, 2, 3, 6, 12].into_iter().find(fits).unwrap_or_else(|| years(if unit > 12 { unit } else { 12 }))
}

/// The drawing of a project on a day. A dropped milestone has a bar of no length at its promised day.
pub fn timetable(project: &Project, started_on: Option<Date>, today: Date) -> Timetable {
    let scale = Scale::of(project, started_on, today);
    let mut before = started_on.map_or(0, |day| scale.at(day));
    let bars = project.milestones.iter().map(|one| bar(&scale, one, &mut before, today)).collect();
    let inside = today >= scale.first && i64::from((today - scale.first).get_days()) < scale.days;
    Timetable { months: scale.months(), bars, today: inside.then(|| scale.at(today)) }
}

fn bar(scale: &Scale, one: &Milestone, before: &mut i64, today: Date) -> Bar {
    let promised = scale.end(one.promised_on);
    let to = scale.end(one.day(today));
    let kind = match (one.is_dropped(), one.reached_on, one.days_late(today)) {
        (true, ..) => BarKind::Dropped,
        (_, Some(_), _) => BarKind::Reached,
        (_, None, 1..) => BarKind::Late,
        _ => BarKind::Coming,
    };
    if kind == BarKind::Dropped {
        return Bar { milestone: one.milestone_id, kind, from: promised, to: promised, promised };
    }
    // A milestone that comes before the one above it begins where the drawing does.
    let mut from = if *before < to { *before } else { 0 };
    let mut to = to;
    *before = to;
    if kind == BarKind::Reached && to - from < REACHED_LEAST {
        from = (to - REACHED_LEAST).max(0);
        to = to.max(REACHED_LEAST);
    }
    Bar { milestone: one.milestone_id, kind, from, to, promised }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::tests::{id, project};
    use jiff::civil::date;

    #[test]
    fn a_late_milestone_reaches_beyond_its_promised_mark_and_an_early_one_ends_before_it() {
        let mut project = project(&[4, 6, 9]);
        let today = date(2026, 5, 15);
        project.reach(id(1), date(2026, 3, 20), today).unwrap();
        project.shift(id(2), date(2026, 7, 20), today).unwrap();
        let drawn = timetable(&project, Some(date(2026, 2, 1)), today);
        let kinds: Vec<BarKind> = drawn.bars.iter().map(|bar| bar.kind).collect();
        assert_eq!(kinds, [BarKind::Reached, BarKind::Late, BarKind::Coming]);
        assert!(drawn.bars[0].to < drawn.bars[0].promised);
        assert!(drawn.bars[1].to > drawn.bars[1].promised);
        assert_eq!(drawn.bars[2].to, drawn.bars[2].promised);
        assert_eq!(drawn.bars[0].from, 0);
        assert_eq!(drawn.bars[1].from, drawn.bars[0].to, "a bar begins where the one before it ends");
        assert!(drawn.today.is_some_and(|today| drawn.bars[0].to < today && today < drawn.bars[1].to));
    }

    #[test]
    fn what_nobody_moved_is_drawn_up_to_today_when_its_day_has_passed() {
        let project = project(&[4]);
        let drawn = timetable(&project, None, date(2026, 6, 10));
        assert_eq!(drawn.bars[0].kind, BarKind::Late);
        assert!(drawn.bars[0].to >= drawn.today.unwrap());
    }

    #[test]
    fn months_begin_at_the_left_edge_and_only_as_many_are_named_as_fit() {
        for (months, named) in [(&[3_i8, 5][..], 3), (&[1, 12], 6)] {
            let drawn = timetable(&project(months), None, date(2026, 1, 5));
            assert_eq!(drawn.months[0].at, 0);
            assert!(drawn.months.windows(2).all(|pair| pair[0].at < pair[1].at));
            assert_eq!(drawn.months.iter().filter(|month| month.labelled).count(), named);
        }
    }

    #[test]
    fn a_project_of_many_years_still_has_room_for_its_names() {
        let mut project = project(&[1]);
        let far = Milestone::promised(id(9), "竣工".into(), date(2099, 12, 31));
        project.add(far).unwrap();
        let drawn = timetable(&project, None, date(2026, 1, 5));
        assert!(drawn.months.iter().filter(|month| month.labelled).count() <= 6);
        assert!(drawn.bars.iter().all(|bar| bar.from <= bar.to && bar.to <= WIDTH));
    }

    #[test]
    fn whatever_the_records_say_an_axis_has_room_for_its_lines() {
        let project = project(&[1, 6]);
        for (year, month) in [(-9999, 1), (1, 1), (1900, 7), (2019, 3), (2026, 1)] {
            let drawn = timetable(&project, Some(date(year, month, 1)), date(2026, 1, 5));
            let named = drawn.months.iter().filter(|month| month.labelled).count();
            assert!(drawn.months.len() <= 72 && (1..=6).contains(&named), "{year}: {named}");
            assert_eq!((drawn.months[0].at, drawn.months[0].labelled), (0, true));
        }
    }

    #[test]
    fn what_is_reached_can_be_seen_even_where_it_lies_far_before_everything() {
        let mut project = project(&[1, 6]);
        project.milestones[0].reached_on = Some(date(2000, 1, 1));
        let drawn = timetable(&project, Some(date(2025, 12, 1)), date(2026, 5, 5));
        let first = drawn.bars[0];
        assert_eq!(first.kind, BarKind::Reached);
        assert!(first.to - first.from >= REACHED_LEAST);
    }

    #[test]
    fn what_is_dropped_has_no_length_and_holds_nothing_up() {
        let mut project = project(&[4, 6, 8]);
        project.give_up(id(2), date(2026, 1, 5)).unwrap();
        let drawn = timetable(&project, None, date(2026, 1, 5));
        assert_eq!(drawn.bars[1].kind, BarKind::Dropped);
        assert_eq!(drawn.bars[1].from, drawn.bars[1].to);
        assert_eq!(drawn.bars[2].from, drawn.bars[0].to);
    }
}
