//! Makes files smaller: white space and comments out of styles and scripts, and what the wire compresses.

use std::io::Write;

use bytes::Bytes;

/// Style without comments and needless white space.
pub(super) fn css(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("/*") {
        words(&mut out, before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    words(&mut out, rest);
    out
}

/// A script without comment lines and indentation. No literal goes over several lines: a test of the sources sees to it.
pub(super) fn js(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let lines = source.lines().map(str::trim);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with("//")) {
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// The best brotli there is; done once for each file.
pub(super) fn brotli(plain: &[u8]) -> Bytes {
    let mut out = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut out, 4096, 11, 20);
    // Writing to memory does not fail.
    let _ = writer.write_all(plain);
    drop(writer);
    out.into()
}

/// The same for browsers without brotli.
pub(super) fn gzip(plain: &[u8]) -> Bytes {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let _ = writer.write_all(plain);
    writer.finish().unwrap_or_default().into()
}

fn words(out: &mut String, text: &str) {
    for word in text.split_ascii_whitespace() {
        let tight = |c: char| matches!(c, '{' | '}' | ';' | ',');
        if !out.is_empty() && !out.ends_with(tight) && !word.starts_with(tight) {
            out.push(' ');
        }
        out.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::{css, js};

    #[test]
    fn only_white_space_and_comments_go() {
        let source = "/* a */ .a :is(b, c) {\n  margin: 0 auto; /* b */\n  color: red;\n}\n.b { x: calc(1px + 2px) }";
        assert_eq!(
            css(source),
            ".a :is(b,c){margin: 0 auto;color: red;}.b{x: calc(1px + 2px)}"
        );
        let source = "// what it does\nconst a = \"//\";\n\n  // why\n  b(a); // once\n";
        assert_eq!(js(source), "const a = \"//\";\nb(a); // once\n");
    }
}
