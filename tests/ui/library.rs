//! The Library screen.

use crate::window::Fixture;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use maeum::engine::Command;
use maeum::library::SortKey;
use maeum::mood::Mood;
use maeum::ui::Place;

fn library(tracks: usize) -> Fixture {
    let mut window = Fixture::with(tracks);
    window.key(Modifiers::COMMAND, Key::Num2);
    window.settle();
    assert_eq!(window.state().place, Place::Library);
    window
}

#[test]
fn typing_searches_and_only_what_fits_is_left() {
    let mut window = library(200);
    window.key(Modifiers::COMMAND, Key::F);
    assert!(
        window
            .harness
            .get_by_label("Search the library")
            .is_focused()
    );
    window.type_into("Search the library", "윤슬 비");
    window.settle();
    let rows = window.state().browsing.len();
    assert!(rows > 0 && rows < 50, "{rows}");
    assert_eq!(window.state().browsing.track(0).unwrap().artist(), "윤슬");
}

#[test]
fn a_column_head_sorts_and_sorts_back() {
    let mut window = library(60);
    window.harness.get_by_label("Title").click();
    let commands = window.settle();
    let [Command::Browse { query, .. }] = &commands[..] else {
        panic!("{commands:?}");
    };
    assert_eq!((query.sort, query.descending), (SortKey::Title, false));
    window.harness.get_by_label("Title").click();
    window.settle();
    assert!(window.state().browsing.query.descending);
    window.harness.get_by_label("peaceful").click();
    window.settle();
    assert_eq!(window.state().browsing.query.mood, Some(Mood::Peaceful));
}

#[test]
fn only_visible_rows_of_a_large_library_are_laid_out() {
    let window = library(20_000);
    let rows = window.harness.get_all_by_role(Role::Row).count();
    assert!((5..40).contains(&rows), "{rows} rows");
    assert_eq!(window.state().browsing.len(), 20_000);
    assert!(window.state().dots.len() <= 3_000);
}

fn row(window: &Fixture, index: usize) -> eframe::egui::Rect {
    window
        .harness
        .get_all_by_role(Role::Row)
        .nth(index)
        .unwrap()
        .rect()
}

#[test]
fn ctrl_and_shift_choose_several_and_a_double_click_plays() {
    let mut window = library(60);
    let click = |window: &mut Fixture, index: usize, modifiers| {
        let node = window
            .harness
            .get_all_by_role(Role::Row)
            .nth(index)
            .unwrap();
        node.click_modifiers(modifiers);
        window.run();
    };
    click(&mut window, 1, Modifiers::NONE);
    click(&mut window, 4, Modifiers::SHIFT);
    assert_eq!(window.state().browsing.chosen.len(), 4);
    click(&mut window, 2, Modifiers::COMMAND);
    assert_eq!(window.state().browsing.chosen.len(), 3);
    // A pause, so that this is not a third click.
    window.harness.run_steps(30);
    let at = row(&window, 5).center();
    for _ in 0..2 {
        window.harness.hover_at(at);
        window.harness.drag_at(at);
        window.harness.drop_at(at);
        window.harness.step();
    }
    let commands = window.settle();
    assert!(
        commands.iter().any(
            |command| matches!(command, Command::Play { start: 5, tracks } if tracks.len() == 60)
        ),
        "{commands:?}"
    );
}

#[test]
fn the_keyboard_alone_finds_and_plays_a_track() {
    let mut window = library(60);
    window.key(Modifiers::COMMAND, Key::F);
    window.type_into("Search the library", "lemonade");
    window.settle();
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::NONE, Key::Enter);
    let commands = window.settle();
    assert!(
        matches!(commands.last(), Some(Command::Play { start: 1, .. })),
        "{commands:?}"
    );
}

#[test]
fn the_context_menu_queues_what_is_chosen() {
    let mut window = library(60);
    let node = window.harness.get_all_by_role(Role::Row).nth(3).unwrap();
    node.click_secondary();
    window.run();
    window.harness.get_by_label("Play next").click();
    let commands = window.settle();
    let [Command::Enqueue { tracks, next: true }] = &commands[..] else {
        panic!("{commands:?}");
    };
    assert_eq!(tracks[..], [window.state().browsing.track(3).unwrap().id]);
}

