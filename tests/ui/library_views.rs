//! Albums, artists and folders on the Library screen.

use crate::window::Fixture;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use maeum::engine::{Command, Wish};
use maeum::library::TrackId;
use maeum::ui::{LibraryView, Place};

fn library(tracks: usize, view: &str) -> Fixture {
    let mut window = Fixture::with(tracks);
    window.key(Modifiers::COMMAND, Key::Num2);
    window.settle();
    tab(&mut window, view);
    window
}

fn tab(window: &mut Fixture, view: &str) {
    window
        .harness
        .get_by_role_and_label(Role::Tab, view)
        .click();
    window.settle();
}

/// The names of what is shown in a list or a grid.
fn shown(window: &Fixture) -> Vec<String> {
    let items = window.harness.get_all_by_role(Role::ListItem);
    items
        .filter_map(|item| item.accesskit_node().label())
        .collect()
}

fn click(window: &mut Fixture, name: &str) -> Vec<Command> {
    window
        .harness
        .get_all_by_role(Role::ListItem)
        .find(|item| {
            item.accesskit_node()
                .label()
                .is_some_and(|label| label.starts_with(name))
        })
        .unwrap_or_else(|| panic!("no {name}"))
        .click();
    window.settle()
}

fn focused(window: &Fixture) -> String {
    let items = window.harness.get_all_by_role(Role::ListItem);
    let mut focused = items.filter(egui_kittest::Node::is_focused);
    focused
        .next()
        .and_then(|item| item.accesskit_node().label())
        .unwrap_or_default()
}

fn played(commands: &[Command]) -> Option<(&[TrackId], usize)> {
    commands.iter().find_map(|command| match command {
        Command::Play { tracks, start } => Some((&tracks[..], *start)),
        _ => None,
    })
}

#[test]
fn an_album_opens_to_its_tracks_in_their_order_and_plays() {
    let mut window = library(280, "Albums");
    assert!(
        shown(&window)
            .iter()
            .any(|name| name.contains("Brass & Lemonade"))
    );
    click(&mut window, "Sunday Shoes");
    let state = window.state();
    let rows: Vec<_> = (0..state.browsing.len())
        .filter_map(|row| state.browsing.track(row).cloned())
        .collect();
    assert_eq!(rows.len(), 10);
    assert!(rows.iter().all(|track| track.tags.album == "Sunday Shoes"));
    let numbers: Vec<_> = rows
        .iter()
        .filter_map(|track| track.tags.track_number)
        .collect();
    assert!(numbers.is_sorted(), "{numbers:?}");
    window.harness.get_by_label("Play all").click();
    let commands = window.settle();
    let (tracks, start) = played(&commands).expect("it plays");
    let ids: Vec<_> = rows.iter().map(|track| track.id).collect();
    assert_eq!((tracks, start), (&ids[..], 0));
    window.key(Modifiers::NONE, Key::Escape);
    window.settle();
    assert!(window.state().browsing.open().is_none());
    assert!(shown(&window).len() > 5);
}

#[test]
fn search_filters_every_view_and_an_open_album_is_searched_in_itself() {
    let mut window = library(280, "Albums");
    window.type_into("Search the library", "marlowe snow");
    window.settle();
    let names = shown(&window);
    assert!(
        names.len() == 1 && names[0].starts_with("Winterlong"),
        "{names:?}"
    );
    tab(&mut window, "Artists");
    let names = shown(&window);
    assert!(
        names.len() == 1 && names[0].starts_with("Ida Marlowe"),
        "{names:?}"
    );
    tab(&mut window, "Folders");
    let names = shown(&window);
    assert!(
        names.len() == 1 && names[0].starts_with("Ida Marlowe/Winterlong"),
        "{names:?}"
    );
    tab(&mut window, "Artists");
    click(&mut window, "Ida Marlowe");
    assert_eq!(window.state().browsing.query.text, "", "all of it is shown");
    assert_eq!(window.state().browsing.len(), 20);
    window.type_into("Search the library", "kettle");
    window.settle();
    assert_eq!(window.state().browsing.len(), 10);
    window.harness.get_by_label("Back").click();
    window.settle();
    assert_eq!(window.state().browsing.query.text, "marlowe snow");
    assert_eq!(shown(&window).len(), 1);
}

