use crate::sample::{cards, issue, minutes, official, town};
use crate::{
    AskCards, IssueSheet, Press, Printed, TimetableLine, TimetableMonth, TimetableSheet, TimetableSheets,
    TimetableShift, TimetableWords, Unit,
};
use std::process::Command;

/// Without the computer's fonts, so that every computer prints the same.
fn press() -> Press {
    Press::with_fonts_in(vec![])
}

fn one(name: &str, work: &str) -> IssueSheet {
    issue(vec![Unit { name: "水务所".into(), officials: vec![official(name, work)] }])
}

/// What a reader copies out of the PDF, without blanks; None where poppler's tools are not installed.
fn text(printed: &Printed) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("print.pdf");
    std::fs::write(&file, &printed.pdf).unwrap();
    let output = Command::new("pdftotext").arg("-raw").arg(&file).arg("-").output().ok()?;
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    Some(text.chars().filter(|character| !character.is_whitespace() && *character != '\u{200B}').collect())
}

fn holds(printed: &Printed, words: &str) -> bool {
    printed.pdf.windows(words.len()).any(|window| window == words.as_bytes())
}

#[test]
fn everybody_and_everything_stands_on_the_wall_sheets_in_order() {
    let sheet = town();
    let printed = press().wall_sheets(&sheet).unwrap();
    assert!(printed.pages > 1 && printed.missing.is_empty());
    let Some(text) = text(&printed) else { return };
    let mut from = 0;
    for unit in &sheet.units {
        for official in &unit.officials {
            from += text[from..]
                .find(&official.name)
                .unwrap_or_else(|| panic!("{} is not in its place", official.name));
            assert!(text.contains(&official.work[0].text), "{}", official.work[0].text);
            assert!(text.contains(&official.promises[0].text) && text.contains(&official.plan[0].text));
        }
    }
    for page in 1..=printed.pages {
        assert!(text.contains(&format!("第{page}张，共{}张", printed.pages)));
    }
    assert!(text.matches("q83vEjRWeJq8").count() >= printed.pages);
}

#[test]
fn wall_sheets_are_a3_and_the_booklet_and_the_cards_are_a4() {
    // Points, rounded down, as they stand in the file (ISO 216: 297 by 420 mm, 210 by 297 mm).
    let press = press();
    assert!(holds(&press.wall_sheets(&town()).unwrap(), "841.8"));
    assert!(holds(&press.wall_sheets(&town()).unwrap(), "1190.5"));
    assert!(holds(&press.booklet(&town()).unwrap(), "595.2"));
    assert!(holds(&press.ask_cards(&cards()).unwrap(), "595.2"));
}

#[test]
fn every_print_says_that_it_is_for_archives_and_for_everybody() {
    let press = press();
    for printed in
        [press.wall_sheets(&town()), press.booklet(&town()), press.ask_cards(&cards())].map(Result::unwrap)
    {
        assert!(holds(&printed, "pdfaid:part"), "PDF/A, ISO 19005");
        assert!(holds(&printed, "pdfuaid:part"), "PDF/UA, ISO 14289");
        assert!(holds(&printed, "/Lang") && holds(&printed, "zh-CN"));
        assert!(holds(&printed, "/StructTreeRoot") && holds(&printed, "/Marked true"));
    }
}

#[test]
fn signs_of_markup_stay_what_they_are() {
    let words = r#"#let x = 1 $a^2$ *粗* _斜_ @某人 \ <label> `码` = 标题 - 条 + 条 // 注 /* 注 */ https://a.example [方] {花} ~ ' " -- ..."#;
    let printed = press().wall_sheets(&one("林远", words)).unwrap();
    let Some(text) = text(&printed) else { return };
    assert!(text.contains(&words.replace(' ', "")), "{text}");
}

#[test]
fn an_item_of_ten_thousand_characters_goes_on_over_the_sheets() {
    let long = "修渠道、清淤泥，".repeat(1_250);
    let printed = press().wall_sheets(&one("林远", &long)).unwrap();
    assert!(printed.pages > 1);
    let letters = "a".repeat(10_000);
    assert!(press().booklet(&one("林远", &letters)).is_ok());
    if let Some(text) = text(&printed) {
        assert!(text.matches("修渠道").count() >= 1_200);
        assert_eq!(text.matches("林远（续）").count(), printed.pages - 1, "whose lines these are");
    }
}

#[test]
fn a_character_that_no_font_has_is_named_and_told() {
    let printed = press().wall_sheets(&one("王𱁬", "好\u{E123}的 <svg 𱁬")).unwrap();
    assert_eq!(printed.missing, vec!['\u{E123}', '𱁬']);
    if let Some(text) = text(&printed) {
        assert!(text.contains("王〔U+3106C〕") && text.contains("〔U+E123〕"));
        assert!(text.contains("下列字没有字库可印"));
    }
}

#[test]
fn a_rare_character_is_printed_with_a_font_of_the_computer() {
    let printed = Press::default().wall_sheets(&one("王龑𠮷", "㐂")).unwrap();
    // On a computer without such a font it is told instead.
    let Some(text) = text(&printed) else { return };
    assert_eq!(text.contains("王龑𠮷"), !printed.missing.contains(&'𠮷'));
}

