//! One walk over the whole library for all lists of a question. Rows are looked at in
//! blocks that fit the processor's nearest cache, and only the nearest of each list are
//! kept, so that a million tracks need no more memory than a hundred.

use super::filter::Mask;
use super::index::Index;
use super::signal::Signal;
use super::style::Style;
use super::vectors::Probe;
use crate::mood::Mood;
use std::cmp::Reverse;

/// Rows in a block.
const BLOCK: usize = 1_024;
/// How far chance may move a closeness, up or down, before ranking: tracks nearer to each
/// other than twice this are "near-equals" that another seed may swap.
const CHANCE: f32 = 0.01;
/// Distance on the valence–arousal plane at which closeness has fallen to .41.
const PLANE_REACH: f32 = 0.6;
/// Many tracks are equal in style; among those the plane decides, by this much.
const STYLE_TIE: f32 = 0.1;

/// What a list is ordered by.
pub(super) enum Near {
    /// Cosine with this mood distribution, scaled to length 1.
    Mood([f32; Mood::COUNT]),
    /// Distance to a point (valence, arousal).
    Plane(f32, f32),
    /// Cosine with the nearest of these vectors.
    Vectors(Vec<Probe>),
    /// Genre and era, then distance to a point.
    Style(Style, (f32, f32)),
}

/// A list to make: the tracks nearest by one signal.
pub(super) struct Asked {
    pub signal: Signal,
    pub weight: f32,
    pub near: Near,
}

impl Asked {
    /// How near a row is, 0…1.
    pub(super) fn closeness(&self, index: &Index, row: u32) -> f32 {
        let mut one = [0.0];
        self.fill(index, row as usize, &mut one, &mut [0.0]);
        one[0].clamp(0.0, 1.0)
    }

    /// Whether anything is known about a row by this signal.
    pub(super) fn knows(&self, index: &Index, row: u32) -> bool {
        let row = row as usize;
        match self.signal {
            Signal::Style => index.genre[row] != 0 || index.year[row] > 0 || index.styles[row] != 0,
            signal => index
                .vectors(signal)
                .is_none_or(|vectors| vectors.knows(row)),
        }
    }

    /// The closeness of the rows from `start` on.
    fn fill(&self, index: &Index, start: usize, out: &mut [f32], spare: &mut [f32]) {
        match &self.near {
            Near::Mood(shares) => {
                out.fill(0.0);
                for (column, share) in index.shares.iter().zip(shares) {
                    for (sum, own) in out.iter_mut().zip(&column[start..]) {
                        *sum += share * own;
                    }
                }
            }
            Near::Plane(valence, arousal) => plane(index, start, (*valence, *arousal), out),
            Near::Vectors(probes) => {
                out.fill(0.0);
                let Some(vectors) = index.vectors(self.signal) else {
                    return;
                };
                for probe in probes {
                    let spare = &mut spare[..out.len()];
                    vectors.cosines(start, probe, spare);
                    for (nearest, cosine) in out.iter_mut().zip(spare) {
                        *nearest = nearest.max(*cosine);
                    }
                }
            }
            Near::Style(style, at) => {
                plane(index, start, *at, out);
                for (row, closeness) in (start..).zip(out) {
                    *closeness =
                        (1.0 - STYLE_TIE) * style.closeness(index, row) + STYLE_TIE * *closeness;
                }
            }
        }
    }
}

/// Falls off like a Gaussian near the point, without its exponential.
fn plane(index: &Index, start: usize, (valence, arousal): (f32, f32), out: &mut [f32]) {
    let columns = index.valence[start..].iter().zip(&index.arousal[start..]);
    for (closeness, (own_valence, own_arousal)) in out.iter_mut().zip(columns) {
        let (x, y) = (own_valence - valence, own_arousal - arousal);
        let far = 1.0 + (x * x + y * y) / (4.0 * PLANE_REACH * PLANE_REACH);
        let square = far * far;
        *closeness = 1.0 / (square * square);
    }
}

/// For every asked list its nearest rows, nearest first, `depth` at most. What is not near
/// at all is in no list.
pub(super) fn gather(
    index: &Index,
    mask: &Mask,
    asked: &[Asked],
    depth: usize,
    seed: u64,
) -> Vec<Vec<u32>> {
    let mut nearest: Vec<Nearest> = asked.iter().map(|_| Nearest::new(depth)).collect();
    let mut closeness = [0.0_f32; BLOCK];
    let mut spare = [0.0_f32; BLOCK];
    let mut chances = [0_u32; BLOCK];
    let mut open = [0_u16; BLOCK];
    let seed = fold_seed(seed);
    let rows = index.flags.len();
    for start in (0..rows).step_by(BLOCK) {
        let len = BLOCK.min(rows - start);
        let count = mask.open(index, start, len, &mut open);
        let open = &open[..count];
        if open.is_empty() {
            continue;
        }
        for (chance, salt) in chances[..len].iter_mut().zip(&index.salts[start..]) {
            *chance = chance_of(seed, *salt);
        }
        for ((number, asked), nearest) in (0_u32..).zip(asked).zip(&mut nearest) {
            asked.fill(index, start, &mut closeness[..len], &mut spare);
            for place in open {
                let near = closeness[usize::from(*place)];
                if near <= 0.0 {
                    continue;
                }
                let chance = chances[usize::from(*place)].rotate_left(11 * number);
                // The upper bits as a signed number: −1…1.
                let chance = chance.cast_signed() as f32 / 2_147_483_648.0;
                nearest.offer(near + CHANCE * chance, (start + usize::from(*place)) as u32);
            }
        }
    }
    nearest.into_iter().map(Nearest::into_rows).collect()
}

