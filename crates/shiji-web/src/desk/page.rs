//! The desk's page.

use super::Advice;
use crate::Shared;
use crate::frame::page::{show, show_as};
use crate::frame::{Page, SignedIn, Texts, WebError};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use shiji_app::AppError;
use shiji_app::desk::{DeskItem, DeskPage, EditItem, desk_page, record_opening};
use shiji_domain::help::HelpKind;
use shiji_domain::id::{ItemId, PersonId};
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::report::ReportState;
use shiji_store::notice::Notice;
use shiji_store::reading::Count;
use std::collections::HashMap;

#[derive(serde::Deserialize)]
pub struct Shown {
    /// Key of the sentence at the top.
    #[serde(default)]
    done: String,
}

/// Words that were refused and stand in their box again, so that nothing is typed twice.
pub(super) enum Typed {
    Nothing,
    Words(ItemKind, String),
    Item(EditItem),
}

impl Typed {
    fn words(&self, kind: ItemKind) -> String {
        match self {
            Typed::Words(of, words) if *of == kind => words.clone(),
            _ => String::new(),
        }
    }
}

/// An item with its advice, and what stands in its form.
struct Entry {
    of: DeskItem,
    advice: Advice,
    editing: bool,
    version: i64,
    text: String,
    difficulty: String,
    /// The neighbours in the list, for moving it.
    above: Option<ItemId>,
    below: Option<ItemId>,
}

fn entries(t: Texts, items: Vec<DeskItem>, typed: &Typed) -> Vec<Entry> {
    let ids: Vec<ItemId> = items.iter().map(|item| item.item.item_id).collect();
    items
        .into_iter()
        .enumerate()
        .map(|(at, item)| Entry {
            above: at.checked_sub(1).and_then(|above| ids.get(above)).copied(),
            below: ids.get(at + 1).copied(),
            ..Entry::new(t, item, typed)
        })
        .collect()
}

impl Entry {
    fn new(t: Texts, of: DeskItem, typed: &Typed) -> Entry {
        let advice = Advice::of(t, &of.check);
        match typed {
            Typed::Item(edit) if edit.item == of.item.item_id => Entry {
                advice,
                editing: true,
                version: edit.version,
                text: edit.text.clone(),
                difficulty: edit.difficulty.clone().unwrap_or_default(),
                above: None,
                below: None,
                of,
            },
            _ => Entry {
                advice,
                editing: false,
                version: of.item.version,
                text: of.item.body.clone(),
                difficulty: of.item.difficulty.clone().unwrap_or_default(),
                above: None,
                below: None,
                of,
            },
        }
    }
}

impl Shell {
    fn notice_rest(&self, notice: &Notice) -> Option<String> {
        super::notice::rest(notice)
    }

    /// What is said of an item's readers, when there were any.
    fn read(&self, item: &ItemId) -> Option<String> {
        self.counts.get(item).map(|count| super::reading::said(self.page.t, *count))
    }
}

#[derive(Template)]
#[template(path = "desk/desk.html")]
struct Shell {
    page: Page,
    desk: DeskPage,
    work: Vec<Entry>,
    plan: Vec<Entry>,
    open: bool,
    /// `/desk` or `/desk/for/…`.
    state_key: String,
    state_class: &'static str,
    in_the_way: Option<String>,
    next_first: String,
    next_last: String,
    /// How often the own published items were opened; empty at another's desk.
    counts: HashMap<ItemId, Count>,
    /// What stands in the boxes for new work and new plans.
    words: String,
    plan_words: String,
}

pub async fn own(
    State(web): State<Shared>,
    me: SignedIn,
    Query(shown): Query<Shown>,
) -> Result<Response, WebError> {
    let owner = me.act.person();
    if !me.act.actor.posts.iter().any(|post| post.files)
        && let Some(other) = me.act.actor.files_for.first()
    {
        return page(&web, &me, *other, &shown).await;
    }
    page(&web, &me, owner, &shown).await
}

pub async fn delegated(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, person)): Path<(String, String, String)>,
    Query(shown): Query<Shown>,
) -> Result<Response, WebError> {
    let owner: PersonId = person.parse().map_err(|_| AppError::NotFound)?;
    page(&web, &me, owner, &shown).await
}

/// The desk with the refused words still in their box and the refusal on top. Whoever has no right here gets the plain
/// refusal, which is written to the audit trail.
pub(super) async fn shown_again(
    web: &Shared,
    me: &SignedIn,
    owner: PersonId,
    error: AppError,
    typed: Typed,
) -> Result<Response, WebError> {
    match error {
        AppError::Refused(refusal) if refusal.key != "refusal-not-yours" => {
            let trouble = me.here.t.refusal(&refusal);
            let shell = shell(web, me, owner, Some(trouble), &typed).await?;
            show_as(StatusCode::UNPROCESSABLE_ENTITY, &shell)
        }
        error => Err(error.into()),
    }
}

async fn page(web: &Shared, me: &SignedIn, owner: PersonId, shown: &Shown) -> Result<Response, WebError> {
    let t = me.here.t;
    let notice = match shown.done.as_str() {
        "filed" => Some(t.get("desk-filed-notice")),
        "captured" => Some(t.get("desk-captured-notice")),
        "conflict" => Some(t.get("desk-conflict-notice")),
        "merged" => Some(t.get("desk-merged-notice")),
        "delegated" => Some(t.get("desk-delegated-notice")),
        "delegation-ended" => Some(t.get("desk-delegation-ended-notice")),
        _ => None,
    };
    show(&shell(web, me, owner, notice, &Typed::Nothing).await?)
}

async fn shell(
    web: &Shared,
    me: &SignedIn,
    owner: PersonId,
    notice: Option<String>,
    typed: &Typed,
) -> Result<Shell, WebError> {
    record_opening(&web.app, &me.act, owner).await?;
    let mut desk = desk_page(&web.app, &me.act, owner).await?;
    let t = me.here.t;
    let work = entries(t, std::mem::take(&mut desk.work), typed);
    let plan = entries(t, std::mem::take(&mut desk.plan), typed);
    let state = desk.state.unwrap_or(ReportState::Draft);
    let mut page = Page::working(me).with_notice(notice);
    // The other language's address is that of the page, also after a form.
    page.here.rest = if desk.own { "/desk".into() } else { format!("/desk/for/{owner}") };
    let counts = match desk.own {
        true => shiji_app::reading::own_counts(&web.app, &me.act).await?,
        false => HashMap::new(),
    };
    let next = shiji_domain::calendar::following(desk.period.days);
    Ok(Shell {
        page,
        words: typed.words(ItemKind::Work),
        plan_words: typed.words(ItemKind::Plan),
        work,
        plan,
        open: state.is_open(),
        state_key: format!("state-{}", state.code()),
        state_class: match state {
            ReportState::Returned => "bad",
            ReportState::Filed => "warn",
            ReportState::Accepted | ReportState::Published => "good",
            ReportState::Draft => "idle",
        },
        in_the_way: desk.in_the_way.as_ref().map(|refusal| t.refusal(refusal)),
        next_first: next.first.to_string(),
        next_last: next.last.to_string(),
        counts,
        desk,
    })
}
