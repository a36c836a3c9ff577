//! Amounts with their unit, which offices write into the cell, into the column's title, or above the table.

use super::{Field, Line};
use crate::clean::{filled, half_width, without_blanks};
use crate::error::SheetError;

/// Units of amounts, each before those that end as it does.
const UNITS: [&str; 5] = ["亿元", "百万元", "万元", "千元", "元"];

/// The unit that a line above the table lays down, as in 单位：万元; not the name of an office behind 填报单位.
pub(super) fn unit_in(text: &str) -> Option<&'static str> {
    let text = without_blanks(text);
    text.match_indices("单位").find_map(|(at, word)| {
        let rest = text[at + word.len()..].trim_start_matches([':', '：', '(', '（', '为']);
        let rest = rest.strip_prefix("人民币").unwrap_or(rest);
        let unit = UNITS.into_iter().find(|unit| rest.starts_with(unit))?;
        // 元坝镇 is no amount.
        let ends = rest[unit.len()..].chars().next().is_none_or(|next| !next.is_alphanumeric());
        ends.then_some(unit)
    })
}

/// A bare figure takes the unit that the column's title names, or else the line above the table.
///
/// Errors: neither does.
pub(super) fn money(line: &Line<'_>) -> Result<Option<String>, SheetError> {
    let Some(told) = filled(&half_width(line.text(Field::Money))) else { return Ok(None) };
    if !told.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) {
        return Ok(filled(line.text(Field::Money)));
    }
    let title = line.header.column(Field::Money).map_or("", |(_, title)| title);
    match UNITS.into_iter().find(|unit| title.contains(unit)).or(line.header.unit) {
        Some(unit) => Ok(Some(format!("{told}{unit}"))),
        None => {
            let place = line.grid.place(line.row, line.column(Field::Money));
            Err(SheetError::NoUnit { place, what: told })
        }
    }
}
