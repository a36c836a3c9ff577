//! Reads the word tables of the `data` folder: `class<TAB>words`, `#` starts a comment line.

use std::collections::HashMap;

/// The rows of a table: the class and its words, in the order of the file.
pub fn rows(
    source: &'static str,
) -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    source.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (class, words) = line.split_once('\t')?;
        Some((class.trim(), words.split(' ').map(str::trim).filter(|word| !word.is_empty())))
    })
}

/// Words found by their first character, the longest first, each with a value.
pub struct Words<T> {
    by_first: HashMap<char, Vec<(&'static str, T)>>,
}

impl<T: Copy> Words<T> {
    pub fn new(words: impl Iterator<Item = (&'static str, T)>) -> Self {
        let mut by_first: HashMap<char, Vec<(&'static str, T)>> = HashMap::new();
        for (word, value) in words {
            if let Some(first) = word.chars().next() {
                by_first.entry(first).or_default().push((word, value));
            }
        }
        for list in by_first.values_mut() {
            list.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        Self { by_first }
    }

    /// Every word with which `text` begins, the longest first.
    pub fn starting<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'static str, T)> + 'a {
        text.chars()
            .next()
            .and_then(|first| self.by_first.get(&first))
            .into_iter()
            .flatten()
            .filter(move |(word, _)| text.starts_with(word))
            .copied()
    }

    pub fn longest<'a>(&'a self, text: &'a str) -> Option<(&'static str, T)> {
        self.starting(text).next()
    }
}
