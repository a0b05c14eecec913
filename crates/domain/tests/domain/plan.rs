//! The hottest lists, as each engine would run them: found through an index and in its order, never by reading a
//! table through or by sorting it.
//!
//! The statements are recorded while the lists are asked for, so a new one cannot be forgotten here.

use std::sync::{Arc, Mutex};

use db::{Conn, Engine};
use diesel::connection::{Instrumentation, InstrumentationEvent};
use diesel::sql_types::Text;
use diesel_async::{AsyncConnection, RunQueryDsl, SimpleAsyncConnection};
use domain::board::{self, Order, Scope, Sort};
use domain::feed::Scope as Reach;
use domain::filter::Filter;
use domain::gallery::{self, Place};
use domain::page::{Page, Slice};
use domain::tag::Mark;
use domain::{
    Viewer, account, audit, delivery, event, feed, follow, job, peer, post, site, storage, tag,
    thread, vote, watch,
};

use crate::scene;
use crate::world::{World, handle};

/// Keeps the text of every statement of a connection.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>);

impl Instrumentation for Recorder {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let text = query.to_string();
            let sql = text.split(" -- binds:").next().unwrap_or_default();
            self.0.lock().unwrap().push(sql.trim().to_owned());
        }
    }
}

impl Recorder {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

#[derive(diesel::QueryableByName)]
struct SqliteLine {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[derive(diesel::QueryableByName)]
struct PostgresLine {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    line: String,
}

/// How the engine would run a statement, whatever its parameters are.
#[expect(
    clippy::disallowed_methods,
    reason = "asking for a plan is text on both engines"
)]
async fn plan(conn: &mut Conn, sql: &str) -> Vec<String> {
    if conn.engine() == Engine::Sqlite {
        let ask = diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}"));
        let lines: Vec<SqliteLine> = db::run!(conn, c => ask.load(c).await).unwrap();
        return lines.into_iter().map(|line| line.detail).collect();
    }
    let parameters = (1..)
        .take_while(|at| sql.contains(&format!("${at}")))
        .count();
    let nulls = vec!["NULL"; parameters].join(", ");
    let nulls = if nulls.is_empty() {
        nulls
    } else {
        format!("({nulls})")
    };
    let prepare = format!("DEALLOCATE ALL; PREPARE hot AS {sql}");
    db::run!(conn, c => c.batch_execute(&prepare).await).unwrap();
    let ask = diesel::sql_query(format!("EXPLAIN EXECUTE hot{nulls}"));
    let lines: Vec<PostgresLine> = db::run!(conn, c => ask.load(c).await).unwrap();
    lines.into_iter().map(|line| line.line).collect()
}

/// The lines of a plan that read a table through or sort. Sorting the details of the items of one page is no fault:
/// a page bounds them.
fn slow<'a>(engine: Engine, sql: &str, plan: &'a [String]) -> Vec<&'a String> {
    let details = sql.contains(" IN (?") || sql.contains(" = ANY($");
    let is_slow = |line: &&String| match engine {
        Engine::Sqlite => {
            let through = line.starts_with("SCAN ") && !line.contains(" INDEX ");
            through || (line.contains("TEMP B-TREE FOR ORDER BY") && !details)
        }
        Engine::Postgres => line.contains("Seq Scan") || (line.contains("Sort") && !details),
    };
    plan.iter().filter(is_slow).collect()
}

/// The tables of a test are so small that PostgreSQL would rather read them through; what remains where this is
/// switched off is what no index can do.
const RELUCTANT: &str = "SET enable_seqscan = off; SET enable_sort = off; \
    SET enable_incremental_sort = off; SET enable_bitmapscan = off; \
    SET plan_cache_mode = force_generic_plan";

/// A list, all three parts of it: its beginning, what comes after, what comes before.
macro_rules! parts {
    ($conn:expr, $page:ident => $ask:expr) => {{
        let $page = Page::first(1);
        let first: Slice<_> = $ask.await.unwrap();
        let next = first.next.expect("two threads make two pages");
        let $page = Page::asked(Some(1), None, Some(&next));
        let second: Slice<_> = $ask.await.unwrap();
        let prev = second.prev.expect("the second page has one before it");
        let $page = Page::asked(Some(1), Some(&prev), None);
        let _: Slice<_> = $ask.await.unwrap();
    }};
}

