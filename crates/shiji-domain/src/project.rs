//! Key projects (重点工程): a baseline that stays as it was promised, the forecast of today, and the words for how the two
//! stand to each other.

use crate::id::MilestoneId;
use crate::item::code;
use crate::refusal::Refusal;
use jiff::ToSpan;
use jiff::civil::Date;

/// Characters of a project's or a milestone's name.
pub const NAME_LENGTH_MOST: usize = 60;
/// Milestones of one project; more are no timetable that a reader can follow.
pub const MILESTONES_MOST: usize = 30;
/// Years in which a milestone can lie: whatever is outside of them is a slip of the hand.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2100;

/// Years after which a promised day is looked at twice.
const FAR_YEARS: i64 = 5;

/// A milestone as it is promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    pub milestone_id: MilestoneId,
    pub name: String,
    /// The day that was promised when the project, or the milestone, became public. It never changes.
    pub promised_on: Date,
    pub forecast_on: Date,
    pub reached_on: Option<Date>,
    /// The day on which it was said that it will not be built.
    pub dropped_on: Option<Date>,
}

impl Milestone {
    pub fn promised(milestone_id: MilestoneId, name: String, day: Date) -> Milestone {
        Milestone {
            milestone_id,
            name,
            promised_on: day,
            forecast_on: day,
            reached_on: None,
            dropped_on: None,
        }
    }

    pub fn is_open(&self) -> bool {
        self.reached_on.is_none() && !self.is_dropped()
    }

    pub fn is_dropped(&self) -> bool {
        self.dropped_on.is_some()
    }

    /// The day it was reached, or the earliest on which it can be: a forecast that has passed is no forecast any more. Of one
    /// that was dropped, the earliest on the day on which it was.
    pub fn day(&self, today: Date) -> Date {
        self.reached_on.unwrap_or_else(|| self.forecast_on.max(self.dropped_on.unwrap_or(today)))
    }

    /// Days after the promised day; before it they are negative.
    pub fn days_late(&self, today: Date) -> i32 {
        (self.day(today) - self.promised_on).get_days()
    }

    /// Comes later than promised and is not reached; or was given up when it already did. Giving up makes nothing punctual.
    pub fn is_late(&self, today: Date) -> bool {
        self.reached_on.is_none() && self.days_late(today) > 0
    }

    /// The forecast has passed and it is not reached.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.is_open() && self.forecast_on < today
    }
}

/// What was decided about a project as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ProjectState {
    #[default]
    Open,
    Finished,
    Stopped,
}

code!(ProjectState {
    ProjectState::Open => "open", ProjectState::Finished => "finished", ProjectState::Stopped => "stopped",
});

/// How a project stands, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    Behind,
    OnTime,
    Ahead,
    Stopped,
    Finished,
}

code!(Status {
    Status::Behind => "behind", Status::OnTime => "on-time", Status::Ahead => "ahead", Status::Stopped => "stopped",
    Status::Finished => "finished",
});

impl Status {
    /// In the order in which a portfolio is read: what needs attention first.
    pub const ALL: [Status; 5] =
        [Status::Behind, Status::OnTime, Status::Ahead, Status::Stopped, Status::Finished];
}

/// What somebody should look at twice before a baseline becomes public: none of it is wrong in itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// The promised day has passed: the project is behind from its first day, unless it is called reached.
    Past(MilestoneId),
    /// Further away than projects of a township last, as by a slip in the year.
    Far(MilestoneId),
    /// Nobody says when work begins.
    NoStart,
}

/// Where a project stands after everything that was published of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Project {
    pub state: ProjectState,
    /// The day on which work begins, where it was told.
    pub started_on: Option<Date>,
    /// The day on which the project became public.
    pub public_since: Option<Date>,
    /// In the order of the baseline, those added later at their place by day.
    pub milestones: Vec<Milestone>,
}

impl Project {
    /// The baseline of a new project.
    ///
    /// # Errors
    /// Refuses no milestone, too many, two of one name, a day outside of this century, and a start after a milestone.
    pub fn planned(started_on: Option<Date>, mut milestones: Vec<Milestone>) -> Result<Project, Refusal> {
        milestones.sort_by_key(|milestone| milestone.promised_on);
        let Some(last) = milestones.last() else {
            return Err(Refusal::new("refusal-project-no-milestone"));
        };
        if let Some(start) = started_on {
            must_be_a_day(start)?;
            must_be_a_day(last.promised_on)?;
            if start > last.promised_on {
                return Err(Refusal::new("refusal-project-start-late").with("day", last.promised_on));
            }
        }
        let mut project = Project { started_on, ..Project::default() };
        for milestone in milestones {
            project.add(milestone)?;
        }
        Ok(project)
    }

