//! The roster: who holds which post in which unit.

use crate::clean::{filled, is_mobile, list, posts, telephone, without_blanks};
use crate::error::{CellPlace, SheetError};
use crate::grid::{Grid, Unread, find_in_file};
use crate::header::{Field, Header, Line, SheetKind};
use serde::Serialize;
use shiji_domain::roster::{FilingDuty, RosterRow};
use std::collections::HashMap;

/// A roster as it was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RosterSheet {
    pub sheet: String,
    /// In the order of the sheet, which is the order of the office.
    pub rows: Vec<RosterRow>,
    pub unread: Vec<Unread>,
}

/// Reads the first visible sheet that has a header with a name and a unit or a post.
///
/// Errors: the file is of another kind, damaged or too large; a column or a cell that a post needs is missing; a cell
/// that is read is a formula; one name stands twice in one unit.
pub fn read_roster(file_name: &str, bytes: &[u8]) -> Result<RosterSheet, SheetError> {
    let kind = SheetKind::Roster;
    let found = find_in_file(file_name, bytes, &mut |grid| match Header::find(grid, kind) {
        Some(header) => read_grid(grid, &header).map(Some),
        None => Ok(None),
    })?;
    found.ok_or_else(|| SheetError::NoHeader { file: file_name.to_owned(), wanted: kind.wanted() })
}

fn read_grid(grid: &Grid, header: &Header) -> Result<RosterSheet, SheetError> {
    header.require(grid, Field::Unit, "单位")?;
    header.require(grid, Field::Post, "职务")?;
    let people = header.people(grid)?;
    let mut unread = people.unread;
    let mut rows = Vec::with_capacity(people.rows.len());
    let mut seen: HashMap<(String, String), Box<CellPlace>> = HashMap::new();
    for (name, line) in people.rows {
        let row = read_line(header, name, &line, &mut unread)?;
        let second = Box::new(line.place(Field::Name));
        if let Some(first) = seen.insert((row.unit.clone(), row.name.clone()), second.clone()) {
            return Err(SheetError::Twice { unit: row.unit, name: row.name, first, second });
        }
        rows.push(row);
    }
    Ok(RosterSheet { sheet: grid.sheet.clone(), rows, unread })
}

fn read_line(
    header: &Header,
    name: String,
    line: &Line<'_>,
    unread: &mut Vec<Unread>,
) -> Result<RosterRow, SheetError> {
    let missing = |field| SheetError::MissingCell { place: line.place(field), name: name.clone() };
    let unit = line.unit.clone().ok_or_else(|| missing(Field::Unit))?;
    let posts = posts(line.text(Field::Post));
    if posts.is_empty() {
        return Err(missing(Field::Post));
    }
    let class = without_blanks(line.text(Field::Class));
    let filing_duty = filing_duty(&class);
    if filing_duty.is_none() && !class.is_empty() {
        unread.push(line.unread(Field::Class));
    }
    let (office_telephone, mobile) = telephones(header, line);
    Ok(RosterRow {
        row: line.row,
        unit,
        name,
        posts,
        filing_duty,
        supervisor: filled(line.text(Field::Supervisor)),
        office_telephone,
        mobile,
        duties: list(line.text(Field::Duties)),
    })
}

/// Telephone of the desk and mobile number. A column that is only called telephone often holds mobile numbers; those
/// are kept as such, since the one may be published and the other never.
fn telephones(header: &Header, line: &Line<'_>) -> (Option<String>, Option<String>) {
    let office = telephone(line.text(Field::OfficeTelephone));
    let mobile = telephone(line.text(Field::Mobile));
    let is_for_desks = header
        .title(Field::OfficeTelephone)
        .is_some_and(|title| title.contains("办公") || title.contains("座机"));
    match office {
        Some(number) if !is_for_desks && is_mobile(&number) => (None, mobile.or(Some(number))),
        office => (office, mobile),
    }
}

