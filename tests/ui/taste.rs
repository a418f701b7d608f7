//! Filters, journeys, reactions, and what was learned from them.

use crate::window::{Fixture, last_feel};
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use maeum::engine::{Command, JourneyEnd, Wish};
use maeum::library::TrackId;
use maeum::mood::Mood;
use maeum::recommend::{Mode, Reaction};

fn asked_sad() -> Fixture {
    let mut window = Fixture::with(200);
    window.harness.get_by_label("sad").click();
    window.settle();
    window
}

fn reactions(commands: &[Command]) -> Vec<(TrackId, Reaction)> {
    commands
        .iter()
        .filter_map(|command| match command {
            Command::React {
                track, reaction, ..
            } => Some((*track, *reaction)),
            _ => None,
        })
        .collect()
}

#[test]
fn filters_and_the_mode_ask_again() {
    let mut window = asked_sad();
    window.harness.get_by_label("Hidden gems").click();
    let (_, request) = last_feel(&window.settle()).unwrap();
    assert!(request.filter.hidden_gems);
    window.harness.get_by_label("Instrumental").click();
    let (_, request) = last_feel(&window.settle()).unwrap();
    assert!(request.filter.instrumental && request.filter.hidden_gems);
    window.harness.get_by_label("A few of each kind").click();
    let (_, request) = last_feel(&window.settle()).unwrap();
    assert_eq!(request.mode, Mode::EachTop);
    assert_eq!(request.wish, Wish::Mood(Mood::Sad));
}

#[test]
fn a_journey_leads_to_whatever_is_asked_next() {
    let mut window = asked_sad();
    window.harness.get_by_label("Journey").click();
    window.run();
    window.harness.get_by_label("From angry").click();
    let (_, request) = last_feel(&window.settle()).unwrap();
    let from = JourneyEnd::Mood(Mood::Angry);
    let to = JourneyEnd::Mood(Mood::Sad);
    let expected = Wish::Journey {
        from: from.clone(),
        to,
    };
    assert_eq!(request.wish, expected);
    let answer = window.state().feeling.answer.clone().unwrap();
    assert_eq!(answer.target.way.len(), 2);
    window.harness.get_by_label("peaceful").click();
    let (_, request) = last_feel(&window.settle()).unwrap();
    let to = JourneyEnd::Mood(Mood::Peaceful);
    assert_eq!(request.wish, Wish::Journey { from, to });
}

#[test]
fn a_row_can_be_liked_barred_and_explained_by_key() {
    let mut window = asked_sad();
    let answer = window.state().feeling.answer.clone().unwrap();
    let first = answer.tracks[0].track.clone();
    let row = format!("{}, {}. ", first.title(), first.artist());
    let focus = |window: &mut Fixture| {
        window.harness.get_by_label_contains(&row).focus();
        window.run();
    };
    focus(&mut window);
    window.key(Modifiers::NONE, Key::Plus);
    assert_eq!(reactions(&window.settle()), [(first.id, Reaction::ThumbUp)]);
    assert_eq!(window.state().listener.track(first.id).unwrap().ups, 1);
    focus(&mut window);
    window.key(Modifiers::NONE, Key::I);
    window.settle();
    assert_eq!(window.state().feeling.explained, Some(first.id));
    assert!(window.harness.query_by_label("Why this track").is_some());
    assert!(
        window
            .harness
            .query_by_label_contains("same moods")
            .is_some()
    );
    focus(&mut window);
    window.key(Modifiers::SHIFT, Key::Delete);
    let commands = window.settle();
    assert_eq!(reactions(&commands), [(first.id, Reaction::NeverTrack)]);
    assert!(last_feel(&commands).is_some(), "the list is made anew");
    assert!(!window.state().feeling.track_ids().contains(&first.id));
}

#[test]
fn a_surprise_and_hidden_gems_need_no_feeling() {
    let mut window = Fixture::with(200);
    window.key(Modifiers::COMMAND, Key::R);
    let (_, first) = last_feel(&window.settle()).unwrap();
    assert_eq!(first.wish, Wish::Surprise);
    window.key(Modifiers::COMMAND, Key::R);
    let (_, second) = last_feel(&window.settle()).unwrap();
    assert_ne!(first.seed, second.seed);
    let mut window = Fixture::with(200);
    window.harness.get_by_label("Hidden gems").click();
    let (_, request) = last_feel(&window.settle()).unwrap();
    assert!(request.filter.hidden_gems);
}

#[test]
fn what_plays_has_thumbs_with_keys() {
    let mut window = asked_sad();
    window.harness.get_by_label("Play all").click();
    window.settle();
    let playing = window.state().player.current().unwrap().id;
    window.key(Modifiers::ALT, Key::ArrowDown);
    let said = reactions(&window.settle());
    assert_eq!(said, [(playing, Reaction::ThumbDown)]);
    assert!(window.harness.query_by_label("Never suggest").is_some());
}

#[test]
fn what_was_learned_can_be_read_and_forgotten() {
    let mut window = asked_sad();
    let first = window.state().feeling.track_ids()[0];
    let command = Command::React {
        track: first,
        reaction: Reaction::NeverTrack,
        mood: None,
    };
    for event in window.fake.answer(&command) {
        window.tell(event);
    }
    window.key(Modifiers::COMMAND, Key::Num6);
    window.settle();
    let allow = |window: &Fixture| {
        let button = window.harness.query_by_label_contains("Allow again: ");
        button.is_some()
    };
    assert!(allow(&window));
    window
        .harness
        .get_by_label("Forget all of it")
        .scroll_to_me();
    window.run();
    let forgets = |commands: Vec<Command>| {
        let forget = |command: &Command| matches!(command, Command::ForgetReactions);
        commands.iter().any(forget)
    };
    // Only after a second word.
    for (answer, forgotten) in [("Cancel", false), ("Forget", true)] {
        window.harness.get_by_label("Forget all of it").click();
        assert!(!forgets(window.settle()));
        window.harness.get_by_label(answer).click();
        assert_eq!(forgets(window.settle()), forgotten);
    }
    assert_eq!(window.state().listener.reactions(), 0);
    assert!(!allow(&window));
}

#[test]
fn an_artist_that_was_barred_is_named_as_written_and_can_be_allowed_again() {
    let mut window = asked_sad();
    let first = window.state().feeling.track_ids()[0];
    let command = Command::React {
        track: first,
        reaction: Reaction::NeverArtist,
        mood: None,
    };
    for event in window.fake.answer(&command) {
        window.tell(event);
    }
    window.key(Modifiers::COMMAND, Key::Num6);
    window.settle();
    let artist = window.state().track(first).unwrap().artist().to_owned();
    let allow = format!("Allow again: {artist}");
    window.harness.get_by_label(&allow).scroll_to_me();
    window.run();
    window.harness.get_by_label(&allow).click();
    assert_eq!(reactions(&window.settle()), [(first, Reaction::Allowed)]);
}
