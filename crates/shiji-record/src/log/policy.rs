//! Which witnesses there are and how many of them it takes: the text form of C2SP tlog-policy.

use super::checkpoint::SignedCheckpoint;
use super::key::{PublicKey, Purpose};
use std::collections::BTreeSet;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// What the policy calls it.
    pub name: String,
    pub key: PublicKey,
    /// Prefix of `/add-checkpoint`.
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    name: String,
    threshold: usize,
    members: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    pub logs: Vec<PublicKey>,
    pub witnesses: Vec<Witness>,
    groups: Vec<Group>,
    /// `None`: no countersignature is required.
    quorum: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the policy: {what}")]
pub struct PolicyError {
    /// From 1; 0 when something is missing from the whole.
    pub line: usize,
    pub what: String,
}

impl Policy {
    /// No witness, no quorum.
    pub fn none() -> Policy {
        Policy { logs: Vec::new(), witnesses: Vec::new(), groups: Vec::new(), quorum: None }
    }

    /// # Errors
    /// Names the line that is not of the form, names something unknown, or names something twice.
    pub fn from_text(text: &str) -> Result<Policy, PolicyError> {
        let mut policy = Policy::none();
        let mut has_quorum = false;
        for (line, content) in (1..).zip(text.lines()) {
            let words: Vec<&str> = content.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
            let refuse = |what: &str| PolicyError { line, what: what.to_owned() };
            match words.as_slice() {
                [] => {}
                [comment, ..] if comment.starts_with('#') => {}
                ["log", key] | ["log", key, _] => policy.add_log(key).map_err(|what| refuse(&what))?,
                ["witness", name, key] => {
                    policy.add_witness(name, key, None).map_err(|what| refuse(&what))?
                }
                ["witness", name, key, url] => {
                    policy.add_witness(name, key, Some(url)).map_err(|what| refuse(&what))?;
                }
                ["group", name, threshold, members @ ..] => {
                    policy.add_group(name, threshold, members).map_err(|what| refuse(&what))?;
                }
                ["quorum", _] if has_quorum => return Err(refuse("there is a quorum already")),
                ["quorum", "none"] => has_quorum = true,
                ["quorum", name] => {
                    if !policy.is_defined(name) {
                        return Err(refuse("the quorum names neither a witness nor a group above it"));
                    }
                    policy.quorum = Some((*name).to_owned());
                    has_quorum = true;
                }
                _ => {
                    return Err(refuse(
                        "begins with none of log, witness, group, quorum, or has too few words",
                    ));
                }
            }
        }
        if has_quorum {
            Ok(policy)
        } else {
            Err(PolicyError { line: 0, what: "there is no quorum line".into() })
        }
    }

    fn add_log(&mut self, key: &str) -> Result<(), String> {
        let key = PublicKey::from_text(key).map_err(|error| error.to_string())?;
        if key.purpose() != Purpose::Log {
            return Err("this is not the key of a log".into());
        }
        if self.logs.contains(&key) {
            return Err("this log stands there already".into());
        }
        self.logs.push(key);
        Ok(())
    }

    fn add_witness(&mut self, name: &str, key: &str, url: Option<&str>) -> Result<(), String> {
        let key = PublicKey::from_text(key).map_err(|error| error.to_string())?;
        if key.purpose() != Purpose::Cosignature {
            return Err("this is not the key of a witness".into());
        }
        self.must_be_free(name)?;
        if self.witnesses.iter().any(|witness| witness.key.verifying() == key.verifying()) {
            return Err("this witness stands there already".into());
        }
        self.witnesses.push(Witness { name: name.to_owned(), key, url: url.map(str::to_owned) });
        Ok(())
    }

    fn add_group(&mut self, name: &str, threshold: &str, members: &[&str]) -> Result<(), String> {
        self.must_be_free(name)?;
        if let Some(unknown) = members.iter().find(|member| !self.is_defined(member)) {
            return Err(format!("{unknown} is defined nowhere above"));
        }
        let distinct: BTreeSet<&&str> = members.iter().collect();
        let used = |member: &&&str| {
            self.groups.iter().any(|group| group.members.iter().any(|other| other == **member))
        };
        if distinct.len() != members.len() || distinct.iter().any(used) {
            return Err("a member stands in one group once".into());
        }
        let threshold = match threshold {
            "any" => 1,
            "all" => members.len(),
            number => number.parse().map_err(|_| "the threshold is a number, any or all".to_owned())?,
        };
        if !(1..=members.len()).contains(&threshold) {
            return Err("the threshold is more than the members, or nothing".into());
        }
        let members = members.iter().map(|member| (*member).to_owned()).collect();
        self.groups.push(Group { name: name.to_owned(), threshold, members });
        Ok(())
    }

