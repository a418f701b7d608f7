//! The Library screen's state: a query, its rows, and which of them are chosen.

use super::grouping::Opened;
use crate::engine::Command;
use crate::library::{BrowseQuery, Group, Library, SortKey, Track, TrackId};
use crate::mood::Mood;
use crate::ui::library::LibraryView;
use std::collections::HashSet;
use std::sync::Arc;

/// As for the feeling field: live, but not on every key of a fast word.
const DEBOUNCE_SECS: f64 = 0.05;
/// While analysis publishes snapshots, the rows are asked for again so often at most.
const REFRESH_SECS: f64 = 0.5;

/// The Library screen's state.
#[derive(Debug, Default)]
pub struct Browsing {
    /// How it is looked at.
    pub view: LibraryView,
    /// What is looked into: nothing, one group, or one folder in the other.
    pub opened: Vec<Opened>,
    /// The last answer about groups: albums, artists, or the folders in the open one.
    pub groups: Option<Arc<[Arc<Group>]>>,
    /// What is asked.
    pub query: BrowseQuery,
    /// The last answer: positions in `library`.
    pub rows: Option<Arc<[u32]>>,
    library: Arc<Library>,
    /// Chosen tracks.
    pub chosen: HashSet<TrackId>,
    /// The row that Shift extends from and arrow keys move.
    pub cursor: Option<usize>,
    anchor: Option<usize>,
    pub(super) generation: u64,
    pub(super) due_secs: Option<f64>,
}

impl Browsing {
    pub(super) fn search(&mut self, text: String, now_secs: f64) {
        self.query.text = text;
        self.due_secs = Some(now_secs + DEBOUNCE_SECS);
    }

    /// The library changed; its rows are asked for again soon.
    pub(super) fn refresh(&mut self, now_secs: f64) {
        let wait = if self.rows.is_none() && self.groups.is_none() {
            0.0
        } else {
            REFRESH_SECS
        };
        self.due_secs.get_or_insert(now_secs + wait);
    }

    pub(super) fn sort_by(&mut self, key: SortKey) -> Vec<Command> {
        if self.query.sort == key {
            self.query.descending = !self.query.descending;
        } else {
            self.query.sort = key;
            // Of plays and stars one wants the most first; of everything else the beginning.
            self.query.descending = matches!(key, SortKey::Plays | SortKey::Rating);
        }
        self.ask()
    }

    pub(super) fn filter_mood(&mut self, mood: Option<Mood>) -> Vec<Command> {
        self.query.mood = mood;
        self.ask()
    }

    pub(super) fn due_at(&self) -> Option<f64> {
        self.due_secs
    }

    pub(super) fn due(&mut self, now_secs: f64) -> Vec<Command> {
        if self.due_secs.is_some_and(|due_secs| due_secs <= now_secs) {
            self.ask()
        } else {
            Vec::new()
        }
    }

    pub(super) fn take(&mut self, generation: u64, library: Arc<Library>, rows: Arc<[u32]>) {
        if generation != self.generation {
            return;
        }
        // The tracks stay in hand, whichever rows are theirs now.
        let held = [self.cursor, self.anchor].map(|row| Some(self.track(row?)?.id));
        let again = |id: Option<TrackId>| {
            let position = library.position(id?)? as u32;
            rows.iter().position(|row| *row == position)
        };
        [self.cursor, self.anchor] = held.map(again);
        self.library = library;
        self.rows = Some(rows);
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.as_ref().map_or(0, |rows| rows.len())
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The track of a row.
    #[must_use]
    pub fn track(&self, row: usize) -> Option<&Arc<Track>> {
        let position = *self.rows.as_ref()?.get(row)?;
        self.library.tracks().get(position as usize)
    }

    pub(super) fn select(&mut self, row: usize, toggle: bool, extend: bool) {
        let Some(id) = self.track(row).map(|track| track.id) else {
            return;
        };
        if extend && let Some(anchor) = self.anchor {
            if !toggle {
                self.chosen.clear();
            }
            for row in anchor.min(row)..=anchor.max(row) {
                if let Some(id) = self.track(row).map(|track| track.id) {
                    self.chosen.insert(id);
                }
            }
        } else if toggle {
            if !self.chosen.remove(&id) {
                self.chosen.insert(id);
            }
            self.anchor = Some(row);
        } else {
            self.chosen.clear();
            self.chosen.insert(id);
            self.anchor = Some(row);
        }
        self.cursor = Some(row);
    }

    pub(super) fn select_all(&mut self) {
        self.chosen = (0..self.len())
            .filter_map(|row| self.track(row).map(|track| track.id))
            .collect();
    }

    pub(super) fn select_none(&mut self) {
        self.chosen.clear();
        self.anchor = None;
    }

    /// The chosen tracks in row order; the clicked row alone when it is not among them.
    #[must_use]
    pub fn chosen_with(&self, row: usize) -> Vec<TrackId> {
        let Some(clicked) = self.track(row).map(|track| track.id) else {
            return Vec::new();
        };
        if !self.chosen.contains(&clicked) || self.chosen.len() == 1 {
            return vec![clicked];
        }
        self.chosen_shown()
    }

    /// What a key is about: the chosen tracks that are shown, in row order, or else the one at
    /// the cursor.
    #[must_use]
    pub fn in_hand(&self) -> Vec<TrackId> {
        let chosen = self.chosen_shown();
        if !chosen.is_empty() {
            return chosen;
        }
        let track = self.cursor.and_then(|row| self.track(row));
        track.map(|track| track.id).into_iter().collect()
    }

    fn chosen_shown(&self) -> Vec<TrackId> {
        if self.chosen.is_empty() {
            return Vec::new();
        }
        (0..self.len())
            .filter_map(|row| self.track(row).map(|track| track.id))
            .filter(|id| self.chosen.contains(id))
            .collect()
    }

    /// At most `limit` tracks from the rows around `row`, and where `row` is among them.
    pub(super) fn around(&self, row: usize, limit: usize) -> (Vec<TrackId>, usize) {
        let first = if self.len() <= limit {
            0
        } else {
            row.min(self.len() - limit)
        };
        let tracks = (first..self.len().min(first + limit))
            .filter_map(|row| self.track(row))
            .map(|track| track.id)
            .collect();
        (tracks, row.saturating_sub(first))
    }
}
