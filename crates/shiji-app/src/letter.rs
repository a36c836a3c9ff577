//! What letters say is written above, in the readers' languages; acts below ask for it here.

use jiff::civil::Date;
use shiji_domain::follow::Followed;
use shiji_domain::notice::NoticeKind;
use shiji_store::public::{Issue, IssueContent};
use shiji_store::roster::Place;

/// A letter's words, in plain text and as a simple page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// Where a letter's links lead: absolute addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    /// Of the place in the reader's language, without a slash at the end.
    pub base: String,
    /// Ends the subscription.
    pub stop: String,
}

/// What is followed, with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub followed: Followed,
    /// Of the person or unit, or the word; the place's name for the whole board.
    pub name: String,
}

/// What a letter to somebody who asked is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskerLetter {
    /// Of the question.
    pub number: i64,
    /// Four weeks have passed; else the answer has just been given.
    pub later: bool,
}

pub trait Letters: Send + Sync {
    /// Asks a reader to say once more that mail is wanted.
    fn confirmation(&self, place: &Place, language: &str, named: &Named, link: &str) -> Words;

    /// An issue, as far as it concerns what is followed; none when it says nothing of it.
    fn digest(
        &self,
        place: &Place,
        language: &str,
        named: &Named,
        content: &IssueContent,
        links: &Links,
    ) -> Option<Words>;

    /// A line for the robot of a group chat; without an issue it only tries the way. In Chinese.
    fn line(&self, place: &Place, issue: Option<&Issue>, link: &str) -> String;

    /// To somebody who asked; `link` is where the pick-up code is typed.
    fn asker(&self, place: &Place, language: &str, about: AskerLetter, link: &str) -> Words;

    /// A notice to an official; `day` is when it was written.
    fn notice(&self, place: &Place, kind: NoticeKind, name: &str, day: Date, link: &str) -> Words;
}
