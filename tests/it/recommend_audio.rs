//! What the audio model heard decides what sounds alike, who sings, and what is named.

use crate::support::shelf::{Shelf, ids, random_analysis, random_track};
use maeum::language::Language;
use maeum::library::{AudioReading, EMBEDDING_LEN, LyricsKind, StyleTag, Track, TrackId};
use maeum::mood::MoodVector;
use maeum::recommend::{Fact, Filter, Options, Target};
use std::sync::Arc;

/// A track whose features and mood are those of all others; with a direction of its sound
/// and its likely styles, or not heard by the model at all.
fn track(id: i64, heard: Option<(usize, &[StyleTag])>) -> Track {
    let mut track = random_track(&mut fastrand::Rng::with_seed(1), id, 100);
    track.missing = false;
    track.tags.artist = format!("Artist {id}");
    track.tags.title = format!("Title {id}");
    track.tags.genre = String::new();
    track.tags.year = None;
    track.lyrics = LyricsKind::None;
    track.duration_secs = 200.0;
    let mut analysis = random_analysis(1);
    analysis.mood = MoodVector::from_point(0.0, 0.0, 0.4);
    // No two tracks give exactly the same numbers.
    analysis.features.centroid_hz += id as f32;
    track.audio = heard.map(|(direction, styles)| {
        let mut embedding = [0.1; EMBEDDING_LEN];
        embedding[direction] = 2.0;
        embedding[EMBEDDING_LEN - 1] = 0.01 * id as f32;
        let mut tags = [0.0; StyleTag::COUNT];
        for style in styles {
            tags[style.index()] = 0.9;
        }
        Arc::new(AudioReading::new(analysis.mood, tags, &embedding))
    });
    track.analysis = Some(Arc::new(analysis));
    track
}

fn options() -> Options {
    Options {
        max_tracks: 4,
        ..Options::default()
    }
}

#[test]
fn more_like_this_is_what_the_model_hears_as_alike() {
    // Twenty tracks in four directions; their features are all the same.
    let tracks = (0..20).map(|id| track(id, Some((id as usize % 4, &[]))));
    let shelf = Shelf::new(tracks.collect());
    let target = shelf.like(&[TrackId(2)]).unwrap();
    let mut found: Vec<i64> = ids(&shelf.ask(&target, &options()))
        .into_iter()
        .map(|id| id.0)
        .collect();
    found.sort_unstable();
    assert_eq!(found, [6, 10, 14, 18]);
}

#[test]
fn tracks_that_the_model_has_not_heard_are_suggested_all_the_same() {
    let tracks = (0..6).map(|id| track(id, (id < 4).then_some((0, &[][..]))));
    let shelf = Shelf::new(tracks.collect());
    let target = Target::from_point(0.0, 0.0);
    let all = Options {
        max_tracks: 6,
        ..Options::default()
    };
    assert_eq!(shelf.ask(&target, &all).len(), 6);
}

#[test]
fn music_without_singing_is_what_sounds_like_it() {
    let sung = track(1, Some((0, &[StyleTag::Vocal])));
    let mut classical_song = track(2, Some((0, &[StyleTag::Vocal])));
    classical_song.tags.genre = "Classical".to_owned();
    let played = track(3, Some((0, &[StyleTag::Instrumental])));
    let mut with_lyrics = track(4, Some((0, &[StyleTag::Instrumental])));
    with_lyrics.lyrics = LyricsKind::Plain;
    let shelf = Shelf::new(vec![sung, classical_song, played, with_lyrics]);
    let only = Options {
        filter: Filter {
            instrumental: true,
            ..Filter::default()
        },
        ..Options::default()
    };
    let found = ids(&shelf.ask(&Target::from_point(0.0, 0.0), &only));
    assert_eq!(found, [TrackId(3)]);
}

#[test]
fn what_sounds_in_an_example_too_is_named_and_nothing_else() {
    let styles: &[StyleTag] = &[StyleTag::Piano, StyleTag::Rock];
    let other: &[StyleTag] = &[StyleTag::Flute];
    let mut tracks: Vec<Track> = (0..8)
        .map(|id| track(id, Some((id as usize, if id < 4 { styles } else { other }))))
        .collect();
    tracks[3].audio = None;
    let shelf = Shelf::new(tracks);
    let target = shelf.like(&[TrackId(0)]).unwrap();
    let all = Options {
        max_tracks: 8,
        ..Options::default()
    };
    let list = shelf.ask(&target, &all);
    assert_eq!(list.len(), 7);
    for suggestion in list {
        let named = suggestion
            .why
            .facts
            .iter()
            .any(|fact| *fact == Fact::SameInstruments(vec![StyleTag::Piano]));
        let id = suggestion.track.id.0;
        assert_eq!(named, id == 1 || id == 2, "{id}");
        let line = suggestion.why.line(Language::Korean);
        assert_eq!(line.contains("같은 소리(피아노)"), named, "{line}");
        assert!(!suggestion.why.line(Language::English).contains("flute"));
    }
}
