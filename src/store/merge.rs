//! The rules by which a scan changes the library. What a listener did with a track must
//! survive whatever happens to its file: a rename, a move, new tags, an unplugged drive.

use super::model::{Model, Row};
use crate::library::{
    ContentId, Lyrics, LyricsKind, ScanEvent, ScanFailure, ScanSummary, ScannedFile, Track,
    TrackId, Walk,
};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

impl Model {
    /// Takes in what a scan found. `now_unix_secs` is when new tracks are added.
    pub fn apply(&mut self, event: ScanEvent, now_unix_secs: i64) {
        match event {
            ScanEvent::Walked(walk) => self.walked(walk),
            ScanEvent::File(file) if self.is_leaving(&file.path) => {}
            ScanEvent::Failed(failure) if self.is_leaving(&failure.path) => {}
            ScanEvent::File(file) => self.file(*file, now_unix_secs),
            ScanEvent::Failed(failure) => self.failed(failure),
        }
    }

    fn is_leaving(&self, path: &Path) -> bool {
        self.leaving.iter().any(|gone| path.starts_with(gone))
    }

    /// Ends a scan and tells what it did. After a cancelled one, files that were not read
    /// again keep their tracks.
    pub fn finish_scan(&mut self, completed: bool) -> ScanSummary {
        for (id, row) in &mut self.rows {
            if row.doubtful && completed && !row.track.missing {
                Arc::make_mut(&mut row.track).missing = true;
                self.dirty.tracks.insert(*id);
                self.stale.library = true;
            }
            row.doubtful = false;
        }
        self.leaving.clear();
        for (old, new) in std::mem::take(&mut self.displaced) {
            self.fold(old, new);
        }
        // Files that were not read may yet be where tracks have gone to.
        if completed {
            let gone = self.rows.values().filter(|row| row.adrift());
            let gone = gone.map(|row| row.content).collect();
            self.summary.moved += self.reunite(&gone);
        }
        let shown = self.rows.values().filter(|row| !row.removed);
        self.summary.missing = shown.filter(|row| row.track.missing).count();
        self.summary.failed = self.problems().len();
        std::mem::take(&mut self.summary)
    }

    /// Files seen unchanged are there; those not seen are gone, as far as the walk went.
    fn walked(&mut self, mut walk: Walk) {
        self.displaced.clear();
        // A scan that began after the folder was taken out does not know it.
        self.leaving.retain(|gone| {
            walk.folders
                .iter()
                .any(|(folder, _)| folder.starts_with(gone))
        });
        walk.folders.retain(|(folder, _)| !self.is_leaving(folder));
        walk.files.retain(|path, _| !self.is_leaving(path));
        self.summary = ScanSummary {
            files: walk.files.len(),
            ..ScanSummary::default()
        };
        for (path, reachable) in &walk.folders {
            for folder in &mut self.folders {
                if folder.path == *path && folder.reachable != *reachable {
                    folder.reachable = *reachable;
                    self.dirty.folders = true;
                    self.stale.folders = true;
                }
            }
        }
        // Thousands of places may have changed at once.
        let places = walk.folders.iter().map(|(folder, _)| folder.as_path());
        let singles = walk.single_files.iter().map(PathBuf::as_path);
        let places: HashSet<&Path> = places.chain(singles).collect();
        let covered = |path: &Path| path.ancestors().any(|place| places.contains(place));
        for (id, row) in &mut self.rows {
            let path = &row.track.path;
            if self.by_path.get(path) != Some(id) {
                continue;
            }
            let bad = self
                .problems
                .get(path)
                .is_some_and(|bad| bad.stamp.is_some());
            let (missing, removed) = match walk.files.get(path) {
                Some(stamp) if *stamp == row.stamp && !bad => {
                    if row.removed {
                        self.summary.added += 1;
                    } else {
                        self.summary.unchanged += 1;
                    }
                    (false, false)
                }
                Some(_) => {
                    // It will be read again, unless it is as bad as it was.
                    row.doubtful = true;
                    (row.track.missing, row.removed)
                }
                None if covered(path) => (true, row.removed),
                None => continue,
            };
            if (missing, removed) != (row.track.missing, row.removed) {
                Arc::make_mut(&mut row.track).missing = missing;
                row.removed = removed;
                self.dirty.tracks.insert(*id);
                self.stale.library = true;
            }
        }
        let solved: Vec<PathBuf> = self
            .problems
            .values()
            .filter(|bad| {
                let as_bad_as_it_was = bad
                    .stamp
                    .is_some_and(|s| walk.files.get(&bad.path) == Some(&s));
                covered(&bad.path) && !as_bad_as_it_was
            })
            .map(|bad| bad.path.clone())
            .collect();
        for path in solved {
            // What is still bad will be told again.
            self.forget_problem(&path);
        }
    }