    /// Ahead, on time or behind, by this rule and no other:
    ///
    /// 1. What was finished or stopped is called so.
    /// 2. A milestone not yet reached counts with its forecast, or with today where the forecast has passed.
    /// 3. A milestone that was late already when it was dropped goes on counting as it stood then.
    /// 4. Behind: one such milestone comes later than promised.
    /// 5. Ahead: none comes later, and the next one comes earlier than promised.
    /// 6. On time: everything else. Where all are reached, the last one decides by the day on which it was.
    pub fn status(&self, today: Date) -> Status {
        match self.state {
            ProjectState::Finished => return Status::Finished,
            ProjectState::Stopped => return Status::Stopped,
            ProjectState::Open => {}
        }
        let compared = |days: i32| match days {
            1.. => Status::Behind,
            0 => Status::OnTime,
            _ => Status::Ahead,
        };
        match self.next() {
            _ if self.latest(today).is_some() => Status::Behind,
            Some(next) => compared(next.days_late(today)),
            None => {
                let last =
                    self.milestones.iter().filter(|one| !one.is_dropped()).max_by_key(|one| one.promised_on);
                last.map_or(Status::OnTime, |last| compared(last.days_late(today)))
            }
        }
    }

    /// The milestone not reached that lies furthest behind its promised day.
    pub fn latest(&self, today: Date) -> Option<&Milestone> {
        let late = self.milestones.iter().filter(|one| one.is_late(today));
        late.max_by_key(|one| one.days_late(today))
    }

    /// What comes next.
    pub fn next(&self) -> Option<&Milestone> {
        self.milestones.iter().filter(|one| one.is_open()).min_by_key(|one| one.forecast_on)
    }

    /// In the order of the milestones.
    pub fn remarks(&self, today: Date) -> Vec<Remark> {
        let far = today.saturating_add(FAR_YEARS.years());
        let remark = |one: &Milestone| match one.promised_on {
            day if day < today => Some(Remark::Past(one.milestone_id)),
            day if day > far => Some(Remark::Far(one.milestone_id)),
            _ => None,
        };
        let start = self.started_on.is_none().then_some(Remark::NoStart);
        self.milestones.iter().filter_map(remark).chain(start).collect()
    }

    /// The one that was promised next and is now expected before `one`: both cannot be meant.
    pub fn overtaken_by(&self, one: &Milestone) -> Option<&Milestone> {
        let behind =
            self.milestones.iter().skip_while(|other| other.milestone_id != one.milestone_id).skip(1);
        let mut next = behind.filter(|other| other.is_open() && other.promised_on >= one.promised_on);
        next.next().filter(|next| one.is_open() && next.forecast_on < one.forecast_on)
    }

    pub fn milestone(&self, id: MilestoneId) -> Option<&Milestone> {
        self.milestones.iter().find(|one| one.milestone_id == id)
    }

    /// One that can still be moved or reached.
    fn open_milestone(&mut self, id: MilestoneId) -> Result<&mut Milestone, Refusal> {
        self.must_be_open()?;
        let found = self.milestones.iter_mut().find(|one| one.milestone_id == id);
        let found = found.ok_or_else(|| Refusal::new("refusal-project-milestone"))?;
        match (found.is_open(), found.is_dropped()) {
            (true, _) => Ok(found),
            (false, true) => Err(Refusal::new("refusal-project-dropped")),
            (false, false) => Err(Refusal::new("refusal-project-reached")),
        }
    }

    /// # Errors
    /// Refuses a project that was finished or stopped.
    pub fn must_be_open(&self) -> Result<(), Refusal> {
        match self.state {
            ProjectState::Open => Ok(()),
            ProjectState::Finished => Err(Refusal::new("refusal-project-finished")),
            ProjectState::Stopped => Err(Refusal::new("refusal-project-stopped")),
        }
    }

    /// Moves a forecast; the answer is the one before. The baseline stays.
    ///
    /// # Errors
    /// Refuses the same day, a day that has passed, and a milestone that is reached, dropped or not of this project.
    pub fn shift(&mut self, id: MilestoneId, to: Date, today: Date) -> Result<Date, Refusal> {
        must_be_a_day(to)?;
        let milestone = self.open_milestone(id)?;
        if to < today {
            return Err(Refusal::new("refusal-project-forecast-past"));
        }
        if to == milestone.forecast_on {
            return Err(Refusal::new("refusal-project-forecast-same"));
        }
        Ok(std::mem::replace(&mut milestone.forecast_on, to))
    }