/// A seed in half its bits.
pub(super) fn fold_seed(seed: u64) -> u32 {
    seed as u32 ^ (seed >> 32) as u32
}

/// A number that depends on both and on nothing else, evenly spread.
pub(super) fn chance_of(seed: u32, salt: u32) -> u32 {
    let mut mixed = salt ^ seed.wrapping_mul(0x9e37_79b9);
    mixed = (mixed ^ (mixed >> 16)).wrapping_mul(0x7feb_352d);
    mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x846c_a68b);
    mixed ^ (mixed >> 16)
}

/// The nearest rows offered so far. Twice as many as wanted are kept and the farther half
/// thrown out when full: a constant cost for each row that is near enough, and a mere
/// comparison for all others.
pub(super) struct Nearest {
    depth: usize,
    least: f32,
    kept: Vec<(f32, u32)>,
}

impl Nearest {
    pub(super) fn new(depth: usize) -> Self {
        Self {
            depth: depth.max(1),
            least: f32::NEG_INFINITY,
            kept: Vec::new(),
        }
    }

    pub(super) fn offer(&mut self, near: f32, row: u32) {
        if near <= self.least {
            return;
        }
        self.kept.push((near, row));
        if self.kept.len() >= 2 * self.depth {
            let last = self.depth - 1;
            self.kept
                .select_nth_unstable_by_key(last, |(near, row)| nearest_first(*near, *row));
            self.kept.truncate(self.depth);
            self.least = self.kept[last].0;
        }
    }

    /// Nearest first.
    pub(super) fn into_pairs(mut self) -> Vec<(f32, u32)> {
        self.kept
            .sort_unstable_by_key(|(near, row)| nearest_first(*near, *row));
        self.kept.truncate(self.depth);
        self.kept
    }

    fn into_rows(self) -> Vec<u32> {
        self.into_pairs().into_iter().map(|(_, row)| row).collect()
    }
}

/// Orders pairs by closeness, the nearest first, then by row.
fn nearest_first(near: f32, row: u32) -> (Reverse<i32>, u32) {
    // The total order of floats as that of integers: see `f32::total_cmp`.
    let bits = near.to_bits().cast_signed();
    (
        Reverse(bits ^ ((bits >> 31).cast_unsigned() >> 1).cast_signed()),
        row,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Library, Tags, Track, TrackId};
    use std::sync::Arc;

    #[test]
    fn of_a_file_without_genre_and_year_no_style_is_known() {
        let tracks = [("Jazz", None), ("", Some(1999)), ("Rock", None), ("", None)];
        let tracks = (1..).zip(tracks).map(|(id, (genre, year))| {
            Arc::new(Track {
                id: TrackId(id),
                tags: Tags {
                    genre: genre.to_owned(),
                    year,
                    ..Tags::default()
                },
                ..Track::default()
            })
        });
        let index = Index::of(&Arc::new(Library::new(tracks.collect())));
        let row = |id| index.library().position(TrackId(id)).expect("there") as u32;
        let style = Style::of(&index, &[row(1)]).expect("a genre");
        let asked = Asked {
            signal: Signal::Style,
            weight: 1.0,
            near: Near::Style(style, (0.0, 0.0)),
        };
        let known = [1, 2, 3, 4].map(|id| asked.knows(&index, row(id)));
        assert_eq!(known, [true, true, true, false]);
    }

    #[test]
    fn the_nearest_are_those_a_full_sort_finds() {
        let mut rng = fastrand::Rng::with_seed(3);
        for depth in [1, 7, 100] {
            let offers: Vec<(f32, u32)> = (0..500).map(|row| (rng.f32(), row)).collect();
            let mut nearest = Nearest::new(depth);
            for (near, row) in &offers {
                nearest.offer(*near, *row);
            }
            let mut sorted = offers;
            sorted.sort_by_key(|(near, row)| nearest_first(*near, *row));
            sorted.truncate(depth);
            assert_eq!(nearest.into_pairs(), sorted);
        }
    }

    #[test]
    fn chance_depends_on_seed_and_track_alone_and_is_even() {
        assert_eq!(chance_of(1, 2), chance_of(1, 2));
        assert_ne!(chance_of(1, 2), chance_of(2, 2));
        let upper = (0..1_000)
            .filter(|salt| chance_of(7, *salt) > u32::MAX / 2)
            .count();
        assert!((400..600).contains(&upper), "{upper}");
    }
}
