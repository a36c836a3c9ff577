//! Finds near copies among many items: MinHash over character pairs with digits folded, verified by the exact share.

use std::collections::HashMap;

/// Bands and rows of the signature: at a similarity of 0.7 one pair in a thousand is overlooked.
const BANDS: usize = 16;
const ROWS: usize = 3;
/// Items less alike than this are no near copies.
pub const NEAR: f32 = 0.7;
/// What a difference in the figures alone takes from the similarity.
const OTHER_FIGURES: f32 = 0.1;
/// No more hits than this are returned, the nearest first.
const MOST: usize = 50;

/// Items whose texts are the same but for their figures.
struct Form<Id> {
    pairs: Vec<u32>,
    items: Vec<(Id, u64)>,
}

/// A growing set of items that can be asked for near copies of a text.
pub struct Copies<Id = u64> {
    forms: Vec<Form<Id>>,
    by_text: HashMap<u64, u32>,
    bands: Vec<HashMap<u64, Vec<u32>>>,
}

impl<Id: Copy> Default for Copies<Id> {
    fn default() -> Self {
        Self::new()
    }
}

impl<Id: Copy> Copies<Id> {
    pub fn new() -> Self {
        Self {
            forms: Vec::new(),
            by_text: HashMap::new(),
            bands: (0..BANDS).map(|_| HashMap::new()).collect(),
        }
    }

    pub fn insert(&mut self, id: Id, text: &str) {
        let folded = Folded::of(text);
        if folded.pairs.is_empty() {
            return;
        }
        if let Some(form) = self.by_text.get(&folded.text) {
            self.forms[*form as usize].items.push((id, folded.figures));
            return;
        }
        let form = self.forms.len() as u32;
        for (band, key) in self.bands.iter_mut().zip(band_keys(&folded.pairs)) {
            band.entry(key).or_default().push(form);
        }
        self.by_text.insert(folded.text, form);
        self.forms.push(Form { pairs: folded.pairs, items: vec![(id, folded.figures)] });
    }

    /// The items nearest to the text and how alike they are (0 to 1; 1 is the same text), the nearest first.
    pub fn near(&self, text: &str) -> Vec<(Id, f32)> {
        let folded = Folded::of(text);
        let mut candidates: Vec<u32> = Vec::new();
        for (band, key) in self.bands.iter().zip(band_keys(&folded.pairs)) {
            candidates.extend(band.get(&key).into_iter().flatten());
        }
        candidates.sort_unstable();
        candidates.dedup();
        let mut forms: Vec<(u32, f32)> = candidates
            .into_iter()
            .map(|form| (form, likeness(&self.forms[form as usize].pairs, &folded.pairs)))
            .filter(|(_, likeness)| *likeness >= NEAR)
            .collect();
        forms.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut hits: Vec<(Id, f32)> = Vec::new();
        for (form, likeness) in forms {
            let items = &self.forms[form as usize].items;
            let same = items.iter().filter(|(_, figures)| *figures == folded.figures);
            let other = items.iter().rev().filter(|(_, figures)| *figures != folded.figures);
            hits.extend(same.take(MOST).map(|(id, _)| (*id, likeness)));
            hits.extend(other.take(MOST).map(|(id, _)| (*id, likeness - OTHER_FIGURES)));
        }
        hits.retain(|(_, likeness)| *likeness >= NEAR);
        hits.sort_by(|a, b| b.1.total_cmp(&a.1));
        hits.truncate(MOST);
        hits
    }

    /// How many items are in the set.
    pub fn len(&self) -> usize {
        self.forms.iter().map(|form| form.items.len()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }
}

struct Folded {
    text: u64,
    figures: u64,
    /// Hashes of the character pairs, sorted, each once.
    pairs: Vec<u32>,
}

impl Folded {
    fn of(text: &str) -> Self {
        let mut signs: Vec<char> = Vec::new();
        let mut figures = FIRST;
        for sign in text.chars() {
            if let Some(digit) = crate::split::digit(sign) {
                figures = mix(figures, u64::from(digit) + 1);
                if signs.last() != Some(&'0') {
                    signs.push('0');
                }
            } else if sign.is_alphanumeric() {
                figures = mix(figures, 0);
                signs.push(sign);
            }
        }
        let whole = signs.iter().fold(FIRST, |hash, sign| mix(hash, u64::from(*sign)));
        let mut pairs: Vec<u32> = signs
            .windows(2)
            .map(|pair| (mix(mix(FIRST, u64::from(pair[0])), u64::from(pair[1])) >> 16) as u32)
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        Self { text: whole, figures, pairs }
    }
}

const FIRST: u64 = 0xcbf2_9ce4_8422_2325;

fn mix(hash: u64, value: u64) -> u64 {
    let mixed = (hash ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

fn band_keys(pairs: &[u32]) -> [u64; BANDS] {
    let mut keys = [FIRST; BANDS];
    for (band, key) in keys.iter_mut().enumerate() {
        for row in 0..ROWS {
            let seed = mix(FIRST, (band * ROWS + row) as u64 + 1);
            let least = pairs.iter().map(|pair| mix(seed, u64::from(*pair))).min().unwrap_or(0);
            *key = mix(*key, least);
        }
    }
    keys
}

/// The share of common pairs among all pairs of both (Jaccard).
fn likeness(one: &[u32], other: &[u32]) -> f32 {
    let (mut a, mut b, mut common) = (0, 0, 0usize);
    while a < one.len() && b < other.len() {
        match one[a].cmp(&other[b]) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                a += 1;
                b += 1;
            }
        }
    }
    common as f32 / (one.len() + other.len() - common).max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_found_with_other_figures_and_small_changes_and_other_items_are_not() {
        let mut copies = Copies::new();
        copies.insert(1u64, "到柏树村走访监测户6户，为2户申请临时救助");
        copies.insert(2, "修补进村公路1.5公里，填坑槽22处");
        let near = copies.near("到柏树村走访监测户6户，为2户申请临时救助。");
        assert_eq!(near, [(1, 1.0)]);
        let near = copies.near("到柏树村走访监测户9户，为3户申请了临时救助");
        assert_eq!(near.len(), 1);
        assert!(near[0].1 < 1.0);
        assert!(copies.near("为茶农联系收购商").is_empty());
    }
}
