//! The order of a playlist: small steps in tempo, key, loudness and mood.

use super::fuse::Candidate;
use super::index::Index;
use super::pick::Limits;
use crate::library::{Features, Key, KeyMode};

/// The next track is looked for among so many: the best matches still come early.
const AHEAD: usize = 6;
/// What each place further down the ranking costs.
const PLACE_COST: f32 = 0.05;
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
/// limits on artists and albums that the given order keeps are kept.
pub(super) fn smooth(
    index: &Index,
    tracks: Vec<(usize, Candidate)>,
    per_artist: usize,
) -> Vec<(usize, Candidate)> {
    let rows: Vec<u32> = tracks.iter().map(|(_, candidate)| candidate.row).collect();
    let Some(order) = order(index, &rows, per_artist) else {
        return tracks;
    };
    let mut tracks: Vec<_> = tracks.into_iter().map(Some).collect();
    order
        .into_iter()
        .filter_map(|place| tracks[place].take())
        .collect()
}

/// Places in `rows`, in the order to play them; `None` when the limits cannot be kept.
fn order(index: &Index, rows: &[u32], per_artist: usize) -> Option<Vec<usize>> {
    let mut left: Vec<usize> = (0..rows.len()).collect();
    let mut order: Vec<usize> = Vec::with_capacity(rows.len());
    let mut limits = Limits::new(per_artist);
    while !left.is_empty() {
        let before = order.last().map(|place| rows[*place]);
        let same_artist = |row: u32| {
            before.is_some_and(|before| {
                let artist = index.artist[row as usize];
                artist != 0 && index.artist[before as usize] == artist
            })
        };
        let allowed = |place: &usize| limits.allow(index, rows[*place]);
        // Who has been passed over so long that it falls behind its place comes now.
        let overdue = left
            .first()
            .is_some_and(|place| place + AHEAD <= order.len());
        let ahead = if overdue { 1 } else { AHEAD };
        let next = (0..left.len())
            .filter(|at| allowed(&left[*at]))
            .take(ahead)
            .min_by(|a, b| {
                let cost = |at: usize| {
                    let row = rows[left[at]];
                    let way = before.map_or(0.0, |before| step(index, before, row));
                    let again = if same_artist(row) { 1.0 } else { 0.0 };
                    let first = if before.is_none() { at as f32 } else { 0.0 };
                    way + PLACE_COST * at as f32 + again + first
                };
                cost(*a).total_cmp(&cost(*b))
            })?;
        let place = left.remove(next);
        limits.add(index, rows[place]);
        order.push(place);
    }
    Some(order)
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
