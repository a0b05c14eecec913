//! Rules of the sources of pages: nothing inline that the policy would refuse, directions that fit every script.

use std::fs;
use std::path::{Path, PathBuf};

/// Properties that name a side of the screen; the logical ones name a side of the text.
const PHYSICAL: [&str; 20] = [
    "left",
    "right",
    "top",
    "bottom",
    "width",
    "height",
    "min-width",
    "max-width",
    "min-height",
    "max-height",
    "margin-left",
    "margin-right",
    "margin-top",
    "margin-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "padding-bottom",
    "overflow-x",
    "overflow-y",
];

fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|one| one == ending) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty(), "{folder}/*.{ending}");
    found
}

/// Declarations of a style sheet, without the conditions of its media queries.
fn declarations(sheet: &str) -> Vec<(&str, &str)> {
    let parts = sheet.split(['{', '}', ';']);
    let pairs = parts.filter_map(|part| part.rsplit("*/").next()?.trim().split_once(':'));
    pairs
        .map(|(name, value)| (name.trim(), value.trim()))
        .filter(|(name, _)| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
        .collect()
}

fn physical(sheet: &str) -> Vec<String> {
    let sided = |(name, value): &(&str, &str)| match *name {
        "text-align" | "float" | "clear" => ["left", "right"].contains(value),
        name => {
            PHYSICAL.contains(&name)
                || name.starts_with("border-left")
                || name.starts_with("border-right")
                || name.starts_with("border-top")
                || name.starts_with("border-bottom")
        }
    };
    let all = declarations(sheet).into_iter().filter(sided);
    all.map(|(name, value)| format!("{name}: {value}"))
        .collect()
}

#[test]
fn style_sheets_name_no_side_of_the_screen() {
    let found = physical(
        "a { margin-left: 1px; text-align: right; margin-inline: 0 } @media (max-width: 4rem) { b { border-top: 0 } }",
    );
    assert_eq!(
        found,
        ["margin-left: 1px", "text-align: right", "border-top: 0"]
    );
    for (path, sheet) in files("assets/style", "css") {
        assert_eq!(physical(&sheet), [""; 0], "{}", path.display());
    }
}

/// Attributes and elements of a template that the content policy would refuse.
fn inline(template: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in template.split('<').skip(1) {
        let tag = tag.split_once('>').map_or(tag, |(tag, _)| tag);
        let name = tag.split_whitespace().next().unwrap_or_default();
        let has = |attribute: &str| tag.contains(&format!(" {attribute}="));
        let handler = tag.split_whitespace().skip(1).any(|word| {
            let name = word.split_once('=').map(|(name, _)| name);
            name.is_some_and(|name| name.len() > 3 && name.starts_with("on"))
        });
        if name == "style" || has("style") || handler || (name == "script" && !has("src")) {
            found.push(format!("<{tag}>"));
        }
    }
    found
}

#[test]
fn templates_have_nothing_inline() {
    let bad = "<p style=\"x\"><a href=# onclick=\"x()\"><script>x()</script><script type=module src=\"a\"></script>";
    assert_eq!(inline(bad).len(), 3);
    for (path, template) in files("templates", "html") {
        assert_eq!(inline(&template), [""; 0], "{}", path.display());
    }
}

#[test]
fn scripts_keep_to_what_the_policy_and_the_packer_bear() {
    for (path, script) in files("assets/script", "js") {
        let path = path.display();
        for word in [
            "eval(",
            "new Function",
            "innerHTML",
            "document.write",
            "import ",
            "setAttribute(\"style",
        ] {
            assert!(!script.contains(word), "{word} in {path}");
        }
        // Lines are packed one by one, so that no literal may go over several.
        for (number, line) in script.lines().enumerate() {
            let ticks = line.matches('`').count();
            assert!(ticks % 2 == 0, "{path}:{}", number + 1);
            assert!(
                !line.trim_start().starts_with("/*"),
                "{path}:{}",
                number + 1
            );
        }
    }
}
