//! Signatures that robots of group chats ask for in forms of their own. They stand beside the one of Standard Webhooks, which
//! no robot reads.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::Url;
use sha2::Sha256;

/// The address of a robot of 钉钉 with `timestamp` and `sign` behind it; `millis` since 1970 (钉钉开放平台,自定义机器人安全设置,加签).
/// `None` for what is no address.
pub fn dingtalk_address(url: &str, secret: &str, millis: i64) -> Option<String> {
    let mut url: Url = url.parse().ok()?;
    let sign = mac(secret, &format!("{millis}\n{secret}"))?;
    url.query_pairs_mut().append_pair("timestamp", &millis.to_string()).append_pair("sign", &sign);
    Some(url.into())
}

/// What stands as `sign` in a message to a robot of 飞书 beside its `timestamp`, `seconds` since 1970
/// (飞书开放平台,自定义机器人使用指南,签名校验). Time and secret are the key there, and nothing is signed with it.
pub fn feishu_sign(secret: &str, seconds: i64) -> Option<String> {
    mac(&format!("{seconds}\n{secret}"), "")
}

fn mac(key: &str, message: &str) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
    mac.update(message.as_bytes());
    Some(STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "SECinvented0secret0of0a0robot";

    #[test]
    fn dingtalk_finds_time_and_signature_behind_the_address() {
        let signed = |millis| {
            dingtalk_address("https://oapi.dingtalk.com/robot/send?access_token=a1", SECRET, millis).unwrap()
        };
        assert_eq!(
            signed(1_794_812_400_123),
            "https://oapi.dingtalk.com/robot/send?access_token=a1&timestamp=1794812400123\
             &sign=M%2BVhUrbqT7yoUbVr5ThuzB2w8TAGImENHCT%2BnhNd0xM%3D"
        );
        assert_eq!(
            signed(1_794_812_400_006),
            "https://oapi.dingtalk.com/robot/send?access_token=a1&timestamp=1794812400006\
             &sign=ngF%2BfQBFj00yZNmISkXpwIV%2FvZc2I8uGlWJhGk6J5Nc%3D"
        );
        assert_eq!(dingtalk_address("nowhere", SECRET, 1), None);
    }

    #[test]
    fn feishu_finds_its_signature_in_the_message() {
        let sign = feishu_sign(SECRET, 1_794_812_400);
        assert_eq!(sign.as_deref(), Some("hj4XzZBb6uCIhClvrpLQIXTXnUtZxwdlu3p8gw0D44Q="));
    }
}
