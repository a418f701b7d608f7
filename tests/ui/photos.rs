//! A photo becomes a playlist: dropped, pasted, several at once, and what is told about them.

use crate::fake::Fake;
use crate::window::{Fixture, last_feel};
use eframe::egui::{Color32, ColorImage, DroppedFile, Event as Input, HoveredFile, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use maeum::engine::{Command, Event, PhotoSource, Wish};
use maeum::language::Language;
use maeum::library::PlaylistCover;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("nobody reads files in the window".to_owned())
    }
}

fn photos(paths: &[&str]) -> Event {
    Event::DroppedPhotos(paths.iter().map(PathBuf::from).collect())
}

/// The photos that were asked for last, and their energy.
fn wished(commands: &[Command]) -> (Vec<PhotoSource>, f32) {
    match last_feel(commands).expect("a question").1.wish {
        Wish::Photos { photos, energy } => (photos, energy),
        other => panic!("{other:?}"),
    }
}

fn with_photos(paths: &[&str], language: Language) -> Fixture {
    let mut window = Fixture::on(Fake::new(60, 60), language);
    window.tell(photos(paths));
    window.settle();
    window
}

#[test]
fn what_is_dropped_is_told_to_the_engine_and_photos_become_the_wish() {
    let mut window = Fixture::with(60);
    let path = "/home/listener/sea.jpg";
    window.harness.input_mut().hovered_files = vec![HoveredFile {
        path: Some(path.into()),
        ..HoveredFile::default()
    }];
    window.run();
    window.harness.input_mut().hovered_files.clear();
    window.harness.input_mut().dropped_files = vec![Arc::new(Dropped(path.into()))];
    let commands = window.settle();
    let Some(Command::Drop(dropped)) = commands.first() else {
        panic!("{commands:?}");
    };
    assert_eq!(*dropped, [PathBuf::from(path)]);
    window.tell(photos(&[path]));
    let (asked, energy) = wished(&window.settle());
    assert_eq!(asked, [PhotoSource::File(path.into())]);
    assert_eq!(energy, 0.0);
    assert!(!window.state().feeling.track_ids().is_empty());
}

#[test]
fn a_photo_tells_what_was_understood_of_it() {
    let mut window = with_photos(&["/home/listener/sea.jpg"], Language::English);
    let line = "sea at sunset, a bird, mostly dark, nobody around → peaceful .61, romantic .22";
    assert!(
        window.harness.query_by_label(line).is_some()
            || window
                .harness
                .query_by_label_contains("sea at sunset, a bird")
                .is_some()
    );
    for seen in ["sea", "sunset", "a bird", "What I see"] {
        assert!(window.harness.query_by_label(seen).is_some(), "{seen}");
    }
    assert!(
        window
            .harness
            .query_all_by_label_contains("Colour #")
            .count()
            >= 3
    );
    assert!(
        window
            .harness
            .query_by_label_contains("The whole picture")
            .is_none()
    );
    window.harness.get_by_label("Who thinks what").click();
    window.settle();
    for reader in [
        "The whole picture 68 %",
        "What it shows, in words 22 %",
        "Colour and light 10 %",
    ] {
        assert!(
            window.harness.query_by_label_contains(reader).is_some(),
            "{reader}"
        );
    }
}

#[test]
fn the_energy_slider_asks_again_for_the_same_photo() {
    let mut window = with_photos(&["/home/listener/sea.jpg"], Language::English);
    let calm = window.state().feeling.target().unwrap().arousal;
    window.harness.get_by_label("Energy").focus();
    window.run();
    for _ in 0..3 {
        window.key(Modifiers::NONE, Key::ArrowRight);
    }
    let (asked, energy) = wished(&window.settle());
    assert_eq!(asked, [PhotoSource::File("/home/listener/sea.jpg".into())]);
    assert!((energy - 0.6).abs() < 0.05, "{energy}");
    assert!(window.state().feeling.target().unwrap().arousal > calm + 0.2);
}

#[test]
fn several_photos_are_one_playlist_and_each_can_be_looked_at() {
    let mut window = with_photos(
        &["/day/a.jpg", "/day/b.jpg", "/day/c.jpg"],
        Language::English,
    );
    assert_eq!(window.state().feeling.photo().unwrap().name, "a.jpg");
    window.harness.get_by_label_contains("c.jpg: ").click();
    let commands = window.settle();
    assert!(last_feel(&commands).is_none(), "looking asks nothing");
    assert_eq!(window.state().feeling.photo().unwrap().name, "c.jpg");
}

