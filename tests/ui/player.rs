//! The player bar and the queue.

use crate::window::Fixture;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use maeum::engine::{Command, Event};
use maeum::playback::{PlayerCommand, QueueEdit, Repeat, Sleep, Status};
use std::sync::Arc;

fn playing() -> Fixture {
    let mut window = Fixture::with(40);
    let tracks: Vec<_> = window
        .fake
        .library
        .tracks()
        .iter()
        .map(|track| track.id)
        .collect();
    for event in window.fake.answer(&Command::Play { tracks, start: 2 }) {
        window.tell(event);
    }
    window.settle();
    window
}

fn only_player_command(commands: &[Command]) -> PlayerCommand {
    let [Command::Player(command)] = commands else {
        panic!("not one player command: {commands:?}");
    };
    command.clone()
}

#[test]
fn every_button_of_the_bar_tells_the_player() {
    type Check = fn(&PlayerCommand) -> bool;
    let buttons: [(&str, Check); 6] = [
        ("Pause", |c| matches!(c, PlayerCommand::Toggle)),
        ("Next", |c| matches!(c, PlayerCommand::Next)),
        ("Previous", |c| matches!(c, PlayerCommand::Previous)),
        ("Shuffle: off", |c| {
            matches!(c, PlayerCommand::Shuffle(true))
        }),
        ("Repeat: off", |c| {
            matches!(c, PlayerCommand::Repeat(Repeat::All))
        }),
        ("Mute", |c| matches!(c, PlayerCommand::Volume(0.0))),
    ];
    let mut window = playing();
    for (name, expected) in buttons {
        window.harness.get_by_label(name).click();
        let command = only_player_command(&window.settle());
        assert!(expected(&command), "{name} sent {command:?}");
    }
    assert_eq!(window.state().player.status, Status::Paused);
}

#[test]
fn play_with_nothing_in_hand_plays_the_library() {
    let mut window = Fixture::with(40);
    window.harness.get_by_label("Play").click();
    let commands = window.settle();
    let played = commands.iter().find_map(|command| match command {
        Command::Play { tracks, .. } => Some(tracks.len()),
        _ => None,
    });
    let there = window.fake.library.tracks().iter();
    let there = there.filter(|track| !track.missing).count();
    assert_eq!(played, Some(there), "{commands:?}");
}

#[test]
fn space_holds_and_goes_on_unless_someone_types() {
    let mut window = playing();
    window.key(Modifiers::NONE, Key::Space);
    assert!(window.settle().is_empty(), "the field has the cursor");
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::NONE, Key::Space);
    let command = only_player_command(&window.settle());
    assert!(matches!(command, PlayerCommand::Toggle));
}

#[test]
fn ctrl_with_arrows_changes_tracks_outside_of_text() {
    let mut window = playing();
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::COMMAND, Key::ArrowRight);
    let command = only_player_command(&window.settle());
    assert!(matches!(command, PlayerCommand::Next));
    assert_eq!(window.state().player.index, Some(3));
}

#[test]
fn the_seek_bar_jumps_where_it_is_clicked() {
    let mut window = playing();
    let rect = window.harness.get_by_label("Position").rect();
    window.harness.hover_at(rect.center());
    window.harness.drag_at(rect.center());
    window.harness.step();
    window.harness.drop_at(rect.center());
    let command = only_player_command(&window.settle());
    let PlayerCommand::Seek { position_secs } = command else {
        panic!("{command:?}");
    };
    let share = position_secs / window.state().player.duration_secs;
    assert!((share - 0.5).abs() < 0.02, "{share}");
}

#[test]
fn the_position_moves_on_between_two_words_of_the_player() {
    let window = playing();
    let state = window.state();
    let now = state.position_secs(1_000.0);
    assert!(state.position_secs(1_001.0) > now || now == state.player.duration_secs);
}

#[test]
fn a_missing_device_is_said_in_the_bar() {
    let mut window = playing();
    for event in window.fake.lose_device() {
        window.tell(event);
    }
    window.run();
    assert!(
        window
            .harness
            .query_by_label_contains("No sound device")
            .is_some()
    );
}

#[test]
fn the_queue_unfolds_jumps_and_forgets() {
    let mut window = playing();
    window.harness.get_by_label("Show queue").click();
    window.run();
    let fourth = window.state().player.queue[3].clone();
    let name = format!("Up next: {}, {}", fourth.title(), fourth.artist());
    window.harness.get_by_label(&name).click();
    let command = only_player_command(&window.settle());
    assert!(matches!(command, PlayerCommand::JumpTo(3)));
    window
        .harness
        .get_by_label(&format!("Remove: {}", fourth.title()))
        .click();
    let command = only_player_command(&window.settle());
    assert!(matches!(command, PlayerCommand::Remove(3)));
}

