//! A resident's question to an official: its kinds, its way, its clock, and what of it is public.

use crate::item::code;
use crate::refusal::Refusal;
use crate::working_day::{Term, WorkingDays};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Characters of a question.
pub const QUESTION_LENGTH_MOST: usize = 1_000;
/// Characters of an answer.
pub const ANSWER_LENGTH_MOST: usize = 2_000;
/// Characters of a contact: a telephone number or an e-mail address.
pub const CONTACT_LENGTH_MOST: usize = 100;
/// What stands where something personal stood.
pub const MASK: &str = "〔隐去〕";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    Question,
    /// Something to be solved.
    Problem,
    /// A published item is doubted.
    Doubt,
    Thanks,
}

impl QuestionKind {
    pub const ALL: [QuestionKind; 4] =
        [QuestionKind::Question, QuestionKind::Problem, QuestionKind::Doubt, QuestionKind::Thanks];

    /// Thanks wait for nothing.
    pub fn wants_answer(self) -> bool {
        self != QuestionKind::Thanks
    }
}

code!(QuestionKind {
    QuestionKind::Question => "question", QuestionKind::Problem => "problem", QuestionKind::Doubt => "doubt",
    QuestionKind::Thanks => "thanks",
});

/// Why a question's words are not shown, or the question is not dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithholdReason {
    /// Insults, threats.
    Abuse,
    Advertising,
    /// Words without a question: tests, repetition by the same asker.
    Senseless,
    /// So much about a private person that nothing is left when it is masked. It is answered, but not shown.
    Personal,
    /// What the law forbids to publish. It is answered, but not shown.
    Secret,
}

impl WithholdReason {
    pub const ALL: [WithholdReason; 5] = [
        WithholdReason::Abuse,
        WithholdReason::Advertising,
        WithholdReason::Senseless,
        WithholdReason::Personal,
        WithholdReason::Secret,
    ];

    /// Nobody has to answer it.
    pub fn closes(self) -> bool {
        matches!(self, WithholdReason::Abuse | WithholdReason::Advertising | WithholdReason::Senseless)
    }
}

code!(WithholdReason {
    WithholdReason::Abuse => "abuse", WithholdReason::Advertising => "advertising",
    WithholdReason::Senseless => "senseless", WithholdReason::Personal => "personal", WithholdReason::Secret => "secret",
});

/// What the asker says of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Solved,
    Partly,
    NotSolved,
}

impl Verdict {
    pub const ALL: [Verdict; 3] = [Verdict::Solved, Verdict::Partly, Verdict::NotSolved];
}

code!(Verdict { Verdict::Solved => "solved", Verdict::Partly => "partly", Verdict::NotSolved => "not_solved" });

/// What can happen to a question after it was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Its words were looked at and are public, masked where they named somebody.
    Shown,
    Withheld,
    /// Handed over to another official; the clock runs on.
    Moved,
    /// The term was extended, once.
    Extended,
    Answered,
    /// The answer was there before the words were looked at; now it is public, too.
    AnswerShown,
    /// The official set the answer right; the earlier words stay.
    Corrected,
    /// It became an item of the official's week.
    TakenUp,
    Judged,
    /// The asker wants another answer; once.
    Reopened,
    /// Four weeks later: is it still so?
    JudgedLater,
}

impl Step {
    pub const ALL: [Step; 10] = [
        Step::Shown,
        Step::Withheld,
        Step::Moved,
        Step::Extended,
        Step::Answered,
        Step::AnswerShown,
        Step::TakenUp,
        Step::Judged,
        Step::Reopened,
        Step::JudgedLater,
    ];
}

code!(Step {
    Step::Shown => "shown", Step::Withheld => "withheld", Step::Moved => "moved", Step::Extended => "extended",
    Step::Answered => "answered",
    Step::AnswerShown => "answer_shown", Step::Corrected => "corrected", Step::TakenUp => "taken_up", Step::Judged => "judged", Step::Reopened => "reopened",
    Step::JudgedLater => "judged_later",
});

impl Step {
    /// Its text is what the official answers, or answers now.
    pub fn is_answer(self) -> bool {
        matches!(self, Step::Answered | Step::AnswerShown | Step::Corrected)
    }
}

/// How many working days a town gives itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Until the first answer.
    pub answer_days: u32,
    /// What an extension adds.
    pub extension_days: u32,
    /// Until the answer after a question was reopened.
    pub reopened_days: u32,
    /// Civil days after an answer until the asker is asked once more.
    pub look_again_days: i32,
    /// Civil days for which a contact is kept after the last answer.
    pub contact_days: i32,
}

