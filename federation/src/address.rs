//! Says whether an address may be spoken to: public ones always, special ones only where the operator allows them.
//!
//! An IPv6 address may carry an IPv4 one inside (mapped, compatible, 6to4, NAT64); the inner one is what the
//! packet reaches, so both are checked. The table is `address/special.rs` (IANA special-purpose registries).
//! Called by `resolve` for every answer of the DNS and by `fetch` for addresses written in a URL.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

mod special;

/// Which special (private, loopback, reserved …) addresses this node may speak to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Private {
    /// None: the only sound answer on the open Internet.
    #[default]
    None,
    /// All of them: demos and tests on one machine.
    All,
    /// Those inside one of these networks: peers in a company or home network.
    Cidrs(Vec<Network>),
}

/// Whom this node may reach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The special addresses that are allowed besides all public ones.
    pub private: Private,
}

/// A network in CIDR notation, e.g. `10.0.0.0/8` or `fd00::/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    prefix: u8,
}

/// An address that must not be spoken to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{host} is at {address}, an address of a special network that this server does not speak to"
)]
pub(crate) struct Refused {
    /// The name or literal that was asked for.
    pub(crate) host: String,
    /// The address it has.
    pub(crate) address: IpAddr,
}

/// A value of `STOA_ALLOW_PRIVATE_PEERS` that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is not a network: give 1 for every private address, or a comma-separated list such as 10.0.0.0/8,fd00::/8"
)]
pub struct UnreadableNetwork(pub String);

impl Reach {
    /// Public addresses only.
    pub fn public() -> Self {
        Self::default()
    }

    /// Every address: for demos and tests on one machine.
    pub fn everywhere() -> Self {
        Self {
            private: Private::All,
        }
    }

    /// Reads `STOA_ALLOW_PRIVATE_PEERS`: empty or `0` for none, `1` for all, else a list of networks.
    ///
    /// # Errors
    /// [`UnreadableNetwork`] names the part that is neither.
    pub fn parse(setting: &str) -> Result<Self, UnreadableNetwork> {
        let private = match setting.trim() {
            "" | "0" => Private::None,
            "1" => Private::All,
            list => Private::Cidrs(
                list.split(',')
                    .map(str::trim)
                    .filter(|part| !part.is_empty())
                    .map(str::parse)
                    .collect::<Result<_, _>>()?,
            ),
        };
        Ok(Self { private })
    }

    /// Whether any special address is allowed at all. Only then plain http and other ports are thought about.
    pub fn has_private(&self) -> bool {
        self.private != Private::None
    }

    /// Whether `address` may be spoken to.
    pub fn allows(&self, address: IpAddr) -> bool {
        is_public(address) || self.allows_as_private(address)
    }

    /// Whether `address` is special and allowed by the operator. Plain http and ports other than 443 are
    /// accepted for such addresses only.
    pub fn allows_as_private(&self, address: IpAddr) -> bool {
        if is_public(address) {
            return false;
        }
        match &self.private {
            Private::None => false,
            Private::All => true,
            Private::Cidrs(networks) => {
                let address = innermost(address);
                networks.iter().any(|network| network.contains(address))
            }
        }
    }
}

impl Network {
    /// Whether `address` lies in this network.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.base, address) {
            (IpAddr::V4(base), IpAddr::V4(address)) => {
                let mask = u32::MAX
                    .checked_shl(32 - u32::from(self.prefix))
                    .unwrap_or(0);
                base.to_bits() & mask == address.to_bits() & mask
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => {
                let mask = u128::MAX
                    .checked_shl(128 - u32::from(self.prefix))
                    .unwrap_or(0);
                base.to_bits() & mask == address.to_bits() & mask
            }
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = UnreadableNetwork;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unreadable = || UnreadableNetwork(text.to_owned());
        let (base, prefix) = text
            .split_once('/')
            .map_or((text, None), |(base, prefix)| (base, Some(prefix)));
        let base: IpAddr = base.parse().map_err(|_| unreadable())?;
        let widest = if base.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            Some(digits) => digits.parse().map_err(|_| unreadable())?,
            None => widest,
        };
        if prefix > widest {
            return Err(unreadable());
        }
        Ok(Self { base, prefix })
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base, self.prefix)
    }
}

