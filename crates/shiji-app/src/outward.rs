//! The way out of the house: whether and how mail and calls to webhooks leave.

use shiji_send::hook::HookCaller;
use shiji_send::mail::Mail;
use std::sync::Arc;

#[derive(Debug, Clone, Default)]
pub struct Outward {
    /// Of the installation, without a slash at the end: what links in mail begin with.
    pub address: Option<String>,
    pub mail: Option<Arc<Mail>>,
    pub hooks: HookCaller,
}

impl Outward {
    /// The absolute address of a path, when the installation knows its own.
    pub fn address_of(&self, path: &str) -> Option<String> {
        self.address.as_ref().map(|address| format!("{address}{path}"))
    }

    /// Mail to readers needs links that lead back here.
    pub fn sends_mail(&self) -> bool {
        self.address.is_some() && self.mail.is_some()
    }
}
