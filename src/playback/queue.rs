//! The queue: what plays, in which order, and what comes next. Pure.

use crate::library::{Repeat, SavedQueue, Track, TrackId};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// So many edits can be undone.
const MAX_UNDO: usize = 50;

/// One place of the queue. The same track may be queued twice; its places differ in `id`.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Unlike that of any other place, now or later.
    pub id: u64,
    /// What plays there.
    pub track: Arc<Track>,
}

/// An edit of the queue, with how many tracks it was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueEdit {
    /// Another queue took its place.
    Replaced(usize),
    /// Tracks were put in.
    Added(usize),
    /// Tracks were taken out.
    Removed(usize),
    /// A track was moved.
    Moved,
    /// Everything was taken out.
    Cleared(usize),
    /// The order was mixed, or put back.
    Shuffled,
}

/// What undoing an edit means for what plays.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Undone {
    /// The current track goes on, if there is one.
    GoesOn,
    /// Another place is current now; the player was so far in it before the edit.
    Returns {
        /// Position, seconds.
        position_secs: f64,
        /// Whether it played.
        playing: bool,
    },
}

/// The queue before an edit.
#[derive(Debug)]
struct Step {
    edit: QueueEdit,
    /// The track that it says something about.
    about: Option<TrackId>,
    entries: Vec<Entry>,
    natural: Vec<u64>,
    shuffled: bool,
    current: Option<usize>,
    position_secs: f64,
    heard_secs: f64,
    playing: bool,
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
    /// Earlier states, the latest last.
    undo: VecDeque<Step>,
    /// How far the player is in the current track and how much of it was heard, seconds, and
    /// whether it plays, as last told.
    position_secs: f64,
    heard_secs: f64,
    playing: bool,
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
            undo: VecDeque::new(),
            position_secs: 0.0,
            heard_secs: 0.0,
            playing: false,
        }
    }

    /// A queue as it was saved: with the current place, but without edits to undo.
    pub fn restore(&mut self, saved: &SavedQueue) {
        self.entries = self.adopt(saved.tracks.to_vec());
        let mut natural: Vec<usize> = (0..self.entries.len()).collect();
        natural.sort_by_key(|&place| saved.ranks.get(place).copied());
        self.natural = natural
            .into_iter()
            .map(|place| self.entries[place].id)
            .collect();
        self.current = saved.current.filter(|&index| index < self.entries.len());
        self.shuffled = saved.shuffled;
        self.repeat = saved.repeat;
        self.undo.clear();
    }

    /// For each place in playing order, its rank in the order that was asked for.
    #[must_use]
    pub fn ranks(&self) -> Vec<u32> {
        let ranks = self.natural_ranks();
        let rank = |entry: &Entry| ranks.get(&entry.id).copied().unwrap_or(u32::MAX);
        self.entries.iter().map(rank).collect()
    }

    /// Notes how far the player is, how much was heard and whether it plays, for the way back
    /// to here.
    pub fn note(&mut self, position_secs: f64, heard_secs: f64, playing: bool) {
        self.position_secs = position_secs;
        self.heard_secs = heard_secs;
        self.playing = playing;
    }

    /// Puts newer knowledge of the same tracks in their places. Whether anything changed.
    pub fn refresh(&mut self, newer: impl Fn(&Arc<Track>) -> Option<Arc<Track>>) -> bool {
        let mut changed = false;
        let undoable = self.undo.iter_mut().flat_map(|step| &mut step.entries);
        for entry in self.entries.iter_mut().chain(undoable) {
            if let Some(track) = newer(&entry.track) {
                entry.track = track;
                changed = true;
            }
        }
        changed
    }

    /// What [`undo`](Self::undo) would take back.
    #[must_use]
    pub fn undoable(&self) -> Option<QueueEdit> {
        self.undo.back().map(|step| step.edit)
    }

    /// The track that the edit that [`undo`](Self::undo) would take back says something about.
    #[must_use]
    pub fn undoable_about(&self) -> Option<TrackId> {
        self.undo.back()?.about
    }

    /// The place that was current and went with that edit, and how much was heard of it by
    /// then, seconds.
    #[must_use]
    pub fn undoable_leave(&self) -> Option<(Entry, f64)> {
        let step = self.undo.back()?;
        let left = step.entries.get(step.current?)?;
        let gone = self.entries.iter().all(|entry| entry.id != left.id);
        gone.then(|| (left.clone(), step.heard_secs))
    }

    /// Takes back the last edit. What plays goes on if it is in the queue before that;
    /// otherwise the place that was current then is current again, unless the queue has ended
    /// since.
    pub fn undo(&mut self) -> Option<Undone> {
        let took_current = self.undoable_leave().is_some();
        let step = self.undo.pop_back()?;
        let current = self.current().map(|entry| entry.id);
        self.entries = step.entries;
        self.natural = step.natural;
        self.shuffled = step.shuffled;
        self.find_current(current);
        let ended = current.is_none() && !took_current;
        if self.current.is_some() || ended {
            return Some(Undone::GoesOn);
        }
        self.current = step.current;
        Some(Undone::Returns {
            position_secs: step.position_secs,
            playing: step.playing,
        })
    }

    fn remember(&mut self, edit: QueueEdit) {
        self.remember_about(edit, None);
    }

    fn remember_about(&mut self, edit: QueueEdit, about: Option<TrackId>) {
        if self.undo.len() == MAX_UNDO {
            self.undo.pop_front();
        }
        self.undo.push_back(Step {
            edit,
            about,
            entries: self.entries.clone(),
            natural: self.natural.clone(),
            shuffled: self.shuffled,
            current: self.current,
            position_secs: self.position_secs,
            heard_secs: self.heard_secs,
            playing: self.playing,
        });
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
        if !self.entries.is_empty() {
            self.remember(QueueEdit::Replaced(self.entries.len()));
        }
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
        if tracks.is_empty() {
            return;
        }
        self.remember(QueueEdit::Added(tracks.len()));
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

    /// Takes a place out. If it was current, the one after it becomes that, or none. Tells the
    /// track if it had yet to play: then it is not wanted.
    pub fn remove(&mut self, index: usize) -> Option<TrackId> {
        let track = self.entries.get(index)?.track.id;
        let to_come = self.current.is_none_or(|current| index > current);
        let about = to_come.then_some(track);
        self.remember_about(QueueEdit::Removed(1), about);
        let removed = self.entries.remove(index);
        self.natural.retain(|&id| id != removed.id);
        self.current = match self.current {
            Some(current) if index < current => Some(current - 1),
            Some(current) if current >= self.entries.len() => None,
            other => other,
        };
        about
    }

    /// Moves a place; the current one stays current wherever it ends up. Tells the track if it
    /// was moved up: then it is wanted.
    pub fn reorder(&mut self, from: usize, to: usize) -> Option<TrackId> {
        if from == to || from.max(to) >= self.entries.len() {
            return None;
        }
        let about = (to < from).then(|| self.entries[from].track.id);
        self.remember_about(QueueEdit::Moved, about);
        let current = self.current().map(|entry| entry.id);
        let moved = self.entries.remove(from);
        self.entries.insert(to, moved);
        if !self.shuffled {
            self.natural = self.entries.iter().map(|entry| entry.id).collect();
        }
        self.find_current(current);
        about
    }

    /// Empties the queue.
    pub fn clear(&mut self) {
        if self.entries.is_empty() {
            return;
        }
        self.remember(QueueEdit::Cleared(self.entries.len()));
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
        self.remember(QueueEdit::Shuffled);
        self.shuffled = on;
        if on {
            let after = self.current.map_or(0, |index| index + 1);
            self.random.shuffle(&mut self.entries[after..]);
        } else {
            let current = self.current().map(|entry| entry.id);
            let ranks = self.natural_ranks();
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

    fn natural_ranks(&self) -> HashMap<u64, u32> {
        let ranks = (0..).zip(&self.natural);
        ranks.map(|(rank, &id)| (id, rank)).collect()
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
