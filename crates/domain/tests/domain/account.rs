//! Accounts: signing up, profiles, passwords, standing.

use domain::account::{self, Draft, Kind, Profile};
use domain::limits::RATE_SIGNUPS;
use domain::{
    Clash, Context, Denial, Error, Event, Noun, Registration, Result, Role, Viewer, board, session,
};

use crate::world::{self, PASSWORD, World, draft, handle, keys};

/// Somebody comes to the site and signs up.
async fn join(world: &World, draft: Draft, address: &str) -> Result<domain::Caller> {
    let mut conn = world.read().await;
    account::admit(&mut conn, &world.cx, &draft, address).await?;
    drop(conn);
    let hash = account::hash(draft.password.clone()).await?;
    world
        .write(async |tx| account::sign_up(tx, draft, keys(), hash, address).await)
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_signs_up_and_is_found() {
    for world in World::each().await {
        let caller = join(&world, draft(" Anna "), "192.0.2.1").await.unwrap();
        assert_eq!((&*caller.name, caller.role), ("anna", Role::Member));
        let mut conn = world.read().await;
        let account = account::find(&mut conn, &handle("@anna@pics.example"))
            .await
            .unwrap();
        assert_eq!(account.id, caller.id);
        assert_eq!((account.kind, account.is_local()), (Kind::Person, true));
        assert_eq!(account.uri, "https://pics.example/u/anna");
        assert_eq!(account.path(), "/u/anna");
        assert_eq!(account.display_name(), "anna");
        assert_eq!(account.created_at, world.cx.now());
        let missing = account::find(&mut conn, &handle("bert")).await;
        assert!(matches!(missing, Err(Error::Missing(Noun::Account))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_faults_of_a_sign_up_come_at_once() {
    for world in World::each().await {
        let bad = Draft {
            name: "no name".to_owned(),
            password: "short".to_owned(),
            email: Some("nowhere".to_owned()),
        };
        let Err(Error::Invalid(faults)) = join(&world, bad, "192.0.2.1").await else {
            panic!("a bad sign-up is invalid");
        };
        let fields: Vec<&str> = faults.iter().map(|fault| &*fault.field).collect();
        assert_eq!(fields, ["name", "password", "email"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_and_boards_share_one_namespace() {
    for world in World::each().await {
        let admin = world.admin("anna").await;
        world.board("art", &admin).await;
        for taken in ["Anna", "art"] {
            let refused = join(&world, draft(taken), "192.0.2.1").await;
            assert!(
                matches!(refused, Err(Error::Conflict(Clash::NameTaken))),
                "{taken}: {refused:?}"
            );
        }
        let named = board::Draft {
            name: "anna".to_owned(),
            ..board::Draft::default()
        };
        let refused = world
            .write(async |tx| board::create(tx, &admin, named, keys()).await)
            .await;
        assert!(matches!(refused, Err(Error::Conflict(Clash::NameTaken))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_nodes_take_nobody_and_busy_addresses_wait() {
    for mut world in World::each().await {
        world.set(|site| site.defaults.registration = Registration::Closed);
        let refused = join(&world, draft("anna"), "192.0.2.1").await;
        assert!(matches!(
            refused,
            Err(Error::Denied(Denial::RegistrationClosed))
        ));
        world.set(|site| site.defaults.registration = Registration::Open);
        for at in 0..RATE_SIGNUPS.count {
            let hash = world::hash();
            let draft = draft(&format!("anna{at}"));
            world
                .write(async |tx| account::sign_up(tx, draft, keys(), hash, "192.0.2.1").await)
                .await
                .unwrap();
        }
        let refused = join(&world, draft("bert"), "192.0.2.1").await;
        assert!(matches!(refused, Err(Error::Busy { .. })), "{refused:?}");
        join(&world, draft("bert"), "192.0.2.2").await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_is_changed_in_parts_and_made_safe() {
    for world in World::each().await {
        let anna = world.member("anna").await;
        let said = Profile {
            title: Some("Anna \u{202e} M".to_owned()),
            about: Some("I **draw** <script>alert(1)</script>".to_owned()),
            fields: Some(vec![("web".to_owned(), "https://anna.example".to_owned())]),
            ..Profile::default()
        };
        let changed = world
            .write(async |tx| account::update(tx, &anna, said).await)
            .await
            .unwrap();
        assert_eq!(changed.title, "Anna M");
        assert!(changed.about_html.contains("<strong>draw</strong>"));
        assert!(
            !changed.about_html.contains("<script"),
            "{}",
            changed.about_html
        );
        let renamed = Profile {
            title: Some(String::new()),
            ..Profile::default()
        };
        let again = world
            .write(async |tx| account::update(tx, &anna, renamed).await)
            .await
            .unwrap();
        assert_eq!((again.title, again.about), (String::new(), changed.about));
        assert_eq!(again.fields, changed.fields);
        let noted = Event::ActorChanged { actor: anna.id };
        assert_eq!(world.events().await, [noted.clone(), noted]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_profile_names_its_fields_and_changes_nothing() {
    for world in World::each().await {
        let anna = world.member("anna").await;
        let said = Profile {
            title: Some("x".repeat(101)),
            about: Some("x".repeat(5_001)),
            avatar: Some(Some(7)),
            ..Profile::default()
        };
        let refused = world
            .write(async |tx| account::update(tx, &anna, said).await)
            .await;
        let Err(Error::Invalid(faults)) = refused else {
            panic!("{refused:?}");
        };
        let fields: Vec<&str> = faults.iter().map(|fault| &*fault.field).collect();
        assert_eq!(fields, ["display_name", "bio"]);
        let nobodys = Profile {
            title: Some("Anna".to_owned()),
            avatar: Some(Some(7)),
            ..Profile::default()
        };
        let refused = world
            .write(async |tx| account::update(tx, &anna, nobodys).await)
            .await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        let mut conn = world.read().await;
        let account = account::by_id(&mut conn, anna.id).await.unwrap();
        assert_eq!(account.title, "");
        drop(conn);
        assert_eq!(world.events().await, []);
    }
}

async fn token(cx: &Context, password: &str) -> Result<(String, session::Session)> {
    let credentials = session::Credentials {
        name: "anna".to_owned(),
        password: password.to_owned(),
        address: "192.0.2.1".to_owned(),
    };
    session::sign_in(cx, credentials, session::Kind::Page, "Firefox").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_all_other_sessions() {
    for world in World::each().await {
        let anna = world.member("anna").await;
        let (here, kept) = token(&world.cx, PASSWORD).await.unwrap();
        let (elsewhere, _) = token(&world.cx, PASSWORD).await.unwrap();
        let change = |current: &str, new: &str| {
            let (current, new) = (current.to_owned(), new.to_owned());
            account::set_password(&world.cx, &anna, current, new, kept.id)
        };
        for (current, new, field) in [
            (PASSWORD, "short", "password"),
            ("wrong password", "a new password", "current"),
        ] {
            let refused = change(current, new).await;
            let Err(Error::Invalid(faults)) = refused else {
                panic!("{refused:?}");
            };
            assert_eq!(faults[0].field, field);
        }
        change(PASSWORD, "a new password").await.unwrap();
        let now = world.cx.now();
        let mut conn = world.read().await;
        assert!(
            session::find(&mut conn, &here, now)
                .await
                .unwrap()
                .is_some()
        );
        assert!(
            session::find(&mut conn, &elsewhere, now)
                .await
                .unwrap()
                .is_none()
        );
        drop(conn);
        assert!(token(&world.cx, PASSWORD).await.is_err());
        token(&world.cx, "a new password").await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_and_suspension_hold_at_once() {
    for world in World::each().await {
        let anna = world.member("anna").await;
        let (secret, _) = token(&world.cx, PASSWORD).await.unwrap();
        let now = world.cx.now();
        world
            .write(async |tx| account::set_role(tx, anna.id, Role::Moderator).await)
            .await
            .unwrap();
        let mut conn = world.read().await;
        let found = session::find(&mut conn, &secret, now)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(found.caller.role, Role::Moderator);
        drop(conn);
        world
            .write(async |tx| account::disable(tx, anna.id).await)
            .await
            .unwrap();
        let mut conn = world.read().await;
        assert!(
            session::find(&mut conn, &secret, now)
                .await
                .unwrap()
                .is_none()
        );
        let acting = account::caller(&mut conn, "anna").await;
        assert!(matches!(acting, Err(Error::Denied(Denial::Suspended))));
        drop(conn);
        let refused = token(&world.cx, PASSWORD).await;
        assert!(matches!(refused, Err(Error::Denied(Denial::Suspended))));
        world
            .write(async |tx| account::enable(tx, anna.id).await)
            .await
            .unwrap();
        token(&world.cx, PASSWORD).await.unwrap();
        let missing = world
            .write(async |tx| account::set_role(tx, 7, Role::Admin).await)
            .await;
        assert!(matches!(missing, Err(Error::Missing(Noun::Account))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_node_counts_what_is_its_own() {
    for world in World::each().await {
        let admin = world.admin("anna").await;
        world.board("art", &admin).await;
        world.stranger("zoe", "far.example").await;
        world.far_board("news", "far.example").await;
        let mut conn = world.read().await;
        let counts = account::counts(&mut conn).await.unwrap();
        assert_eq!((counts.accounts, counts.boards), (1, 1));
        assert_eq!((counts.posts, counts.threads), (0, 0));
        let page = domain::page::Page::default();
        let posts = account::posts(&mut conn, admin.id, &Viewer::Visitor, page).await;
        assert!(posts.unwrap().items.is_empty());
        let both = account::by_ids(&mut conn, &[admin.id, 7]).await.unwrap();
        assert_eq!(both.len(), 1);
    }
}
