//! How long it takes to find what could be one visit among the plans of a county.

use super::{median, millis};
use jiff::civil::date;
use shiji_domain::calendar::Days;
use shiji_domain::spot::SpotKind;
use shiji_text::{Plan, Spot, Spots, overlaps};
use std::hint::black_box;

const PLANS: usize = 5_000;
const UNITS: usize = 900;

/// Invented villages, firms and sites of a county: syllables put together, so that many names begin alike.
fn county() -> Vec<Spot> {
    const FIRST: [&str; 20] = [
        "柏林", "上河", "下河", "白石", "胡家", "芦花", "望江", "杏花", "老鸦", "三岔", "宏达", "宏盛",
        "鑫旺", "绿野", "福康", "天顺", "安达", "锦绣", "金梭", "恒穗",
    ];
    const VILLAGE: [&str; 15] =
        ["湾", "头", "桥", "营", "荡", "坞", "岭", "沟", "坪", "塘", "埂", "源", "屿", "冲", "陂"];
    const TRADE: [&str; 10] =
        ["建材", "养殖", "果业", "米业", "茶业", "制衣", "塑编", "石材", "水产", "酒业"];
    let mut spots = Vec::new();
    for first in FIRST {
        for end in VILLAGE {
            let name = format!("{first}{end}村");
            spots.push(Spot { kind: SpotKind::Village, name, others: Vec::new() });
        }
        for trade in TRADE {
            let name = format!("云汊县{first}{trade}有限责任公司");
            spots.push(Spot { kind: SpotKind::Firm, name, others: vec![format!("{first}{trade}")] });
        }
        spots.push(Spot { kind: SpotKind::Site, name: format!("{first}农贸市场"), others: Vec::new() });
    }
    spots
}

/// Words that a few plans share.
fn subject(at: usize) -> String {
    const SIGNS: [char; 12] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸', '子', '丑'];
    [at / 10 % 12, at / 120 % 12, at / 30 % 12].map(|sign| SIGNS[sign]).iter().collect()
}

fn texts(spots: &[Spot]) -> Vec<String> {
    const ACTS: [&str; 10] = [
        "周三上午检查{}消防通道和灭火器，复查上月隐患3处",
        "到{}查看废气处理设施运行台账",
        "11月19日到{}抽检样品6批次，送县里化验",
        "走访{}，登记采果季用工缺口，帮联系短工20人",
        "到{}入户核查低保对象6户，把新增的困难写进台账",
        "本周五前整治{}周边占道经营，劝离流动摊贩",
        "组织党员12人清理{}房前屋后垃圾，清运6车",
        "核对{}水表读数，更换停走水表12块",
        // Without a place: compared by what they are about.
        "周三组织企业安全员开展消防安全培训，讲{}号教材",
        "周四给返乡青年讲{}号电商直播课，30人参加",
    ];
    let name = |at: usize| {
        let spot = &spots[at * 7 % spots.len()];
        spot.others.first().filter(|_| at.is_multiple_of(2)).unwrap_or(&spot.name)
    };
    let about = |at: usize| {
        let act = ACTS[at % ACTS.len()];
        if act.contains("号") { act.replace("{}", &subject(at)) } else { act.replace("{}", name(at)) }
    };
    (0..PLANS).map(about).collect()
}

pub fn measure(runs: usize) {
    let all = county();
    let texts = texts(&all);
    let units: Vec<String> = (0..UNITS).map(|at| format!("{at}号所")).collect();
    let plans: Vec<Plan<'_>> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| Plan { unit: &units[at * 31 % UNITS], text, due_on: None })
        .collect();
    let week = Days { first: date(2026, 11, 16), last: date(2026, 11, 22) };
    let found = std::cell::Cell::new(0);
    let count = all.len();
    let time = median(runs, || {
        let spots = Spots::new("云汊县", all.clone());
        found.set(black_box(overlaps(&spots, &plans, week)).len());
    });
    println!("plans of a county, {count} places             {PLANS:>9}");
    println!("proposed as joint visits                  {:>9}", found.get());
    println!("finding them on one core                  {:>9.1} ms", millis(time));
}
