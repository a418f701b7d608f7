//! What was learned from listening: vectors that outlive the snapshot they were learned on.

use super::cooccurrence::{Corpus, DIMS, train};
use super::index::Material;
use super::joint::{Projection, unit};
use super::vectors::Vectors;
use crate::library::{Library, Play, TrackId};
use std::collections::HashMap;

/// A track heard or listed so often by the listener stands half where its listening says,
/// half where its sound says.
const HALF_TRUST_LISTS: f32 = 2.0;

/// What was learned from playlists, sessions, albums and folders.
#[derive(Debug, Clone)]
pub struct Learned {
    /// Where each track's vector begins.
    rows: HashMap<TrackId, u32>,
    listening: Vec<f32>,
    /// How often each track was in the listener's own lists.
    own: Vec<u32>,
    projection: Option<Projection>,
    own_lists: usize,
}

impl Learned {
    /// Learns anew: seconds for a hundred thousand tracks, on a thread of its own. The same
    /// input and seed give the same result. `None` when there is nothing to learn from, or
    /// once `cancelled` says so.
    #[must_use]
    pub fn from_listening(
        material: &Material,
        plays: &[Play],
        playlists: &[Vec<TrackId>],
        seed: u64,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Self> {
        let library = &*material.library;
        let corpus = Corpus::of(library, plays, playlists);
        let listening = train(&corpus, library.len(), seed, cancelled)?;
        let projection = Projection::learn(&corpus, &listening, &material.sound, seed, cancelled);
        if cancelled() {
            return None;
        }
        Some(Self {
            rows: (0..)
                .zip(library.tracks())
                .map(|(row, track)| (track.id, row))
                .collect(),
            listening,
            own: corpus.own_counts(library.len()),
            projection,
            own_lists: corpus.own.len(),
        })
    }

    /// How many of the listener's own lists (playlists and sessions) it rests on.
    #[must_use]
    pub fn own_lists(&self) -> usize {
        self.own_lists
    }

    /// The vectors laid out for a library: co-occurrence, and sound and listening in one.
    pub(super) fn placed(&self, library: &Library, sound: &Vectors) -> (Vectors, Vectors) {
        let rows = library.len();
        let mut listening = Vectors::new(rows, DIMS);
        let mut taste = Vectors::new(rows, DIMS);
        for (row, track) in library.tracks().iter().enumerate() {
            let mut place = [0.0; DIMS];
            let mut trust = 0.0;
            if let Some(from) = self.rows.get(&track.id) {
                let from = *from as usize;
                let own = &self.listening.as_chunks::<DIMS>().0[from];
                listening.set(row, own);
                place = unit(own);
                let times = self.own[from] as f32;
                trust = times / (times + HALF_TRUST_LISTS);
            }
            let by_sound = match &self.projection {
                Some(projection) if sound.knows(row) && projection.fits(sound) => {
                    projection.place(&sound.row(row))
                }
                _ => [0.0; DIMS],
            };
            for (number, sound) in place.iter_mut().zip(by_sound) {
                *number = trust * *number + (1.0 - trust) * sound;
            }
            taste.set(row, &place);
        }
        (listening, taste)
    }
}
