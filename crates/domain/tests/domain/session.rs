//! Sessions: signing in, expiring, ending.

use db::{DAY, HOUR};
use domain::limits::{RATE_LOGINS, SESSION_DAYS, SESSIONS, TOKEN_DAYS};
use domain::session::{self, Credentials, Kind, Scope, Session};
use domain::{Denial, Error, Noun, Result};

use crate::world::{PASSWORD, World};

async fn sign_in(world: &World, name: &str, password: &str) -> Result<(String, Session)> {
    let credentials = Credentials {
        name: name.to_owned(),
        password: password.to_owned(),
        address: format!("address of {name}"),
    };
    session::sign_in(&world.cx, credentials, Kind::Page, "Firefox").await
}

async fn find(world: &World, token: &str) -> Option<Session> {
    let mut conn = world.read().await;
    session::find(&mut conn, token, world.cx.now())
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_gives_a_token_that_is_good() {
    for world in World::each().await {
        let anna = world.member("anna").await;
        let (token, opened) = sign_in(&world, " @Anna ", PASSWORD).await.unwrap();
        assert_eq!(token.len(), 43, "32 bytes in base64url");
        let found = find(&world, &token).await.unwrap();
        assert_eq!(found, opened);
        assert_eq!((found.caller, found.kind), (anna, Kind::Page));
        assert_eq!(found.scopes, Scope::ALL);
        assert!(found.csrf.len() >= 22);
        assert_eq!(find(&world, "another token").await, None);
        let (second, _) = sign_in(&world, "anna", PASSWORD).await.unwrap();
        assert_ne!(second, token);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_names_and_wrong_passwords_answer_the_same() {
    for world in World::each().await {
        world.member("anna").await;
        let admin = world.admin("bert").await;
        world.board("art", &admin).await;
        world.stranger("zoe", "far.example").await;
        for name in ["anna", "nobody", "art", "zoe", "zoe@far.example", ""] {
            let refused = sign_in(&world, name, "wrong password").await;
            assert!(
                matches!(refused, Err(Error::Denied(Denial::BadCredentials))),
                "{name}: {refused:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn attempts_are_counted_by_name_and_by_address() {
    for world in World::each().await {
        world.member("anna").await;
        let attempt = |name: String, address: String| {
            let password = "wrong password".to_owned();
            let credentials = Credentials {
                name,
                password,
                address,
            };
            session::sign_in(&world.cx, credentials, Kind::Page, "")
        };
        for at in 0..RATE_LOGINS.count {
            let refused = attempt("anna".to_owned(), format!("192.0.2.{at}")).await;
            assert!(matches!(refused, Err(Error::Denied(_))), "{refused:?}");
        }
        let by_name = attempt("anna".to_owned(), "192.0.2.99".to_owned()).await;
        assert!(matches!(by_name, Err(Error::Busy { .. })), "{by_name:?}");
        for at in 0..RATE_LOGINS.count {
            let refused = attempt(format!("nobody{at}"), "198.51.100.1".to_owned()).await;
            assert!(matches!(refused, Err(Error::Denied(_))), "{refused:?}");
        }
        let by_address = attempt("bert".to_owned(), "198.51.100.1".to_owned()).await;
        assert!(matches!(by_address, Err(Error::Busy { .. })));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn expired_tokens_are_refused_and_use_prolongs() {
    for world in World::each().await {
        let anna = world.member("anna").await;
        let (token, opened) = world
            .write(async |tx| session::open(tx, anna.id, Kind::Page, &Scope::ALL, "").await)
            .await
            .unwrap();
        assert!(!opened.is_stale(world.cx.now()));
        world.advance(SESSION_DAYS * DAY - HOUR);
        let found = find(&world, &token).await.unwrap();
        assert!(found.is_stale(world.cx.now()));
        world
            .write(async |tx| session::touch(tx, &found).await)
            .await
            .unwrap();
        world.advance(SESSION_DAYS * DAY - HOUR);
        let used = find(&world, &token).await.unwrap();
        assert!(used.used_at > opened.used_at);
        world.advance(HOUR);
        assert_eq!(find(&world, &token).await, None);
        let mut conn = world.read().await;
        let listed = session::list(&mut conn, &anna, world.cx.now()).await;
        assert_eq!(listed.unwrap(), []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_programs_token_has_its_scopes_and_lives_longer() {
    for world in World::each().await {
        let anna = world.member("anna").await;
        let asked = [Scope::Write, Scope::Read, Scope::Read];
        let (token, _) = world
            .write(async |tx| session::open(tx, anna.id, Kind::Token, &asked, "cron").await)
            .await
            .unwrap();
        world.advance(TOKEN_DAYS * DAY - 1);
        let found = find(&world, &token).await.unwrap();
        assert_eq!(found.scopes, [Scope::Read, Scope::Write]);
        assert!(found.allows(Scope::Write) && !found.allows(Scope::Admin));
        assert_eq!((found.kind, &*found.label), (Kind::Token, "cron"));
        world.advance(1);
        assert_eq!(find(&world, &token).await, None);
        world
            .write(async |tx| session::sweep(tx).await)
            .await
            .unwrap();
        let nobody = world
            .write(async |tx| session::open(tx, 7, Kind::Token, &asked, "").await)
            .await;
        assert!(matches!(nobody, Err(Error::Missing(Noun::Account))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_ends_ones_own_sessions_only() {
    for world in World::each().await {
        let (anna, bert) = (world.member("anna").await, world.member("bert").await);
        let (token, opened) = sign_in(&world, "anna", PASSWORD).await.unwrap();
        let refused = world
            .write(async |tx| session::close(tx, &bert, opened.id).await)
            .await;
        assert!(matches!(refused, Err(Error::Missing(Noun::Session))));
        assert!(find(&world, &token).await.is_some());
        world
            .write(async |tx| session::close(tx, &anna, opened.id).await)
            .await
            .unwrap();
        assert_eq!(find(&world, &token).await, None);
        let (token, _) = sign_in(&world, "anna", PASSWORD).await.unwrap();
        for _ in 0..2 {
            world
                .write(async |tx| session::close_token(tx, &token).await)
                .await
                .unwrap();
        }
        assert_eq!(find(&world, &token).await, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_session_too_many_ends_the_oldest() {
    for world in World::each().await {
        let anna = world.member("anna").await;
        let open = async || {
            let opened = world
                .write(async |tx| session::open(tx, anna.id, Kind::Page, &Scope::ALL, "").await)
                .await;
            opened.unwrap().0
        };
        let first = open().await;
        let second = open().await;
        for _ in 2..=SESSIONS {
            open().await;
        }
        assert_eq!(find(&world, &first).await, None);
        assert!(find(&world, &second).await.is_some());
        let mut conn = world.read().await;
        let listed = session::list(&mut conn, &anna, world.cx.now())
            .await
            .unwrap();
        assert_eq!(i64::try_from(listed.len()).unwrap(), SESSIONS);
    }
}
