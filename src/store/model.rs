//! The library in memory. Pure: no disk, no clock. What must be written is noted in
//! [`Dirty`], so that writing can be repeated.

use crate::library::{
    Analysis, ContentId, FileFacts, FileStamp, Folder, Heard, KnownFiles, Library, Lyrics,
    PlaylistId, Playlists, Problem, ScanFailure, ScanSummary, Track, TrackFiles, TrackId,
    WholeTrack,
};
use crate::mood::MoodVector;
use crate::recommend::Feedback;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A track with what only the store needs to know about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What everyone sees.
    pub track: Arc<Track>,
    /// The file as last read.
    pub stamp: FileStamp,
    /// Its audio.
    pub content: ContentId,
    /// Its stars, or that it has none, are what the listener said here: what its file says
    /// does not count.
    pub rated: bool,
    /// It, or its folder, was taken out of the library. Kept, so that what was taken out by
    /// mistake comes back with its history and its analysis.
    pub removed: bool,
    /// Version of the features its analysis was made with.
    pub features_version: Option<u32>,
    /// Version of the audio model that has heard it.
    pub audio_version: Option<Arc<str>>,
    /// Why it could not be analyzed, and by which version; forgotten when the file changes.
    pub analysis_problem: Option<(u32, String)>,
    /// The file at its path has changed and was not read again yet.
    pub doubtful: bool,
    /// Tells its lyrics from others; 0 without any.
    pub lyrics_hash: i64,
    /// What its lyrics' mood was read from; `None` when it has none.
    pub lyric_source: Option<LyricSource>,
    /// By which version it was read from end to end; `None` until it was.
    pub whole_version: Option<Arc<str>>,
}

impl Row {
    /// Whether its place is not certain: another file may turn out to be this track.
    pub(super) fn adrift(&self) -> bool {
        self.track.missing || self.removed || self.doubtful
    }

    pub(super) fn never_played(&self) -> bool {
        self.track.play_count + self.track.skip_count == 0
    }

    /// Whether the listener has neither heard nor rated it.
    pub(super) fn is_untouched(&self) -> bool {
        self.never_played() && !self.rated
    }
}

/// By what and from what a lyric mood was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LyricSource {
    /// Version of the reading.
    pub version: Arc<str>,
    /// Of the lyrics.
    pub lyrics_hash: i64,
}

/// A track that waits for its analysis.
#[derive(Debug, Clone, PartialEq)]
pub struct PendingAnalysis {
    /// Which.
    pub id: TrackId,
    /// Its file.
    pub path: PathBuf,
    /// The audio that is to be analyzed; a result for other audio is dropped.
    pub content: ContentId,
    /// Length of the audio.
    pub duration_secs: f32,
    /// The rule's reading, when only the audio model has to hear it.
    pub rule: Option<MoodVector>,
    /// Whether the audio model has to hear it.
    pub reading: bool,
}

/// What differs from the database.
#[derive(Debug, Clone, Default)]
pub struct Dirty {
    /// Tracks to write.
    pub tracks: BTreeSet<TrackId>,
    /// Tracks whose analysis is to be written or deleted.
    pub analyses: BTreeSet<TrackId>,
    /// Tracks whose reading by the audio model is to be written or deleted.
    pub audio_readings: BTreeSet<TrackId>,
    /// Lyrics to write or delete.
    pub lyrics: BTreeMap<TrackId, Option<Lyrics>>,
    /// Tracks whose lyric mood is to be written or deleted.
    pub lyric_moods: BTreeSet<TrackId>,
    /// What whole tracks told, to write or delete.
    pub whole: BTreeMap<TrackId, Option<Arc<WholeTrack>>>,
    /// Problems to write or delete.
    pub problems: BTreeSet<PathBuf>,
    /// Plays to add.
    pub plays: Vec<Heard>,
    /// Whether all reactions written before are to be forgotten.
    pub feedback_cleared: bool,
    /// Reactions to add.
    pub feedback: Vec<Feedback>,
    /// Tracks that turned out to be others: what was written for the first belongs to the
    /// second.
    pub folded: Vec<(TrackId, TrackId)>,
    /// Whether the folders are to be written.
    pub folders: bool,
    /// Playlists to write or delete.
    pub playlists: BTreeSet<PlaylistId>,
    /// Whether the order of the playlists is to be written.
    pub playlist_order: bool,
}

impl Dirty {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.tracks.is_empty()
            && self.analyses.is_empty()
            && self.audio_readings.is_empty()
            && self.lyrics.is_empty()
            && self.lyric_moods.is_empty()
            && self.whole.is_empty()
            && self.problems.is_empty()
            && self.plays.is_empty()
            && !self.feedback_cleared
            && self.feedback.is_empty()
            && self.folded.is_empty()
            && !self.folders
            && self.playlists.is_empty()
            && !self.playlist_order
    }
}

