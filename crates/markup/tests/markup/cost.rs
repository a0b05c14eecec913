//! Text that wants to cost: each must be done long before something quadratic in 64 kB would be.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use markup::{Rendered, Target, excerpt, foreign, limits, link_references, render};

use crate::ORIGIN;

/// Much more than linear work needs in an unoptimised build on a busy machine, much less than the square of its steps.
const PATIENCE: Duration = Duration::from_secs(10);

/// Largest growth: a line of one `>` becomes a greentext span and a line break.
const GROWTH: usize = 18;

/// Half the limit shows what grows too fast, and keeps the test short.
const SIZE: usize = limits::INPUT / 2;

fn typed(text: &str) -> Rendered {
    render(text, ORIGIN)
}

fn check(rendered: &Rendered) {
    let Rendered {
        html, references, ..
    } = rendered;
    assert!(html.len() <= SIZE * GROWTH, "{} bytes", html.len());
    assert!(references.len() <= limits::REFERENCES);
    assert!(link_references(html, |_| Target::Dead).len() <= html.len() * 2);
    assert!(excerpt(html, 100).chars().count() <= 100);
}

/// Whatever one of the parsers may look for.
#[rustfmt::skip]
const MARKS: [&str; 82] = [
    "||", "|", "[", "]", "*", "**", "_", "~~", "`", ">", "> ", ">>", ">>>/", ">>>/a", ">>1", "![",
    "](", "[a](", "<", "&", "\\", "@", "@a", "@a@", "#", "#a", "#a ", "@a ", "- ", "1. ", "*a ",
    "**a ", "a**", "_a_ ", "||a", "||a||", "[x](https://a.b)", "![x](", "[[", "]]", "`a``", "\n",
    "\n\n", ">\n", "a\n", ">a\n", " ", "\t", "# ", "---\n", "```\n", "~~~", "[a]: b\n", "[a]",
    "https://", "https://a ", "http://a.b/(", "h", "\u{301}", "👩\u{200d}", "\u{200b}", "(", ")",
    "<https://a.b", "&gt;", "&#", "&#x", "\"", "'", "www.", ":", "//", "- a\n", "* * ", "+ \n",
    "1)\n", "\\\n", " \n", "|a|\n", "|-|\n", "~~a", "~a~",
];

#[track_caller]
fn in_time(make: fn(&str) -> Rendered, texts: &[String]) {
    for text in texts {
        let (done, wait) = mpsc::channel();
        let own: String = text.chars().take(SIZE).collect();
        let worker = thread::spawn(move || {
            check(&make(&own));
            let _ = done.send(());
        });
        let start: String = text.chars().take(40).collect();
        match wait.recv_timeout(PATIENCE) {
            Err(mpsc::RecvTimeoutError::Timeout) => panic!("too slow: {start:?}…"),
            _ => assert!(worker.join().is_ok(), "failed: {start:?}…"),
        }
    }
}

#[test]
fn repeated_marks() {
    let repeated = MARKS.map(|mark| mark.repeat(SIZE / mark.len()));
    in_time(typed, &repeated);
}

#[test]
fn nested_marks() {
    let nested = |open: &str, close: &str| {
        let times = SIZE / (open.len() + close.len() + 1);
        format!("{}x{}", open.repeat(times), close.repeat(times))
    };
    let lists: String = (0..300)
        .map(|depth| format!("{}- a\n", "  ".repeat(depth)))
        .collect();
    let definitions: String = (0..4000)
        .map(|n| format!("[a{n}]: https://a.b/{n}\n"))
        .collect();
    in_time(
        typed,
        &[
            nested("*", "*"),
            nested("**", "**"),
            nested("*a **b ", " c** d*"),
            nested("||", "||"),
            nested("||a ", " b||"),
            nested("[", "](https://a.b)"),
            nested("![", "](https://a.b)"),
            nested("[", "]"),
            nested("> ", ""),
            nested("- ", "\n"),
            nested("- ", "\n") + &"\n".repeat(30_000),
            nested("1. > ", "\n"),
            nested("`", " ``"),
            lists,
            format!(
                "{}\n{}",
                "- ".repeat(100),
                "\n".repeat(8) + &"  a\n".repeat(9000)
            ),
            format!("{definitions}{}", "[a1][a2]".repeat(500)),
            format!("{}{}", "*a ".repeat(10_000), "_b ".repeat(10_000)),
            (0..10_000)
                .map(|n| format!("{}x", "`".repeat(n % 200)))
                .collect(),
        ],
    );
}

#[test]
fn nested_html() {
    let tags = [
        "<b>",
        "<p>",
        "<div>",
        "<span>",
        "<span class=quote>",
        "<a href=https://a.b>",
        "<ul>",
        "<li>",
        "<ul><li>",
        "<blockquote>",
        "<table>",
        "<td>",
        "<svg>",
        "<pre>",
        "<b><p>",
        "<p><b>x",
        "</p>",
        "</b>",
        "<br>",
        "<i></b>",
        "<ruby><rt>",
        "<details>",
        "<summary>",
        "<h1>",
        "<script>",
        "<!--",
        "<b ",
        "<b a",
        "<a href=",
        "&amp",
        "<font color=a><p>",
        "<template>",
        "<code>",
        "<form>",
        "<select>",
        "<option>",
        "<math>",
        "</div>",
        "<details><summary>",
        "<img class=emoji alt=aaaaaaaaa>",
    ];
    let mut texts: Vec<String> = tags
        .iter()
        .map(|tag| tag.repeat(SIZE / tag.len()))
        .collect();
    // Different attributes defeat the parser's limit on equal formatting elements.
    let formats: String = (0..2500).map(|n| format!("<b a={n}>")).collect();
    texts.push(format!("{formats}{}", "<p>x".repeat(10_000)));
    texts.push(format!(
        "<b {}>",
        (0..12_000).map(|n| format!("a{n} ")).collect::<String>()
    ));
    texts.push(format!("{}{}", "<span>".repeat(5000), "</i>".repeat(8000)));
    texts.push(format!("{}{}", "<b>".repeat(10_000), "</b>".repeat(8000)));
    in_time(foreign, &texts);
}
