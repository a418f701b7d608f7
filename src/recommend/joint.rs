//! Sound and listening in one space: a linear map from the audio vector to the space of
//! co-occurrence, so that a track that was never heard has a place among those that were.
//!
//! Learned with the cosine embedding loss (1 − cos for pairs that belong together,
//! max(0, cos − margin) for others) on the listener's own lists; without any, on albums.

use super::cooccurrence::{Corpus, DIMS};
use super::vectors::Vectors;

const MARGIN: f32 = 0.1;
const FIRST_RATE: f32 = 0.08;
const LAST_RATE: f32 = 0.004;
/// Steps of training: about a second.
const MOST_STEPS: usize = 400_000;
/// Each pair is seen at most so often.
const MOST_VISITS: usize = 40;
/// Tracks so many places apart still count as together.
const WINDOW: usize = 5;

/// A map from audio vectors to the space of co-occurrence.
#[derive(Debug, Clone)]
pub(super) struct Projection {
    dims: usize,
    /// One row of `dims` numbers for each number of the result.
    weights: Vec<f32>,
}

impl Projection {
    /// Learns from lists, given the co-occurrence vectors of all rows and their sound.
    /// `None` when no two tracks with a known sound were ever listed together.
    pub(super) fn learn(
        corpus: &Corpus,
        listening: &[f32],
        sound: &Vectors,
        seed: u64,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Self> {
        let lists = if corpus.own.is_empty() {
            &corpus.shelves
        } else {
            &corpus.own
        };
        let lists: Vec<Vec<u32>> = lists
            .iter()
            .map(|list| {
                let known = |row: &&u32| sound.knows(**row as usize);
                list.iter().filter(known).copied().collect::<Vec<u32>>()
            })
            .filter(|list| list.len() > 1)
            .collect();
        let first = *lists.first()?.first()?;
        let dims = sound.row(first as usize).len();
        let mut rng = fastrand::Rng::with_seed(seed);
        let reach = 1.0 / (dims as f32).sqrt();
        let mut projection = Self {
            dims,
            weights: (0..dims * DIMS)
                .map(|_| reach * (2.0 * rng.f32() - 1.0))
                .collect(),
        };
        let tracks: usize = lists.iter().map(Vec::len).sum();
        let steps = (tracks * MOST_VISITS).min(MOST_STEPS);
        for step in 0..steps {
            if step % 4_096 == 0 && cancelled() {
                return None;
            }
            let rate = FIRST_RATE + (LAST_RATE - FIRST_RATE) * step as f32 / steps as f32;
            let list = &lists[rng.usize(0..lists.len())];
            let place = rng.usize(0..list.len());
            let from = sound.row(list[place] as usize);
            let near = (place + rng.usize(0..=2 * WINDOW)).saturating_sub(WINDOW);
            let together = list[near.min(list.len() - 1)];
            projection.step(&from, vector(listening, together), true, rate);
            let strangers = &lists[rng.usize(0..lists.len())];
            let stranger = strangers[rng.usize(0..strangers.len())];
            projection.step(&from, vector(listening, stranger), false, rate);
        }
        Some(projection)
    }

    /// Whether it was learned from vectors of this kind: the library may have been heard
    /// by another model since.
    pub(super) fn fits(&self, sound: &Vectors) -> bool {
        self.dims == sound.stride()
    }

    /// Where a sound has its place: a unit vector, or zeros for an unknown sound.
    pub(super) fn place(&self, sound: &[f32]) -> [f32; DIMS] {
        let mut place = [0.0; DIMS];
        for (number, weights) in place.iter_mut().zip(self.weights.chunks_exact(self.dims)) {
            *number = weights.iter().zip(sound).map(|(w, s)| w * s).sum();
        }
        unit(&place)
    }

    /// One step down the gradient of the loss of a pair.
    fn step(&mut self, from: &[f32], to: &[f32], together: bool, rate: f32) {
        let mut raw = [0.0; DIMS];
        for (number, weights) in raw.iter_mut().zip(self.weights.chunks_exact(self.dims)) {
            *number = weights.iter().zip(from).map(|(w, s)| w * s).sum();
        }
        let length = norm(&raw);
        let to_length = norm(to);
        if length < 1e-6 || to_length < 1e-6 {
            return;
        }
        let cosine = raw.iter().zip(to).map(|(a, b)| a * b).sum::<f32>() / (length * to_length);
        let towards = match together {
            true => rate,
            false if cosine > MARGIN => -rate,
            false => return,
        };
        let rows = self.weights.chunks_exact_mut(self.dims);
        for ((weights, own), to) in rows.zip(raw).zip(to) {
            // The cosine's derivative by this number of the projected vector.
            let slope = (to / to_length - cosine * own / length) / length;
            for (weight, from) in weights.iter_mut().zip(from) {
                *weight += towards * slope * from;
            }
        }
    }
}

fn vector(vectors: &[f32], row: u32) -> &[f32] {
    &vectors[row as usize * DIMS..][..DIMS]
}

fn norm(vector: &[f32]) -> f32 {
    vector
        .iter()
        .map(|number| number * number)
        .sum::<f32>()
        .sqrt()
}

/// The vector with length 1; zeros stay zeros.
pub(super) fn unit(vector: &[f32; DIMS]) -> [f32; DIMS] {
    let length = norm(vector);
    if length > 0.0 {
        vector.map(|number| number / length)
    } else {
        [0.0; DIMS]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recommend::cooccurrence::train;

    #[test]
    fn a_track_never_heard_stands_with_those_that_sound_like_it() {
        // Two circles that are heard apart and sound apart; row 20 sounds like the first
        // and row 21 like the second, and both were never heard.
        let mut rng = fastrand::Rng::with_seed(5);
        let mut sound = Vectors::new(22, 12);
        for row in 0..22_usize {
            let second = row == 21 || (10..20).contains(&row);
            let vector: Vec<f32> = (0..12)
                .map(|dim| {
                    let center = if (dim < 6) == second { 1.0 } else { -1.0 };
                    center + rng.f32() - 0.5
                })
                .collect();
            sound.set(row, &vector);
        }
        let own: Vec<Vec<u32>> = (0..40)
            .map(|number| {
                let first = 10 * (number % 2);
                let mut circle: Vec<u32> = (first..first + 10).collect();
                rng.shuffle(&mut circle);
                circle
            })
            .collect();
        let corpus = Corpus {
            own,
            shelves: Vec::new(),
        };
        let listening = train(&corpus, 22, 1, &|| false).expect("lists");
        let projection =
            Projection::learn(&corpus, &listening, &sound, 2, &|| false).expect("pairs");
        let mean = |from: usize, unheard: usize| -> f32 {
            let place = projection.place(&sound.row(unheard));
            (from..from + 10)
                .map(|row| {
                    let own = &listening[row * DIMS..][..DIMS];
                    place.iter().zip(own).map(|(a, b)| a * b).sum::<f32>() / norm(own)
                })
                .sum::<f32>()
                / 10.0
        };
        assert!(mean(0, 20) > mean(10, 20) + 0.5);
        assert!(mean(10, 21) > mean(0, 21) + 0.5);
    }
}