#[test]
fn the_keyboard_alone_opens_an_album_plays_it_and_comes_back() {
    let mut window = library(280, "Tracks");
    window.key(Modifiers::COMMAND, Key::PageDown);
    window.settle();
    assert_eq!(window.state().browsing.view, LibraryView::Albums);
    window.key(Modifiers::COMMAND, Key::F);
    window.key(Modifiers::NONE, Key::ArrowDown);
    let first = focused(&window);
    window.key(Modifiers::NONE, Key::ArrowRight);
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::NONE, Key::ArrowUp);
    let second = focused(&window);
    assert!(first != second && !second.is_empty());
    window.key(Modifiers::NONE, Key::Enter);
    window.settle();
    let open = window.state().browsing.open().expect("an open album");
    assert!(second.starts_with(&open.name), "{second}");
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::NONE, Key::Enter);
    let commands = window.settle();
    assert_eq!(
        played(&commands).map(|(_, start)| start),
        Some(1),
        "{commands:?}"
    );
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::NONE, Key::Backspace);
    window.settle();
    assert!(window.state().browsing.open().is_none());
    window.run();
    assert_eq!(focused(&window), second, "where it was left");
}

#[test]
fn an_artists_menu_queues_all_of_it_and_finds_more_like_it() {
    let mut window = library(280, "Artists");
    let menu = |window: &mut Fixture, item: &str| {
        let artist = window
            .harness
            .get_all_by_role(Role::ListItem)
            .find(|item| {
                item.accesskit_node()
                    .label()
                    .is_some_and(|name| name.starts_with("Ida Marlowe"))
            })
            .unwrap();
        artist.click_secondary();
        window.run();
        window
            .harness
            .get_by_role_and_label(Role::MenuItem, item)
            .click();
        window.settle()
    };
    let commands = menu(&mut window, "Play next");
    let [Command::Enqueue { tracks, next: true }] = &commands[..] else {
        panic!("{commands:?}");
    };
    assert_eq!(tracks.len(), 20);
    let commands = menu(&mut window, "More like this");
    let asked = commands.iter().find_map(|command| match command {
        Command::Feel { request, .. } => Some(request.wish.clone()),
        _ => None,
    });
    let Some(Wish::Like(seeds)) = asked else {
        panic!("{commands:?}");
    };
    assert_eq!(seeds.len(), 20);
    assert_eq!(window.state().place, Place::Feel);
    assert_eq!(
        window.state().feeling.like_title.as_deref(),
        Some("Ida Marlowe")
    );
}

#[test]
fn folders_are_walked_down_and_the_way_leads_back() {
    let mut window = library(280, "Folders");
    let artists = shown(&window);
    assert!(
        artists.iter().any(|name| name.starts_with("Ida Marlowe,")),
        "{artists:?}"
    );
    click(&mut window, "Ida Marlowe,");
    assert_eq!(shown(&window).len(), 2);
    assert_eq!(
        window.state().browsing.len(),
        0,
        "no track lies right there"
    );
    click(&mut window, "Winterlong");
    assert_eq!(window.state().browsing.len(), 10);
    window
        .harness
        .get_by_role_and_label(Role::Link, "Ida Marlowe")
        .click();
    window.settle();
    assert_eq!(shown(&window).len(), 2);
    window.harness.get_by_label("Play all").click();
    let commands = window.settle();
    assert_eq!(played(&commands).map(|(tracks, _)| tracks.len()), Some(20));
    window
        .harness
        .get_by_role_and_label(Role::Link, "Folders")
        .click();
    window.settle();
    assert_eq!(shown(&window), artists);
}

#[test]
fn only_visible_albums_of_a_large_library_are_laid_out() {
    let window = library(20_000, "Albums");
    let all = window.state().browsing.groups.as_ref().unwrap().len();
    let laid_out = shown(&window).len();
    assert!(all > 1_000 && laid_out < 60, "{laid_out} of {all}");
}

#[test]
fn nothing_found_says_so_and_a_mood_shows_only_its_albums() {
    let mut window = library(280, "Albums");
    let all = shown(&window).len();
    window.harness.get_by_label("angry").click();
    window.settle();
    let angry = shown(&window);
    assert!(!angry.is_empty() && angry.len() < all, "{angry:?}");
    window.type_into("Search the library", "no such album");
    window.settle();
    assert!(window.harness.query_by_label("Nothing found").is_some());
}

#[test]
fn escape_in_the_search_field_stays_in_the_open_album() {
    let mut window = library(280, "Albums");
    click(&mut window, "Sunday Shoes");
    window.type_into("Search the library", "a");
    window.settle();
    window.key(Modifiers::NONE, Key::Escape);
    window.settle();
    assert!(window.state().browsing.open().is_some());
    assert_eq!(window.state().browsing.query.text, "");
    // As does one that closes a menu.
    let row = window.harness.get_all_by_role(Role::Row).next().unwrap();
    row.click_secondary();
    window.run();
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.state().browsing.open().is_some());
    assert_eq!(window.state().browsing.chosen.len(), 1);
    for _ in 0..2 {
        window.key(Modifiers::NONE, Key::Escape);
        window.settle();
    }
    assert!(window.state().browsing.open().is_none());
}
