//! The demo's key projects: published, moved and reached through the same acts as everybody's, each at its time; and the items
//! of the weeks that belong to them.

use super::people::Cast;
use super::{act_of, clerk_of, head_of};
use crate::wiring::SetClock;
use anyhow::{Context as _, Result};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use shiji_app::App;
use shiji_app::app::instant_of;
use shiji_app::project::{
    Description, End, NewProject, ReachMilestone, ShiftForecast, begin_project, end_project, one,
    reach_milestone, shift_forecast,
};
use shiji_demo::{Town, WeekSpec, WorksEvent, picture};
use shiji_domain::id::{MilestoneId, PersonId, ProjectId};
use shiji_domain::link::{ItemLink, LinkKind};
use shiji_store::link;
use shiji_store::roster::Place;

/// What happens to a project at an instant.
#[derive(Debug, Clone)]
enum What {
    Begin,
    Event(WorksEvent),
}

pub struct Projects {
    all: Vec<shiji_demo::Works>,
    begun: Vec<Option<(ProjectId, Vec<MilestoneId>)>>,
    /// What is still to happen, the next last.
    events: Vec<(i64, usize, What)>,
    first: Date,
    days: i64,
}

impl Projects {
    /// The year's first period begins the projects; whatever lies after `now` does not happen.
    pub fn over(place: &Place, specs: &[WeekSpec], now: Timestamp) -> Result<Projects> {
        let (first, last) = specs.first().zip(specs.last()).context("a year has weeks")?;
        let mut projects = Projects {
            all: shiji_demo::works(),
            begun: Vec::new(),
            events: Vec::new(),
            first: first.starts_on,
            days: i64::from((last.ends_on - first.starts_on).get_days()) + 1,
        };
        projects.begun = vec![None; projects.all.len()];
        let mut events = Vec::new();
        for (at, works) in projects.all.iter().enumerate() {
            events.push((instant_of(place, projects.first.at(10, 0, 0, 0))?, at, What::Begin));
            for (share, event) in &works.events {
                let instant = instant_of(place, projects.day(*share).at(16, 0, 0, 0))?;
                events.push((instant, at, What::Event(event.clone())));
            }
        }
        events.retain(|(at, ..)| *at <= now.as_millisecond());
        // Of equals the earlier written happens first, so it lies nearer to the end.
        events.reverse();
        events.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
        projects.events = events;
        Ok(projects)
    }

    fn day(&self, share: i64) -> Date {
        self.first.saturating_add((self.days * share / 100).days())
    }

    /// Lets happen what lies before `until`.
    pub async fn go_on(
        &mut self,
        (app, clock, place): (&App, &SetClock, &Place),
        (town, cast): (&Town, &Cast),
        until: i64,
    ) -> Result<()> {
        while self.events.last().is_some_and(|(at, ..)| *at < until) {
            let Some((at, index, what)) = self.events.pop() else { break };
            clock.set_millis(at);
            let name = self.all[index].name.clone();
            match what {
                What::Begin => self.begin(app, place, (town, cast), index).await,
                What::Event(event) => self.happen(app, place, (town, cast), index, event).await,
            }
            .with_context(|| format!("the project {name}"))?;
        }
        Ok(())
    }

    async fn begin(
        &mut self,
        app: &App,
        place: &Place,
        (town, cast): (&Town, &Cast),
        index: usize,
    ) -> Result<()> {
        let works = &self.all[index];
        let head = head_of(town, &works.unit).context("a head")?;
        let unit = town.units.iter().position(|unit| unit.name == works.unit).context("a unit")?;
        let wanted = NewProject {
            name: works.name.clone(),
            description: Description {
                aim: works.aim.clone(),
                leader: town.people[head].supervisor.map(|leader| cast.people[leader]),
                units: vec![cast.unit(unit)],
                money: works.money.clone(),
                site: works.site.clone(),
            },
            started_on: Some(self.first),
            milestones: works
                .milestones
                .iter()
                .map(|one| (one.name.clone(), self.day(one.promised)))
                .collect(),
        };
        let clerk = clerk_of(town).map(|at| cast.people[at]).context("a clerk")?;
        let id = begin_project(app, &act_of(app, place, clerk).await?, wanted).await?;
        let story = one(app, place, id).await?.story;
        let milestones = story.standing.milestones.iter().map(|one| one.milestone_id).collect();
        self.begun[index] = Some((id, milestones));
        Ok(())
    }

