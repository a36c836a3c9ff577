//! Whether two short texts speak of the same matter: the share of the pairs of characters that they have in common. Looser
//! than a near copy; what it proposes, a person decides on.

use crate::gram::grams;
use std::collections::BTreeSet;

/// Common pairs without which two texts only share a place or a turn of phrase.
const COMMON_LEAST: usize = 3;
/// Share of the shorter text's pairs.
const SHARE_LEAST: f32 = 0.25;
/// Pairs that nearly every item has and that say nothing of its matter.
const EMPTY_PAIRS: [&str; 16] = [
    "工作", "开展", "完成", "进行", "落实", "推进", "情况", "问题", "相关", "及时", "进一", "一步", "做好",
    "加强", "组织", "有关",
];

/// How much of the shorter text stands in the other, 0 to 1; 0 when the two have next to nothing in common.
pub fn likeness(one: &str, other: &str) -> f32 {
    let (one, other) = (telling_pairs(one), telling_pairs(other));
    let common = one.intersection(&other).count();
    if common < COMMON_LEAST {
        return 0.0;
    }
    common as f32 / one.len().min(other.len()).max(1) as f32
}

/// Whether an item tells of carrying out what `matter` asks for.
pub fn carries_out(words: &str, matter: &str) -> bool {
    likeness(words, matter) >= SHARE_LEAST
}

fn telling_pairs(text: &str) -> BTreeSet<String> {
    grams(text)
        .into_iter()
        .filter(|pair| !EMPTY_PAIRS.contains(&pair.as_str()))
        .filter(|pair| !pair.chars().all(|c| c.is_ascii_digit()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_carries_out_the_order_that_it_carries_out() {
        let order = "11月底前完成东湾村水表更换，做到户户通水";
        assert!(carries_out("更换东湾村水表38只，试水全部正常", order));
        assert!(carries_out("到东湾村核对水表更换名单", order));
    }

    #[test]
    fn the_same_village_or_the_same_turn_of_phrase_is_not_the_same_matter() {
        let order = "11月底前完成东湾村水表更换，做到户户通水";
        assert!(!carries_out("组织东湾村党员大会，26人参加", order));
        assert!(!carries_out("完成进一步加强落实相关工作", "进一步做好相关工作，落实情况及时上报"));
        assert!(!carries_out("", order) && !carries_out("水表", order));
    }

    #[test]
    fn a_longer_text_about_the_same_is_as_alike_as_a_short_one() {
        let met = "东湾泵站电机烧坏，厂家配件要等两周，二百户夜里停水";
        assert!(likeness("西湾泵站电机烧坏，没有配件", met) > likeness("党员活动室漏雨没有钱修", met));
    }
}
