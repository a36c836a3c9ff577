//! The day of a plan item beside its words, unless the words say it already.

use super::Texts;
use jiff::ToSpan as _;
use jiff::civil::Date;
use shiji_store::report::Item;
use shiji_store::roster::Place;

/// The day that has to be told beside `text`, which was written in the week up to `from`.
pub fn due_beside(text: &str, due_on: Option<Date>, from: Date) -> Option<Date> {
    due_on.filter(|day| !names(text, *day, from))
}

fn names(text: &str, day: Date, from: Date) -> bool {
    let seen_from = (0..7).filter_map(|days| from.checked_sub(days.days()).ok());
    seen_from.into_iter().any(|from| shiji_text::when(text, from).is_some_and(|when| when.day == day))
}

impl Texts {
    /// `11月16日前`, where the words do not say it.
    pub fn due(&self, text: &str, due_on: &Option<Date>, from: &Date) -> Option<String> {
        due_beside(text, *due_on, *from).map(|day| self.one("due-by", "day", self.short_day(&day)))
    }

    /// The same of an item at work.
    pub fn due_of(&self, place: &Place, item: &Item) -> Option<String> {
        let written = jiff::Timestamp::from_millisecond(item.updated_at).ok()?;
        let written = shiji_app::app::day_in(place, written).ok()?;
        self.due(&item.body, &item.due_on, &written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_that_the_words_say_is_not_said_again() {
        let (due, friday) = (Some(date(2026, 11, 24)), date(2026, 11, 20));
        for text in ["24日前清淤", "11月24日前清淤", "周二前清淤", "十一月二十四日前清淤"]
        {
            assert_eq!(due_beside(text, due, friday), None, "{text}");
        }
        for text in ["清淤东湾支渠", "25日前清淤", "周三前清淤"] {
            assert_eq!(due_beside(text, due, friday), due, "{text}");
        }
    }
}
