//! A feeling becomes a playlist.

use crate::fake::Fake;
use crate::window::{Fixture, last_feel};
use eframe::egui::{Event as Input, Key, Modifiers, Vec2};
use egui_kittest::kittest::Queryable;
use maeum::engine::{Command, Event, Length, Notice, Wish};
use maeum::language::Language;
use maeum::mood::{Mood, MoodVector};
use std::path::PathBuf;

fn type_feeling(window: &mut Fixture, text: &str) {
    window.type_into("How do you feel?", text);
}

#[test]
fn the_cursor_waits_in_the_field_and_typing_asks_while_one_types() {
    let mut window = Fixture::with(60);
    assert!(window.harness.get_by_label("How do you feel?").is_focused());
    window.harness.event(Input::Text("calm sea".to_owned()));
    let commands = window.settle();
    let (_, request) = last_feel(&commands).unwrap();
    assert_eq!(request.wish, Wish::Text("calm sea".to_owned()));
    assert_eq!(request.length, Length::Tracks(20));
    assert!(window.harness.query_by_label("Play all").is_some());
    assert!(!window.state().feeling.track_ids().is_empty());
}

#[test]
fn fast_keys_make_one_question_not_one_each() {
    let mut window = Fixture::with(60);
    for letter in ["s", "a", "d"] {
        window.harness.event(Input::Text(letter.to_owned()));
        window.harness.step();
    }
    let asked = window
        .settle()
        .into_iter()
        .filter(|command| matches!(command, Command::Feel { .. }))
        .count();
    assert!(asked <= 2, "asked {asked} times");
}

#[test]
fn an_answer_to_an_older_question_is_dropped() {
    let mut window = Fixture::with(60);
    type_feeling(&mut window, "calm");
    let older = window.sent();
    type_feeling(&mut window, " and sad");
    let newer = window.sent();
    let answers: Vec<_> = newer
        .iter()
        .chain(&older)
        .flat_map(|command| window.fake.answer(command))
        .collect();
    for answer in answers {
        window.tell(answer);
    }
    window.run();
    let answer = window.state().feeling.answer.clone().unwrap();
    assert_eq!(answer.target.mood.top(), Mood::Sad);
}

#[test]
fn enter_plays_the_whole_list_even_before_the_answer_is_there() {
    let mut window = Fixture::with(60);
    type_feeling(&mut window, "happy");
    window.harness.key_press(Key::Enter);
    let commands = window.settle();
    let Some(Command::Play { tracks, start }) = commands.last() else {
        panic!("nothing plays: {commands:?}");
    };
    assert_eq!(*start, 0);
    assert_eq!(*tracks, window.state().feeling.track_ids());
}

#[test]
fn a_mood_button_asks_for_that_mood_and_again_for_nothing() {
    let mut window = Fixture::with(60);
    window.harness.get_by_label("romantic").click();
    let commands = window.settle();
    let (_, request) = last_feel(&commands).unwrap();
    assert_eq!(request.wish, Wish::Mood(Mood::Romantic));
    let answer = window.state().feeling.answer.clone().unwrap();
    assert_eq!(answer.target.mood.top(), Mood::Romantic);
    // A genre speaks for a mood too, so the first need not be the most romantic of all.
    let romantic = |mood: &MoodVector| mood.share(Mood::Romantic);
    let moods: Vec<_> = window.fake.moods.iter().flatten().collect();
    let usual = moods.iter().map(|mood| romantic(mood)).sum::<f32>() / moods.len() as f32;
    let first = romantic(&answer.tracks[0].mood);
    assert!(first > 1.5 * usual, "{first} against {usual}");
    window.harness.get_by_label("romantic").click();
    window.settle();
    assert!(window.state().feeling.wish.is_none());
}

