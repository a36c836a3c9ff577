//! One project: what was promised, where it stands, what moved it, and why it was moved.

use super::drawing::{Drawing, drawing};
use super::list::rule;
use super::view::{MilestoneLine, StepLine, is_shift, milestone_line, status_class, status_name, step_line};
use crate::Shared;
use crate::board::cache::Rendered;
use crate::board::render_page;
use crate::board::view::is_gone;
use crate::frame::{Here, Page, WebError};
use crate::question;
use askama::Template;
use jiff::civil::Date;
use shiji_app::log::{Located, item_proofs};
use shiji_app::project::{self, Moved, PublicProject};
use shiji_app::question::about_project;
use shiji_domain::id::{ItemId, ProjectId};
use shiji_record::fact::Kind;

/// Photos on one page; older ones stand with their items.
const PHOTOS_MOST: usize = 24;

/// A milestone with what moved it and every shift of it.
struct Part {
    line: MilestoneLine,
    items: Vec<ItemLine>,
    steps: Vec<StepLine>,
    shifts: usize,
}

struct ItemLine {
    id: ItemId,
    text: String,
    by: Option<String>,
    day: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Photo {
    sha256: String,
    caption: String,
    day: String,
    /// What was being built.
    milestone: String,
    item: ItemId,
}

#[derive(Template)]
#[template(path = "project/one.html")]
struct OnePage {
    page: Page,
    shown: PublicProject,
    state: (&'static str, String),
    drawing: Drawing,
    parts: Vec<Part>,
    /// Of the project as a whole.
    steps: Vec<StepLine>,
    /// Since the first day of the latest issue.
    new_steps: Vec<StepLine>,
    new_items: Vec<ItemLine>,
    since: Option<String>,
    /// The newest first.
    photos: Vec<Photo>,
    /// The first of all, also where it stands no more among [`OnePage::photos`].
    oldest: Option<Photo>,
    /// What residents asked about it, with where each question stands.
    questions: Vec<question::Line>,
    rule: Vec<String>,
    entries: Option<Vec<Located>>,
}

impl OnePage {
    /// The first photo and the latest, where there are several.
    fn then_and_now(&self) -> Option<(&Photo, &Photo)> {
        let now = self.photos.first()?;
        self.oldest.as_ref().filter(|then| *then != now).map(|then| (then, now))
    }

    /// The item that a step names, once it is published.
    fn published(&self, step: &StepLine) -> Option<ItemId> {
        step.item.filter(|item| self.shown.published(*item).is_some())
    }

    fn entry(&self, located: &Located) -> String {
        self.page.t.get(match located.leaf.kind {
            Kind::Project => "item-log-kind-project",
            Kind::Redaction => "item-log-kind-redaction",
            _ => "item-log-kind-project-step",
        })
    }

    fn started(&self) -> Option<String> {
        self.shown.story.fact.started_on.map(|day: Date| self.page.t.day(&day))
    }
}

fn item_line(here: &Here, moved: &Moved) -> ItemLine {
    let gone = is_gone(&moved.item);
    ItemLine {
        id: moved.item.fact.item,
        text: if gone { here.t.get("redacted") } else { moved.item.fact.text.clone() },
        by: moved.by.clone(),
        day: here.t.day(&moved.item.published_on),
    }
}

/// Published photos of what moved the project, the newest first, each once.
fn photos(here: &Here, shown: &PublicProject) -> Vec<Photo> {
    let mut photos: Vec<Photo> = Vec::new();
    let mut moved: Vec<&Moved> = shown.moved.iter().collect();
    moved.sort_by_key(|moved| std::cmp::Reverse(moved.first_on));
    for moved in moved {
        for evidence in &moved.item.fact.evidence {
            let known = photos.iter().any(|photo| photo.sha256 == evidence.sha256);
            if evidence.media_type == "image/jpeg" && !known {
                photos.push(Photo {
                    sha256: evidence.sha256.clone(),
                    caption: evidence.caption.clone(),
                    day: here.t.day(&moved.first_on),
                    milestone: shown
                        .story
                        .standing
                        .milestone(moved.milestone)
                        .map_or_else(String::new, |one| one.name.clone()),
                    item: moved.item.fact.item,
                });
            }
        }
    }
    photos
}

/// Those that the page shows, the newest first, and the first of all.
fn cut(mut photos: Vec<Photo>) -> (Vec<Photo>, Option<Photo>) {
    let oldest = photos.last().cloned();
    photos.truncate(PHOTOS_MOST);
    (photos, oldest)
}

pub async fn one_page(web: &Shared, here: Here, id: ProjectId) -> Result<Rendered, WebError> {
    let shown = project::one(&web.app, &here.place, id).await?;
    let t = here.t;
    let entries = match &web.app.log {
        Some(log) => Some(item_proofs(&web.app, log, &here.place, id.0).await?),
        None => None,
    };
    let (questions, today) = about_project(&web.app, &here.place, id).await?;
    let parts = shown
        .story
        .standing
        .milestones
        .iter()
        .map(|one| {
            let of_it = || shown.story.steps_of(one.milestone_id);
            let mut line = milestone_line(t, &shown.story, one, shown.today);
            if line.proof.is_some_and(|item| shown.published(item).is_none()) {
                line.now = t.one("milestone-item-waits", "now", line.now);
            }
            Part {
                line,
                items: shown.moved_by(one.milestone_id).map(|moved| item_line(&here, moved)).collect(),
                shifts: of_it().filter(|step| is_shift(step)).count(),
                steps: of_it().map(|step| step_line(t, &shown.story, step)).collect(),
            }
        })
        .collect();
    let whole = shown.story.steps.iter().filter(|step| step.fact.milestone.is_none());
    let (photos, oldest) = cut(photos(&here, &shown));
    let template = OnePage {
        state: (status_class(shown.status), status_name(t, shown.status)),
        drawing: drawing(t, &shown.story.standing, &shown.timetable, shown.today),
        steps: whole.map(|step| step_line(t, &shown.story, step)).collect(),
        new_steps: shown.new_steps().map(|step| step_line(t, &shown.story, step)).collect(),
        new_items: shown.moved.iter().filter(|one| one.is_new).map(|one| item_line(&here, one)).collect(),
        since: shown.latest.as_ref().map(|issue| t.day(&issue.first_day)),
        questions: questions.iter().map(|one| question::line(t, one, today)).collect(),
        photos,
        oldest,
        rule: rule(t),
        page: Page::public(here),
        parts,
        entries,
        shown,
    };
    render_page(&template)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_first_photo_is_shown_also_where_there_are_more_than_the_page_holds() {
        let photo = |number: usize| Photo {
            sha256: number.to_string(),
            caption: String::new(),
            day: String::new(),
            milestone: String::new(),
            item: ItemId(Uuid::nil()),
        };
        let (shown, oldest) = cut((0..PHOTOS_MOST + 6).map(photo).collect());
        assert_eq!((shown.len(), oldest), (PHOTOS_MOST, Some(photo(PHOTOS_MOST + 5))));
        assert_eq!(cut(Vec::new()), (Vec::new(), None));
    }
}
