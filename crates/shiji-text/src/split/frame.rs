//! What stands around a list and belongs to nobody's work: greetings, titles, names of units and people, sign-offs.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::day::date_length;
use super::marker::is_space;
use super::nesting::{closer_of, closes};
use crate::lexicon;

struct Frame {
    greeting: Vec<&'static str>,
    signoff: Vec<&'static str>,
    field: Vec<&'static str>,
    title: Vec<&'static str>,
    unit: Vec<&'static str>,
    name_title: Vec<&'static str>,
    leadin: Vec<&'static str>,
    topic: Vec<&'static str>,
    onward: Vec<&'static str>,
    fresh: Vec<&'static str>,
    surnames: HashSet<&'static str>,
}

static FRAME: LazyLock<Frame> = LazyLock::new(|| {
    let of = |wanted: &str| {
        crate::table::rows(include_str!("../../data/frame.tsv"))
            .filter(|(class, _)| *class == wanted)
            .flat_map(|(_, words)| words)
            .collect::<Vec<_>>()
    };
    let surnames = include_str!("../../data/surnames.txt").lines().filter(|line| !line.starts_with('#'));
    Frame {
        greeting: of("greeting"),
        signoff: of("signoff"),
        field: of("field"),
        title: of("title"),
        unit: of("unit"),
        name_title: of("name-title"),
        leadin: of("leadin"),
        topic: of("topic"),
        onward: of("onward"),
        fresh: of("fresh"),
        surnames: surnames.flat_map(|line| line.split(' ')).collect(),
    }
});

/// The number of characters, counted no further than any part of a frame is long.
fn length(text: &str) -> usize {
    text.chars().take(80).count()
}

/// A line of signs only: a rule, a row of stars.
pub fn is_rule(line: &str) -> bool {
    !line.chars().any(char::is_alphanumeric)
}

/// A name of two to four characters, blanks inside ignored ("王　芳"), possibly followed by a post.
pub fn is_name(text: &str) -> bool {
    let mut name: String = text.chars().filter(|sign| !is_space(*sign)).collect();
    if let Some(title) =
        FRAME.name_title.iter().filter(|title| name.ends_with(**title)).max_by_key(|title| title.len())
    {
        name.truncate(name.len() - title.len());
    }
    let count = length(&name);
    let given = if count > 2 && FRAME.surnames.contains(first(&name, 2)) {
        count - 2
    } else {
        count.saturating_sub(1)
    };
    let family = FRAME.surnames.contains(first(&name, 1)) || FRAME.surnames.contains(first(&name, 2));
    let han = name.chars().all(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign));
    family && han && (1..=2).contains(&given) && !lexicon::opens_with_act(&name)
}

fn first(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(at, _)| &text[..at])
}

/// The longest family name with which `text` begins.
pub fn family_name(text: &str) -> Option<&str> {
    [2, 1].into_iter().map(|count| first(text, count)).find(|name| FRAME.surnames.contains(*name))
}

/// Words and short verbs with which a line tells something; no unit is called so.
const TELLS: [&str; 36] = [
    "今天", "明天", "昨天", "后天", "上午", "下午", "晚上", "周一", "周二", "周三", "周四", "周五", "周六",
    "周日", "报", "送", "到", "去", "赴", "找", "请", "交", "跑", "查", "看", "修", "陪", "向", "给", "为",
    "帮", "与", "跟", "对", "把", "将",
];

/// A unit's name: it ends like one and begins with no act. In doubt it is an item: no word of a person is dropped.
pub fn is_unit(text: &str) -> bool {
    length(text) <= 14
        && !TELLS.iter().any(|word| text.starts_with(word))
        && FRAME.unit.iter().any(|unit| text.ends_with(unit))
        && !lexicon::opens_with_act(text)
        && !text.chars().any(|sign| sign.is_ascii_digit() || matches!(sign, '，' | '。' | '；'))
}