#[test]
fn dragging_over_the_mood_plane_asks_for_that_point() {
    let mut window = Fixture::with(60);
    let rect = window.harness.get_by_label("Mood plane").rect();
    let from = rect.center();
    let to = rect.lerp_inside(eframe::egui::vec2(0.9, 0.1));
    window.harness.hover_at(from);
    window.harness.drag_at(from);
    window.harness.step();
    window.harness.hover_at(to);
    window.run();
    window.harness.drop_at(to);
    let commands = window.settle();
    let (_, request) = last_feel(&commands).unwrap();
    let Wish::Point { valence, arousal } = request.wish else {
        panic!("asked for {:?}", request.wish);
    };
    assert!(valence > 0.7 && arousal > 0.7, "{valence} {arousal}");
}

#[test]
fn arrow_keys_move_the_target_of_the_focused_plane() {
    let mut window = Fixture::with(60);
    window.harness.get_by_label("Mood plane").focus();
    window.run();
    window.key(Modifiers::NONE, Key::ArrowRight);
    window.key(Modifiers::NONE, Key::ArrowUp);
    let commands = window.settle();
    let (_, request) = last_feel(&commands).unwrap();
    let Wish::Point { valence, arousal } = request.wish else {
        panic!("asked for {:?}", request.wish);
    };
    assert!(valence > 0.0 && arousal > 0.0);
    assert!(window.harness.get_by_label("Mood plane").is_focused());
}

#[test]
fn words_nobody_knows_are_answered_kindly() {
    let mut window = Fixture::with(60);
    type_feeling(&mut window, "qwertz");
    window.settle();
    assert!(
        window
            .harness
            .query_by_label("I don't know these words yet")
            .is_some()
    );
    window.harness.key_press(Key::Enter);
    let played = window.settle();
    assert!(played.is_empty(), "{played:?}");
}

#[test]
fn escape_clears_the_feeling() {
    let mut window = Fixture::with(60);
    type_feeling(&mut window, "sad");
    window.settle();
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.state().feeling.text.is_empty());
    assert!(window.state().feeling.wish.is_none());
    assert!(
        window
            .harness
            .query_by_label("Or start from one of these")
            .is_some()
    );
}

#[test]
fn escape_goes_back_one_step_at_a_time() {
    let mut window = Fixture::with(60);
    type_feeling(&mut window, "sad");
    window.settle();
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::NONE, Key::I);
    assert!(window.state().feeling.explained.is_some());
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.state().feeling.explained.is_none());
    // From the row to the field; what was asked stays.
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.harness.get_by_label("How do you feel?").is_focused());
    assert!(window.state().feeling.wish.is_some());
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.state().feeling.wish.is_none());
}

#[test]
fn an_example_fills_the_field() {
    let mut window = Fixture::with(60);
    window
        .harness
        .get_by_label("calm evening by the sea")
        .click();
    let commands = window.settle();
    let (_, request) = last_feel(&commands).unwrap();
    assert_eq!(
        request.wish,
        Wish::Text("calm evening by the sea".to_owned())
    );
}

#[test]
fn length_genre_and_another_mix_ask_again() {
    let mut window = Fixture::with(200);
    window.harness.get_by_label("sad").click();
    window.settle();
    window.harness.get_by_label("Length: 20 tracks").click();
    window.run();
    window.harness.get_by_label("1 h").click();
    let (_, request) = last_feel(&window.settle()).unwrap();
    assert_eq!(request.length, Length::Minutes(60.0));
    window.harness.get_by_label("Another mix").click();
    let (_, request) = last_feel(&window.settle()).unwrap();
    assert_eq!(request.seed, 1);
    window.type_into("Genre", "folk");
    let (_, request) = last_feel(&window.settle()).unwrap();
    assert_eq!(request.filter.genre, "folk");
    let answer = window.state().feeling.answer.clone().unwrap();
    assert!(answer.tracks.iter().all(|s| s.track.tags.genre == "Folk"));
}

