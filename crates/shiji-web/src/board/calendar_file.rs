//! Writing iCalendar (RFC 5545): as much of it as all-day events need.

use jiff::ToSpan as _;
use jiff::civil::Date;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The same for ever.
    pub uid: String,
    pub day: Date,
    pub summary: String,
    pub description: String,
    /// Absolute, when the installation knows its own address.
    pub url: Option<String>,
    /// The day on which this was last published otherwise; an event follows from its records alone.
    pub stamp: Date,
    /// Grows with each change.
    pub sequence: i64,
    pub cancelled: bool,
}

/// Octets of a line, its end not counted (section 3.1).
const LINE_MOST: usize = 75;

/// The calendar as text.
pub fn calendar(name: &str, events: &[Event]) -> String {
    let mut text = String::with_capacity(200 + events.len() * 400);
    for (key, value) in [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Shiji//Shiji//ZH"),
        ("CALSCALE", "GREGORIAN"),
        // RFC 7986 sections 5.1 and 5.7, and the older name that more programs read.
        ("NAME", &escaped(name)),
        ("X-WR-CALNAME", &escaped(name)),
        ("REFRESH-INTERVAL;VALUE=DURATION", "P1D"),
    ] {
        push(&mut text, key, value);
    }
    for event in events {
        push_event(&mut text, event);
    }
    push(&mut text, "END", "VCALENDAR");
    text
}

fn push_event(text: &mut String, event: &Event) {
    let day = |day: Date| day.strftime("%Y%m%d").to_string();
    let stamp = format!("{}T000000Z", day(event.stamp));
    push(text, "BEGIN", "VEVENT");
    push(text, "UID", &event.uid);
    push(text, "DTSTAMP", &stamp);
    push(text, "LAST-MODIFIED", &stamp);
    push(text, "SEQUENCE", &event.sequence.to_string());
    push(text, "DTSTART;VALUE=DATE", &day(event.day));
    // The end is the first day after (section 3.6.1).
    push(text, "DTEND;VALUE=DATE", &day(event.day.saturating_add(1.days())));
    push(text, "SUMMARY", &escaped(&event.summary));
    if !event.description.is_empty() {
        push(text, "DESCRIPTION", &escaped(&event.description));
    }
    if let Some(url) = &event.url {
        push(text, "URL", url);
    }
    push(text, "STATUS", if event.cancelled { "CANCELLED" } else { "CONFIRMED" });
    push(text, "TRANSP", "TRANSPARENT");
    push(text, "END", "VEVENT");
}

/// Text values (section 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A content line, folded before it grows too long and never inside a character.
fn push(text: &mut String, key: &str, value: &str) {
    let mut width = 0;
    for c in key.chars().chain([':']).chain(value.chars()) {
        if width + c.len_utf8() > LINE_MOST {
            text.push_str("\r\n ");
            width = 1;
        }
        text.push(c);
        width += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn event(summary: &str) -> Event {
        Event {
            uid: "item@place.shiji".into(),
            day: date(2026, 12, 31),
            summary: summary.into(),
            description: "第12期\n计划".into(),
            url: Some("https://board.example/chengwan/zh/item/1".into()),
            stamp: date(2026, 11, 23),
            sequence: 1,
            cancelled: false,
        }
    }

    /// Unfolds and splits, as a reader of the format does.
    fn lines(text: &str) -> Vec<(String, String)> {
        assert!(text.ends_with("\r\n"));
        let unfolded = text.replace("\r\n ", "");
        unfolded
            .lines()
            .map(|line| line.split_once(':').map(|(key, value)| (key.to_owned(), value.to_owned())).unwrap())
            .collect()
    }

    #[test]
    fn an_event_is_read_back_as_it_was_written() {
        let words = format!("检修西湾泵站;换轴承2只,清淤\\泥{}", "很长的一句话".repeat(30));
        let text = calendar("澄湾镇", &[event(&words)]);
        for line in text.split("\r\n") {
            assert!(line.len() <= 75, "{line}");
        }
        let lines = lines(&text);
        let value =
            |key: &str| lines.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone()).unwrap();
        let read = value("SUMMARY")
            .replace("\\\\", "\u{1}")
            .replace("\\;", ";")
            .replace("\\,", ",")
            .replace('\u{1}', "\\");
        assert_eq!(read, words);
        assert_eq!(value("DESCRIPTION"), "第12期\\n计划");
        assert_eq!(value("DTSTART;VALUE=DATE"), "20261231");
        assert_eq!(value("DTEND;VALUE=DATE"), "20270101");
        assert_eq!(value("DTSTAMP"), "20261123T000000Z");
        assert_eq!(value("UID"), "item@place.shiji");
    }

    #[test]
    fn words_add_no_line_of_their_own() {
        let text = calendar("x", &[event("a\r\nATTENDEE:mailto:x@example.org")]);
        assert!(!text.contains("\r\nATTENDEE"));
    }
}
