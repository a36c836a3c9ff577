use super::*;
use crate::sample::Sample;
use jiff::civil::date;

const TITLES: [&str; 10] = [
    "序号",
    "项目名称",
    "建设内容",
    "责任单位",
    "分管领导",
    "总投资（万元）",
    "建设地点",
    "节点",
    "计划完成时间",
    "当前进度",
];

/// Key, row and column.
fn told(problems: &[SheetError]) -> Vec<(&'static str, usize, String)> {
    let place = |error: &SheetError| error.place().map(|place| (place.row, place.column.clone()));
    let told = |error: &SheetError| place(error).map(|(row, column)| (error.key(), row, column));
    problems.iter().filter_map(told).collect()
}

fn csv(lines: &[&str]) -> Result<ProjectSheet, SheetError> {
    read_projects("工程.csv", lines.join("\n").as_bytes())
}

#[test]
fn one_row_a_milestone_with_merged_cells_under_a_title() {
    let bytes = Sample::new()
        .row(&["青溪镇2026年重点工程推进表"])
        .row(&["填报单位：党政办"])
        .row(&TITLES)
        .row(&[
            "1",
            "饮水 安全工程",
            "解决7万人饮水",
            "水务所、财政所",
            "高宁",
            "3200",
            "东湾村",
            "主管网铺设",
            "6月底",
            "铺了3公里",
        ])
        .row(&["", "", "", "", "", "", "", "通水", "2026.10", ""])
        .row(&["2", "河堤加固", "", "水务所", "", "120万元", "", "全线合龙", "2026-09-30", ""])
        .row(&["", "合计", "", "", "", "=F4+F6"])
        .xlsx();
    let sheet = read_projects("工程.xlsx", &bytes).unwrap();
    assert_eq!(told(&sheet.problems), [("sheet-formula", 7, "F".to_owned())]);
    let bytes = Sample::new()
        .row(&["青溪镇2026年重点工程推进表"])
        .row(&["填报单位：党政办"])
        .row(&TITLES)
        .row(&[
            "1",
            "饮水 安全工程",
            "解决7万人饮水",
            "水务所、财政所",
            "高宁",
            "3200",
            "东湾村",
            "主管网铺设",
            "6月底",
            "铺了3公里",
        ])
        .row(&["", "", "", "", "", "", "", "通水", "2026.10", ""])
        .row(&["2", "河堤加固", "", "水务所", "", "120万元", "", "全线合龙", "2026-09-30", ""])
        .row(&["", "合计"])
        .xlsx();
    let sheet = read_projects("工程.xlsx", &bytes).unwrap();
    let water = &sheet.projects[0];
    assert_eq!((water.row, water.name.as_str()), (4, "饮水安全工程"));
    assert_eq!(water.units, ["水务所", "财政所"]);
    assert_eq!(water.money.as_deref(), Some("3200万元"));
    let days: Vec<_> = water.milestones.iter().map(|one| (one.row, one.name.as_str(), one.due_on)).collect();
    assert_eq!(days, [(4, "主管网铺设", date(2026, 6, 30)), (5, "通水", date(2026, 10, 31))]);
    assert_eq!(sheet.projects[1].money.as_deref(), Some("120万元"));
    let unread: Vec<&str> = sheet.unread.iter().map(|one| one.what.as_str()).collect();
    assert_eq!(unread, ["合计"]);
    let left_out: Vec<&str> = sheet.left_out.iter().map(|one| one.what.as_str()).collect();
    assert_eq!(left_out, ["铺了3公里"]);
}

#[test]
fn several_milestones_in_one_cell_bring_their_days() {
    let bytes = Sample::new()
        .row(&["项目名称", "责任单位", "时间节点"])
        .row(&["饮水工程", "水务所", "1.2026年3月完成招标；2、6月底前铺设主管网\n③通水（2026年10月15日）"])
        .xlsx();
    let sheet = read_projects("工程.xlsx", &bytes).unwrap();
    let told: Vec<_> =
        sheet.projects[0].milestones.iter().map(|one| (one.name.as_str(), one.due_on)).collect();
    assert_eq!(
        told,
        [("完成招标", date(2026, 3, 31)), ("铺设主管网", date(2026, 6, 30)), ("通水", date(2026, 10, 15))]
    );
}

