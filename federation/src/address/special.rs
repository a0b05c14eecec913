//! The table of special networks: not the public Internet, so never a peer.
//!
//! Sources: the IANA special-purpose address registries for IPv4 and IPv6 (RFC 6890 and its additions). Networks
//! that carry an IPv4 address inside are unwrapped by `address` before this table is asked.

use std::net::{Ipv4Addr, Ipv6Addr};

/// First address and prefix length.
const V4: [([u8; 4], u32); 16] = [
    ([0, 0, 0, 0], 8),       // this host; Linux connects it to loopback
    ([10, 0, 0, 0], 8),      // private use
    ([100, 64, 0, 0], 10),   // carrier-grade NAT
    ([127, 0, 0, 0], 8),     // loopback
    ([169, 254, 0, 0], 16),  // link-local; cloud metadata lives here
    ([172, 16, 0, 0], 12),   // private use
    ([192, 0, 0, 0], 24),    // IETF protocol assignments
    ([192, 0, 2, 0], 24),    // documentation
    ([192, 88, 99, 0], 24),  // 6to4 relays
    ([192, 168, 0, 0], 16),  // private use
    ([198, 18, 0, 0], 15),   // benchmarks
    ([198, 51, 100, 0], 24), // documentation
    ([203, 0, 113, 0], 24),  // documentation
    ([224, 0, 0, 0], 4),     // multicast
    ([240, 0, 0, 0], 4),     // reserved, with the broadcast address
    ([192, 31, 196, 0], 24), // AS112 sinks
];

const V6: [([u16; 8], u32); 13] = [
    ([0, 0, 0, 0, 0, 0, 0, 0], 96), // unspecified, loopback, IPv4-compatible
    ([0, 0, 0, 0, 0xffff, 0, 0, 0], 96), // IPv4-translated
    ([0x64, 0xff9b, 1, 0, 0, 0, 0, 0], 48), // NAT64 inside one network
    ([0x100, 0, 0, 0, 0, 0, 0, 0], 64), // discard
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23), // IETF protocol assignments, Teredo
    ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32), // documentation
    ([0x2002, 0, 0, 0, 0, 0, 0, 0], 16), // 6to4
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20), // documentation
    ([0x5f00, 0, 0, 0, 0, 0, 0, 0], 16), // segment routing
    ([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7), // unique local
    ([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10), // link-local
    ([0xfec0, 0, 0, 0, 0, 0, 0, 0], 10), // site-local, given up but still routed inside some houses
    ([0xff00, 0, 0, 0, 0, 0, 0, 0], 8), // multicast
];

/// Whether an IPv4 address is special.
pub(super) fn covers_v4(address: Ipv4Addr) -> bool {
    V4.iter().any(|(base, prefix)| {
        let mask = u32::MAX << (32 - prefix);
        address.to_bits() & mask == Ipv4Addr::from(*base).to_bits()
    })
}

/// Whether an IPv6 address that carries no IPv4 address is special.
pub(super) fn covers_v6(address: Ipv6Addr) -> bool {
    V6.iter().any(|(base, prefix)| {
        let mask = u128::MAX << (128 - prefix);
        address.to_bits() & mask == Ipv6Addr::from(*base).to_bits()
    })
}
