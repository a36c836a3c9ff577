//! Masks over parts of a resident's words: what may be masked, what was, and whether other words tell it.

/// What stands where something personal stood.
pub const MASK: &str = "〔隐去〕";

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
    // What is masked over an older mask is what stands beside that.
    let parts = masked.into_iter().flat_map(|part| part.split(MASK));
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
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
        let more = "我叫〔隐去〕路灯坏了";
        assert!(is_masking_of(shown, more), "a mask may grow over an older one");
        assert_eq!(masked_parts(shown, more), ["，电话", "，新屋组"]);
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
