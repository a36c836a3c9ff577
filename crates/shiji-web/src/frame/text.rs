//! Languages and texts. Every sentence that a person reads comes from the `.ftl` files.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::civil::Date;
use jiff::{Timestamp, Zoned};
use shiji_domain::refusal::Refusal;
use std::fmt::Display;
use std::sync::LazyLock;
use unic_langid::langid;

macro_rules! sources {
    ($language:literal) => {
        [
            include_str!(concat!("../../locales/", $language, "/frame.ftl")),
            include_str!(concat!("../../locales/", $language, "/refusal.ftl")),
            include_str!(concat!("../../locales/", $language, "/board.ftl")),
            include_str!(concat!("../../locales/", $language, "/ask.ftl")),
            include_str!(concat!("../../locales/", $language, "/question.ftl")),
            include_str!(concat!("../../locales/", $language, "/project.ftl")),
            include_str!(concat!("../../locales/", $language, "/account.ftl")),
            include_str!(concat!("../../locales/", $language, "/desk.ftl")),
            include_str!(concat!("../../locales/", $language, "/directive.ftl")),
            include_str!(concat!("../../locales/", $language, "/difficulty.ftl")),
            include_str!(concat!("../../locales/", $language, "/leader.ftl")),
            include_str!(concat!("../../locales/", $language, "/meeting.ftl")),
            include_str!(concat!("../../locales/", $language, "/office.ftl")),
            include_str!(concat!("../../locales/", $language, "/log.ftl")),
            include_str!(concat!("../../locales/", $language, "/data.ftl")),
            include_str!(concat!("../../locales/", $language, "/follow.ftl")),
            include_str!(concat!("../../locales/", $language, "/week.ftl")),
            include_str!(concat!("../../locales/", $language, "/print.ftl")),
            include_str!(concat!("../../locales/", $language, "/reading.ftl")),
            include_str!(concat!("../../locales/", $language, "/today.ftl")),
            include_str!(concat!("../../locales/", $language, "/together.ftl")),
            include_str!(concat!("../../../shiji-text/locales/", $language, "/finding.ftl")),
            include_str!(concat!("../../../shiji-paper/locales/", $language, "/sheet.ftl")),
        ]
    };
}

const CHINESE: &[&str] = &sources!("zh-CN");
const ENGLISH: &[&str] = &sources!("en");

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<[Bundle; 2]> =
    LazyLock::new(|| [bundle(Language::Zh, CHINESE), bundle(Language::En, ENGLISH)]);

fn bundle(language: Language, sources: &[&str]) -> Bundle {
    let id = match language {
        Language::Zh => langid!("zh-CN"),
        Language::En => langid!("en"),
    };
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // The marks around arguments are invisible, but screen readers and copied text stumble over them.
    bundle.set_use_isolating(false);
    for source in sources {
        // A broken file is found by a test; here the rest is still of use.
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) => resource,
            Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    Zh,
    En,
}

impl Language {
    /// As in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Language::Zh => "zh",
            Language::En => "en",
        }
    }

    /// As in `lang` attributes (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Language::Zh => "zh-CN",
            Language::En => "en",
        }
    }

    pub fn from_code(code: &str) -> Option<Language> {
        [Language::Zh, Language::En].into_iter().find(|language| language.code() == code)
    }

    pub fn other(self) -> Language {
        match self {
            Language::Zh => Language::En,
            Language::En => Language::Zh,
        }
    }

    /// What the reader's browser asks for (RFC 9110 section 12.5.4): English when it comes before any Chinese.
    pub fn asked_for(accept_language: Option<&str>) -> Language {
        let mut best = (0.0_f32, Language::Zh);
        for range in accept_language.unwrap_or_default().split(',') {
            let mut parts = range.trim().split(';');
            let tag = parts.next().unwrap_or_default().to_ascii_lowercase();
            let weight = parts
                .find_map(|part| part.trim().strip_prefix("q="))
                .map_or(1.0, |q| q.parse().unwrap_or(0.0));
            let language = match tag.split('-').next() {
                Some("zh") => Language::Zh,
                Some("en") => Language::En,
                _ => continue,
            };
            if weight > best.0 {
                best = (weight, language);
            }
        }
        best.1
    }
}

/// The texts of one language, as templates use them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts {
    pub language: Language,
}

impl Texts {
    /// Words that are proposed for a report: it is published, and in Chinese like everything officials write, whatever the language
    /// of the page.
    pub fn of_reports() -> Texts {
        Texts { language: Language::Zh }
    }

    pub fn get(&self, key: impl AsRef<str>) -> String {
        self.format(key.as_ref(), &[])
    }

    pub fn one(&self, key: &str, name: &str, value: impl Display) -> String {
        self.format(key, &[(name, value.to_string())])
    }

    pub fn two(
        &self,
        key: &str,
        name: &str,
        value: impl Display,
        second: &str,
        other: impl Display,
    ) -> String {
        self.format(key, &[(name, value.to_string()), (second, other.to_string())])
    }

