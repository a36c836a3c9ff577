//! Filling a sentence with the values of one telling, and refusing what would not read well.

use std::collections::BTreeMap;

use crate::dice::Dice;

/// Values by name; a wording once chosen is kept under its own text, so that plan and result agree.
pub type Values = BTreeMap<String, String>;

/// The sentence with everything filled in; nothing where a name is unknown or a count comes to zero or less.
pub fn fill(sentence: &str, values: &mut Values, dice: &mut Dice) -> Option<String> {
    let worded = choose_wordings(sentence, values, dice)?;
    let mut text = String::new();
    let mut rest = worded.as_str();
    while let Some(open) = rest.find('{') {
        let close = rest[open..].find('}')? + open;
        text.push_str(&rest[..open]);
        text.push_str(&value_of(&rest[open + 1..close], values, dice)?);
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    Some(text)
}

fn choose_wordings(sentence: &str, values: &mut Values, dice: &mut Dice) -> Option<String> {
    let mut text = String::new();
    let mut rest = sentence;
    while let Some(open) = rest.find('[') {
        let close = rest[open..].find(']')? + open;
        let list = &rest[open + 1..close];
        if !values.contains_key(list) {
            let wordings: Vec<&str> = list.split('|').collect();
            values.insert(list.to_owned(), (*dice.pick(&wordings)?).to_owned());
        }
        text.push_str(&rest[..open]);
        text.push_str(&values[list]);
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    Some(text)
}

fn value_of(expression: &str, values: &mut Values, dice: &mut Dice) -> Option<String> {
    if let Some((name, factor)) = estimate(expression) {
        if !values.contains_key(expression) {
            let exact: i64 = values.get(name)?.parse::<i64>().ok()? * factor;
            let rough = exact * dice.between(78, 124) / 100;
            let grain = (1..)
                .map(|power| 10_i64.pow(power))
                .take_while(|grain| factor % grain == 0)
                .last()
                .unwrap_or(1);
            values.insert(expression.to_owned(), ((rough / grain).max(1) * grain).to_string());
        }
        return values.get(expression).cloned();
    }
    let end = expression.find(['+', '-', '*', '/']).unwrap_or(expression.len());
    let value = values.get(&expression[..end])?;
    let mut steps = &expression[end..];
    if steps.is_empty() {
        return (value != "0").then(|| value.clone());
    }
    let mut number: i64 = value.parse().ok()?;
    while let Some(sign) = steps.chars().next() {
        let rest = &steps[1..];
        let end = rest.find(['+', '-', '*', '/']).unwrap_or(rest.len());
        let by: i64 = match rest[..end].parse() {
            Ok(by) => by,
            Err(_) => values.get(&rest[..end])?.parse().ok()?,
        };
        number = match sign {
            '+' => number + by,
            '-' => number - by,
            '*' => number * by,
            _ => number.checked_div(by)?,
        };
        steps = &rest[end..];
    }
    (number > 0).then(|| number.to_string())
}

/// `名*倍` with a factor from three on: people, metres, yuan that go with a count, but never in a fixed ratio.
fn estimate(expression: &str) -> Option<(&str, i64)> {
    let (name, factor) = expression.split_once('*')?;
    let factor = factor.parse().ok().filter(|factor| *factor >= 3)?;
    Some((name, factor))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values {
        Values::from([("n".to_owned(), "7".to_owned()), ("v".to_owned(), "鹭汀村".to_owned())])
    }

    #[test]
    fn sums_are_counted_from_the_left() {
        let text = fill("在{v}查{n*2+1}处，{n/3}处待修", &mut values(), &mut Dice::new(1));
        assert_eq!(text.as_deref(), Some("在鹭汀村查15处，2处待修"));
    }

    #[test]
    fn a_count_of_nothing_is_no_sentence() {
        assert_eq!(fill("剩{n-7}处", &mut values(), &mut Dice::new(1)), None);
    }

    #[test]
    fn a_wording_stays_the_same_from_plan_to_result() {
        let (mut kept, mut dice) = (values(), Dice::new(5));
        let plan = fill("修[水井|小桥|公厕]", &mut kept, &mut dice).unwrap();
        for _ in 0..20 {
            assert_eq!(fill("修[水井|小桥|公厕]", &mut kept, &mut dice).unwrap(), plan);
        }
    }
}