/// What the lists for admins show two of, so that each has two pages.
async fn stock(world: &World, admin: &domain::Caller) {
    let stock = world.write(async |tx| {
        for host in ["a.example", "b.example"] {
            peer::meet(tx, host).await?;
        }
        for name in ["bert", "carl"] {
            let patch = site::Patch {
                name: Some(Some(name.to_owned())),
                ..site::Patch::default()
            };
            site::change(tx, admin, patch).await?;
            for state in 0..2 {
                let (id, now) = (tx.id(), tx.now);
                let job = jobs::NewJob {
                    id,
                    queue: "chores",
                    lane: None,
                    payload: "{}",
                    run_at: now,
                };
                jobs::enqueue(&mut tx.conn, job, now).await?;
                if state == 1 {
                    jobs::give_up(&mut tx.conn, id, "broken").await?;
                }
            }
        }
        Ok(())
    });
    stock.await.unwrap();
    for name in ["bert", "carl"] {
        world.admin(name).await;
    }
}

/// Lists that only admins see.
async fn admin_lists(world: &World, conn: &mut Conn) {
    let here = account::Filter::here("");
    for filter in [here, account::Filter::Role(domain::Role::Admin)] {
        parts!(conn, page => account::directory(conn, &filter, page));
    }
    let empty = Page::first(1);
    for filter in [
        account::Filter::Suspended,
        account::Filter::Elsewhere {
            prefix: String::new(),
        },
    ] {
        account::directory(conn, &filter, empty.clone())
            .await
            .unwrap();
    }
    let all = peer::Filter::All {
        prefix: String::new(),
    };
    parts!(conn, page => peer::directory(conn, &all, page));
    for filter in [
        peer::Filter::Failing,
        peer::Filter::Dead,
        peer::Filter::Suspended,
    ] {
        peer::directory(conn, &filter, empty.clone()).await.unwrap();
    }
    parts!(conn, page => job::given_up(conn, page));
    parts!(conn, page => job::waiting(conn, "chores", page));
    parts!(conn, page => audit::list(conn, page));
    storage::largest(conn, empty.clone()).await.unwrap();
    storage::unused(conn, empty.clone()).await.unwrap();
    site::settings(conn, &world.cx.site).await.unwrap();
    site::masthead(conn, &world.cx.site).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::too_many_lines, reason = "one line for each list")]