/// A unit, a person, or a unit and a person.
pub fn is_owner(text: &str) -> bool {
    let text = text.trim_matches(is_space);
    if text.is_empty() || length(text) > 30 {
        return false;
    }
    if is_name(text)
        || is_unit(text)
        || matches!(
            text,
            "我" | "本人" | "我们" | "我站" | "我所" | "我办" | "我村" | "我镇" | "我校" | "全镇" | "全村"
        )
    {
        return true;
    }
    let mut ends = text.char_indices().map(|(at, _)| at).skip(1);
    ends.any(|at| {
        is_unit(text[..at].trim_end())
            && is_name(text[at..].trim_matches(|sign| is_space(sign) || sign == '—' || sign == '-'))
    })
}

/// A line before the list that belongs to the frame. `marked`: it bears a list number, so it is an item.
pub fn is_preamble(line: &str, marked: bool) -> bool {
    let body = line.trim_matches(|sign: char| {
        is_space(sign) || closer_of(sign).is_some() || closes(sign) || "*#=—-_★●■◆~".contains(sign)
    });
    if is_rule(line) || is_field(line) || is_day(body) {
        return true;
    }
    if marked {
        return false;
    }
    let bare = body.trim_end_matches([':', '：', '，', ',', '。', '！', '!']);
    let count = length(body);
    let colon = body.ends_with([':', '：']);
    let addressed = count <= 12 || body.ends_with([':', '：', '，', ',', '！', '!', '。', '~', '～']);
    let greets = count <= 32
        && addressed
        && !lexicon::opens_with_act(body)
        && FRAME.greeting.iter().any(|word| body.contains(word));
    let titled =
        count <= 34 && FRAME.title.iter().any(|word| bare.ends_with(word)) && !lexicon::opens_with_act(body);
    let bracketed = line.starts_with(['【', '[', '〔', '〖', '「'])
        && line.ends_with(['】', ']', '〕', '〗', '」'])
        && count <= 20;
    greets
        || titled
        || bracketed
        || is_owner(bare)
        || colon && count <= 24 && (!bare.contains(['，', '；']) || announces(bare))
        || greets_person(bare)
}

fn announces(text: &str) -> bool {
    ["汇报", "周报", "报告", "如下", "小结", "总结"].iter().any(|word| text.ends_with(word))
}

/// A unit or a person named on a line of its own between the parts of a paste.
pub fn is_owner_line(line: &str) -> bool {
    line.strip_suffix(['：', ':']).is_some_and(is_owner)
}

/// 王主任好, 李书记：.
fn greets_person(text: &str) -> bool {
    let text = first_clause(text);
    let text = text.trim_end_matches(['好', '您', '你', '早']);
    FRAME.name_title.iter().any(|title| text.ends_with(title)) && length(text) <= 6
}

fn first_clause(text: &str) -> &str {
    text.split(['，', ',', '！', '。', '：', ':', ' ']).next().unwrap_or(text)
}

/// 姓名：王芳　单位：农科站 and its kind.
fn is_field(line: &str) -> bool {
    let mut fields = 0;
    for part in line
        .split(|sign: char| is_space(sign) || matches!(sign, '；' | ';' | '|' | '｜' | '，'))
        .filter(|part| !part.is_empty())
    {
        let Some((name, value)) = part.split_once(['：', ':']) else {
            if fields == 0 || length(part) > 16 {
                return false;
            }
            continue;
        };
        let name: String = name.chars().filter(|sign| !is_space(*sign)).collect();
        if !FRAME.field.contains(&name.as_str()) || length(value) > 22 {
            return false;
        }
        fields += 1;
    }
    fields > 0
}

/// A line that is a day or a range of days and nothing else.
fn is_day(body: &str) -> bool {
    let mut rest = body;
    let mut dates = 0;
    while !rest.is_empty() {
        if let Some(length) = date_length(rest) {
            dates += 1;
            rest = &rest[length..];
        } else if let Some(after) =
            ["星期", "周", "第", "至", "到"].iter().find_map(|word| rest.strip_prefix(word))
        {
            rest = after;
        } else if let Some(sign) =
            rest.chars().next().filter(|sign| !sign.is_alphanumeric() || "一二三四五六日".contains(*sign))
        {
            rest = &rest[sign.len_utf8()..];
        } else {
            return false;
        }
    }
    dates > 0
}