#[test]
fn more_like_this_asks_for_that_track() {
    let mut window = Fixture::with(60);
    window.harness.get_by_label("happy").click();
    window.settle();
    let first = window.state().feeling.track_ids()[0];
    let title = window.state().track(first).unwrap().title().to_owned();
    let row = window
        .harness
        .get_all_by_role(eframe::egui::accesskit::Role::ListItem)
        .next()
        .unwrap()
        .rect();
    window.harness.hover_at(row.center());
    window.run();
    window
        .harness
        .get_by_label(&format!("More like this: {title}"))
        .click();
    let (_, request) = last_feel(&window.settle()).unwrap();
    assert_eq!(request.wish, Wish::Like(vec![first]));
}

/// Suggestions, and the line for the file that they are to be written to.
fn about_to_export() -> Fixture {
    let mut window = Fixture::with(60);
    window.harness.get_by_label("sad").click();
    window.settle();
    window.harness.get_by_label("Export playlist").click();
    window.run();
    window
}

#[test]
fn a_typed_path_exports_the_list() {
    let mut window = about_to_export();
    window.type_into("File to write", "/tmp/sad evening");
    window.run();
    window.harness.get_by_label("Save").click();
    let commands = window.settle();
    let Some(Command::ExportM3u {
        path,
        tracks,
        replace: false,
    }) = commands.first()
    else {
        panic!("{commands:?}");
    };
    assert_eq!(path.to_str(), Some("/tmp/sad evening.m3u8"));
    assert_eq!(*tracks, window.state().feeling.track_ids());
    assert!(
        window
            .harness
            .query_by_label_contains("Saved to /tmp/sad evening.m3u8")
            .is_some()
    );
}

#[test]
fn a_file_that_is_there_is_replaced_only_after_a_second_word() {
    let mut window = about_to_export();
    window.type_into("File to write", "/tmp/mine.m3u8");
    window.harness.get_by_label("Save").click();
    assert_eq!(window.sent().len(), 1);
    let path = PathBuf::from("/tmp/mine.m3u8");
    window.tell(Event::Notice(Notice::InTheWay(path)));
    window.run();
    window.harness.get_by_label("Replace").click();
    let commands = window.settle();
    assert!(
        matches!(&commands[..], [Command::ExportM3u { path, replace: true, .. }] if path.ends_with("mine.m3u8")),
        "{commands:?}"
    );
    assert!(window.harness.query_by_label("Replace").is_none());
}

#[test]
fn while_analysis_runs_it_works_on_what_is_ready_and_says_so() {
    let mut window = Fixture::on(Fake::new(300, 40), Language::English);
    assert!(
        window
            .harness
            .query_by_label_contains("of 300 tracks are ready")
            .is_some()
    );
    window.harness.get_by_label("sad").click();
    window.settle();
    assert!(!window.state().feeling.track_ids().is_empty());
    window.harness.get_by_label("Pause analysis").click();
    let commands = window.settle();
    assert!(matches!(commands[..], [Command::PauseAnalysis(true)]));
}

#[test]
fn another_library_starts_afresh() {
    let mut window = Fixture::with(60);
    window.harness.get_by_label("sad").click();
    window.settle();
    window.fake.demo = true;
    let snapshot: Event = window.fake.snapshot();
    window.tell(snapshot);
    window.settle();
    assert!(window.state().feeling.wish.is_none());
    assert!(window.harness.query_by_label("Back to my music").is_some());
}

#[test]
fn the_demo_can_be_left_from_a_narrow_window_too() {
    for width in [1_280.0, 900.0] {
        let mut fake = Fake::new(40, 40);
        fake.demo = true;
        let mut window = Fixture::on(fake, Language::English);
        window.harness.set_size(Vec2::new(width, 720.0));
        window.run();
        let back = window.harness.get_by_label_contains("Back to my music");
        back.click();
        let commands = window.sent();
        assert!(
            matches!(commands[..], [Command::OpenDemo(false)]),
            "{width}: {commands:?}"
        );
    }
}
