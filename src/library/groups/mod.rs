//! The library in [`Group`]s: albums, artists, folders. Runs on the query thread, like
//! [`browse()`](super::browse()): a frame only sees what came out.

mod albums;
mod artists;
mod folders;

use super::browse::{fold, matches};
use super::{Library, Track, TrackId};
use crate::mood::{Mood, MoodVector};
use std::collections::HashMap;
use std::hash::Hash;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What tracks are put together by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GroupKind {
    /// Albums.
    Albums,
    /// Artists.
    Artists,
    /// The folders in a folder.
    Folders,
}

/// Which group: the same music has the same key after every scan.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum GroupKey {
    /// An album.
    Album {
        /// Its title, [`fold`]ed; empty for tracks of no album.
        title: String,
        /// Its artist, folded; empty when it is by several or by nobody known.
        artist: String,
        /// Of an album by several artists that no tag calls so, where it is: another folder
        /// holds another album.
        folder: Option<PathBuf>,
    },
    /// An artist, folded; empty for tracks that name none.
    Artist(String),
    /// A folder. The empty path stands for the one that holds all music.
    Folder(PathBuf),
}

/// Whose album it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum By {
    /// No tag says.
    #[default]
    Nobody,
    /// One artist's, as written in the files.
    Artist(String),
    /// Several artists'.
    Various,
}

/// Tracks that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Which.
    pub key: GroupKey,
    /// Title of the album, name of the artist or of the folder, as written in the files; may
    /// be empty.
    pub name: String,
    /// Whose album it is.
    pub by: By,
    /// The latest year its tracks name, for albums.
    pub year: Option<i32>,
    /// How many discs an album has, at least 1.
    pub discs: u32,
    /// How many albums an artist is on.
    pub albums: usize,
    /// Its tracks, in the order to play them; of a folder, those below it too.
    pub tracks: Vec<TrackId>,
    /// How long they are together.
    pub duration_secs: f32,
    /// The track whose cover stands for it: the first that has one, or just the first.
    pub cover: TrackId,
    /// The mood that its analyzed tracks have most of.
    pub mood: Option<Mood>,
}

/// Which groups the Library screen wants to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupQuery {
    /// Albums, artists or folders.
    pub kind: GroupKind,
    /// Groups with a track that has all these words in title, artist, album, genre (or, for
    /// folders, in its path from `inside` on). Empty shows all.
    pub text: String,
    /// Only groups that have most of this mood; folders that have any of it.
    pub mood: Option<Mood>,
    /// The folder whose folders are wanted; empty for the one that holds all music.
    pub inside: PathBuf,
}

/// The library in groups, put together once for all questions about it.
#[derive(Debug)]
pub struct Groups {
    albums: Vec<Gathered>,
    artists: Vec<Gathered>,
    /// The deepest folder that holds all music.
    base: PathBuf,
}

/// A group with where its tracks stand.
#[derive(Debug)]
struct Gathered {
    group: Arc<Group>,
    /// Positions in [`Library::tracks`], in the group's order.
    rows: Vec<u32>,
}

impl Groups {
    /// Puts a library's tracks together. `moods` is aligned with the tracks.
    #[must_use]
    pub fn of(library: &Library, moods: &[Option<MoodVector>]) -> Self {
        let (albums, album_of) = albums::albums(library, moods);
        let artists = artists::artists(library, moods, &album_of);
        Self {
            albums,
            artists,
            base: folders::common_folder(library.tracks().iter().map(|track| &*track.path)),
        }
    }

    /// Takes in a snapshot that groups as the one before did: what was analyzed, heard or
    /// rated since changes at most a group's mood. `false`, and nothing is changed, when
    /// the tracks are to be put together anew. `moods` is aligned with the new tracks.
    pub fn follow(&mut self, old: &Library, new: &Library, moods: &[Option<MoodVector>]) -> bool {
        let (old, new) = (old.tracks(), new.tracks());
        if old.len() != new.len() || !old.iter().zip(new).all(|(old, new)| alike(old, new)) {
            return false;
        }
        for Gathered { group, rows } in self.albums.iter_mut().chain(&mut self.artists) {
            let mood = mood(rows, moods);
            if group.mood != mood {
                Arc::make_mut(group).mood = mood;
            }
        }
        true
    }

    /// The groups that answer `query`, in order: albums by artist and year, the others by name.
    #[must_use]
    pub fn find(
        &self,
        library: &Library,
        moods: &[Option<MoodVector>],
        query: &GroupQuery,
    ) -> Vec<Arc<Group>> {
        let words: Vec<String> = query.text.split_whitespace().map(fold).collect();
        let all = match query.kind {
            GroupKind::Albums => &self.albums,
            GroupKind::Artists => &self.artists,
            GroupKind::Folders => {
                let inside = self.folder(&query.inside);
                let fits = |row: usize, track: &Track| {
                    let mood = moods.get(row).copied().flatten();
                    let below = track.path.strip_prefix(inside).unwrap_or(&track.path);
                    query
                        .mood
                        .is_none_or(|wanted| mood.is_some_and(|mood| mood.top() == wanted))
                        && matches(track, &below.to_string_lossy(), &words)
                };
                let found = folders::folders(library, moods, inside, &fits);
                return found.into_iter().map(|found| found.group).collect();
            }
        };
        let has_words = |rows: &[u32]| {
            let mut tracks = rows.iter().map(|row| &library.tracks()[*row as usize]);
            words.is_empty() || tracks.any(|track| matches(track, "", &words))
        };
        all.iter()
            .filter(|all| query.mood.is_none() || all.group.mood == query.mood)
            .filter(|all| has_words(&all.rows))
            .map(|all| Arc::clone(&all.group))
            .collect()
    }