    /// Attribute for elements with the officials' own words, which are Chinese on every page.
    pub fn theirs(&self) -> &'static str {
        match self.language {
            Language::Zh => "",
            Language::En => " lang=\"zh-CN\"",
        }
    }

    /// A missing text shows its key: ugly, but nobody is left without the rest of the page.
    pub fn format(&self, key: &str, args: &[(&str, String)]) -> String {
        let bundle = &BUNDLES[if self.language == Language::Zh { 0 } else { 1 }];
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, "text is missing");
            return key.to_owned();
        };
        let mut fluent_args = FluentArgs::new();
        for (name, value) in args {
            fluent_args.set(name.to_string(), fluent_value(value));
        }
        bundle.format_pattern(pattern, Some(&fluent_args), &mut Vec::new()).into_owned()
    }

    pub fn refusal(&self, refusal: &Refusal) -> String {
        let args: Vec<(&str, String)> =
            refusal.args.iter().map(|(name, value)| (*name, self.said(value))).collect();
        self.format(refusal.key, &args)
    }

    /// Rules name a day as programs write it; people read it as they write it. Words that are more than a day stay as they are.
    fn said(&self, value: &str) -> String {
        let is_day = value.len() == "2026-11-16".len();
        let day = is_day.then(|| value.parse::<Date>().ok()).flatten();
        day.map_or_else(|| value.to_owned(), |day| self.day(&day))
    }

    /// In both languages, for the command line, which does not know its reader's.
    pub fn both(refusal: &Refusal) -> String {
        [Language::Zh, Language::En].map(|language| Texts { language }.refusal(refusal)).join("\n")
    }

    /// `2026年11月16日`, `16 November 2026`.
    pub fn day(&self, day: &Date) -> String {
        match self.language {
            Language::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
            Language::En => format!("{} {} {}", day.day(), self.month(day), day.year()),
        }
    }

    /// Without the year: `11月16日`, `16 November`.
    pub fn short_day(&self, day: &Date) -> String {
        match self.language {
            Language::Zh => format!("{}月{}日", day.month(), day.day()),
            Language::En => format!("{} {}", day.day(), self.month(day)),
        }
    }

    /// `2026年11月16日—22日`, with what both days share said once.
    pub fn days(&self, first: &Date, last: &Date) -> String {
        let same_month = (first.year(), first.month()) == (last.year(), last.month());
        match self.language {
            Language::Zh if same_month => format!("{}—{}日", self.day(first), last.day()),
            Language::Zh if first.year() == last.year() => {
                format!("{}—{}", self.day(first), self.short_day(last))
            }
            Language::En if same_month => format!("{}–{}", first.day(), self.day(last)),
            Language::En if first.year() == last.year() => {
                format!("{} – {}", self.short_day(first), self.day(last))
            }
            _ => format!("{} – {}", self.day(first), self.day(last)),
        }
    }

    fn month(&self, day: &Date) -> String {
        self.get(format!("month-{}", day.month()))
    }

    /// `11月16日 09:30`, on the wall clock of the place.
    pub fn moment(&self, at: &Zoned) -> String {
        format!("{} {:02}:{:02}", self.short_day(&at.date()), at.hour(), at.minute())
    }

    /// Milliseconds since 1970 as [`Texts::moment`].
    pub fn instant(&self, place: &shiji_store::roster::Place, millis: i64) -> String {
        Timestamp::from_millisecond(millis)
            .ok()
            .and_then(|at| shiji_app::app::local(place, at).ok())
            .map_or_else(String::new, |at| self.moment(&at))
    }
}

