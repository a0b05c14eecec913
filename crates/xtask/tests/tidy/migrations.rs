//! One schema, two engines: every migration exists for both, under the same number and name.

use crate::tree;

#[test]
fn both_engines_have_the_same_migrations() {
    assert_eq!(
        tree::names_in("migrations/sqlite"),
        tree::names_in("migrations/postgres"),
        "migrations/sqlite (left) and migrations/postgres (right)"
    );
}

#[test]
fn every_migration_says_something() {
    let mut offenders = Vec::new();
    for engine in ["sqlite", "postgres"] {
        let names = tree::names_in(&format!("migrations/{engine}"));
        assert!(!names.is_empty(), "migrations/{engine} is empty");
        for name in names {
            let path = format!("migrations/{engine}/{name}/up.sql");
            if tree::read(&path).trim().is_empty() {
                offenders.push(path);
            }
        }
    }
    tree::none("Empty migrations:", &offenders);
}
