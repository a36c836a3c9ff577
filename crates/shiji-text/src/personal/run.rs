//! Runs of digits, as they are written in parts.

use crate::split::digit;

/// Signs that may stand inside a number between its parts.
const JOINTS: [char; 14] =
    [' ', '-', '\u{3000}', '\u{a0}', '·', '－', '—', '–', '.', '．', '点', ')', '）', '_'];

/// No more signs than this stand between two parts ("139 - 8712").
const WIDEST_JOINT: usize = 3;

/// A run of digits of either width, with joints in it or not.
#[derive(Default)]
pub struct Run {
    pub digits: Vec<u8>,
    /// Where each digit begins and ends.
    at: Vec<usize>,
    ends: Vec<usize>,
    /// Where the run ends, with the X that may close it.
    pub end: usize,
    pub ends_in_x: bool,
    /// A dot stands inside: it may be an amount.
    pub is_dotted: bool,
}

impl Run {
    fn push(&mut self, digit: u8, at: usize, after: usize) {
        self.digits.push(digit);
        self.at.push(at);
        self.ends.push(after);
        self.end = after;
    }

    pub fn start(&self) -> usize {
        self.at.first().copied().unwrap_or(self.end)
    }

    /// How many digits stand in each part.
    pub fn parts(&self) -> Vec<usize> {
        let mut parts = Vec::new();
        let mut count = 0;
        for number in 0..self.digits.len() {
            if number > 0 && self.at[number] > self.ends[number - 1] {
                parts.push(std::mem::take(&mut count));
            }
            count += 1;
        }
        parts.push(count);
        parts
    }

    /// The run, cut at its joints.
    pub fn divided(&self) -> Vec<Run> {
        let mut found = Vec::new();
        let mut start = 0;
        for count in self.parts() {
            let end = start + count;
            let is_last = end == self.digits.len();
            found.push(Run {
                digits: self.digits[start..end].to_vec(),
                at: self.at[start..end].to_vec(),
                ends: self.ends[start..end].to_vec(),
                end: if is_last { self.end } else { self.ends[end - 1] },
                ends_in_x: self.ends_in_x && is_last,
                is_dotted: false,
            });
            start = end;
        }
        found
    }
}

/// How many signs of which numbers, mailboxes and plates are made a text holds: most texts need no closer look.
#[derive(Default)]
pub struct Signs {
    pub digits: usize,
    pub spoken: usize,
    pub letters: usize,
    pub has_at: bool,
}

impl Signs {
    pub fn of(text: &str) -> Signs {
        let mut signs = Signs::default();
        for sign in text.chars() {
            match sign {
                'a'..='z' | 'A'..='Z' => signs.letters += 1,
                '@' | '＠' => signs.has_at = true,
                _ if digit(sign).is_some() => signs.digits += 1,
                _ => signs.spoken += usize::from(spoken_digit(sign).is_some()),
            }
        }
        signs
    }
}

/// The runs of written digits that are at least `least` long.
pub fn runs(text: &str, least: usize) -> Vec<Run> {
    read(text, least, digit)
}

/// The runs of digits in which some are characters ("幺三八", "一三八"), at least `least` long.
pub fn spoken_runs(text: &str, least: usize) -> Vec<Run> {
    read(text, least, |sign| digit(sign).or_else(|| spoken_digit(sign)))
        .into_iter()
        .filter(|run| text[run.start()..run.end].chars().any(|sign| spoken_digit(sign).is_some()))
        .collect()
}

fn spoken_digit(sign: char) -> Option<u32> {
    Some(match sign {
        '零' | '〇' | '○' | '洞' => 0,
        '一' | '幺' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '拐' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '勾' | '玖' => 9,
        _ => return None,
    })
}

fn read(text: &str, least: usize, value: impl Fn(char) -> Option<u32>) -> Vec<Run> {
    let mut found = Vec::new();
    let mut run = Run::default();
    let (mut joint, mut dots) = (0, false);
    for (at, sign) in text.char_indices() {
        let after = at + sign.len_utf8();
        if let Some(digit) = value(sign) {
            run.is_dotted |= dots;
            run.push(digit as u8, at, after);
            (joint, dots) = (0, false);
        } else if !run.digits.is_empty() {
            joint += 1;
            let closes = joint == 1 && run.digits.len() >= 14 && matches!(sign, 'X' | 'x' | 'Ｘ' | 'ｘ');
            if closes {
                run.ends_in_x = true;
                run.end = after;
            }
            dots |= matches!(sign, '.' | '．' | '点');
            if closes || joint > WIDEST_JOINT || !JOINTS.contains(&sign) {
                found.extend(Some(std::mem::take(&mut run)).filter(|run| run.digits.len() >= least));
                (joint, dots) = (0, false);
            }
        }
    }
    found.extend(Some(run).filter(|run| run.digits.len() >= least));
    found
}
