//! What is printed: plain values, every sentence already in the reader's language.

use jiff::civil::Date;
use serde::Serialize;

/// One issue, for the wall or as a booklet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IssueSheet {
    /// `zh` or `en`; the officials' own words are Chinese in both.
    pub language: String,
    pub place: String,
    /// What is laid open, such as 实绩公示.
    pub heading: String,
    /// Such as 第 12 期.
    pub number: String,
    pub period: String,
    /// When and by whom it was published, in a sentence.
    pub published: String,
    pub published_on: Date,
    pub tally: Vec<Tally>,
    /// None where the installation has no log.
    pub checkpoint: Option<Checkpoint>,
    /// In the order of the board.
    pub units: Vec<Unit>,
    pub words: IssueWords,
}

/// A plain count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally {
    pub label: String,
    pub count: i64,
}

/// How the log stood when the sheet was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checkpoint {
    pub origin: String,
    /// Such as 共 8,214 条.
    pub size: String,
    /// The beginning of the root hash, enough to compare by eye.
    pub root: String,
    /// Where the whole checkpoint is; becomes a QR code.
    pub address: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unit {
    pub name: String,
    pub officials: Vec<Official>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Official {
    pub name: String,
    pub posts: String,
    pub telephone: Option<String>,
    /// On leave or late, in a word.
    pub standing: Option<String>,
    /// The same in a sentence, in place of the items.
    pub absence: Option<String>,
    /// Who filed for the official.
    pub note: Option<String>,
    /// The official's page; becomes a QR code.
    pub address: Option<String>,
    pub promises: Vec<Promise>,
    pub work: Vec<Line>,
    pub plan: Vec<Line>,
}

/// Last period's plan item and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Promise {
    pub text: String,
    pub mark: Mark,
    /// The outcome in a word.
    pub outcome: String,
    pub reason: Option<String>,
}

/// How an outcome looks; the word beside it says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    Done,
    Partly,
    Not,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    pub text: String,
    /// By when, in a few words.
    pub due: Option<String>,
    pub difficulty: Option<String>,
    /// That the words were corrected, and why.
    pub corrected: Vec<String>,
}

/// The sheet's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IssueWords {
    pub promises: String,
    pub work: String,
    pub plan: String,
    pub difficulty: String,
    pub reason: String,
    pub contents: String,
    /// With `{n}` and `{m}` where the numbers of this sheet and of all stand.
    pub sheet: String,
    /// The same for pages of the booklet.
    pub page: String,
    pub checkpoint: String,
    /// What the QR code beside an official is for, with `{name}` for whose it is.
    pub scan: String,
    /// At the top of a sheet on which somebody's lines go on, with `{name}` for whose.
    pub continued: String,
    /// Before the list of characters that no font has.
    pub missing: String,
}

/// Cards that say whom to ask, one for each village.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskCards {
    pub language: String,
    pub place: String,
    pub heading: String,
    /// As of which issue and day.
    pub as_of: String,
    pub published_on: Date,
    pub cards: Vec<AskCard>,
    /// The town's own desks, at the foot of each card that has room for them.
    pub desks: Vec<AskDesk>,
    pub words: AskWords,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskCard {
    pub village: String,
    pub officials: Vec<AskOfficial>,
    /// The place's page of who is in charge; becomes a QR code.
    pub address: Option<String>,
}

/// What a desk of the town is in charge of, in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskDesk {
    pub matters: String,
    pub name: String,
    pub unit: String,
    pub telephone: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskOfficial {
    pub name: String,
    pub posts: String,
    pub telephone: Option<String>,
    pub office_place: Option<String>,
    pub office_hours: Option<String>,
    pub leader: Option<String>,
    /// Who is asked when this one is away.
    pub deputy: Option<String>,
    pub matters: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskWords {
    pub matters: String,
    pub office_place: String,
    pub office_hours: String,
    pub leader: String,
    pub deputy: String,
    pub scan: String,
    /// Heads the town's desks.
    pub desks: String,
    pub missing: String,
}

/// What everybody may know of a meeting, on one A4 page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MinutesSheet {
    pub language: String,
    pub place: String,
    pub heading: String,
    /// Such as 第 12 期.
    pub number: String,
    pub period: String,
    pub published_on: Date,
    /// Label and value: when, who ran it, how long, how many were heard and sent back.
    pub facts: Vec<(String, String)>,
    pub decisions: Vec<Decision>,
    /// The public page of the minutes; becomes a QR code.
    pub address: Option<String>,
    pub words: MinutesWords,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    pub text: String,
    /// Who has to do it by when.
    pub who: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MinutesWords {
    pub decisions: String,
    /// In place of the list.
    pub none: String,
    pub scan: String,
    pub missing: String,
}
