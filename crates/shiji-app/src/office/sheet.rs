//! Reads an uploaded sheet away from the requests that others wait for; what is wrong with it is told as a refusal.

use crate::error::AppError;
use shiji_domain::refusal::Refusal;
use shiji_paper::{RosterSheet, SheetError, WeekSheet, read_roster, read_week};

/// # Errors
/// Refuses a file of another kind, a broken or hostile one, and one whose cells cannot be read; the sentence names sheet,
/// row and column where there is one.
pub async fn read_roster_sheet(bytes: Vec<u8>, file_name: String) -> Result<RosterSheet, AppError> {
    let read = tokio::task::spawn_blocking(move || read_roster(&file_name, &bytes)).await?;
    read.map_err(|error| refusal_of(&error).into())
}

/// # Errors
/// As [`read_roster_sheet`].
pub async fn read_week_sheet(bytes: Vec<u8>, file_name: String) -> Result<WeekSheet, AppError> {
    let read = tokio::task::spawn_blocking(move || read_week(&file_name, &bytes)).await?;
    read.map_err(|error| refusal_of(&error).into())
}

fn refusal_of(error: &SheetError) -> Refusal {
    Refusal { key: error.key(), args: error.args() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::refused::key;

    #[tokio::test]
    async fn a_table_in_csv_is_read_and_a_photo_is_refused() {
        let table = "单位,姓名,职务,类别\n水务所,林　远,所长,中层干部\n,苏禾,副所长,\n";
        let sheet = read_roster_sheet(table.into(), "名册.csv".into()).await.unwrap();
        assert_eq!(sheet.rows.len(), 2);
        assert_eq!((sheet.rows[0].name.as_str(), sheet.rows[1].unit.as_str()), ("林远", "水务所"));
        let photo = read_week_sheet(vec![0xff, 0xd8, 0xff, 0xe0, 0], "名册.xlsx".into()).await;
        assert!(key(photo).starts_with("sheet-"));
    }
}
