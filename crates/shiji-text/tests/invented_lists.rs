//! Lists made from invented items, in numberings, headings and frames that the rules do not name one by one.

use shiji_text::split;

const ITEMS: [&str; 44] = [
    "到青石村走访监测户6户，为2户申请临时救助",
    "8:30参加县防汛视频会，会后到红旗水库查看水位",
    "10.1前完成敬老院消防管道更换",
    "3.15当天在集市设咨询点，发放折页260份",
    "1、2号泵房更换水泵3台",
    "第3、4村民小组自来水入户18户",
    "修补进村公路1.5公里，填坑槽22处",
    "调解李家湾与何家湾山林纠纷1起，双方签字",
    "12345热线转办单5件全部答复",
    "按云青政发〔2026〕8号文件核对补贴名册412户",
    "与供电所到二道河检查线路，拆除私拉电线（含路边3处；院内2处）",
    "召开“院坝会”4场，收集意见17条",
    "整理《村规民约》修订稿；送司法所审核",
    "11月6日前交低保年审材料",
    "2月20日到县民政局领取轮椅3辆",
    "6家小餐馆办证材料已交市监所",
    "联系驾校为返乡青年办A2驾照班，报名15人",
    "B超下乡体检，查出结石9例",
    "周三到中学开展禁毒宣讲，学生310人参加",
    "第一书记到户核对收入，改正错数7户",
    "一二组路灯坏4盏，已换",
    "补种行道树230株，成活率95.5%",
    "清运垃圾12.8吨",
    "晚上9点巡查网吧2家",
    "三八活动评出好媳妇10名",
    "完成征地丈量36.4亩，户主已签字",
    "日常工作",
    "认真学习文件精神",
    "向县交通局申报村道项目2个，概算86万元",
    "上门为90岁老人办社保卡4张",
    "对5处地质灾害点插警示牌，留值守人电话",
    "一周内走完9个村民小组，登记外出务工人员128人",
    "十组水渠清淤700米",
    "四方议事会定下停车场选址",
    "大棚棚膜被风刮坏3座，联系保险公司查勘",
    "甲乙双方签订大米收购合同，单价2.6元",
    "二次供水池清洗1座，水样送检合格",
    "组织民兵20人演练，用时2小时",
    "下沉网格排查燃气用户88户，换软管31根",
    "为务工人员代买车票26张",
    "到县档案馆移交1998—2005年档案310卷",
    "帮茶农王某联系茶厂，收鲜叶1.2吨",
    "党员活动日打扫河岸，39人参加",
    "起草换届工作方案，报镇党委会讨论",
];

/// Writes item `number` (from 1) in one habit. `inline`: items share a line.
struct Habit {
    name: &'static str,
    mark: fn(usize) -> String,
    inline: bool,
    stops: bool,
}

fn sign(table: &str, number: usize) -> String {
    table.split(' ').nth(number - 1).unwrap().to_owned()
}

const HAN: &str = "一 二 三 四 五 六 七 八 九 十";

macro_rules! habit {
    ($name:expr, $mark:expr) => {
        habit!($name, $mark, false, true)
    };
    ($name:expr, $mark:expr, $inline:expr, $stops:expr) => {
        Habit { name: $name, mark: $mark, inline: $inline, stops: $stops }
    };
}

