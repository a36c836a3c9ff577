//! Reads an item into known words and numbers, with their places in the text as it was written.

use crate::lexicon::{self, Class};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub class: Class,
    /// Character positions in the folded text.
    pub start: usize,
    pub end: usize,
}

/// An item with half-width and full-width signs folded together, and its tokens in order.
pub struct Reading {
    pub folded: String,
    pub chars: Vec<char>,
    /// Where each character begins in the text as written, and the text's length.
    written_at: Vec<usize>,
    /// Where each character begins in `folded`, and its length.
    folded_at: Vec<usize>,
    pub tokens: Vec<Token>,
    /// For every character: whether a token holds it.
    pub covered: Vec<bool>,
}

impl Reading {
    pub fn of(text: &str) -> Self {
        let mut folded = String::with_capacity(text.len());
        let (mut chars, mut written_at, mut folded_at) = (Vec::new(), Vec::new(), Vec::new());
        for (at, sign) in text.char_indices() {
            let sign = fold(sign);
            written_at.push(at);
            folded_at.push(folded.len());
            chars.push(sign);
            folded.push(sign);
        }
        written_at.push(text.len());
        folded_at.push(folded.len());
        let covered = vec![false; chars.len()];
        let mut reading = Self { folded, chars, written_at, folded_at, tokens: Vec::new(), covered };
        reading.tokenize();
        reading.name_the_unknown();
        reading
    }

    /// The byte range in the text as written.
    pub fn written(&self, start: usize, end: usize) -> (usize, usize) {
        (self.written_at[start], self.written_at[end])
    }

    pub fn part(&self, start: usize, end: usize) -> &str {
        &self.folded[self.folded_at[start]..self.folded_at[end]]
    }

    pub fn count(&self, class: Class) -> usize {
        self.tokens.iter().filter(|token| token.class == class).count()
    }

    pub fn has(&self, class: Class) -> bool {
        self.tokens.iter().any(|token| token.class == class)
    }

    pub fn first(&self, class: Class) -> Option<Token> {
        self.tokens.iter().copied().find(|token| token.class == class)
    }

    fn tokenize(&mut self) {
        let mut at = 0;
        while at < self.chars.len() {
            if let Some((class, end)) = number(&self.chars, at) {
                self.push(class, at, end);
                at = end;
            } else if let Some((word, class)) = self.word_at(at) {
                let end = at + word.chars().count();
                self.push(class, at, end);
                at = end;
            } else if let Some(end) = quoted(&self.chars, at) {
                self.push(Class::Quoted, at, at + 1);
                let _ = end;
                at += 1;
            } else {
                at += 1;
            }
        }
    }

    fn word_at(&self, at: usize) -> Option<(&'static str, Class)> {
        let text = &self.folded[self.folded_at[at]..];
        let before = at.checked_sub(1).and_then(|before| self.chars.get(before)).copied();
        lexicon::word(text).filter(|(word, _)| *word != "应" || !lexicon::is_half_of_a_word(before, text))
    }

    fn push(&mut self, class: Class, start: usize, end: usize) {
        self.covered[start..end].fill(true);
        self.tokens.push(Token { class, start, end });
    }

    /// Two or three unknown characters before a place or a body are its name; after a family name stands a person.
    fn name_the_unknown(&mut self) {
        let mut names = Vec::new();
        for token in &self.tokens {
            if !matches!(token.class, Class::Place | Class::Body | Class::Thing) {
                continue;
            }
            let mut start = token.start;
            while start > 0
                && token.start - start < 4
                && !self.covered[start - 1]
                && is_han(self.chars[start - 1])
            {
                start -= 1;
            }
            if token.class != Class::Thing && token.start - start >= 1 {
                names.push(Token { class: Class::Name, start, end: token.start });
            }
        }
        self.tokens.extend(names);
        self.tokens.sort_by_key(|token| token.start);
    }
}

pub fn is_han(sign: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&sign) || matches!(sign, '×' | '某')
}

fn fold(sign: char) -> char {
    match sign {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '(' => '（',
        ')' => '）',
        '!' => '！',
        '?' => '？',
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '．' | '％' => {
            char::from_u32(sign as u32 - 0xfee0).unwrap_or(sign)
        }
        _ => sign,
    }
}

fn quoted(chars: &[char], at: usize) -> Option<usize> {
    let closer = match chars[at] {
        '《' => '》',
        '“' => '”',
        '「' => '」',
        _ => return None,
    };
    chars[at..].iter().take(40).position(|sign| *sign == closer).map(|length| at + length + 1)
}

const COUNTED: &str = "户人名位件起亩米吨斤元家座台辆盏株棵只头张份册页块处间套栋口车袋桶箱把根具本例笔方车双羽担支瓶幅杆颗宗顶床卷艘片幢盆尾粒批顷里克千万亿余多平立面组度场";
const TIMES: &str = "次个项条期遍天篇字%倍年届类级点轮步小分秒周月日大种岁";

