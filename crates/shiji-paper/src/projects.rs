//! The list of key projects: one row a project or one row a milestone, with days as people write them.

use crate::clean::{filled, list, prose, without_blanks};
use crate::day::{Reading, first_day, plain, year_in};
use crate::error::SheetError;
use crate::grid::{Cell, Grid, Unread, find_in_file};
use jiff::civil::Date;
use money::{money, unit_in};
use serde::Serialize;

/// Rows from the top among which the header is looked for.
const SEARCHED_ROWS: usize = 20;
/// Longer cells are headings and notes, not titles of columns.
const MAX_TITLE: usize = 16;
const WANTED: &str = "项目名称、节点、计划完成时间";
/// Whoever has to mend so many cells begins with these.
const PROBLEMS_MOST: usize = 200;
/// What a project's only milestone is called where the list names none.
const ALL_DONE: &str = "全部完成";

/// A list of projects as it was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProjectSheet {
    pub sheet: String,
    pub projects: Vec<ProjectRow>,
    /// Cells and columns that could not be read.
    pub unread: Vec<Unread>,
    /// Cells that were read and are left out on purpose: how far a project is follows from the weeks' items.
    pub left_out: Vec<Unread>,
    /// Everything that has to be mended first, in the order of the cells, up to about 200.
    pub problems: Vec<SheetError>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProjectRow {
    /// Counted from 1; the first, where it has several.
    pub row: usize,
    pub name: String,
    pub aim: Option<String>,
    pub units: Vec<String>,
    pub leader: Option<String>,
    /// With its unit, where the cell or the column's title says it.
    pub money: Option<String>,
    pub site: Option<String>,
    pub started_on: Option<Date>,
    pub milestones: Vec<MilestoneRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MilestoneRow {
    pub row: usize,
    pub name: String,
    pub due_on: Date,
    pub reached_on: Option<Date>,
    /// What is expected now, where it is not what was planned, and why.
    pub moved: Option<(Date, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Name,
    Aim,
    Unit,
    Leader,
    Money,
    Site,
    Start,
    Milestone,
    Due,
    Reached,
    Forecast,
    Reason,
    Progress,
}

const TITLES: &[(Field, &[&str])] = &[
    (Field::Name, &["项目名称", "工程名称", "项目", "工程", "重点工程", "重点项目"]),
    (Field::Aim, &["建设内容", "建设内容及规模", "主要内容", "建设规模", "工程内容", "建设任务"]),
    (Field::Unit, &["责任单位", "牵头单位", "实施单位", "建设单位", "承办单位", "单位"]),
    (Field::Leader, &["分管领导", "包抓领导", "责任领导", "牵头领导", "联系领导", "责任人"]),
    (Field::Money, &["总投资", "投资额", "投资", "资金", "概算"]),
    (Field::Site, &["建设地点", "地点", "位置", "地址"]),
    (Field::Start, &["开工时间", "开工日期", "启动时间", "开始时间"]),
    (Field::Milestone, &["节点", "节点名称", "时间节点", "工作节点", "里程碑", "阶段目标", "进度安排"]),
    (Field::Due, &["计划完成时间", "完成时限", "完成时间", "计划时间", "节点时间", "竣工时间", "完成日期"]),
    (Field::Reached, &["实际完成时间", "实际完成日期", "实际时间"]),
    (
        Field::Forecast,
        &["预计完成时间", "预计完成日期", "预计时间", "预计竣工时间", "预计完工时间", "预计完成"],
    ),
    (Field::Reason, &["原因", "改期原因", "滞后原因", "延期原因", "调整原因", "未完成原因"]),
    (Field::Progress, &["当前进度", "目前进度", "进展情况", "目前进展", "形象进度", "工程进度", "当前进展"]),
];
const OTHERS: &[&str] = &["序号", "编号", "备注", "电话"];

fn field(title: &str) -> Option<Field> {
    if title.is_empty()
        || title.chars().count() > MAX_TITLE
        || OTHERS.iter().any(|other| title.contains(other))
    {
        return None;
    }
    let bare = title.split('(').next().unwrap_or(title);
    let all = || TITLES.iter().flat_map(|(field, words)| words.iter().map(|word| (*field, *word)));
    if let Some((field, _)) = all().find(|(_, word)| *word == bare) {
        return Some(field);
    }
    let contained = all().filter(|(_, word)| word.chars().count() > 2 && bare.contains(word));
    contained.max_by_key(|(_, word)| word.len()).map(|(field, _)| field)
}

/// The header of the list.
struct Header {
    row: usize,
    columns: Vec<(Field, usize, String)>,
    /// A year that stands above the header or in the sheet's name.
    year: Option<i16>,
    /// The unit of amounts that stands above the header, as in 单位：万元.
    unit: Option<&'static str>,
    /// Titles that say nothing that is read: column and title.
    unknown: Vec<(usize, String)>,
}

impl Header {
    /// The first row that names the project and a milestone or its day.
    fn find(grid: &Grid) -> Option<Header> {
        let (mut year, mut unit) = (year_in(&grid.sheet), None);
        for (row, cells) in grid.rows().take_while(|(row, _)| *row <= SEARCHED_ROWS) {
            let mut columns: Vec<(Field, usize, String)> = Vec::new();
            let mut unknown = Vec::new();
            for (column, cell) in cells.iter().enumerate() {
                let title = without_blanks(&cell.text).replace('（', "(").replace('）', ")");
                match field(&title) {
                    Some(field) if columns.iter().all(|(known, ..)| *known != field) => {
                        columns.push((field, column, title));
                    }
                    None if title.is_empty() || OTHERS.iter().any(|other| title.contains(other)) => {}
                    _ => unknown.push((column, title)),
                }
            }
            let has = |field| columns.iter().any(|(known, ..)| *known == field);
            let has_days = [Field::Milestone, Field::Due, Field::Forecast].into_iter().any(has);
            if has(Field::Name) && has_days {
                return Some(Header { row, columns, year, unit, unknown });
            }
            year = cells.iter().find_map(|cell| year_in(&cell.text)).or(year);
            unit = cells.iter().find_map(|cell| unit_in(&cell.text)).or(unit);
        }
        None
    }

    /// Errors: it has a column for what is expected, and none for what was planned.
    fn must_plan(&self, grid: &Grid) -> Result<(), SheetError> {
        match (self.column(Field::Due), self.column(Field::Forecast)) {
            (None, Some((column, title))) => {
                Err(SheetError::OnlyForecast { place: grid.place(self.row, column), what: title.to_owned() })
            }
            _ => Ok(()),
        }
    }

    fn column(&self, field: Field) -> Option<(usize, &str)> {
        let found = self.columns.iter().find(|(known, ..)| *known == field);
        found.map(|(_, column, title)| (*column, title.as_str()))
    }
}

/// One row below the header.
struct Line<'a> {
    grid: &'a Grid,
    header: &'a Header,
    row: usize,
    cells: &'a [Cell],
}

impl Line<'_> {
    fn text(&self, field: Field) -> &str {
        let cell = self.header.column(field).and_then(|(column, _)| self.cells.get(column));
        cell.map_or("", |cell| cell.text.as_str())
    }

    fn column(&self, field: Field) -> usize {
        self.header.column(field).map_or(0, |(column, _)| column)
    }

    fn no_day(&self, field: Field) -> SheetError {
        let what: String = self.text(field).trim().chars().take(40).collect();
        SheetError::NoDay { place: self.grid.place(self.row, self.column(field)), what }
    }

    /// The day in a cell; none where it is empty.
    ///
    /// Errors: there is something else in it.
    fn day(&self, field: Field, year: Option<i16>) -> Result<Option<Date>, SheetError> {
        let text = plain(self.text(field));
        if text.is_empty() {
            return Ok(None);
        }
        match first_day(&text, year) {
            Reading::Day(told) => Ok(Some(told.day)),
            Reading::WithoutYear | Reading::Nothing => Err(self.no_day(field)),
        }
    }

    /// Every formula in a column that is read.
    fn formulas(&self) -> Vec<SheetError> {
        let read = self.header.columns.iter().filter(|(field, ..)| *field != Field::Progress);
        let mut formulas = read.map(|(_, column, _)| *column).collect::<Vec<_>>();
        formulas.retain(|column| self.cells.get(*column).is_some_and(|cell| cell.is_formula));
        formulas.sort_unstable();
        let told = |column| SheetError::Formula { place: self.grid.place(self.row, column) };
        formulas.into_iter().map(told).collect()
    }
}

