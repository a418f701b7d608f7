//! [`Library`]: all tracks at one moment.

use super::{Track, TrackId};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// An immutable snapshot of all tracks, in album order. Cheap to share, replaced whole.
#[derive(Debug, Default)]
pub struct Library {
    tracks: Vec<Arc<Track>>,
    index_of: HashMap<TrackId, u32>,
}

impl Library {
    /// A snapshot of `tracks`, sorted by album artist, album, disc, number, path.
    #[must_use]
    pub fn new(mut tracks: Vec<Arc<Track>>) -> Self {
        tracks.sort_by_cached_key(|track| {
            (
                track.album_artist().to_lowercase(),
                track.tags.album.to_lowercase(),
                track.tags.disc_number,
                track.tags.track_number,
                track.path.clone(),
            )
        });
        let index_of = (0u32..)
            .zip(&tracks)
            .map(|(index, track)| (track.id, index))
            .collect();
        Self { tracks, index_of }
    }

    /// All tracks, in album order.
    #[must_use]
    pub fn tracks(&self) -> &[Arc<Track>] {
        &self.tracks
    }

    /// The track with this id.
    #[must_use]
    pub fn get(&self, id: TrackId) -> Option<&Arc<Track>> {
        self.position(id).map(|index| &self.tracks[index])
    }

    /// Where in [`tracks`](Self::tracks) the track with this id stands.
    #[must_use]
    pub fn position(&self, id: TrackId) -> Option<usize> {
        self.index_of.get(&id).map(|index| *index as usize)
    }

    /// The track at this path.
    #[must_use]
    pub fn by_path(&self, path: &Path) -> Option<&Arc<Track>> {
        self.tracks.iter().find(|track| track.path == path)
    }

    /// How many tracks there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tracks.len()
    }

    /// Whether there is no track at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tracks.is_empty()
    }

    /// How many tracks are there and analyzed.
    #[must_use]
    pub fn analyzed_len(&self) -> usize {
        self.tracks
            .iter()
            .filter(|track| track.analysis.is_some() && !track.missing)
            .count()
    }
}
