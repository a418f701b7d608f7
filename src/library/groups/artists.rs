//! Tracks → artists. A track is its album artist's and its own lead artist's; an album "by
//! various artists" is each one's own.

use super::{By, Drafts, Gathered, GroupKey, fold, lead, says_various};
use crate::library::Library;
use crate::mood::MoodVector;
use std::collections::HashSet;
use std::sync::Arc;

/// The artists by name, tracks that name none last. `album_of` is each track's album.
pub(super) fn artists(
    library: &Library,
    moods: &[Option<MoodVector>],
    album_of: &[u32],
) -> Vec<Gathered> {
    let mut drafts = Drafts::new();
    for (row, track) in (0u32..).zip(library.tracks()) {
        let leader = lead(track.artist());
        let mut names = vec![(fold(leader), leader)];
        let album_artist = track.tags.album_artist.trim();
        let folded = fold(album_artist);
        if !folded.is_empty() && !says_various(&folded) && folded != names[0].0 {
            names.push((folded, album_artist));
        }
        for (key, name) in names {
            drafts.add(key, row, || (name.to_owned(), By::Nobody));
        }
    }
    let mut artists: Vec<Gathered> = drafts
        .drafts
        .into_iter()
        .map(|(key, draft)| {
            let albums: HashSet<u32> = draft
                .rows
                .iter()
                .filter(|row| {
                    !library.tracks()[**row as usize]
                        .tags
                        .album
                        .trim()
                        .is_empty()
                })
                .map(|row| album_of[*row as usize])
                .collect();
            let mut artist = draft.finish(GroupKey::Artist(key), library, moods);
            Arc::make_mut(&mut artist.group).albums = albums.len();
            artist
        })
        .collect();
    artists.sort_by_cached_key(|Gathered { group: artist, .. }| {
        (artist.name.is_empty(), fold(&artist.name))
    });
    artists
}