impl Default for Terms {
    fn default() -> Self {
        Terms { answer_days: 5, extension_days: 5, reopened_days: 5, look_again_days: 28, contact_days: 60 }
    }
}

/// Where a question stands: what its steps add up to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub kind: QuestionKind,
    /// The asker agreed to be read by everybody.
    pub is_public: bool,
    pub received_on: Date,
    pub due_on: Date,
    pub extended: bool,
    pub shown: bool,
    pub withheld: Option<WithholdReason>,
    /// The day of the latest answer that was not reopened.
    pub answered_on: Option<Date>,
    /// An answer came after its term.
    pub answered_late: bool,
    pub verdict: Option<Verdict>,
    pub reopened: bool,
    pub verdict_later: Option<Verdict>,
}

/// In one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    Waiting,
    Overdue,
    Answered,
    /// Nothing more is to come.
    Closed,
}

code!(State {
    State::Waiting => "waiting", State::Overdue => "overdue", State::Answered => "answered", State::Closed => "closed",
});

/// How far it has come, in a word that holds on every day: an open one is waiting or overdue, as the day and its term say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Course {
    /// Somebody has to answer it.
    Open,
    Answered,
    /// Nothing more is to come.
    Closed,
}

impl Course {
    pub const ALL: [Course; 3] = [Course::Open, Course::Answered, Course::Closed];
}

code!(Course { Course::Open => "open", Course::Answered => "answered", Course::Closed => "closed" });

impl Progress {
    pub fn received(kind: QuestionKind, is_public: bool, received_on: Date, due_on: Date) -> Progress {
        Progress {
            kind,
            is_public,
            received_on,
            due_on,
            extended: false,
            shown: false,
            withheld: None,
            answered_on: None,
            answered_late: false,
            verdict: None,
            reopened: false,
            verdict_later: None,
        }
    }

    pub fn course(&self) -> Course {
        if self.withheld.is_some_and(WithholdReason::closes) || !self.kind.wants_answer() {
            Course::Closed
        } else if self.answered_on.is_some() {
            Course::Answered
        } else {
            Course::Open
        }
    }

    pub fn state(&self, today: Date) -> State {
        match self.course() {
            Course::Closed => State::Closed,
            Course::Answered => State::Answered,
            Course::Open if today > self.due_on => State::Overdue,
            Course::Open => State::Waiting,
        }
    }

    /// Somebody has to answer it.
    pub fn is_open(&self) -> bool {
        self.course() == Course::Open
    }

    /// Somebody has to look at its words before they are shown.
    pub fn is_to_be_screened(&self) -> bool {
        self.is_public && !self.shown && self.withheld.is_none()
    }

    /// # Errors
    /// Refuses what nobody has to answer any more.
    pub fn check_answer(&self) -> Result<(), Refusal> {
        if self.is_open() { Ok(()) } else { Err(Refusal::new("refusal-question-answered")) }
    }

    /// # Errors
    /// Refuses to set right what was not answered, or is to be answered anew.
    pub fn check_correction(&self) -> Result<(), Refusal> {
        if self.answered_on.is_some() { Ok(()) } else { Err(Refusal::new("refusal-question-waiting")) }
    }

    /// Words that nobody else may read can go: no answer waits for them, and nobody has to look at them any more.
    ///
    /// # Errors
    /// Refuses while they are needed, and when they are public: those are taken away with a record.
    pub fn check_forget(&self) -> Result<(), Refusal> {
        if self.is_open() || self.is_to_be_screened() {
            return Err(Refusal::new("refusal-forget-open"));
        }
        if self.shown { Err(Refusal::new("refusal-forget-public")) } else { Ok(()) }
    }

    /// # Errors
    /// Refuses private words and what was looked at already.
    pub fn check_screen(&self) -> Result<(), Refusal> {
        if self.is_to_be_screened() { Ok(()) } else { Err(Refusal::new("refusal-question-screened")) }
    }

    /// The new term: counted from the old one's end.
    ///
    /// # Errors
    /// Refuses a second extension, one after the term has passed, and one of a question that waits for no answer.
    pub fn extend(&self, calendar: &WorkingDays, terms: Terms, today: Date) -> Result<Term, Refusal> {
        self.check_answer()?;
        if self.extended {
            return Err(Refusal::new("refusal-question-extended"));
        }
        if today > self.due_on {
            return Err(Refusal::new("refusal-question-overdue").with("due", self.due_on));
        }
        calendar.term(self.due_on, terms.extension_days)
    }

