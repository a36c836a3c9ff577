//! Where a webhook may lead.

use crate::refusal::Refusal;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Webhooks of one place.
pub const HOOKS_MOST: usize = 10;
/// Characters of an address.
pub const URL_LENGTH_MOST: usize = 500;
/// Characters of a robot's own secret.
pub const ROBOT_SECRET_LENGTH_MOST: usize = 200;

/// What listens at a webhook's address. Robots of the group chats that offices use take messages in their own form only;
/// each is known by its host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listener {
    /// A program that reads our JSON and its signature.
    Program,
    /// 企业微信.
    WeCom,
    /// 钉钉, which takes messages in the same form as 企业微信, and may ask for a signature in the address.
    DingTalk,
    /// 飞书, which may ask for a signature in the message.
    Feishu,
}

impl Listener {
    pub fn of(host: &str) -> Listener {
        match host {
            "qyapi.weixin.qq.com" => Listener::WeCom,
            "oapi.dingtalk.com" | "api.dingtalk.com" => Listener::DingTalk,
            "open.feishu.cn" | "open.larksuite.com" => Listener::Feishu,
            _ => Listener::Program,
        }
    }

    /// Of the host that an address names.
    pub fn of_address(address: &str) -> Listener {
        let host_and_port = address.split('/').nth(2).unwrap_or_default();
        Listener::of(host_and_port.split(':').next().unwrap_or_default())
    }

    /// # Errors
    /// Refuses a secret for whoever does not sign with it, and what no robot gives out as one.
    pub fn check_robot_secret(self, secret: &str) -> Result<(), Refusal> {
        let is_secret = (1..=ROBOT_SECRET_LENGTH_MOST).contains(&secret.len())
            && secret.bytes().all(|byte| byte.is_ascii_graphic());
        match self {
            Listener::Program => Err(Refusal::new("refusal-robot-secret-program")),
            Listener::WeCom => Err(Refusal::new("refusal-robot-secret-wecom")),
            Listener::DingTalk | Listener::Feishu if is_secret => Ok(()),
            Listener::DingTalk | Listener::Feishu => Err(Refusal::new("refusal-robot-secret")),
        }
    }

    /// Answers 200 whatever happened and says in a number whether the message was taken.
    pub fn answers_with_code(self) -> bool {
        self != Listener::Program
    }
}

pub fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

/// Whether an address belongs to the open network (IANA special-purpose address registries): neither this machine, nor
/// the house, nor the cloud's inside, also when an IPv6 address wraps it.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = a == 0
        || a == 10
        || a == 127
        || (a == 100 && (64..128).contains(&b))
        || (a == 169 && b == 254)
        || (a == 172 && (16..32).contains(&b))
        || (a == 192 && b == 168)
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113)
        || a >= 224;
    // The inside address of one large cloud lies in the open range.
    !special && address != Ipv4Addr::new(168, 63, 129, 16)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let last_two = || {
        let [a, b] = parts[6].to_be_bytes();
        let [c, d] = parts[7].to_be_bytes();
        Ipv4Addr::new(a, b, c, d)
    };
    match parts {
        // Mapped and translated IPv4.
        [0, 0, 0, 0, 0, 0xffff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => is_public_v4(last_two()),
        [0x2002, high, low, ..] => {
            let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
            is_public_v4(Ipv4Addr::new(a, b, c, d))
        }
        // Teredo and other protocol assignments; documentation.
        [0x2001, second, ..] if second < 0x200 || second == 0xdb8 => false,
        [0x3fff, second, ..] if second < 0x1000 => false,
        [first, ..] => (0x2000..0x4000).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn robots_of_group_chats_are_known_by_their_host() {
        assert_eq!(Listener::of("qyapi.weixin.qq.com"), Listener::WeCom);
        assert_eq!(Listener::of("oapi.dingtalk.com"), Listener::DingTalk);
        assert_eq!(Listener::of("open.feishu.cn"), Listener::Feishu);
        assert_eq!(Listener::of("qyapi.weixin.qq.com.example.org"), Listener::Program);
        let address = "https://oapi.dingtalk.com:443/robot/send?access_token=invented";
        assert_eq!(Listener::of_address(address), Listener::DingTalk);
        assert_eq!(Listener::of_address("https://[::1]/open.feishu.cn"), Listener::Program);
        assert_eq!(Listener::of_address("oapi.dingtalk.com"), Listener::Program);
    }

    #[test]
    fn only_robots_that_sign_with_a_secret_of_their_own_take_one() {
        let key = |listener: Listener, secret: &str| {
            listener.check_robot_secret(secret).map_err(|refusal| refusal.key).err()
        };
        for listener in [Listener::DingTalk, Listener::Feishu] {
            assert_eq!(key(listener, "SECinvented"), None);
            for bad in ["", "SEC invented", "密钥", &"x".repeat(ROBOT_SECRET_LENGTH_MOST + 1)] {
                assert_eq!(key(listener, bad), Some("refusal-robot-secret"), "{bad}");
            }
        }
        assert_eq!(key(Listener::WeCom, "SECinvented"), Some("refusal-robot-secret-wecom"));
        assert_eq!(key(Listener::Program, "SECinvented"), Some("refusal-robot-secret-program"));
    }

    #[test]
    fn the_open_network_is_public() {
        for text in
            ["8.8.8.8", "1.1.1.1", "172.32.0.1", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"]
        {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn the_house_and_the_machine_are_not() {
        for text in [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "100.100.100.200",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.192",
            "192.168.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "168.63.129.16",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::1",
            "2001:0:1::1",
            "2001:db8::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
    }
}
