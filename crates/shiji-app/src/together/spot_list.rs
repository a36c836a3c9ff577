//! The town's list of firms and sites, kept by the clerk; villages and key projects are added from where they stand.

use super::{check_public, must_be_at_work};
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use crate::publish::between::publish_affair;
use shiji_domain::id::PlaceId;
use shiji_domain::right::Role;
use shiji_domain::spot::{SpotKind, is_village, spot_lines};
use shiji_domain::staff::Staff;
use shiji_record::affair::{Affair, PublicSpot, SpotsFact};
use shiji_record::fact::Kind;
use shiji_store::spot::{self, Spot};
use shiji_store::{Tx, public_affair, roster};

/// What the clerk's page shows: one line for each firm and site, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpotList {
    pub firms: String,
    pub sites: String,
    pub villages: Vec<String>,
    pub projects: Vec<String>,
    pub may_change: bool,
}

/// # Errors
/// Refuses who is not at work.
pub async fn spot_list(app: &App, act: &Act) -> Result<SpotList, AppError> {
    must_be_at_work(act)?;
    let mut tx = app.store.read().await?;
    let place = act.place.place_id;
    let kept = spot::spots(&mut tx, place).await?;
    let staff = roster::staff(&mut tx, place).await?;
    let lines = |kind| {
        let of_kind = kept.iter().filter(|spot| spot.kind == kind);
        of_kind.map(line_of).collect::<Vec<_>>().join("\n")
    };
    Ok(SpotList {
        firms: lines(SpotKind::Firm),
        sites: lines(SpotKind::Site),
        villages: villages(&staff),
        projects: projects(&mut tx, place).await?,
        may_change: act.actor.has(Role::Clerk),
    })
}

fn line_of(spot: &Spot) -> String {
    std::iter::once(&spot.name).chain(&spot.others).cloned().collect::<Vec<_>>().join(" / ")
}

fn villages(staff: &Staff) -> Vec<String> {
    staff.organizations.iter().map(|unit| unit.name.clone()).filter(|name| is_village(name)).collect()
}

async fn projects(tx: &mut Tx, place: PlaceId) -> Result<Vec<String>, AppError> {
    let rows = public_affair::affairs_of_kind(tx, place, Kind::Project).await?;
    let name = |affair| if let Affair::Project(fact) = affair { Some(fact.name) } else { None };
    Ok(rows.into_iter().filter_map(|row| name(row.affair)).collect())
}

/// Everything that a plan may name.
pub(super) async fn all_spots(
    tx: &mut Tx,
    place: PlaceId,
    staff: &Staff,
) -> Result<Vec<shiji_text::Spot>, AppError> {
    let village = |name| shiji_text::Spot { kind: SpotKind::Village, name, others: Vec::new() };
    let mut all: Vec<shiji_text::Spot> = villages(staff).into_iter().map(village).collect();
    let kept = spot::spots(tx, place).await?.into_iter();
    all.extend(kept.map(|spot| shiji_text::Spot { kind: spot.kind, name: spot.name, others: spot.others }));
    for name in projects(tx, place).await? {
        if !all.iter().any(|spot| spot.name == name) {
            all.push(shiji_text::Spot { kind: SpotKind::Site, name, others: Vec::new() });
        }
    }
    Ok(all)
}

/// Puts both lists in the place of those before, and publishes them: they are what everybody can look visits up by.
///
/// # Errors
/// Refuses everybody but the clerk, and lines that cannot be read.
pub async fn set_spots(app: &App, act: &Act, firms: &str, sites: &str) -> Result<(), AppError> {
    act.actor.must_be(Role::Clerk)?;
    let mut spots: Vec<Spot> = Vec::new();
    for (kind, lines) in [(SpotKind::Firm, firms), (SpotKind::Site, sites)] {
        for line in spot_lines(lines)? {
            for name in std::iter::once(&line.name).chain(&line.others) {
                check_public(name)?;
            }
            if !spots.iter().any(|known| known.name == line.name) {
                spots.push(Spot { spot_id: app.new_id(), kind, name: line.name, others: line.others });
            }
        }
    }
    app.store
        .write("set_spots", &(app, act, spots), |tx, (app, act, spots)| Box::pin(write(app, tx, act, spots)))
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, spots: &[Spot]) -> Result<(), AppError> {
    let place = act.place.place_id;
    let before = spot::spots(tx, place).await?;
    let lines = |spots: &[Spot]| spots.iter().map(line_of).collect::<Vec<_>>().join("\n");
    if lines(&before) == lines(spots) {
        return Ok(());
    }
    spot::replace_spots(tx, place, spots).await?;
    let earlier = public_affair::affairs_of_kind(tx, place, Kind::Spots).await?;
    let list = earlier.first().map_or_else(|| app.new_id(), |row| row.affair.subject());
    let public = spots.iter().map(|spot| PublicSpot {
        kind: spot.kind.code().to_owned(),
        name: spot.name.clone(),
        others: spot.others.clone(),
    });
    let fact = SpotsFact { list, spots: public.collect() };
    publish_affair(app, tx, &act.place, act.now, Affair::Spots(fact)).await?;
    let change =
        Change { act: "spot.list", subject: &place, before: Some(lines(&before)), after: Some(lines(spots)) };
    audit(app, tx, act, change).await
}
