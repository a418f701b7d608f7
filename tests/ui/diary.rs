//! The Diary screen.

use crate::fake::Fake;
use crate::window::Fixture;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use maeum::engine::Command;
use maeum::language::Language;
use maeum::library::{HistoryFormat, OccasionKind};
use maeum::ui::Place;

fn diary(language: Language) -> Fixture {
    let mut fake = Fake::new(60, 60);
    fake.hear();
    let mut window = Fixture::on(fake, language);
    window.key(Modifiers::COMMAND, Key::Num5);
    window.settle();
    assert_eq!(window.state().place, Place::Diary);
    window
}

#[test]
fn days_tell_what_was_heard_and_what_led_to_it() {
    let window = diary(Language::English);
    let shows = |text: &str| window.harness.query_all_by_label_contains(text).count() > 0;
    assert!(shows("Tuesday, 12 May 2026"));
    assert!(shows("‘calm evening by the sea’"));
    assert!(shows("The playlist Sunday breakfast"));
    let window = diary(Language::Korean);
    let mut dates = window
        .harness
        .query_all_by_label_contains("2026년 5월 12일 화요일");
    assert!(dates.next().is_some());
}

#[test]
fn an_evening_is_played_again_with_the_wish_that_led_to_it() {
    let mut window = diary(Language::English);
    window
        .harness
        .get_by_label("Play again: ‘calm evening by the sea’")
        .click();
    let commands = window.settle();
    let again = commands.iter().any(
        |command| matches!(command, Command::LedBy(wish) if wish.kind == OccasionKind::Feeling),
    );
    let plays = commands
        .iter()
        .any(|command| matches!(command, Command::Play { tracks, .. } if tracks.len() == 6));
    assert!(again && plays, "{commands:?}");
}

#[test]
fn a_sitting_unfolds_and_says_what_was_left_early() {
    let mut window = diary(Language::English);
    assert!(
        window
            .harness
            .query_all_by_label_contains("left after 0:31")
            .count()
            == 0
    );
    let wish = "Evening: A journey to ‘calm’";
    window.harness.get_by_label_contains(wish).click();
    window.settle();
    assert!(
        window
            .harness
            .query_all_by_label_contains("left after 0:31")
            .count()
            > 0
    );
}

#[test]
fn nothing_is_erased_before_it_was_asked_twice() {
    let mut window = diary(Language::English);
    let all = window.fake.heard.len();
    window
        .harness
        .get_by_label("Erase the day: Tuesday, 12 May 2026")
        .click();
    window.settle();
    window.harness.get_by_label("Cancel").click();
    window.settle();
    assert_eq!(window.fake.heard.len(), all);
    window
        .harness
        .get_by_label("Erase the day: Tuesday, 12 May 2026")
        .click();
    window.settle();
    window.harness.get_by_label("Erase").click();
    window.settle();
    assert_eq!(window.fake.heard.len(), 7, "the other day is kept");
    window.harness.get_by_label("Erase the diary").click();
    window.settle();
    window.harness.get_by_label("Erase").click();
    window.settle();
    assert!(window.fake.heard.is_empty());
    assert!(window.harness.query_by_label("Nothing heard yet").is_some());
}

#[test]
fn the_diary_is_written_in_the_format_chosen() {
    let mut window = diary(Language::English);
    window.harness.get_by_label("Export").click();
    window.run();
    window.harness.get_by_label("ListenBrainz").click();
    window.run();
    window.type_into("File to write", "/tmp/listens");
    window.harness.get_by_label("Save").click();
    let commands = window.settle();
    let [Command::ExportHistory { format, path, .. }] = &commands[..] else {
        panic!("{commands:?}");
    };
    assert_eq!(*format, HistoryFormat::ListenBrainz);
    assert!(path.ends_with("listens.jsonl"));
}

#[test]
fn what_is_played_for_a_feeling_is_led_to_by_it() {
    let mut window = Fixture::with(60);
    window.type_into("How do you feel?", "calm evening by the sea");
    window.settle();
    window.key(Modifiers::NONE, Key::Enter);
    let commands = window.settle();
    let led = commands.iter().find_map(|command| match command {
        Command::LedBy(occasion) => Some(occasion.clone()),
        _ => None,
    });
    let led = led.unwrap();
    assert_eq!(
        (led.kind, led.text.as_str()),
        (OccasionKind::Feeling, "calm evening by the sea")
    );
    assert!(led.mood.is_some());
}
