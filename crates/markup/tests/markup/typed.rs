//! What a person types, and the HTML it becomes.

use markup::{Rendered, excerpt, foreign, render};

use crate::{ORIGIN, inspect};

const REL: &str = "rel=\"nofollow noopener ugc\"";

fn html(text: &str) -> String {
    let rendered = render(text, ORIGIN);
    assert_eq!(
        inspect::faults(&rendered.html),
        Vec::<String>::new(),
        "{text}"
    );
    assert_eq!(
        foreign(&rendered.html).html,
        rendered.html,
        "{text}: cleaning again changed it"
    );
    rendered.html
}

#[track_caller]
fn table(rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        assert_eq!(html(text), expected.replace("REL", REL), "{text}");
    }
}

#[test]
fn markdown() {
    table(&[
        ("", ""),
        ("one\ntwo", "<p>one<br>two</p>"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        (
            "*a* **b** ~~c~~ `d`",
            "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>",
        ),
        ("# Title\ntext", "<p><strong>Title</strong></p><p>text</p>"),
        ("text\n---", "<p>text</p><hr>"),
        (
            "- a\n- b\n  - c",
            "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>",
        ),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("3. a\n4. b", "<ol start=\"3\"><li>a</li><li>b</li></ol>"),
        (
            "```rust\nlet a = b<c>;\n\n#x\n```",
            "<pre><code>let a = b&lt;c&gt;;\n\n#x</code></pre>",
        ),
        ("a | b\n--|--\n1 | 2", "<p>a | b<br>--|--<br>1 | 2</p>"),
        (
            "<b>bold</b> &amp; &lt;i&gt;",
            "<p>&lt;b&gt;bold&lt;/b&gt; &amp; &lt;i&gt;</p>",
        ),
        ("a \\* b \\# c \\< d", "<p>a * b # c &lt; d</p>"),
        (
            "snake_case_name 2*3*4",
            "<p>snake_case_name 2<em>3</em>4</p>",
        ),
    ]);
}

#[test]
fn greentext() {
    table(&[
        (">be me", "<p><span class=\"quote\">&gt;be me</span></p>"),
        ("> be me", "<p><span class=\"quote\">&gt; be me</span></p>"),
        (
            ">a\n>b\nc",
            "<p><span class=\"quote\">&gt;a</span><br><span class=\"quote\">&gt;b</span><br>c</p>",
        ),
        ("a\n>b", "<p>a<br><span class=\"quote\">&gt;b</span></p>"),
        (
            ">a *b* c",
            "<p><span class=\"quote\">&gt;a <em>b</em> c</span></p>",
        ),
        (
            ">*a\nb* c\nd",
            "<p><span class=\"quote\">&gt;<em>a<br>b</em> c</span><br>d</p>",
        ),
        (">>>x", "<p><span class=\"quote\">&gt;&gt;&gt;x</span></p>"),
        ("a > b", "<p>a &gt; b</p>"),
        ("\\>a", "<p>&gt;a</p>"),
        (
            "- >a\n- b",
            "<ul><li><span class=\"quote\">&gt;a</span></li><li>b</li></ul>",
        ),
        ("```\n>a\n```", "<pre><code>&gt;a</code></pre>"),
        ("`\n>a`", "<p><code> &gt;a</code></p>"),
    ]);
}

#[test]
fn references() {
    let marker = |key: &str, text: &str| format!("<a class=\"ref\" data-ref=\"{key}\">{text}</a>");
    let one = marker("1", "&gt;&gt;1");
    let art = marker("art/2", "&gt;&gt;&gt;/art/2");
    let far = marker("art@h.example:8443/3", "&gt;&gt;&gt;/art@h.example:8443/3");
    table(&[
        (">>1", &format!("<p>{one}</p>")),
        (">>1\ntext", &format!("<p>{one}<br>text</p>")),
        ("a >>1, >>>/art/2!", &format!("<p>a {one}, {art}!</p>")),
        (">>>/art@H.example:8443/3", &format!("<p>{far}</p>")),
        (
            ">see >>1",
            &format!("<p><span class=\"quote\">&gt;see {one}</span></p>"),
        ),
        ("**>>1**", &format!("<p><strong>{one}</strong></p>")),
        ("- >>1", &format!("<ul><li>{one}</li></ul>")),
        ("`>>1`", "<p><code>&gt;&gt;1</code></p>"),
        ("    >>1", "<pre><code>&gt;&gt;1</code></pre>"),
        (
            "[see >>1](https://a.example/)",
            "<p><a href=\"https://a.example/\" REL>see &gt;&gt;1</a></p>",
        ),
        ("[>>1](https://a.example/)", &format!("<p>{one}</p>")),
    ]);
    let rendered = render(">>1 >>1 >>>/art/2 >>>/art@h.example/3", ORIGIN);
    let found: Vec<String> = rendered
        .references
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(found, [">>1", ">>>/art/2", ">>>/art@h.example/3"]);
    let again = foreign(&rendered.html);
    assert_eq!(again.references, rendered.references);
}

#[test]
fn spoilers() {
    let spoiler = |text: &str| format!("<span class=\"spoiler\" tabindex=\"0\">||{text}||</span>");
    table(&[
        ("he ||dies||.", &format!("<p>he {}.</p>", spoiler("dies"))),
        ("||a *b*||", &format!("<p>{}</p>", spoiler("a <em>b</em>"))),
        (
            ">||a||",
            &format!("<p><span class=\"quote\">&gt;{}</span></p>", spoiler("a")),
        ),
        ("a || b", "<p>a || b</p>"),
        ("`||a||`", "<p><code>||a||</code></p>"),
    ]);
    assert_eq!(
        excerpt(&html("he ||dies|| at the *end*"), 80),
        "he █████ at the end"
    );
}

#[test]
fn links() {
    table(&[
        (
            "see https://www.a.example/b.",
            "<p>see <a href=\"https://www.a.example/b\" REL>a.example/b</a>.</p>",
        ),
        (
            "<https://a.example>",
            "<p><a href=\"https://a.example/\" REL>a.example</a></p>",
        ),
        (
            "https://a.example/_b_/*c*",
            "<p><a href=\"https://a.example/_b_/*c\" REL>a.example/_b_/*c</a>*</p>",
        ),
        (
            "`https://a.example/<b>`",
            "<p><code>https://a.example/&lt;b&gt;</code></p>",
        ),
        (
            "[text](https://a.example \"https://b.example\")",
            "<p><a href=\"https://a.example/\" REL>text</a></p>",
        ),
        (
            "[*t*](mailto:a@b.example)",
            "<p><a href=\"mailto:a@b.example\" REL><em>t</em></a></p>",
        ),
        (
            "[home](/b/art)",
            "<p><a href=\"https://stoa.example/b/art\" REL>home</a></p>",
        ),
        ("[x](//evil.example) [y](b)", "<p>x y</p>"),
        (
            "[bank.com](https://evil.example)",
            "<p><a href=\"https://evil.example/\" REL>bank.com (evil.example)</a></p>",
        ),
        (
            "[https://bank.com/](https://evil.example)",
            "<p><a href=\"https://evil.example/\" REL>https://bank.com/ (evil.example)</a></p>",
        ),
        (
            "![a cat](https://a.example/c.png)",
            "<p><a href=\"https://a.example/c.png\" REL>a cat</a></p>",
        ),
        (
            "![](https://a.example/c.png)",
            "<p><a href=\"https://a.example/c.png\" REL>a.example/c.png</a></p>",
        ),
        (
            "[![alt](https://a.example/i)](https://b.example)",
            "<p><a href=\"https://b.example/\" REL>alt</a></p>",
        ),
        (
            "[@anna #cat](https://a.example)",
            "<p><a href=\"https://a.example/\" REL>@anna #cat</a></p>",
        ),
        (
            "[a]\n\n[a]: https://a.example",
            "<p><a href=\"https://a.example/\" REL>a</a></p>",
        ),
    ]);
}

#[test]
fn mentions_and_hashtags() {
    let mention = |name: &str| {
        format!("<a href=\"https://stoa.example/u/{name}\" class=\"mention\" REL>@{name}</a>")
    };
    let tag = |path: &str, text: &str| {
        format!(
            "<a href=\"https://stoa.example/t/{path}\" class=\"hashtag\" rel=\"tag nofollow noopener ugc\">#{text}</a>"
        )
    };
    table(&[
        (
            "hi @Anna, @bob@b.example.",
            &format!(
                "<p>hi {}, {}.</p>",
                mention("anna"),
                mention("bob@b.example")
            ),
        ),
        (
            ">@anna",
            &format!(
                "<p><span class=\"quote\">&gt;{}</span></p>",
                mention("anna")
            ),
        ),
        (
            "me@b.example a.b+c@d.example",
            "<p>me@b.example a.b+c@d.example</p>",
        ),
        ("me\\@b.example \\@anna", "<p>me@b.example @anna</p>"),
        ("`@anna #cat`", "<p><code>@anna #cat</code></p>"),
        (
            "#Cat and #写真",
            &format!(
                "<p>{} and {}</p>",
                tag("cat", "Cat"),
                tag("%E5%86%99%E7%9C%9F", "写真")
            ),
        ),
        (
            "#pixel-art_x C# #1 \\#no",
            &format!("<p>{} C# #1 #no</p>", tag("pixel-art_x", "pixel-art_x")),
        ),
        (
            "@foo_bar_baz",
            &format!("<p>{}</p>", mention("foo_bar_baz")),
        ),
    ]);
    let Rendered { mentions, tags, .. } = render("@a @A @b@c.example #X #x #y", ORIGIN);
    let mentions: Vec<String> = mentions.iter().map(ToString::to_string).collect();
    assert_eq!(mentions, ["a", "b@c.example"]);
    assert_eq!(tags, ["x", "y"]);
}

#[test]
fn counts_have_limits() {
    let count = |format: &dyn Fn(usize) -> String| -> String { (0..600).map(format).collect() };
    let rendered = render(&count(&|n| format!(">>{} @u{n} #t{n} ", n + 1)), ORIGIN);
    assert_eq!(rendered.references.len(), markup::limits::REFERENCES);
    assert_eq!(rendered.mentions.len(), markup::limits::MENTIONS);
    assert_eq!(rendered.tags.len(), markup::limits::TAGS);
    let addresses = render(&"https://a.example ".repeat(600), ORIGIN).html;
    assert_eq!(addresses.matches("<a ").count(), markup::limits::LINKS);
    let long = render(&"a".repeat(markup::limits::INPUT * 2), ORIGIN).html;
    assert_eq!(long.len(), markup::limits::INPUT + "<p></p>".len());
}

#[test]
fn depth_has_a_limit() {
    let emphasis = format!("{}x{}", "*a **b ".repeat(30), " c** d*".repeat(30));
    let lists: String = (0..60)
        .map(|depth| format!("{}- a\n", "  ".repeat(depth)))
        .collect();
    for text in [emphasis, lists, format!("{}x", "- ".repeat(60))] {
        let html = html(&text);
        let (mut depth, mut deepest) = (0_usize, 0);
        for tag in html.split('<').skip(1).filter(|tag| !tag.starts_with("br")) {
            depth = if tag.starts_with('/') {
                depth - 1
            } else {
                depth + 1
            };
            deepest = deepest.max(depth);
        }
        assert_eq!(deepest, markup::limits::DEPTH, "{text}");
    }
}
