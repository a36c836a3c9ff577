//! What every act of the office is tried with: everybody who must not do it.

use crate::app::Act;
use crate::error::AppError;
use crate::testing::Town;

/// Everybody of the town but the clerk: chair, leader, heads, village secretary, auditor who is also administrator.
pub async fn all_but_the_clerk(town: &Town) -> Vec<Act> {
    let mut acts = Vec::new();
    for name in ["书记", "镇长", "水务", "东村", "监察"] {
        acts.push(town.act(name).await);
    }
    acts
}

pub fn is_refused<T>(result: &Result<T, AppError>) -> bool {
    matches!(result, Err(AppError::Refused(refusal)) if refusal.key == "refusal-not-yours")
}

/// The key of the refusal, for tests that ask why.
pub fn key<T: std::fmt::Debug>(result: Result<T, AppError>) -> &'static str {
    match result {
        Err(AppError::Refused(refusal)) => refusal.key,
        other => panic!("{other:?}"),
    }
}