async fn hot_lists_follow_their_index() {
    for world in World::each().await {
        let admin = world.admin("anna").await;
        let viewer = Viewer::Account(admin.clone());
        let art = world.board("art", &admin).await;
        world.board("cats", &admin).await;
        let mut threads = Vec::new();
        for (seed, body) in [(1, "#film one"), (2, "#film two")] {
            let mut draft = scene::opening(body);
            draft.media = vec![scene::upload(&world, &admin, seed).await];
            let thread = scene::try_open(&world, &admin, "art", draft).await.unwrap();
            world.reply(&admin, thread, ">>1").await;
            world.reply(&admin, thread, ">>2").await;
            threads.push(thread);
        }
        world
            .write(async |tx| follow::set(tx, &admin, art.id).await)
            .await
            .unwrap();
        world
            .write(async |tx| tag::mark(tx, &admin, "film", Mark::Followed).await)
            .await
            .unwrap();
        world
            .write(async |tx| tag::mark(tx, &admin, "dull", Mark::Muted).await)
            .await
            .unwrap();
        let film = tag::find(&mut *world.read().await, "film")
            .await
            .unwrap()
            .id;
        stock(&world, &admin).await;
        let recorder = Recorder::default();
        let mut conn = world.read().await;
        let engine = conn.engine();
        if engine == Engine::Postgres {
            db::run!(&mut *conn, c => c.batch_execute(RELUCTANT).await).unwrap();
        }
        db::run!(&mut *conn, c => c.set_instrumentation(recorder.clone()));

        for sort in [Sort::Bump, Sort::New, Sort::Replies, Sort::Votes] {
            parts!(conn, page => board::threads(&mut conn, &art, sort, &viewer, page));
        }
        parts!(conn, page => feed::all(&mut conn, &viewer, page));
        parts!(conn, page => feed::local(&mut conn, &viewer, page));
        parts!(conn, page => feed::home(&mut conn, &admin, page));
        let tagged = Filter {
            tag: Some(film),
            ..Filter::default()
        };
        let of_board = Filter {
            board: Some(art.id),
            ..Filter::default()
        };
        for filter in [tagged, of_board] {
            parts!(conn, page => feed::filtered(&mut conn, Reach::All, &filter, &viewer, page));
        }
        for place in [Place::Everywhere, Place::Board(art.id)] {
            parts!(conn, page => gallery::pictures(&mut conn, place, &viewer, page));
        }
        parts!(conn, page => tag::posts(&mut conn, film, &viewer, page));
        tag::list(&mut conn, "", Page::first(1)).await.unwrap();
        parts!(conn, page => account::posts(&mut conn, admin.id, &viewer, page));
        parts!(conn, page => thread::posts(&mut conn, threads[0], &viewer, page));
        parts!(conn, page => account::threads(&mut conn, admin.id, &viewer, page));
        parts!(conn, page => account::replies(&mut conn, admin.id, &viewer, page));
        parts!(conn, page => account::pictures(&mut conn, admin.id, &viewer, page));
        parts!(conn, page => watch::list(&mut conn, &admin, page));
        watch::fresh(&mut conn, &admin, 99).await.unwrap();
        vote::likers(&mut conn, threads[0], Page::default())
            .await
            .unwrap();
        for order in [Order::Activity, Order::Name, Order::New] {
            for scope in [Scope::Local, Scope::Known] {
                parts!(conn, page => board::list(&mut conn, scope, order, &viewer, page));
            }
        }
        board::featured(&mut conn, &viewer).await.unwrap();
        board::find(&mut conn, &handle("art"), &viewer)
            .await
            .unwrap();
        thread::view(&mut conn, threads[0], &viewer).await.unwrap();
        post::find(&mut conn, threads[0], &viewer).await.unwrap();
        follow::follower_inboxes(&mut conn, art.id).await.unwrap();
        delivery::waiting(&mut conn, "peer.test", 0, 10)
            .await
            .unwrap();
        delivery::pending(&mut conn).await.unwrap();
        jobs::next_due(&mut conn, event::FEDERATION).await.unwrap();
        jobs::waiting(&mut conn, event::FEDERATION).await.unwrap();

        admin_lists(&world, &mut conn).await;

        let mut statements = recorder.take();
        statements.sort();
        statements.dedup();
        assert!(statements.len() > 30, "they were recorded: {statements:#?}");
        let mut found = Vec::new();
        for sql in &statements {
            let plan = plan(&mut conn, sql).await;
            if !slow(engine, sql, &plan).is_empty() {
                found.push(format!("{sql}\n    {}", plan.join("\n    ")));
            }
        }
        assert!(found.is_empty(), "{engine:?}:\n{}", found.join("\n\n"));
    }
}

/// Whoever refers to a post or a thread is asked when those go: by the engine for each row that goes, and by what looks
/// whether anything of ours refers to a thread.
#[tokio::test(flavor = "multi_thread")]
async fn what_refers_to_posts_is_found_by_an_index() {
    for world in World::each().await {
        let mut conn = world.read().await;
        let engine = conn.engine();
        if engine == Engine::Postgres {
            db::run!(&mut *conn, c => c.batch_execute(RELUCTANT).await).unwrap();
        }
        let mut found = Vec::new();
        for to in ["posts", "threads"] {
            let references = db::rows::references(&mut conn, to).await.unwrap();
            assert!(!references.is_empty(), "{engine:?}: nothing refers to {to}");
            for db::rows::Reference { table, column } in references {
                let sql = format!("SELECT 1 FROM {table} WHERE {column} = 1");
                let plan = plan(&mut conn, &sql).await;
                let searched = plan.iter().any(|line| match engine {
                    Engine::Sqlite => line.starts_with("SEARCH "),
                    Engine::Postgres => line.contains("Index Cond"),
                });
                if !searched {
                    found.push(format!("{sql}\n    {}", plan.join("\n    ")));
                }
            }
        }
        assert!(found.is_empty(), "{engine:?}:\n{}", found.join("\n"));
    }
}