/// Reads the first visible sheet that has a header with a project's name and a milestone or its day.
///
/// What stands in single cells and has to be mended is in the answer, all of it. Errors: the file is of another kind, damaged
/// or too large; nothing in it says what was planned.
pub fn read_projects(file_name: &str, bytes: &[u8]) -> Result<ProjectSheet, SheetError> {
    let found = find_in_file(file_name, bytes, &mut |grid| match Header::find(grid) {
        Some(header) => header.must_plan(grid).and_then(|()| read_grid(grid, &header)).map(Some),
        None => Ok(None),
    })?;
    found.ok_or_else(|| SheetError::NoHeader { file: file_name.to_owned(), wanted: WANTED })
}

fn read_grid(grid: &Grid, header: &Header) -> Result<ProjectSheet, SheetError> {
    let mut read = ProjectSheet {
        sheet: grid.sheet.clone(),
        projects: Vec::new(),
        unread: header.unknown.iter().map(|(at, title)| grid.unread(header.row, *at, title)).collect(),
        left_out: Vec::new(),
        problems: Vec::new(),
    };
    for (row, cells) in grid.rows().filter(|(row, _)| *row > header.row) {
        read_line(&Line { grid, header, row, cells }, &mut read);
        if read.problems.len() >= PROBLEMS_MOST {
            break;
        }
    }
    match read.projects.is_empty() && read.problems.is_empty() {
        true => Err(SheetError::NoRows { sheet: grid.sheet.clone() }),
        false => Ok(read),
    }
}

