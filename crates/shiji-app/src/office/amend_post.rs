//! Mends a post: its title, duty to file, leader in charge, telephone and matters.

use super::amend_person::telephone;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::PostId;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_domain::roster::FilingDuty;
use shiji_domain::staff::Post;
use shiji_domain::text::{one_line, optional_line, required_line};
use shiji_store::{Tx, roster};

/// Characters of a title or a matter.
pub(super) const LINE_LENGTH_MOST: usize = 60;
const DUTIES_MOST: usize = 40;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmendPost {
    pub post: PostId,
    pub title: String,
    pub filing_duty: Option<FilingDuty>,
    pub supervisor: Option<PostId>,
    /// The official B.
    pub deputy: Option<PostId>,
    /// Public; empty takes it away.
    pub office_telephone: String,
    /// Where to go and when; public, empty takes it away.
    pub office_place: String,
    pub office_hours: String,
    /// One matter a line.
    pub duties: String,
}

/// # Errors
/// Refuses everybody but the clerk, an empty title, too many or too long matters, a number that is none, and a post in
/// charge of itself; an unknown post is not found.
pub async fn amend_post(app: &App, act: &Act, wanted: AmendPost) -> Result<(), AppError> {
    act.actor.must_be(Role::Clerk)?;
    app.store
        .write("amend_post", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &AmendPost) -> Result<(), AppError> {
    let staff = roster::staff(tx, act.place.place_id).await?;
    let old = staff.post(wanted.post).ok_or(AppError::NotFound)?;
    if let Some(supervisor) = wanted.supervisor {
        staff.post(supervisor).ok_or(AppError::NotFound)?;
        if supervisor == wanted.post {
            return Err(Refusal::new("refusal-supervisor-self").into());
        }
    }
    if let Some(deputy) = wanted.deputy {
        staff.post(deputy).ok_or(AppError::NotFound)?;
        if deputy == wanted.post {
            return Err(Refusal::new("refusal-deputy-self").into());
        }
    }
    let new = Post {
        title: required_line(&wanted.title, LINE_LENGTH_MOST)?,
        filing_duty: wanted.filing_duty,
        supervisor_post_id: wanted.supervisor,
        deputy_post_id: wanted.deputy,
        office_telephone: telephone(&wanted.office_telephone)?,
        office_place: optional_line(&wanted.office_place, LINE_LENGTH_MOST)?,
        office_hours: optional_line(&wanted.office_hours, LINE_LENGTH_MOST)?,
        duties: duties(&wanted.duties)?,
        ..old.clone()
    };
    roster::put_post(tx, act.place.place_id, &new).await?;
    let change =
        Change { act: "post.amend", subject: &wanted.post, before: Some(told(old)), after: Some(told(&new)) };
    audit(app, tx, act, change).await
}

pub(super) fn duties(text: &str) -> Result<Vec<String>, Refusal> {
    let lines: Vec<String> = text.lines().map(one_line).filter(|line| !line.is_empty()).collect();
    if lines.len() > DUTIES_MOST {
        return Err(Refusal::new("refusal-items-many").with("most", DUTIES_MOST));
    }
    lines.iter().map(|line| required_line(line, LINE_LENGTH_MOST)).collect()
}

pub(super) fn told(post: &Post) -> String {
    let duty = post.filing_duty.map_or("-", FilingDuty::code);
    let telephone = post.office_telephone.as_deref().unwrap_or("-");
    format!("{} | {duty} | {telephone} | {}", post.title, post.duties.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::refused::{all_but_the_clerk, is_refused, key};
    use crate::office::roster_page;
    use crate::testing::Town;

    fn wanted(town: &Town, supervisor: &str) -> AmendPost {
        AmendPost {
            post: town.post("水务"),
            title: "水务站站长".into(),
            filing_duty: Some(FilingDuty::MidLevel),
            supervisor: Some(town.post(supervisor)),
            deputy: None,
            office_telephone: "0800-8000002".into(),
            office_place: "水务站一楼".into(),
            office_hours: String::new(),
            duties: "农村供水\n\n 河长制 ".into(),
        }
    }

    #[tokio::test]
    async fn a_post_is_mended_and_its_roles_stay() {
        for town in Town::each().await {
            let clerk = town.act("党政办").await;
            amend_post(&town.app, &clerk, wanted(&town, "书记")).await.unwrap();
            let page = roster_page(&town.app, &clerk).await.unwrap();
            let post = &page.person(town.person("水务")).unwrap().posts[0];
            assert_eq!(post.title, "水务站站长");
            assert_eq!(post.duties, ["农村供水", "河长制"]);
            assert_eq!(post.supervisor.as_deref(), Some("书记 · 党委书记"));
            assert_eq!(
                key(amend_post(&town.app, &clerk, wanted(&town, "水务")).await),
                "refusal-supervisor-self"
            );
            let own = AmendPost { post: town.post("党政办"), ..wanted(&town, "书记") };
            amend_post(&town.app, &clerk, own).await.unwrap();
            assert!(town.act("党政办").await.actor.has(Role::Clerk));
        }
    }

    #[tokio::test]
    async fn only_the_clerk_amends_posts() {
        for town in Town::each().await {
            for act in all_but_the_clerk(&town).await {
                assert!(is_refused(&amend_post(&town.app, &act, wanted(&town, "书记")).await));
            }
        }
    }
}
