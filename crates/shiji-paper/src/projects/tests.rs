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

/// Row and column.
fn place_of(error: &SheetError) -> Option<(usize, String)> {
    error.place().map(|place| (place.row, place.column.clone()))
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
    let error = read_projects("工程.xlsx", &bytes).unwrap_err();
    assert_eq!((error.key(), place_of(&error)), ("sheet-formula", Some((7, "F".into()))));
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
    let told: Vec<_> = water.milestones.iter().map(|one| (one.row, one.name.as_str(), one.due_on)).collect();
    assert_eq!(told, [(4, "主管网铺设", date(2026, 6, 30)), (5, "通水", date(2026, 10, 31))]);
    assert_eq!(sheet.projects[1].money.as_deref(), Some("120万元"));
    let unread: Vec<&str> = sheet.unread.iter().map(|one| one.what.as_str()).collect();
    assert_eq!(unread, ["铺了3公里", "合计"]);
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
    assert_eq!(read_projects("工程.xlsx", &uneven).unwrap_err().key(), "sheet-no-day");
}

#[test]
fn what_cannot_be_read_is_told_with_its_cell() {
    let error = csv(&["项目名称,节点,计划完成时间", "饮水工程,通水,尽快"]).unwrap_err();
    assert_eq!((error.key(), place_of(&error)), ("sheet-no-day", Some((2, "C".into()))));
    let error = csv(&["项目名称,节点,计划完成时间", "饮水工程,通水,6月底"]).unwrap_err();
    assert_eq!(error.key(), "sheet-no-day", "nothing says which year");
    let error = csv(&["项目名称,责任单位,节点", "饮水工程,水务所,"]).unwrap_err();
    assert_eq!(error.key(), "sheet-missing-cell");
    assert_eq!(csv(&["项目名称,责任单位", "饮水工程,水务所"]).unwrap_err().key(), "sheet-no-header");
    assert_eq!(csv(&["项目名称,节点,计划完成时间"]).unwrap_err().key(), "sheet-no-rows");
}

#[test]
fn what_was_reached_before_comes_with_its_day() {
    let sheet =
        csv(&["项目名称,节点,计划完成时间,实际完成时间", "饮水工程,开工,2026-03-01,2026年3月9日"]).unwrap();
    assert_eq!(sheet.projects[0].milestones[0].reached_on, Some(date(2026, 3, 9)));
}