/// Which snapshots are out of date.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stale {
    /// The tracks.
    pub library: bool,
    /// The folders.
    pub folders: bool,
    /// The problems.
    pub problems: bool,
    /// The playlists.
    pub playlists: bool,
}

/// The library in memory.
#[derive(Debug, Default)]
pub struct Model {
    pub(super) rows: BTreeMap<TrackId, Row>,
    pub(super) by_path: HashMap<PathBuf, TrackId>,
    pub(super) by_content: HashMap<ContentId, BTreeSet<TrackId>>,
    pub(super) folders: Vec<Folder>,
    pub(super) problems: BTreeMap<PathBuf, ScanFailure>,
    pub(super) summary: ScanSummary,
    /// Tracks whose path other audio has taken in this scan, with the track made for it.
    pub(super) displaced: Vec<(TrackId, TrackId)>,
    /// Folders taken out while a scan may still be telling about them.
    pub(super) leaving: Vec<PathBuf>,
    last_id: i64,
    pub(super) playlists: Playlists,
    /// Ids are not given out twice: a deleted playlist may come back.
    pub(super) last_playlist: i64,
    /// What differs from the database.
    pub dirty: Dirty,
    /// Which snapshots are out of date.
    pub stale: Stale,
}

impl Model {
    /// The library as it was written.
    pub fn new(rows: Vec<Row>, folders: Vec<Folder>, problems: Vec<ScanFailure>) -> Self {
        let mut model = Self {
            folders,
            problems: problems
                .into_iter()
                .map(|problem| (problem.path.clone(), problem))
                .collect(),
            ..Self::default()
        };
        for row in rows {
            let id = row.track.id;
            model.last_id = model.last_id.max(id.0);
            // Of several at one path, at most one is there; it owns the path.
            let owner = model.by_path.get(&row.track.path);
            if !row.track.missing || owner.is_none() {
                model.by_path.insert(row.track.path.clone(), id);
            }
            model.by_content.entry(row.content).or_default().insert(id);
            model.rows.insert(id, row);
        }
        model
    }

    /// An identity nobody had before.
    pub(super) fn new_id(&mut self) -> TrackId {
        self.last_id += 1;
        TrackId(self.last_id)
    }

    /// A snapshot of all tracks.
    pub fn library(&self) -> Library {
        let shown = self.rows.values().filter(|row| !row.removed);
        Library::new(shown.map(|row| Arc::clone(&row.track)).collect())
    }

    /// The music folders.
    pub fn folders(&self) -> &[Folder] {
        &self.folders
    }

    /// A row by its track.
    pub fn row(&self, id: TrackId) -> Option<&Row> {
        self.rows.get(&id)
    }

    /// The failure recorded for a path.
    pub fn failure(&self, path: &Path) -> Option<&ScanFailure> {
        self.problems.get(path)
    }

    /// All files that cannot be used: found by scanning, then by analysis.
    pub fn problems(&self) -> Vec<Problem> {
        let scanned = self.problems.values().map(|failure| Problem {
            path: failure.path.clone(),
            reason: failure.reason.clone(),
            unsupported: failure.unsupported,
        });
        let shown = self
            .rows
            .values()
            .filter(|row| !row.removed && !row.track.missing);
        let analyzed = shown.filter_map(|row| {
            let (_, reason) = row.analysis_problem.as_ref()?;
            Some(Problem {
                path: row.track.path.clone(),
                reason: reason.clone(),
                unsupported: false,
            })
        });
        scanned.chain(analyzed).collect()
    }

    /// Adds a music folder; one inside another is covered by it.
    pub fn add_folder(&mut self, path: PathBuf) {
        if self
            .folders
            .iter()
            .any(|known| path.starts_with(&known.path))
        {
            return;
        }
        self.folders.retain(|known| !known.path.starts_with(&path));
        self.leaving
            .retain(|gone| !(gone.starts_with(&path) || path.starts_with(gone)));
        self.folders.push(Folder {
            path,
            reachable: true,
        });
        self.folders.sort_by(|a, b| a.path.cmp(&b.path));
        self.folders_changed();
    }

    /// Takes a folder and its tracks out of the library.
    pub fn remove_folder(&mut self, path: &Path) {
        self.folders.retain(|known| known.path != path);
        self.leaving.push(path.to_path_buf());
        self.folders_changed();
        let gone = |place: &Path| place.starts_with(path);
        let inside = self.rows.values().filter(|row| gone(&row.track.path));
        let inside: Vec<TrackId> = inside.map(|row| row.track.id).collect();
        self.forget(&inside);
        let problems: Vec<PathBuf> = self
            .problems
            .keys()
            .filter(|at| gone(at))
            .cloned()
            .collect();
        for problem in problems {
            self.forget_problem(&problem);
        }
        self.stale.problems = true;
    }

