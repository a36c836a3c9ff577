use super::*;
use jiff::civil::date;
use uuid::Uuid;

pub(crate) fn id(number: u128) -> MilestoneId {
    MilestoneId(Uuid::from_u128(number))
}

/// Milestones on the first of the given months of 2026, numbered from 1.
pub(crate) fn project(months: &[i8]) -> Project {
    let milestones = (1..)
        .zip(months)
        .map(|(number, month)| {
            Milestone::promised(id(number), format!("节点{number}"), date(2026, *month, 1))
        })
        .collect();
    Project::planned(None, milestones).unwrap()
}

const MAY: Date = date(2026, 5, 1);

fn key<T>(result: Result<T, Refusal>) -> &'static str {
    result.err().map_or("nothing was refused", |refusal| refusal.key)
}

#[test]
fn one_milestone_that_comes_later_than_promised_makes_a_project_late() {
    let mut project = project(&[6, 8, 10]);
    assert_eq!(project.status(MAY), Status::OnTime);
    project.shift(id(3), date(2026, 10, 2), MAY).unwrap();
    assert_eq!(project.status(MAY), Status::Behind);
    project.shift(id(1), date(2026, 5, 20), MAY).unwrap();
    assert_eq!(project.status(MAY), Status::Behind, "being early at one end does not pay for the other");
    assert_eq!(project.latest(MAY).unwrap().milestone_id, id(3));
}

#[test]
fn a_day_that_passes_without_the_milestone_makes_it_late_though_nobody_moved_it() {
    let project = project(&[6, 8]);
    assert_eq!(project.status(date(2026, 6, 1)), Status::OnTime);
    assert_eq!(project.status(date(2026, 6, 2)), Status::Behind);
    assert_eq!(project.latest(date(2026, 6, 9)).unwrap().days_late(date(2026, 6, 9)), 8);
}

#[test]
fn what_was_reached_late_is_forgiven_when_the_rest_is_in_time() {
    let mut project = project(&[3, 6, 8]);
    project.reach(id(1), date(2026, 4, 20), MAY).unwrap();
    assert_eq!(project.status(MAY), Status::OnTime);
    project.shift(id(2), date(2026, 5, 25), MAY).unwrap();
    assert_eq!(project.status(MAY), Status::Ahead);
}

#[test]
fn when_all_is_reached_the_last_day_decides_until_it_is_called_finished() {
    let mut project = project(&[3, 4]);
    project.reach(id(1), date(2026, 3, 1), MAY).unwrap();
    project.reach(id(2), date(2026, 4, 9), MAY).unwrap();
    assert_eq!(project.status(MAY), Status::Behind);
    project.finish().unwrap();
    assert_eq!(project.status(MAY), Status::Finished);
    assert_eq!(key(project.finish()), "refusal-project-finished");
}

#[test]
fn dropping_a_late_milestone_makes_no_project_punctual_and_its_name_cannot_come_back_with_another_day() {
    let mut project = project(&[3, 8]);
    assert_eq!(project.status(MAY), Status::Behind);
    project.give_up(id(1), MAY).unwrap();
    let later = date(2026, 7, 1);
    assert_eq!(project.status(later), Status::Behind);
    assert_eq!(project.latest(later).unwrap().days_late(later), 61, "as it stood when it was dropped");
    let again = |name: &str| Milestone::promised(id(9), name.into(), date(2026, 7, 1));
    assert_eq!(key(project.add(again("节点1"))), "refusal-project-milestone-dropped");
    project.add(again("另一个")).unwrap();
    assert_eq!(project.status(MAY), Status::Behind);
    project.take_up(id(1)).unwrap();
    assert_eq!(key(project.take_up(id(1))), "refusal-project-not-dropped");
    project.reach(id(1), MAY, MAY).unwrap();
    assert_eq!(project.status(MAY), Status::OnTime, "reached late, as any other");
}

#[test]
fn a_late_milestone_that_was_dropped_counts_until_the_project_ends() {
    let mut project = project(&[3, 8]);
    project.give_up(id(1), MAY).unwrap();
    project.reach(id(2), MAY, MAY).unwrap();
    assert_eq!(project.status(MAY), Status::Behind);
    project.finish().unwrap();
    assert_eq!(project.status(MAY), Status::Finished);
}

#[test]
fn a_milestone_that_was_in_time_when_it_was_dropped_counts_for_nothing() {
    let mut project = project(&[6, 8]);
    project.give_up(id(1), MAY).unwrap();
    assert_eq!(project.status(date(2026, 7, 1)), Status::OnTime);
}

#[test]
fn a_start_lies_in_this_century_and_before_every_milestone() {
    let milestones = || {
        let one =
            |number, month| Milestone::promised(id(number), format!("节点{number}"), date(2026, month, 1));
        vec![one(1, 6), one(2, 9)]
    };
    let planned = |start| Project::planned(Some(start), milestones());
    assert_eq!(key(planned(date(-9999, 1, 1))), "refusal-project-day");
    assert_eq!(key(planned(date(2026, 9, 2))), "refusal-project-start-late");
    assert_eq!(key(planned(date(2026, 6, 2))), "refusal-project-before-start");
    let mut project = planned(date(2026, 6, 1)).unwrap();
    let early = Milestone::promised(id(3), "节点3".into(), date(2026, 5, 31));
    assert_eq!(key(project.add(early)), "refusal-project-before-start");
}

