//! How people of the invented town helped each other.

/// What was answered to somebody who was stuck, and how it was solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Help {
    pub answer: &'static str,
    pub solved: &'static str,
}

pub fn help() -> Vec<Help> {
    include_str!("../data/help.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" | "))
        .map(|(answer, solved)| Help { answer, solved })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_says_what_was_answered_and_how_it_went() {
        let lines = include_str!("../data/help.txt").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(help().len(), lines.count());
        assert!(help().iter().all(|one| !one.answer.is_empty() && !one.solved.is_empty()));
    }
}
