//! Search and sorting of the Library screen. Runs on the query thread: 100,000 tracks are
//! sorted there, never in a frame.

use super::{Library, Track};
use crate::mood::{Mood, MoodVector};
use std::cmp::Ordering;
use unicode_normalization::UnicodeNormalization;

/// A sortable column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SortKey {
    /// The snapshot's own order: album artist, album, disc, number.
    #[default]
    Album,
    /// Title.
    Title,
    /// Artist.
    Artist,
    /// Duration.
    Duration,
    /// Strongest mood, in the order of [`Mood::ALL`], then valence.
    Mood,
    /// Tempo; tracks not analyzed come last.
    Tempo,
    /// Times heard.
    Plays,
    /// When it was added.
    Added,
}

/// What the Library screen wants to see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BrowseQuery {
    /// Words that must all occur in title, artist, album or genre. Empty shows all.
    pub text: String,
    /// The column to sort by.
    pub sort: SortKey,
    /// Largest first.
    pub descending: bool,
    /// Only tracks whose strongest mood is this.
    pub mood: Option<Mood>,
}

/// Positions in [`Library::tracks`] that answer `query`, in order. `moods` is aligned with
/// the tracks and holds their moods as matched to this library.
#[must_use]
pub fn browse(library: &Library, moods: &[Option<MoodVector>], query: &BrowseQuery) -> Vec<u32> {
    let words: Vec<String> = query.text.split_whitespace().map(fold).collect();
    let mut rows: Vec<u32> = (0u32..)
        .zip(library.tracks())
        .filter(|(index, track)| {
            let mood = moods.get(*index as usize).copied().flatten();
            query
                .mood
                .is_none_or(|wanted| mood.is_some_and(|mood| mood.top() == wanted))
                && matches(track, &words)
        })
        .map(|(index, _)| index)
        .collect();
    let track = |row: u32| &*library.tracks()[row as usize];
    let mood = |row: u32| moods.get(row as usize).copied().flatten();
    match query.sort {
        SortKey::Album => {}
        SortKey::Title => rows.sort_by_cached_key(|row| fold(track(*row).title())),
        SortKey::Artist => rows.sort_by_cached_key(|row| fold(track(*row).artist())),
        SortKey::Duration => {
            rows.sort_by(|a, b| track(*a).duration_secs.total_cmp(&track(*b).duration_secs));
        }
        SortKey::Mood => rows.sort_by(|a, b| by_mood(mood(*a), mood(*b))),
        SortKey::Tempo => {
            let tempo = |row: u32| track(row).analysis.as_ref().map(|a| a.features.tempo_bpm);
            rows.sort_by(|a, b| none_last(tempo(*a), tempo(*b), f32::total_cmp));
        }
        SortKey::Plays => rows.sort_by_key(|row| track(*row).play_count),
        SortKey::Added => rows.sort_by_key(|row| track(*row).added_unix_secs),
    }
    if query.descending {
        rows.reverse();
    }
    rows
}

/// Lower case and canonically composed, so that NFD file names from macOS match what is typed.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfc().flat_map(char::to_lowercase).collect()
}

fn matches(track: &Track, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let fields = fold(&format!(
        "{}\n{}\n{}\n{}\n{}",
        track.title(),
        track.tags.artist,
        track.tags.album_artist,
        track.tags.album,
        track.tags.genre
    ));
    words.iter().all(|word| fields.contains(word.as_str()))
}

fn by_mood(a: Option<MoodVector>, b: Option<MoodVector>) -> Ordering {
    none_last(a, b, |a, b| {
        a.top()
            .cmp(&b.top())
            .then_with(|| b.valence.total_cmp(&a.valence))
    })
}

fn none_last<T>(a: Option<T>, b: Option<T>, compare: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => compare(&a, &b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}
