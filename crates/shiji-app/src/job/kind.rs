//! The kinds of work that are done later.

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $code:literal),+ $(,)?) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum JobKind {
            $($(#[$doc])* $kind),+
        }

        impl JobKind {
            /// As in the database; never changed, because jobs of yesterday wait under it.
            pub fn code(self) -> &'static str {
                match self {
                    $(JobKind::$kind => $code),+
                }
            }

            pub fn from_code(code: &str) -> Option<JobKind> {
                match code {
                    $($code => Some(JobKind::$kind),)+
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    /// A reader asked for mail and has to say so once more by a link.
    MailConfirmation = "mail_confirmation",
    /// A subscription that was not confirmed in time goes.
    ForgetUnconfirmed = "forget_unconfirmed",
    /// An issue is out: one job for each subscription and each webhook.
    AnnounceIssue = "announce_issue",
    /// One issue to one subscriber.
    MailDigest = "mail_digest",
    /// One event to one webhook.
    CallHook = "call_hook",
    /// There is an answer, or it is time to look again: to whoever asked.
    MailAnswer = "mail_answer",
    /// A notice to the official's own address.
    MailNotice = "mail_notice",
}
