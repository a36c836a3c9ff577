//! Findings as sentences in the reader's language.

use crate::frame::Texts;
use shiji_text::{Check, Finding, Verdict};

/// What the check says of an item.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Advice {
    /// `concrete`, `partly` or `vague`.
    pub verdict: &'static str,
    pub sentences: Vec<String>,
}

impl Advice {
    pub fn of(t: Texts, check: &Check) -> Advice {
        let verdict = match check.verdict {
            Verdict::Concrete => "concrete",
            Verdict::Partly => "partly",
            Verdict::Vague => "vague",
        };
        Advice { verdict, sentences: check.findings.iter().map(|finding| sentence(t, finding)).collect() }
    }

    pub fn is_clear(&self) -> bool {
        self.sentences.is_empty()
    }
}

fn sentence(t: Texts, finding: &Finding) -> String {
    let args: Vec<(&str, String)> =
        finding.args.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    t.format(finding.kind.message(), &args)
}
