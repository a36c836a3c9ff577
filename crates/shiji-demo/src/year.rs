//! The weeks of the year in their order: who files, who is away, who is late, and what each one's report becomes.

use std::collections::BTreeMap;

use crate::desk::{Desk, Promise};
use crate::dice::Dice;
use crate::{Class, Official, Report, Returned, Role, State, Town, Week, WeekSpec};

pub fn weeks(town: &Town, seed: u64, periods: &[WeekSpec]) -> Vec<Week> {
    let mut desk = Desk::new(town, periods);
    let mut promises: BTreeMap<usize, Vec<Promise>> = BTreeMap::new();
    (0..periods.len())
        .map(|period| {
            let attendance = attendance(town, seed, periods, period);
            desk.begin_period(periods[period], &mut Dice::branch(seed, &[5, period as u64]));
            let mut reports = Vec::new();
            for person in order_of_writing(town, &attendance) {
                let state = attendance[&person];
                let kept = promises.remove(&person).unwrap_or_default();
                let mut dice = Dice::branch(seed, &[3, period as u64, person as u64]);
                let (mut report, next) = if writes(state) {
                    desk.report(person, period, kept, &mut dice)
                } else {
                    (blank(person), Vec::new())
                };
                report.state = state;
                promises.insert(person, next);
                reports.push(report);
            }
            reports.sort_by_key(|report| report.person);
            let mut dice = Dice::branch(seed, &[4, period as u64]);
            if period + 1 == periods.len() {
                leave_open(&mut reports, &mut desk, &mut dice);
            } else {
                send_back(&mut reports, &mut desk, &mut dice);
            }
            lend_a_hand(town, &mut reports, &mut dice);
            Week { reports }
        })
        .collect()
}

fn writes(state: State) -> bool {
    !matches!(state, State::OnLeave { .. } | State::Late)
}

pub fn blank(person: usize) -> Report {
    Report {
        person,
        state: State::Open,
        answers: Vec::new(),
        work: Vec::new(),
        plan: Vec::new(),
        returned: None,
        filed_by: None,
        minutes: 0,
    }
}

/// Villages write first, for the offices add their figures up.
fn order_of_writing(town: &Town, attendance: &BTreeMap<usize, State>) -> Vec<usize> {
    let mut order: Vec<usize> = attendance.keys().copied().collect();
    order.sort_by_key(|person| match town.people[*person].class {
        Class::Village => 0,
        Class::MidLevel => 1,
        _ => 2,
    });
    order
}

/// Who owes a report, and whether they file, are away (one to three) or never file (none to two).
fn attendance(town: &Town, seed: u64, periods: &[WeekSpec], period: usize) -> BTreeMap<usize, State> {
    let mut dice = Dice::branch(seed, &[2, period as u64]);
    let ends_on = periods[period].ends_on;
    let owing: Vec<usize> =
        (0..town.people.len()).filter(|person| town.people[*person].owes_report(ends_on)).collect();
    let mut states: BTreeMap<usize, State> =
        owing.iter().map(|person| (*person, State::Filed { late: dice.percent(3) })).collect();
    let open = period + 1 == periods.len();
    let away = dice.between(1, 3);
    let silent = if open { 0 } else { [0, 0, 0, 1, 1, 2][dice.below(6)] };
    let mut drawn = owing.clone();
    // A person on the way out or in is at the desk: the hand-over is written down.
    drawn.retain(|person| town.people[*person].moved.is_none() && town.people[*person].left.is_none());
    dice.shuffle(&mut drawn);
    let absent: Vec<usize> = drawn.iter().copied().take(away as usize).collect();
    for person in &absent {
        let substitute = substitute(town, *person, &absent, &mut dice);
        states.insert(*person, State::OnLeave { substitute });
    }
    for person in drawn
        .iter()
        .skip(away as usize)
        .filter(|person| town.people[**person].class != Class::Leadership)
        .take(silent)
    {
        states.insert(*person, State::Late);
    }
    states
}

