//! Joining the lists of several signals into one.

use super::feedback::{Leaning, ListenerModel};
use super::gather::Asked;
use super::index::Index;
use super::signal::Signal;
use crate::mood::Mood;
use std::collections::HashMap;

/// The constant of reciprocal rank fusion (Cormack, Clarke & Büttcher 2009): large enough
/// that one list's first places do not outvote agreement between lists.
const FUSION: f32 = 60.0;

/// How the lists of the signals become one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// What several signals agree on comes first (reciprocal rank fusion).
    #[default]
    ScoreTotal,
    /// The first of every signal, then the second of every signal, and so on: each kind of
    /// likeness is heard.
    EachTop,
}

/// A track that may be suggested.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Its position in the library.
    pub row: u32,
    /// How near it is by each signal, 0…1; 0 by those that were not asked.
    pub closeness: [f32; Signal::COUNT],
    /// What each signal adds to its score.
    pub added: [f32; Signal::COUNT],
    /// How near it is by mood, sound and style together, 0…1: what is shown as match.
    pub similarity: f32,
    /// How the listener leans.
    pub leaning: Leaning,
    /// Larger comes first.
    pub score: f32,
}

impl Candidate {
    /// The score without the listener's leaning.
    pub(super) fn plain_score(&self) -> f32 {
        self.score / self.leaning.factor()
    }
}

/// All tracks of some lists, the best first. `lists` are aligned with `asked`; each is
/// `depth` long at most, and who is not on it counts like place `depth`.
pub(super) fn fuse(
    index: &Index,
    listener: &ListenerModel,
    region: Mood,
    asked: &[Asked],
    lists: &[Vec<u32>],
    depth: usize,
    mode: Mode,
) -> Vec<Candidate> {
    let floor = 1.0 / (FUSION + depth as f32 + 1.0);
    let mut found: HashMap<u32, Candidate> = HashMap::new();
    for (asked, list) in asked.iter().zip(lists) {
        for (rank, row) in list.iter().enumerate() {
            let candidate = found.entry(*row).or_insert_with(|| Candidate {
                row: *row,
                closeness: [0.0; Signal::COUNT],
                added: [0.0; Signal::COUNT],
                similarity: 0.0,
                leaning: Leaning::default(),
                score: 0.0,
            });
            let points = asked.weight * (1.0 / (FUSION + rank as f32 + 1.0) - floor);
            candidate.added[asked.signal.index()] += points;
            candidate.score = match mode {
                Mode::ScoreTotal => candidate.score + points,
                // The list's weight decides only between equal ranks.
                Mode::EachTop => candidate
                    .score
                    .max(1.0 / (1.0 + rank as f32) + 1e-4 * asked.weight / (1.0 + rank as f32)),
            };
        }
    }
    let mut candidates: Vec<Candidate> = found.into_values().collect();
    let guards = by_example(asked);
    for candidate in &mut candidates {
        measure(index, asked, candidate);
        let id = index.track(candidate.row).id;
        let artist = index.artist[candidate.row as usize] as usize;
        if guards {
            candidate.score *= mood_guard(candidate.closeness[Signal::Plane.index()]);
        }
        candidate.leaning = listener.leaning(id, &index.artists[artist], Some(region));
        candidate.score *= candidate.leaning.factor();
    }
    candidates.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.row.cmp(&b.row)));
    candidates
}

/// Whether tracks were given as examples, with a place on the plane. Those are alike in much
/// that leads away from their mood; a feeling is compared with moods alone.
fn by_example(asked: &[Asked]) -> bool {
    let asks = |signal| asked.iter().any(|asked| asked.signal == signal);
    asks(Signal::Plane) && (asks(Signal::Sound) || asks(Signal::Style) || asks(Signal::Listening))
}

/// How much of its score a track keeps that lies so near on the plane, 0…1: a playlist has
/// one mood. The root keeps that from deciding alone (`tests/benches/evaluate.rs`: mood
/// distance inside a list .67 → .43 of a random one's, recall up from .346 to .361; the
/// closeness itself would cost recall).
fn mood_guard(closeness: f32) -> f32 {
    closeness.sqrt()
}

/// How near a candidate is by each signal, and on the whole.
fn measure(index: &Index, asked: &[Asked], candidate: &mut Candidate) {
    let (mut sum, mut weights) = (0.0, 0.0);
    for asked in asked {
        if !asked.knows(index, candidate.row) {
            continue;
        }
        let closeness = asked.closeness(index, candidate.row);
        candidate.closeness[asked.signal.index()] = closeness;
        // Who listens to what says nothing on how well it fits a feeling.
        if !matches!(asked.signal, Signal::Listening | Signal::Taste) {
            sum += asked.weight * closeness;
            weights += asked.weight;
        }
    }
    if weights > 0.0 {
        candidate.similarity = (sum / weights).clamp(0.0, 1.0);
    }
}
