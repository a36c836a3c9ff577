//! Words as a search sees them: runs of letters and digits, and the pairs of neighbouring characters in them. Pairs find
//! every occurrence of two characters or more, names and rare words too, without a dictionary.

/// Full-width letters and digits become ASCII, capitals small; everything that is no letter or digit ends a run.
pub fn runs(text: &str) -> Vec<String> {
    let mut runs = Vec::new();
    let mut run = String::new();
    for c in text.chars().map(fold) {
        if c.is_alphanumeric() {
            run.extend(c.to_lowercase());
        } else if !run.is_empty() {
            runs.push(std::mem::take(&mut run));
        }
    }
    if !run.is_empty() {
        runs.push(run);
    }
    runs
}

fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// Pairs of neighbouring characters in the order of the text, run by run; a run of one character is itself.
pub fn grams(text: &str) -> Vec<String> {
    let mut grams = Vec::new();
    for run in runs(text) {
        let letters: Vec<char> = run.chars().collect();
        if let [only] = letters[..] {
            grams.push(only.to_string());
        }
        grams.extend(letters.windows(2).map(|pair| pair.iter().collect::<String>()));
    }
    grams
}

/// Whether a run of the text contains `word`, which is a run itself.
pub fn contains(text: &str, word: &str) -> bool {
    runs(text).iter().any(|run| run.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_end_at_marks_and_widths_are_folded() {
        assert_eq!(runs("为３户办理ＶＩＰ卡（低保）、8:30"), ["为3户办理vip卡", "低保", "8", "30"]);
        assert!(runs(" ，。").is_empty());
    }

    #[test]
    fn pairs_overlap_and_do_not_reach_over_a_mark() {
        assert_eq!(grams("盖房子，找"), ["盖房", "房子", "找"]);
        assert!(contains("到王芳家走访", "王芳"));
        assert!(!contains("王、芳", "王芳"));
    }
}
