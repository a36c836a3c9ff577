//! OpenAPI 3.1: the handlers say what they take and give; what holds for every answer, and the examples, are added here.

use super::problem::{Problem, ProblemDocument};
use super::{
    answer, correction, difficulty, directive, dump, issue, item, membership, minutes, openapi, organization,
    person, place, post, project, question, redaction, visit,
};
use crate::frame::{Language, Texts};
use serde::Serialize;
use serde_json::{Map, Value, json};
use shiji_app::open_data::{AffairDocument as _, affair_example, example, issue_table};
use std::sync::LazyLock;
use utoipa::OpenApi;
use uuid::Uuid;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Shiji open data",
        version = "1",
        description = include_str!("description.md"),
        license(name = "Creative Commons Attribution 4.0 International", identifier = "CC-BY-4.0")
    ),
    paths(
        openapi::of_everything, place::list, place::start, openapi::of_place, issue::list, issue::whole, issue::table,
        item::list, item::one, answer::list, correction::list, redaction::list, question::list, question::one,
        project::list, project::one, directive::list, directive::one, difficulty::list, difficulty::one, visit::list,
        visit::one, minutes::list, minutes::one, person::list, person::one,
        organization::list, organization::one, post::list, membership::list, dump::list, dump::file,
    ),
    components(schemas(ProblemDocument)),
    tags(
        (name = "places", description = "Where to begin"),
        (name = "issues", description = "The published whole of a period"),
        (name = "items", description = "Lines of work and plan, and what became of plans"),
        (name = "changes", description = "What was corrected or taken away after publication"),
        (name = "questions", description = "What residents asked, and what was answered"),
        (name = "together", description = "What people do together: projects, directives, difficulties, visits, meetings"),
        (name = "people", description = "Officials, bodies, posts and memberships after the Popolo specification"),
        (name = "dumps", description = "Everything of a year in one file"),
    )
)]
struct Bare;

static EVERYTHING: LazyLock<Value> = LazyLock::new(build);

pub fn everything() -> &'static Value {
    &EVERYTHING
}

fn build() -> Value {
    let mut spec = serde_json::to_value(Bare::openapi()).unwrap_or_default();
    each_operation(&mut spec, |path, operation| {
        let name = operation["operationId"].as_str().unwrap_or_default().to_owned();
        complete(path, &name, operation);
    });
    spec
}

fn each_operation(spec: &mut Value, mut act: impl FnMut(&str, &mut Value)) {
    let paths = spec["paths"].as_object_mut().into_iter().flatten();
    for (path, methods) in paths {
        for operation in methods.as_object_mut().into_iter().flatten().map(|(_, operation)| operation) {
            act(path, operation);
        }
    }
}

/// What holds for every answer, and an example of each.
fn complete(path: &str, name: &str, operation: &mut Value) {
    let responses = &mut operation["responses"];
    let found = &mut responses["200"];
    let mut headers =
        json!({ "ETag": header("Changes whenever the answer does; to be sent back in `If-None-Match`.") });
    if found["content"]["application/json"]["schema"]["$ref"]
        .as_str()
        .is_some_and(|name| name.contains("/Page_"))
    {
        headers["Link"] =
            header("`rel=\"next\"`: the next page, as in the body; `rel=\"license\"`: the licence.");
    }
    found["headers"] = headers;
    if name == "dump" {
        found["content"] = json!({ "application/zip": {} });
    }
    for (_, content) in found["content"].as_object_mut().into_iter().flatten() {
        if let Some(example) = example_of(name) {
            content["example"] = example;
        }
    }
    responses["304"] = json!({ "description": "Nothing changed since the answer with this `ETag`." });
    let unknown =
        Problem::Parameter { name: "nmae".into(), key: "problem-parameter-none", wanted: String::new() };
    responses["400"] = problem("A parameter that is unknown, comes twice, or is not of its form.", &unknown);
    if path.contains('{') {
        responses["404"] = problem("There is no such place or thing.", &Problem::NotFound);
    }
    responses["405"] = problem("Another method than GET, HEAD or OPTIONS.", &Problem::Method);
}

fn header(description: &str) -> Value {
    json!({ "description": description, "schema": { "type": "string" } })
}

fn problem(description: &str, problem: &Problem) -> Value {
    let example = value(problem.document(Texts { language: Language::En }));
    let schema = json!({ "$ref": "#/components/schemas/Problem" });
    json!({
        "description": description,
        "content": { "application/problem+json": { "schema": schema, "example": example } },
    })
}

