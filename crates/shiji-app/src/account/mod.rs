//! Getting in and out: invitations, passwords, sessions.

mod accept_invitation;
mod change_password;
mod invite;
mod own_account;
mod password;
mod refused;
mod sign_in;
mod sign_out;

pub use accept_invitation::{Invited, accept_invitation, invited};
pub use change_password::{change_password, set_password_from_command_line};
pub use invite::{invite, invite_from_command_line};
pub use own_account::{OwnAccount, own_account};
pub use refused::record_refusal;
pub use sign_in::{normal_name, sign_in};
pub use sign_out::{sign_out, sign_out_everywhere};

use crate::app::App;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A secret for a link or a session: 256 bits.
fn new_token(app: &App) -> String {
    URL_SAFE_NO_PAD.encode(app.random::<32>())
}

#[cfg(test)]
mod tests;
