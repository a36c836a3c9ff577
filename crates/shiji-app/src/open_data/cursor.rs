//! Where a list goes on. Readers hand the text back as it came; what is in it is no promise.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::civil::Date;
use shiji_domain::id::ItemId;
use shiji_store::open_data::{ChangePosition, ItemPosition};
use std::str::FromStr;

/// The last key of a page.
pub trait Cursor: Sized {
    fn to_text(&self) -> String;

    /// `None` for anything that no page ever gave out.
    fn from_text(text: &str) -> Option<Self>;
}

/// Longer texts come from nobody who was given one.
const LENGTH_MOST: usize = 200;

pub(super) fn pack(kind: &str, parts: &[&str]) -> String {
    URL_SAFE_NO_PAD.encode(format!("{kind}:{}", parts.join(":")))
}

pub(super) fn unpack(kind: &str, text: &str) -> Option<Vec<String>> {
    if text.len() > LENGTH_MOST {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let rest = text.strip_prefix(kind)?.strip_prefix(':')?;
    Some(rest.split(':').map(str::to_owned).collect())
}

pub(super) fn plain<T: FromStr + ToString>(text: &str) -> Option<T> {
    text.parse().ok().filter(|value: &T| value.to_string() == text)
}

impl Cursor for ItemPosition {
    fn to_text(&self) -> String {
        pack("item", &[&self.issue.to_string(), &self.item.to_string()])
    }

    fn from_text(text: &str) -> Option<ItemPosition> {
        let parts = unpack("item", text)?;
        let [issue, item] = parts.as_slice() else { return None };
        Some(ItemPosition { issue: plain(issue)?, item: plain::<ItemId>(item)? })
    }
}

impl Cursor for ChangePosition {
    fn to_text(&self) -> String {
        pack("change", &[&self.day.to_string(), &self.key, &self.revision.to_string()])
    }

    fn from_text(text: &str) -> Option<ChangePosition> {
        let parts = unpack("change", text)?;
        let [day, key, revision] = parts.as_slice() else { return None };
        let is_key = key.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
        let position =
            ChangePosition { day: plain::<Date>(day)?, key: key.clone(), revision: plain(revision)? };
        is_key.then_some(position)
    }
}

/// An issue's number.
impl Cursor for i64 {
    fn to_text(&self) -> String {
        pack("issue", &[&self.to_string()])
    }

    fn from_text(text: &str) -> Option<i64> {
        let parts = unpack("issue", text)?;
        let [number] = parts.as_slice() else { return None };
        plain(number)
    }
}

/// An identifier of a person, body, post or membership.
impl Cursor for String {
    fn to_text(&self) -> String {
        pack("id", &[self])
    }

    fn from_text(text: &str) -> Option<String> {
        let parts = unpack("id", text)?;
        let [id] = parts.as_slice() else { return None };
        id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-').then(|| id.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    #[test]
    fn a_cursor_comes_back_as_it_was_and_fits_no_other_list() {
        let item = ItemPosition { issue: 7, item: ItemId(Uuid::from_u128(9)) };
        assert_eq!(ItemPosition::from_text(&item.to_text()), Some(item));
        assert_eq!(ChangePosition::from_text(&item.to_text()), None);
        let change = ChangePosition { day: date(2026, 11, 9), key: "ab12".into(), revision: 2 };
        assert_eq!(ChangePosition::from_text(&change.to_text()), Some(change));
        assert_eq!(i64::from_text(&5_i64.to_text()), Some(5));
        assert_eq!(String::from_text(&"ab-1".to_owned().to_text()), Some("ab-1".to_owned()));
    }

    #[test]
    fn what_no_page_gave_out_is_no_cursor() {
        for text in ["", "x", "????", &"A".repeat(5_000), &pack("item", &["07", "x"]), &pack("id", &["a\0b"])]
        {
            assert_eq!(ItemPosition::from_text(text), None);
            assert_eq!(String::from_text(text), None);
        }
    }
}