    /// Takes tracks out of the library until a scan finds their files.
    pub fn forget(&mut self, tracks: &[TrackId]) {
        let mut audio = HashSet::new();
        for id in tracks {
            if let Some(row) = self.rows.get_mut(id)
                && !row.removed
            {
                row.removed = true;
                audio.insert(row.content);
                self.dirty.tracks.insert(*id);
                self.stale.library = true;
            }
        }
        self.reunite(&audio);
    }

    /// The files of earlier scans that need not be opened while they stay the same.
    pub fn known_files(&self) -> KnownFiles {
        let tracks = self.by_path.iter().filter_map(|(path, id)| {
            let row = self.rows.get(id)?;
            Some((path.clone(), row.stamp))
        });
        let failed = self
            .problems
            .values()
            .filter_map(|failure| Some((failure.path.clone(), failure.stamp?)));
        // A file that has failed is known as it was then, not as it was when it was good.
        tracks.chain(failed).collect()
    }

    /// Files outside all folders: dropped ones, and bad ones among those.
    pub fn single_files(&self) -> Vec<PathBuf> {
        let outside = |path: &Path| {
            !self
                .folders
                .iter()
                .any(|folder| path.starts_with(&folder.path))
        };
        let tracks = self.by_path.iter().filter_map(|(path, id)| {
            let shown = self.rows.get(id).is_some_and(|row| !row.removed);
            (shown && outside(path)).then_some(path)
        });
        let failed = self.problems.values().filter_map(|failure| {
            (failure.stamp.is_some() && outside(&failure.path)).then_some(&failure.path)
        });
        let files: BTreeSet<&PathBuf> = tracks.chain(failed).collect();
        files.into_iter().cloned().collect()
    }

    /// The files of all tracks.
    pub fn files(&self) -> TrackFiles {
        let facts = self.rows.iter().map(|(id, row)| {
            let facts = FileFacts {
                content: row.content,
                size_bytes: row.stamp.size_bytes,
            };
            (*id, facts)
        });
        facts.collect()
    }

    /// Tracks that have no analysis by this version of the features, or no reading by this
    /// version of the audio model, if there is one; equal audio once.
    pub fn pending_analyses(&self, version: u32, reading: Option<&str>) -> Vec<PendingAnalysis> {
        let mut asked = BTreeSet::new();
        let waits = |row: &Row| {
            let tried = |(by, _): &(u32, String)| *by == version;
            let features = row.features_version != Some(version);
            let reading = reading.is_some() && row.audio_version.as_deref() != reading;
            let waits = !row.removed
                && !row.track.missing
                && (features || reading)
                && !row.analysis_problem.as_ref().is_some_and(tried);
            let rule = row.track.analysis.as_ref().map(|analysis| analysis.mood);
            waits.then(|| PendingAnalysis {
                id: row.track.id,
                path: row.track.path.clone(),
                content: row.content,
                duration_secs: row.track.duration_secs,
                rule: rule.filter(|_| !features),
                reading,
            })
        };
        let waiting = self.rows.values().filter_map(waits);
        waiting.filter(|each| asked.insert(each.content)).collect()
    }

    /// Keeps an analysis for all tracks of this audio.
    pub fn save_analysis(&mut self, content: ContentId, version: u32, analysis: Analysis) {
        let analysis = Arc::new(analysis);
        for id in self.by_content.get(&content).into_iter().flatten() {
            if let Some(row) = self.rows.get_mut(id) {
                Arc::make_mut(&mut row.track).analysis = Some(Arc::clone(&analysis));
                row.features_version = Some(version);
                self.dirty.analyses.insert(*id);
                self.stale.library = true;
                if row.analysis_problem.take().is_some() {
                    self.dirty.tracks.insert(*id);
                    self.stale.problems = true;
                }
            }
        }
    }

    /// Notes that this audio cannot be analyzed.
    pub fn save_analysis_problem(&mut self, content: ContentId, version: u32, reason: &str) {
        for id in self.by_content.get(&content).into_iter().flatten() {
            if let Some(row) = self.rows.get_mut(id) {
                row.analysis_problem = Some((version, reason.to_owned()));
                self.dirty.tracks.insert(*id);
                self.stale.problems = true;
            }
        }
    }

    /// Gives tracks stars, 0…5; unknown ones are passed over.
    pub fn rate(&mut self, tracks: &[TrackId], stars: u8) {
        let stars = stars.min(Track::MOST_STARS);
        for id in tracks {
            let Some(row) = self.rows.get_mut(id) else {
                continue;
            };
            if row.track.rating != stars || !row.rated {
                row.rated = true;
                Arc::make_mut(&mut row.track).rating = stars;
                self.dirty.tracks.insert(*id);
                self.stale.library = true;
            }
        }
    }

    pub(super) fn forget_problem(&mut self, path: &Path) {
        if self.problems.remove(path).is_some() {
            self.dirty.problems.insert(path.to_path_buf());
            self.stale.problems = true;
        }
    }

    fn folders_changed(&mut self) {
        self.dirty.folders = true;
        self.stale.folders = true;
    }
}