#[test]
fn days_that_look_like_slips_are_told_before_a_baseline_is_public() {
    let mut project = project(&[3, 8]);
    project.milestones[1].promised_on = date(2036, 8, 1);
    assert_eq!(project.remarks(MAY), [Remark::Past(id(1)), Remark::Far(id(2)), Remark::NoStart]);
    project.started_on = Some(date(2026, 1, 1));
    assert_eq!(project.remarks(date(2036, 1, 1)), [Remark::Past(id(1))]);
}

#[test]
fn nothing_is_reached_before_the_start_or_without_one_before_the_project_was_public() {
    let mut project = project(&[6, 8]);
    project.public_since = Some(date(2026, 4, 1));
    assert_eq!(key(project.reach(id(1), date(2000, 1, 1), MAY)), "refusal-project-reached-early");
    project.started_on = Some(date(2026, 2, 1));
    assert_eq!(key(project.reach(id(1), date(2026, 1, 31), MAY)), "refusal-project-reached-early");
    project.reach(id(1), date(2026, 2, 1), MAY).unwrap();
}

#[test]
fn the_promised_day_never_moves() {
    let mut project = project(&[6, 8]);
    assert_eq!(project.shift(id(1), date(2026, 7, 1), MAY), Ok(date(2026, 6, 1)));
    assert_eq!(project.shift(id(1), date(2026, 7, 9), MAY), Ok(date(2026, 7, 1)));
    assert_eq!(project.milestone(id(1)).unwrap().promised_on, date(2026, 6, 1));
}

#[test]
fn what_makes_no_sense_is_refused_with_its_reason() {
    let mut project = project(&[6, 8]);
    assert_eq!(key(project.shift(id(1), date(2026, 6, 1), MAY)), "refusal-project-forecast-same");
    assert_eq!(key(project.shift(id(1), date(2026, 4, 30), MAY)), "refusal-project-forecast-past");
    assert_eq!(key(project.shift(id(9), date(2026, 9, 1), MAY)), "refusal-project-milestone");
    assert_eq!(key(project.shift(id(1), date(2206, 9, 1), MAY)), "refusal-project-day");
    assert_eq!(key(project.reach(id(1), date(2026, 5, 2), MAY)), "refusal-project-reached-later");
    assert_eq!(key(project.finish()), "refusal-project-unfinished");
    assert_eq!(key(project.take_back(id(1))), "refusal-project-not-reached");
    assert_eq!(key(project.resume()), "refusal-project-open");
    project.reach(id(1), MAY, MAY).unwrap();
    assert_eq!(key(project.shift(id(1), date(2026, 9, 1), MAY)), "refusal-project-reached");
    project.take_back(id(1)).unwrap();
    project.give_up(id(1), MAY).unwrap();
    assert_eq!(key(project.reach(id(1), MAY, MAY)), "refusal-project-dropped");
    assert_eq!(key(project.give_up(id(2), MAY)), "refusal-project-last-milestone");
    project.stop().unwrap();
    assert_eq!(key(project.shift(id(2), date(2026, 9, 1), MAY)), "refusal-project-stopped");
    assert_eq!(project.status(MAY), Status::Stopped);
}

#[test]
fn a_baseline_has_milestones_in_the_order_of_their_days_and_each_once() {
    let milestone =
        |number, name: &str, month| Milestone::promised(id(number), name.into(), date(2026, month, 1));
    let project = Project::planned(None, vec![milestone(1, "通水", 9), milestone(2, "开工", 3)]).unwrap();
    assert_eq!(project.milestones[0].name, "开工");
    assert_eq!(key(Project::planned(None, vec![])), "refusal-project-no-milestone");
    let twice = vec![milestone(1, "通水", 9), milestone(2, "通水", 3)];
    assert_eq!(key(Project::planned(None, twice)), "refusal-project-milestone-twice");
    let many = (0..31).map(|number| milestone(number, &format!("节点{number}"), 9)).collect();
    assert_eq!(key(Project::planned(None, many)), "refusal-project-milestones");
}

#[test]
fn codes_read_back() {
    for status in Status::ALL {
        assert_eq!(Status::from_code(status.code()), Some(status));
    }
}

#[test]
fn a_milestone_that_is_expected_after_the_one_that_follows_is_told() {
    let mut project = project(&[6, 8, 10]);
    let overtaken = |project: &Project, number| {
        project.overtaken_by(project.milestone(id(number)).unwrap()).map(|next| next.milestone_id)
    };
    assert_eq!(overtaken(&project, 1), None);
    project.shift(id(1), date(2026, 9, 1), MAY).unwrap();
    assert_eq!(overtaken(&project, 1), Some(id(2)));
    assert_eq!((overtaken(&project, 2), overtaken(&project, 3)), (None, None));
    project.shift(id(2), date(2026, 9, 1), MAY).unwrap();
    assert_eq!(overtaken(&project, 1), None, "on one day both can be");
}