    async fn happen(
        &self,
        app: &App,
        place: &Place,
        (town, cast): (&Town, &Cast),
        index: usize,
        event: WorksEvent,
    ) -> Result<()> {
        let works = &self.all[index];
        let head = head_of(town, &works.unit).context("a head")?;
        let Some((project, milestones)) = &self.begun[index] else { return Ok(()) };
        let project = *project;
        let official = act_of(app, place, cast.people[head]).await?;
        match event {
            WorksEvent::Shift { milestone, to, reason } => {
                let to = self.day(to);
                let wanted = ShiftForecast { project, milestone: milestones[milestone], to, reason };
                shift_forecast(app, &official, wanted).await?;
            }
            WorksEvent::Reach { milestone } => {
                let milestone = milestones[milestone];
                let mut tx = app.store.read().await?;
                let linked =
                    link::items_of_subject(&mut tx, place.place_id, LinkKind::Milestone, milestone.0).await?;
                drop(tx);
                let item = linked.first().map(|item| item.item_id);
                let wanted = ReachMilestone { project, milestone, on: official.day()?, item };
                reach_milestone(app, &official, wanted).await?;
            }
            WorksEvent::Finish => {
                let leader = town.people[head].supervisor.map(|leader| cast.people[leader]);
                let leader = act_of(app, place, leader.context("a leader")?).await?;
                end_project(app, &leader, project, End::Finish, "").await?;
            }
        }
        Ok(())
    }

    /// Which of the projects an item of the person is about, and which of its milestones.
    fn spoken_of(
        &self,
        town: &Town,
        cast: &Cast,
        person: PersonId,
        words: &str,
    ) -> Option<(usize, MilestoneId)> {
        self.all.iter().zip(&self.begun).enumerate().find_map(|(at, (works, begun))| {
            let head = head_of(town, &works.unit)?;
            if cast.people[head] != person {
                return None;
            }
            let milestone = begun.as_ref()?.1.get(works.spoken_of(words)?)?;
            Some((at, *milestone))
        })
    }

    /// What an item of the person belongs to.
    pub fn link_of(&self, town: &Town, cast: &Cast, person: PersonId, words: &str) -> Option<ItemLink> {
        let (_, milestone) = self.spoken_of(town, cast, person, words)?;
        Some(ItemLink { kind: LinkKind::Milestone, subject: milestone.0 })
    }

    /// A drawing of how far the work was on `day`, in the place of a photo; JPEG. Every third week, that there are not too many.
    pub fn picture_of(
        &self,
        (town, cast): (&Town, &Cast),
        (person, words): (PersonId, &str),
        day: Date,
    ) -> Result<Option<Vec<u8>>> {
        let Some((at, _)) = self.spoken_of(town, cast, person, words) else { return Ok(None) };
        let passed = i64::from((day - self.first).get_days());
        let week = u32::try_from(passed / 7).unwrap_or(0);
        if week % 3 != u32::try_from(at).unwrap_or(0) % 3 {
            return Ok(None);
        }
        let along = self.all[at].name.contains(['水', '路', '道', '渠', '河', '田']);
        let drawn = picture::picture(along, passed * 100 / self.days.max(1), week + 5);
        let mut jpeg = Vec::new();
        image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 80).encode(
            &drawn,
            picture::WIDTH,
            picture::HEIGHT,
            image::ExtendedColorType::Rgb8,
        )?;
        Ok(Some(jpeg))
    }
}
