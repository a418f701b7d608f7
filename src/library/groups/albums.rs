//! Tracks → albums.
//!
//! An album is its title by its album artist. Where no album artist is written, the folder
//! decides: tracks of one title in one folder are one album, by their artist if that is the same
//! (guests aside), else by several; unless two of them claim the same place on the same disc, as
//! in a folder where everything was thrown together.

use super::{By, Drafts, Gathered, GroupKey, fold, lead, says_various};
use crate::library::{Library, Track};
use crate::mood::MoodVector;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

/// The albums by artist, year and title, those by several artists and tracks of no album last;
/// and for each track, which of them it is on, as a number that means nothing else.
pub(super) fn albums(library: &Library, moods: &[Option<MoodVector>]) -> (Vec<Gathered>, Vec<u32>) {
    let mut drafts = Drafts::new();
    let mut album_of = vec![0; library.len()];
    let mut add = |key: GroupKey, row: u32, by: By| {
        let title = library.tracks()[row as usize].tags.album.trim();
        album_of[row as usize] = drafts.add(key, row, || (title.to_owned(), by)) as u32;
    };
    // Titles in folders, of which the artist is still to be found out.
    let mut unsaid: BTreeMap<(String, PathBuf), Vec<u32>> = BTreeMap::new();
    for (row, track) in (0u32..).zip(library.tracks()) {
        let title = fold(track.tags.album.trim());
        let album_artist = track.tags.album_artist.trim();
        let (key, by) = if !album_artist.is_empty() {
            by_one_or_many(title, album_artist)
        } else if title.is_empty() {
            by_one_or_many(title, lead(&track.tags.artist))
        } else {
            let folder = without_disc(&track.path).to_owned();
            unsaid.entry((title, folder)).or_default().push(row);
            continue;
        };
        add(key, row, by);
    }
    for ((title, folder), rows) in unsaid {
        let track = |row: u32| &*library.tracks()[row as usize];
        let several = is_by_several(&rows, &track);
        for row in rows {
            let (key, by) = if several {
                let key = GroupKey::Album {
                    title: title.clone(),
                    artist: String::new(),
                    folder: Some(folder.clone()),
                };
                (key, By::Various)
            } else {
                by_one_or_many(title.clone(), lead(&track(row).tags.artist))
            };
            add(key, row, by);
        }
    }
    let mut albums: Vec<Gathered> = drafts
        .drafts
        .into_iter()
        .map(|(key, mut draft)| {
            draft.rows.sort_by_cached_key(|row| {
                let track = &library.tracks()[*row as usize];
                (place(track), track.path.clone())
            });
            draft.finish(key, library, moods)
        })
        .collect();
    albums.sort_by_cached_key(|Gathered { group: album, .. }| {
        let (last, artist) = match &album.by {
            By::Artist(artist) => (0, fold(artist)),
            By::Various => (1, String::new()),
            By::Nobody => (2, String::new()),
        };
        let untitled = album.name.is_empty();
        (untitled, last, artist, album.year, fold(&album.name))
    });
    (albums, album_of)
}

fn by_one_or_many(title: String, artist: &str) -> (GroupKey, By) {
    let folded = fold(artist);
    let (artist, by) = if folded.is_empty() {
        (folded, By::Nobody)
    } else if says_various(&folded) {
        (String::new(), By::Various)
    } else {
        (folded, By::Artist(artist.to_owned()))
    };
    let key = GroupKey::Album {
        title,
        artist,
        folder: None,
    };
    (key, by)
}

/// Where a track stands on its album. What has no number comes last.
fn place(track: &Track) -> (u32, u32) {
    let disc = track.tags.disc_number.unwrap_or(1);
    (disc, track.tags.track_number.unwrap_or(u32::MAX))
}

fn is_by_several<'a>(rows: &[u32], track: &impl Fn(u32) -> &'a Track) -> bool {
    let mut artists: Vec<String> = rows
        .iter()
        .map(|row| fold(lead(&track(*row).tags.artist)))
        .collect();
    artists.sort_unstable();
    artists.dedup();
    let mut places = HashSet::new();
    let mut numbered = rows
        .iter()
        .filter(|row| track(**row).tags.track_number.is_some());
    artists.len() > 1 && numbered.all(|row| places.insert(place(track(*row))))
}

/// The folder of an album that may have one folder a disc.
fn without_disc(path: &Path) -> &Path {
    let folder = path.parent().unwrap_or(path);
    let name = folder.file_name().and_then(|name| name.to_str());
    let name = fold(name.unwrap_or_default());
    let number = ["cd", "disc", "disk", "디스크"]
        .iter()
        .find_map(|word| name.strip_prefix(word));
    let is_disc = number.is_some_and(|number| {
        let number = number.trim_matches([' ', '_', '-', '.', '#']);
        !number.is_empty() && number.chars().all(|c| c.is_ascii_digit())
    });
    if is_disc {
        folder.parent().unwrap_or(folder)
    } else {
        folder
    }
}
