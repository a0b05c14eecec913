//! The parts of a profile, and who likes a post.

use domain::page::Page;
use domain::{Caller, Id, Viewer, account, vote};

use crate::scene::{self, delete};
use crate::world::World;

async fn pictures(world: &World, of: &Caller, page: Page) -> (Vec<String>, Option<String>) {
    let mut conn = world.read().await;
    let found = account::pictures(&mut conn, of.id, &Viewer::Visitor, page)
        .await
        .unwrap();
    let alts = found.items.iter().map(|shown| shown.media.alt.clone());
    (alts.collect(), found.next)
}

#[tokio::test(flavor = "multi_thread")]
async fn threads_replies_and_pictures_are_lists_of_their_own() {
    for world in World::each().await {
        let (anna, bert) = (world.admin("anna").await, world.member("bert").await);
        world.board("art", &anna).await;
        let mut draft = scene::opening("two pictures");
        draft.media = vec![
            scene::upload(&world, &bert, 1).await,
            scene::upload(&world, &bert, 2).await,
        ];
        let thread = scene::try_open(&world, &bert, "art", draft).await.unwrap();
        let reply = scene::answer(&world, &bert, thread, "a reply").await;
        let mut draft = scene::reply("with a picture");
        draft.media = vec![scene::upload(&world, &bert, 3).await];
        let pictured = scene::try_answer(&world, &bert, thread, draft)
            .await
            .unwrap();
        scene::upload(&world, &bert, 4).await;
        scene::answer(&world, &anna, thread, "somebody else").await;

        let mut conn = world.read().await;
        let viewer = Viewer::Visitor;
        let opened = account::threads(&mut conn, bert.id, &viewer, Page::default()).await;
        let ids: Vec<Id> = opened.unwrap().items.iter().map(|t| t.id).collect();
        assert_eq!(ids, [thread]);
        let replies = account::replies(&mut conn, bert.id, &viewer, Page::default()).await;
        let ids: Vec<Id> = replies.unwrap().items.iter().map(|p| p.id).collect();
        assert_eq!(ids, [pictured, reply]);
        drop(conn);

        let (alts, next) = pictures(&world, &bert, Page::first(2)).await;
        assert_eq!(alts, ["picture 3", "picture 2"]);
        let page = Page::asked(Some(2), None, next.as_deref());
        assert_eq!(pictures(&world, &bert, page).await.0, ["picture 1"]);
        delete(&world, &bert, pictured).await.unwrap();
        let (alts, _) = pictures(&world, &bert, Page::default()).await;
        assert_eq!(alts, ["picture 2", "picture 1"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn likes_name_who_gave_them_and_dislikes_nobody() {
    for world in World::each().await {
        let (anna, bert) = (world.admin("anna").await, world.member("bert").await);
        let cleo = world.member("cleo").await;
        let art = world.board("art", &anna).await;
        let thread = world.thread(&anna, &art, "opening").await;
        for (who, value) in [(&anna, 1), (&bert, 1), (&cleo, -1)] {
            scene::vote(&world, who, thread, value).await.unwrap();
        }
        scene::vote(&world, &anna, thread, 0).await.unwrap();
        let mut conn = world.read().await;
        let found = vote::likers(&mut conn, thread, Page::default())
            .await
            .unwrap();
        let names: Vec<_> = found.items.iter().map(|who| who.name.as_str()).collect();
        assert_eq!(names, ["bert"]);
    }
}
