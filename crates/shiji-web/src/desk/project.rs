//! Key projects at work: forecasts moved with their reason, milestones reached, and what a project is.

use super::go;
use crate::Shared;
use crate::frame::page::show_as;
use crate::frame::{Fields, Page, SafeFields, SignedIn, Texts, WebError, show};
use crate::project::view::{MilestoneLine, StepLine, milestone_line, status_class, status_name, step_line};
use crate::project::{Drawing, Line, drawing, line};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use shiji_app::AppError;
use shiji_app::log::{RedactProject, redact_project};
use shiji_app::project::{
    self, AddMilestone, Choices, DescribeProject, Description, DropMilestone, End, FormKey, LinkedItem,
    NewProject, ProjectPage, Proposed, ReachMilestone, ShiftForecast, TakeBack, TakeUpMilestone,
};
use shiji_domain::id::{MilestoneId, OrganizationId, ProjectId};
use shiji_domain::project::{NAME_LENGTH_MOST, Project, Remark};
use shiji_domain::redaction::RedactionReason;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_domain::text::REMARK_LENGTH_MOST;
use shiji_domain::timetable::timetable;
use std::collections::HashMap;

/// Milestones that the form for a new project has room for; more are added on its page.
const NEW_MILESTONES: usize = 8;

#[derive(Template)]
#[template(path = "desk/projects.html")]
struct ProjectsTemplate {
    page: Page,
    own: Vec<Line>,
    others: Vec<Line>,
    /// Where this person may begin a project.
    choices: Option<Choices>,
    may_import: bool,
    trouble: Option<String>,
    typed: Fields,
    /// The number of the form, so that it begins one project however often it is sent.
    key: FormKey,
    name_longest: usize,
    longest: usize,
}

impl ProjectsTemplate {
    fn rows(&self) -> Vec<(usize, String, String)> {
        let typed = |name: &str, number: usize| self.typed.text(&format!("{name}-{number}")).to_owned();
        (1..=NEW_MILESTONES)
            .map(|number| (number, typed("milestone", number), typed("day", number)))
            .collect()
    }

    fn is_chosen(&self, field: &str, id: &impl std::fmt::Display) -> bool {
        let id = id.to_string();
        self.typed.0.iter().any(|(name, value)| name == field && *value == id)
    }
}

