//! What admins look at: accounts, servers, jobs and pictures, in lists that hold each thing exactly once.

use domain::account::{self, Filter};
use domain::page::{Page, Slice};
use domain::peer;
use domain::{Clash, Denial, Error, Role, attachment, job, storage};
use jobs::NewJob;

use crate::scene::{picture, upload};
use crate::world::World;

/// Walks a list forwards in steps of two and back again; answers it whole.
macro_rules! walk {
    ($page:ident => $ask:expr, $key:expr) => {{
        let (mut all, mut cursor, mut last) = (Vec::new(), None::<String>, None::<String>);
        loop {
            let $page = Page::asked(Some(2), None, cursor.as_deref());
            let part: Slice<_> = $ask.await.unwrap();
            all.extend(part.items.iter().map($key));
            match part.next {
                Some(next) => cursor = Some(next),
                None => {
                    last = part.prev.or(last);
                    break;
                }
            }
        }
        let mut back = 0;
        while let Some(before) = last.take() {
            let $page = Page::asked(Some(2), Some(&before), None);
            let part: Slice<_> = $ask.await.unwrap();
            back += part.items.len();
            last = part.prev;
        }
        assert_eq!(
            back,
            all.len().saturating_sub(1) / 2 * 2,
            "as many backwards"
        );
        all
    }};
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_are_found_by_name_server_role_and_state() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        for name in ["anna", "anton", "antonia", "bert", "b_n"] {
            world.member(name).await;
        }
        for (name, host) in [
            ("anna", "far.example"),
            ("zoe", "far.example"),
            ("al", "near.example"),
        ] {
            world.stranger(name, host).await;
        }
        let mut conn = world.read().await;
        let site = world.cx.site.clone();
        for (filter, expected) in [
            (
                Filter::typed("AN", &site),
                &["anna", "anton", "antonia"][..],
            ),
            (
                Filter::typed("", &site),
                &["anna", "anton", "antonia", "b_n", "bert", "root"],
            ),
            (Filter::typed("b_", &site), &["b_n"]),
            (Filter::typed("be", &site), &["bert"]),
            (
                Filter::typed("@an@far.example", &site),
                &["anna@far.example"],
            ),
            (Filter::typed("anna@pics.example", &site), &["anna"]),
            (Filter::typed("%", &site), &[]),
            (
                Filter::Elsewhere {
                    prefix: String::new(),
                },
                &["anna@far.example", "zoe@far.example", "al@near.example"],
            ),
            (
                Filter::Elsewhere {
                    prefix: "near".to_owned(),
                },
                &["al@near.example"],
            ),
            (Filter::Role(Role::Admin), &["root"]),
            (Filter::Suspended, &[]),
        ] {
            let found = walk!(page => account::directory(&mut conn, &filter, page), |entry| {
                entry.account.acct()
            });
            assert_eq!(found, expected, "{filter:?}");
        }
        let bert = account::caller(&mut conn, "bert").await.unwrap().id;
        drop(conn);
        world
            .write(async |tx| account::disable(tx, bert).await)
            .await
            .unwrap();
        let mut conn = world.read().await;
        let page = Page::default();
        let stopped = account::directory(&mut conn, &Filter::Suspended, page)
            .await
            .unwrap();
        assert_eq!(stopped.items.len(), 1);
        assert_eq!(stopped.items[0].role, Some(Role::Member));
        assert_eq!(admin.role, Role::Admin);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_are_counted_by_state_and_tried_again() {
    for world in World::each().await {
        let admin = world.admin("root").await;
        for host in ["a.example", "b.example", "c.example", "b-c.example"] {
            world
                .write(async |tx| peer::meet(tx, host).await)
                .await
                .unwrap();
        }
        let fail = world.write(async |tx| peer::failed(tx, "b.example", "no answer", None).await);
        fail.await.unwrap();
        let mut conn = world.read().await;
        let census = peer::census(&mut conn).await.unwrap();
        assert_eq!((census.up, census.failing, census.dead), (3, 1, 0));
        let all = peer::Filter::All {
            prefix: String::new(),
        };
        let hosts = walk!(page => peer::directory(&mut conn, &all, page), |peer| peer.host.clone());
        assert_eq!(
            hosts,
            ["a.example", "b-c.example", "b.example", "c.example"]
        );
        let beginning = peer::Filter::All {
            prefix: "b-".to_owned(),
        };
        let hosts =
            walk!(page => peer::directory(&mut conn, &beginning, page), |peer| peer.host.clone());
        assert_eq!(hosts, ["b-c.example"]);
        let failing = peer::directory(&mut conn, &peer::Filter::Failing, Page::default());
        let failing = failing.await.unwrap().items;
        assert!(
            failing[0].next_try_at > world.cx.now(),
            "it is left alone for now"
        );
        drop(conn);
        let retry = async |host: &str| {
            world
                .write(async |tx| peer::retry(tx, &admin, host).await)
                .await
        };
        retry("b.example").await.unwrap();
        let found = peer::find(&mut *world.read().await, "b.example")
            .await
            .unwrap();
        assert_eq!(found.unwrap().next_try_at.0, 0);
        assert!(matches!(retry("z.example").await, Err(Error::Missing(_))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_are_listed_run_again_and_thrown_away() {
    for world in World::each().await {
        let (admin, member) = (world.admin("root").await, world.member("bert").await);
        let mut ids = Vec::new();
        for at in 0..5 {
            let add = world.write(async |tx| {
                let (id, now) = (tx.id(), tx.now);
                let job = NewJob {
                    id,
                    queue: "chores",
                    lane: None,
                    payload: "{}",
                    run_at: now.plus(-at),
                };
                jobs::enqueue(&mut tx.conn, job, now).await?;
                Ok(id)
            });
            ids.push(add.await.unwrap());
        }
        let give_up = async |id| {
            let done = world.write(async |tx| Ok(jobs::give_up(&mut tx.conn, id, "broken").await?));
            done.await.unwrap();
        };
        let mut conn = world.read().await;
        let waiting = walk!(page => job::waiting(&mut conn, "chores", page), |job| job.id);
        assert_eq!(waiting, ids.iter().rev().copied().collect::<Vec<_>>());
        for id in &ids[..3] {
            give_up(*id).await;
        }
        let given_up = walk!(page => job::given_up(&mut conn, page), |job| job.id);
        assert_eq!(given_up, [ids[2], ids[1], ids[0]]);
        world.advance(db::MINUTE);
        let queues = job::queues(&mut conn).await.unwrap();
        let chores = queues.iter().find(|queue| queue.name == "chores").unwrap();
        assert_eq!((chores.waiting, chores.given_up), (2, 3));
        assert_eq!(job::lag(chores, world.cx.now()), db::MINUTE + 4);
        drop(conn);

        let retry = async |by: &domain::Caller, id| {
            let by = by.clone();
            world.write(async |tx| job::retry(tx, &by, id).await).await
        };
        let refused = retry(&member, ids[0]).await;
        assert!(matches!(refused, Err(Error::Denied(Denial::NotAdmin))));
        let again = retry(&admin, ids[0]).await.unwrap();
        assert!(!again.is_given_up() && again.attempts == 0);
        let now = world.cx.now();
        let claim = world
            .write(async |tx| Ok(jobs::claim(&mut tx.conn, "chores", now, db::MINUTE, 10).await?));
        assert_eq!(claim.await.unwrap().len(), 3);
        let busy = retry(&admin, ids[0]).await;
        assert!(matches!(busy, Err(Error::Conflict(Clash::Working))));
        let drop = world.write(async |tx| job::discard(tx, &admin, ids[1], "useless").await);
        drop.await.unwrap();
        let gone = job::find(&mut *world.read().await, ids[1]).await;
        assert!(matches!(gone, Err(Error::Missing(_))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_listed_by_size_and_by_how_long_nothing_shows_them() {
    for world in World::each().await {
        let mut conn = world.read().await;
        assert_eq!(
            storage::totals(&mut conn).await.unwrap(),
            storage::Totals::default()
        );
        drop(conn);
        let anna = world.member("anna").await;
        let mut uploads = Vec::new();
        for number in 1..=5 {
            uploads.push(upload(&world, &anna, number).await);
        }
        let discard = world.write(async |tx| {
            for id in &uploads[..3] {
                attachment::discard(tx, &anna, *id).await?;
            }
            Ok(())
        });
        discard.await.unwrap();
        let mut conn = world.read().await;
        let totals = storage::totals(&mut conn).await.unwrap();
        let bytes: i64 = (1..=5)
            .map(|number| i64::try_from(picture(number).bytes).unwrap())
            .sum();
        assert_eq!((totals.count, totals.bytes), (5, bytes));
        let all = walk!(page => storage::largest(&mut conn, page), |one| {
            (one.bytes, one.sha256.clone())
        });
        assert!(all.len() == 5 && all.is_sorted_by(|a, b| a > b), "{all:?}");
        let idle = walk!(page => storage::unused(&mut conn, page), |one| one.sha256.clone());
        let mut expected = [1, 2, 3].map(|number| picture(number).sha256);
        expected.sort();
        assert_eq!(idle, expected);
    }
}
