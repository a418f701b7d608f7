//! What belongs together because it was heard or listed together: skip-gram with negative
//! sampling over playlists, listening sessions, albums and folders (item2vec: Barkan &
//! Koenigstein 2016, after Mikolov et al. 2013).

use crate::library::{Library, Play, TrackId};
use std::collections::HashMap;

/// Numbers of a vector.
pub(super) const DIMS: usize = 32;
/// A pause longer than this between two plays begins another session.
const SESSION_PAUSE_SECS: i64 = 30 * 60;
/// Tracks so many places apart still count as together.
const WINDOW: usize = 5;
/// Unrelated tracks drawn for each related one.
const NEGATIVES: usize = 5;
/// Negatives are drawn as often as they occur to this power.
const NEGATIVE_POWER: f32 = 0.75;
const FIRST_RATE: f32 = 0.05;
const LAST_RATE: f32 = 0.001;
/// A training sees about so many pairs: some seconds of one core.
const MOST_PAIRS: usize = 12_000_000;
/// A small corpus is gone through at most so often.
const MOST_EPOCHS: usize = 60;
/// The listener's own lists say more than how albums are cut: they are read so often.
const OWN_REPEATS: usize = 4;
/// A folder above album folders with more tracks than this is a shelf, not an artist.
const MOST_IN_FOLDER: usize = 150;

/// Lists of tracks (rows of a library) that belong together.
#[derive(Debug, Clone, Default)]
pub(super) struct Corpus {
    /// The listener's own: playlists and listening sessions.
    pub own: Vec<Vec<u32>>,
    /// Albums and folders.
    pub shelves: Vec<Vec<u32>>,
}

impl Corpus {
    /// Gathers the lists. `plays` need no order; skipped ones do not count.
    pub(super) fn of(library: &Library, plays: &[Play], playlists: &[Vec<TrackId>]) -> Self {
        let row = |id: &TrackId| library.position(*id).map(|row| row as u32);
        let mut own: Vec<Vec<u32>> = playlists
            .iter()
            .map(|list| list.iter().filter_map(row).collect())
            .collect();
        let mut heard: Vec<&Play> = plays.iter().filter(|play| play.finished).collect();
        heard.sort_by_key(|play| play.at_unix_secs);
        let pause = |a: &&Play, b: &&Play| {
            let ended = a.at_unix_secs + a.played_secs as i64;
            b.at_unix_secs - ended <= SESSION_PAUSE_SECS
        };
        own.extend(
            heard
                .chunk_by(pause)
                .map(|session| session.iter().filter_map(|play| row(&play.track)).collect()),
        );
        let mut shelves: HashMap<(u8, &str, &str), Vec<u32>> = HashMap::new();
        for (row, track) in (0_u32..).zip(library.tracks()) {
            if !track.tags.album.is_empty() {
                let album = (0, track.album_artist(), track.tags.album.as_str());
                shelves.entry(album).or_default().push(row);
            }
            // The folder, and the one above: usually an album, and its artist.
            for (level, folder) in (1_u8..).zip(track.path.ancestors().skip(1).take(2)) {
                if let Some(folder) = folder.to_str() {
                    shelves.entry((level, folder, "")).or_default().push(row);
                }
            }
        }
        let mut shelves: Vec<Vec<u32>> = shelves
            .into_iter()
            .filter(|((level, ..), rows)| *level == 0 || rows.len() <= MOST_IN_FOLDER)
            .map(|(_, rows)| rows)
            .collect();
        own.retain(|list| list.len() > 1);
        shelves.retain(|list| list.len() > 1);
        // A hash map has no order; a training must be repeatable.
        shelves.sort_unstable();
        shelves.dedup();
        Self { own, shelves }
    }

    /// How often each row occurs in the listener's own lists.
    pub(super) fn own_counts(&self, rows: usize) -> Vec<u32> {
        let mut counts = vec![0; rows];
        for row in self.own.iter().flatten() {
            counts[*row as usize] += 1;
        }
        counts
    }

    /// All lists, the listener's own as often as they count.
    fn lists(&self) -> Vec<&[u32]> {
        let own = std::iter::repeat_n(&self.own, OWN_REPEATS).flatten();
        own.chain(&self.shelves).map(Vec::as_slice).collect()
    }
}

