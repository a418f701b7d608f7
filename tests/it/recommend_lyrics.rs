//! What the words of a song do to its mood, and when they are named as a reason.

use crate::support::shelf::{Shelf, random_analysis, random_track};
use maeum::language::Language;
use maeum::library::{Analysis, LineMood, LyricMood, Track};
use maeum::mood::{Mood, MoodVector};
use maeum::recommend::{Fact, Options, Target};
use std::sync::Arc;

/// A track that sounds like the middle of the plane, with so many lines of one mood, each
/// read with this confidence.
fn track(id: i64, lines: usize, mood: Mood, confidence: f32) -> Track {
    let line = MoodVector {
        confidence,
        ..MoodVector::of_mood(mood)
    };
    let lines = vec![LineMood::new(&line, 1); lines];
    let mut track = random_track(&mut fastrand::Rng::with_seed(1), id, 100);
    track.missing = false;
    track.tags.artist = format!("Artist {id}");
    track.tags.title = format!("Title {id}");
    track.duration_secs = 200.0;
    track.analysis = Some(Arc::new(Analysis {
        mood: MoodVector::from_point(0.0, 0.0, 0.4),
        ..random_analysis(1)
    }));
    track.lyric_mood = Some(Arc::new(LyricMood::new(lines, Some(Language::English))));
    track
}

/// The reason of each track, by its id, when a sad song is asked for.
fn facts(tracks: Vec<Track>) -> Vec<Vec<Fact>> {
    let count = tracks.len();
    let list = Shelf::new(tracks).ask(&Target::from_mood(Mood::Sad), &Options::default());
    (0..count as i64)
        .map(|id| {
            let found = list.iter().find(|suggestion| suggestion.track.id.0 == id);
            found.map_or_else(Vec::new, |suggestion| suggestion.why.facts.clone())
        })
        .collect()
}

fn names_lines(facts: &[Fact]) -> bool {
    facts.iter().any(|fact| matches!(fact, Fact::Lines { .. }))
}

#[test]
fn lines_are_named_when_they_counted_and_only_then() {
    let facts = facts(vec![
        track(0, 20, Mood::Sad, 0.8),
        // Two lines say little, whatever they say.
        track(1, 2, Mood::Sad, 0.8),
        // Read with so little confidence that they do not count.
        track(2, 20, Mood::Sad, 0.1),
    ]);
    let expected = Fact::Lines {
        mood: Mood::Sad,
        share: 1.0,
    };
    assert!(facts[0].contains(&expected), "{:?}", facts[0]);
    assert!(!names_lines(&facts[1]), "{:?}", facts[1]);
    assert!(!names_lines(&facts[2]), "{:?}", facts[2]);
}

#[test]
fn words_pull_a_tracks_mood_and_leave_what_is_stored_alone() {
    let shelf = Shelf::new(vec![
        track(0, 20, Mood::Sad, 0.8),
        track(1, 20, Mood::Happy, 0.8),
        track(2, 0, Mood::Happy, 0.8),
    ]);
    let library = Arc::clone(shelf.index.library());
    let mood = |id: i64| {
        let at = library.position(maeum::library::TrackId(id)).unwrap();
        shelf.index.moods()[at].unwrap()
    };
    assert!(mood(0).valence < mood(2).valence && mood(2).valence < mood(1).valence);
    assert_eq!(mood(0).top(), Mood::Sad);
    for track in library.tracks() {
        let stored = track.analysis.as_ref().unwrap().mood;
        assert_eq!(stored, MoodVector::from_point(0.0, 0.0, 0.4));
    }
}

#[test]
fn silence_has_no_mood_whatever_words_are_filed_with_it() {
    let mut silent = track(0, 20, Mood::Sad, 0.8);
    silent.analysis = Some(Arc::new(Analysis {
        mood: MoodVector::UNKNOWN,
        ..random_analysis(1)
    }));
    let shelf = Shelf::new(vec![silent]);
    assert_eq!(shelf.index.moods()[0].unwrap(), MoodVector::UNKNOWN);
}
