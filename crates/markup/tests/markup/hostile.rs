//! Text that wants to be script, markers that want to be links, letters that want not to be seen.

use markup::{foreign, plain_line, plain_text, render};

use crate::{ORIGIN, inspect};

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<SCRIPT SRC=//e.vil></SCRIPT>",
    "</p><script>alert(1)</script><p>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)//",
    "<img src=\"x\" \"onerror=\"alert(1)\">",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<svg><animate xlink:href=#x attributeName=href values=javascript:alert(1) /><a id=x><text>x</text></a>",
    "<svg><style><a title=\"</style></svg><img src onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math href=\"javascript:alert(1)\">x</math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<style>@import url(//e.vil)</style>",
    "<p style=\"background:url(javascript:alert(1))\" class=\"ref x\" id=\"y\">x</p>",
    "<link rel=stylesheet href=//e.vil><base href=//e.vil>",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<iframe src=javascript:alert(1)>",
    "<object data=data:text/html;base64,PHNjcmlwdD4=></object><embed src=//e.vil>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\" &#14; javascript:alert(1)\">x</a>",
    "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
    "<a href=\"java&NewLine;script&colon;alert(1)\">x</a>",
    "<a href=\"&#106;&#97;vascript:alert(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<a href=\"vbscript:x\">x</a><a href=\"file:///etc/passwd\">x</a><a href=\"blob:https://a.b/c\">x</a>",
    "<a href=//e.vil>x</a><a href=\\\\e.vil>x</a><a href=/x>x</a>",
    "<a href=\"https://bank.com@e.vil/\">x</a>",
    "<a href='https://a.b/' onclick=alert(1) target=_blank style=position:fixed title=x>x</a>",
    "<a class=\"ref\" data-ref=\"9\">&gt;&gt;1</a>",
    "<a class=ref data-ref=9 href=https://a.b/>x</a>",
    "<a href=\"https://a.b/\"><a href=\"https://c.d/\">x</a></a>",
    "<a href=\"https://a.b/&quot; onmouseover=&quot;alert(1)\">x</a>",
    "<form action=javascript:alert(1)><input autofocus onfocus=alert(1)><button formaction=javascript:x>x",
    "<textarea></textarea><img src=x onerror=alert(1)></textarea>",
    "<title><img src=x onerror=alert(1)></title>",
    "<xmp><img src=x onerror=alert(1)></xmp><plaintext><script>",
    "<template><script>alert(1)</script></template>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)><summary onclick=x>x</summary>y</details>",
    "<body onload=alert(1)><html manifest=x><frameset onload=x>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version=\"1.0\"?><x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">alert(1)</x:script>",
    "<p><b><i><a href=https://a.b/></b></p></i><ul><p><li></ol></a>x</ul>",
    "<table><td><a href=https://a.b/><tr><script>x</table>",
    "<span class=\"quote spoiler ref\" tabindex=5 role=button>x</span>",
    "<ol start=\"1\" onclick=x><ol start=\"1e9\"><ol start=99999999999999>",
    "[x](javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x) ![x](javascript:alert(1)) [x]( java\tscript:x )",
    "[x](https://a.b/\"onmouseover=\"alert(1))",
    "[x](https://a.b/ '\"><script>alert(1)</script>')",
    "[<script>]: javascript:alert(1)\n[<script>]",
    "<javascript:alert(1)> <https://a.b/\"onclick=alert(1)>",
    "https://a.b/\"><script>alert(1)</script>",
    "https://a.b/'onmouseover='alert(1)",
    "https://a.b/&quot;onmouseover=&quot;",
    "`<script>` ```<script>``` ~~<script>~~ ||<script>||",
    "```\"><script>\n<script>\n```",
    ">>1\"onclick=\"alert(1) >>>/a\"b/1 >>>/<b>/1 >>>/art@h\"x.y/1",
    "@a\"onclick=alert(1) @a@b.c\"><script> #x\"onclick=y #<script>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62; &#x3c;script",
    "&#xFDD4;0&#xFDD5; &#xFDD1;x &#xFDD0;script&#xFDD1; https://a.b/",
    "user\u{202e}txt.exe \u{2066}x\u{2069} &#x202e;x &rlm;x",
    "ad\u{200b}min \u{feff}x &ZeroWidthSpace;x &#8203;x &#x200d; a\u{200d}b",
    "a\0b\u{1}c\u{7f}d\u{9b}e &#0; &#1; &#127;",
    "\u{d7ff}\u{e000}\u{fffe}\u{10ffff}",
    "\u{2028}<script>\u{2029}",
];

