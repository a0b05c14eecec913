//! Who and where: peers, actors, boards, follows, tags.

use rand::Rng;
use serde_json::json;

use super::Fixed;
use crate::community::chance::{long_tailed, skewed, source};
use crate::community::plan::{BUMP_LIMIT, PERSON, Plan};
use crate::community::sink::Sink;

pub(super) async fn peers(plan: &Plan, sink: &mut Sink) -> anyhow::Result<()> {
    sink.table("peers").await?;
    for host in &plan.hosts {
        let row = json!({"host": host, "software": "stoa", "created_at": plan.posts[0].at.0});
        sink.row(&row).await?;
    }
    Ok(())
}

pub(super) async fn actors(plan: &Plan, fixed: &Fixed, sink: &mut Sink) -> anyhow::Result<()> {
    let followers = followers(plan);
    sink.table("actors").await?;
    for board in &plan.boards {
        let base = format!("{}/b/{}", fixed.origin_of(&board.host), board.name);
        let facts = Facts {
            id: board.id,
            kind: "board",
            host: &board.host,
            name: &board.name,
            posts: 0,
            followers: followers.get(&board.id).copied().unwrap_or_default(),
        };
        sink.row(&actor(plan, fixed, &base, &facts)).await?;
    }
    for person in &plan.people {
        let base = format!("{}/u/{}", fixed.origin_of(&person.host), person.name);
        let facts = Facts {
            id: person.id,
            kind: "person",
            host: &person.host,
            name: &person.name,
            posts: person.posts,
            followers: followers.get(&person.id).copied().unwrap_or_default(),
        };
        sink.row(&actor(plan, fixed, &base, &facts)).await?;
    }
    sink.table("logins").await?;
    for (number, person) in plan.people.iter().enumerate() {
        if person.host.is_empty() {
            let role = if number == 0 { "admin" } else { "member" };
            let row = json!({"account_id": person.id, "password_hash": fixed.password_hash, "role": role});
            sink.row(&row).await?;
        }
    }
    Ok(())
}

struct Facts<'a> {
    id: i64,
    kind: &'a str,
    host: &'a str,
    name: &'a str,
    posts: u32,
    followers: u32,
}

fn actor(plan: &Plan, fixed: &Fixed, base: &str, facts: &Facts<'_>) -> serde_json::Value {
    let local = facts.host.is_empty();
    let at = plan.posts[0].at.0;
    json!({
        "id": facts.id,
        "kind": facts.kind,
        "host": facts.host,
        "name": facts.name,
        "uri": base,
        "url": base,
        "inbox": format!("{base}/inbox"),
        "shared_inbox": format!("{}/inbox", fixed.origin_of(facts.host)),
        "outbox": format!("{base}/outbox"),
        "followers": format!("{base}/followers"),
        "title": facts.name,
        "about": "",
        "key_id": format!("{base}#main-key"),
        "public_key": fixed.public_key,
        "private_key": local.then_some(&fixed.private_key),
        "post_count": facts.posts,
        "follower_count": facts.followers,
        "created_at": at,
        "refreshed_at": at,
    })
}

pub(super) async fn boards(plan: &Plan, sink: &mut Sink) -> anyhow::Result<()> {
    sink.table("boards").await?;
    for board in &plan.boards {
        let row = json!({
            "actor_id": board.id,
            "local": board.host.is_empty(),
            "bump_limit": BUMP_LIMIT,
            "last_no": board.posts,
            "thread_count": board.threads,
            "post_count": board.posts,
            "bumped_at": board.bumped_at.0,
        });
        sink.row(&row).await?;
    }
    sink.table("moderators").await?;
    for board in plan.boards.iter().filter(|board| board.host.is_empty()) {
        let row = json!({
            "board_id": board.id,
            "account_id": plan.people[0].id,
            "created_at": plan.posts[0].at.0,
        });
        sink.row(&row).await?;
    }
    Ok(())
}

/// Whom the `number`-th account follows, each once: a few boards, some people.
fn followed(plan: &Plan, number: usize) -> Vec<i64> {
    let mut rng = source(plan.seed, PERSON, number);
    let boards = rng.random_range(1..=6);
    let people = long_tailed(&mut rng, 200);
    let mut targets: Vec<i64> = Vec::new();
    for _ in 0..boards {
        targets.push(plan.boards[skewed(&mut rng, plan.boards.len())].id);
    }
    for _ in 0..people {
        let other = skewed(&mut rng, plan.people.len());
        let far = !plan.people[number].host.is_empty() && !plan.people[other].host.is_empty();
        if other != number && !far {
            targets.push(plan.people[other].id);
        }
    }
    targets.sort_unstable();
    targets.dedup();
    targets
}

fn followers(plan: &Plan) -> std::collections::HashMap<i64, u32> {
    let mut counts = std::collections::HashMap::new();
    for number in 0..plan.people.len() {
        for target in followed(plan, number) {
            *counts.entry(target).or_default() += 1;
        }
    }
    counts
}

pub(super) async fn follows(plan: &Plan, fixed: &Fixed, sink: &mut Sink) -> anyhow::Result<()> {
    sink.table("follows").await?;
    for (number, person) in plan.people.iter().enumerate() {
        for target in followed(plan, number) {
            let row = json!({
                "follower_id": person.id,
                "target_id": target,
                "state": "accepted",
                "uri": format!("{}/follows/{}-{target}", fixed.origin_of(&person.host), person.id),
                "created_at": plan.posts[0].at.0,
            });
            sink.row(&row).await?;
        }
    }
    Ok(())
}

pub(super) async fn tags(plan: &Plan, sink: &mut Sink) -> anyhow::Result<()> {
    sink.table("tags").await?;
    for tag in &plan.tags {
        let row = json!({"id": tag.id, "name": tag.name, "post_count": tag.posts});
        sink.row(&row).await?;
    }
    Ok(())
}
