//! How a page looks: as usual, in large type, or plain. It stands in the address beside the language (`/{place}/zh-large/…`),
//! so pages depend on nothing but their address, links stay in the look that was chosen, and no cookie is needed.

use super::text::Language;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Look {
    Ordinary,
    /// Half as large again, with more room and strong contrast.
    Large,
    /// One column without colours, for very old phones and for printing from them.
    Plain,
}

impl Look {
    pub const ALL: [Look; 3] = [Look::Ordinary, Look::Large, Look::Plain];

    /// The segment of an address that names language and look.
    pub fn segment(self, language: Language) -> String {
        let code = language.code();
        match self {
            Look::Ordinary => code.to_owned(),
            Look::Large => format!("{code}-large"),
            Look::Plain => format!("{code}-plain"),
        }
    }

    pub fn from_segment(segment: &str) -> Option<(Language, Look)> {
        let (code, look) = match segment.split_once('-') {
            None => (segment, Look::Ordinary),
            Some((code, "large")) => (code, Look::Large),
            Some((code, "plain")) => (code, Look::Plain),
            Some(_) => return None,
        };
        Some((Language::from_code(code)?, look))
    }

    /// Key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Look::Ordinary => "look-ordinary",
            Look::Large => "look-large",
            Look::Plain => "look-plain",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_in_each_look_has_one_address() {
        for language in [Language::Zh, Language::En] {
            for look in Look::ALL {
                assert_eq!(Look::from_segment(&look.segment(language)), Some((language, look)));
            }
        }
        for nothing in ["", "fr", "zh-", "zh-huge", "zh-large-plain", "large", "-large", "ZH-large"] {
            assert_eq!(Look::from_segment(nothing), None, "{nothing}");
        }
    }
}
