//! Search and sorting of the Library screen. Runs on the query thread: 100,000 tracks are
//! sorted there, never in a frame.

use super::{GroupKey, Library, Track};
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
    /// Stars given.
    Rating,
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
    /// Only tracks of this album or artist, or right in this folder.
    pub within: Option<GroupKey>,
}

/// Positions in [`Library::tracks`] that answer `query`, in order. `moods` is aligned with
/// the tracks and holds their moods as matched to this library. `rows` are the positions to
/// look at, in the order that [`SortKey::Album`] means: those of
/// [`within`](BrowseQuery::within), else all.
#[must_use]
pub fn browse(
    library: &Library,
    moods: &[Option<MoodVector>],
    rows: impl IntoIterator<Item = u32>,
    query: &BrowseQuery,
) -> Vec<u32> {
    let words: Vec<String> = query.text.split_whitespace().map(fold).collect();
    let by_file = matches!(query.within, Some(GroupKey::Folder(_)));
    let mut rows: Vec<u32> = rows
        .into_iter()
        .filter(|row| {
            let track = &library.tracks()[*row as usize];
            let mood = moods.get(*row as usize).copied().flatten();
            let file = track.path.file_name().filter(|_| by_file);
            query
                .mood
                .is_none_or(|wanted| mood.is_some_and(|mood| mood.top() == wanted))
                && matches(track, &file.unwrap_or_default().to_string_lossy(), &words)
        })
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
        SortKey::Rating => rows.sort_by_key(|row| track(*row).rating),
        SortKey::Plays => rows.sort_by_key(|row| track(*row).play_count),
        SortKey::Added => rows.sort_by_key(|row| track(*row).added_unix_secs),
    }
    if query.descending {
        rows.reverse();
        // What is not known yet stays last, whichever way the rest is turned.
        match query.sort {
            SortKey::Mood => rows.sort_by_key(|row| mood(*row).is_none()),
            SortKey::Tempo => rows.sort_by_key(|row| track(*row).analysis.is_none()),
            _ => {}
        }
    }
    rows
}

/// Lower case and canonically composed, so that NFD file names from macOS match what is typed.
#[must_use]
pub fn fold(text: &str) -> String {
    // Nothing of ASCII is composed, and folding a library is mostly that.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfc().flat_map(char::to_lowercase).collect()
}

/// Whether all words occur in what is known of a track, or in `more`.
pub(super) fn matches(track: &Track, more: &str, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let fields = fold(&format!(
        "{}\n{}\n{}\n{}\n{}\n{more}",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Tags, TrackId};
    use std::path::PathBuf;
    use std::sync::Arc;

    fn track(id: i64, title: &str, artist: &str, duration_secs: f32) -> Track {
        Track {
            id: TrackId(id),
            path: PathBuf::from(format!("/music/{id}.flac")),
            tags: Tags {
                title: title.to_owned(),
                artist: artist.to_owned(),
                album: "Album".to_owned(),
                genre: "Jazz".to_owned(),
                track_number: u32::try_from(id).ok(),
                album_artist: "Various".to_owned(),
                ..Tags::default()
            },
            duration_secs,
            codec: "FLAC".to_owned(),
            added_unix_secs: 100 - id,
            play_count: id as u32 % 2,
            ..Track::default()
        }
    }

    fn library() -> Library {
        Library::new(
            [
                track(0, "Étude", "Béla", 200.0),
                track(1, "바다", "김하나", 100.0),
                track(2, "apple", "Zoë", 300.0),
            ]
            .into_iter()
            .map(Arc::new)
            .collect(),
        )
    }

    fn rows(query: &BrowseQuery) -> Vec<u32> {
        let moods = [
            Some(MoodVector::of_mood(Mood::Sad)),
            None,
            Some(MoodVector::of_mood(Mood::Happy)),
        ];
        browse(&library(), &moods, 0..3, query)
    }

    fn found(text: &str) -> Vec<u32> {
        rows(&BrowseQuery {
            text: text.to_owned(),
            ..BrowseQuery::default()
        })
    }

    fn sorted(sort: SortKey, descending: bool) -> Vec<u32> {
        rows(&BrowseQuery {
            sort,
            descending,
            ..BrowseQuery::default()
        })
    }

    #[test]
    fn all_words_must_occur_wherever_they_stand() {
        assert_eq!(found(""), [0, 1, 2]);
        assert_eq!(found("jazz ÉTUDE"), [0]);
        assert_eq!(found("바다 하나"), [1]);
        assert_eq!(found("바다 zoë"), [0_u32; 0]);
    }

    #[test]
    fn decomposed_text_finds_composed_tags() {
        let decomposed: String = "바다".nfd().collect();
        assert_eq!(found(&decomposed), [1]);
    }

    #[test]
    fn columns_sort_both_ways() {
        assert_eq!(sorted(SortKey::Duration, false), [1, 0, 2]);
        assert_eq!(sorted(SortKey::Duration, true), [2, 0, 1]);
        assert_eq!(sorted(SortKey::Title, false), [2, 0, 1]);
        assert_eq!(sorted(SortKey::Added, false), [2, 1, 0]);
        assert_eq!(
            sorted(SortKey::Mood, false),
            [2, 0, 1],
            "not analyzed comes last"
        );
        assert_eq!(
            sorted(SortKey::Mood, true),
            [0, 2, 1],
            "nor first when turned"
        );
        assert_eq!(sorted(SortKey::Plays, false), [0, 2, 1]);
    }

    #[test]
    fn a_mood_shows_only_its_tracks() {
        let sad = BrowseQuery {
            mood: Some(Mood::Sad),
            ..BrowseQuery::default()
        };
        assert_eq!(rows(&sad), [0]);
    }
}
