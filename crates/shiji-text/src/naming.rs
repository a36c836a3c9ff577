//! Whether words speak of something that has a name: a project, a milestone of it. Names are said in part ("主管网铺设3公里" for
//! "供水主管网铺设完成"), so the pairs of characters that both share are counted.

use crate::gram::{grams, runs};
use std::collections::BTreeSet;

/// Pairs that stand in half of all names and half of all work, and name nothing.
const SAYS_NOTHING: [&str; 30] = [
    "工程", "项目", "建设", "完成", "开工", "竣工", "验收", "启动", "推进", "全面", "实施", "工作", "进行",
    "改造", "提升", "整治", "治理", "农村", "全镇", "乡村", "项工", "造工", "升工", "设工", "目建", "程建",
    "治工", "理工", "设完", "全部",
];
/// Shared pairs by which a long name counts as spoken of.
const ENOUGH: usize = 2;

/// The pairs by which a name is told from others.
fn telling(name: &str) -> BTreeSet<String> {
    let all = || grams(name).into_iter().filter(|pair| pair.chars().count() == 2);
    let telling: BTreeSet<String> = all().filter(|pair| !SAYS_NOTHING.contains(&pair.as_str())).collect();
    // "竣工验收" says little, but it is all that the milestone is called.
    if telling.is_empty() { all().collect() } else { telling }
}

/// How many of the name's pairs the words share.
pub fn shared_pairs(words: &str, name: &str) -> usize {
    let spoken: BTreeSet<String> = grams(words).into_iter().collect();
    telling(name).intersection(&spoken).count()
}

/// The words speak of what is called `name`: they hold the whole name, or two of its telling pairs, or all there are.
pub fn speaks_of(words: &str, name: &str) -> bool {
    let whole: String = runs(name).concat();
    if whole.chars().count() >= 2 && runs(words).concat().contains(&whole) {
        return true;
    }
    let there_are = telling(name).len();
    there_are > 0 && shared_pairs(words, name) >= ENOUGH.min(there_are)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_said_in_part_is_recognised() {
        let project = "澄湾镇农村饮水安全工程";
        assert!(speaks_of("饮水安全主管网完成试压2.4公里", project));
        assert!(speaks_of("到澄湾镇农村饮水安全工程工地检查", project));
        assert!(speaks_of("铺设供水主管网3公里", "供水主管网铺设完成"));
    }

    #[test]
    fn words_that_stand_in_every_name_name_nothing() {
        assert!(!speaks_of("推进全镇重点项目建设工程", "澄湾镇农村饮水安全工程"));
        assert!(!speaks_of("完成低保户入户核查38户", "河堤加固工程"));
        assert!(!speaks_of("组织环境整治", "河堤整治工程"));
    }

    #[test]
    fn a_short_name_is_spoken_of_when_all_of_it_is() {
        assert!(speaks_of("水厂通水试运行", "通水"));
        assert!(!speaks_of("水管修好", "通水"));
        assert!(speaks_of("组织竣工验收", "竣工验收"));
    }

    #[test]
    fn the_milestone_that_shares_more_is_told_from_the_other() {
        let words = "水厂设备安装到位，开始调试";
        assert!(shared_pairs(words, "水厂设备安装调试") > shared_pairs(words, "水厂主体封顶"));
        assert_eq!(shared_pairs("", "通水"), 0);
        assert!(!speaks_of("随便写几句", "、。"));
    }
}
