//! The Chinese sentence of a finding, for programs without a Fluent bundle. Pages render the same messages themselves.

use crate::check::Finding;

/// The sentence in locales/zh-CN/finding.ftl with the finding's arguments filled in.
pub fn sentence_zh(finding: &Finding) -> String {
    let pattern = pattern(include_str!("../locales/zh-CN/finding.ftl"), finding);
    let mut sentence = pattern.to_owned();
    for (name, value) in &finding.args {
        sentence = sentence.replace(&format!("{{ ${name} }}"), value);
    }
    sentence
}

/// The message's text; of a message with variants, the variant that the argument `what` chooses.
fn pattern<'a>(source: &'a str, finding: &Finding) -> &'a str {
    let key = finding.kind.message();
    let mut lines = source.lines().skip_while(|line| line.split(" = ").next() != Some(key));
    let Some(text) = lines.next().and_then(|line| line.split_once(" = ")).map(|(_, text)| text) else {
        return "";
    };
    if !text.ends_with("->") {
        return text;
    }
    let what = finding.args.get("what").map_or("", String::as_str);
    lines
        .take_while(|line| *line != "}")
        .filter_map(|line| line.trim().trim_start_matches('*').strip_prefix('[')?.split_once("] "))
        .find(|(variant, _)| *variant == what)
        .map_or("", |(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kind, check};

    #[test]
    fn every_finding_becomes_a_sentence_without_holes() {
        for text in [
            "完成日常工作",
            "参加例会",
            "传达会议精神",
            "检查加油站",
            "联系13812345678",
            "看望村民李秀英，她患有尿毒症",
        ] {
            for kind in [Kind::Work, Kind::Plan] {
                for finding in check(text, kind).findings {
                    let sentence = sentence_zh(&finding);
                    assert!(!sentence.is_empty() && !sentence.contains('{'), "{text}: {sentence}");
                }
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_messages() {
        let keys = |source: &str| {
            source
                .lines()
                .filter_map(|line| line.split_once(" = ").map(|(key, _)| key.to_owned()))
                .collect::<Vec<_>>()
        };
        let chinese = keys(include_str!("../locales/zh-CN/finding.ftl"));
        assert_eq!(chinese, keys(include_str!("../locales/en/finding.ftl")));
        assert_eq!(chinese.len(), 16);
    }
}
