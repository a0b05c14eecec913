//! Preferences: two forms, one row, nobody else's.

use domain::palette::{Colour, Palette};
use domain::preference::{self, Conduct, Home, Look, Preferences, Scheme};

use crate::scene::codes;
use crate::world::World;

async fn of(world: &World, account: domain::Id) -> Preferences {
    let mut conn = world.read().await;
    preference::of(&mut conn, account).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_form_saves_its_own_part() {
    for world in World::each().await {
        let (anna, bert) = (world.member("anna").await, world.member("bert").await);
        assert_eq!(of(&world, anna.id).await, Preferences::default());
        let look = Look {
            scheme: Scheme::Dark,
            dark: Palette::parse("0d1c37-122a53-73a5f8-acc4ee"),
            text_size: 20,
            ..Look::default()
        };
        let conduct = Conduct {
            open_sensitive: true,
            single_keys: false,
            home: Home::Local,
            auto_watch: false,
            ..Conduct::default()
        };
        world
            .write(async |tx| preference::set_look(tx, &anna, look).await)
            .await
            .unwrap();
        world
            .write(async |tx| preference::set_conduct(tx, &anna, conduct).await)
            .await
            .unwrap();
        assert_eq!(of(&world, anna.id).await, Preferences { look, conduct });
        world
            .write(async |tx| preference::set_look(tx, &anna, Look::default()).await)
            .await
            .unwrap();
        let now = of(&world, anna.id).await;
        assert_eq!((now.look, now.conduct), (Look::default(), conduct));
        assert_eq!(of(&world, bert.id).await, Preferences::default());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_palette_nobody_can_read_is_refused_with_what_is_weak() {
    for world in World::each().await {
        let anna = world.member("anna").await;
        let weak = Palette::new([
            Colour([250; 3]),
            Colour([240; 3]),
            Colour([0, 51, 170]),
            Colour([180; 3]),
        ]);
        let look = Look {
            light: Some(weak),
            text_size: 19,
            ..Look::default()
        };
        let refused = world
            .write(async |tx| preference::set_look(tx, &anna, look).await)
            .await;
        let said = format!("{refused:?}");
        assert!(
            said.contains("text on the page") && said.contains("at least 4.5"),
            "{said}"
        );
        assert!(!said.contains("links on the page"), "{said}");
        assert_eq!(
            codes(refused),
            [
                ("light".to_owned(), "contrast"),
                ("text_size".to_owned(), "bad_value")
            ]
        );
        assert_eq!(of(&world, anna.id).await, Preferences::default());
    }
}