/// An unnumbered line below the list that takes leave or signs. `last`: nothing but the frame follows.
pub fn is_signoff(line: &str, last: bool) -> bool {
    let body = line.trim_matches(|sign: char| {
        is_space(sign) || closer_of(sign).is_some() || closes(sign) || "*#=—-_~✿".contains(sign)
    });
    let bare = body.trim_end_matches([':', '：', '，', ',', '。', '！', '!', '～', '~', '.']);
    if is_rule(line) || is_field(line) {
        return true;
    }
    let count = length(bare);
    let leaves = count <= 26 && FRAME.signoff.iter().any(|word| bare.starts_with(word));
    leaves || last && (is_day(bare) || is_owner(bare) && length(bare) <= 16 || signed_day(bare))
}

/// 农科站 王芳 11月13日.
fn signed_day(text: &str) -> bool {
    let at = text.char_indices().find(|(_, sign)| sign.is_ascii_digit()).map(|(at, _)| at);
    at.is_some_and(|at| is_day(&text[at..]) && is_owner(text[..at].trim_matches(is_space)))
}

/// Cuts a greeting that shares its line with the list ("王主任好，报一下：1.…"): bytes to drop.
pub fn greeting_length(line: &str) -> usize {
    let Some((at, sign)) =
        line.char_indices().take(36).find(|(_, sign)| matches!(sign, '：' | ':' | '！' | '!' | '。'))
    else {
        return 0;
    };
    let body = &line[..at];
    let greets = FRAME.greeting.iter().any(|word| body.contains(word)) || greets_person(body);
    let clock = line[at + sign.len_utf8()..].starts_with(|next: char| next.is_ascii_digit())
        && body.ends_with(|last: char| last.is_ascii_digit());
    if greets && !clock && !lexicon::opens_with_act(body) { at + sign.len_utf8() } else { 0 }
}

/// Where a sign-off that shares the last line begins ("…2座。请领导审阅").
pub fn tail_signoff(line: &str) -> usize {
    let body = line.trim_end_matches(|sign: char| is_space(sign) || matches!(sign, '。' | '！' | '!' | '.'));
    let cut = body
        .char_indices()
        .rev()
        .take(26)
        .find(|(_, sign)| matches!(sign, '。' | '；' | ';' | '！') || is_space(*sign));
    let Some((at, sign)) = cut else { return line.len() };
    let start = at + sign.len_utf8();
    let tail = &body[start..];
    if at > 0 && FRAME.signoff.iter().any(|word| tail.starts_with(word)) { start } else { line.len() }
}

/// A lead-in that only announces a list: 主要做了以下工作.
pub fn is_leadin(text: &str) -> bool {
    let bare = text.trim_end_matches([':', '：', '，', ',', ' ']);
    length(bare) <= 30 && FRAME.leadin.iter().any(|word| bare.ends_with(word))
}

/// A short head that names the matter of the items below it: 党建工作, 安全生产：.
pub fn is_topic(text: &str) -> bool {
    let bare = text.trim_end_matches([':', '：', ' ', '。', '】']).trim_start_matches('【');
    let short = length(bare) <= 10
        && !bare.contains(['，', '；', '。', ','])
        && !bare.chars().any(|sign| sign.is_ascii_digit());
    short && (text.ends_with([':', '：', '】']) || FRAME.topic.iter().any(|word| bare.ends_with(word)))
}

/// A line that goes on with the one before.
pub fn goes_on(line: &str) -> bool {
    FRAME.onward.iter().any(|word| line.starts_with(word))
}

/// A line that opens an item of its own although its neighbours are numbered.
pub fn is_fresh(line: &str) -> bool {
    FRAME.fresh.iter().any(|word| line.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::is_unit;

    #[test]
    fn a_short_line_that_tells_something_is_no_signature() {
        assert!(is_unit("澄湾镇水务所"));
        for told in ["明天报县住建局", "报县住建局", "送材料到县财政局", "到东湾村"] {
            assert!(!is_unit(told), "{told}");
        }
    }
}