#[test]
fn as_many_days_as_names_in_two_cells_belong_together() {
    let bytes = Sample::new()
        .row(&["项目名称", "节点", "计划完成时间"])
        .row(&["饮水工程", "招标\n通水", "2026年3月\n10月"])
        .row(&["河堤", "", "2026年9月"])
        .xlsx();
    let sheet = read_projects("工程.xlsx", &bytes).unwrap();
    assert_eq!(sheet.projects[0].milestones[1].due_on, date(2026, 10, 31));
    assert_eq!(sheet.projects[1].milestones[0].name, "全部完成");
    let uneven = Sample::new()
        .row(&["项目名称", "节点", "计划完成时间"])
        .row(&["饮水工程", "招标\n开工\n通水", "2026年3月\n10月"])
        .xlsx();
    let sheet = read_projects("工程.xlsx", &uneven).unwrap();
    assert_eq!(told(&sheet.problems), [("sheet-no-day", 2, "C".to_owned())]);
}

#[test]
fn what_cannot_be_read_is_told_with_its_cell() {
    let head = "项目名称,节点,计划完成时间";
    let sheet = csv(&[head, "饮水工程,通水,尽快", "河堤,合龙,6月底", "学校,,", "桥,通车,2026年9月"]).unwrap();
    let all = [("sheet-no-day", 2, "C"), ("sheet-no-day", 3, "C"), ("sheet-missing-cell", 4, "C")];
    assert_eq!(
        told(&sheet.problems),
        all.map(|(key, row, column)| (key, row, column.to_owned())),
        "all of them"
    );
    assert_eq!(csv(&["项目名称,责任单位", "饮水工程,水务所"]).unwrap_err().key(), "sheet-no-header");
    assert_eq!(csv(&["项目名称,节点,计划完成时间"]).unwrap_err().key(), "sheet-no-rows");
}

#[test]
fn what_was_reached_before_comes_with_its_day() {
    let sheet =
        csv(&["项目名称,节点,计划完成时间,实际完成时间", "饮水工程,开工,2026-03-01,2026年3月9日"]).unwrap();
    assert_eq!(sheet.projects[0].milestones[0].reached_on, Some(date(2026, 3, 9)));
}

#[test]
fn a_bare_amount_takes_the_unit_of_its_column_or_of_the_line_above_and_is_refused_without_one() {
    let money = |above: &str, title: &str| {
        let head = format!("项目名称,{title},节点,计划完成时间");
        let sheet = csv(&[above, head.as_str(), "饮水工程,380,通水,2026年9月"]).unwrap();
        (sheet.projects[0].money.clone(), told(&sheet.problems).first().map(|(key, ..)| *key))
    };
    for above in ["单位：万元", "填报单位：党政办  金额单位:万元", "（单位：人民币万元）"]
    {
        assert_eq!(money(above, "总投资"), (Some("380万元".into()), None), "{above}");
    }
    assert_eq!(money("单位：万元", "总投资（亿元）").0.as_deref(), Some("380亿元"));
    assert_eq!(money("填报单位：元坝镇", "总投资"), (None, Some("sheet-no-unit")));
}

#[test]
fn what_is_expected_is_a_forecast_with_its_reason_and_no_promise() {
    let head = "项目名称,节点,计划完成时间,预计完成时间,原因";
    let sheet = csv(&[
        head,
        "饮水工程,通水,2026-09-30,2026-12-20,雨季延长",
        ",验收,2026-12-31,2026-12-31,",
        "桥,\"桩基;通车\",\"2026年6月;2026年9月\",\"2026年6月;2026年11月\",汛期",
    ]);
    let sheet = sheet.unwrap();
    let moved = |project: usize, at: usize| sheet.projects[project].milestones[at].moved.clone();
    assert_eq!(moved(0, 0), Some((date(2026, 12, 20), "雨季延长".into())));
    assert_eq!((moved(0, 1), moved(1, 0)), (None, None), "as planned");
    assert_eq!(moved(1, 1), Some((date(2026, 11, 30), "汛期".into())));
    assert_eq!(sheet.projects[0].milestones[0].due_on, date(2026, 9, 30));
    let silent = csv(&["项目名称,节点,计划完成时间,预计时间", "桥,通车,2026-09-30,2026-12-20"]).unwrap();
    assert_eq!(told(&silent.problems), [("sheet-no-reason", 2, "D".to_owned())]);
    let only = csv(&["项目名称,节点,预计完成时间", "桥,通车,2026-12-20"]).unwrap_err();
    assert_eq!(only.key(), "sheet-only-forecast");
}

#[test]
fn a_column_that_is_not_known_is_told() {
    let sheet = csv(&["序号,项目名称,资金来源,节点,计划完成时间", "1,桥,上级补助,通车,2026-12-20"]).unwrap();
    assert_eq!((sheet.unread[0].column.as_str(), sheet.unread[0].what.as_str()), ("C", "资金来源"));
}
