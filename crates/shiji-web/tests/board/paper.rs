//! The board on paper and in workbooks, as a resident's browser asks for them.

use crate::published_town::{PRIVATE, PublishedTown};
use axum::http::{StatusCode, header};
use std::io::{Cursor, Read as _};
use std::process::Command;

/// What can be read in a PDF, without blanks; None where poppler's tools are not installed.
fn words_of(pdf: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("print.pdf");
    std::fs::write(&file, pdf).unwrap();
    let output = Command::new("pdftotext").arg(&file).arg("-").output().ok()?;
    Some(
        String::from_utf8(output.stdout)
            .unwrap()
            .chars()
            .filter(|character| !character.is_whitespace())
            .collect(),
    )
}

/// Every text in a workbook.
fn cells_of(workbook: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut text = String::new();
    for name in ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"] {
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    }
    text
}

#[tokio::test]
async fn an_issue_is_printed_with_its_name_and_asked_for_again_without_bytes() {
    let town = PublishedTown::new().await;
    for (file, plain, full) in [
        ("wall.pdf", "chengwan-issue-1-wall.pdf", "%E4%B8%8A%E5%A2%99"),
        ("booklet.pdf", "chengwan-issue-1-booklet.pdf", "%E6%89%8B%E5%86%8C"),
        ("ask-cards.pdf", "chengwan-issue-1-ask-cards.pdf", "%E6%89%BE%E8%B0%81"),
    ] {
        let path = format!("/chengwan/zh/issue/1/{file}");
        let print = town.get(&path).await;
        assert_eq!(print.status, StatusCode::OK, "{path}");
        assert!(print.bytes.starts_with(b"%PDF-"), "{path}");
        assert_eq!(print.headers[header::CONTENT_TYPE], "application/pdf");
        let disposition = print.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert!(disposition.contains(plain) && disposition.contains("filename*=UTF-8''"), "{disposition}");
        assert!(disposition.contains(full), "{disposition}");
        let tag = print.headers[header::ETAG].to_str().unwrap();
        let again = town.get_with(&path, &[("if-none-match", tag)]).await;
        assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    }
}

#[tokio::test]
async fn paper_says_what_the_board_says_and_nothing_private() {
    let town = PublishedTown::new().await;
    let mut found = String::new();
    for number in [1, 2] {
        for file in ["wall.pdf", "booklet.pdf", "ask-cards.pdf"] {
            let print = town.get(&format!("/chengwan/zh/issue/{number}/{file}")).await;
            let Some(words) = words_of(&print.bytes) else { return };
            found.push_str(&words);
        }
        let week = town.get(&format!("/chengwan/zh/issue/{number}.xlsx")).await;
        assert_eq!(week.status, StatusCode::OK);
        found.push_str(&cells_of(&week.bytes));
        let content = town.issue(number).await;
        for row in content.items.iter().filter(|row| row.withheld.is_empty()) {
            let words: String =
                row.fact.text.chars().filter(|character| !character.is_whitespace()).collect();
            assert!(found.contains(&words), "{words}");
        }
        for line in &content.people {
            assert!(found.contains(&line.name), "{}", line.name);
        }
    }
    for secret in PRIVATE {
        assert!(!found.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_person_has_a_workbook_for_each_year_with_issues() {
    let town = PublishedTown::new().await;
    let person = town.issue(1).await.people[0].person;
    let year = town.issue(1).await.issue.last_day.year();
    let path = format!("/chengwan/zh/person/{person}");
    assert!(town.get(&path).await.text.contains(&format!("{path}/{year}.xlsx")));
    let book = town.get(&format!("{path}/{year}.xlsx")).await;
    assert_eq!(book.status, StatusCode::OK);
    assert!(book.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
    let cells = cells_of(&book.bytes);
    let own = town.issue(1).await.items.into_iter().filter(|row| row.fact.person == person);
    for row in own {
        assert!(cells.contains(&row.fact.text), "{}", row.fact.text);
    }
}

#[tokio::test]
async fn what_was_never_published_is_not_printed() {
    let town = PublishedTown::new().await;
    let person = town.issue(1).await.people[0].person;
    for rest in [
        "issue/99/wall.pdf".to_owned(),
        "issue/01/wall.pdf".to_owned(),
        "issue/x/booklet.pdf".to_owned(),
        "issue/99.xlsx".to_owned(),
        "issue/.xlsx".to_owned(),
        "issue/1/poster.pdf".to_owned(),
        format!("person/{person}/1999.xlsx"),
        format!("person/{person}/99999999.xlsx"),
        format!("person/{person}/2026.pdf"),
        "person/nobody/2026.xlsx".to_owned(),
    ] {
        assert_eq!(town.get(&format!("/chengwan/zh/{rest}")).await.status, StatusCode::NOT_FOUND, "{rest}");
    }
}