fn substitute(town: &Town, person: usize, absent: &[usize], dice: &mut Dice) -> usize {
    let here = |other: &usize| *other != person && !absent.contains(other);
    let away: &Official = &town.people[person];
    let colleague = (0..town.people.len()).filter(here).find(|other| {
        let known = &town.people[*other];
        known.unit == away.unit && known.class == Class::None && known.roles.contains(&Role::Clerk)
    });
    let leader = away.supervisor.filter(here);
    let mut any_leader = || {
        let leaders: Vec<usize> = (1..town.people.len())
            .filter(here)
            .filter(|other| town.people[*other].class == Class::Leadership)
            .collect();
        dice.pick(&leaders).copied().unwrap_or_default()
    };
    match away.class {
        Class::Leadership => any_leader(),
        _ => colleague.or(leader).unwrap_or_else(any_leader),
    }
}

/// Two to five items of the closed week were sent back as empty and mended.
fn send_back(reports: &mut [Report], desk: &mut Desk, dice: &mut Dice) {
    let mut filed: Vec<usize> = (0..reports.len())
        .filter(|at| matches!(reports[*at].state, State::Filed { .. }) && !reports[*at].work.is_empty())
        .collect();
    dice.shuffle(&mut filed);
    for at in filed.into_iter().take(dice.between(2, 5) as usize) {
        let report = &mut reports[at];
        report.returned = returned(report, desk, dice);
        report.minutes += dice.between(3, 8) as u32;
    }
}

fn returned(report: &Report, desk: &mut Desk, dice: &mut Dice) -> Option<Returned> {
    let concrete: Vec<usize> =
        (0..report.work.len()).filter(|item| !desk.is_loose(&report.work[*item].text)).collect();
    let item = *dice.pick(&concrete)?;
    let before = desk.empty_line(report.person, dice);
    Some(Returned { item, reason: desk.stock.line("退回理由", &mut Default::default(), dice), before })
}

/// In the open week most have filed, some are writing, some have not begun, and three have an item to mend.
fn leave_open(reports: &mut [Report], desk: &mut Desk, dice: &mut Dice) {
    let mut writing: Vec<usize> = (0..reports.len()).filter(|at| writes(reports[*at].state)).collect();
    dice.shuffle(&mut writing);
    let filed = writing.len() * 3 / 5;
    let drafts = writing.len() / 5;
    for (order, at) in writing.into_iter().enumerate() {
        let report = &mut reports[at];
        report.state = State::Filed { late: false };
        if order < 3 {
            report.state = State::Draft;
            report.returned = returned(report, desk, dice);
            if let Some(returned) = &report.returned {
                report.work[returned.item].text.clone_from(&returned.before);
            }
        } else if order >= filed + drafts {
            *report = blank(report.person);
        } else if order >= filed {
            cut_to_draft(report, dice);
        }
    }
}

fn cut_to_draft(report: &mut Report, dice: &mut Dice) {
    report.state = State::Draft;
    report.work.truncate(dice.between(1, 3) as usize);
    report.plan.truncate(dice.below(2));
    let written = report.work.len();
    report.answers.retain(|answer| answer.work.is_some_and(|item| item < written));
    report.minutes = dice.between(1, 5) as u32;
}

/// Now and then somebody at the office types for a person who is out: the clerk, or the leader's colleague.
fn lend_a_hand(town: &Town, reports: &mut [Report], dice: &mut Dice) {
    let clerk = town.people.iter().position(|person| person.roles.contains(&Role::Clerk));
    let filed: Vec<usize> =
        (0..reports.len()).filter(|at| matches!(reports[*at].state, State::Filed { .. })).collect();
    for _ in 0..dice.below(3) {
        if let Some(at) = dice.pick(&filed) {
            reports[*at].filed_by = clerk;
        }
    }
}
