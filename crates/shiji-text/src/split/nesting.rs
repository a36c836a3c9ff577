//! Which characters stand inside a quotation or a bracket: nothing is cut there.

/// A pair further apart than this many bytes is a slip of the writer and protects nothing.
const LONGEST_PAIR: usize = 900;

/// Marks, for every byte, whether it lies inside a matched pair. An opener without its closer protects nothing,
/// so that one forgotten bracket does not swallow the rest of a list.
pub struct Nesting {
    inside: Vec<bool>,
}

impl Nesting {
    pub fn of(text: &str) -> Self {
        let mut change = vec![0i32; text.len() + 1];
        let mut open: Vec<(char, usize)> = Vec::new();
        for (at, sign) in text.char_indices() {
            let straight_close = sign == '"' && matches!(open.last(), Some(('"', _)));
            if !straight_close && let Some(closer) = closer_of(sign) {
                open.push((closer, at + sign.len_utf8()));
                continue;
            }
            let closer = if sign == ')' { '）' } else { sign };
            if let Some(depth) = open.iter().rev().take(8).position(|(awaited, _)| *awaited == closer) {
                let index = open.len() - 1 - depth;
                let start = open[index].1;
                open.truncate(index);
                if at - start <= LONGEST_PAIR {
                    change[start] += 1;
                    change[at] -= 1;
                }
            }
        }
        let mut depth = 0;
        let inside = change
            .into_iter()
            .map(|step| {
                depth += step;
                depth > 0
            })
            .collect();
        Self { inside }
    }

    /// True when the byte at `at` lies between an opener and its closer; the pair itself lies outside.
    pub fn holds(&self, at: usize) -> bool {
        self.inside.get(at).copied().unwrap_or(false)
    }
}

/// The sign that closes what `sign` opens. Half-width and full-width parentheses close each other.
pub fn closer_of(sign: char) -> Option<char> {
    Some(match sign {
        '“' => '”',
        '‘' => '’',
        '「' => '」',
        '『' => '』',
        '《' => '》',
        '〈' => '〉',
        '（' | '(' => '）',
        '【' => '】',
        '〔' => '〕',
        '〖' => '〗',
        '[' => ']',
        '［' => '］',
        '{' => '}',
        '｛' => '｝',
        '<' => '>',
        '"' => '"',
        _ => return None,
    })
}

/// True for every sign that may close a pair.
pub fn closes(sign: char) -> bool {
    matches!(
        sign,
        '”' | '’'
            | '」'
            | '』'
            | '》'
            | '〉'
            | '）'
            | ')'
            | '】'
            | '〕'
            | '〗'
            | ']'
            | '］'
            | '}'
            | '｝'
            | '>'
            | '"'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_brackets_is_protected_and_an_unclosed_bracket_protects_nothing() {
        let text = "a（b；c）d（e；f";
        let nesting = Nesting::of(text);
        let first = text.find('；').unwrap();
        let second = text.rfind('；').unwrap();
        assert!(nesting.holds(first));
        assert!(!nesting.holds(second));
    }
}