/// Whether the address is an ordinary one of the public Internet, and the one inside it too.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => !special::covers_v4(v4),
        IpAddr::V6(v6) => match embedded(v6) {
            // A carried address is never needed to reach a public peer; only NAT64 networks write them, for names
            // without AAAA records, and there the inner address decides.
            Some(Carrier::Nat64(inner)) => !special::covers_v4(inner),
            Some(Carrier::Mapped(inner)) => !special::covers_v4(inner),
            Some(Carrier::Obsolete(_)) => false,
            None => !special::covers_v6(v6),
        },
    }
}

enum Carrier {
    Mapped(Ipv4Addr),
    Nat64(Ipv4Addr),
    /// Compatible (`::/96`) and 6to4 (`2002::/16`): given up by the IETF, so never a peer.
    Obsolete(Ipv4Addr),
}

fn embedded(address: Ipv6Addr) -> Option<Carrier> {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let tail = from_halves(g, h);
    match (a, b, c, d, e, f) {
        (0, 0, 0, 0, 0, 0xffff) => Some(Carrier::Mapped(tail)),
        (0x64, 0xff9b, 0, 0, 0, 0) => Some(Carrier::Nat64(tail)),
        // `::` and `::1` look compatible too; they stay IPv6 so that a network list can name them.
        (0, 0, 0, 0, 0, 0) if g != 0 => Some(Carrier::Obsolete(tail)),
        (0x2002, ..) => Some(Carrier::Obsolete(from_halves(b, c))),
        _ => None,
    }
}

fn from_halves(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low))
}

/// The address a packet ends up at, for comparing with the operator's networks.
fn innermost(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address else {
        return address;
    };
    match embedded(v6) {
        Some(Carrier::Mapped(inner) | Carrier::Nat64(inner) | Carrier::Obsolete(inner)) => {
            inner.into()
        }
        None => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn special_addresses_are_refused_in_every_disguise() {
        for text in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::10.0.0.1",
            "::8.8.8.8",
            "::ffff:127.0.0.1",
            "::ffff:10.1.2.3",
            "64:ff9b::7f00:1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:1ff::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:c0a8:101::1",
            "2002:808:808::1",
            "3fff::1",
            "3fff:fff::1",
            "5f00::1",
            "fc00::1",
            "fdff::1",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!Reach::public().allows(ip(text)), "{text} must be refused");
        }
    }

    #[test]
    fn public_addresses_are_allowed() {
        for text in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2a01:4f8::1",
            "2001:200::1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
        ] {
            assert!(Reach::public().allows(ip(text)), "{text} must be allowed");
        }
    }

    #[test]
    fn a_list_of_networks_opens_these_networks_alone() {
        let reach = Reach::parse("10.0.0.0/8, fd00::/8,127.0.0.1").unwrap();
        assert!(reach.allows_as_private(ip("10.200.3.4")));
        assert!(reach.allows_as_private(ip("::ffff:10.200.3.4")));
        assert!(reach.allows_as_private(ip("fd12::1")));
        assert!(reach.allows_as_private(ip("127.0.0.1")));
        assert!(!reach.allows(ip("127.0.0.2")));
        assert!(!reach.allows(ip("192.168.0.1")));
        assert!(reach.allows(ip("8.8.8.8")));
        assert!(!reach.allows_as_private(ip("8.8.8.8")));
    }

    #[test]
    fn the_setting_is_read_or_explained() {
        assert_eq!(Reach::parse(" ").unwrap(), Reach::public());
        assert_eq!(Reach::parse("0").unwrap(), Reach::public());
        assert_eq!(Reach::parse("1").unwrap(), Reach::everywhere());
        assert!(Reach::everywhere().allows(ip("::1")));
        for wrong in ["yes", "10.0.0.0/33", "10.0.0.0/x", "::/129", "10.0.0/8"] {
            let error = Reach::parse(wrong).unwrap_err();
            assert!(error.to_string().contains(wrong), "{error}");
        }
    }

    #[test]
    fn a_prefix_of_nothing_is_everything() {
        let all: Network = "0.0.0.0/0".parse().unwrap();
        assert!(all.contains(ip("203.0.113.1")));
        assert!(!all.contains(ip("::1")));
        assert_eq!(all.to_string(), "0.0.0.0/0");
    }
}
