//! Every limit of this crate, in one place.
//!
//! They bound both the result and the work: with them, time and memory grow linearly with the input.

/// Longest input read, typed or foreign, in bytes. The rest is cut off; callers refuse longer text before.
pub const INPUT: usize = 64 * 1024;

/// Deepest nesting of elements in the HTML. Deeper elements are dropped, their text stays.
pub const DEPTH: usize = 32;

/// Different references counted in one text; further ones stay text.
pub const REFERENCES: usize = 32;

/// Different mentions counted in one text; further ones stay text.
pub const MENTIONS: usize = 32;

/// Different hashtags counted in one text; further ones stay text.
pub const TAGS: usize = 64;

/// Links made in one text from bare addresses, mentions and hashtags together, and again from references. Repeating
/// `#a` twenty thousand times must not make megabytes of HTML.
pub const LINKS: usize = 512;

/// Longest address a link may have, in bytes. A longer one stays text.
pub const ADDRESS: usize = 2048;

/// Longest visible form of a bare address, in characters.
pub const ADDRESS_SHOWN: usize = 40;

/// Longest name in a handle, in characters.
pub const NAME: usize = 64;

/// Longest host in a handle, in characters, without port (RFC 1035).
pub const HOST: usize = 253;

/// Longest hashtag, in characters.
pub const TAG: usize = 64;

/// Digits of a post number: what surely fits an `i64`.
pub const DIGITS: usize = 18;

/// Combining marks on one character; more is stacked decoration that covers neighbouring lines.
pub const COMBINING: usize = 8;

/// Budget of the Markdown parser, in units of 256 of its steps. Full-length
/// texts made to be slow were seen to need 1500; beyond the budget the text is shown as typed.
pub const PARSER_STEPS: usize = 4096;
/// Characters of a word that a search can find; the rest of a longer one is not looked at.
pub const WORD: usize = 64;
/// Different words of a text that a search can find.
pub const WORDS: usize = 4_096;