#[test]
fn typed_text_is_harmless() {
    for text in HOSTILE {
        let html = render(text, ORIGIN).html;
        assert_eq!(
            inspect::faults(&html),
            Vec::<String>::new(),
            "{text:?} → {html}"
        );
        assert_eq!(
            foreign(&html).html,
            html,
            "{text:?}: cleaning again changed it"
        );
    }
}

#[test]
fn foreign_html_is_harmless() {
    for text in HOSTILE {
        let html = foreign(text).html;
        assert_eq!(
            inspect::faults(&html),
            Vec::<String>::new(),
            "{text:?} → {html}"
        );
        assert_eq!(
            foreign(&html).html,
            html,
            "{text:?}: cleaning again changed it"
        );
    }
}

#[test]
fn combined_and_nested_it_is_still_harmless() {
    for (at, first) in HOSTILE.iter().enumerate() {
        for (offset, second) in HOSTILE.iter().enumerate() {
            let text = match (at + offset) % 3 {
                0 => format!("{first}{second}"),
                1 => format!("> ||{first}\n- {second}||"),
                _ => format!("<p>{first}<b>{second}"),
            };
            for html in [render(&text, ORIGIN).html, foreign(&text).html] {
                assert_eq!(
                    inspect::faults(&html),
                    Vec::<String>::new(),
                    "{text:?} → {html}"
                );
            }
        }
    }
}

#[test]
fn fields_are_harmless_text() {
    for text in HOSTILE {
        let bad = |c: char| {
            c.is_control() || matches!(c, '\u{202e}' | '\u{2066}' | '\u{200b}' | '\u{feff}')
        };
        assert!(!plain_line(text).contains(bad), "{text:?}");
        assert!(
            !plain_text(text).replace('\n', "").contains(bad),
            "{text:?}"
        );
    }
}

#[test]
fn markers_come_from_text_only() {
    for html in [
        "<a class=\"ref\" data-ref=\"9\">free money</a>",
        "<a class=\"ref\" data-ref=\"9\" href=\"https://a.b/\">free money</a>",
        "<span class=\"ref\" data-ref=\"9\">x</span>",
    ] {
        let rendered = foreign(html);
        assert!(rendered.references.is_empty());
        assert!(!rendered.html.contains("data-ref"), "{}", rendered.html);
    }
    // What a marker shows is what it refers to.
    let rendered = foreign("<a class=\"ref\" data-ref=\"9\">&gt;&gt;1</a>");
    assert_eq!(
        rendered.html,
        "<p><a class=\"ref\" data-ref=\"1\">&gt;&gt;1</a></p>"
    );
}

#[test]
fn foreign_links_say_where_they_lead() {
    for (html, shown) in [
        (
            "<a href=https://e.vil/>https://bank.com</a>",
            ">https://bank.com (e.vil)</a>",
        ),
        (
            "<a class=mention href=https://e.vil/>bank.com</a>",
            ">bank.com (e.vil)</a>",
        ),
        (
            "<a href='https://e.vil/?bank.com'><span class=invisible>https://e.vil/?</span><span>bank.com</span></a>",
            ">e.vil/?bank.com</a>",
        ),
        (
            "<a href=https://a.example/long/path><span class=invisible>https://</span><span class=ellipsis>a.example/lo</span><span class=invisible>ng/path</span></a>",
            ">a.example/long/path</a>",
        ),
        (
            "<a href=https://social.example/@a>@<span>a@a.example</span></a>",
            ">@a@a.example</a>",
        ),
    ] {
        let found = foreign(html).html;
        assert!(found.contains(shown), "{html} → {found}");
    }
}