/// Whole numbers are numbers, so that plurals work; everything else is text, `007` too, which a person may have written.
fn fluent_value(value: &str) -> FluentValue<'_> {
    match value.parse::<i64>() {
        Ok(number) if number.to_string() == value => FluentValue::from(number),
        _ => FluentValue::from(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    const ZH: Texts = Texts { language: Language::Zh };
    const EN: Texts = Texts { language: Language::En };

    fn keys(sources: &[&str]) -> BTreeSet<String> {
        sources
            .iter()
            .flat_map(|source| source.lines())
            .filter_map(|line| line.split_once(" ="))
            .map(|(key, _)| key)
            .filter(|key| key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn both_languages_have_the_same_texts() {
        let (chinese, english) = (keys(CHINESE), keys(ENGLISH));
        let difference: Vec<&String> = chinese.symmetric_difference(&english).collect();
        assert!(difference.is_empty(), "{difference:?}");
        assert!(chinese.len() > 100);
    }

    /// The later one would silently stand wherever the earlier one was meant.
    #[test]
    fn no_text_is_written_twice_under_one_key() {
        for sources in [CHINESE, ENGLISH] {
            let mut seen = BTreeSet::new();
            let of_text = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
            let lines = sources.iter().flat_map(|source| source.lines()).filter(of_text);
            let twice = lines.filter_map(|line| line.split_once(" =")).filter(|(key, _)| !seen.insert(*key));
            let twice: Vec<&str> = twice.map(|(key, _)| key).collect();
            assert!(twice.is_empty(), "{twice:?}");
        }
    }

    #[test]
    fn every_file_of_texts_can_be_read() {
        for source in CHINESE.iter().chain(ENGLISH) {
            if let Err((_, errors)) = FluentResource::try_new((*source).to_owned()) {
                panic!("{errors:?}\n{source}");
            }
        }
    }

    /// Keys written in templates, handlers and rules.
    #[test]
    fn every_text_that_is_asked_for_exists() {
        let known = keys(CHINESE);
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut missing = BTreeSet::new();
        let mut asked = 0;
        for folder in ["shiji-web/src", "shiji-app/src", "shiji-domain/src", "shiji-paper/src"] {
            visit(&crates.join(folder), &mut |text| {
                for start in [".get(\"", ".one(\"", ".two(\"", ".format(\"", "Refusal::new(\""] {
                    for (at, _) in text.match_indices(start) {
                        // Headers are asked for by name in the same way.
                        if text[..at].ends_with("headers") {
                            continue;
                        }
                        let key: String =
                            text[at + start.len()..].chars().take_while(|c| *c != '"').collect();
                        let is_key = key.contains('-')
                            && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
                        if is_key {
                            asked += 1;
                            if !known.contains(&key) {
                                missing.insert(key);
                            }
                        }
                    }
                }
            });
        }
        assert!(missing.is_empty(), "{missing:?}");
        assert!(asked > 100);
    }

    fn visit(folder: &Path, act: &mut impl FnMut(&str)) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                visit(&path, act);
            } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "html") {
                act(&std::fs::read_to_string(&path).unwrap());
            }
        }
    }

    #[test]
    fn what_a_person_wrote_stays_as_it_is_even_when_it_looks_like_a_number() {
        assert!(EN.one("corrected-why", "reason", "007").contains("007"));
        assert!(EN.one("count-items", "count", 1).ends_with("1 item"));
    }

    /// Names of the variables of a text, as `$count`.
    fn variables(source: &str) -> BTreeSet<&str> {
        let rest = source.split('$').skip(1);
        rest.filter_map(|rest| rest.split(|one: char| !one.is_ascii_alphanumeric()).next()).collect()
    }

    #[test]
    fn one_of_something_is_not_told_in_the_plural() {
        const COUNTED: [&str; 15] = [
            "all",
            "changes",
            "count",
            "days",
            "items",
            "left",
            "milestones",
            "minutes",
            "people",
            "projects",
            "readings",
            "records",
            "reports",
            "thanks",
            "usual",
        ];
        let mut wrong = Vec::new();
        for source in ENGLISH {
            let value = |name: &str| if COUNTED.contains(&name) { "1" } else { "X" };
            let arguments: Vec<(&str, String)> =
                variables(source).into_iter().map(|name| (name, value(name).to_owned())).collect();
            // A length that is refused is no single day.
            for key in keys(&[source]).into_iter().filter(|key| !key.contains("-days")) {
                let text = EN.format(&key, &arguments).replace(['\u{2068}', '\u{2069}'], "");
                let words: Vec<&str> = text.split_whitespace().collect();
                let is_plural = |pair: &&[&str]| {
                    let next = pair[1].trim_end_matches(|one: char| !one.is_alphanumeric());
                    pair[0] == "1" && (next == "people" || next.len() > 3 && next.ends_with('s'))
                };
                wrong.extend(words.windows(2).filter(is_plural).map(|_| format!("{key}: {text}")));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    /// Residents and officials alike are addressed politely.
    #[test]
    fn nobody_is_addressed_in_two_ways() {
        let plain: Vec<&str> =
            CHINESE.iter().flat_map(|source| source.lines()).filter(|line| line.contains('你')).collect();
        assert!(plain.is_empty(), "{plain:?}");
    }

    #[test]
    fn days_are_written_as_people_write_them() {
        let (first, last) = (jiff::civil::date(2026, 9, 25), jiff::civil::date(2026, 10, 9));
        assert_eq!(ZH.days(&first, &last), "2026年9月25日—10月9日");
        assert_eq!(EN.days(&first, &last), "25 September – 9 October 2026");
        assert_eq!(ZH.days(&last, &last), "2026年10月9日—9日");
    }

    #[test]
    fn a_refusal_tells_its_day_as_people_write_it() {
        let refusal = Refusal::new("refusal-meeting-early").with("day", jiff::civil::date(2026, 11, 29));
        assert!(ZH.refusal(&refusal).contains("2026年11月29日起"), "{}", ZH.refusal(&refusal));
        assert!(EN.refusal(&refusal).contains("29 November 2026"));
        assert_eq!(ZH.said("2026-11-29前"), "2026-11-29前");
    }

    #[test]
    fn the_browser_chooses_the_language_and_chinese_is_the_default() {
        assert_eq!(Language::asked_for(None), Language::Zh);
        assert_eq!(Language::asked_for(Some("fr-FR,fr")), Language::Zh);
        assert_eq!(Language::asked_for(Some("en-GB,en;q=0.9,zh;q=0.5")), Language::En);
        assert_eq!(Language::asked_for(Some("en;q=0.5,zh-CN;q=0.9")), Language::Zh);
    }
}