/// One vector for every row of a library, end to end; zeros for rows in no list. `None`
/// when there is nothing to learn from, or when `cancelled` said so.
pub(super) fn train(
    corpus: &Corpus,
    rows: usize,
    seed: u64,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<f32>> {
    let mut lists = corpus.lists();
    let pairs_a_pass: usize = lists.iter().map(|list| list.len() * (WINDOW + 1)).sum();
    if pairs_a_pass == 0 {
        return None;
    }
    let mut rng = fastrand::Rng::with_seed(seed);
    let epochs = (MOST_PAIRS / pairs_a_pass).clamp(1, MOST_EPOCHS);
    let drawn = negatives(&lists, rows);
    let mut inward: Vec<f32> = (0..rows * DIMS)
        .map(|_| (rng.f32() - 0.5) / DIMS as f32)
        .collect();
    let mut outward = vec![0.0; rows * DIMS];
    let steps = epochs * lists.len();
    let mut step = 0;
    for _ in 0..epochs {
        rng.shuffle(&mut lists);
        for list in &lists {
            let rate = FIRST_RATE + (LAST_RATE - FIRST_RATE) * step as f32 / steps as f32;
            step += 1;
            if step % 1_024 == 0 && cancelled() {
                return None;
            }
            read(list, &mut inward, &mut outward, &drawn, rate, &mut rng);
        }
    }
    let mut listed = vec![false; rows];
    for row in lists.into_iter().flatten() {
        listed[*row as usize] = true;
    }
    center(&mut inward, &listed);
    Some(inward)
}

/// Takes away what all vectors have in common, which says nothing about any of them (Mu &
/// Viswanath 2018), and sets those in no list to zero.
fn center(vectors: &mut [f32], listed: &[bool]) {
    let mut mean = [0.0; DIMS];
    let count = listed.iter().filter(|listed| **listed).count() as f32;
    let vectors = vectors.as_chunks_mut::<DIMS>().0;
    for (vector, _) in vectors.iter().zip(listed).filter(|(_, listed)| **listed) {
        for (mean, number) in mean.iter_mut().zip(vector) {
            *mean += number / count;
        }
    }
    for (vector, listed) in vectors.iter_mut().zip(listed) {
        for (number, mean) in vector.iter_mut().zip(mean) {
            *number = if *listed { *number - mean } else { 0.0 };
        }
    }
}

/// Rows to draw negatives from, each as often as it should be drawn.
fn negatives(lists: &[&[u32]], rows: usize) -> Vec<u32> {
    let mut counts = vec![0_u32; rows];
    for row in lists.iter().copied().flatten() {
        counts[*row as usize] += 1;
    }
    let mut drawn = Vec::new();
    for (row, count) in (0_u32..).zip(counts) {
        if count > 0 {
            let times = (count as f32).powf(NEGATIVE_POWER).ceil() as usize;
            drawn.extend(std::iter::repeat_n(row, times));
        }
    }
    drawn
}

/// Goes through one list once.
fn read(
    list: &[u32],
    inward: &mut [f32],
    outward: &mut [f32],
    drawn: &[u32],
    rate: f32,
    rng: &mut fastrand::Rng,
) {
    for (place, row) in list.iter().enumerate() {
        // Nearer neighbours more often than farther ones.
        let reach = 1 + rng.usize(0..WINDOW);
        let around = list[place.saturating_sub(reach)..]
            .iter()
            .take(place.min(reach) + reach + 1);
        for other in around.filter(|other| *other != row) {
            let center = vector_mut(inward, *row);
            let mut change = [0.0; DIMS];
            pull(center, vector_mut(outward, *other), 1.0, rate, &mut change);
            for _ in 0..NEGATIVES {
                let stranger = drawn[rng.usize(0..drawn.len())];
                if stranger != *other && stranger != *row {
                    let stranger = vector_mut(outward, stranger);
                    pull(center, stranger, 0.0, rate, &mut change);
                }
            }
            for (number, change) in center.iter_mut().zip(change) {
                *number += change;
            }
        }
    }
}

fn vector_mut(vectors: &mut [f32], row: u32) -> &mut [f32; DIMS] {
    &mut vectors.as_chunks_mut::<DIMS>().0[row as usize]
}

/// One step of logistic regression: `other` moves, `center`'s move is added to `change`.
fn pull(
    center: &[f32; DIMS],
    other: &mut [f32; DIMS],
    together: f32,
    rate: f32,
    change: &mut [f32; DIMS],
) {
    let dot: f32 = center.iter().zip(other.iter()).map(|(a, b)| a * b).sum();
    let step = rate * (together - 1.0 / (1.0 + (-dot).exp()));
    for ((change, other), center) in change.iter_mut().zip(other).zip(center) {
        *change += step * *other;
        *other += step * center;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cosine(vectors: &[f32], a: usize, b: usize) -> f32 {
        let (a, b) = (&vectors[a * DIMS..][..DIMS], &vectors[b * DIMS..][..DIMS]);
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
    }

    #[test]
    fn what_is_listed_together_ends_up_together() {
        // Two circles of listening, rows 0…9 and 10…19, in lists of five.
        let mut rng = fastrand::Rng::with_seed(1);
        let mut own = Vec::new();
        for number in 0..60 {
            let first = 10 * (number % 2);
            let mut circle: Vec<u32> = (first..first + 10).collect();
            rng.shuffle(&mut circle);
            circle.truncate(5);
            own.push(circle);
        }
        let corpus = Corpus {
            own,
            shelves: Vec::new(),
        };
        let vectors = train(&corpus, 21, 7, &|| false).expect("lists");
        for row in 1..10 {
            assert!(cosine(&vectors, 0, row) > cosine(&vectors, 0, row + 10) + 0.3);
        }
        assert!(vectors[20 * DIMS..].iter().all(|number| *number == 0.0));
        assert_eq!(train(&corpus, 21, 7, &|| false), Some(vectors));
    }

    #[test]
    fn a_training_that_was_called_off_or_has_nothing_to_read_gives_nothing() {
        assert_eq!(train(&Corpus::default(), 5, 1, &|| false), None);
        let corpus = Corpus {
            own: vec![vec![0, 1]; 2_000],
            shelves: Vec::new(),
        };
        assert_eq!(train(&corpus, 2, 1, &|| true), None);
    }
}
