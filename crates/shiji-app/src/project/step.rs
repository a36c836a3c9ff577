//! What every step of a project needs: where it stands, who may take it, and publishing it.

use crate::app::{Act, App};
use crate::error::AppError;
use crate::publish::between::publish_affair;
use jiff::civil::Date;
use shiji_domain::id::{OrganizationId, ProjectId};
use shiji_domain::right::{Role, not_yours};
use shiji_domain::roster::FilingDuty;
use shiji_domain::staff::Staff;
use shiji_record::affair::{Affair, ProjectMove, ProjectStepFact};
use shiji_record::project::{ProjectStory, story};
use shiji_store::project::{self, KeptMilestone, KeptProject};
use shiji_store::roster::Place;
use shiji_store::{Tx, public_affair, roster};

/// A project on the day of an act.
pub(super) struct Situation {
    pub staff: Staff,
    pub today: Date,
    pub units: Vec<OrganizationId>,
    pub story: ProjectStory,
}

impl Situation {
    /// # Errors
    /// `NotFound` for a project that there is not.
    pub async fn of(tx: &mut Tx, act: &Act, id: ProjectId) -> Result<Situation, AppError> {
        let place = act.place.place_id;
        Ok(Situation {
            story: story_of(tx, &act.place, id).await?,
            staff: roster::staff(tx, place).await?,
            units: project::units_of(tx, place, id).await?,
            today: act.day()?,
        })
    }

    pub fn is_in_charge(&self, act: &Act) -> bool {
        self.story.fact.leader == Some(act.person()) && act.actor.posts.iter().any(|post| post.files)
    }

    fn heads_a_unit(&self, act: &Act) -> bool {
        act.actor.posts.iter().filter(|held| held.files).any(|held| {
            self.staff.post(held.post_id).is_some_and(|post| self.units.contains(&post.organization_id))
        })
    }

    /// Moves forecasts and says what is reached.
    pub fn may_move(&self, act: &Act) -> bool {
        self.is_in_charge(act) || self.heads_a_unit(act)
    }

    /// Decides what the project is: its description, its milestones, its end.
    pub fn may_shape(&self, act: &Act) -> bool {
        self.is_in_charge(act) || act.actor.has(Role::Clerk)
    }

    /// # Errors
    /// Refuses everybody but the leader in charge and those who file for a responsible unit.
    pub fn must_move(&self, act: &Act) -> Result<(), AppError> {
        if self.may_move(act) { Ok(()) } else { Err(not_yours().into()) }
    }

    /// # Errors
    /// Refuses everybody but the leader in charge and the clerk.
    pub fn must_shape(&self, act: &Act) -> Result<(), AppError> {
        if self.may_shape(act) { Ok(()) } else { Err(not_yours().into()) }
    }

    /// A step of this project, by whoever acts, today.
    pub fn step(&self, act: &Act, step: ProjectMove) -> ProjectStepFact {
        ProjectStepFact::new(self.story.id(), step, self.today, self.staff.name(act.person()))
    }

    /// Publishes the step, and keeps what the desk is asked for.
    pub async fn take(
        &self,
        app: &App,
        tx: &mut Tx,
        act: &Act,
        step: ProjectStepFact,
    ) -> Result<(), AppError> {
        publish_affair(app, tx, &act.place, act.now, Affair::ProjectStep(step)).await?;
        keep(tx, &act.place, self.story.id(), &self.units).await
    }
}

/// Holds a post of the town's leadership on the day.
pub(super) fn leads_the_town(staff: &Staff, act: &Act) -> bool {
    act.actor.posts.iter().any(|held| {
        staff.post(held.post_id).is_some_and(|post| post.filing_duty == Some(FilingDuty::Leadership))
    })
}

/// # Errors
/// `NotFound` for a project that nothing was published of.
pub(crate) async fn story_of(tx: &mut Tx, place: &Place, id: ProjectId) -> Result<ProjectStory, AppError> {
    let rows = public_affair::affairs_about(tx, place.place_id, id.0).await?;
    story(&rows).ok_or(AppError::NotFound)
}

/// Writes the working side's rows after what the records say now.
pub(super) async fn keep(
    tx: &mut Tx,
    place: &Place,
    id: ProjectId,
    units: &[OrganizationId],
) -> Result<(), AppError> {
    let story = story_of(tx, place, id).await?;
    let kept = KeptProject {
        project_id: id,
        name: story.fact.name.clone(),
        leader_id: story.fact.leader,
        state: story.standing.state,
    };
    let milestones: Vec<KeptMilestone> = story
        .standing
        .milestones
        .iter()
        .map(|one| KeptMilestone {
            project_id: id,
            milestone_id: one.milestone_id,
            name: one.name.clone(),
            forecast_on: one.forecast_on,
            is_open: one.is_open(),
        })
        .collect();
    project::put_project(tx, place.place_id, &kept, units, &milestones).await?;
    Ok(())
}
