//! The queue: what plays, in which order, and what comes next. Pure.

use super::state::Repeat;
use crate::library::Track;
use std::sync::Arc;

/// One place of the queue. The same track may be queued twice; its places differ in `id`.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Unlike that of any other place, now or later.
    pub id: u64,
    /// What plays there.
    pub track: Arc<Track>,
}

/// The queue and the place that is current in it.
#[derive(Debug)]
pub struct Queue {
    /// In playing order.
    entries: Vec<Entry>,
    /// Ids in the order that was asked for, which shuffling leaves alone.
    natural: Vec<u64>,
    current: Option<usize>,
    shuffled: bool,
    repeat: Repeat,
    next_id: u64,
    random: fastrand::Rng,
}

impl Queue {
    /// An empty queue; the seed decides how it shuffles.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            entries: Vec::new(),
            natural: Vec::new(),
            current: None,
            shuffled: false,
            repeat: Repeat::Off,
            next_id: 0,
            random: fastrand::Rng::with_seed(seed),
        }
    }

    /// All places, in playing order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Index of the current place.
    #[must_use]
    pub fn index(&self) -> Option<usize> {
        self.current
    }

    /// The current place.
    #[must_use]
    pub fn current(&self) -> Option<&Entry> {
        self.entries.get(self.current?)
    }

    /// Whether what comes next was shuffled.
    #[must_use]
    pub fn shuffled(&self) -> bool {
        self.shuffled
    }

    /// What happens at the end.
    #[must_use]
    pub fn repeat(&self) -> Repeat {
        self.repeat
    }

    /// Sets what happens at the end.
    pub fn set_repeat(&mut self, repeat: Repeat) {
        self.repeat = repeat;
    }

    /// Replaces everything; `start` becomes current. With shuffle on, it comes first and all
    /// others follow in random order.
    pub fn play(&mut self, tracks: Vec<Arc<Track>>, start: usize) {
        self.entries = self.adopt(tracks);
        self.natural = self.entries.iter().map(|entry| entry.id).collect();
        self.current = (!self.entries.is_empty()).then(|| start.min(self.entries.len() - 1));
        if self.shuffled
            && let Some(start) = self.current
        {
            self.entries.swap(0, start);
            self.current = Some(0);
            self.random.shuffle(&mut self.entries[1..]);
        }
    }

    /// Puts tracks right after the current place, or at the end.
    pub fn enqueue(&mut self, tracks: Vec<Arc<Track>>, next: bool) {
        let added = self.adopt(tracks);
        let ids: Vec<u64> = added.iter().map(|entry| entry.id).collect();
        let (place, natural_place) = match self.current() {
            Some(current) if next => (
                self.current.map_or(0, |index| index + 1),
                self.natural_place(current.id) + 1,
            ),
            None if next => (0, 0),
            _ => (self.entries.len(), self.natural.len()),
        };
        self.entries.splice(place..place, added);
        self.natural.splice(natural_place..natural_place, ids);
    }

    /// Makes a place current; nothing happens if there is no such place.
    pub fn jump_to(&mut self, index: usize) -> bool {
        let there = index < self.entries.len();
        if there {
            self.current = Some(index);
        }
        there
    }

    /// Leaves no place current, as after the end.
    pub fn finish(&mut self) {
        self.current = None;
    }

    /// Takes a place out; tells whether it was current. Then the one after it becomes
    /// current, or none.
    pub fn remove(&mut self, index: usize) -> bool {
        if index >= self.entries.len() {
            return false;
        }
        let removed = self.entries.remove(index);
        self.natural.retain(|&id| id != removed.id);
        let was_current = self.current == Some(index);
        self.current = match self.current {
            Some(current) if index < current => Some(current - 1),
            Some(current) if current >= self.entries.len() => None,
            other => other,
        };
        was_current
    }

    /// Moves a place; the current one stays current wherever it ends up.
    pub fn reorder(&mut self, from: usize, to: usize) {
        if from >= self.entries.len() || to >= self.entries.len() {
            return;
        }
        let current = self.current().map(|entry| entry.id);
        let moved = self.entries.remove(from);
        self.entries.insert(to, moved);
        if !self.shuffled {
            self.natural = self.entries.iter().map(|entry| entry.id).collect();
        }
        self.find_current(current);
    }

    /// Empties the queue.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.natural.clear();
        self.current = None;
    }

    /// Shuffles what comes after the current place, or puts everything back into the order
    /// that was asked for.
    pub fn shuffle(&mut self, on: bool) {
        if self.shuffled == on {
            return;
        }
        self.shuffled = on;
        if on {
            let after = self.current.map_or(0, |index| index + 1);
            self.random.shuffle(&mut self.entries[after..]);
        } else {
            let current = self.current().map(|entry| entry.id);
            let ranks: std::collections::HashMap<u64, usize> = (0..)
                .zip(&self.natural)
                .map(|(rank, &id)| (id, rank))
                .collect();
            self.entries
                .sort_by_key(|entry| ranks.get(&entry.id).copied());
            self.find_current(current);
        }
    }

    /// The place that follows by itself when the current one has played to its end.
    #[must_use]
    pub fn following(&self) -> Option<usize> {
        match self.repeat {
            Repeat::One => self.current,
            Repeat::Off | Repeat::All => self.next(),
        }
    }

    /// The place that the listener gets by asking for the next one.
    #[must_use]
    pub fn next(&self) -> Option<usize> {
        let next = self.current? + 1;
        if next < self.entries.len() {
            Some(next)
        } else {
            (self.repeat == Repeat::All).then_some(0)
        }
    }

    /// The place that the listener gets by asking for the previous one; the first place has
    /// none before it unless the queue repeats.
    #[must_use]
    pub fn previous(&self) -> Option<usize> {
        match self.current? {
            0 => (self.repeat == Repeat::All).then(|| self.entries.len() - 1),
            current => Some(current - 1),
        }
    }

    fn adopt(&mut self, tracks: Vec<Arc<Track>>) -> Vec<Entry> {
        let first_id = self.next_id;
        self.next_id += tracks.len() as u64;
        (first_id..)
            .zip(tracks)
            .map(|(id, track)| Entry { id, track })
            .collect()
    }

    fn natural_place(&self, id: u64) -> usize {
        let place = self.natural.iter().position(|&natural| natural == id);
        place.unwrap_or(self.natural.len().saturating_sub(1))
    }

    fn find_current(&mut self, id: Option<u64>) {
        self.current = id.and_then(|id| self.entries.iter().position(|entry| entry.id == id));
    }
}

#[cfg(test)]
#[path = "queue_tests.rs"]
mod tests;