    /// # Errors
    /// Refuses a day to come; one before the project's start, or where none was told, before it became public; and a milestone
    /// that is reached already, dropped or not of this project.
    pub fn reach(&mut self, id: MilestoneId, on: Date, today: Date) -> Result<(), Refusal> {
        must_be_a_day(on)?;
        let earliest = self.started_on.or(self.public_since);
        let milestone = self.open_milestone(id)?;
        if on > today {
            return Err(Refusal::new("refusal-project-reached-later"));
        }
        if let Some(earliest) = earliest.filter(|earliest| on < *earliest) {
            return Err(Refusal::new("refusal-project-reached-early").with("day", earliest));
        }
        milestone.reached_on = Some(on);
        Ok(())
    }

    /// A milestone that was called reached is not.
    ///
    /// # Errors
    /// Refuses a milestone that nobody called reached.
    pub fn take_back(&mut self, id: MilestoneId) -> Result<(), Refusal> {
        self.must_be_open()?;
        let found = self.milestones.iter_mut().find(|one| one.milestone_id == id && one.reached_on.is_some());
        found.ok_or_else(|| Refusal::new("refusal-project-not-reached"))?.reached_on = None;
        Ok(())
    }

    /// # Errors
    /// Refuses one more than there may be, a second of the same name (be the first one dropped: it can be taken up again), a day
    /// outside of this century, and one before the project's start.
    pub fn add(&mut self, milestone: Milestone) -> Result<(), Refusal> {
        self.must_be_open()?;
        must_be_a_day(milestone.promised_on)?;
        if let Some(start) = self.started_on.filter(|start| milestone.promised_on < *start) {
            return Err(Refusal::new("refusal-project-before-start")
                .with("name", &milestone.name)
                .with("day", start));
        }
        if self.milestones.len() >= MILESTONES_MOST {
            return Err(Refusal::new("refusal-project-milestones").with("most", MILESTONES_MOST));
        }
        if let Some(same) = self.milestones.iter().find(|one| one.name == milestone.name) {
            let key = match same.is_dropped() {
                true => "refusal-project-milestone-dropped",
                false => "refusal-project-milestone-twice",
            };
            return Err(Refusal::new(key).with("name", &milestone.name));
        }
        self.put(milestone);
        Ok(())
    }

    /// At its place by day, after those of the same day.
    pub fn put(&mut self, milestone: Milestone) {
        let at = self.milestones.partition_point(|one| one.promised_on <= milestone.promised_on);
        self.milestones.insert(at, milestone);
    }

    /// # Errors
    /// Refuses a milestone that is reached or dropped already, and the last one.
    pub fn give_up(&mut self, id: MilestoneId, today: Date) -> Result<(), Refusal> {
        let standing = self.milestones.iter().filter(|one| !one.is_dropped()).count();
        let milestone = self.open_milestone(id)?;
        if standing < 2 {
            return Err(Refusal::new("refusal-project-last-milestone"));
        }
        milestone.dropped_on = Some(today);
        Ok(())
    }

    /// A milestone that was dropped will be built after all; its promised day is the one that it had.
    ///
    /// # Errors
    /// Refuses a milestone that was not dropped.
    pub fn take_up(&mut self, id: MilestoneId) -> Result<(), Refusal> {
        self.must_be_open()?;
        let found = self.milestones.iter_mut().find(|one| one.milestone_id == id && one.is_dropped());
        found.ok_or_else(|| Refusal::new("refusal-project-not-dropped"))?.dropped_on = None;
        Ok(())
    }

    /// # Errors
    /// Refuses while a milestone is neither reached nor dropped.
    pub fn finish(&mut self) -> Result<(), Refusal> {
        self.must_be_open()?;
        if let Some(next) = self.next() {
            return Err(Refusal::new("refusal-project-unfinished").with("name", &next.name));
        }
        self.state = ProjectState::Finished;
        Ok(())
    }

    /// # Errors
    /// Refuses a project that is not open.
    pub fn stop(&mut self) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.state = ProjectState::Stopped;
        Ok(())
    }

    /// Goes on after it was stopped, or finished too early.
    ///
    /// # Errors
    /// Refuses a project that is open.
    pub fn resume(&mut self) -> Result<(), Refusal> {
        if self.state == ProjectState::Open {
            return Err(Refusal::new("refusal-project-open"));
        }
        self.state = ProjectState::Open;
        Ok(())
    }
}

/// # Errors
/// Refuses a day outside of this century.
pub fn must_be_a_day(day: Date) -> Result<(), Refusal> {
    if YEARS.contains(&day.year()) {
        Ok(())
    } else {
        Err(Refusal::new("refusal-project-day").with("day", day))
    }
}

#[cfg(test)]
pub(crate) mod tests;
