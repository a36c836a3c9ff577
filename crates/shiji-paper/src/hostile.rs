//! Files that are not what they say, or that are made to do harm: each is refused with a reason.

use crate::sample::{Sample, package};
use crate::{SheetError, read_projects, read_roster, read_week};

const TITLES: [&str; 3] = ["单位", "姓名", "职务"];
const LIN: [&str; 3] = ["水务所", "林远", "所长"];

fn key(bytes: &[u8]) -> &'static str {
    read_roster("名册.xlsx", bytes).map_or_else(|error| error.key(), |_| "read")
}

fn good() -> Sample {
    Sample::new().row(&TITLES).row(&LIN)
}

/// A list of projects goes through the same reader; what is its own is what its cells say.
#[test]
fn a_list_of_projects_with_any_byte_changed_or_cut_short_is_read_or_refused() {
    let bytes = Sample::new()
        .row(&["2026年重点工程"])
        .row(&["项目名称", "责任单位", "节点", "计划完成时间"])
        .row(&["饮水工程", "水务所", "1.招标；2.6月底前通水", "2026年3月；6月底"])
        .xlsx();
    assert_eq!(read_projects("工程.xlsx", &bytes).unwrap().projects[0].milestones.len(), 2);
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 0x55;
        let _ = read_projects("工程.xlsx", &changed);
    }
    for length in (2..bytes.len()).step_by(37) {
        assert_eq!(read_projects("工程.xlsx", &bytes[..length]).unwrap_err().key(), "sheet-damaged");
    }
}

#[test]
fn a_cell_full_of_figures_and_marks_names_no_day_and_is_told_in_short() {
    let cell = "9".repeat(9_000) + "年" + &"月".repeat(9_000);
    let table = format!("项目名称,节点,计划完成时间\n饮水工程,通水,{cell}");
    let error = read_projects("工程.csv", table.as_bytes()).unwrap().problems.remove(0);
    assert_eq!(error.key(), "sheet-no-day");
    assert!(error.to_string().chars().count() < 120);
}

#[test]
fn other_kinds_of_file_are_told_by_their_first_bytes() {
    assert_eq!(key(b""), "sheet-empty");
    assert_eq!(key(b" \r\n"), "sheet-empty");
    assert_eq!(key(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 Workbook"), "sheet-old-workbook");
    let mut encrypted = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(key(&encrypted), "sheet-encrypted");
    assert_eq!(key(b"%PDF-1.7"), "sheet-wrong-kind");
    assert_eq!(key(b"\n<HTML><table>"), "sheet-wrong-kind");
    assert_eq!(key(b"\x89PNG\0\0"), "sheet-wrong-kind");
}

#[test]
fn a_renamed_document_is_no_workbook() {
    assert_eq!(key(&package([("word/document.xml", &b"<w/>"[..])])), "sheet-not-a-workbook");
}

#[test]
fn a_workbook_cut_short_anywhere_is_damaged() {
    let bytes = good().xlsx();
    assert_eq!(key(&bytes), "read");
    for length in (2..bytes.len()).step_by(37) {
        assert_eq!(key(&bytes[..length]), "sheet-damaged", "cut after {length} bytes");
    }
}

#[test]
fn a_workbook_with_any_byte_changed_is_read_or_refused() {
    let bytes = good().xlsx();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 0x55;
        let _ = read_roster("名册.xlsx", &changed);
    }
}

#[test]
fn what_unpacks_to_too_much_is_not_unpacked_to_the_end() {
    let zeros = vec![0_u8; 40 << 20];
    let bomb = good().xlsx_with(&[("xl/media/1.bin", &zeros), ("xl/media/2.bin", &zeros)]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(key(&bomb), "sheet-too-large");
}

#[test]
fn too_many_files_in_a_package_are_too_large() {
    let names: Vec<String> = (0..2_001).map(|number| format!("xl/{number}")).collect();
    assert_eq!(key(&package(names.iter().map(|name| (name.as_str(), &b""[..])))), "sheet-too-large");
}

#[test]
fn strings_that_are_announced_and_not_there_take_no_memory() {
    let strings = b"<sst uniqueCount=\"900000000000\"></sst>";
    assert_eq!(key(&good().xlsx_with(&[("xl/sharedStrings.xml", strings)])), "sheet-damaged");
}

#[test]
fn a_hundred_thousand_empty_rows_and_a_lying_extent_are_nothing() {
    let empty: String =
        (3..100_003).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" s=\"0\"/></row>")).collect();
    let last = "<row r=\"1048576\"><c r=\"XFD1048576\" s=\"0\"/></row>";
    let sheet = read_roster("名册.xlsx", &good().raw(&empty).raw(last).xlsx()).unwrap();
    assert_eq!(sheet.rows.len(), 1);
}

#[test]
fn more_rows_or_columns_than_an_office_has_are_refused() {
    let cell = |row: usize| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>");
    let rows: String = (3..5_003).map(cell).collect();
    assert_eq!(key(&good().raw(&rows).xlsx()), "sheet-too-many-rows");
    let wide = "<row r=\"3\"><c r=\"XFD3\"><v>1</v></c></row>";
    let error = read_roster("名册.xlsx", &good().raw(wide).xlsx()).unwrap_err();
    assert_eq!(error.place().map(|place| place.column.as_str()), Some("XFD"));
}