fn value(document: impl Serialize) -> Value {
    serde_json::to_value(document).unwrap_or_default()
}

fn example_of(operation: &str) -> Option<Value> {
    let page = |one: Value, list: &str| Some(value(example::page(one, list)));
    match operation {
        "openapi" | "openapiOfPlace" => {
            Some(json!({ "openapi": "3.1.0", "info": { "title": "…", "version": "1" } }))
        }
        "places" => Some(value(example::places())),
        "start" => Some(value(example::start())),
        "issues" => page(value(example::issue()), "issues"),
        "issue" => Some(value(example::whole_issue())),
        "issueTable" => String::from_utf8(issue_table(&example::whole_issue())).ok().map(Value::String),
        "items" => page(value(example::plan_item()), "items"),
        "item" => Some(value(example::item())),
        "answers" => page(value(example::answer()), "answers"),
        "corrections" => page(value(example::correction()), "corrections"),
        "redactions" => page(value(example::redaction()), "redactions"),
        "questions" => page(value(example::question()), "questions"),
        "question" => Some(value(example::question())),
        "projects" => affair_example::project().and_then(|one| page(value(one.into_affair()), "projects")),
        "project" => affair_example::project().map(value),
        "directives" => {
            affair_example::directive().and_then(|one| page(value(one.into_affair()), "directives"))
        }
        "directive" => affair_example::directive().map(value),
        "difficulties" => {
            affair_example::difficulty().and_then(|one| page(value(one.into_affair()), "difficulties"))
        }
        "difficulty" => affair_example::difficulty().map(value),
        "visits" => affair_example::visit().and_then(|one| page(value(one.into_affair()), "visits")),
        "visit" => affair_example::visit().map(value),
        "minutes" => affair_example::minutes().and_then(|one| page(value(one.into_affair()), "minutes")),
        "minutesOfMeeting" => affair_example::minutes().map(value),
        "persons" => page(value(example::person()), "persons"),
        "person" => Some(value(example::whole_person())),
        "organizations" => page(value(example::organization()), "organizations"),
        "organization" => Some(value(example::whole_organization())),
        "posts" => page(value(example::post()), "posts"),
        "memberships" => page(value(example::membership()), "memberships"),
        "dumps" => Some(value(example::dump_years())),
        _ => None,
    }
}

/// What one place can be asked for.
pub struct Live {
    pub slug: String,
    pub issue: Option<i64>,
    pub item: Option<Uuid>,
    pub person: Option<Uuid>,
    pub organization: Option<Uuid>,
    /// A question's number.
    pub question: Option<i64>,
    pub year: Option<i16>,
    pub project: Option<Uuid>,
    pub directive: Option<Uuid>,
    pub difficulty: Option<Uuid>,
    pub visit: Option<Uuid>,
    /// A meeting's.
    pub minutes: Option<Uuid>,
}

impl Live {
    fn parameter(&self, operation: &str, name: &str) -> Option<Value> {
        match (operation, name) {
            ("item", "id") => self.item.map(value),
            ("person", "id") | (_, "person") => self.person.map(value),
            ("project", "id") => self.project.map(value),
            ("directive", "id") => self.directive.map(value),
            ("difficulty", "id") => self.difficulty.map(value),
            ("visit", "id") => self.visit.map(value),
            ("minutesOfMeeting", "id") => self.minutes.map(value),
            ("organization", "id") | (_, "organization" | "unit") => self.organization.map(value),
            (_, "question") => self.question.map(|number| value(number.to_string())),
            (_, "number" | "issue") => self.issue.map(value),
            (_, "year") => self.year.map(value),
            _ => None,
        }
    }
}

/// The specification with the place's name in its addresses and with parameters that are answered there.
pub fn of_one_place(live: &Live) -> Value {
    let mut spec = everything().clone();
    each_operation(&mut spec, |_, operation| {
        let name = operation["operationId"].as_str().unwrap_or_default().to_owned();
        let Some(parameters) = operation.get_mut("parameters").and_then(Value::as_array_mut) else { return };
        parameters.retain(|parameter| parameter["name"] != "place");
        for parameter in parameters {
            let called = parameter["name"].as_str().unwrap_or_default().to_owned();
            if let Some(example) = live.parameter(&name, &called) {
                parameter["example"] = example;
            }
        }
    });
    let paths = spec["paths"].take();
    let named = paths.as_object().into_iter().flatten();
    let paths: Map<String, Value> =
        named.map(|(path, methods)| (path.replace("{place}", &live.slug), methods.clone())).collect();
    spec["paths"] = Value::Object(paths);
    spec
}