    /// # Errors
    /// Refuses a verdict on nothing, and a second one.
    pub fn check_verdict(&self) -> Result<(), Refusal> {
        if self.answered_on.is_none() {
            return Err(Refusal::new("refusal-question-waiting"));
        }
        if self.verdict.is_some() {
            return Err(Refusal::new("refusal-question-judged"));
        }
        Ok(())
    }

    /// # Errors
    /// Refuses to reopen what was not answered, what was solved, and a second time.
    pub fn check_reopen(&self) -> Result<(), Refusal> {
        if self.reopened {
            return Err(Refusal::new("refusal-question-reopened"));
        }
        if self.answered_on.is_none() {
            return Err(Refusal::new("refusal-question-waiting"));
        }
        Ok(())
    }

    /// Whether the asker is asked once more today.
    pub fn looks_again(&self, terms: Terms, today: Date) -> bool {
        self.verdict_later.is_none()
            && self.verdict.is_some()
            && self.answered_on.is_some_and(|day| (today - day).get_days() >= terms.look_again_days)
    }

    /// # Errors
    /// Refuses before the time has come, and a second time.
    pub fn check_look_again(&self, terms: Terms, today: Date) -> Result<(), Refusal> {
        if self.looks_again(terms, today) { Ok(()) } else { Err(Refusal::new("refusal-question-look-again")) }
    }
}

/// Whether `shown` is `words` with some parts masked and nothing else changed: nobody puts words into a resident's mouth.
pub fn is_masking_of(words: &str, shown: &str) -> bool {
    let parts: Vec<&str> = shown.split(MASK).collect();
    let [first, .., last] = parts[..] else { return words == shown };
    if !words.starts_with(first) || !words[first.len()..].ends_with(last) {
        return false;
    }
    let inner = &words[first.len()..words.len() - last.len()];
    let mut rest = inner;
    for part in &parts[1..parts.len() - 1] {
        match rest.find(part) {
            // Each mask stands for at least one character.
            Some(_) if part.is_empty() => {}
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    !inner.is_empty()
}

/// What the masks of `shown` stand for in `words`; empty when `shown` is no masking of them.
pub fn masked_parts<'w>(words: &'w str, shown: &str) -> Vec<&'w str> {
    if !is_masking_of(words, shown) {
        return Vec::new();
    }
    let parts: Vec<&str> = shown.split(MASK).collect();
    let mut masked = Vec::new();
    let mut rest = words;
    for (number, part) in parts.iter().enumerate() {
        let at = match number {
            0 => 0,
            _ if number + 1 == parts.len() => rest.len() - part.len(),
            _ => rest.find(part).unwrap_or(rest.len()),
        };
        masked.push(rest[..at].trim());
        rest = &rest[(at + part.len()).min(rest.len())..];
    }
    masked.retain(|part| !part.is_empty());
    masked
}

/// Whether words that everybody will read tell what was masked in the question.
pub fn tells_masked(words: &str, masked: &[&str]) -> bool {
    masked.iter().any(|part| is_telling(part) && words.contains(part))
}

