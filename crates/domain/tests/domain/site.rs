//! What the node says about itself: what admins save wins over the defaults, and holds for every verb at once.

use domain::audit;
use domain::page::Page;
use domain::site::{self, Field, Makers, Patch, Settings};
use domain::{Caller, Clash, Denial, Error, Registration, Role, account, board, first_run};

use crate::world::{World, draft, hash, keys};

async fn settings(world: &World) -> Settings {
    let mut conn = world.read().await;
    site::settings(&mut conn, &world.cx.site).await.unwrap()
}

async fn change(world: &World, by: &Caller, patch: Patch) -> domain::Result<Settings> {
    world
        .write(async |tx| site::change(tx, by, patch).await)
        .await
}

fn text(text: &str) -> Option<Option<String>> {
    Some(Some(text.to_owned()))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_admin_saved_wins_and_can_be_taken_back() {
    for mut world in World::each().await {
        world.set(|site| "Darkroom".clone_into(&mut site.defaults.name));
        world.set(|site| site.defaults.rules = vec!["Be kind.".to_owned()]);
        let admin = world.admin("anna").await;
        let before = settings(&world).await;
        assert_eq!((&*before.name, before.saved.len()), ("Darkroom", 0));

        let patch = Patch {
            name: text("  Night\u{202e} Pictures "),
            description: text("For people who do not sleep."),
            rules: Some(Some(vec!["Be kind.".to_owned()])),
            ..Patch::default()
        };
        let after = change(&world, &admin, patch).await.unwrap();
        assert_eq!(after.name, "Night Pictures");
        assert_eq!(after, settings(&world).await);
        let saved: Vec<_> = after.saved.iter().copied().collect();
        let expected = [Field::Name, Field::Description];
        assert_eq!(saved, expected, "rules equal to the default are not kept");

        world.set(|site| site.defaults.rules = vec!["No adverts.".to_owned()]);
        world.set(|site| "Elsewhere".clone_into(&mut site.defaults.name));
        let now = settings(&world).await;
        assert_eq!(
            (&*now.name, &*now.rules),
            ("Night Pictures", &["No adverts.".to_owned()][..])
        );

        let back = Patch {
            name: Some(None),
            ..Patch::default()
        };
        let after = change(&world, &admin, back).await.unwrap();
        assert_eq!(after.name, "Elsewhere", "the default as it is now");
        let mut conn = world.read().await;
        let lines = audit::list(&mut conn, Page::default()).await.unwrap();
        let subjects: Vec<_> = lines.items.iter().map(|line| &*line.subject).collect();
        assert_eq!(subjects, ["name", "name, description"]);
        let member = world.member("bert").await;
        let refused = world
            .write(async |tx| site::change(tx, &member, Patch::default()).await)
            .await;
        assert!(matches!(refused, Err(Error::Denied(Denial::NotAdmin))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_sign_up_and_boards_holds_at_once() {
    for world in World::each().await {
        let admin = world.admin("anna").await;
        let set = async |registration, makers| {
            let patch = Patch {
                registration: Some(Some(registration)),
                makers: Some(Some(makers)),
                ..Patch::default()
            };
            let change = world.write(async |tx| site::change(tx, &admin, patch).await);
            change.await.unwrap();
        };
        let sign_up = async |name: &str| {
            world
                .write(async |tx| {
                    account::sign_up(tx, draft(name), keys(), hash(), "192.0.2.1").await
                })
                .await
        };
        set(Registration::Closed, Makers::Accounts).await;
        let refused = sign_up("bert").await;
        assert!(matches!(
            refused,
            Err(Error::Denied(Denial::RegistrationClosed))
        ));
        set(Registration::Open, Makers::Accounts).await;
        let bert = sign_up("bert").await.unwrap();
        let make = async |name: &str| {
            let draft = board::Draft {
                name: name.to_owned(),
                ..board::Draft::default()
            };
            world
                .write(async |tx| board::create(tx, &bert, draft, keys()).await)
                .await
        };
        assert_eq!(make("cats").await.unwrap().name, "cats");
        set(Registration::Open, Makers::Admins).await;
        let refused = make("dogs").await;
        assert!(matches!(refused, Err(Error::Denied(Denial::NoBoards))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_of_the_first_start_makes_one_admin() {
    for world in World::each().await {
        let offer = async || {
            world
                .write(async |tx| first_run::offer(tx).await)
                .await
                .unwrap()
        };
        let good = async |secret: &str| {
            first_run::check(&mut *world.read().await, secret)
                .await
                .is_ok()
        };
        let old = offer().await.unwrap();
        let secret = offer().await.unwrap();
        assert!(
            !good(&old).await && good(&secret).await,
            "a new one each start"
        );
        assert!(!good("").await);

        let make = async |secret: &str, name: &str| {
            world
                .write(async |tx| {
                    first_run::make_admin(tx, secret, draft(name), keys(), hash()).await
                })
                .await
        };
        assert!(matches!(make(&old, "eve").await, Err(Error::Missing(_))));
        assert!(matches!(make(&secret, "A b").await, Err(Error::Invalid(_))));
        assert!(good(&secret).await, "a slip of the pen does not use it up");
        let (one, two) = tokio::join!(make(&secret, "anna"), make(&secret, "bert"));
        let made: Vec<_> = [one, two].into_iter().flatten().collect();
        assert_eq!(made.len(), 1, "of two at once one becomes admin");
        assert_eq!(made[0].role, Role::Admin);
        assert!(!good(&secret).await);
        assert_eq!(offer().await, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_made_otherwise_ends_the_link() {
    for world in World::each().await {
        let offer = world.write(async |tx| first_run::offer(tx).await).await;
        let secret = offer.unwrap().unwrap();
        world.admin("anna").await;
        let mut conn = world.read().await;
        let gone = first_run::check(&mut conn, &secret).await;
        assert!(matches!(gone, Err(Error::Missing(_))));
        drop(conn);
        let late = world
            .write(async |tx| {
                first_run::make_admin(tx, &secret, draft("bert"), keys(), hash()).await
            })
            .await;
        assert!(matches!(late, Err(Error::Missing(_))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_change_with_a_reason_and_the_last_admin_stays() {
    for world in World::each().await {
        let (anna, bert) = (world.admin("anna").await, world.member("bert").await);
        let appoint = async |by: &Caller, whom: &Caller, role, why: &str| {
            let (by, id) = (by.clone(), whom.id);
            world
                .write(async |tx| account::appoint(tx, &by, id, role, why).await)
                .await
        };
        let refused = appoint(&bert, &bert, Role::Admin, "please").await;
        assert!(matches!(refused, Err(Error::Denied(Denial::NotAdmin))));
        let silent = appoint(&anna, &bert, Role::Admin, "  ").await;
        assert!(matches!(silent, Err(Error::Invalid(_))));
        let last = appoint(&anna, &anna, Role::Member, "tired").await;
        assert!(matches!(last, Err(Error::Conflict(Clash::LastAdmin))));
        appoint(&anna, &bert, Role::Admin, "helps out")
            .await
            .unwrap();
        appoint(&anna, &anna, Role::Member, "tired").await.unwrap();
        let mut conn = world.read().await;
        let bert = account::caller(&mut conn, "bert").await.unwrap();
        assert_eq!(bert.role, Role::Admin);
    }
}
