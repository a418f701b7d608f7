//! Two tracks that turn out to be one: the one with the history goes on with the other's
//! file.

use super::model::{Model, Row};
use crate::library::{ContentId, PlaylistEntry, TrackId};
use std::collections::HashSet;
use std::sync::Arc;

impl Model {
    /// Other audio at a known path may still be the same track to the listener: a better
    /// encoding of the song, or a file that was still being copied. Decided when the scan
    /// is over and the old audio was found nowhere else: then `old` goes on with the file
    /// that was taken for `new`.
    pub(super) fn fold(&mut self, old: TrackId, new: TrackId) {
        let (Some(before), Some(now)) = (self.rows.get(&old), self.rows.get(&new)) else {
            return;
        };
        let (was, is) = (&before.track.tags, &now.track.tags);
        let same_song = !is.title.is_empty() && was.title == is.title && was.artist == is.artist;
        let replaced = before.track.missing && !before.removed;
        let in_its_place = before.track.path == now.track.path && !now.track.missing;
        if replaced && in_its_place && (same_song || before.never_played()) {
            self.join(old, new);
            self.summary.added -= 1;
            self.summary.changed += 1;
        }
    }

    /// A file that was copied and then deleted has moved, however long that took, and its
    /// track goes on with the copy, if nobody has listened to that yet. Looks at the tracks
    /// with this audio; tells how many have moved so.
    pub(super) fn reunite(&mut self, audio: &HashSet<ContentId>) -> usize {
        let mut moved = 0;
        for content in audio {
            while let Some((old, new)) = self.separated(content) {
                self.join(old, new);
                moved += 1;
            }
        }
        moved
    }

    /// A track of this audio whose file is gone, and one that was made for a copy.
    fn separated(&self, content: &ContentId) -> Option<(TrackId, TrackId)> {
        let same_audio = self.by_content.get(content)?;
        let rows = || same_audio.iter().filter_map(|id| self.rows.get(id));
        let copies = rows().filter(|row| !row.adrift() && row.is_untouched());
        let copy = copies.map(|row| row.track.id).max()?;
        let gone = rows().filter(|row| {
            // A second file that goes again takes nothing with it.
            let kept = row.track.id < copy || !row.is_untouched() || self.is_listed(row.track.id);
            kept && self.is_gone(row)
        });
        let old = gone.min_by_key(|row| (row.is_untouched(), row.track.id))?;
        Some((old.track.id, copy))
    }

    /// Whether a track's file is not there any more, as far as anyone can tell: it is neither
    /// on a drive that is away nor unreadable for now.
    fn is_gone(&self, row: &Row) -> bool {
        let path = &row.track.path;
        let away = || {
            let mut folders = self.folders.iter();
            folders.any(|folder| !folder.reachable && path.starts_with(&folder.path))
        };
        let unreadable = || path.ancestors().any(|at| self.problems.contains_key(at));
        row.removed || row.track.missing && !away() && !unreadable()
    }

    fn is_listed(&self, id: TrackId) -> bool {
        let entry = PlaylistEntry::Track(id);
        let mut playlists = self.playlists.0.iter();
        playlists.any(|playlist| playlist.entries().contains(&entry))
    }

    /// `old` goes on with the file of `new`, which is no track of its own any more.
    fn join(&mut self, old: TrackId, new: TrackId) {
        let Some(before) = self.rows.get(&old).cloned() else {
            return;
        };
        let Some(mut row) = self.rows.remove(&new) else {
            return;
        };
        let track = Arc::make_mut(&mut row.track);
        let was = &before.track;
        track.id = old;
        track.added_unix_secs = track.added_unix_secs.min(was.added_unix_secs);
        track.play_count += was.play_count;
        track.skip_count += was.skip_count;
        if before.rated {
            row.rated = true;
            track.rating = was.rating;
        }
        track.last_played_unix_secs = track.last_played_unix_secs.max(was.last_played_unix_secs);
        let same_audio = row.content == before.content;
        if same_audio && row.lyric_source.is_none() && row.lyrics_hash == before.lyrics_hash {
            track.lyric_mood.clone_from(&was.lyric_mood);
            row.lyric_source = before.lyric_source;
        }
        let whole = self.dirty.whole.remove(&new).flatten();
        if same_audio && before.whole_version.is_some() {
            track.loudness = was.loudness;
            row.whole_version = before.whole_version;
        } else {
            // What other audio told is gone with it.
            if whole.is_none() {
                track.loudness = None;
                row.whole_version = None;
            }
            self.dirty.whole.insert(old, whole);
        }
        if let Some(tracks) = self.by_content.get_mut(&before.content) {
            tracks.remove(&old);
        }
        let tracks = self.by_content.entry(row.content).or_default();
        tracks.remove(&new);
        tracks.insert(old);
        if self.by_path.get(&was.path) == Some(&old) {
            self.by_path.remove(&was.path);
        }
        self.by_path.insert(row.track.path.clone(), old);
        self.rows.insert(old, row);
        if let Some(lyrics) = self.dirty.lyrics.remove(&new) {
            self.dirty.lyrics.insert(old, lyrics);
        }
        let plays = self.dirty.plays.iter_mut();
        let plays = plays.map(|heard| &mut heard.play.track);
        let feedback = self.dirty.feedback.iter_mut().map(|each| &mut each.track);
        for track in plays.chain(feedback).filter(|track| **track == new) {
            *track = old;
        }
        self.fold_in_playlists(new, old);
        self.dirty.folded.push((new, old));
        self.dirty.tracks.extend([old, new]);
        self.dirty.analyses.insert(old);
        self.dirty.analyses.remove(&new);
        self.dirty.audio_readings.insert(old);
        self.dirty.audio_readings.remove(&new);
        self.dirty.lyric_moods.insert(old);
        self.dirty.lyric_moods.remove(&new);
        self.stale.library = true;
    }
}