/// Whether a masked part tells something where it stands alone. A single character does not, nor does the number of a group
/// or a door: "二组" is where the lamp stands, "12号" is a day.
pub fn is_telling(part: &str) -> bool {
    let number = part.trim_start_matches('第').trim_end_matches(['组', '社', '队', '号', '栋', '幢']);
    let is_number = number.chars().all(|sign| sign.is_ascii_digit() || "一二三四五六七八九十".contains(sign));
    part.chars().count() > 1 && !(number.len() < part.len() && is_number && number.chars().count() <= 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn progress() -> Progress {
        Progress::received(QuestionKind::Question, true, date(2026, 11, 2), date(2026, 11, 9))
    }

    #[test]
    fn a_question_is_overdue_on_the_day_after_its_term() {
        assert_eq!(progress().state(date(2026, 11, 9)), State::Waiting);
        assert_eq!(progress().state(date(2026, 11, 10)), State::Overdue);
        assert_eq!(progress().course(), Course::Open, "on both days");
    }

    #[test]
    fn thanks_wait_for_nothing_and_abuse_is_answered_by_nobody() {
        let thanks = Progress { kind: QuestionKind::Thanks, ..progress() };
        assert_eq!(thanks.state(date(2026, 12, 1)), State::Closed);
        let abuse = Progress { withheld: Some(WithholdReason::Abuse), ..progress() };
        assert!(abuse.check_answer().is_err());
        assert_eq!((thanks.course(), abuse.course()), (Course::Closed, Course::Closed));
        let personal = Progress { withheld: Some(WithholdReason::Personal), ..progress() };
        assert!(personal.check_answer().is_ok(), "it is not shown, but it is answered");
    }

    #[test]
    fn a_term_is_extended_once_and_in_time() {
        let calendar = WorkingDays::new([]);
        let term = progress().extend(&calendar, Terms::default(), date(2026, 11, 9)).unwrap();
        assert_eq!(term.until, date(2026, 11, 16));
        let again = Progress { extended: true, ..progress() };
        assert!(again.extend(&calendar, Terms::default(), date(2026, 11, 9)).is_err());
        assert!(progress().extend(&calendar, Terms::default(), date(2026, 11, 10)).is_err());
    }

    #[test]
    fn the_asker_judges_once_reopens_once_and_is_asked_again_after_four_weeks() {
        let mut answered = Progress { answered_on: Some(date(2026, 11, 5)), ..progress() };
        assert!(progress().check_verdict().is_err());
        assert!(answered.check_verdict().is_ok() && answered.check_reopen().is_ok());
        answered.verdict = Some(Verdict::Solved);
        assert!(answered.check_verdict().is_err());
        assert!(!answered.looks_again(Terms::default(), date(2026, 12, 2)));
        assert!(answered.looks_again(Terms::default(), date(2026, 12, 3)));
        answered.reopened = true;
        assert!(answered.check_reopen().is_err());
    }

    #[test]
    fn words_can_go_when_nobody_needs_them_and_nobody_else_reads_them() {
        let private = Progress { is_public: false, ..progress() };
        assert!(private.check_forget().is_err(), "it waits for its answer");
        let answered = Progress { answered_on: Some(date(2026, 11, 5)), ..private };
        assert!(answered.check_forget().is_ok());
        let abuse = Progress { withheld: Some(WithholdReason::Abuse), ..progress() };
        assert!(abuse.check_forget().is_ok());
        let unseen = Progress { is_public: true, ..answered.clone() };
        assert!(unseen.check_forget().is_err(), "somebody still has to look at it");
        assert!(Progress { shown: true, is_public: true, ..answered }.check_forget().is_err());
    }

    #[test]
    fn what_was_masked_is_known_again_in_an_answer() {
        let words = "我叫李秀兰，电话13900001111，新屋组路灯坏了";
        let shown = "我叫〔隐去〕，电话〔隐去〕，新屋组路灯坏了";
        let masked = masked_parts(words, shown);
        assert_eq!(masked, ["李秀兰", "13900001111"]);
        assert!(tells_masked("李秀兰您好，灯头明天换。", &masked));
        assert!(!tells_masked("您好，灯头明天换。", &masked));
        assert_eq!(masked_parts(words, "〔隐去〕路灯坏了"), ["我叫李秀兰，电话13900001111，新屋组"]);
        assert!(masked_parts(words, words).is_empty());
    }

    #[test]
    fn the_number_of_a_group_or_a_door_may_be_said_in_an_answer() {
        assert!(!tells_masked("二组的路灯12号换好。", &["二组", "12号", "第二组"]));
        assert!(tells_masked("已到二组12号看过。", &["二组12号"]));
        assert!(tells_masked("13900001111没人接。", &["13900001111"]));
    }

    #[test]
    fn only_masking_may_change_a_residents_words() {
        let words = "我是石桥村王芳，电话13900001111，低保什么时候发？";
        assert!(is_masking_of(words, words));
        assert!(is_masking_of(words, "我是石桥村〔隐去〕，电话〔隐去〕，低保什么时候发？"));
        assert!(is_masking_of(words, "〔隐去〕，低保什么时候发？"));
        assert!(!is_masking_of(words, "我是石桥村〔隐去〕，电话〔隐去〕，低保发得很好！"));
        assert!(!is_masking_of(words, "低保什么时候发？"), "nothing goes without a mark");
        assert!(!is_masking_of(words, &format!("{words}〔隐去〕")), "a mark stands for something");
        assert!(!is_masking_of("你好", "你好〔隐去〕你好"));
    }
}