    /// Positions in [`Library::tracks`] of a group's tracks, in its order; of a folder, only
    /// those right in it. Empty when there is no such group any more.
    #[must_use]
    pub fn rows(&self, library: &Library, key: &GroupKey) -> Vec<u32> {
        let all = match key {
            GroupKey::Album { .. } => &self.albums,
            GroupKey::Artist(_) => &self.artists,
            GroupKey::Folder(path) => return folders::rows(library, self.folder(path)),
        };
        let found = all.iter().find(|all| all.group.key == *key);
        found.map_or_else(Vec::new, |found| found.rows.clone())
    }

    fn folder<'a>(&'a self, path: &'a Path) -> &'a Path {
        if path.as_os_str().is_empty() {
            &self.base
        } else {
            path
        }
    }
}

/// Whether two states of a track are grouped alike.
fn alike(old: &Arc<Track>, new: &Arc<Track>) -> bool {
    Arc::ptr_eq(old, new)
        || (old.id == new.id
            && old.has_cover == new.has_cover
            && old.duration_secs == new.duration_secs
            && old.path == new.path
            && old.tags == new.tags)
}

/// A group in the making.
struct Draft {
    name: String,
    by: By,
    rows: Vec<u32>,
}

/// Groups in the making, in the order of their first tracks.
struct Drafts<K> {
    number: HashMap<K, usize>,
    drafts: Vec<(K, Draft)>,
}

impl<K: Clone + Eq + Hash> Drafts<K> {
    fn new() -> Self {
        Self {
            number: HashMap::new(),
            drafts: Vec::new(),
        }
    }

    /// Adds a track to a group, which is named by the first; returns the group's number.
    fn add(&mut self, key: K, row: u32, named: impl FnOnce() -> (String, By)) -> usize {
        let number = *self.number.entry(key.clone()).or_insert_with(|| {
            let (name, by) = named();
            let rows = Vec::new();
            self.drafts.push((key, Draft { name, by, rows }));
            self.drafts.len() - 1
        });
        self.drafts[number].1.rows.push(row);
        number
    }
}

impl Draft {
    /// The group of these tracks, which are in their order now.
    fn finish(self, key: GroupKey, library: &Library, moods: &[Option<MoodVector>]) -> Gathered {
        let track = |row: &u32| &library.tracks()[*row as usize];
        let tracks = || self.rows.iter().map(track);
        let cover = tracks()
            .find(|track| track.has_cover)
            .or_else(|| tracks().next());
        let discs = tracks().filter_map(|track| track.tags.disc_number).max();
        let group = Group {
            key,
            year: tracks().filter_map(|track| track.tags.year).max(),
            discs: discs.unwrap_or(1).max(1),
            albums: 0,
            duration_secs: tracks().map(|track| track.duration_secs).sum(),
            cover: cover.map(|track| track.id).unwrap_or_default(),
            mood: mood(&self.rows, moods),
            tracks: tracks().map(|track| track.id).collect(),
            name: self.name,
            by: self.by,
        };
        Gathered {
            group: Arc::new(group),
            rows: self.rows,
        }
    }
}

/// The mood that these tracks have most of; `None` while none is analyzed.
fn mood(rows: &[u32], moods: &[Option<MoodVector>]) -> Option<Mood> {
    let mut sums = [0.0; Mood::COUNT];
    for mood in rows.iter().filter_map(|row| moods[*row as usize]) {
        for (sum, share) in sums.iter_mut().zip(mood.moods) {
            *sum += share;
        }
    }
    let most = Mood::ALL
        .into_iter()
        .max_by(|a, b| sums[a.index()].total_cmp(&sums[b.index()]));
    most.filter(|mood| sums[mood.index()] > 0.0)
}

/// The artist that leads: `Nina feat. Otto` is Nina.
fn lead(artist: &str) -> &str {
    const GUESTS: [&str; 9] = [
        " feat. ",
        " feat ",
        " featuring ",
        " ft. ",
        " ft ",
        " (feat",
        " [feat",
        " (ft.",
        " [ft.",
    ];
    let lower = artist.to_ascii_lowercase();
    let cut = GUESTS.iter().filter_map(|guest| lower.find(guest)).min();
    artist[..cut.unwrap_or(artist.len())].trim()
}

/// Whether an album artist, folded, says that there are several.
fn says_various(artist: &str) -> bool {
    const VARIOUS: [&str; 7] = [
        "various artists",
        "various",
        "va",
        "v.a.",
        "여러 아티스트",
        "여러 가수",
        "다양한 아티스트",
    ];
    VARIOUS.contains(&artist)
}

#[cfg(test)]
mod tests;
