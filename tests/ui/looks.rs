//! First start, settings, language.

use crate::fake::Fake;
use crate::window::Fixture;
use eframe::egui::{HoveredFile, Key, Modifiers, Vec2};
use egui_kittest::kittest::Queryable;
use maeum::config::Theme;
use maeum::engine::Command;
use maeum::language::Language;
use maeum::ui::Place;
use std::path::PathBuf;

#[test]
fn the_first_start_asks_one_question_and_takes_a_typed_path() {
    let mut window = Fixture::with(0);
    assert!(
        window
            .harness
            .query_by_label("Where is your music?")
            .is_some()
    );
    window.type_into("Or paste a path", "\"/music/내 음악\"");
    window.run();
    window.harness.get_by_label("Add").click();
    let commands = window.settle();
    let [Command::AddPaths(paths)] = &commands[..] else {
        panic!("{commands:?}");
    };
    assert_eq!(paths[..], [PathBuf::from("/music/내 음악")]);
}

#[test]
fn the_first_start_offers_the_demo_library() {
    let mut window = Fixture::with(0);
    window.harness.get_by_label("Try the demo library").click();
    let commands = window.settle();
    assert!(
        matches!(commands[..], [Command::OpenDemo(true)]),
        "{commands:?}"
    );
}

#[test]
fn files_dragged_over_the_window_are_welcome() {
    let mut window = Fixture::with(20);
    window.harness.input_mut().hovered_files = vec![HoveredFile::default()];
    // The welcome is painted over everything; it must not take anything's place.
    window.run();
    assert!(window.harness.query_by_label("Library").is_some());
}

#[test]
fn a_korean_window_speaks_korean() {
    let mut window = Fixture::on(Fake::new(60, 60), Language::Korean);
    for name in ["지금 기분", "보관함", "설정", "슬픔", "로맨틱", "마음 지도"] {
        assert!(window.harness.query_by_label(name).is_some(), "{name}");
    }
    window.harness.get_by_label("슬픔").click();
    window.settle();
    assert!(window.harness.query_by_label("이렇게 이해했어요").is_some());
    let reasons = &window.state().feeling.reasons;
    assert!(
        reasons
            .iter()
            .all(|reason| reason.is_empty() || !reason.is_ascii()),
        "{reasons:?}"
    );
}

#[test]
fn the_language_changes_at_once_and_so_do_the_reasons() {
    let mut window = Fixture::with(60);
    window.harness.get_by_label("sad").click();
    window.settle();
    let english = window.state().feeling.reasons.clone();
    window.key(Modifiers::COMMAND, Key::Num6);
    window.harness.get_by_label("한국어").click();
    let commands = window.settle();
    assert!(matches!(commands[..], [.., Command::ChangeSettings(_)]));
    assert!(window.harness.query_by_label("음악 폴더").is_some());
    assert_ne!(window.state().feeling.reasons, english);
}

#[test]
fn settings_change_the_theme_and_remove_folders() {
    let mut window = Fixture::with(60);
    window.tell(Fake::problems());
    window.key(Modifiers::COMMAND, Key::Num6);
    window.harness.get_by_label("Theme: Light").click();
    window.settle();
    assert_eq!(window.state().settings.theme, Theme::Light);
    window
        .harness
        .get_by_label("Remove folder: /home/listener/Music")
        .click();
    let commands = window.settle();
    let [Command::RemoveFolder(path)] = &commands[..] else {
        panic!("{commands:?}");
    };
    assert_eq!(*path, PathBuf::from("/home/listener/Music"));
    assert!(
        window
            .harness
            .query_by_label_contains("Files with problems (2)")
            .is_some()
    );
}

#[test]
fn settings_name_the_models_that_read_moods() {
    let mut window = Fixture::with(60);
    window.key(Modifiers::COMMAND, Key::Num6);
    let shown = |text| window.harness.query_by_label_contains(text).is_some();
    assert!(shown("Words and lyrics · version 3"));
    assert!(shown("Learned from: sentences"));
    // What only checks the machine reads no mood.
    assert!(!shown("fixed weights"));
}

#[test]
fn every_place_fits_a_small_window_and_a_large_scale() {
    for (size, scale) in [
        (Vec2::new(960.0, 600.0), 1.0),
        (Vec2::new(1_366.0, 768.0), 1.0),
        (Vec2::new(960.0, 540.0), 2.0),
        (Vec2::new(3_840.0, 2_160.0), 1.0),
    ] {
        let mut window = Fixture::with(120);
        window.harness.set_size(size);
        window.harness.set_pixels_per_point(scale);
        window.harness.get_by_label("sad").click();
        window.settle();
        window.harness.get_by_label("Show queue").click();
        for key in [
            Key::Num1,
            Key::Num2,
            Key::Num3,
            Key::Num4,
            Key::Num5,
            Key::Num6,
        ] {
            window.key(Modifiers::COMMAND, key);
            window.settle();
        }
        assert_eq!(window.state().place, Place::Settings);
    }
}