fn read_line(line: &Line<'_>, read: &mut ProjectSheet) {
    let formulas = line.formulas();
    if !formulas.is_empty() {
        read.problems.extend(formulas);
        return;
    }
    let (grid, header, row) = (line.grid, line.header, line.row);
    let name = without_blanks(line.text(Field::Name));
    let is_header_again = header.column(Field::Name).is_some_and(|(_, title)| title == name);
    if is_header_again {
        return;
    }
    if name.contains([':', '：']) || matches!(name.as_str(), "合计" | "总计" | "小计") {
        read.unread.push(grid.unread(row, line.column(Field::Name), &name));
        return;
    }
    // In merged cells the name stands in the first row alone.
    let goes_on = read.projects.last().is_some_and(|last| name.is_empty() || last.name == name);
    if !goes_on {
        if name.is_empty() {
            return;
        }
        read.projects.push(project(line, name, &mut read.problems));
    }
    let Some(project) = read.projects.last_mut() else { return };
    match milestones(line, project) {
        Ok(found) if found.is_empty() && !goes_on => {
            let place = grid.place(row, line.column(Field::Due));
            read.problems.push(SheetError::MissingCell { place, name: project.name.clone() });
        }
        Ok(found) => project.milestones.extend(found),
        Err(problem) => read.problems.push(problem),
    }
    if let Some(told) = Some(prose(line.text(Field::Progress))).filter(|told| !told.is_empty()) {
        read.left_out.push(grid.unread(row, line.column(Field::Progress), &told));
    }
}

fn project(line: &Line<'_>, name: String, problems: &mut Vec<SheetError>) -> ProjectRow {
    let mut or_problem = |error| problems.push(error);
    ProjectRow {
        row: line.row,
        name,
        aim: Some(prose(line.text(Field::Aim)).replace('\n', " ")).filter(|aim| !aim.is_empty()),
        units: list(line.text(Field::Unit)),
        leader: filled(line.text(Field::Leader)),
        money: money(line).unwrap_or_else(|error| {
            or_problem(error);
            None
        }),
        site: filled(line.text(Field::Site)),
        started_on: line.day(Field::Start, line.header.year).unwrap_or_else(|error| {
            or_problem(error);
            None
        }),
        milestones: Vec::new(),
    }
}