#[test]
fn a_missing_track_says_so_and_can_be_taken_out() {
    let mut window = library(60);
    window.key(Modifiers::COMMAND, Key::F);
    window.type_into("Search the library", "corridor");
    window.settle();
    let names: Vec<_> = window
        .harness
        .get_all_by_role(Role::Row)
        .filter_map(|row| row.accesskit_node().label())
        .collect();
    assert!(
        names.iter().any(|name| name.contains("file not found")),
        "{names:?}"
    );
    let row = window.harness.get_all_by_role(Role::Row).next().unwrap();
    row.click_secondary();
    window.run();
    window
        .harness
        .get_by_label("Take out of the library")
        .click();
    let commands = window.settle();
    let missing = window.state().browsing.track(0).unwrap();
    assert!(missing.missing);
    assert!(
        matches!(&commands[..], [Command::Forget(tracks)] if tracks[..] == [missing.id]),
        "{commands:?}"
    );
}

#[test]
fn number_keys_rate_the_chosen_rows() {
    let mut window = library(30);
    window.key(Modifiers::COMMAND, Key::F);
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::SHIFT, Key::ArrowDown);
    window.settle();
    window.key(Modifiers::NONE, Key::Num5);
    let commands = window.settle();
    let rated = commands.iter().find_map(|command| match command {
        Command::Rate { tracks, stars } => Some((tracks.len(), *stars)),
        _ => None,
    });
    assert_eq!(rated, Some((2, 5)), "{commands:?}");
    let rated = window.state().browsing.track(2).unwrap().id;
    assert_eq!(window.state().track(rated).unwrap().rating, 5);
}

#[test]
fn the_file_of_a_row_is_shown_by_menu_and_by_key() {
    let mut window = library(30);
    let path = window.state().browsing.track(1).unwrap().path.clone();
    let shown = |commands: Vec<Command>| {
        let file = |command| match command {
            Command::ShowInFolder(file) => Some(file),
            _ => None,
        };
        commands.into_iter().find_map(file)
    };
    let row = window.harness.get_all_by_role(Role::Row).nth(1).unwrap();
    row.click_secondary();
    window.run();
    window.harness.get_by_label("Show in folder").click();
    assert_eq!(shown(window.settle()), Some(path.clone()));
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    assert_eq!(shown(window.settle()), Some(path));
}

#[test]
fn keys_are_about_what_is_chosen_wherever_sorting_and_searching_put_it() {
    let mut window = library(60);
    let edited = |window: &mut Fixture| {
        window.key(Modifiers::NONE, Key::F2);
        window.settle();
        let tracks = window.state().editing.as_ref().map(|it| it.tracks.clone());
        window.key(Modifiers::NONE, Key::Escape);
        window.settle();
        tracks.unwrap_or_default()
    };
    let row = window.harness.get_all_by_role(Role::Row).nth(3).unwrap();
    row.click();
    window.settle();
    let track = window.state().browsing.track(3).unwrap().id;
    window.harness.get_by_label("Title").click();
    window.settle();
    assert_ne!(window.state().browsing.track(3).unwrap().id, track);
    assert_eq!(edited(&mut window), [track]);
    window.key(Modifiers::COMMAND, Key::A);
    window.settle();
    assert_eq!(edited(&mut window).len(), 60);
}

#[test]
fn escape_closes_a_menu_and_keeps_what_is_chosen() {
    let mut window = library(30);
    let row = window.harness.get_all_by_role(Role::Row).nth(1).unwrap();
    row.click_secondary();
    window.run();
    assert!(window.harness.query_by_label("Play next").is_some());
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.harness.query_by_label("Play next").is_none());
    assert_eq!(window.state().browsing.chosen.len(), 1);
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.state().browsing.chosen.is_empty());
}