pub async fn list(
    State(web): State<Shared>,
    me: SignedIn,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, WebError> {
    let taken = query.get("done").is_some_and(|done| done == "imported");
    let notice = taken.then(|| me.here.t.get("project-done-imported"));
    listed(&web, &me, notice, None, Fields::default()).await
}

async fn listed(
    web: &Shared,
    me: &SignedIn,
    notice: Option<String>,
    trouble: Option<Refusal>,
    typed: Fields,
) -> Result<Response, WebError> {
    let (all, choices, today) = project::working_projects(&web.app, &me.act).await?;
    let (own, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.own);
    let t = me.here.t;
    let lines = |all: Vec<project::WorkingLine>| all.iter().map(|one| line(t, &one.story, today)).collect();
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    // What was changed after it was published is another project, and needs a number of its own.
    let is_used = trouble.as_ref().is_some_and(|refusal| refusal.key == "refusal-project-form-used");
    let kept = typed.text("key").parse().ok().filter(|_| !is_used);
    let template = ProjectsTemplate {
        page: Page::working(me).with_notice(notice),
        own: lines(own),
        others: lines(others),
        choices,
        may_import: me.act.actor.has(Role::Clerk),
        trouble: trouble.map(|refusal| t.refusal(&refusal)),
        typed,
        key: kept.unwrap_or_else(|| FormKey::new(&web.app)),
        name_longest: NAME_LENGTH_MOST,
        longest: REMARK_LENGTH_MOST,
    };
    show_as(status, &template)
}

fn description(fields: &Fields) -> Result<Description, Refusal> {
    let units = fields.0.iter().filter(|(name, _)| name == "unit");
    let units = units.map(|(_, id)| id.parse().map_err(|_| Refusal::new("refusal-project-unit")));
    Ok(Description {
        aim: fields.text("aim").to_owned(),
        leader: fields.optional_parsed("leader")?,
        units: units.collect::<Result<Vec<OrganizationId>, Refusal>>()?,
        money: fields.text("money").to_owned(),
        site: fields.text("site").to_owned(),
    })
}

fn new_project(fields: &Fields) -> Result<NewProject, Refusal> {
    let mut milestones = Vec::new();
    for number in 1..=NEW_MILESTONES {
        let name = fields.optional(&format!("milestone-{number}"));
        let day: Option<Date> = fields.optional_parsed(&format!("day-{number}"))?;
        match (name, day) {
            (Some(name), Some(day)) => milestones.push((name.to_owned(), day)),
            (None, None) => {}
            _ => return Err(Refusal::new("refusal-project-half").with("number", number)),
        }
    }
    Ok(NewProject {
        name: fields.text("name").to_owned(),
        description: description(fields)?,
        started_on: fields.optional_parsed("started")?,
        milestones,
    })
}

/// Shows the project as it would stand; publishes it when that was looked at, or goes back to the form.
pub async fn begin(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let done = match fields.text("act") {
        "change" => return listed(&web, &me, None, None, fields).await,
        "publish" => publish(&web, &me, &fields).await,
        _ => proposed(&web, &me, &fields).await,
    };
    match done {
        Ok(response) => Ok(response),
        Err(WebError::App(AppError::Refused(refusal))) if refusal.key != "refusal-not-yours" => {
            listed(&web, &me, None, Some(refusal), fields).await
        }
        Err(error) => Err(error),
    }
}

async fn publish(web: &Shared, me: &SignedIn, fields: &Fields) -> Result<Response, WebError> {
    let form: FormKey = fields.text("key").parse()?;
    let id = project::begin_project_once(&web.app, &me.act, new_project(fields)?, form).await?;
    Ok(go(&me.here.to(&format!("/desk/project/{id}?done=begun"))))
}

#[derive(Template)]
#[template(path = "desk/project_proposed.html")]
struct ProposedTemplate {
    page: Page,
    shown: Proposed,
    drawing: Drawing,
    /// Id, name, promised day.
    lines: Vec<(MilestoneId, String, String)>,
    /// What should be looked at twice.
    remarks: Vec<String>,
    /// The form as it was filled in.
    carried: Vec<(String, String)>,
}

impl ProposedTemplate {
    fn started(&self) -> Option<String> {
        self.shown.fact.started_on.map(|day| self.page.t.day(&day))
    }
}

fn remark(t: Texts, standing: &Project, remark: Remark) -> String {
    let about = |key: &str, id: MilestoneId| {
        let one = standing.milestone(id);
        let day = one.map(|one| t.day(&one.promised_on)).unwrap_or_default();
        t.two(key, "name", one.map(|one| one.name.as_str()).unwrap_or_default(), "day", day)
    };
    match remark {
        Remark::Past(id) => about("project-remark-past", id),
        Remark::Far(id) => about("project-remark-far", id),
        Remark::NoStart => t.get("project-remark-no-start"),
    }
}

async fn proposed(web: &Shared, me: &SignedIn, fields: &Fields) -> Result<Response, WebError> {
    let shown = project::propose_project(&web.app, &me.act, &new_project(fields)?).await?;
    let (t, standing, today) = (me.here.t, &shown.standing, shown.today);
    let drawn = timetable(standing, shown.fact.started_on, today);
    let own = |name: &str| matches!(name, "csrf" | "act");
    let template = ProposedTemplate {
        page: Page::working(me),
        drawing: drawing(t, standing, &drawn, today),
        lines: standing
            .milestones
            .iter()
            .map(|one| (one.milestone_id, one.name.clone(), t.day(&one.promised_on)))
            .collect(),
        remarks: standing.remarks(today).into_iter().map(|one| remark(t, standing, one)).collect(),
        carried: fields.0.iter().filter(|(name, value)| !own(name) && !value.is_empty()).cloned().collect(),
        shown,
    };
    show(&template)
}

#[derive(Template)]
#[template(path = "desk/project.html")]
struct ProjectTemplate {
    page: Page,
    shown: ProjectPage,
    state: (&'static str, String),
    lines: Vec<MilestoneLine>,
    steps: Vec<StepLine>,
    is_open: bool,
    /// Every milestone is reached or dropped.
    may_finish: bool,
    trouble: Option<String>,
    typed: Fields,
    name_longest: usize,
    longest: usize,
}

impl ProjectTemplate {
    /// The next milestone's forecast, where it lies before this one's.
    fn overtaken(&self, id: &MilestoneId) -> Option<String> {
        let standing = &self.shown.story.standing;
        let next = standing.overtaken_by(standing.milestone(*id)?)?;
        Some(self.page.t.two(
            "project-overtaken",
            "name",
            &next.name,
            "day",
            self.page.t.day(&next.forecast_on),
        ))
    }

    fn linked(&self, id: MilestoneId) -> Vec<&LinkedItem> {
        self.shown.linked.iter().filter(|item| item.milestone == id).collect()
    }

    /// What was typed into the form of this milestone before it was refused.
    fn typed(&self, id: MilestoneId, act: &str, field: &str) -> String {
        let own = self.typed.text("milestone") == id.to_string() && self.typed.text("act") == act;
        if own { self.typed.text(field).to_owned() } else { String::new() }
    }

    /// What was typed into a form of the whole project, else what stands there.
    fn or(&self, act: &str, field: &str, standing: &Option<String>) -> String {
        let own = self.typed.text("act") == act;
        if own { self.typed.text(field).to_owned() } else { standing.clone().unwrap_or_default() }
    }

    /// Records whose words can be taken away: number, and what it was.
    fn records(&self) -> Vec<(i64, String)> {
        let t = self.page.t;
        let first = (
            1,
            t.two(
                "project-record",
                "day",
                t.day(&self.shown.story.published_on),
                "what",
                t.get("item-log-kind-project"),
            ),
        );
        let steps = self.steps.iter().rev();
        let steps =
            steps.map(|step| (step.revision, t.two("project-record", "day", &step.day, "what", &step.what)));
        [first].into_iter().chain(steps).collect()
    }

    fn redaction_reasons(&self) -> Vec<(&'static str, String)> {
        let name = |reason: RedactionReason| {
            self.page.t.get(format!("redaction-{}", reason.code().replace('_', "-")))
        };
        RedactionReason::ALL.into_iter().map(|reason| (reason.code(), name(reason))).collect()
    }

    fn typed_in(&self, act: &str, field: &str) -> String {
        if self.typed.text("act") == act { self.typed.text(field).to_owned() } else { String::new() }
    }
}

type ProjectPath = Path<(String, String, String)>;

fn id_of(text: &str) -> Result<ProjectId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

const DONE: [&str; 10] = [
    "begun",
    "shifted",
    "reached",
    "taken-back",
    "added",
    "dropped",
    "taken-up",
    "described",
    "ended",
    "redacted",
];

pub async fn page(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, id)): ProjectPath,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, WebError> {
    let done = query.get("done").map(String::as_str).filter(|done| DONE.contains(done));
    let notice = done.map(|done| me.here.t.get(format!("project-done-{done}")));
    shown(&web, &me, id_of(&id)?, notice, None, Fields::default()).await
}

pub async fn act(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, id)): ProjectPath,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let id = id_of(&id)?;
    match take(&web, &me, id, &fields).await {
        Ok(done) => Ok(go(&me.here.to(&format!("/desk/project/{id}?done={done}")))),
        Err(AppError::Refused(refusal)) if refusal.key != "refusal-not-yours" => {
            shown(&web, &me, id, None, Some(refusal), fields).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn take(
    web: &Shared,
    me: &SignedIn,
    project: ProjectId,
    fields: &Fields,
) -> Result<&'static str, AppError> {
    let (app, act) = (&web.app, &me.act);
    let reason = fields.text("reason").to_owned();
    match fields.text("act") {
        "shift" => {
            let wanted = ShiftForecast {
                project,
                milestone: fields.parsed("milestone")?,
                to: fields.parsed("to")?,
                reason,
            };
            project::shift_forecast(app, act, wanted).await.map(|()| "shifted")
        }
        "reach" => {
            let wanted = ReachMilestone {
                project,
                milestone: fields.parsed("milestone")?,
                on: fields.parsed("on")?,
                item: fields.optional_parsed("item")?,
            };
            project::reach_milestone(app, act, wanted).await.map(|()| "reached")
        }
        "take-back" => {
            let wanted = TakeBack { project, milestone: fields.parsed("milestone")?, reason };
            project::take_back(app, act, wanted).await.map(|()| "taken-back")
        }
        "add" => {
            let name = fields.text("name").to_owned();
            let wanted = AddMilestone { project, name, day: fields.parsed("day")?, reason };
            project::add_milestone(app, act, wanted).await.map(|()| "added")
        }
        "drop" => {
            let wanted = DropMilestone { project, milestone: fields.parsed("milestone")?, reason };
            project::drop_milestone(app, act, wanted).await.map(|()| "dropped")
        }
        "take-up" => {
            let wanted = TakeUpMilestone { project, milestone: fields.parsed("milestone")?, reason };
            project::take_up_milestone(app, act, wanted).await.map(|()| "taken-up")
        }
        "describe" => {
            let wanted = DescribeProject { project, description: description(fields)?, reason };
            project::describe_project(app, act, wanted).await.map(|()| "described")
        }
        "redact" => {
            let reason = RedactionReason::from_code(fields.text("redaction"))
                .ok_or_else(|| Refusal::new("refusal-reason-missing"))?;
            if fields.text("sure") != "yes" {
                return Err(Refusal::new("refusal-redact-unsure").into());
            }
            let wanted = RedactProject { project, revision: fields.parsed("record")?, reason };
            redact_project(app, act, wanted).await.map(|()| "redacted")
        }
        code => {
            let end = End::from_code(code).ok_or_else(|| Refusal::new("refusal-form"))?;
            project::end_project(app, act, project, end, &reason).await.map(|()| "ended")
        }
    }
}

async fn shown(
    web: &Shared,
    me: &SignedIn,
    id: ProjectId,
    notice: Option<String>,
    trouble: Option<Refusal>,
    typed: Fields,
) -> Result<Response, WebError> {
    let shown = project::working_page(&web.app, &me.act, id).await?;
    let t = me.here.t;
    let standing = &shown.story.standing;
    let template = ProjectTemplate {
        page: Page::working(me).with_notice(notice),
        state: (status_class(shown.status), status_name(t, shown.status)),
        lines: standing
            .milestones
            .iter()
            .map(|one| milestone_line(t, &shown.story, one, shown.today))
            .collect(),
        steps: shown.story.steps.iter().rev().map(|step| step_line(t, &shown.story, step)).collect(),
        is_open: standing.must_be_open().is_ok(),
        may_finish: standing.must_be_open().is_ok() && standing.next().is_none(),
        trouble: trouble.as_ref().map(|refusal| t.refusal(refusal)),
        name_longest: NAME_LENGTH_MOST,
        longest: REMARK_LENGTH_MOST,
        shown,
        typed,
    };
    match trouble {
        Some(_) => show_as(StatusCode::UNPROCESSABLE_ENTITY, &template),
        None => show(&template),
    }
}
