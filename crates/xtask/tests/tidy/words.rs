//! Files speak of the product alone: not of the machine or the tools a line was written with.
//! The words are kept as digests (FNV-1a, 64 bit), because a list of them would break the rule it holds.

use crate::tree;

/// Folders of one machine; a path that is right on every machine is relative or comes from a setting.
const MACHINE_PATHS: [&str; 4] = [
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/wo", "rk/"),
    concat!("/Use", "rs/"),
];

const FOREIGN_WORDS: [u64; 16] = [
    0x2391_9480_3edf_98f7,
    0x2524_b426_1996_11b3,
    0x8a1b_8f4a_0a91_3503,
    0x7f7a_7547_86a6_64b8,
    0xa113_d274_5d70_6ce3,
    0xd523_5518_fae1_f922,
    0x0d02_af72_4dfa_4062,
    0x125b_6919_1db9_4ab8,
    0xea9e_60ad_81da_16f1,
    0xd4c8_0b5a_1bd0_7e8e,
    0x04dc_2554_6038_2976,
    0x7a3c_735f_7f6d_b37f,
    0x2ffb_778d_fae5_4384,
    0xcd80_823a_a838_f666,
    0xff7b_fb06_707e_8f30,
    0x092a_c59e_6d01_8f41,
];

#[test]
fn files_name_no_machine() {
    let mut offenders = Vec::new();
    for file in tree::files() {
        for (number, line) in file.lines() {
            if MACHINE_PATHS.iter().any(|path| names_path(line, path)) {
                offenders.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }
    tree::none("These paths exist on one machine only:", &offenders);
}

#[test]
fn files_speak_of_the_product_alone() {
    let mut offenders = Vec::new();
    for file in tree::files() {
        for (number, line) in file.lines() {
            let words = line.split(|c: char| !c.is_ascii_alphanumeric());
            if words.map(digest).any(|word| FOREIGN_WORDS.contains(&word)) {
                offenders.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }
    tree::none(
        "These lines speak of something else than the product:",
        &offenders,
    );
}

/// Whether a line holds the path from the root of a file system, not as the middle of an address.
fn names_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || "_-.}".contains(c))
    })
}

fn digest(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        let folded = u64::from(byte.to_ascii_lowercase());
        (hash ^ folded).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
