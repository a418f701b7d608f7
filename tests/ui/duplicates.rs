//! The page of duplicates, by mouse and keyboard.

use crate::fake::Fake;
use crate::window::Fixture;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use maeum::engine::Command;
use maeum::language::Language;
use maeum::recommend::Reaction;
use maeum::ui::Place;

fn page(copies: usize) -> Fixture {
    let mut fake = Fake::new(30, 30);
    fake.add_copies(copies);
    let mut window = Fixture::on(fake, Language::English);
    window.key(Modifiers::COMMAND, Key::D);
    let commands = window.settle();
    assert!(matches!(
        commands[..],
        [.., Command::FindDuplicates] | [Command::FindDuplicates, ..]
    ));
    assert_eq!(window.state().place, Place::Library);
    window
}

#[test]
fn copies_are_shown_with_the_better_one_first() {
    let window = page(3);
    let found = window.state().duplicates.found.as_deref().unwrap();
    assert_eq!(found.len(), 3);
    let group = &found[0];
    let best = window.state().track(group.copies[0].track).unwrap();
    assert_eq!(best.codec, "FLAC");
    let said = |text: &str| window.harness.query_all_by_label_contains(text).count();
    assert!(said(best.path.to_str().unwrap()) > 0);
    assert!(said("912 kb/s") > 0 && said("192 kb/s") > 0);
    assert!(said("3 recordings") > 0);
}

#[test]
fn a_file_goes_to_the_trash_only_after_a_second_word() {
    let mut window = page(1);
    let found = window.state().duplicates.found.clone().unwrap();
    let worst = found[0].copies.last().unwrap().track;
    let path = window
        .state()
        .track(worst)
        .unwrap()
        .path
        .display()
        .to_string();
    let trash = format!("Move to the trash: {path}");
    let asked = |commands: Vec<Command>| {
        let trash =
            |command: &Command| matches!(command, Command::MoveToTrash(track) if *track == worst);
        commands.iter().any(trash)
    };
    window.harness.get_by_label(&trash).click();
    assert!(!asked(window.settle()));
    window.harness.get_by_label("Cancel").click();
    assert!(!asked(window.settle()));
    window.harness.get_by_label(&trash).click();
    window.run();
    // Escape takes the question back before it closes the page.
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.state().duplicates.open);
    window.harness.get_by_label(&trash).click();
    window.run();
    window.harness.get_by_label("Move to the trash").click();
    assert!(asked(window.settle()));
    let said = window.harness.query_by_label_contains("is in the trash");
    assert!(said.is_some());
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!window.state().duplicates.open);
}

#[test]
fn a_copy_is_kept_out_of_playlists_and_shown_in_its_folder() {
    let mut window = page(1);
    let found = window.state().duplicates.found.clone().unwrap();
    let copy = found[0].copies[1].track;
    let path = window.state().track(copy).unwrap().path.clone();
    let named = |name: &str| format!("{name}: {}", path.display());
    window
        .harness
        .get_by_label(&named("Never suggest this track"))
        .click();
    let reacted = |command: &Command| matches!(command, Command::React { track, reaction: Reaction::NeverTrack, .. } if *track == copy);
    assert!(window.settle().iter().any(reacted));
    assert!(
        window
            .harness
            .query_by_label(&named("Allow again"))
            .is_some()
    );
    window
        .harness
        .get_by_label(&named("Show in folder"))
        .click();
    let shown = |command: &Command| matches!(command, Command::ShowInFolder(file) if *file == path);
    assert!(window.settle().iter().any(shown));
}

#[test]
fn a_library_without_any_says_so_in_both_languages() {
    for (language, text) in [
        (Language::English, "Every recording is here once."),
        (Language::Korean, "모든 곡이 한 번씩만 들어 있어요."),
    ] {
        let mut window = Fixture::on(Fake::new(5, 5), language);
        window.key(Modifiers::COMMAND, Key::D);
        window.settle();
        assert!(window.harness.query_by_label(text).is_some(), "{text}");
    }
}

#[test]
fn the_librarys_keys_lead_out_of_the_page() {
    for key in [Key::Num2, Key::F] {
        let mut window = page(1);
        window.key(Modifiers::COMMAND, key);
        window.settle();
        assert!(!window.state().duplicates.open);
        assert!(!window.state().browsing.is_empty());
    }
}
