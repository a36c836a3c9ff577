//! Which row of a sheet names its columns, and which column holds what, whatever the office calls it.

use crate::clean::without_blanks;
use crate::error::{CellPlace, SheetError};
use crate::grid::{Cell, Grid, Unread};

/// Rows from the top among which the header is looked for.
const SEARCHED_ROWS: usize = 20;
/// Longer cells are headings and notes, not titles of columns.
const MAX_TITLE: usize = 14;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Unit,
    Name,
    Post,
    Class,
    Supervisor,
    OfficeTelephone,
    Mobile,
    Duties,
    Work,
    Plan,
}

type Titles = &'static [(Field, &'static [&'static str])];

const PERSON: Titles = &[
    (Field::Unit, &["单位", "部门", "站所", "村", "村社区", "村(社区)", "所属单位"]),
    (Field::Name, &["姓名", "名字", "干部姓名"]),
    (Field::Post, &["职务", "岗位", "职务岗位", "现任职务"]),
];
const ROSTER: Titles = &[
    (Field::Class, &["类别", "干部类别", "人员类别", "身份"]),
    (Field::Supervisor, &["分管领导", "联系领导", "包村领导", "分管"]),
    (Field::OfficeTelephone, &["办公电话", "座机", "联系电话", "电话"]),
    (Field::Mobile, &["手机号码", "手机", "手机号", "移动电话", "联系手机"]),
    (Field::Duties, &["负责事项", "职责", "分工", "分管工作", "工作职责", "主要职责"]),
];
const WEEK: Titles =
    &[(Field::Work, &["工作内容", "完成情况", "工作纪实", "工作实绩"]), (Field::Plan, &["工作计划", "计划"])];
/// Words that decide alone, before any title is compared.
const WEEK_MARKS: &[(&str, Field)] =
    &[("下周", Field::Plan), ("下步", Field::Plan), ("下一步", Field::Plan), ("本周", Field::Work)];
const ROSTER_MARKS: &[(&str, Field)] = &[("手机", Field::Mobile)];
/// Titles that contain one of ours and mean something else; an identity number is never read.
const OTHERS: &[&str] = &["身份证", "人数", "序号", "编号"];

/// The two sheets that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SheetKind {
    Roster,
    Week,
}

impl SheetKind {
    /// Titles to ask for when there is no header.
    pub fn wanted(self) -> &'static str {
        match self {
            SheetKind::Roster => "单位、姓名、职务",
            SheetKind::Week => "姓名、本周工作、下周计划",
        }
    }

    fn field(self, title: &str) -> Option<Field> {
        let (titles, marks) = match self {
            SheetKind::Roster => (ROSTER, ROSTER_MARKS),
            SheetKind::Week => (WEEK, WEEK_MARKS),
        };
        if title.is_empty() || OTHERS.iter().any(|other| title.contains(other)) {
            return None;
        }
        let all = || {
            let both = PERSON.iter().chain(titles);
            both.flat_map(|(field, words)| words.iter().map(|word| (*field, *word)))
        };
        if let Some((field, _)) = all().find(|(_, word)| *word == title) {
            return Some(field);
        }
        if title.chars().count() > MAX_TITLE {
            return None;
        }
        if let Some((_, field)) = marks.iter().find(|(mark, _)| title.contains(mark)) {
            return Some(*field);
        }
        let contained = all().filter(|(_, word)| word.chars().count() > 1 && title.contains(word));
        contained.max_by_key(|(_, word)| word.len()).map(|(field, _)| field)
    }
}

/// The header of one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    /// Counted from 1.
    pub row: usize,
    /// Field, column counted from 0, and title without blanks.
    columns: Vec<(Field, usize, String)>,
}

impl Header {
    /// The first row that names the person and at least one of unit, post and work.
    pub fn find(grid: &Grid, kind: SheetKind) -> Option<Header> {
        grid.rows().take_while(|(row, _)| *row <= SEARCHED_ROWS).find_map(|(row, cells)| {
            let mut header = Header { row, columns: Vec::new() };
            for (column, cell) in cells.iter().enumerate() {
                let title = normal(&cell.text);
                match kind.field(&title) {
                    Some(field) if header.column(field).is_none() => {
                        header.columns.push((field, column, title));
                    }
                    _ => {}
                }
            }
            let has = |field| header.column(field).is_some();
            (has(Field::Name) && (has(Field::Unit) || has(Field::Post) || has(Field::Work))).then_some(header)
        })
    }

