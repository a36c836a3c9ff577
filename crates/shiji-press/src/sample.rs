//! An invented issue for tests.

use crate::sheet::{
    AskCard, AskCards, AskDesk, AskOfficial, AskWords, Checkpoint, Decision, IssueSheet, IssueWords, Line,
    Mark, MinutesSheet, MinutesWords, Official, Promise, Tally, Unit,
};
use jiff::civil::date;

fn line(text: &str) -> Line {
    Line { text: text.into(), due: None, difficulty: None, corrected: vec![] }
}

pub fn official(name: &str, work: &str) -> Official {
    Official {
        name: name.into(),
        posts: "所长".into(),
        telephone: Some("0871-6000 1234".into()),
        standing: None,
        absence: None,
        note: None,
        address: Some(format!("https://board.example/chengwan/zh/person/{}", name.chars().count())),
        promises: vec![Promise {
            text: format!("{name}承诺检修泵站"),
            mark: Mark::Partly,
            outcome: "部分完成".into(),
            reason: Some("配件未到".into()),
        }],
        work: vec![line(work)],
        plan: vec![Line { due: Some("12月5日前".into()), ..line(&format!("{name}计划巡河两次")) }],
    }
}

pub fn issue(units: Vec<Unit>) -> IssueSheet {
    IssueSheet {
        language: "zh".into(),
        place: "澄湾镇".into(),
        heading: "实绩公示".into(),
        number: "第 12 期".into(),
        period: "2026年11月16日—22日".into(),
        published: "2026年11月23日公示 · 李明主持例会审定".into(),
        published_on: date(2026, 11, 23),
        tally: vec![Tally { label: "应报".into(), count: 66 }, Tally { label: "已报".into(), count: 64 }],
        checkpoint: Some(Checkpoint {
            origin: "board.example/log".into(),
            size: "共 8214 条".into(),
            root: "q83vEjRWeJq8".into(),
            address: Some("https://board.example/log/checkpoint".into()),
        }),
        units,
        words: IssueWords {
            promises: "上周承诺".into(),
            work: "本周实绩".into(),
            plan: "下周计划".into(),
            difficulty: "困难".into(),
            reason: "原因".into(),
            contents: "目录".into(),
            sheet: "第 {n} 张，共 {m} 张".into(),
            page: "第 {n} 页，共 {m} 页".into(),
            checkpoint: "存证".into(),
            scan: "扫码看{name}".into(),
            continued: "{name}（续）".into(),
            missing: "下列字没有字库可印：".into(),
        },
    }
}

/// Twelve units with three officials each.
pub fn town() -> IssueSheet {
    let units = (1..=12).map(|unit| Unit {
        name: format!("第{unit}站"),
        officials: (1..=3)
            .map(|place| {
                let name = format!("张{unit}之{place}");
                official(&name, &format!("{name}更换水表38只，修复渠道120米，走访农户15户"))
            })
            .collect(),
    });
    issue(units.collect())
}

pub fn cards() -> AskCards {
    AskCards {
        language: "zh".into(),
        place: "澄湾镇".into(),
        heading: "有事找谁".into(),
        as_of: "按第 12 期公示".into(),
        published_on: date(2026, 11, 23),
        cards: ["青石村", "柳溪村"]
            .map(|village| AskCard {
                village: village.into(),
                officials: vec![AskOfficial {
                    name: "王小满".into(),
                    posts: "村党总支书记".into(),
                    telephone: Some("0871-6000 1234".into()),
                    office_place: Some(format!("{village}委会")),
                    office_hours: Some("周一至周五".into()),
                    leader: Some("李明".into()),
                    deputy: None,
                    matters: vec!["低保申请".into(), "建房审批".into()],
                }],
                address: Some("https://board.example/chengwan/zh/ask".into()),
            })
            .into(),
        desks: vec![AskDesk {
            matters: "低保、临时救助".into(),
            name: "周敏".into(),
            unit: "民政办".into(),
            telephone: Some("0871-6000 1200".into()),
        }],
        words: AskWords {
            matters: "负责事项".into(),
            office_place: "地点".into(),
            office_hours: "时间".into(),
            leader: "分管领导".into(),
            deputy: "不在时找".into(),
            scan: "扫码查谁负责".into(),
            desks: "镇里找谁".into(),
            missing: "下列字没有字库可印：".into(),
        },
    }
}

pub fn minutes() -> MinutesSheet {
    MinutesSheet {
        language: "zh".into(),
        place: "澄湾镇".into(),
        heading: "例会纪要".into(),
        number: "第 12 期".into(),
        period: "2026年11月16日—22日".into(),
        published_on: date(2026, 11, 23),
        facts: vec![("主持".into(), "李明".into()), ("用时".into(), "108 分钟".into())],
        decisions: vec![
            Decision {
                text: "月底前换完东湾村水表 #let $x$".into(), who: Some("王小满，11月30日前".into())
            },
            Decision { text: "清查渠道堵点".into(), who: None },
        ],
        address: Some("https://board.example/chengwan/zh/minutes/12".into()),
        words: MinutesWords {
            decisions: "会议决定".into(),
            none: "没有公开的决定".into(),
            scan: "扫码看原文".into(),
            missing: "下列字没有字库可印：".into(),
        },
    }
}