#[test]
fn a_formula_counts_only_in_a_column_that_is_read() {
    let titles = ["序号", "单位", "姓名", "职务"];
    let numbered = Sample::new().row(&titles).row(&["=ROW()-1", "水务所", "林远", "所长"]);
    assert_eq!(key(&numbered.xlsx()), "read");
    let titled = Sample::new().row(&titles).row(&["1", "水务所", "林远", "=Z1"]).xlsx();
    let error = read_roster("名册.xlsx", &titled).unwrap_err();
    assert_eq!(error.to_string(), "cell D2 of 表一 is a formula; paste its value instead");
}

#[test]
fn a_shared_formula_with_a_huge_number_takes_no_memory() {
    let shared =
        "<row r=\"3\"><c r=\"C3\"><f t=\"shared\" si=\"900000000000\" ref=\"C3:C4\">A1</f><v>1</v></c></row>";
    assert_eq!(key(&good().raw(shared).xlsx()), "sheet-formula");
}

#[test]
fn a_table_in_gbk_is_read() {
    let text = "单位,姓名,职务\r\n水务所,林远,所长\r\n";
    let gbk = [
        &b"\xB5\xA5\xCE\xBB,\xD0\xD5\xC3\xFB,\xD6\xB0\xCE\xF1\r\n"[..],
        b"\xCB\xAE\xCE\xF1\xCB\xF9,\xC1\xD6\xD4\xB6,\xCB\xF9\xB3\xA4\r\n",
    ]
    .concat();
    assert_eq!(read_roster("名册.csv", &gbk), read_roster("名册.csv", text.as_bytes()));
    assert_eq!(key(&gbk), "read");
    assert_eq!(key(b"a,\xFF\xFF\xFF"), "sheet-encoding");
}

#[test]
fn every_error_has_its_sentence_in_both_languages_with_the_arguments_it_gives() {
    let sources = [include_str!("../locales/zh-CN/sheet.ftl"), include_str!("../locales/en/sheet.ftl")];
    let keys = |source: &'static str| -> Vec<&'static str> {
        source.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key).collect()
    };
    assert_eq!(keys(sources[0]), keys(sources[1]));
    let errors = all_errors();
    assert_eq!(keys(sources[0]), errors.iter().map(SheetError::key).collect::<Vec<_>>());
    for (source, error) in sources.iter().flat_map(|source| errors.iter().map(move |error| (source, error))) {
        let line = source.lines().find(|line| line.starts_with(&format!("{} = ", error.key()))).unwrap();
        let given: Vec<&str> = error.args().iter().map(|(name, _)| *name).collect();
        let used: Vec<&str> = line
            .split("{ $")
            .skip(1)
            .filter_map(|rest| rest.split_once(" }"))
            .map(|(name, _)| name)
            .collect();
        assert!(used.iter().all(|name| given.contains(name)), "{line} {given:?}");
        assert!(given.iter().all(|name| used.contains(name)), "{line} {given:?}");
    }
}

fn all_errors() -> Vec<SheetError> {
    let (file, sheet, name) = (String::from("f"), String::from("表"), String::from("林远"));
    let place = crate::CellPlace { sheet: sheet.clone(), row: 3, column: "B".into() };
    let file = || file.clone();
    let of_file = [
        SheetError::Empty { file: file() },
        SheetError::OldWorkbook { file: file() },
        SheetError::Encrypted { file: file() },
        SheetError::WrongKind { file: file() },
        SheetError::NotAWorkbook { file: file() },
        SheetError::Damaged { file: file() },
        SheetError::TooLarge { file: file() },
        SheetError::Encoding { file: file() },
        SheetError::NoHeader { file: file(), wanted: "姓名" },
    ];
    let of_sheet = [
        SheetError::NoColumn { sheet: sheet.clone(), row: 1, title: "单位" },
        SheetError::NoRows { sheet: sheet.clone() },
        SheetError::TooManyRows { sheet, limit: 1 },
        SheetError::TooWide { place: place.clone(), limit: 1 },
        SheetError::LongCell { place: place.clone(), limit: 1 },
        SheetError::Formula { place: place.clone() },
        SheetError::MissingCell { place: place.clone(), name: name.clone() },
        SheetError::Twice {
            unit: name.clone(),
            name,
            first: Box::new(place.clone()),
            second: Box::new(place.clone()),
        },
        SheetError::NoUnit { place: place.clone(), what: "380".into() },
        SheetError::NoReason { place: place.clone(), name: "通水".into() },
        SheetError::OnlyForecast { place: place.clone(), what: "预计完成时间".into() },
        SheetError::NoDay { place, what: "尽快".into() },
    ];
    of_file.into_iter().chain(of_sheet).collect()
}

#[test]
fn a_week_without_a_header_asks_for_its_own_columns() {
    let error = read_week("周表.csv", "甲,乙".as_bytes()).unwrap_err();
    assert!(error.to_string().contains("本周工作"));
}