    /// Counted from 0.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns.iter().find(|(known, ..)| *known == field).map(|(_, column, _)| *column)
    }

    pub fn title(&self, field: Field) -> Option<&str> {
        self.columns.iter().find(|(known, ..)| *known == field).map(|(.., title)| title.as_str())
    }

    /// Errors: the sheet has no such column.
    pub fn require(&self, grid: &Grid, field: Field, title: &'static str) -> Result<(), SheetError> {
        match self.column(field) {
            Some(_) => Ok(()),
            None => Err(SheetError::NoColumn { sheet: grid.sheet.clone(), row: self.row, title }),
        }
    }

    /// The rows of people below the header, with the unit filled downwards. Rows without a name are notes.
    ///
    /// Errors: a cell that is read is a formula; nobody stands below the header.
    pub fn people<'a>(&'a self, grid: &'a Grid) -> Result<People<'a>, SheetError> {
        let mut people = People { rows: Vec::new(), unread: Vec::new() };
        let mut unit = None;
        for (row, cells) in grid.rows().filter(|(row, _)| *row > self.row) {
            let line = Line { grid, header: self, row, cells, unit: None };
            line.refuse_formulas()?;
            let name = without_blanks(line.text(Field::Name));
            let is_header_again = Some(normal(&name).as_str()) == self.title(Field::Name);
            if is_header_again {
                continue;
            }
            let told = without_blanks(line.text(Field::Unit));
            if !told.is_empty() {
                unit = Some(told);
            }
            if name.is_empty() {
                continue;
            }
            if name.contains([':', '：']) || matches!(name.as_str(), "合计" | "总计" | "小计") {
                people.unread.push(line.unread(Field::Name));
                continue;
            }
            people.rows.push((name, Line { unit: unit.clone(), ..line }));
        }
        match people.rows.is_empty() {
            true => Err(SheetError::NoRows { sheet: grid.sheet.clone() }),
            false => Ok(people),
        }
    }
}

pub(crate) struct People<'a> {
    /// Name and row.
    pub rows: Vec<(String, Line<'a>)>,
    pub unread: Vec<Unread>,
}

/// One row below a header.
pub(crate) struct Line<'a> {
    grid: &'a Grid,
    header: &'a Header,
    /// Counted from 1.
    pub row: usize,
    cells: &'a [Cell],
    /// As written here or, when the cell is blank as in merged cells, above.
    pub unit: Option<String>,
}

impl Line<'_> {
    /// The cell as written; nothing when the column or the cell is missing.
    pub fn text(&self, field: Field) -> &str {
        let cell = self.header.column(field).and_then(|column| self.cells.get(column));
        cell.map_or("", |cell| cell.text.as_str())
    }

    pub fn place(&self, field: Field) -> CellPlace {
        self.grid.place(self.row, self.header.column(field).unwrap_or(0))
    }

    pub fn unread(&self, field: Field) -> Unread {
        self.grid.unread(self.row, self.header.column(field).unwrap_or(0), self.text(field).trim())
    }

    fn refuse_formulas(&self) -> Result<(), SheetError> {
        let read = self.header.columns.iter().filter_map(|(field, column, _)| {
            self.cells.get(*column).filter(|cell| cell.is_formula).map(|_| self.place(*field))
        });
        read.min_by(|a, b| (a.column.len(), &a.column).cmp(&(b.column.len(), &b.column)))
            .map_or(Ok(()), |place| Err(SheetError::Formula { place }))
    }
}

fn normal(title: &str) -> String {
    without_blanks(title).replace('（', "(").replace('）', ")")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_go_by_many_titles() {
        let field = |title| SheetKind::Roster.field(title);
        assert_eq!(field("村(社区)"), Some(Field::Unit));
        assert_eq!(field("单位名称"), Some(Field::Unit));
        assert_eq!(field("分管领导姓名"), Some(Field::Supervisor));
        assert_eq!(field("分管工作"), Some(Field::Duties));
        assert_eq!(field("联系电话(手机)"), Some(Field::Mobile));
        assert_eq!(field("联系电话"), Some(Field::OfficeTelephone));
        assert_eq!(field("身份证号"), None);
        assert_eq!(field("序号"), None);
    }

    #[test]
    fn this_week_and_next_are_told_apart() {
        let field = |title| SheetKind::Week.field(title);
        assert_eq!(field("本周工作纪实"), Some(Field::Work));
        assert_eq!(field("本周工作计划完成情况"), Some(Field::Work));
        assert_eq!(field("下周工作内容"), Some(Field::Plan));
        assert_eq!(field("下一步打算"), Some(Field::Plan));
        assert_eq!(field("工作计划"), Some(Field::Plan));
        assert_eq!(field("完成情况"), Some(Field::Work));
    }
}
