//! Texts and file names that nobody types by accident, for tests that put them into every field there is.
//!
//! Each is the shape of something that broke a program somewhere. Where one would show itself in a page it makes an
//! element or an attribute named `hostile`, so that a test needs to look for one word only.

/// One text per way to be bad.
pub const TEXTS: [&str; 62] = [
    // Nothing, and what looks like nothing.
    "",
    " ",
    "\r\n\r\n\t\r\n",
    "\u{a0}\u{2003}\u{3000}",
    "\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}",
    "\u{3164}\u{115f}\u{2800}",
    // Out of text, attributes, scripts, styles and comments.
    "<hostile-x onhostile=alert(1)>",
    "\"><hostile-x onhostile=alert(1)>",
    "'><hostile-x onhostile='alert(1)'>",
    "\" onhostile=\"alert(1)\" hostile=\"",
    "` onhostile=`alert(1)` hostile=`",
    "</textarea></title></select></style></script><hostile-x>",
    "--><hostile-x><!--",
    "]]><hostile-x>",
    "<script>hostile</script><img src=x onhostile=1 onerror=hostile><svg/onload=hostile>",
    "javascript:hostile()",
    "java\tscript:hostile()",
    "data:text/html,<hostile-x>",
    "&lt;hostile-x&gt;&#60;hostile-x&#62;&NotAnEntity;&#0;&#x110000;",
    "{{7*7}}${7*7}<%=7*7%>#{7*7}{% hostile %}[[hostile]]",
    // Markdown that leads somewhere, nests or repeats.
    "[a](javascript:hostile()) ![](http://127.0.0.1/hostile) <javascript:hostile()>",
    "[[[[[[[[[[[[[[[[((((((((((((((((****************____________~~~~~~~~||||||||",
    "> > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > deep",
    "- - - - - - - - - - - - - - - - 1. 1. 1. 1. 1. # # # # # ``` ~~~ | | |",
    ">>99999999999999999999 >>>/art@/1 >>>//1 >>>/../1 >>-1 >>0 >>1>>1",
    "@@@ @a@b@c @a@127.0.0.1 @a@[::1]:0 #\u{202e}# ##### #1 #-",
    // Databases, shells, spreadsheets, formats.
    "' OR 1=1; DROP TABLE posts; --",
    "\" OR \"\"=\" %27 %_\\% * NEAR( AND ^a:b",
    "$(hostile) `hostile` | hostile; hostile && hostile > /dev/null",
    "=HYPERLINK(\"http://127.0.0.1/\",\"hostile\")",
    "@SUM(1+1)*cmd|' /C hostile'!A0",
    "%s%s%s%n%x %d {} {0} {:?} $1 \\1 \\u0000 \\x00 \\",
    "{\"a\":\"b\",\"__proto__\":{\"hostile\":true}}",
    // Headers and addresses.
    "a\r\nSet-Cookie: hostile=1\r\n\r\n<hostile-x>",
    "/\\hostile.example",
    "//hostile.example/%2e%2e",
    "https://hostile.example\\@pics.test/",
    "http://[::ffff:127.0.0.1]:0/",
    "%00 %0d%0a %2e%2e%2f %c0%ae %ff %u0000 %zz %",
    "?a=1&a=2;a=3#a",
    "+%2B%252B",
    // Files.
    "../../../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "CON.png",
    "a.png;.html",
    ".htaccess",
    // Writing that turns round, hides, stacks or pretends.
    "\u{202e}gnp.exe\u{202c}\u{2066}\u{2067}\u{2068}",
    "\u{430}\u{43d}\u{43d}\u{430} \u{0456}\u{0455} \u{0440}\u{0430}\u{0443}\u{0440}\u{0430}l",
    "Z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}\u{30c}\u{30d}\u{30e}\u{30f}",
    "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466}\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}\u{1f1e6}",
    "\u{fdd0}\u{ffff}\u{10ffff}\u{e000}\u{fffd}\u{fff9}\u{2028}\u{2029}\u{85}",
    "\u{1}\u{8}\u{b}\u{c}\u{1b}[31m\u{7f}\u{80}\u{9f}",
    "\u{0}",
    "a\u{0}b",
    "\u{fb01}\u{2126}\u{212b}\u{ff21}\u{130}\u{131}\u{df}\u{1e9e}\u{ad}",
    // Numbers and moments at the edges.
    "-1",
    "9223372036854775808",
    "-9223372036854775809",
    "1e309",
    "NaN",
    "0x10",
    "+275760-09-13T00:00:00.001Z",
];

/// More of them, too long to be written down.
pub fn long_texts() -> Vec<String> {
    vec![
        "x".repeat(100_000),
        "\u{1f468}\u{200d}".repeat(3_000),
        "a\u{301}".repeat(5_000),
        format!("https://hostile.example/{}", "a/".repeat(20_000)),
        "[".repeat(20_000),
        "> ".repeat(10_000),
        "*a **b ".repeat(4_000),
        format!("{}{}", "<b>".repeat(5_000), "</b>".repeat(5_000)),
        "#a ".repeat(10_000),
        "\n".repeat(20_000),
        "2026-99-99T99:99:99Z".repeat(50),
    ]
}

/// Names that a file may not be kept under.
pub const FILE_NAMES: [&str; 10] = [
    "",
    "../../../etc/passwd",
    "..\\..\\a.png",
    "a.php",
    "CON",
    ".png",
    "\u{202e}gnp.exe",
    "a\u{0}.png",
    "<hostile-x>.svg",
    "a;b=c.png",
];