    fn file(&mut self, file: ScannedFile, now_unix_secs: i64) {
        self.forget_problem(&file.path);
        let owner = self.by_path.get(&file.path).copied();
        let same_audio = owner.filter(|id| self.rows[id].content == file.content);
        if let Some(id) = same_audio {
            if self.rows[&id].removed {
                self.summary.added += 1;
            } else {
                self.summary.changed += 1;
            }
            return self.update(id, file);
        }
        if let Some(id) = self.adrift(&file) {
            if self.rows[&id].removed {
                self.summary.added += 1;
            } else {
                self.summary.moved += 1;
            }
            return self.update(id, file);
        }
        self.summary.added += 1;
        let id = self.new_id();
        self.displaced.extend(owner.map(|old| (old, id)));
        let row = Row {
            track: Arc::new(Track {
                id,
                path: file.path.clone(),
                tags: file.tags.clone(),
                duration_secs: file.duration_secs,
                codec: file.codec.clone(),
                has_cover: file.has_cover,
                lyrics: LyricsKind::None,
                missing: false,
                added_unix_secs: now_unix_secs,
                play_count: 0,
                skip_count: 0,
                last_played_unix_secs: None,
                rating: 0,
                analysis: None,
                audio: None,
                lyric_mood: None,
                loudness: None,
            }),
            stamp: file.stamp,
            content: file.content,
            rated: false,
            removed: false,
            features_version: None,
            audio_version: None,
            analysis_problem: None,
            doubtful: false,
            lyrics_hash: 0,
            lyric_source: None,
            whole_version: None,
        };
        self.rows.insert(id, row);
        self.update(id, file);
    }

    /// A track whose file is gone, or at least not where it was, with this audio.
    fn adrift(&self, file: &ScannedFile) -> Option<TrackId> {
        let same_audio = self.by_content.get(&file.content)?;
        let mut candidates: Vec<&Row> = same_audio
            .iter()
            .filter_map(|id| self.rows.get(id))
            .filter(|row| row.adrift())
            .collect();
        candidates.sort_by_key(|row| (row.removed, !row.track.missing, row.track.id));
        candidates.first().map(|row| row.track.id)
    }

    /// Makes `file` the file of track `id`.
    fn update(&mut self, id: TrackId, file: ScannedFile) {
        let twin = self.analyzed_twin(&file.content, id);
        if let Some(displaced) = self.by_path.insert(file.path.clone(), id)
            && displaced != id
            && let Some(row) = self.rows.get_mut(&displaced)
        {
            Arc::make_mut(&mut row.track).missing = true;
            self.dirty.tracks.insert(displaced);
        }
        let Some(row) = self.rows.get_mut(&id) else {
            return;
        };
        let track = Arc::make_mut(&mut row.track);
        if track.path != file.path {
            if self.by_path.get(&track.path) == Some(&id) {
                self.by_path.remove(&track.path);
            }
            track.path = file.path;
        }
        if row.content != file.content {
            if let Some(others) = self.by_content.get_mut(&row.content) {
                others.remove(&id);
            }
            row.content = file.content;
            track.analysis = None;
            row.features_version = None;
            self.dirty.analyses.insert(id);
            track.audio = None;
            row.audio_version = None;
            self.dirty.audio_readings.insert(id);
            track.loudness = None;
            row.whole_version = None;
            self.dirty.whole.insert(id, None);
        }
        self.by_content.entry(file.content).or_default().insert(id);
        if track.analysis.is_none()
            && let Some(twin) = twin
        {
            track.analysis = twin.track.analysis.clone();
            row.features_version = twin.features_version;
            self.dirty.analyses.insert(id);
            track.audio = twin.track.audio.clone();
            row.audio_version = twin.audio_version;
            self.dirty.audio_readings.insert(id);
        }
        track.tags = file.tags;
        track.duration_secs = file.duration_secs;
        track.codec = file.codec;
        track.has_cover = file.has_cover;
        track.lyrics = file.lyrics.as_ref().map(Lyrics::kind).unwrap_or_default();
        track.missing = false;
        if !row.rated {
            track.rating = file.stars.min(Track::MOST_STARS);
        }
        row.lyrics_hash = file.lyrics.as_ref().map_or(0, Lyrics::fingerprint);
        if file.lyrics.is_none() && track.lyric_mood.take().is_some() {
            row.lyric_source = None;
            self.dirty.lyric_moods.insert(id);
        }
        row.stamp = file.stamp;
        row.removed = false;
        row.doubtful = false;
        self.stale.problems |= row.analysis_problem.take().is_some();
        self.dirty.lyrics.insert(id, file.lyrics);
        self.dirty.tracks.insert(id);
        self.stale.library = true;
    }

    /// Another track with the same audio that was analyzed.
    fn analyzed_twin(&self, content: &ContentId, not: TrackId) -> Option<Row> {
        let same_audio = self.by_content.get(content)?.iter();
        same_audio
            .filter(|id| **id != not)
            .filter_map(|id| self.rows.get(id))
            .find(|row| row.track.analysis.is_some())
            .cloned()
    }

    fn failed(&mut self, failure: ScanFailure) {
        let owner = self.by_path.get(&failure.path);
        if let Some(row) = owner.and_then(|id| self.rows.get_mut(id))
            && failure.stamp.is_some()
        {
            // Kept for when the file is whole again.
            row.doubtful = false;
            Arc::make_mut(&mut row.track).missing = true;
            self.dirty.tracks.insert(row.track.id);
            self.stale.library = true;
        }
        self.dirty.problems.insert(failure.path.clone());
        self.problems.insert(failure.path.clone(), failure);
        self.stale.problems = true;
    }
}

#[cfg(test)]
mod tests;