/// A number at `at` and what it counts.
fn number(chars: &[char], at: usize) -> Option<(Class, usize)> {
    let sign = chars[at];
    if sign.is_ascii_digit() {
        return arabic(chars, at);
    }
    if !matches!(sign, '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '二' | '一' | '几')
    {
        return None;
    }
    if at > 0 && matches!(chars[at - 1], '第' | '周' | '期' | '初' | '月') {
        return None;
    }
    let mut end = at;
    while end < chars.len() && end - at < 5 && "一二两三四五六七八九十百千几".contains(chars[end])
    {
        end += 1;
    }
    let unit = *chars.get(end)?;
    let after = chars.get(end + 1).copied().unwrap_or(' ');
    if matches!(unit, '月' | '日') {
        return Some((Class::Date, end + 1));
    }
    if matches!(unit, '点' | '时') {
        return Some((Class::Clock, end + 1));
    }
    let idiom = matches!(sign, '一' | '几' | '百' | '千')
        && matches!(
            unit,
            '起' | '批'
                | '把'
                | '面'
                | '方'
                | '片'
                | '本'
                | '支'
                | '人'
                | '家'
                | '万'
                | '心'
                | '组'
                | '双'
                | '口'
                | '位'
                | '户'
                | '余'
                | '多'
                | '度'
                | '场'
        )
        || unit == '个'
        || unit == '手'
        || unit == '抓'
        || unit == '大'
        || unit == '面' && after != '旗';
    (!idiom && COUNTED.contains(unit)).then_some((Class::Quantity, end + 1))
}

fn arabic(chars: &[char], at: usize) -> Option<(Class, usize)> {
    let mut end = at;
    while end < chars.len()
        && (chars[end].is_ascii_digit()
            || chars[end] == '.' && chars.get(end + 1).is_some_and(char::is_ascii_digit))
    {
        end += 1;
    }
    let digits = end - at;
    let next = chars.get(end).copied().unwrap_or(' ');
    let after = chars.get(end + 1).copied().unwrap_or(' ');
    // Years and numbers of documents (〔2026〕12号) and slogans of figures (1+3) count nothing.
    let bracketed = at > 0 && matches!(chars[at - 1], '〔' | '[' | '［' | '+' | '〕' | ']' | '］' | '第');
    let class = match next {
        '：' if after.is_ascii_digit() => {
            let end = (end + 1..chars.len()).find(|at| !chars[*at].is_ascii_digit()).unwrap_or(chars.len());
            return Some((Class::Clock, end));
        }
        '点' | '时' if digits <= 2 && after != '建' => Class::Clock,
        _ if bracketed => return Some((Class::Frequency, end)),
        '年' | '月' | '日' | '号' => Class::Date,
        '—' | '-' | '～' | '~' | '至' if digits >= 3 => Class::Date,
        '前' if digits >= 3 => Class::Date,
        _ if COUNTED.contains(next) => Class::Quantity,
        _ if TIMES.contains(next) => {
            // 12个摊位 counts things, 3个聚焦 counts nothing: the word after the measure decides.
            let counted = next == '个' && things_follow(chars, end + 1);
            if counted { Class::Quantity } else { Class::Frequency }
        }
        _ if things_follow(chars, end) => Class::Quantity,
        _ => Class::Frequency,
    };
    let with_unit = usize::from(
        next != ' '
            && (COUNTED.contains(next)
                || TIMES.contains(next)
                || matches!(next, '年' | '月' | '日' | '号' | '点' | '时')),
    );
    Some((class, end + with_unit))
}

fn things_follow(chars: &[char], at: usize) -> bool {
    let text: String = chars[at.min(chars.len())..].iter().take(6).collect();
    lexicon::word(&text)
        .is_some_and(|(_, class)| matches!(class, Class::Thing | Class::People | Class::Body | Class::Place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_a_word_is_no_order() {
        let orders = |text: &str| Reading::of(text).has(Class::Exhort);
        assert!(!orders("组织应急分队12人清理倒伏树木8棵"));
        assert!(!orders("响应级别调到四级，供应站值守"));
        assert!(orders("各村应于周五前报送名单"));
    }

    #[test]
    fn numbers_are_read_by_what_they_count() {
        let classes =
            |text: &str| Reading::of(text).tokens.iter().map(|token| token.class).collect::<Vec<_>>();
        assert!(classes("12户").contains(&Class::Quantity));
        assert!(classes("12个摊位").contains(&Class::Quantity));
        assert!(classes("3次").contains(&Class::Frequency));
        assert!(classes("8:30").contains(&Class::Clock));
        assert!(classes("11月20日").iter().all(|class| *class == Class::Date));
        assert!(!classes("一起").contains(&Class::Quantity));
    }
}
