//! Residents' questions: from the words of somebody without an account to a public answer and the asker's verdict.
//!
//! Each step is one transaction: the question, the kept step with all its words, and a record of what is public.

mod answer;
mod calendar;
mod correct;
mod daily;
mod extend;
mod forget;
mod hand_over;
mod mail;
mod mask;
mod own;
mod page;
mod read;
mod receive;
mod screen;
mod step;
mod take_up;
#[cfg(test)]
mod tests;

pub use answer::{AnswerQuestion, answer_question};
pub use calendar::{TermsPage, lay_down_day, set_terms, take_back_day, terms_page};
pub use correct::{CorrectAnswer, correct_answer};
pub use daily::look_after;
pub use extend::{ExtendQuestion, extend_question};
pub(crate) use mail::mail_answer;
pub(crate) use step::working_days;

pub use forget::{forget_own, forget_question};
pub use hand_over::{HandOver, hand_over};
pub use mask::{MaskQuestion, PublicWords, mask_question};
pub use own::{OwnQuestion, by_code, forget_contact, judge, judge_later, reopen};
pub use page::{Line, QuestionPage, desk_questions, office_questions, question_page};
pub use read::{
    Figures, PublicPage, about_item, about_project, figures, latest_answers, list, one, progress_of,
    redactions, unanswered,
};
pub use receive::{NewQuestion, Received, addressee, ask_question, new_form_key};
pub use screen::{Screening, proposal, screen_question};
pub use take_up::take_up;
