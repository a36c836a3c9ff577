//! What residents of the invented town asked, and what they were told.

/// One question with what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    pub days_ago: i64,
    /// As the program names the kinds of questions.
    pub kind: String,
    /// None when the asker did not know whom to ask.
    pub unit: Option<String>,
    pub public: bool,
    pub words: String,
    /// The words as the clerk shows them; none when nobody has looked yet.
    pub shown: String,
    /// Days until the answer, and its words.
    pub answer: Option<(i64, String)>,
    /// As the program names verdicts.
    pub verdict: Option<String>,
}

/// The earliest first. `mask` stands where something personal stood.
pub fn conversations(mask: &str) -> Vec<Conversation> {
    include_str!("../data/conversations.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let columns: Vec<&str> = line.split(" | ").collect();
            let [ago, kind, unit, public, words, days, answer, verdict] = columns[..] else { return None };
            let given = |text: &str| (text != "-").then(|| text.to_owned());
            Some(Conversation {
                days_ago: ago.parse().ok()?,
                kind: kind.to_owned(),
                unit: given(unit),
                public: public == "public",
                words: words.replace(['〔', '〕'], ""),
                shown: masked(words, mask),
                answer: days.parse().ok().zip(given(answer)),
                verdict: given(verdict),
            })
        })
        .collect()
}

fn masked(words: &str, mask: &str) -> String {
    let mut shown = String::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('〔') {
        shown.push_str(before);
        shown.push_str(mask);
        rest = after.split_once('〕').map_or("", |(_, after)| after);
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read_and_only_marked_words_are_masked() {
        let all = conversations("□");
        let lines = include_str!("../data/conversations.txt").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(all.len(), lines.count());
        let masked: Vec<&Conversation> = all.iter().filter(|one| one.shown != one.words).collect();
        assert_eq!(masked.len(), 1);
        assert!(masked[0].shown.starts_with("我叫□，电话□，"));
        assert!(all.windows(2).all(|pair| pair[0].days_ago >= pair[1].days_ago));
    }
}
