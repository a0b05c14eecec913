//! The OpenAPI document: complete, stable, and what the answers really are.

use std::collections::BTreeSet;

use http::Method;
use serde_json::Value;

use crate::node::{BASE, Node};

/// An operation of the document.
pub(crate) struct Operation {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) statuses: Vec<String>,
    pub(crate) json: Value,
}

impl Operation {
    /// Whether a request is one of this operation.
    pub(crate) fn matches(&self, method: &Method, path: &str) -> bool {
        let (ours, theirs): (Vec<&str>, Vec<&str>) =
            (self.path.split('/').collect(), path.split('/').collect());
        let same = |(ours, theirs): (&&str, &&str)| ours.starts_with('{') || ours == theirs;
        self.method == *method && ours.len() == theirs.len() && ours.iter().zip(&theirs).all(same)
    }
}

/// All operations of the document.
pub(crate) fn operations(document: &Value) -> Vec<Operation> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let statuses = operation["responses"]
                .as_object()
                .unwrap()
                .keys()
                .cloned()
                .collect();
            found.push(Operation {
                method: method.to_ascii_uppercase().parse().unwrap(),
                path: path.clone(),
                statuses,
                json: operation.clone(),
            });
        }
    }
    found
}

/// Problems are what the document says they are.
pub(crate) fn assert_problem(document: &Value, problem: &Value) {
    let keys = |value: &Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<BTreeSet<_>>()
    };
    let described = |name: &str| keys(&document["components"]["schemas"][name]["properties"]);
    assert_eq!(keys(problem), described("Problem"), "{problem}");
    for fault in problem["fields"].as_array().unwrap() {
        assert_eq!(keys(fault), described("Fault"), "{problem}");
    }
    assert_eq!(
        problem["type"],
        format!("urn:stoa:problem:{}", problem["code"].as_str().unwrap())
    );
    assert!(!problem["detail"].as_str().unwrap().is_empty(), "{problem}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_is_the_one_clients_know() {
    let node = Node::sqlite().await;
    let text = serde_json::to_string_pretty(&node.document).unwrap();
    insta::assert_snapshot!("openapi", text);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_is_described() {
    let operations = Node::sqlite().await.operations;
    assert!(operations.len() > 40, "{}", operations.len());
    let ids: BTreeSet<String> = operations
        .iter()
        .map(|operation| operation.json["operationId"].to_string())
        .collect();
    assert_eq!(ids.len(), operations.len(), "ids are unique: {ids:?}");
    for Operation {
        method,
        path,
        statuses,
        json,
    } in &operations
    {
        let what = format!("{method} {path}");
        assert!(path.starts_with(BASE), "{what}");
        assert!(
            json["summary"]
                .as_str()
                .is_some_and(|text| !text.is_empty()),
            "{what}: no summary"
        );
        assert!(
            json["tags"].as_array().is_some_and(|tags| tags.len() == 1),
            "{what}: no tag"
        );
        assert!(
            statuses.iter().any(|status| status.starts_with('2')),
            "{what}: no success"
        );
        let signed_in = json["security"].as_array().is_some_and(|ways| {
            ways.iter()
                .all(|way| way != &Value::Object(Default::default()))
        });
        assert!(
            !signed_in || statuses.contains(&"401".to_owned()),
            "{what}: who must sign in may be refused"
        );
        for name in path.split('/').filter_map(|part| part.strip_prefix('{')) {
            let name = name.trim_end_matches('}');
            let given = json["parameters"]
                .as_array()
                .unwrap()
                .iter()
                .any(|parameter| parameter["name"] == name);
            assert!(given, "{what}: {name} is not described");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_are_strings_everywhere() {
    let document = Node::sqlite().await.document;
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        let Some(properties) = schema["properties"].as_object() else {
            continue;
        };
        for (field, property) in properties {
            if field == "id" || field.ends_with("_id") {
                let text = property.to_string();
                assert!(!text.contains("integer"), "{name}.{field}: {text}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_browser_for_it_needs_no_other_server() {
    let node = Node::sqlite().await;
    let page = node.get("//api/docs/").expect(200).await;
    assert_eq!(page.header("content-type"), "text/html");
    let policy = page.header("content-security-policy").to_owned();
    assert!(policy.contains("script-src 'self';"), "{policy}");
    let text = String::from_utf8(page.bytes).unwrap();
    assert!(
        !text.contains("<script>"),
        "inline scripts would be blocked"
    );
    assert!(!text.contains("https://"), "{text}");
    for file in [
        "swagger-ui-bundle.js",
        "swagger-ui.css",
        "swagger-initializer.js",
    ] {
        let answer = node.get(&format!("//api/docs/{file}")).expect(200).await;
        assert!(!answer.bytes.is_empty(), "{file}");
    }
    let start = node
        .get("//api/docs/swagger-initializer.js")
        .expect(200)
        .await;
    assert!(
        String::from_utf8(start.bytes)
            .unwrap()
            .contains("/api/stoa/v1/openapi.json")
    );
    node.get("//api/docs/none.js").expect(404).await;
}
