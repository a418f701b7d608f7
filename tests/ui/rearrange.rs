//! Suggestions moved up or taken out, by hand and by key.

use crate::window::Fixture;
use eframe::egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::Queryable;
use maeum::engine::Command;
use maeum::library::TrackId;
use maeum::recommend::Reaction;

fn asked_sad() -> Fixture {
    let mut window = Fixture::with(84);
    window.harness.get_by_label("sad").click();
    window.settle();
    assert!(order(&window).len() > 4);
    window
}

fn order(window: &Fixture) -> Vec<TrackId> {
    window.state().feeling.track_ids()
}

/// The beginning of a row's name.
fn row(window: &Fixture, index: usize) -> String {
    let answer = window.state().feeling.answer.as_ref().unwrap();
    let track = &answer.tracks[index].track;
    format!("{}, {}. ", track.title(), track.artist())
}

fn middle(window: &Fixture, index: usize) -> Pos2 {
    let name = row(window, index);
    window.harness.get_by_label_contains(&name).rect().center()
}

fn reactions(commands: &[Command]) -> Vec<(TrackId, Reaction)> {
    let said = commands.iter().filter_map(|command| match command {
        Command::React {
            track, reaction, ..
        } => Some((*track, *reaction)),
        _ => None,
    });
    said.collect()
}

#[test]
fn a_row_dragged_up_stands_there_at_once_and_the_next_list_says_why() {
    let mut window = asked_sad();
    let before = order(&window);
    let (from, to) = (middle(&window, 3), middle(&window, 0));
    let commands = window.drag(from, to);
    let mut moved = before.clone();
    let track = moved.remove(3);
    moved.insert(0, track);
    assert_eq!(order(&window), moved);
    assert_eq!(reactions(&commands), [(track, Reaction::DraggedUp)]);
    assert!(
        !commands
            .iter()
            .any(|command| matches!(command, Command::Play { .. }))
    );
    window.harness.get_by_label("Another mix").click();
    window.settle();
    let at = order(&window)
        .iter()
        .position(|id| *id == track)
        .expect("it is suggested again");
    let why = &window.state().feeling.reasons[at];
    assert!(why.contains("you moved it up"), "{why}");
}

#[test]
fn a_row_dragged_out_leaves_and_comes_back_with_undo() {
    let mut window = asked_sad();
    let before = order(&window);
    let from = middle(&window, 1);
    let commands = window.drag(from, from + vec2(700.0, 20.0));
    assert_eq!(reactions(&commands), [(before[1], Reaction::DraggedOut)]);
    assert!(!order(&window).contains(&before[1]));
    let leaning = window.state().listener.leaning(before[1], "", None).track;
    assert!(leaning < 0.0);
    window.harness.get_by_label("Undo").click();
    let commands = window.settle();
    assert_eq!(order(&window), before);
    assert_eq!(reactions(&commands), [(before[1], Reaction::DragTaken)]);
    let leaning = window.state().listener.leaning(before[1], "", None).track;
    assert_eq!(leaning, 0.0);
}

#[test]
fn a_row_dragged_down_moves_without_a_word_about_it() {
    let mut window = asked_sad();
    let before = order(&window);
    let (from, to) = (middle(&window, 0), middle(&window, 2));
    let commands = window.drag(from, to);
    assert_eq!(order(&window)[..3], [before[1], before[2], before[0]]);
    assert!(reactions(&commands).is_empty());
}

#[test]
fn keys_do_the_same_and_the_focus_goes_along() {
    let mut window = asked_sad();
    let before = order(&window);
    let name = row(&window, 2);
    window.harness.get_by_label_contains(&name).focus();
    window.run();
    window.key(Modifiers::ALT, Key::PageUp);
    let commands = window.settle();
    assert_eq!(order(&window)[..3], [before[0], before[2], before[1]]);
    assert_eq!(reactions(&commands), [(before[2], Reaction::DraggedUp)]);
    assert!(window.harness.get_by_label_contains(&name).is_focused());
    window.key(Modifiers::ALT, Key::Home);
    window.settle();
    assert_eq!(order(&window)[0], before[2]);
    window.key(Modifiers::NONE, Key::Delete);
    let commands = window.settle();
    assert_eq!(reactions(&commands), [(before[2], Reaction::DraggedOut)]);
    // Three changes, taken back one by one.
    for taken in [true, true, true] {
        window.key(Modifiers::COMMAND, Key::Z);
        let commands = window.settle();
        assert_eq!(reactions(&commands).len() == 1, taken);
    }
    assert_eq!(order(&window), before);
    let model = &window.state().listener;
    assert_eq!(model.leaning(before[2], "", None).track, 0.0);
}

#[test]
fn arrow_keys_lead_from_the_field_over_the_rows() {
    let mut window = asked_sad();
    window.harness.get_by_label("How do you feel?").focus();
    window.run();
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::NONE, Key::ArrowDown);
    let second = row(&window, 1);
    assert!(window.harness.get_by_label_contains(&second).is_focused());
}

#[test]
fn escape_puts_a_row_in_hand_back_and_leaves_the_question() {
    let mut window = asked_sad();
    let before = order(&window);
    let (from, to) = (middle(&window, 3), middle(&window, 0));
    window.take_along(from, to);
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(order(&window), before);
    window.harness.drop_at(to);
    assert!(reactions(&window.settle()).is_empty());
    assert_eq!(order(&window), before);
}

#[test]
fn a_row_in_hand_when_its_list_goes_is_not_dropped_into_the_next() {
    let mut window = asked_sad();
    let before = order(&window);
    let (from, to) = (middle(&window, 3), middle(&window, 0));
    window.take_along(from, to);
    window.key(Modifiers::COMMAND, Key::Num2);
    window.harness.drop_at(to);
    window.settle();
    window.key(Modifiers::COMMAND, Key::Num1);
    assert!(reactions(&window.settle()).is_empty());
    assert_eq!(order(&window), before);
}
