//! Text nobody would type, in every field: it is refused or shown harmlessly, never an error of ours.

use db::testing::hostile;
use http::Method;
use serde_json::{Map, Value, json};

use crate::document::Operation;
use crate::node::Node;
use crate::people::Person;
use crate::pictures;

/// Texts that each field of each operation gets, others than its neighbour.
const EACH: usize = 6;

/// The next texts of the list, round and round.
struct Texts(usize);

impl Texts {
    fn next(&mut self) -> Vec<&'static str> {
        let from = self.0;
        self.0 += EACH;
        let next = from..self.0;
        next.map(|at| hostile::TEXTS[at % hostile::TEXTS.len()])
            .collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_text_in_every_field_of_every_operation() {
    let mut texts = Texts(0);
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
            let fields = bodies(&node.document, operation, &json!("")).len();
            for field in 0..fields {
                for text in texts.next() {
                    let body = bodies(&node.document, operation, &json!(text)).remove(field);
                    send(&node, &admin, operation, &thread, body).await;
                }
            }
        }
        let page = node.get(&format!("/threads/{thread}")).expect(200).await;
        let html = page.json["posts"].to_string();
        for marker in ["<script", "<hostile-x", "href=\\\"javascript"] {
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
        let mut texts = Texts(0);
        let named = |operation: &&Operation| {
            operation.method == Method::GET || operation.path.contains('{')
        };
        for operation in node.operations.iter().filter(named) {
            for text in texts.next() {
                let text: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
                let mut path = operation.path.replace("/api/stoa/v1", "");
                for name in ["{board}", "{name}", "{id}", "{host}", "{tag}", "{sha256}"] {
                    path = path.replace(name, &text);
                }
                if operation.method != Method::GET {
                    let call = node.call(operation.method.clone(), &path);
                    call.by(&anna).json(&json!({})).send().await;
                    continue;
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
        for text in hostile::TEXTS {
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

/// JSON that is almost JSON, and strings that no text is.
const DOCUMENTS: [&str; 14] = [
    r#"{"body": "\ud800"}"#,
    r#"{"body": "\udc00\ud800"}"#,
    r#"{"body": "\ud83d"#,
    r#"{"body": "\u0000"}"#,
    r#"{"body": "a", "body": "b"}"#,
    r#"{"body": 1e999}"#,
    r#"{"body": -0}"#,
    r#"{"\u0062ody": "text"}"#,
    r#"{"": "", "\ud83d\ude00": []}"#,
    "{\"body\": \"\t\n\"}",
    "\u{feff}{\"body\": \"text\"}",
    "{'body': 'text'}",
    "{\"body\": NaN}",
    "nul",
];

#[tokio::test(flavor = "multi_thread")]
async fn documents_that_are_almost_json_are_refused_or_read_as_they_should() {
    let node = Node::sqlite().await;
    let admin = node.admin("anna").await;
    node.board(&admin, "art").await;
    for operation in node
        .operations
        .iter()
        .filter(|operation| operation.json["requestBody"].is_object())
    {
        let path = operation.path.replace("/api/stoa/v1", "");
        let path = path.replace("{board}", "art").replace("{name}", "anna");
        for document in DOCUMENTS {
            let bytes = document.as_bytes().to_vec();
            node.call(operation.method.clone(), &path.replace("{id}", "1"))
                .by(&admin)
                .bytes("application/json", bytes)
                .send()
                .await;
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
