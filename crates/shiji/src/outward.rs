//! The settings of the way out: the installation's own address, and its mail server.

use anyhow::{Context as _, Result};
use shiji_app::outward::Outward;
use shiji_send::hook::HookCaller;
use shiji_send::mail::Mail;
use std::sync::Arc;

#[derive(Debug, Clone, Default, clap::Args)]
pub struct OutwardArguments {
    /// Address at which readers find this installation, such as https://board.chengwan.gov.example: links in mail
    /// and QR codes on paper lead there.
    #[arg(long, env = "SHIJI_PUBLIC_URL")]
    public_url: Option<String>,
    /// Mail server: smtp://USER:PASSWORD@HOST:587?tls=required, smtps://USER:PASSWORD@HOST, or smtp://HOST on one's own
    /// network. Without it no mail is sent.
    #[arg(long, env = "SHIJI_SMTP", hide_env_values = true)]
    smtp: Option<String>,
    /// Address that letters come from.
    #[arg(long, env = "SHIJI_MAIL_FROM")]
    mail_from: Option<String>,
}

impl OutwardArguments {
    /// # Errors
    /// When a setting cannot be read, or mail is set without the addresses that it needs.
    pub fn open(&self) -> Result<Outward> {
        let address = self.public_url.as_deref().map(public_address).transpose()?;
        let mail = match &self.smtp {
            None => None,
            Some(server) => {
                let from = self.mail_from.as_deref().context("mail needs a sender: set SHIJI_MAIL_FROM")?;
                anyhow::ensure!(
                    address.is_some(),
                    "letters need links that lead back here: set SHIJI_PUBLIC_URL"
                );
                Some(Arc::new(Mail::new(server, from)?))
            }
        };
        Ok(Outward { address, mail, hooks: HookCaller::default() })
    }
}

fn public_address(text: &str) -> Result<String> {
    let plain = text.trim_end_matches('/');
    let host = plain.strip_prefix("https://").or_else(|| plain.strip_prefix("http://"));
    let is_bare = host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ', '"']));
    anyhow::ensure!(is_bare, "SHIJI_PUBLIC_URL must look like https://board.example, without a path");
    Ok(plain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_without_what_it_needs_is_refused() {
        let smtp = Some("smtp://mail.example".to_owned());
        let from = Some("board@chengwan.example".to_owned());
        let url = Some("https://board.example/".to_owned());
        let open = |public_url: &Option<String>, smtp: &Option<String>, mail_from: &Option<String>| {
            let (public_url, smtp, mail_from) = (public_url.clone(), smtp.clone(), mail_from.clone());
            OutwardArguments { public_url, smtp, mail_from }.open()
        };
        assert!(open(&None, &smtp, &from).is_err());
        assert!(open(&url, &smtp, &None).is_err());
        assert!(open(&Some("board.example".into()), &None, &None).is_err());
        assert!(open(&Some("https://board.example/x".into()), &None, &None).is_err());
        assert!(!open(&url, &None, &None).unwrap().sends_mail());
    }

    #[tokio::test]
    async fn the_address_has_no_slash_at_its_end() {
        let arguments = OutwardArguments {
            public_url: Some("https://board.example/".into()),
            smtp: Some("smtp://mail.example".into()),
            mail_from: Some("board@chengwan.example".into()),
        };
        let outward = arguments.open().unwrap();
        assert!(outward.sends_mail());
        assert_eq!(outward.address_of("/x").as_deref(), Some("https://board.example/x"));
    }
}
