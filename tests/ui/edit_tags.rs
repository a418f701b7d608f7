//! The dialog that changes tags, by mouse and keyboard.

use crate::fake::Fake;
use crate::window::Fixture;
use eframe::egui::accesskit::Role;
use eframe::egui::{Event as Input, Key, Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::Queryable;
use maeum::engine::{Command, EditReport, Event};
use maeum::language::Language;
use maeum::library::{CoverEdit, EditError, TagEdit, TrackId};
use maeum::ui::Place;
use std::path::PathBuf;
use std::sync::Arc;

/// The library with its first rows chosen.
fn with_chosen(rows: usize) -> (Fixture, Vec<TrackId>) {
    let mut window = Fixture::on(Fake::new(30, 30), Language::English);
    window.key(Modifiers::COMMAND, Key::F);
    window.settle();
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::NONE, Key::ArrowDown);
    for _ in 1..rows {
        window.key(Modifiers::SHIFT, Key::ArrowDown);
    }
    window.settle();
    assert_eq!(window.state().place, Place::Library);
    let mut chosen: Vec<_> = window.state().browsing.chosen.iter().copied().collect();
    chosen.sort();
    assert_eq!(chosen.len(), rows);
    (window, chosen)
}

/// Writes into a field of the dialog; the table below has columns of the same names.
fn type_into(window: &mut Fixture, name: &str, text: &str) {
    let field = window.harness.get_by_role_and_label(Role::TextInput, name);
    field.focus();
    window.harness.step();
    window.key(Modifiers::COMMAND, Key::A);
    window.harness.event(Input::Text(text.to_owned()));
    window.run();
}

fn edits(commands: Vec<Command>) -> Vec<(Vec<TrackId>, TagEdit)> {
    let edit = |command| match command {
        Command::EditTags { mut tracks, edit } => {
            tracks.sort();
            Some((tracks, edit))
        }
        _ => None,
    };
    commands.into_iter().filter_map(edit).collect()
}

#[test]
fn one_track_is_edited_without_a_mouse_and_that_is_taken_back() {
    let (mut window, chosen) = with_chosen(1);
    let before = window.state().track(chosen[0]).unwrap().tags.clone();
    window.key(Modifiers::NONE, Key::F2);
    window.run();
    let title = window
        .harness
        .get_by_role_and_label(Role::TextInput, "Title");
    assert!(title.is_focused());
    type_into(&mut window, "Title", "밤 산책");
    window.key(Modifiers::NONE, Key::Enter);
    let commands = window.settle();
    let wanted = TagEdit {
        title: Some("밤 산책".to_owned()),
        ..TagEdit::default()
    };
    assert_eq!(edits(commands), [(chosen.clone(), wanted)]);
    assert!(window.state().editing.is_none());
    assert_eq!(window.state().track(chosen[0]).unwrap().title(), "밤 산책");
    let said = |window: &Fixture, text| window.harness.query_by_label_contains(text).is_some();
    assert!(said(&window, "Changed 1 file"));
    window.key(Modifiers::COMMAND, Key::Z);
    window.settle();
    assert_eq!(window.state().track(chosen[0]).unwrap().tags, before);
    assert!(said(&window, "1 file is as before"));
}

#[test]
fn fields_that_differ_stay_unless_something_is_typed() {
    let (mut window, chosen) = with_chosen(3);
    window.key(Modifiers::COMMAND, Key::E);
    window.run();
    let editing = window.state().editing.as_ref().unwrap();
    assert_eq!(editing.tracks.len(), 3);
    assert!(editing.fields[0].differs(), "three titles");
    assert!(!editing.may_save());
    type_into(&mut window, "Year", "soon");
    window.harness.get_by_label("Save").click();
    assert!(window.sent().is_empty(), "that is no year");
    let hint = window.harness.query_by_label_contains("1000–2999");
    assert!(hint.is_some());
    type_into(&mut window, "Year", "1987");
    window.harness.get_by_label("Save").click();
    let wanted = TagEdit {
        year: Some(Some(1987)),
        ..TagEdit::default()
    };
    assert_eq!(edits(window.settle()), [(chosen, wanted)]);
    let text = "Changed 3 files";
    assert!(window.harness.query_by_label_contains(text).is_some());
    window.harness.get_by_label("Undo").click();
    let undone = |command: &Command| matches!(command, Command::UndoEdit);
    assert!(window.settle().iter().any(undone));
}

#[test]
fn a_cover_is_typed_dropped_taken_out_or_left() {
    let (mut window, chosen) = with_chosen(2);
    window.key(Modifiers::NONE, Key::F2);
    window.run();
    window.harness.get_by_label("Remove").click();
    window.run();
    let cover = |window: &Fixture| window.state().editing.as_ref().unwrap().cover.clone();
    assert_eq!(cover(&window), Some(CoverEdit::Remove));
    window.harness.get_by_label("Undo").click();
    window.run();
    assert_eq!(cover(&window), None);
    type_into(&mut window, "Picture for the cover", "/pictures/front.png");
    let front = CoverEdit::Picture(PathBuf::from("/pictures/front.png"));
    assert_eq!(cover(&window), Some(front.clone()));
    window.harness.get_by_label("Save").click();
    let wanted = TagEdit {
        cover: Some(front),
        ..TagEdit::default()
    };
    assert_eq!(edits(window.settle()), [(chosen, wanted)]);
}

#[test]
fn what_was_typed_is_not_thrown_away_by_a_click_beside_the_dialog() {
    let (mut window, _) = with_chosen(1);
    let beside = |window: &mut Fixture| {
        let pos = Pos2::new(20.0, 20.0);
        window.harness.event(Input::PointerMoved(pos));
        window.harness.step();
        for pressed in [true, false] {
            window.harness.event(Input::PointerButton {
                pos,
                button: PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            });
            window.harness.step();
        }
        window.run();
    };
    window.key(Modifiers::NONE, Key::F2);
    window.run();
    type_into(&mut window, "Album", " extra");
    beside(&mut window);
    assert!(window.state().editing.is_some());
    // Other keys of the window wait, too.
    window.key(Modifiers::COMMAND, Key::Num1);
    assert_eq!(window.state().place, Place::Library);
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.state().editing.is_none());
    window.key(Modifiers::NONE, Key::F2);
    window.run();
    beside(&mut window);
    assert!(window.state().editing.is_none());
    assert!(edits(window.settle()).is_empty());
}

#[test]
fn the_keyboard_alone_edits_a_found_track_and_is_back_on_its_row() {
    let mut window = Fixture::with(60);
    window.key(Modifiers::COMMAND, Key::F);
    window.settle();
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::NONE, Key::F2);
    window.run();
    assert!(window.state().editing.is_some());
    window.key(Modifiers::NONE, Key::Escape);
    window.run();
    assert!(window.state().editing.is_none());
    let first = window.harness.get_all_by_role(Role::Row).next().unwrap();
    assert!(first.is_focused());
}

#[test]
fn what_could_not_be_changed_is_said_in_the_listeners_language() {
    for (language, text) in [
        (
            Language::English,
            "Left song.flac as it was: the disk is full",
        ),
        (
            Language::Korean,
            "song.flac 파일은 그대로 두었어요: 디스크가 가득 찼어요",
        ),
    ] {
        let mut window = Fixture::on(Fake::new(10, 10), language);
        window.tell(Event::Edited(Arc::new(EditReport {
            failed: vec![(PathBuf::from("/m/song.flac"), EditError::DiskFull)],
            ..EditReport::default()
        })));
        window.run();
        assert!(window.harness.query_by_label_contains(text).is_some());
    }
}
