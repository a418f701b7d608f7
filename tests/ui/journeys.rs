//! Both ends of a journey take words, a point of the mood plane, or a photo.

use crate::window::{Fixture, last_feel};
use eframe::egui::{Color32, ColorImage, Event as Input, Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::Queryable;
use maeum::engine::{Command, Event, JourneyEnd, PhotoSource, Wish};
use maeum::mood::Mood;
use std::path::PathBuf;

/// A window that was asked for something sad, and for a journey there from something else.
fn wanted() -> Fixture {
    let mut window = Fixture::with(84);
    window.harness.get_by_label("sad").click();
    window.settle();
    window.harness.get_by_label("Journey").click();
    window.run();
    window
        .harness
        .get_by_label("From words, a point or a photo…")
        .click();
    window.settle();
    assert!(
        window
            .harness
            .get_by_label("Where the journey begins")
            .is_focused()
    );
    window
}

fn ends(commands: &[Command]) -> (JourneyEnd, JourneyEnd) {
    match last_feel(commands).expect("a question").1.wish {
        Wish::Journey { from, to } => (from, to),
        other => panic!("{other:?}"),
    }
}

fn photo(path: &str) -> JourneyEnd {
    JourneyEnd::Photo(PhotoSource::File(PathBuf::from(path)))
}

fn dropped(window: &mut Fixture, path: &str) -> Vec<Command> {
    window.tell(Event::DroppedPhotos(vec![PathBuf::from(path)]));
    window.settle()
}

#[test]
fn a_journey_begins_with_words() {
    let mut window = wanted();
    window.type_into("Where the journey begins", "angry");
    let sad = JourneyEnd::Mood(Mood::Sad);
    let (from, to) = ends(&window.settle());
    assert_eq!((from, to), (JourneyEnd::Text("angry".to_owned()), sad));
    let way = &window.state().feeling.answer.as_ref().unwrap().target.way;
    assert_eq!(way.len(), 2);
    window.harness.get_by_label("No journey").click();
    let (_, request) = last_feel(&window.settle()).unwrap();
    assert_eq!(request.wish, Wish::Mood(Mood::Sad));
    assert!(
        window
            .harness
            .query_by_label("Where the journey begins")
            .is_none()
    );
}

#[test]
fn a_photo_that_is_dropped_is_the_beginning_that_was_awaited_and_the_next_one_the_end() {
    let mut window = wanted();
    let commands = dropped(&mut window, "/photos/storm.jpg");
    let sad = JourneyEnd::Mood(Mood::Sad);
    assert_eq!(ends(&commands), (photo("/photos/storm.jpg"), sad));
    let commands = dropped(&mut window, "/photos/sea.jpg");
    let both = (photo("/photos/storm.jpg"), photo("/photos/sea.jpg"));
    assert_eq!(ends(&commands), both);
    let shown = window
        .state()
        .feeling
        .photo()
        .expect("the photo at the end");
    assert_eq!(shown.name, "sea.jpg");
    assert!(!window.state().feeling.track_ids().is_empty());
}

#[test]
fn a_picture_pasted_into_the_field_of_the_beginning_stays_there() {
    let mut window = wanted();
    window.type_into("Where the journey begins", "angry");
    window.settle();
    let image = ColorImage::filled([4, 2], Color32::from_rgb(200, 120, 60));
    window.harness.event(Input::PasteImage(image.into()));
    let (from, to) = ends(&window.settle());
    assert!(
        matches!(from, JourneyEnd::Photo(PhotoSource::Pasted(_))),
        "{from:?}"
    );
    assert_eq!(to, JourneyEnd::Mood(Mood::Sad));
    assert_eq!(window.state().feeling.from_text, "");
}

#[test]
fn the_mood_plane_gives_the_beginning_and_its_mark_can_be_dragged() {
    let mut window = wanted();
    let plane = window.harness.get_by_label("Mood plane").rect();
    let press = |window: &mut Fixture, from: Pos2, to: Pos2| {
        window.harness.hover_at(from);
        window.harness.step();
        window.harness.drag_at(from);
        window.harness.step();
        window.harness.hover_at(to);
        window.harness.step();
        window.harness.drop_at(to);
        window.settle()
    };
    let at = plane.center() + vec2(80.0, -60.0);
    let point = |commands: &[Command]| match ends(commands).0 {
        JourneyEnd::Point { valence, arousal } => (valence, arousal),
        other => panic!("{other:?}"),
    };
    let (valence, arousal) = point(&press(&mut window, at, at));
    assert!(valence > 0.2 && arousal > 0.2, "{valence} {arousal}");
    let (valence, arousal) = point(&press(&mut window, at, at + vec2(0.0, 120.0)));
    assert!(valence > 0.2 && arousal < -0.2, "{valence} {arousal}");
    // Elsewhere the plane is about the end, as ever.
    let far = plane.center() - vec2(90.0, 90.0);
    let commands = press(&mut window, far, far);
    let (from, to) = ends(&commands);
    assert!(matches!(from, JourneyEnd::Point { arousal, .. } if arousal < -0.2));
    assert!(matches!(to, JourneyEnd::Point { valence, .. } if valence < -0.2));
}

#[test]
fn an_end_that_cannot_be_read_says_why_and_words_nobody_knows_are_no_beginning() {
    let mut window = wanted();
    dropped(&mut window, "/photos/broken.jpg");
    let said = "I could not read this";
    assert!(window.harness.query_by_label(said).is_some());
    window.type_into("Where the journey begins", "xyzzy");
    window.settle();
    let said = "I don't know these words yet";
    assert!(window.harness.query_by_label(said).is_some());
    window
        .harness
        .get_by_label("Where the journey begins")
        .focus();
    window.key(Modifiers::NONE, Key::Escape);
    window.settle();
    assert!(!window.state().feeling.track_ids().is_empty());
}
