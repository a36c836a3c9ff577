//! The weekly table: what everybody did this week and means to do in the next.

use crate::clean::{filled, prose};
use crate::error::SheetError;
use crate::grid::{Grid, Unread, find_in_file};
use crate::header::{Field, Header, SheetKind};
use serde::Serialize;

/// A weekly table as it was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeekSheet {
    pub sheet: String,
    pub rows: Vec<WeekRow>,
    pub unread: Vec<Unread>,
}

/// What one person wrote, not yet parted into items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeekRow {
    /// Counted from 1.
    pub row: usize,
    pub unit: Option<String>,
    pub name: String,
    /// As written, of several posts all.
    pub post: Option<String>,
    /// Lines are parted by `\n`; empty when nothing was written.
    pub work: String,
    pub plan: String,
}

/// Reads the first visible sheet that has a header with a name and a unit, a post or the work of the week.
///
/// Errors: the file is of another kind, damaged or too large; there is no column for the work; a cell that is read is a
/// formula. One name may stand in several rows.
pub fn read_week(file_name: &str, bytes: &[u8]) -> Result<WeekSheet, SheetError> {
    let kind = SheetKind::Week;
    let found = find_in_file(file_name, bytes, &mut |grid| match Header::find(grid, kind) {
        Some(header) => read_grid(grid, &header).map(Some),
        None => Ok(None),
    })?;
    found.ok_or_else(|| SheetError::NoHeader { file: file_name.to_owned(), wanted: kind.wanted() })
}

fn read_grid(grid: &Grid, header: &Header) -> Result<WeekSheet, SheetError> {
    header.require(grid, Field::Work, "本周工作")?;
    let people = header.people(grid)?;
    let rows = people.rows.into_iter().map(|(name, line)| WeekRow {
        row: line.row,
        name,
        post: filled(line.text(Field::Post)),
        work: prose(line.text(Field::Work)),
        plan: prose(line.text(Field::Plan)),
        unit: line.unit,
    });
    Ok(WeekSheet { sheet: grid.sheet.clone(), rows: rows.collect(), unread: people.unread })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{Sample, town};

    #[test]
    fn work_and_plan_keep_their_lines() {
        let bytes = Sample::new()
            .row(&["青溪镇实绩公示表（11月16日—11月22日）"])
            .row(&["序号", "单位", "姓 名", "职务", "本周工作\n完成情况", "下周工作计划"])
            .row(&["1", "水务所", "林远", "所长", " 1、清淤300米；\r\n2、修闸2座\n", "巡河"])
            .row(&["2", "", "苏禾", "", "", ""])
            .row(&["", "", "合计", "", "", ""])
            .xlsx();
        let week = read_week("周表.xlsx", &bytes).unwrap();
        assert_eq!(week.rows.len(), 2);
        assert_eq!(week.rows[0].work, "1、清淤300米；\n2、修闸2座");
        assert_eq!(week.rows[0].plan, "巡河");
        assert_eq!(week.rows[1].unit.as_deref(), Some("水务所"));
        assert_eq!((week.rows[1].post.as_ref(), week.rows[1].work.as_str()), (None, ""));
        assert_eq!(week.unread[0].what, "合计");
    }

    #[test]
    fn a_table_without_the_work_is_refused() {
        let error = read_week("周表.csv", "单位,姓名,职务\n水务所,林远,所长".as_bytes()).unwrap_err();
        assert_eq!(error.key(), "sheet-no-column");
    }

    #[test]
    fn the_week_of_a_whole_town_is_read() {
        let Some(bytes) = town("week.xlsx") else { return };
        let week = read_week("week.xlsx", &bytes).unwrap();
        assert_eq!((week.rows.len(), week.unread.len()), (64, 0));
        assert!(week.rows.iter().all(|row| row.unit.is_some() && !row.work.is_empty()));
    }
}