#[test]
fn tracks_taken_out_come_back_together_by_the_notice() {
    let mut window = playing();
    window.harness.get_by_label("Show queue").click();
    window.run();
    let queue = window.state().player.queue.clone();
    for index in [4, 3] {
        let name = format!("Remove: {}", queue[index].title());
        let row = format!(
            "Up next: {}, {}",
            queue[index].title(),
            queue[index].artist()
        );
        window.harness.get_by_label(&row).hover();
        window.run();
        window.harness.get_by_label(&name).click();
        window.settle();
    }
    assert!(window.harness.query_by_label("Removed 2 tracks").is_some());
    window.harness.get_by_label("Undo").click();
    let commands = window.settle();
    let undone = commands
        .iter()
        .filter(|command| matches!(command, Command::Player(PlayerCommand::Undo)));
    assert_eq!(undone.count(), 2, "{commands:?}");
    assert!(window.harness.query_by_label("Undo").is_none());
}

/// The place of a row of the queue, which is unfolded.
fn queue_row(window: &Fixture, index: usize) -> String {
    let track = &window.state().player.queue[index];
    format!("Up next: {}, {}", track.title(), track.artist())
}

#[test]
fn a_row_of_the_queue_dragged_up_is_the_one_that_moves() {
    let mut window = playing();
    window.harness.get_by_label("Show queue").click();
    window.run();
    let middle = |index| {
        let name = queue_row(&window, index);
        window.harness.get_by_label(&name).rect().center()
    };
    let (from, to) = (middle(7), middle(4));
    let command = only_player_command(&window.drag(from, to));
    assert!(
        matches!(command, PlayerCommand::Move { from: 7, to: 4 }),
        "{command:?}"
    );
}

#[test]
fn a_row_of_the_queue_that_moves_by_key_keeps_the_focus() {
    let mut window = playing();
    window.harness.get_by_label("Show queue").click();
    window.run();
    window.harness.get_by_label(&queue_row(&window, 7)).focus();
    window.run();
    for (from, to) in [(7, 6), (6, 5)] {
        window.key(Modifiers::ALT, Key::PageUp);
        let command = only_player_command(&window.settle());
        let PlayerCommand::Move { from: was, to: is } = command else {
            panic!("{command:?}");
        };
        assert_eq!((was, is), (from, to));
    }
}

#[test]
fn the_queue_shows_what_plays() {
    let mut window = Fixture::with(3_000);
    let tracks: Vec<_> = window.fake.library.tracks().iter().map(|t| t.id).collect();
    let start = 2_500;
    for event in window.fake.answer(&Command::Play { tracks, start }) {
        window.tell(event);
    }
    window.settle();
    window.harness.get_by_label("Show queue").click();
    window.run();
    let seen = |window: &Fixture, index: usize| {
        let track = &window.state().player.queue[index];
        let name = format!("Now playing: {}, {}", track.title(), track.artist());
        let row = window.harness.query_by_label(&name);
        row.is_some_and(|row| (0.0..712.0).contains(&row.rect().center().y))
    };
    assert!(seen(&window, 2_500));
    for event in window
        .fake
        .answer(&Command::Player(PlayerCommand::JumpTo(2_700)))
    {
        window.tell(event);
    }
    window.settle();
    assert!(seen(&window, 2_700));
    // Whoever looks around in the queue is left there.
    let name = queue_row(&window, 2_703);
    window.harness.get_by_label(&name).hover();
    window.run();
    for event in window
        .fake
        .answer(&Command::Player(PlayerCommand::JumpTo(100)))
    {
        window.tell(event);
    }
    window.settle();
    assert!(!seen(&window, 100));
    let queue = &window.state().player.queue;
    let left: f32 = queue[100..].iter().map(|track| track.duration_secs).sum();
    assert_eq!(window.state().queue_left_secs, left);
}

#[test]
fn f2_is_about_the_row_that_has_the_focus() {
    let mut window = playing();
    window.harness.get_by_label("Show queue").click();
    window.run();
    let track = window.state().player.queue[5].id;
    window.harness.get_by_label(&queue_row(&window, 5)).focus();
    window.run();
    window.key(Modifiers::NONE, Key::F2);
    window.settle();
    let editing = window.state().editing.as_ref().unwrap();
    assert_eq!(editing.tracks, [track]);
}

#[test]
fn ctrl_z_undoes_what_can_be_undone() {
    let mut window = playing();
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::COMMAND, Key::Z);
    assert!(window.settle().is_empty(), "there is nothing to undo");
    let mut player = (*window.state().player).clone();
    player.undoable = Some(QueueEdit::Moved);
    window.tell(Event::Player(Arc::new(player)));
    window.run();
    window.key(Modifiers::COMMAND, Key::Z);
    let command = only_player_command(&window.settle());
    assert!(matches!(command, PlayerCommand::Undo));
}

#[test]
fn the_sleep_timer_is_set_in_the_queue_and_told_there() {
    let mut window = playing();
    window.harness.get_by_label("Show queue").click();
    window.run();
    window.harness.get_by_label("Sleep timer").click();
    window.run();
    window.harness.get_by_label("After this track").click();
    let command = only_player_command(&window.settle());
    assert!(matches!(
        command,
        PlayerCommand::Sleep(Some(Sleep::EndOfTrack))
    ));
    let mut player = (*window.state().player).clone();
    player.sleep = Some(Sleep::EndOfTrack);
    window.tell(Event::Player(Arc::new(player)));
    window.run();
    let told = window
        .harness
        .query_all_by_label("Stops after this track")
        .count();
    assert!(told > 0);
}
