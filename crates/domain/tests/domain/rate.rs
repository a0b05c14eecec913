//! Limits on how often something may be done.

use db::MINUTE;
use domain::limits::Rate;
use domain::{Error, Result, rate};

use crate::world::World;

const TWICE: Rate = Rate {
    name: "test",
    count: 2,
    seconds: 600,
};

async fn take(world: &World, who: &str) -> Result<()> {
    world
        .write(async |tx| rate::take(tx, &TWICE, who).await)
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_gives_its_times_to_each_and_then_names_its_end() {
    for world in World::each().await {
        world.advance(3 * MINUTE);
        take(&world, "anna").await.unwrap();
        take(&world, "anna").await.unwrap();
        let refused = take(&world, "anna").await;
        // 10:00 begins a window of ten minutes; it is 10:03.
        assert!(
            matches!(refused, Err(Error::Busy { retry_after: 421 })),
            "{refused:?}"
        );
        take(&world, "bert").await.unwrap();
        world.advance(7 * MINUTE);
        take(&world, "anna").await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_failed_write_took_is_given_back() {
    for world in World::each().await {
        for _ in 0..5 {
            let failed = world
                .write(async |tx| -> Result<()> {
                    rate::take(tx, &TWICE, "anna").await?;
                    Err(Error::invalid("body", "empty", "Write something."))
                })
                .await;
            assert!(matches!(failed, Err(Error::Invalid(_))), "{failed:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_may_switch_limits_off_and_sweeps_old_windows() {
    for mut world in World::each().await {
        take(&world, "anna").await.unwrap();
        take(&world, "anna").await.unwrap();
        world.write(async |tx| rate::sweep(tx).await).await.unwrap();
        assert!(
            take(&world, "anna").await.is_err(),
            "a window that counts stays"
        );
        world.set(|site| site.rate_limits = false);
        take(&world, "anna").await.unwrap();
    }
}
