//! What admins do through the API.

use serde_json::json;

use crate::node::Node;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_saved_wins_until_it_is_taken_back() {
    for node in Node::each().await {
        let admin = node.admin("admin").await;
        let before = node.get("/admin/site").by(&admin).expect(200).await;
        assert_eq!(before.json["name"], "alpha.test");
        assert_eq!(before.json["saved"], json!([]));

        let change = json!({
            "name": "Night  Pictures", "rules": ["Be kind.", " "], "about": "We take **pictures**.",
            "contact": "mod@alpha.test", "registration": "closed", "board_makers": "admins",
        });
        let after = node
            .patch("/admin/site", change)
            .by(&admin)
            .expect(200)
            .await;
        assert_eq!(after.json["name"], "Night Pictures");
        assert_eq!(after.json["saved"].as_array().unwrap().len(), 6);

        let shown = node.get("/instance").expect(200).await;
        assert_eq!(shown.json["name"], "Night Pictures");
        assert_eq!(shown.json["rules"], json!(["Be kind."]));
        assert_eq!(shown.json["contact"], "mod@alpha.test");
        assert_eq!(shown.json["registration"]["mode"], "closed");
        assert_eq!(shown.json["board_makers"], "admins");
        let about = shown.json["about_html"].as_str().unwrap();
        assert!(about.contains("<strong>pictures</strong>"), "{about}");
        let stranger = json!({"name": "ann", "password": "correct horse battery"});
        let refused = node.post("/accounts", stranger).expect(403).await;
        assert_eq!(refused.json["code"], "registration_closed");

        let back = json!({"name": null, "registration": null});
        let after = node.patch("/admin/site", back).by(&admin).expect(200).await;
        assert_eq!(
            (&after.json["name"], &after.json["registration"]),
            (&json!("alpha.test"), &json!("open"))
        );
        let wrong = json!({"name": "", "rules": ["x".repeat(501)]});
        let wrong = node
            .patch("/admin/site", wrong)
            .by(&admin)
            .expect(422)
            .await;
        let fields: Vec<_> = wrong.json["fields"].as_array().unwrap().iter().collect();
        assert_eq!(
            (&fields[0]["field"], &fields[1]["field"]),
            (&json!("name"), &json!("rules"))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_looked_at_run_again_and_thrown_away() {
    for node in Node::each().await {
        let admin = node.admin("admin").await;
        node.board(&admin, "art").await;
        node.thread(&admin, "art", "hello").await;
        node.advance(90_000_000);
        let queues = node.get("/admin/queues").by(&admin).expect(200).await;
        let outbox = queues
            .items()
            .iter()
            .find(|queue| queue["name"] == "outbox");
        let outbox = outbox.unwrap();
        assert!(
            outbox["waiting"].as_i64() > Some(0) && outbox["lag"] == 90,
            "{outbox}"
        );

        let list = node.get("/admin/jobs?queue=outbox&limit=1");
        let list = list.by(&admin).expect(200).await;
        let id = list.items()[0]["id"].as_str().unwrap().to_owned();
        let again = node.call(http::Method::POST, &format!("/admin/jobs/{id}/retry"));
        let again = again.by(&admin).expect(200).await;
        assert_eq!(
            (&again.json["state"], &again.json["attempts"]),
            (&json!("waiting"), &json!(0))
        );

        let path = format!("/admin/jobs/{id}");
        let why = node.delete(&path).json(&json!({"reason": " "}));
        let why = why.by(&admin).expect(422).await;
        assert_eq!(why.json["fields"][0]["field"], "reason");
        let gone = node.delete(&path).json(&json!({"reason": "a test"}));
        gone.by(&admin).expect(204).await;
        let gone = node.delete(&path).json(&json!({"reason": "a test"}));
        gone.by(&admin).expect(404).await;

        let audit = node.get("/admin/audit").by(&admin).expect(200).await;
        let acts: Vec<_> = audit.items().iter().map(|line| &line["act"]).collect();
        assert_eq!(acts, ["job_dropped", "job_retried"]);
        assert_eq!(audit.items()[0]["reason"], "a test");
        assert_eq!(audit.items()[0]["subject"], format!("outbox {id}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_are_found_and_given_roles() {
    for node in Node::each().await {
        let admin = node.admin("admin").await;
        for name in ["anna", "anton", "bert"] {
            node.member(name).await;
        }
        let names = async |query: &str| {
            let path = format!("/admin/accounts?{query}");
            let list = node.get(&path).by(&admin).expect(200).await;
            let name =
                |entry: &serde_json::Value| entry["account"]["name"].as_str().unwrap().to_owned();
            list.items().iter().map(name).collect::<Vec<_>>()
        };
        assert_eq!(names("q=an").await, ["anna", "anton"]);
        assert_eq!(names("q=AN&limit=1").await, ["anna"]);
        assert_eq!(names("show=admins").await, ["admin"]);
        assert!(names("show=elsewhere").await.is_empty());

        let role = json!({"role": "moderator", "reason": "she asked"});
        node.put("/admin/accounts/anna/role", role)
            .by(&admin)
            .expect(204)
            .await;
        assert_eq!(names("show=moderators").await, ["anna"]);
        let last = json!({"role": "member", "reason": "tired"});
        let last = node
            .put("/admin/accounts/admin/role", last)
            .by(&admin)
            .expect(409)
            .await;
        assert_eq!(last.json["code"], "last_admin");
    }
}
