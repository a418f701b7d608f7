//! Tracks that play without being in the library: files that were opened, and those of a queue
//! that was taken up.

use crate::library::{Lyrics, SavedQueue, ScannedFile, Track, TrackId};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::now_unix_secs;

/// A track that is not the library's, with its words.
pub(super) type Guest = (Arc<Track>, Option<Arc<Lyrics>>);

/// Ids below zero: they are not the library's. None is given twice while the program runs, so
/// that whoever knows something of a track by its id never takes another one for it.
#[derive(Debug, Clone, Default)]
pub(super) struct GuestIds(Arc<AtomicI64>);

impl GuestIds {
    fn next(&self) -> TrackId {
        TrackId(self.0.fetch_sub(1, Ordering::Relaxed) - 1)
    }

    /// A file as a track.
    pub(super) fn track(&self, file: ScannedFile) -> Guest {
        let track = Track {
            id: self.next(),
            path: file.path,
            tags: file.tags,
            duration_secs: file.duration_secs,
            codec: file.codec,
            has_cover: file.has_cover,
            lyrics: file.lyrics.as_ref().map(Lyrics::kind).unwrap_or_default(),
            added_unix_secs: now_unix_secs(),
            ..Track::default()
        };
        (Arc::new(track), file.lyrics.map(Arc::new))
    }
}

/// All of them since the library was opened: what was played before may come back.
#[derive(Default)]
pub(super) struct Guests {
    ids: GuestIds,
    known: HashMap<TrackId, Guest>,
}

impl Guests {
    /// Gives ids to more of them.
    pub(super) fn ids(&self) -> GuestIds {
        self.ids.clone()
    }

    /// Takes in those of these tracks that are not the library's.
    pub(super) fn welcome(&mut self, tracks: &[Guest]) {
        let guests = tracks.iter().filter(|(track, _)| track.id.0 < 0);
        self.known
            .extend(guests.map(|guest| (guest.0.id, guest.clone())));
    }

    /// Takes in those of a queue as it was saved, under ids of this run.
    pub(super) fn take_up(&mut self, queue: SavedQueue) -> SavedQueue {
        let tracks = queue.tracks.iter().map(|track| {
            if track.id.0 >= 0 {
                return Arc::clone(track);
            }
            let guest = Arc::new(Track {
                id: self.ids.next(),
                ..Track::clone(track)
            });
            self.welcome(&[(Arc::clone(&guest), None)]);
            guest
        });
        SavedQueue {
            tracks: tracks.collect(),
            ..queue
        }
    }

    pub(super) fn track(&self, id: TrackId) -> Option<&Arc<Track>> {
        self.known.get(&id).map(|(track, _)| track)
    }

    pub(super) fn lyrics(&self, id: TrackId) -> Option<&Arc<Lyrics>> {
        self.known.get(&id)?.1.as_ref()
    }

    /// They leave with the library that was open.
    pub(super) fn leave(&mut self) {
        self.known.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(ids: &[i64]) -> SavedQueue {
        let track = |id: &i64| {
            Arc::new(Track {
                id: TrackId(*id),
                path: format!("/outside/{id}.flac").into(),
                ..Track::default()
            })
        };
        SavedQueue {
            tracks: ids.iter().map(track).collect(),
            current: Some(1),
            ..SavedQueue::default()
        }
    }

    #[test]
    fn no_two_guests_of_one_run_have_the_same_id() {
        let mut guests = Guests::default();
        // Two queues as two libraries have saved them, both counted from -1.
        let first = guests.take_up(saved(&[-1, 7, -3]));
        let second = guests.take_up(saved(&[-1, -2]));
        assert_eq!(first.tracks[1].id, TrackId(7), "the library's own");
        assert_eq!(first.current, Some(1));
        let mut ids: Vec<TrackId> = first.tracks.iter().map(|track| track.id).collect();
        ids.extend(second.tracks.iter().map(|track| track.id));
        ids.push(guests.ids().next());
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{ids:?}");
        for track in [&first.tracks[0], &first.tracks[2], &second.tracks[0]] {
            let known = guests.track(track.id).map(|known| &known.path);
            assert_eq!(known, Some(&track.path));
        }
        assert!(guests.track(TrackId(7)).is_none());
    }
}
