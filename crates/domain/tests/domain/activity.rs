//! What was sent about a post, once that is gone: what holds it is kept and sent no more, what only names it is.

use domain::activity::{self, Draft};
use domain::delivery::{self, Inbox};
use domain::{Error, Id, Noun, Timestamp, attachment, post};
use serde_json::{Value, json};

use crate::scene::{
    answer, answering, arrival, delete, open, picture, received, reply, see, try_answer, upload,
};
use crate::world::World;

const FAR: &str = "far.example";

fn inbox() -> Inbox {
    Inbox {
        host: FAR.to_owned(),
        url: format!("https://{FAR}/inbox"),
    }
}

/// Keeps an activity about a post, for the server far away; answers its row.
async fn tell(world: &World, by: Id, post: Id, kind: &str, object: &Value) -> Id {
    let told = world.write(async |tx| {
        let id = tx.id();
        let uri = format!("https://pics.example/activities/{id}");
        let body = json!({"id": uri, "type": kind, "object": object}).to_string();
        let draft = Draft {
            id,
            uri: &uri,
            actor: by,
            kind,
            post: Some(post),
            body: &body,
        };
        activity::keep(tx, draft).await?;
        let until = tx.now.plus(delivery::LIFETIME);
        delivery::enqueue(tx, id, post, &[inbox()], until).await?;
        Ok(id)
    });
    told.await.unwrap()
}

/// What was sent about a post: what holds it, and what names it.
struct Told {
    post: Id,
    holding: Vec<Id>,
    naming: Vec<Id>,
}

impl Told {
    /// Everything that there can be about a post.
    async fn of(world: &World, by: Id, post: Id) -> Self {
        let uri = see(world, post).await.uri;
        let note = json!({"id": uri, "type": "Note", "attributedTo": uri, "content": "secret"});
        let odd = json!({"type": "Note", "attributedTo": uri, "content": "secret", "object": uri});
        let create = json!({"type": "Create", "object": note});
        let like = json!({"type": "Like", "object": uri});
        let undo = json!({"type": "Undo", "object": like});
        let (mut holding, mut naming) = (Vec::new(), Vec::new());
        for (kind, object) in [
            ("Create", &note),
            ("Update", &note),
            ("Announce", &create),
            ("Announce", &json!({"type": "Update", "object": [odd]})),
        ] {
            holding.push(tell(world, by, post, kind, object).await);
        }
        for (kind, object) in [
            ("Like", &json!(uri)),
            ("Undo", &like),
            ("Announce", &like),
            ("Announce", &undo),
            ("Announce (address)", &json!(uri)),
        ] {
            naming.push(tell(world, by, post, kind, object).await);
        }
        Self {
            post,
            holding,
            naming,
        }
    }

    fn all(&self) -> Vec<Id> {
        self.holding.iter().chain(&self.naming).copied().collect()
    }
}

async fn is_served(world: &World, id: Id) -> bool {
    match activity::find(&mut *world.read().await, id).await {
        Ok(found) => !found.unwrap().body.is_empty(),
        Err(Error::Gone(Noun::Post)) => false,
        Err(other) => panic!("{other:?}"),
    }
}

/// The documents that wait for the server far away.
async fn waiting(world: &World) -> Vec<String> {
    let mut conn = world.read().await;
    let due = delivery::waiting(&mut conn, FAR, 0, 1_000).await.unwrap();
    due.into_iter().map(|due| due.body).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_held_a_post_goes_with_it_and_what_named_it_stays() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        let bert = world.member("bert").await;
        let art = world.board("art", &admin).await;
        let zoe = world.stranger("zoe", FAR).await;
        let thread = open(&world, &admin, "art", "hello").await;
        let thread_uri = see(&world, thread).await.uri;
        let deleted = answer(&world, &bert, thread, "secret").await;
        let removed = answer(&world, &bert, thread, "secret").await;
        let mut draft = reply("secret");
        draft.media = vec![upload(&world, &bert, 5).await];
        let purged = try_answer(&world, &bert, thread, draft).await.unwrap();
        let far_uri = "https://far.example/p/1";
        let theirs = arrival(&world, far_uri, zoe.id, art.id, "secret");
        let theirs = received(&world, answering(theirs, &thread_uri)).await;
        let stays = Told::of(&world, art.id, thread).await;
        let mut gone = Vec::new();
        for post in [deleted, removed, purged, theirs] {
            gone.push(Told::of(&world, art.id, post).await);
        }
        assert_eq!(waiting(&world).await.len(), 5 * 9);

        delete(&world, &bert, deleted).await.unwrap();
        let sha = picture(5).sha256;
        let ended = world.write(async |tx| {
            post::remove(tx, &admin, removed, "rude", false).await?;
            attachment::purge(tx, &admin, &sha, "not allowed").await?;
            post::accept_delete(tx, far_uri, None).await
        });
        assert_eq!(ended.await.unwrap(), Some(theirs));

        for told in &gone {
            let engine = world.test.engine();
            assert!(see(&world, told.post).await.deleted.is_some());
            for id in &told.holding {
                assert!(!is_served(&world, *id).await, "on {engine:?}");
            }
            for id in &told.naming {
                assert!(is_served(&world, *id).await, "on {engine:?}");
            }
            let mut conn = world.read().await;
            let statuses = delivery::of_post(&mut conn, told.post, 99).await.unwrap();
            let ended = statuses.iter().filter(|one| one.state == "refused");
            let ended: Vec<_> = ended.map(|one| one.error.as_deref()).collect();
            assert_eq!(ended, [Some("the post is gone"); 4]);
            // It is not known whether they came to it: it hears of the end.
            let reached = delivery::reached(&mut conn, told.post).await.unwrap();
            assert_eq!(reached, [inbox()]);
        }
        for id in stays.all() {
            assert!(is_served(&world, id).await);
        }
        let left = waiting(&world).await;
        assert_eq!(left.len(), 9 + 4 * 5);
        let texts = left.iter().filter(|body| body.contains("secret")).count();
        assert_eq!(texts, stays.holding.len());

        let tombstone = json!({"id": far_uri, "type": "Tombstone"});
        let end = tell(&world, bert.id, deleted, "Delete", &tombstone).await;
        assert!(is_served(&world, end).await);
        assert_eq!(waiting(&world).await.len(), left.len() + 1);
    }
}

/// Who builds an activity reads the post, and then keeps what it said: no deletion comes between.
#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_is_being_told_of_is_buried_afterwards() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        world.board("art", &admin).await;
        let thread = open(&world, &admin, "art", "secret").await;
        let (begun, begins) = tokio::sync::oneshot::channel();
        let telling = world.write(async |tx| {
            post::freeze(tx, thread).await?;
            begun.send(()).unwrap();
            let id = tx.id();
            let draft = Draft {
                id,
                uri: "https://pics.example/activities/1",
                actor: admin.id,
                kind: "Create",
                post: Some(thread),
                body: r#"{"type":"Create","object":{"type":"Note","content":"secret"}}"#,
            };
            activity::keep(tx, draft).await?;
            delivery::enqueue(tx, id, thread, &[inbox()], Timestamp::NEVER).await?;
            Ok(id)
        });
        let burying = async {
            begins.await.unwrap();
            delete(&world, &admin, thread).await
        };
        let (told, buried) = tokio::join!(telling, burying);
        buried.unwrap();
        assert!(!is_served(&world, told.unwrap()).await);
        assert!(waiting(&world).await.is_empty());
    }
}
