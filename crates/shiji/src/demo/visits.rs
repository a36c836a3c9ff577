//! The demo's list of firms and sites, help asked and offered, and one visit that was agreed on; the other proposals wait for
//! whoever looks at the page.

use super::people::Cast;
use super::{act_of, clerk_of, head_of};
use anyhow::{Context as _, Result};
use shiji_app::App;
use shiji_app::together::{
    self, AcceptVisit, AskHelp, DecideOffer, OfferHelp, PlanFilter, ask_help, decide_offer, offer_help,
    plan_page,
};
use shiji_demo::Town;
use shiji_domain::help::HelpKind;
use shiji_store::roster::Place;

/// The firm whose proposal the demo accepts.
const AGREED: &str = "鹭汀水产公司";

/// The clerk writes the list down once, so that all issues are read by it.
pub async fn list_spots(app: &App, place: &Place, (town, cast): (&Town, &Cast)) -> Result<()> {
    let clerk = clerk_of(town).map(|at| cast.people[at]).context("a clerk")?;
    let spots = shiji_demo::spots();
    let lines = |firm: bool| {
        let of_kind = spots.iter().filter(|(is_firm, _)| *is_firm == firm);
        of_kind.map(|(_, name)| *name).collect::<Vec<_>>().join("\n")
    };
    let act = act_of(app, place, clerk).await?;
    together::set_spots(app, &act, &lines(true), &lines(false)).await.context("the list of firms")
}

pub async fn fill(app: &App, place: &Place, (town, cast): (&Town, &Cast)) -> Result<()> {
    for asked in shiji_demo::asked() {
        ask(app, place, (town, cast), &asked).await.with_context(|| format!("help for {}", asked.unit))?;
    }
    agree(app, place, (town, cast)).await.context("a joint visit")
}

async fn ask(
    app: &App,
    place: &Place,
    (town, cast): (&Town, &Cast),
    asked: &shiji_demo::Asked,
) -> Result<()> {
    let Some(asker) = head_of(town, &asked.unit).map(|at| cast.people[at]) else { return Ok(()) };
    let act = act_of(app, place, asker).await?;
    let shown =
        plan_page(app, &act, &PlanFilter { unit: asked.unit.clone(), ..PlanFilter::default() }).await?;
    // The newest of the plans is the one that needs hands.
    let Some(line) = shown.lines.last().filter(|line| line.own) else { return Ok(()) };
    let wanted = AskHelp {
        item: line.plan.item_id,
        kind: HelpKind::from_code(&asked.kind).unwrap_or(HelpKind::Other),
        words: asked.words.clone(),
    };
    let help = ask_help(app, &act, wanted).await?;
    let helper = asked.helper.as_deref().and_then(|unit| head_of(town, unit)).map(|at| cast.people[at]);
    let Some(helper) = helper else { return Ok(()) };
    let words = format!("协助{}：{}", asked.unit, line.plan.body);
    let wanted = OfferHelp { help, helper, words };
    let offer = offer_help(app, &act_of(app, place, helper).await?, wanted).await?;
    if asked.accepted {
        decide_offer(app, &act, DecideOffer { offer, accepted: true }).await?;
    }
    Ok(())
}

async fn agree(app: &App, place: &Place, (town, cast): (&Town, &Cast)) -> Result<()> {
    let clerk = clerk_of(town).map(|at| cast.people[at]).context("a clerk")?;
    let act = act_of(app, place, clerk).await?;
    let shown = plan_page(app, &act, &PlanFilter::default()).await?;
    let Some(found) = shown.suggested.into_iter().find(|found| found.spot == AGREED) else {
        return Ok(());
    };
    let Some(lead) = found.parts.first().map(|part| part.person) else { return Ok(()) };
    let wanted = AcceptVisit {
        items: found.parts.iter().map(|part| part.item).collect(),
        spot_kind: found.spot_kind,
        spot: found.spot,
        lead,
        on: found.on,
        purpose: found.purpose,
        announced: true,
    };
    together::accept_visit(app, &act, wanted).await?;
    Ok(())
}