/// The milestones of a row, with what is expected of them now.
fn milestones(line: &Line<'_>, project: &ProjectRow) -> Result<Vec<MilestoneRow>, SheetError> {
    let mut found = promised(line, project)?;
    let expected = parts(line.text(Field::Forecast));
    if expected.is_empty() {
        return Ok(found);
    }
    if expected.len() != found.len() {
        return Err(line.no_day(Field::Forecast));
    }
    let reason = prose(line.text(Field::Reason)).replace('\n', " ");
    for (one, part) in found.iter_mut().zip(&expected) {
        let Reading::Day(told) = first_day(&plain(part), line.header.year.or(Some(one.due_on.year()))) else {
            return Err(line.no_day(Field::Forecast));
        };
        // What was reached expects nothing any more.
        if told.day == one.due_on || one.reached_on.is_some() {
            continue;
        }
        if reason.is_empty() {
            let place = line.grid.place(line.row, line.column(Field::Forecast));
            return Err(SheetError::NoReason { place, name: one.name.clone() });
        }
        one.moved = Some((told.day, reason.clone()));
    }
    Ok(found)
}

/// The milestones of a row: several in one cell with their days, several beside as many days, or one with its day.
fn promised(line: &Line<'_>, project: &ProjectRow) -> Result<Vec<MilestoneRow>, SheetError> {
    let mut year = line.header.year.or(project.started_on.map(Date::year));
    if let Some(told) = project.milestones.last() {
        year = year.or(Some(told.due_on.year()));
    }
    let named = parts(line.text(Field::Milestone));
    let dued = parts(line.text(Field::Due));
    if named.is_empty() && dued.is_empty() {
        return Ok(Vec::new());
    }
    let reached_on = line.day(Field::Reached, year)?;
    let row = line.row;
    if dued.is_empty() {
        return named.iter().map(|part| with_its_day(line, part, &mut year, reached_on)).collect();
    }
    let mut days = Vec::with_capacity(dued.len());
    for part in &dued {
        match first_day(&plain(part), year) {
            Reading::Day(told) => {
                year = year.or(Some(told.day.year()));
                days.push(told.day);
            }
            Reading::WithoutYear | Reading::Nothing => return Err(line.no_day(Field::Due)),
        }
    }
    if let [due_on] = days[..] {
        // Words that run over several lines are one milestone where there is one day.
        let name = named.iter().map(|part| bare_name(&plain(part))).collect::<Vec<_>>().join("；");
        let name = if name.is_empty() { ALL_DONE.to_owned() } else { name };
        return Ok(vec![MilestoneRow { row, name, due_on, reached_on, moved: None }]);
    }
    if days.len() != named.len() {
        return Err(line.no_day(Field::Due));
    }
    let pairs = named.iter().zip(days);
    Ok(pairs
        .map(|(part, due_on)| MilestoneRow {
            row,
            name: bare_name(&plain(part)),
            due_on,
            reached_on,
            moved: None,
        })
        .collect())
}

fn with_its_day(
    line: &Line<'_>,
    part: &str,
    year: &mut Option<i16>,
    reached_on: Option<Date>,
) -> Result<MilestoneRow, SheetError> {
    let text = plain(part);
    let Reading::Day(told) = first_day(&text, *year) else { return Err(line.no_day(Field::Milestone)) };
    *year = Some(told.day.year());
    let rest: Vec<char> = text[..told.at.start].iter().chain(&text[told.at.end..]).copied().collect();
    let name = bare_name(&rest);
    if name.is_empty() {
        return Err(line.no_day(Field::Milestone));
    }
    Ok(MilestoneRow { row: line.row, name, due_on: told.day, reached_on, moved: None })
}

fn parts(text: &str) -> Vec<String> {
    let parts = text.split(['\n', '\r', ';', '；']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// Without its number in the list, empty brackets and marks at its ends.
fn bare_name(text: &[char]) -> String {
    let text: String = text.iter().collect();
    let text = text.replace("()", "").replace("[]", "").replace("【】", "");
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let text = match numbered.strip_prefix(['.', '、', ')', '．']) {
        Some(rest) if numbered.len() < text.len() => rest,
        _ => text.trim_start_matches(|c: char| ('①'..='⑳').contains(&c)),
    };
    text.trim_matches(|c: char| matches!(c, ':' | '：' | ',' | '，' | '。' | '.' | '-' | '、')).to_owned()
}

mod money;
#[cfg(test)]
mod tests;
