//! The words of letters, in plain text and as a simple page. They say what the public pages say, and nothing else.

mod digest;

use crate::frame::{Language, Texts, WebError};
use askama::Template;
use jiff::civil::Date;
use shiji_app::letter::{AskerLetter, Letters, Links, Named, Words};
use shiji_domain::follow::Followed;
use shiji_domain::notice::NoticeKind;
use shiji_store::public::{Issue, IssueContent};
use shiji_store::roster::Place;

/// Letters in the languages of the pages.
#[derive(Debug, Clone, Copy, Default)]
pub struct WebLetters;

/// A letter of a few sentences and one link.
#[derive(Template)]
#[template(path = "letter/short.html")]
struct ShortHtml<'a> {
    t: Texts,
    place: &'a str,
    sentences: &'a [String],
    link: &'a str,
    link_words: &'a str,
    after: &'a [String],
}

struct Short {
    subject: String,
    sentences: Vec<String>,
    link: String,
    link_words: String,
    /// Below the link.
    after: Vec<String>,
}

impl Short {
    fn words(&self, t: Texts, place: &str) -> Result<Words, WebError> {
        let html = ShortHtml {
            t,
            place,
            sentences: &self.sentences,
            link: &self.link,
            link_words: &self.link_words,
            after: &self.after,
        };
        let html = html.render().map_err(|error| WebError::Template(error.to_string()))?;
        let mut lines = self.sentences.clone();
        lines.push(format!("{}\n{}", self.link_words, self.link));
        lines.extend(self.after.iter().cloned());
        Ok(Words { subject: self.subject.clone(), text: lines.join("\n\n"), html })
    }
}

/// What is followed, as a sentence names it.
pub fn followed_words(t: Texts, named: &Named) -> String {
    let key = match named.followed {
        Followed::Board => "followed-board",
        Followed::Person(_) => "followed-person",
        Followed::Unit(_) => "followed-unit",
        Followed::Matter(_) => "followed-matter",
    };
    t.one(key, "name", &named.name)
}

fn texts(language: &str) -> Texts {
    Texts { language: Language::from_code(language).unwrap_or(Language::Zh) }
}

fn name(t: Texts, place: &Place) -> &str {
    if t.language == Language::Zh { &place.name } else { &place.name_en }
}

/// A template that cannot be rendered is a fault of the program; the reader still gets the plain words.
fn or_plain(result: Result<Words, WebError>, subject: &str, link: &str) -> Words {
    result.unwrap_or_else(|error| {
        tracing::error!(?error, "a letter could not be rendered");
        Words { subject: subject.to_owned(), text: link.to_owned(), html: link.to_owned() }
    })
}

impl Letters for WebLetters {
    fn confirmation(&self, place: &Place, language: &str, named: &Named, link: &str) -> Words {
        let t = texts(language);
        let place_name = name(t, place);
        let what = followed_words(t, named);
        let short = Short {
            subject: t.one("letter-confirm-subject", "place", place_name),
            sentences: vec![t.two("letter-confirm-asked", "place", place_name, "what", what)],
            link: link.to_owned(),
            link_words: t.get("letter-confirm-link"),
            after: vec![t.get("letter-confirm-otherwise")],
        };
        or_plain(short.words(t, place_name), &short.subject, link)
    }

    fn digest(
        &self,
        place: &Place,
        language: &str,
        named: &Named,
        content: &IssueContent,
        links: &Links,
    ) -> Option<Words> {
        let t = texts(language);
        let digest = digest::Digest::of(t, name(t, place), named, content, links)?;
        Some(or_plain(digest.words(), &digest.subject, &links.base))
    }

    fn line(&self, place: &Place, issue: Option<&Issue>, link: &str) -> String {
        let t = texts("zh");
        let Some(issue) = issue else { return t.two("letter-line-try", "place", &place.name, "link", link) };
        t.format(
            "letter-line",
            &[
                ("place", place.name.clone()),
                ("issue", t.one("issue-number", "number", issue.number)),
                ("summary", digest::summary(t, issue)),
                ("link", link.to_owned()),
            ],
        )
    }

    fn asker(&self, place: &Place, language: &str, about: AskerLetter, link: &str) -> Words {
        let t = texts(language);
        let place_name = name(t, place);
        let key = if about.later { "letter-asker-later" } else { "letter-asker-answered" };
        let what = t.one(key, "number", about.number);
        let short = Short {
            subject: what.clone(),
            sentences: vec![what, t.get("letter-asker-code")],
            link: link.to_owned(),
            link_words: t.get("pick-up"),
            after: vec![t.get("letter-asker-otherwise")],
        };
        or_plain(short.words(t, place_name), &short.subject, link)
    }

    fn notice(&self, place: &Place, kind: NoticeKind, person: &str, day: Date, link: &str) -> Words {
        // Officials work in Chinese.
        let t = texts("zh");
        let what = t.get(kind.key());
        let short = Short {
            subject: what.clone(),
            sentences: vec![
                t.one("letter-notice-hello", "name", person),
                what,
                t.one("letter-notice-day", "day", t.day(&day)),
            ],
            link: link.to_owned(),
            link_words: t.get("letter-notice-link"),
            after: vec![t.get("letter-notice-otherwise")],
        };
        or_plain(short.words(t, &place.name), &short.subject, link)
    }
}