fn habits() -> Vec<Habit> {
    vec![
        habit!("1.", |n| format!("{n}.")),
        habit!("1. ", |n| format!("{n}. "), false, false),
        habit!("1、", |n| format!("{n}、")),
        habit!("1）", |n| format!("{n}）"), false, false),
        habit!("1) ", |n| format!("{n}) ")),
        habit!("(1)", |n| format!("({n})")),
        habit!("（1）inline", |n| format!("（{n}）"), true, true),
        habit!("①", |n| sign("① ② ③ ④ ⑤ ⑥ ⑦ ⑧ ⑨", n), true, true),
        habit!("一、", |n| format!("{}、", sign(HAN, n))),
        habit!("（一）", |n| format!("（{}）", sign(HAN, n)), true, true),
        habit!("一是", |n| format!("{}是", sign(HAN, n)), true, true),
        habit!("第一，", |n| format!("第{}，", sign(HAN, n)), true, true),
        habit!("甲、", |n| format!("{}、", sign("甲 乙 丙 丁 戊 己 庚 辛 壬", n))),
        habit!("A. ", |n| format!("{}. ", sign("A B C D E F G H", n)), false, false),
        habit!("a)", |n| format!("{})", sign("a b c d e f g h", n))),
        habit!("I. ", |n| format!("{}. ", sign("I II III IV V VI VII VIII", n))),
        habit!("1-1", |n| format!("1-{n} "), false, false),
        habit!("〈1〉", |n| format!("〈{n}〉")),
        habit!("其一，", |n| format!("其{}，", sign(HAN, n)), true, true),
        habit!("第一项：", |n| format!("第{}项：", sign(HAN, n))),
        habit!("1：", |n| format!("{n}："), false, false),
        habit!("No.1", |n| format!("No.{n} "), false, false),
        habit!("任务一：", |n| format!("任务{}：", sign(HAN, n))),
        habit!("1️⃣", |n| format!("{n}\u{fe0f}\u{20e3}"), false, false),
        habit!("１．", |n| format!("{}．", sign("１ ２ ３ ４ ５ ６ ７ ８ ９", n))),
        habit!("⑴", |n| sign("⑴ ⑵ ⑶ ⑷ ⑸ ⑹ ⑺ ⑻", n), true, true),
        habit!("⒈", |n| sign("⒈ ⒉ ⒊ ⒋ ⒌ ⒍ ⒎ ⒏", n)),
        habit!("壹、", |n| format!("{}、", sign("壹 贰 叁 肆 伍 陆 柒 捌", n))),
        habit!("【1】", |n| format!("【{n}】"), true, true),
        habit!("01 ", |n| format!("{n:02} "), false, false),
        habit!("事项1——", |n| format!("事项{n}——"), false, false),
        habit!("1|", |n| format!("{n}| "), false, false),
        habit!("❶", |n| sign("❶ ❷ ❸ ❹ ❺ ❻ ❼ ❽", n), true, false),
        habit!("ⅰ.", |n| format!("{}.", sign("ⅰ ⅱ ⅲ ⅳ ⅴ ⅵ ⅶ ⅷ", n))),
        habit!("工单（1）", |n| format!("工单（{n}）"), false, false),
        habit!("[1] ", |n| format!("[{n}] "), false, false),
        habit!("α、", |n| format!("{}、", sign("α β γ δ ε ζ η θ", n))),
        habit!("•", |_| "• ".into(), false, false),
        habit!("-", |_| "- ".into(), false, true),
        habit!("➢", |_| "➢".into(), false, false),
        habit!("√", |_| "√".into(), false, false),
        habit!("✅ ", |_| "✅ ".into(), false, false),
        habit!("❖", |_| "❖ ".into(), false, true),
        habit!("○", |_| "○".into(), false, false),
        habit!("*", |_| "* ".into(), false, false),
        habit!("l ", |_| "l ".into(), false, true),
        habit!("1.inline", |n| format!("{n}."), true, true),
        habit!("1、inline", |n| format!("{n}、"), true, true),
        habit!("周一：", |n| format!("周{}：", sign("一 二 三 四 五 六 日 日", n.min(7))), false, true),
        habit!("11月3日：", |n| format!("11月{n}日："), false, false),
        habit!("lines", |_| String::new(), false, false),
        habit!("semi", |_| String::new(), true, true),
    ]
}

