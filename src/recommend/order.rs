//! The order of a playlist: small steps in tempo, key, loudness and mood.

use super::fuse::Candidate;
use super::index::Index;
use super::pick::Limits;
use crate::library::{Features, Key, KeyMode};

/// The next track is looked for among so many: the best matches still come early.
const AHEAD: usize = 6;
/// What each place further down the ranking costs.
const PLACE_COST: f32 = 0.05;
/// Nobody hears which of two tracks fits better whose matches differ by less.
const EQUAL_MATCH: f32 = 0.05;
/// What a match costs that is worse by 1 than the best of those, beyond that. In a large library
/// they hardly differ; in a small one a smooth step is not worth a track that does not fit.
const MATCH_COST: f32 = 3.0;
/// Tempos a factor of two apart feel related; still, it is a step.
const OCTAVE_COST: f32 = 0.25;
/// Loudness steps are held against this, LU.
const LOUDNESS_LU: f32 = 8.0;

/// How large the step from one track to the next is: 0 for the same music, about 1 for two
/// tracks drawn at random.
pub(super) fn step(index: &Index, from: u32, to: u32) -> f32 {
    let mood = index.mood(from).plane_distance(&index.mood(to));
    let features = |row: u32| Some(&index.track(row).analysis.as_deref()?.features);
    match (features(from), features(to)) {
        (Some(a), Some(b)) => 0.5 * mood + sound_step(a, b),
        _ => 0.5 * mood,
    }
}

fn sound_step(a: &Features, b: &Features) -> f32 {
    let tempo = if a.tempo_bpm > 0.0 && b.tempo_bpm > 0.0 {
        let octaves = (a.tempo_bpm / b.tempo_bpm).log2().abs();
        octaves.min((octaves - 1.0).abs() + OCTAVE_COST)
    } else {
        0.5
    };
    let loudness = (a.loudness_lufs - b.loudness_lufs).abs() / LOUDNESS_LU;
    let key = f32::from(fifths_apart(a.key, b.key)) / 6.0;
    0.4 * tempo.min(1.0) + 0.3 * loudness.min(1.0) + 0.2 * key
}

/// Steps on the circle of fifths, 0…6; a minor key stands with its relative major.
fn fifths_apart(a: Key, b: Key) -> u8 {
    let place = |key: Key| {
        let major = match key.mode {
            KeyMode::Major => key.tonic,
            KeyMode::Minor => key.tonic + 3,
        };
        major % 12 * 7 % 12
    };
    let apart = (place(a) + 12 - place(b)) % 12;
    apart.min(12 - apart)
}

/// The same tracks in an order of small steps, each near the place its score gave it. The
/// limits on artists and albums that the given order keeps are kept; where a small library
/// had to exceed them, they hold as far as they can.
pub(super) fn smooth(
    index: &Index,
    tracks: Vec<(usize, Candidate)>,
    per_artist: usize,
) -> Vec<(usize, Candidate)> {
    let fits: Vec<Fit> = tracks
        .iter()
        .map(|(_, candidate)| candidate.into())
        .collect();
    let Some(order) = order(
        index,
        &fits,
        per_artist,
        !keeps_limits(index, &fits, per_artist),
    ) else {
        return tracks;
    };
    let mut tracks: Vec<_> = tracks.into_iter().map(Some).collect();
    order
        .into_iter()
        .filter_map(|place| tracks[place].take())
        .collect()
}

/// A track of the list and how well it fits.
struct Fit {
    row: u32,
    /// Its match, about 0…1; more if the listener likes it.
    fit: f32,
}

impl From<&Candidate> for Fit {
    fn from(candidate: &Candidate) -> Self {
        Self {
            row: candidate.row,
            fit: candidate.similarity * candidate.leaning.factor(),
        }
    }
}

/// Whether the given order keeps the limits.
fn keeps_limits(index: &Index, tracks: &[Fit], per_artist: usize) -> bool {
    let mut limits = Limits::new(per_artist);
    tracks.iter().all(|track| {
        let allowed = limits.allow(index, track.row);
        limits.add(index, track.row);
        allowed
    })
}

/// Places in `tracks`, in the order to play them; `None` when the limits cannot be kept and
/// may not be exceeded.
fn order(index: &Index, tracks: &[Fit], per_artist: usize, exceed: bool) -> Option<Vec<usize>> {
    let mut left: Vec<usize> = (0..tracks.len()).collect();
    let mut order: Vec<usize> = Vec::with_capacity(tracks.len());
    let mut limits = Limits::new(per_artist);
    while !left.is_empty() {
        let before = order.last().map(|place| tracks[*place].row);
        // Who has been passed over so long that it falls behind its place comes now.
        let overdue = left
            .first()
            .is_some_and(|place| place + AHEAD <= order.len());
        let ahead = if overdue { 1 } else { AHEAD };
        let mut may_come: Vec<usize> = (0..left.len())
            .filter(|at| limits.allow(index, tracks[left[*at]].row))
            .take(ahead)
            .collect();
        if may_come.is_empty() && exceed {
            may_come.extend((0..left.len()).take(ahead));
        }
        let fit = |at: usize| tracks[left[at]].fit;
        let best = may_come.iter().map(|at| fit(*at)).fold(0.0, f32::max);
        let cost = |at: usize| {
            let way = before.map_or(0.0, |before| way(index, before, tracks[left[at]].row));
            let worse = (best - fit(at) - EQUAL_MATCH).max(0.0);
            way + PLACE_COST * at as f32 + MATCH_COST * worse
        };
        let next = may_come
            .into_iter()
            .min_by(|a, b| cost(*a).total_cmp(&cost(*b)))?;
        let place = left.remove(next);
        limits.add(index, tracks[place].row);
        order.push(place);
    }
    Some(order)
}

/// The step from one track to the next, which had better be by somebody else.
fn way(index: &Index, from: u32, to: u32) -> f32 {
    let artist = |row: u32| index.artist[row as usize];
    let again = artist(to) != 0 && artist(from) == artist(to);
    step(index, from, to) + if again { 1.0 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_on_the_circle_of_fifths_are_a_step_apart() {
        let key = |tonic, mode| Key { tonic, mode };
        let c = key(0, KeyMode::Major);
        assert_eq!(fifths_apart(c, key(7, KeyMode::Major)), 1);
        assert_eq!(fifths_apart(c, key(5, KeyMode::Major)), 1);
        assert_eq!(fifths_apart(c, key(9, KeyMode::Minor)), 0);
        assert_eq!(fifths_apart(c, key(6, KeyMode::Major)), 6);
    }
}
