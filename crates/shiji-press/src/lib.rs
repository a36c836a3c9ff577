//! Paper: an issue as sheets for the wall and as a booklet, and the cards that say whom to ask. PDF/A-2a and PDF/UA-1.
//!
//! Architecture invariant: what people wrote goes in as data and never as Typst. The typesetter sees the sheets of this
//! crate, that data and the fonts; it opens no file, fetches no package and reads no clock.
//!
//! Typesetting takes long for a server, up to a second, and never waits for anything: call it where blocking is allowed.

mod clean;
mod code;
mod font;
mod press;
mod sheet;
mod timetable;
mod world;

pub use press::{Press, PressError, Printed};
pub use sheet::{
    AskCard, AskCards, AskDesk, AskOfficial, AskWords, Checkpoint, Decision, IssueSheet, IssueWords, Line,
    Mark, MinutesSheet, MinutesWords, Official, Promise, Tally, Unit,
};

pub use timetable::{
    TimetableLine, TimetableMonth, TimetableSheet, TimetableSheets, TimetableShift, TimetableWords,
};

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