    fn is_defined(&self, name: &str) -> bool {
        self.witnesses.iter().any(|witness| witness.name == name)
            || self.groups.iter().any(|group| group.name == name)
    }

    fn must_be_free(&self, name: &str) -> Result<(), String> {
        if name == "none" || self.is_defined(name) { Err(format!("{name} is taken")) } else { Ok(()) }
    }

    /// The lines behind those of the logs, in one form whatever the file looked like.
    pub fn witness_text(&self) -> String {
        let mut text = String::new();
        for witness in &self.witnesses {
            let url = witness.url.as_ref().map_or_else(String::new, |url| format!(" {url}"));
            text.push_str(&format!("witness {} {}{url}\n", witness.name, witness.key.to_text()));
        }
        for group in &self.groups {
            text.push_str(&format!("group {} {} {}\n", group.name, group.threshold, group.members.join(" ")));
        }
        text.push_str(&format!("quorum {}\n", self.quorum.as_deref().unwrap_or("none")));
        text
    }

    pub fn requires_witnesses(&self) -> bool {
        self.quorum.is_some()
    }

    /// Who countersigned, and when (seconds since 1970 UTC), in the policy's order.
    pub fn cosigned<'a>(&'a self, checkpoint: &SignedCheckpoint) -> Vec<(&'a Witness, u64)> {
        self.witnesses
            .iter()
            .filter_map(|witness| Some((witness, checkpoint.cosignature(&witness.key)?.time)))
            .collect()
    }

    /// Whether enough witnesses countersigned.
    pub fn is_met(&self, checkpoint: &SignedCheckpoint) -> bool {
        let signed: BTreeSet<&str> =
            self.cosigned(checkpoint).into_iter().map(|(witness, _)| witness.name.as_str()).collect();
        self.quorum.as_deref().is_none_or(|quorum| self.stands(quorum, &signed))
    }

    /// Groups name only what stands above them, so this ends.
    fn stands(&self, name: &str, signed: &BTreeSet<&str>) -> bool {
        match self.groups.iter().find(|group| group.name == name) {
            Some(group) => {
                let standing = group.members.iter().filter(|member| self.stands(member, signed)).count();
                standing >= group.threshold
            }
            None => signed.contains(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::checkpoint::Checkpoint;
    use crate::log::cosignature::cosign;
    use crate::log::key::SecretKey;
    use tlog_tiles::Hash;

    fn witness(number: u8) -> SecretKey {
        SecretKey::new(&format!("w{number}.example"), Purpose::Cosignature, [number; 32]).unwrap()
    }

    fn policy(end: &str) -> Result<Policy, PolicyError> {
        let mut text = String::from("# who watches\n\n");
        for number in 1..=3 {
            text += &format!(
                "witness w{number} {}\thttps://w{number}.example\n",
                witness(number).public().to_text()
            );
        }
        Policy::from_text(&(text + end))
    }

    #[test]
    fn two_of_three_are_a_quorum_and_one_is_not() {
        let policy = policy("group all-of-them 2 w1 w2 w3\nquorum all-of-them\n").unwrap();
        let log = SecretKey::new("town.example/log", Purpose::Log, [9; 32]).unwrap();
        let checkpoint = Checkpoint { origin: "town.example/log".into(), size: 3, root: Hash([4; 32]) };
        let mut signed = checkpoint.sign(&log).unwrap();
        assert!(!policy.is_met(&signed));
        signed.add(cosign(&checkpoint, &witness(3), 5).unwrap());
        assert!(!policy.is_met(&signed));
        signed.add(cosign(&checkpoint, &witness(1), 6).unwrap());
        assert!(policy.is_met(&signed));
        let who: Vec<_> = policy
            .cosigned(&signed)
            .into_iter()
            .map(|(witness, time)| (witness.name.clone(), time))
            .collect();
        assert_eq!(who, [("w1".to_owned(), 6), ("w3".to_owned(), 5)]);
        assert_eq!(Policy::from_text(&policy.witness_text()), Ok(policy));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let line = |end: &str| policy(end).unwrap_err().line;
        assert_eq!(line("quorum somebody\n"), 6);
        assert_eq!(line("group g 4 w1 w2 w3\n"), 6);
        assert_eq!(line("group g 2 w1 w1\n"), 6);
        assert_eq!(line("group g any w1\ngroup h any w1\n"), 7);
        assert_eq!(line("quorum none\nquorum w1\n"), 7);
        assert_eq!(line(""), 0);
        assert!(
            policy("quorum none\n").unwrap().is_met(
                &Checkpoint { origin: "a".into(), size: 0, root: Hash([0; 32]) }
                    .sign(&SecretKey::new("a", Purpose::Log, [1; 32]).unwrap())
                    .unwrap()
            )
        );
    }
}
