//! Names of people and boards.

use domain::account::Account;
use domain::board::Board;
use domain::post::BoardRef;

use crate::view::{BoardName, Person};

pub(crate) fn person(account: &Account) -> Person {
    Person {
        href: account.path(),
        name: account.display_name().to_owned(),
        host: elsewhere(&account.host),
        bot: account.bot,
    }
}

pub(crate) fn board_name(board: &Board) -> BoardName {
    BoardName {
        href: board.path(),
        name: board.name.clone(),
        host: elsewhere(&board.host),
        title: board.title.clone(),
        hue: board.hue(),
    }
}

pub(crate) fn board_ref_name(board: &BoardRef) -> BoardName {
    BoardName {
        href: board.path(),
        name: board.name.clone(),
        host: elsewhere(&board.host),
        title: board.title.clone(),
        hue: domain::board::hue(&board.uri),
    }
}

fn elsewhere(host: &str) -> Option<String> {
    (!host.is_empty()).then(|| host.to_owned())
}