const HEADS: [(&str, &str); 36] = [
    ("本周工作：", "下周计划："),
    ("一、本周工作情况", "二、下周工作打算"),
    ("【本周完成】", "【下周安排】"),
    ("上周工作小结", "本周工作计划"),
    ("上周完成情况：", "本周打算："),
    ("本周工作纪实：", "下周工作思路："),
    ("完成情况", "下步打算"),
    ("今日工作：", "明日计划："),
    ("今日完成", "明日工作安排"),
    ("（一）本周重点工作完成情况", "（二）下周重点工作安排"),
    ("1、本周工作总结：", "2、下周工作计划："),
    ("## 本周进展", "## 下周计划"),
    ("★本周实绩★", "★下周预告★"),
    ("本周主要工作如下：", "下周主要工作安排如下："),
    ("一周工作回顾", "下周工作目标"),
    ("已完成：", "待办："),
    ("本星期工作", "下星期打算"),
    ("本月工作完成情况：", "下月工作计划："),
    ("第一部分：本周工作", "第二部分：下周计划"),
    ("本周（11月9日—11月13日）工作：", "下周（11月16日—11月20日）计划："),
    ("（本周工作）", "（下周计划）"),
    ("《本周工作》", "《下周计划》"),
    ("本周做了", "下周要做"),
    ("上周工作落实情况", "本周重点任务"),
    ("昨日工作", "今日安排"),
    ("上周工作", "本周工作"),
    ("本周工作安排", "下周工作安排"),
    ("工作完成情况：", "工作计划："),
    ("现将本周工作情况汇报如下：", "下一步工作计划："),
    ("农科站本周工作：", "农科站下周计划："),
    ("一、 本周工作", "二、 下周工作"),
    ("■ 本周小结", "■ 下周要点"),
    ("第46周工作小结", "第47周工作计划"),
    ("本周已办结事项", "下周拟办事项"),
    ("This week:", "Next week:"),
    ("前期工作进展", "后续工作安排"),
];

const GREETINGS: [&str; 10] = [
    "",
    "",
    "",
    "领导好：",
    "王书记好，报一下：",
    "【农技站】",
    "各位领导，下面是我的周报：",
    "水务所　赵明",
    "姓名：钱小英　单位：民政办",
    "2026年11月13日",
];
const FAREWELLS: [&str; 9] =
    ["", "", "", "请领导审阅", "汇报完毕", "————————", "以上，请领导批示。", "谢谢！", "特此报告"];

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % sides
    }

    fn items(&mut self, most: usize) -> Vec<&'static str> {
        let count = 2 + self.roll(most - 1);
        let start = self.roll(ITEMS.len());
        let step = [1, 3, 5, 7][self.roll(4)];
        (0..count).map(|index| ITEMS[(start + index * step) % ITEMS.len()]).collect()
    }
}

fn written(items: &[&str], habit: &Habit) -> String {
    let last = items.len() - 1;
    let mut text = String::new();
    for (index, item) in items.iter().enumerate() {
        text += &(habit.mark)(index + 1);
        text += item;
        text += match (habit.stops, index == last) {
            (true, true) => "。",
            (true, false) => "；",
            _ => "",
        };
        if index < last && !habit.inline {
            text.push('\n');
        }
    }
    text
}

#[test]
fn lists_in_numberings_never_named_are_divided_exactly() {
    let habits = habits();
    let mut dice = Dice(20261109);
    let (mut all, mut exact) = (0, 0);
    for round in 0..12 {
        for (index, habit) in habits.iter().enumerate() {
            let other = &habits[(index * 7 + round * 11 + 3) % habits.len()];
            let (work_head, plan_head) = HEADS[(index * 5 + round * 13) % HEADS.len()];
            let (work, plan) = (dice.items(6), dice.items(4));
            let mut text = String::new();
            let greeting = GREETINGS[dice.roll(GREETINGS.len())];
            if !greeting.is_empty() {
                text += &format!("{greeting}\n");
            }
            let joint = |head: &str, dice: &mut Dice| {
                if head.ends_with(['：', '】']) && dice.roll(3) == 0 { "" } else { "\n" }
            };
            text += work_head;
            text += joint(work_head, &mut dice);
            text += &written(&work, habit);
            text += "\n";
            text += plan_head;
            text += joint(plan_head, &mut dice);
            text += &written(&plan, other);
            let farewell = FAREWELLS[dice.roll(FAREWELLS.len())];
            if !farewell.is_empty() {
                text += &format!("\n{farewell}");
            }
            let found = split(&text);
            // A semicolon outside brackets divides an unnumbered text: such a list has no right answer and is not counted.
            let loose = |items: &[&str], habit: &Habit| {
                matches!(habit.name, "lines" | "semi" | "周一：" | "11月3日：")
                    && items.iter().any(|item| item.contains("稿；送"))
            };
            if loose(&work, habit) || loose(&plan, other) {
                continue;
            }
            all += 1;
            if found.work == work && found.plan == plan {
                exact += 1;
            } else {
                println!("-- {} / {}\n{text}\n{found:#?}", habit.name, other.name);
            }
        }
    }
    println!("invented lists exactly right: {exact} of {all}");
    assert!(exact * 100 >= all * 98);
}