#[test]
fn a_photo_that_cannot_be_read_says_why() {
    let window = with_photos(&["/home/listener/broken.jpg"], Language::English);
    assert!(
        window
            .harness
            .query_by_label("I could not read this")
            .is_some()
    );
    let why = "broken.jpg: the picture is damaged or cut off: it ends too early";
    assert!(window.harness.query_by_label(why).is_some());
    assert!(window.state().feeling.track_ids().is_empty());
    assert!(window.state().feeling.target().is_none());
    let some = with_photos(&["/day/a.jpg", "/day/broken.jpg"], Language::Korean);
    assert!(!some.state().feeling.track_ids().is_empty());
    let why = "broken.jpg: 사진이 손상되었거나 잘렸어요";
    assert!(some.harness.query_by_label(why).is_some());
}

#[test]
fn a_picture_on_the_clipboard_is_a_wish() {
    let mut window = Fixture::with(60);
    let image = ColorImage::filled([40, 30], Color32::from_rgb(250, 140, 40));
    window.harness.event(Input::PasteImage(Arc::new(image)));
    let (asked, _) = wished(&window.settle());
    let [PhotoSource::Pasted(picture)] = &asked[..] else {
        panic!("{asked:?}");
    };
    assert_eq!((picture.width, picture.height), (40, 30));
    assert_eq!(picture.rgba[..4], [250, 140, 40, 255]);
    assert!(!window.state().feeling.track_ids().is_empty());
}

#[test]
fn copied_photo_files_are_a_wish_and_pasted_words_are_typed() {
    let mut window = Fixture::with(60);
    let files = "file:///home/listener/a%20b.jpg\nfile:///home/listener/c.png\n";
    window.harness.event(Input::Paste(files.to_owned()));
    let (asked, _) = wished(&window.settle());
    let paths = ["/home/listener/a b.jpg", "/home/listener/c.png"];
    assert_eq!(asked, paths.map(|path| PhotoSource::File(path.into())));
    assert_eq!(window.state().feeling.text, "");
    window.type_into("How do you feel?", "");
    window.harness.event(Input::Paste("calm sea".to_owned()));
    let commands = window.settle();
    let typed = last_feel(&commands).unwrap().1.wish;
    assert_eq!(typed, Wish::Text("calm sea".to_owned()));
}

#[test]
fn photos_that_take_long_show_how_far_they_are() {
    let mut window = Fixture::with(60);
    window.tell(photos(&["/day"]));
    let commands = window.sent();
    let (generation, _) = last_feel(&commands).unwrap();
    window.tell(Event::ReadingPhotos {
        generation,
        done: 3,
        of: 12,
    });
    window.run();
    let line = "Looking at your photos: 3 of 12";
    assert!(window.harness.query_by_label(line).is_some());
    window.tell(Event::ReadingPhotos {
        generation: generation + 1,
        done: 4,
        of: 12,
    });
    window.run();
    assert!(
        window.harness.query_by_label(line).is_some(),
        "another question's"
    );
}

#[test]
fn escape_forgets_the_photo() {
    let mut window = with_photos(&["/home/listener/sea.jpg"], Language::English);
    window.harness.get_by_label("How do you feel?").focus();
    window.run();
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.state().feeling.wish.is_none());
    assert!(window.state().photo_behind().is_none());
}

#[test]
fn a_photos_playlist_is_kept_with_the_photo_that_is_looked_at() {
    let mut window = with_photos(&["/home/listener/sea.jpg"], Language::English);
    let suggested = window.state().feeling.track_ids();
    window.harness.get_by_label("Save as a playlist").click();
    let commands = window.settle();
    let Some(Command::CreateOfPhoto {
        name,
        photo,
        otherwise: PlaylistCover::Mood(_),
        tracks,
    }) = commands.first()
    else {
        panic!("{commands:?}");
    };
    assert_eq!(name, "sea");
    assert_eq!((photo.name.as_str(), tracks), ("sea.jpg", &suggested));
}
