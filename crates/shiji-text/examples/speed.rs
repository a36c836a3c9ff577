//! Prints how fast one core checks items, divides pastes and finds near copies: `cargo run --release --example speed`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use shiji_text::{Copies, Kind, check, personal_data, split};

/// Invented items of very different wording: places, acts, things and figures combined.
fn invented_items(count: usize) -> Vec<String> {
    const PLACES: [&str; 23] = [
        "青石村",
        "柏树村",
        "红旗水库",
        "老街",
        "二道河",
        "茶厂",
        "敬老院",
        "中心小学",
        "李家湾",
        "何家湾",
        "大坪村",
        "七组",
        "三江口",
        "北山",
        "河滨路",
        "粮站",
        "卫生院",
        "桥头",
        "太平寨",
        "西沟",
        "云顶小区",
        "岭下",
        "黑龙潭",
    ];
    const ACTS: [&str; 19] = [
        "走访监测户",
        "清理排水沟",
        "检查加油站",
        "调解山林纠纷",
        "核对补贴名册",
        "更换路灯",
        "丈量征地",
        "发放春耕化肥",
        "培训茶农",
        "疏通渠道",
        "登记外出务工人员",
        "审核建房申请",
        "拆除违建",
        "补种行道树",
        "抢修水管",
        "整理土地档案",
        "宣讲医保政策",
        "联系收购商",
        "验收村道",
    ];
    const ENDS: [&str; 17] = [
        "当天办结",
        "余下的周五前办",
        "双方签了协议",
        "已报县水利局",
        "群众代表到场见证",
        "公示七天无异议",
        "因下雨推迟到下周",
        "换下旧件交回仓库",
        "资金由村集体支付",
        "查出隐患并当场改好",
        "留下联系人电话",
        "与驻村队员一起完成",
        "照片已存档",
        "请县里专家看过",
        "下月回访",
        "名单交网格员",
        "已通知施工队返工",
    ];
    (0..count)
        .map(|at| {
            let (place, act, end) = (PLACES[at % 23], ACTS[at / 23 % 19], ENDS[at / 437 % 17]);
            format!("到{place}{act}{}处，{end}，编入第{}册", at % 31 + 1, at / 7429 + 1)
        })
        .collect()
}

fn per_second(count: usize, spent: Duration) -> f64 {
    count as f64 / spent.as_secs_f64()
}

fn main() {
    let items = invented_items(100_000);
    let start = Instant::now();
    for item in &items {
        black_box(check(item, Kind::Work));
    }
    println!("check: {:.0} items/s", per_second(items.len(), start.elapsed()));

    let start = Instant::now();
    for item in &items {
        black_box(personal_data(item));
    }
    println!("personal data: {:.0} items/s", per_second(items.len(), start.elapsed()));

    let pastes: Vec<String> = items
        .chunks_exact(8)
        .map(|part| {
            let numbered = |items: &[String]| {
                items
                    .iter()
                    .enumerate()
                    .map(|(at, item)| format!("{}. {item}；\n", at + 1))
                    .collect::<String>()
            };
            format!(
                "领导好：\n本周工作：\n{}下周计划：\n{}请审阅",
                numbered(&part[..5]),
                numbered(&part[5..])
            )
        })
        .collect();
    let start = Instant::now();
    for paste in &pastes {
        black_box(split(paste));
    }
    println!("split: {:.0} pastes of 8 items/s", per_second(pastes.len(), start.elapsed()));

    for length in [250_000, 500_000, 1_000_000] {
        let huge: String = items
            .iter()
            .flat_map(|item| [item.as_str(), "；1."])
            .collect::<String>()
            .chars()
            .take(length / 3)
            .collect();
        let start = Instant::now();
        black_box(split(&huge));
        println!("split of one line of {length} bytes: {:.0} ms", start.elapsed().as_secs_f64() * 1000.0);
    }

    let mut copies = Copies::new();
    let start = Instant::now();
    for (id, item) in items.iter().enumerate() {
        copies.insert(id as u64, item);
    }
    println!(
        "near copies: {:.0} inserts/s, {} items",
        per_second(items.len(), start.elapsed()),
        copies.len()
    );
    let start = Instant::now();
    let mut hits = 0;
    for item in items.iter().step_by(100) {
        hits += copies.near(item).len();
    }
    println!(
        "near copies: {:.0} queries/s among 100,000 items, {hits} hits",
        per_second(items.len() / 100, start.elapsed())
    );
}