#[test]
fn an_issue_without_people_and_without_a_log_is_printed_too() {
    let mut sheet = issue(vec![]);
    sheet.checkpoint = None;
    sheet.tally.clear();
    assert_eq!(press().wall_sheets(&sheet).unwrap().pages, 1);
    assert_eq!(press().booklet(&sheet).unwrap().pages, 1);
}

#[test]
fn each_village_has_a_card_of_its_own() {
    let printed = press().ask_cards(&cards()).unwrap();
    assert_eq!(printed.pages, 2);
    let Some(text) = text(&printed) else { return };
    for words in [
        "青石村",
        "柳溪村",
        "王小满",
        "低保申请",
        "0871-60001234",
        "周一至周五",
        "李明",
        "镇里找谁",
        "临时救助",
        "0871-60001200",
    ] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn the_towns_desks_stand_on_a_card_as_far_as_it_has_room() {
    let mut full = cards();
    full.desks = vec![full.desks[0].clone(); 12];
    for matters in [0, 5, 9, 12] {
        full.cards[0].officials[0].matters = vec!["低保申请".into(); matters];
        let bare = AskCards { desks: Vec::new(), ..full.clone() };
        let pages = |cards: &AskCards| press().ask_cards(cards).unwrap().pages;
        assert_eq!(pages(&full), pages(&bare), "{matters} matters");
    }
}

#[test]
fn the_minutes_say_how_long_it_took_and_what_was_decided() {
    let printed = press().minutes(&minutes()).unwrap();
    assert_eq!(printed.pages, 1);
    assert!(holds(&printed, "595.2") && holds(&printed, "pdfuaid:part"));
    if let Some(text) = text(&printed) {
        for words in
            ["例会纪要", "108分钟", "月底前换完东湾村水表#let$x$", "王小满，11月30日前", "清查渠道堵点"]
        {
            assert!(text.contains(words), "{words} in {text}");
        }
    }
    let silent = crate::MinutesSheet { decisions: vec![], address: None, ..minutes() };
    let printed = press().minutes(&silent).unwrap();
    assert!(text(&printed).is_none_or(|text| text.contains("没有公开的决定")));
}

#[test]
fn the_same_issue_gives_the_same_bytes() {
    assert_eq!(press().booklet(&town()).unwrap().pdf, press().booklet(&town()).unwrap().pdf);
}

/// A project with a milestone of each kind; `markup` stands in every name.
fn timetable(markup: &str) -> TimetableSheets {
    let line = |name: &str, from, to, promised| TimetableLine {
        name: format!("{name}{markup}"),
        promised_on: "2026年6月1日".into(),
        now_on: "预计2026年6月20日".into(),
        difference: "晚19天".into(),
        late: to > promised,
        reached: from == 0,
        dropped: from == to,
        from,
        to,
        promised,
    };
    TimetableSheets {
        language: "zh".into(),
        place: "澄湾镇".into(),
        heading: "重点工程".into(),
        as_of: "按2026年5月1日计算".into(),
        published_on: jiff::civil::date(2026, 5, 1),
        projects: vec![TimetableSheet {
            name: format!("饮水工程{markup}"),
            aim: Some("喝上自来水".into()),
            status: "滞后".into(),
            late: true,
            facts: vec![("分管领导".into(), "林远".into())],
            months: vec![
                TimetableMonth { at: 0, label: Some("2026.3".into()) },
                TimetableMonth { at: 330, label: None },
            ],
            today: Some(400),
            milestones: vec![
                line("招标", 0, 300, 280),
                line("通水", 300, 900, 700),
                line("绿化", 800, 800, 800),
            ],
            shifts: vec![TimetableShift {
                day: "2026年4月2日".into(),
                what: "“通水”改期".into(),
                reason: Some("雨季".into()),
            }],
            address: Some("https://board.example/chengwan/zh/project/1".into()),
        }],
        words: TimetableWords {
            milestone: "节点".into(),
            promised: "原定时间".into(),
            now: "现在".into(),
            shifts: "改期".into(),
            reason: "原因".into(),
            key: "实心：已达到".into(),
            scan: "扫码看进展".into(),
            missing: "缺字".into(),
        },
    }
}

#[test]
fn a_timetable_is_one_lying_page_with_every_milestone_and_reason_in_words() {
    let printed = press().timetables(&timetable("")).unwrap();
    assert_eq!(printed.pages, 1);
    assert!(holds(&printed, "841.8"));
    let Some(text) = text(&printed) else { return };
    for words in ["饮水工程", "滞后", "招标", "通水", "绿化", "原定时间", "晚19天", "雨季", "林远"]
    {
        assert!(text.contains(words), "{words} in {text}");
    }
}

#[test]
fn what_people_wrote_into_a_timetable_is_no_markup() {
    let mark = "#panic() *_`$<a>";
    let printed = press().timetables(&timetable(mark)).unwrap();
    let Some(text) = text(&printed) else { return };
    assert!(text.contains("通水#panic()"), "{text}");
}
