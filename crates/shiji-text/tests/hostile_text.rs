//! Arbitrary text: nothing panics, nothing is lost but markers, headings and frames, and time grows with length only.

use std::time::Instant;

use shiji_text::{Kind, check, personal_data, resident_data, split, split_cell};

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % sides
    }
}

const SCRAPS: [&str; 64] = [
    "1.",
    "2.",
    "1、",
    "（一）",
    "(2)",
    "①",
    "一是",
    "二是",
    "第一，",
    "首先",
    "其次",
    "• ",
    "- ",
    "※",
    "✅",
    "周一：",
    "11月3日：",
    "1️⃣",
    "甲、",
    "A.",
    "本周工作",
    "下周计划：",
    "【",
    "】",
    "《",
    "》",
    "“",
    "”",
    "（",
    "）",
    "(",
    ")",
    "；",
    "。",
    "，",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{3000}",
    " ",
    "8:30",
    "1.5公里",
    "第1、2村民小组",
    "10.1前",
    "到青石村",
    "检查",
    "走访6户",
    "领导好",
    "请审阅",
    "王芳",
    "13812345678",
    "11010519491231002X",
    "患",
    "上访",
    "\u{0}",
    "\u{feff}",
    "\u{20e3}",
    "👨‍👩‍👧",
    "é",
    "𠮷",
    "〇",
    "No.1",
    "——",
];

fn scrap_text(dice: &mut Dice, most: usize) -> String {
    (0..dice.roll(most)).map(|_| SCRAPS[dice.roll(SCRAPS.len())]).collect()
}

fn ranges_are_sound(text: &str) {
    for found in [personal_data(text), resident_data(text)] {
        let mut end = 0;
        for data in found {
            assert!(text.get(data.range.0..data.range.1).is_some_and(|part| !part.is_empty()), "{text:?}");
            assert!(end <= data.range.0, "{text:?}");
            end = data.range.1;
        }
    }
    for kind in [Kind::Work, Kind::Plan] {
        for (start, end) in check(text, kind).findings.into_iter().filter_map(|finding| finding.part) {
            assert!(text.get(start..end).is_some(), "{text:?}");
        }
    }
}

#[test]
fn no_text_makes_anything_panic() {
    let mut dice = Dice(7);
    for _ in 0..20_000 {
        let text = scrap_text(&mut dice, 40);
        split(&text);
        split_cell(&text);
        ranges_are_sound(&text);
    }
    for _ in 0..5_000 {
        let text: String =
            (0..dice.roll(60)).filter_map(|_| char::from_u32(dice.roll(0x11_0000) as u32)).collect();
        split(&text);
        ranges_are_sound(&text);
    }
}

#[test]
fn every_item_is_made_of_the_text_in_its_order() {
    let written = |text: &str| text.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>();
    let mut dice = Dice(11);
    for _ in 0..10_000 {
        let text = scrap_text(&mut dice, 40);
        let all = written(&text);
        let found = split(&text);
        for items in [&found.work, &found.plan] {
            let mut rest = all.as_str();
            for item in items {
                // A wrapped item may have lost a mark or a sign-off in its middle, never a place in the order.
                for sign in written(item).chars() {
                    let at = rest.find(sign).unwrap_or_else(|| panic!("{item} is not in order in {text:?}"));
                    rest = &rest[at + sign.len_utf8()..];
                }
            }
        }
    }
}

#[test]
fn a_plain_text_loses_no_character_but_marks_and_stops() {
    let parts = ["到青石村走访监测户", "修补村道", "调解山林纠纷", "清运垃圾", "更换路灯", "发放化肥"];
    let mut dice = Dice(13);
    for _ in 0..2_000 {
        let count = 2 + dice.roll(6);
        let items: Vec<String> =
            (0..count).map(|_| format!("{}{}处", parts[dice.roll(parts.len())], dice.roll(90) + 1)).collect();
        let joint = ["\n", "；\n", "；", "。\n"][dice.roll(4)];
        assert_eq!(split(&items.join(joint)).work, items);
    }
}

#[test]
fn time_grows_in_step_with_the_length_of_the_text() {
    let shapes = [
        "到青石村走访6户；",
        "1.走访6户",
        "（一）走访6户；",
        "“走访（",
        "走访6户\n",
        "本周工作：",
        "1、2、",
        "周一：",
        "一是",
        "•",
        "1",
        "。",
        "下周",
        "  ",
        "1.\n",
        "（",
        "主要工作：1.",
    ];
    for shape in shapes {
        let spent = |length: usize| {
            let text = shape.repeat(length / shape.len());
            let once = |_| {
                let start = Instant::now();
                split(&text);
                start.elapsed().as_secs_f64()
            };
            // The quicker of two, since other work on the machine only ever adds.
            (0..2).map(once).fold(f64::MAX, f64::min)
        };
        let (quarter, whole) = (spent(12_000), spent(48_000));
        println!("{shape:?}: {quarter:.3} s, {whole:.3} s");
        assert!(whole < 0.5 + quarter * 10.0, "{shape}: {quarter} s, then {whole} s");
    }
}

#[test]
fn personal_data_is_found_in_step_with_the_length_of_the_text() {
    let shapes = [
        "我是",
        "本人",
        "微信：",
        "qq",
        "1",
        "1 ",
        "138.",
        "一三",
        "a@b.cc ",
        "@",
        "云A",
        "我住三组",
        "12号",
        "电话：",
        "家",
        "张伟国",
        "邻居李四",
        "my name is A",
        "live at no 1 ",
        "，",
        "：",
        "  ",
        "身份证1",
        "村民患病",
    ];
    for shape in shapes {
        let spent = |length: usize| {
            let text = shape.repeat(length / shape.len());
            let once = |_| {
                let start = Instant::now();
                resident_data(&text);
                start.elapsed().as_secs_f64()
            };
            (0..2).map(once).fold(f64::MAX, f64::min)
        };
        let (quarter, whole) = (spent(12_000), spent(48_000));
        println!("{shape:?}: {quarter:.3} s, {whole:.3} s");
        assert!(whole < 0.5 + quarter * 10.0, "{shape}: {quarter} s, then {whole} s");
    }
}

#[test]
#[ignore = "a minute without optimisation; run it with --release --ignored"]
fn a_megabyte_is_divided_in_seconds() {
    for shape in ["到青石村走访6户；", "1.走访6户；", "走访6户\n", "本周工作：1.走访6户；", "“走访（"]
    {
        let start = Instant::now();
        split(&shape.repeat(1_000_000 / shape.len()));
        assert!(start.elapsed().as_secs() < 5, "{shape}: {:?}", start.elapsed());
    }
}
