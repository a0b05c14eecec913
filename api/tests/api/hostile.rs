//! Text nobody would type, in every field: it is refused or shown harmlessly, never an error of ours.

use http::Method;
use serde_json::{Map, Value, json};

use crate::document::Operation;
use crate::node::Node;
use crate::people::Person;
use crate::pictures;

const TEXTS: [&str; 12] = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\u{0}\u{1}\u{8}\u{1f}\u{7f}",
    "a\u{0}b",
    "\u{202e}evil\u{202c}\u{2066}\u{feff}\u{200b}",
    "' OR 1=1; DROP TABLE posts; --",
    "$1 %s {} \\ \\u0000 \u{fffd}",
    "javascript:alert(1)",
    ">>99999999999999999999 >>>/art@/1 >>>//1",
    "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}e\u{301}\u{301}\u{301}\u{301}",
    "[a](javascript:alert(1)) ![](http://127.0.0.1/x) ||spoiler||",
    "\r\nSet-Cookie: a=b\r\n\r\n",
    "",
];

#[tokio::test(flavor = "multi_thread")]
async fn hostile_text_in_every_field_of_every_operation() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        node.board(&admin, "art").await;
        let thread = node.thread(&admin, "art", "opening").await;
        for operation in node
            .operations
            .iter()
            .filter(|operation| operation.json["requestBody"].is_object())
        {
            if operation.path.ends_with("/password") || operation.path.ends_with("/media") {
                continue;
            }
            for text in TEXTS {
                for body in bodies(&node.document, operation, &json!(text)) {
                    send(&node, &admin, operation, &thread, body).await;
                }
            }
        }
        let page = node.get(&format!("/threads/{thread}")).expect(200).await;
        let html = page.json["posts"].to_string();
        for marker in ["<script", "onerror=alert(1)>", "href=\\\"javascript"] {
            let shown = page.json["posts"]
                .as_array()
                .unwrap()
                .iter()
                .map(|post| post["html"].to_string());
            assert!(!shown.collect::<String>().contains(marker), "{html}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_types_in_every_field_of_every_operation() {
    let node = Node::sqlite().await;
    let admin = node.admin("anna").await;
    node.board(&admin, "art").await;
    let thread = node.thread(&admin, "art", "opening").await;
    let values = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(18_446_744_073_709_551_615_u64),
        json!([]),
        json!([[[]]]),
        json!({}),
        json!({"a": {"b": []}}),
        json!(["", 0, null]),
        json!("x".repeat(100_000)),
    ];
    for operation in node
        .operations
        .iter()
        .filter(|operation| operation.json["requestBody"].is_object())
    {
        if operation.path.ends_with("/media") {
            continue;
        }
        for value in &values {
            send(&node, &admin, operation, &thread, value.clone()).await;
            for body in bodies(&node.document, operation, value) {
                send(&node, &admin, operation, &thread, body).await;
            }
        }
    }
    node.get("/accounts/me").by(&admin).expect(200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_text_in_paths_queries_and_forms() {
    for node in Node::each().await {
        let anna = node.member("anna").await;
        for text in TEXTS {
            let text: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
            for operation in node
                .operations
                .iter()
                .filter(|operation| operation.method == Method::GET)
            {
                let mut path = operation.path.replace("/api/stoa/v1", "");
                for name in ["{board}", "{name}", "{id}", "{host}", "{tag}"] {
                    path = path.replace(name, &text);
                }
                node.get(&path).by(&anna).send().await;
                node.get(&format!(
                    "{path}?limit={text}&after={text}&sort={text}&scope={text}&x={text}"
                ))
                .by(&anna)
                .send()
                .await;
                node.get(&format!("{path}?q={text}&type=posts"))
                    .by(&anna)
                    .send()
                    .await;
                node.get(&format!("{path}?q={text}&type=accounts"))
                    .by(&anna)
                    .send()
                    .await;
            }
        }
        for text in TEXTS {
            let answer = node
                .upload(&anna, &pictures::png(1), &[("alt", text), (text, text)])
                .await;
            assert!(
                [201, 400, 422].contains(&answer.status.as_u16()),
                "{}",
                answer.json
            );
        }
    }
}

/// One body per field of the operation, with `value` in it and something plain in the others, and one with `value` in all.
fn bodies(document: &Value, operation: &Operation, value: &Value) -> Vec<Value> {
    let content = &operation.json["requestBody"]["content"]["application/json"]["schema"];
    let mut names = Vec::new();
    collect(document, content, &mut names);
    assert!(
        !names.is_empty(),
        "{}: no fields in {content}",
        operation.path
    );
    let plain = |name: &str| match name {
        "name" => json!("somebody"),
        "password" | "current" | "new" => json!("correct horse battery"),
        "value" => json!(true),
        _ => json!("text"),
    };
    let mut bodies: Vec<Value> = names
        .iter()
        .map(|name| {
            let required = [
                "name", "password", "current", "new", "value", "reason", "uri",
            ];
            let others = names
                .iter()
                .filter(|other| required.contains(&other.as_str()));
            let mut body: Map<String, Value> =
                others.map(|other| (other.clone(), plain(other))).collect();
            body.insert(name.clone(), value.clone());
            Value::Object(body)
        })
        .collect();
    bodies.push(Value::Object(
        names
            .iter()
            .map(|name| (name.clone(), value.clone()))
            .collect(),
    ));
    bodies
}

/// The names of the schema's fields, wherever it keeps them.
fn collect(document: &Value, schema: &Value, names: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap();
        collect(document, &document["components"]["schemas"][name], names);
    }
    for part in schema["oneOf"].as_array().into_iter().flatten() {
        collect(document, part, names);
    }
    names.extend(
        schema["properties"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name.clone()),
    );
}

async fn send(node: &Node, by: &Person, operation: &Operation, thread: &str, body: Value) {
    let path = operation.path.replace("/api/stoa/v1", "");
    let path = path
        .replace("{board}", "art")
        .replace("{name}", "anna")
        .replace("{id}", thread);
    if operation.method == Method::DELETE || operation.path.ends_with("/me/password") {
        return;
    }
    node.call(operation.method.clone(), &path)
        .by(by)
        .json(&body)
        .send()
        .await;
}
