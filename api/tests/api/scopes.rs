//! A token can do what its scopes say, and nothing else.

use domain::session::Scope;
use serde_json::{Value, json};

use crate::node::Node;

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_asks_for_the_scope_it_names() {
    let node = Node::sqlite().await;
    let admin = node.admin("anna").await;
    node.board(&admin, "art").await;
    for operation in &node.operations {
        let scopes = needed(&operation.json);
        let Some(scope) = scopes.first() else {
            continue;
        };
        let others: Vec<Scope> = Scope::ALL
            .into_iter()
            .filter(|other| other.name() != scope)
            .collect();
        let narrow = node.token(&admin, &others).await;
        let path = operation
            .path
            .replace("/api/stoa/v1", "")
            .replace("{board}", "art")
            .replace("{name}", "anna");
        let path = path.replace("{id}", "17").replace("{host}", "beta.test");
        let call = node.call(operation.method.clone(), &path).by(&narrow);
        let answer = call.json(&json!({})).expect(403).await;
        assert_eq!(answer.json["code"], "scope", "{} {path}", operation.method);
        assert!(
            answer.text("detail").contains(scope),
            "{} {path}",
            operation.method
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn removing_posts_of_others_takes_the_scope_moderate() {
    let node = Node::sqlite().await;
    let admin = node.admin("anna").await;
    node.board(&admin, "art").await;
    let thread = node.thread(&admin, "art", "opening").await;
    let writer = node.token(&admin, &[Scope::Read, Scope::Write]).await;
    let path = format!("/posts/{thread}");
    let answer = node
        .delete(&path)
        .json(&json!({"reason": "x"}))
        .by(&writer)
        .expect(403)
        .await;
    assert_eq!(answer.json["code"], "scope");
    node.delete(&path).by(&writer).expect(204).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn admins_without_the_scope_see_what_everybody_sees() {
    let node = Node::sqlite().await;
    let admin = node.admin("anna").await;
    let reader = node.token(&admin, &[Scope::Read]).await;
    node.app
        .cx
        .write(async |tx| domain::peer::meet(tx, "beta.test").await)
        .await
        .unwrap();
    assert!(node.get("/peers").by(&admin).expect(200).await.items()[0]["details"].is_object());
    assert_eq!(
        node.get("/peers").by(&reader).expect(200).await.items()[0].get("details"),
        None
    );
}

/// The scopes of an operation's bearer token.
fn needed(operation: &Value) -> Vec<String> {
    let ways = operation["security"].as_array().into_iter().flatten();
    let scopes = ways.filter_map(|way| way["bearer"].as_array()).flatten();
    scopes
        .map(|scope| scope.as_str().unwrap().to_owned())
        .collect()
}
