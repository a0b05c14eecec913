//! The words of a text in one form, so that a search finds them however they were written.
//!
//! Small letters without accents; scripts that write no spaces are cut into pairs of characters. A word is letters and
//! digits alone, so that it can stand in a query of any engine without being read as anything else.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::limits;

/// The words of a text that is kept, each once, at most [`limits::WORDS`].
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    cut(text, Ends::Kept)
}

/// The words of a text that is looked for: as [`words`], but the last character of a run without spaces is no word of
/// its own where a pair holds it.
#[must_use]
pub fn asked_words(text: &str) -> Vec<String> {
    cut(text, Ends::Left)
}

/// What becomes of the last character of a run without spaces, which begins no pair.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    Kept,
    Left,
}

fn cut(text: &str, ends: Ends) -> Vec<String> {
    let mut found = Found::default();
    let (mut word, mut run) = (String::new(), Vec::new());
    let folded = text.nfkd().filter(|c| !is_combining_mark(*c));
    for c in folded.flat_map(char::to_lowercase) {
        if is_unspaced(c) {
            found.word(&mut word);
            run.push(c);
        } else {
            found.run(&mut run, ends);
            if c.is_alphanumeric() {
                word.push(c);
            } else {
                found.word(&mut word);
            }
        }
        if found.words.len() >= limits::WORDS {
            return found.words;
        }
    }
    found.word(&mut word);
    found.run(&mut run, ends);
    found.words
}

#[derive(Default)]
struct Found {
    words: Vec<String>,
    seen: std::collections::HashSet<String>,
}

impl Found {
    fn word(&mut self, word: &mut String) {
        let word = std::mem::take(word);
        self.add(word.chars().take(limits::WORD).collect());
    }

    fn run(&mut self, run: &mut Vec<char>, ends: Ends) {
        for pair in run.windows(2) {
            self.add(pair.iter().collect());
        }
        if let Some(last) = run.last()
            && (run.len() == 1 || ends == Ends::Kept)
        {
            self.add(last.to_string());
        }
        run.clear();
    }

    fn add(&mut self, word: String) {
        if !word.is_empty() && self.words.len() < limits::WORDS && self.seen.insert(word.clone()) {
            self.words.push(word);
        }
    }
}

/// Letters of scripts that put no space between words: Thai to Khmer, kana, Han.
fn is_unspaced(c: char) -> bool {
    let letter = matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    letter && c.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_for_all_spellings() {
        for (text, expected) in [
            ("Über den CAFÉ-Tisch", vec!["uber", "den", "cafe", "tisch"]),
            ("ﬁne  fine\u{0}FINE", vec!["fine"]),
            ("a_b >>123 'x'); DROP", vec!["a", "b", "123", "x", "drop"]),
            ("東京タワー", vec!["東京", "京タ", "タワ", "ワー", "ー"]),
            ("猫 cat", vec!["猫", "cat"]),
            ("😀 -- \"\" * :", vec![]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
        assert_eq!(asked_words("東京"), ["東京"]);
        assert_eq!(asked_words("猫"), ["猫"]);
    }

    #[test]
    fn words_are_bounded_and_plain() {
        let many: String = (0..limits::WORDS * 2).map(|n| format!("w{n} ")).collect();
        assert_eq!(words(&many).len(), limits::WORDS);
        let long = words(&"a".repeat(10_000));
        assert_eq!(long, ["a".repeat(limits::WORD)]);
        let odd = "x\u{301}y 1⁄2 ½ Ⓐ ١٢ हिन्दी \u{202e}z a'b\\c\"d&e|f!(g):h*";
        let plain = |word: &String| word.chars().all(char::is_alphanumeric);
        assert!(words(odd).iter().all(plain), "{:?}", words(odd));
    }
}
