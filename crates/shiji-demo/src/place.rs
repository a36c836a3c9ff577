//! The invented map: villages with their groups, ditches and ponds, and the firms, roads and waters of the town.

use crate::dice::Dice;
use crate::phrase::Values;

#[derive(Debug, Clone)]
pub struct Village {
    pub name: &'static str,
    pub name_en: &'static str,
    /// Traits, one character each: 湖 lake, 山 hills, 稻 rice, 橙 oranges, 茶 tea, 街 the town seat.
    pub traits: &'static str,
    pub groups: Vec<&'static str>,
    ditch: &'static str,
    pond: &'static str,
    road: &'static str,
}

/// The columns of a `|`-separated table, comment lines left out.
pub fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('|').map(str::trim).collect())
}

pub fn villages() -> Vec<Village> {
    rows(include_str!("../data/villages.txt"))
        .filter_map(|row| match row[..] {
            [name, name_en, traits, groups, ditch, pond, road] => Some(Village {
                name,
                name_en,
                traits,
                groups: groups.split('、').collect(),
                ditch,
                pond,
                road,
            }),
            _ => None,
        })
        .collect()
}

/// Lists of names by what they stand for, such as `firm` or `river`.
pub fn shared() -> Vec<(&'static str, Vec<&'static str>)> {
    include_str!("../data/places.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(' '))
        .map(|(kind, names)| (kind, names.split('|').collect()))
        .collect()
}

/// Where one telling of a matter happens. A village secretary speaks of groups alone; everybody else names the village too.
pub fn scene(
    villages: &[Village],
    shared: &[(&'static str, Vec<&'static str>)],
    own: Option<usize>,
    dice: &mut Dice,
) -> Values {
    let mut values = Values::new();
    for (kind, names) in shared {
        if let Some(name) = dice.pick(names) {
            values.insert((*kind).to_owned(), (*name).to_owned());
        }
    }
    let at = own.unwrap_or_else(|| dice.below(villages.len()));
    let other = (at + 1 + dice.below(villages.len().saturating_sub(1))) % villages.len().max(1);
    let Some(village) = villages.get(at) else { return values };
    let mut groups = village.groups.clone();
    dice.shuffle(&mut groups);
    let first = groups.first().copied().unwrap_or_default();
    let group = if own.is_some() { first.to_owned() } else { format!("{}{first}", village.name) };
    let mut set = |name: &str, value: &str| values.insert(name.to_owned(), value.to_owned());
    set("v", village.name);
    set("w", villages[other].name);
    set("g", &group);
    set("g2", groups.get(1).copied().unwrap_or(first));
    set("ditch", village.ditch);
    set("pond", village.pond);
    if own.is_some() {
        set("road", village.road);
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_village_is_read_with_its_groups() {
        let villages = villages();
        assert_eq!(villages.len(), 17);
        assert!(villages.iter().all(|village| village.groups.len() >= 6));
    }
}
