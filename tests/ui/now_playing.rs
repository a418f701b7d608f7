//! The Now playing screen: words that follow the music, stars, evidence.

use crate::window::Fixture;
use eframe::egui::accesskit::Toggled;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use maeum::engine::Command;
use maeum::library::LyricsKind;
use maeum::playback::PlayerCommand;
use maeum::ui::Place;

/// The screen while a track with such lyrics plays.
fn playing(lyrics: LyricsKind) -> Fixture {
    let mut window = Fixture::with(40);
    let tracks = window.fake.library.tracks().iter();
    let tracks: Vec<_> = tracks
        .filter(|track| track.lyrics == lyrics)
        .map(|track| track.id)
        .collect();
    for event in window.fake.answer(&Command::Play { tracks, start: 0 }) {
        window.tell(event);
    }
    window.settle();
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::COMMAND, Key::Num3);
    window.settle();
    assert_eq!(window.state().place, Place::NowPlaying);
    window
}

#[test]
fn the_words_are_asked_for_once_a_track() {
    let mut window = Fixture::with(40);
    let tracks: Vec<_> = window.fake.library.tracks().iter().map(|t| t.id).collect();
    let play = Command::Play {
        tracks: tracks.clone(),
        start: 0,
    };
    for event in window.fake.answer(&play) {
        window.tell(event);
    }
    window.settle();
    for event in window.fake.says_player() {
        window.tell(event);
    }
    window.settle();
    assert_eq!(window.words_asked, [tracks[0]]);
    for event in window.fake.answer(&Command::Player(PlayerCommand::Next)) {
        window.tell(event);
    }
    window.settle();
    assert_eq!(window.words_asked, [tracks[0], tracks[1]]);
}

#[test]
fn the_line_that_is_sung_is_marked_and_a_click_on_another_seeks() {
    let mut window = playing(LyricsKind::Synced);
    window.fake.player.position_secs = 36.5;
    for event in window.fake.says_player() {
        window.tell(event);
    }
    window.settle();
    let sung = window.harness.get_by_label_contains("네 쪽으로 기울어");
    assert_eq!(sung.accesskit_node().toggled(), Some(Toggled::True));
    window
        .harness
        .get_by_label_contains("every street I know")
        .click();
    let commands = window.settle();
    let [Command::Player(PlayerCommand::Seek { position_secs })] = commands[..] else {
        panic!("{commands:?}");
    };
    assert_eq!(position_secs, 41.5);
    let sung = window.harness.get_by_label_contains("every street I know");
    assert_eq!(sung.accesskit_node().toggled(), Some(Toggled::True));
}

#[test]
fn words_the_listener_scrolled_stay_until_they_are_to_follow_again() {
    let mut window = playing(LyricsKind::Synced);
    assert!(window.harness.query_by_label("Follow the song").is_none());
    let line = window.harness.get_by_label_contains("kettle hums").rect();
    window.harness.hover_at(line.center());
    window.harness.step();
    window.harness.event(eframe::egui::Event::MouseWheel {
        unit: eframe::egui::MouseWheelUnit::Point,
        delta: eframe::egui::vec2(0.0, -30.0),
        phase: eframe::egui::TouchPhase::Move,
        source: eframe::egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    });
    window.run();
    let moved = window.harness.get_by_label_contains("kettle hums").rect();
    assert!(moved.top() < line.top() - 20.0, "{moved:?} {line:?}");
    window.harness.get_by_label("Follow the song").click();
    window.run();
    let back = window.harness.get_by_label_contains("kettle hums").rect();
    assert!((back.top() - line.top()).abs() < 2.0, "{back:?} {line:?}");
}

#[test]
fn plain_words_are_shown_and_do_not_seek() {
    let mut window = playing(LyricsKind::Plain);
    window
        .harness
        .get_by_label_contains("every street I know")
        .click();
    assert!(window.settle().is_empty());
    assert!(window.harness.query_by_label("without times").is_some());
}

#[test]
fn without_words_the_screen_says_where_to_put_them() {
    let window = playing(LyricsKind::None);
    let title = window.state().current().unwrap().title().to_owned();
    let help = window.harness.get_by_label_contains(".lrc");
    let help = help.accesskit_node().value().unwrap();
    assert!(help.contains(&title), "{help}");
}

#[test]
fn the_mood_is_shown_with_what_speaks_for_it() {
    let window = playing(LyricsKind::Synced);
    assert!(window.harness.query_by_label_contains("Sound: ").is_some());
    let words = window.harness.get_by_label_contains("Words: ");
    let words = words.accesskit_node().label().unwrap();
    assert!(words.contains("% of 16 lines are"), "{words}");
    assert!(
        window
            .harness
            .query_by_label_contains("Together: ")
            .is_some()
    );
}

#[test]
fn the_outline_seeks_and_the_arc_names_the_moods_on_the_way() {
    let mut window = playing(LyricsKind::None);
    let arc = window
        .harness
        .get_by_label_contains("How the feeling moves");
    let said = arc.accesskit_node().label().unwrap();
    assert!(said.contains("sad → romantic → tense → happy"), "{said}");
    let wave = window.harness.get_by_label("Waveform").rect();
    assert!(wave.width() > 900.0, "{wave:?}");
    window.harness.hover_at(wave.center());
    window.harness.drag_at(wave.center());
    window.harness.step();
    window.harness.drop_at(wave.center());
    let commands = window.settle();
    let [Command::Player(PlayerCommand::Seek { position_secs })] = commands[..] else {
        panic!("{commands:?}");
    };
    let share = position_secs / window.state().player.duration_secs;
    assert!((share - 0.5).abs() < 0.02, "{share}");
    // Let go, both bars follow the player again.
    window.fake.player.position_secs = 10.0;
    for event in window.fake.says_player() {
        window.tell(event);
    }
    window.settle();
    let value = |name| {
        let bar = window.harness.get_by_label(name);
        bar.accesskit_node().numeric_value().unwrap()
    };
    assert!((value("Waveform") - value("Position")).abs() < 0.01);
    assert!(value("Waveform") < 0.2);
}

#[test]
fn stars_are_given_by_key_and_shown() {
    let mut window = playing(LyricsKind::Synced);
    let id = window.state().current().unwrap().id;
    window.key(Modifiers::ALT, Key::Num4);
    let commands = window.settle();
    assert!(
        matches!(&commands[0], Command::Rate { tracks, stars: 4 } if *tracks == [id]),
        "{commands:?}"
    );
    assert_eq!(window.state().current().unwrap().rating, 4);
    let stars = window.harness.get_by_label_contains("Rating: ").rect();
    window.harness.hover_at(stars.center());
    window.harness.drag_at(stars.center());
    window.harness.step();
    window.harness.drop_at(stars.center());
    window.settle();
    assert_eq!(window.state().current().unwrap().rating, 3);
}

#[test]
fn nothing_playing_leads_to_a_feeling() {
    let mut window = Fixture::with(40);
    window.key(Modifiers::COMMAND, Key::Num3);
    window.harness.get_by_label("Nothing playing");
    window
        .harness
        .get_all_by_label("Feel")
        .last()
        .unwrap()
        .click();
    window.run();
    assert_eq!(window.state().place, Place::Feel);
}