fn filing_duty(class: &str) -> Option<FilingDuty> {
    const WORDS: [(&[&str], FilingDuty); 5] = [
        (&["自愿"], FilingDuty::Voluntary),
        (&["班子", "领导"], FilingDuty::Leadership),
        (&["中层", "站所"], FilingDuty::MidLevel),
        (&["村", "社区", "支书"], FilingDuty::Village),
        (&["负责人"], FilingDuty::MidLevel),
    ];
    let found = WORDS.iter().find(|(words, _)| words.iter().any(|word| class.contains(word)));
    found.map(|(_, duty)| *duty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{Sample, town};

    const TITLES: [&str; 5] = ["单位", "姓名", "职务", "类别", "联系电话"];

    fn csv(lines: &[&str]) -> Result<RosterSheet, SheetError> {
        read_roster("名册.csv", lines.join("\n").as_bytes())
    }

    #[test]
    fn a_merged_unit_counts_for_the_rows_below_it() {
        let bytes = Sample::new()
            .row(&["青溪镇干部名册"])
            .row(&TITLES)
            .row(&["水务 所", "林\u{3000}远", "所长、河长", "中层干部", "０８００－８００００１２"])
            .row(&["", "阿依·古丽", "副所长兼网格员", "自愿", ""])
            .row(&["东湾村", "叶静", "党总支书记", "村书记", ""])
            .row(&["", "", "", "", ""])
            .row(&["填表人：高宁"])
            .xlsx();
        let roster = read_roster("名册.xlsx", &bytes).unwrap();
        let told: Vec<_> =
            roster.rows.iter().map(|row| (row.row, row.unit.as_str(), row.name.as_str())).collect();
        assert_eq!(told, [(3, "水务所", "林远"), (4, "水务所", "阿依·古丽"), (5, "东湾村", "叶静")]);
        assert_eq!(roster.rows[0].posts, ["所长", "河长"]);
        assert_eq!(roster.rows[0].office_telephone.as_deref(), Some("0800-8000012"));
        assert_eq!(roster.rows[1].posts, ["副所长", "网格员"]);
        assert_eq!(roster.rows[1].filing_duty, Some(FilingDuty::Voluntary));
        assert_eq!(roster.rows[2].filing_duty, Some(FilingDuty::Village));
        assert_eq!(roster.unread, []);
    }

    #[test]
    fn the_header_may_stand_on_the_second_sheet() {
        let bytes = Sample::new()
            .row(&["说明"])
            .sheet("名册")
            .row(&TITLES)
            .row(&["水务所", "林远", "所长", "", ""])
            .xlsx();
        assert_eq!(read_roster("f.xlsx", &bytes).unwrap().sheet, "名册");
    }

    #[test]
    fn namesakes_in_two_units_are_two_people_and_in_one_unit_an_error() {
        let two = csv(&["单位,姓名,职务", "水务所,叶静,所长", "东湾村,叶静,书记"]).unwrap();
        assert_eq!(two.rows.len(), 2);
        let Err(error) = csv(&["单位,姓名,职务", "水务所,叶静,所长", ",叶 静,河长"]) else {
            panic!()
        };
        assert_eq!(error.to_string(), "叶静 of 水务所 stands in row 2 and again in row 3");
        assert_eq!(error.place().map(|place| (place.row, place.column.as_str())), Some((3, "B")));
    }

    #[test]
    fn a_mobile_number_under_telephone_is_not_one_of_the_desk() {
        let roster = csv(&["单位,姓名,职务,电话", "水务所,林远,所长,139 0000 0001"]).unwrap();
        assert_eq!(roster.rows[0].office_telephone, None);
        assert_eq!(roster.rows[0].mobile.as_deref(), Some("13900000001"));
        let desk = csv(&["单位,姓名,职务,办公电话", "水务所,林远,所长,13900000001"]).unwrap();
        assert_eq!(desk.rows[0].office_telephone.as_deref(), Some("13900000001"));
    }

    #[test]
    fn an_unknown_class_is_remarked_and_the_row_kept() {
        let roster = csv(&["单位,姓名,职务,类别", "水务所,林远,所长,其他"]).unwrap();
        assert_eq!((roster.rows.len(), roster.rows[0].filing_duty), (1, None));
        let unread = &roster.unread[0];
        assert_eq!((unread.row, unread.column.as_str(), unread.what.as_str()), (2, "D", "其他"));
    }

    #[test]
    fn a_missing_header_column_or_cell_is_named() {
        assert_eq!(csv(&["甲,乙", "子,丑"]).unwrap_err().key(), "sheet-no-header");
        assert_eq!(csv(&["单位,姓名", "水务所,林远"]).unwrap_err().key(), "sheet-no-column");
        assert_eq!(csv(&["姓名,职务", "林远,所长"]).unwrap_err().key(), "sheet-no-column");
        assert_eq!(csv(&["单位,姓名,职务"]).unwrap_err().key(), "sheet-no-rows");
        let error = csv(&["单位,姓名,职务", "水务所,林远,"]).unwrap_err();
        assert_eq!(error.to_string(), "cell C2 of 名册 is empty, but 林远 needs one");
    }

    #[test]
    fn the_roster_of_a_whole_town_is_read() {
        let Some(bytes) = town("roster.xlsx") else { return };
        let roster = read_roster("roster.xlsx", &bytes).unwrap();
        assert_eq!((roster.rows.len(), roster.unread.len()), (66, 0));
        assert!(roster.rows.iter().all(|row| row.filing_duty.is_some()));
        assert!(roster.rows.iter().all(|row| row.office_telephone.is_some() && row.mobile.is_some()));
    }
}
