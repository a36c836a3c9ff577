//! Mail over SMTP.

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use std::time::Duration;

/// For each command of the conversation.
const TIMEOUT: Duration = Duration::from_secs(20);

#[derive(Debug, thiserror::Error)]
pub enum MailSetupError {
    #[error(
        "the mail server's address must look like smtp://host:587?tls=required, smtps://host or smtp://host: {0}"
    )]
    Server(String),
    #[error("the sender's address is none: {0}")]
    Sender(String),
}

/// Why a letter did not leave.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The server could not be reached or asked to come again (RFC 5321: 4yz).
    #[error("{0}")]
    Again(String),
    /// The server refused for good (5yz), or the letter cannot be written.
    #[error("{0}")]
    Never(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub to: String,
    /// Stands before the sender's address.
    pub from_name: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Left of the @ of the message's id: the same letter has the same one, so that a second copy can be told.
    pub id: String,
    /// The address that ends the subscription with one POST (RFC 8058).
    pub unsubscribe: Option<String>,
}

/// A mail server, and whose letters it takes.
#[derive(Debug, Clone)]
pub struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Address,
}

/// Whether the text is an address that mail can be sent to, with a host of several names.
pub fn is_address(text: &str) -> bool {
    text.len() <= 254
        && text.parse::<Address>().is_ok_and(|address| {
            let host = address.domain();
            host.contains('.') && !host.starts_with('[') && !host.ends_with('.')
        })
}

impl Mail {
    /// # Errors
    /// When the server's or the sender's address cannot be read.
    pub fn new(server: &str, from: &str) -> Result<Mail, MailSetupError> {
        crate::install_crypto();
        let from: Address = from.parse().map_err(|_| MailSetupError::Sender(from.to_owned()))?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(server)
            .map_err(|error| MailSetupError::Server(error.to_string()))?
            .timeout(Some(TIMEOUT))
            .hello_name(ClientId::Domain(from.domain().to_owned()))
            .build();
        Ok(Mail { transport, from })
    }

    /// # Errors
    /// [`MailError::Again`] when another attempt may succeed.
    pub async fn send(&self, letter: &Letter) -> Result<(), MailError> {
        let message = self.message(letter)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            // Only the server's code: in its words it repeats the address, in whatever form, and what is kept of a failure is seen
            // by people who need not know it.
            Err(error) => Err(match error.status() {
                Some(code) if error.is_permanent() => {
                    MailError::Never(format!("the mail server said {code}"))
                }
                Some(code) => MailError::Again(format!("the mail server said {code}")),
                None if error.is_client() => MailError::Never(without(&error.to_string(), &letter.to)),
                None => MailError::Again(without(&chain(&error), &letter.to)),
            }),
        }
    }

    fn message(&self, letter: &Letter) -> Result<Message, MailError> {
        let never = |error: &dyn std::fmt::Display| MailError::Never(error.to_string());
        let to: Address = letter.to.parse().map_err(|_| MailError::Never("the address is none".into()))?;
        let host = self.from.domain();
        let mut builder = Message::builder()
            .from(Mailbox::new(Some(letter.from_name.clone()), self.from.clone()))
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .message_id(Some(format!("<{}@{host}>", letter.id)))
            // RFC 3834: no out-of-office answer is wanted.
            .raw_header(raw("Auto-Submitted", "auto-generated"));
        if let Some(address) = &letter.unsubscribe {
            builder = builder
                .raw_header(raw("List-Unsubscribe", &format!("<{address}>")))
                .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        let part = |kind: ContentType, text: &str| SinglePart::builder().header(kind).body(text.to_owned());
        let body = MultiPart::alternative()
            .singlepart(part(ContentType::TEXT_PLAIN, &letter.text))
            .singlepart(part(ContentType::TEXT_HTML, &letter.html));
        builder.multipart(body).map_err(|error| never(&error))
    }
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut inner = error.source();
    while let Some(cause) = inner {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        inner = cause.source();
    }
    text
}

fn without(text: &str, address: &str) -> String {
    // Servers write addresses in small letters.
    let (lower, address) = (text.to_lowercase(), address.to_lowercase());
    // The positions of both are the same as long as no letter changes its length.
    if lower.len() != text.len() {
        return if lower.contains(&address) { "…".to_owned() } else { text.to_owned() };
    }
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(found) = lower[at..].find(&address).filter(|_| !address.is_empty()) {
        kept.push_str(&text[at..at + found]);
        kept.push('…');
        at += found + address.len();
    }
    kept + &text[at..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            to: "reader@example.org".into(),
            from_name: "澄湾镇 实绩公示".into(),
            subject: "第12期实绩公示：应报66人、已报60人、请假3人、迟报3人，共512条，其中您关注的水务所8条"
                .into(),
            text: "您好\n.\n第12期".into(),
            html: "<p>您好</p>".into(),
            id: "digest.1.12".into(),
            unsubscribe: Some("https://board.example/chengwan/zh/follow/stop/1/abc".into()),
        }
    }

    #[test]
    fn an_address_is_left_out_however_a_server_writes_it() {
        let said = "<wang.reject@example.org>: unknown; try Wang.Reject@example.org";
        assert_eq!(without(said, "Wang.Reject@Example.org"), "<…>: unknown; try …");
        assert_eq!(without("no route to host", "a@b.example"), "no route to host");
    }

    #[test]
    fn every_line_of_a_letter_is_short_and_ascii() {
        let mail = Mail::new("smtp://localhost:2525", "board@chengwan.example").unwrap();
        let bytes = mail.message(&letter()).unwrap().formatted();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.is_ascii());
        assert!(text.split("\r\n").all(|line| line.len() <= 78 || line.contains("http")), "{text}");
        assert!(text.contains("Message-ID: <digest.1.12@chengwan.example>"));
        assert!(text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
        assert!(text.contains("List-Unsubscribe: <https://board.example/chengwan/zh/follow/stop/1/abc>"));
    }

    #[test]
    fn words_from_outside_add_no_header() {
        let mail = Mail::new("smtp://localhost:2525", "board@chengwan.example").unwrap();
        let sly = Letter { subject: "期\r\nBcc: all@example.org".into(), ..letter() };
        let text = String::from_utf8(mail.message(&sly).unwrap().formatted()).unwrap();
        assert!(!text.contains("\r\nBcc"), "{text}");
    }

    #[test]
    fn only_what_mail_can_be_sent_to_is_an_address() {
        for good in ["reader@example.org", "a.b+c@mail.example.cn"] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "",
            "reader",
            "reader@localhost",
            "reader@[127.0.0.1]",
            "a b@example.org",
            "a@b@c.org",
            "x@example.org\r\nBcc: y@z.org",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }

    #[test]
    fn settings_that_cannot_be_read_are_refused() {
        assert!(Mail::new("http://mail.example", "board@chengwan.example").is_err());
        assert!(Mail::new("smtp://mail.example", "board").is_err());
    }
}
