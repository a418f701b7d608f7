//! Spectral contrast: how far the peaks of each octave stand above its valleys.

use super::stats::Running;
use super::stft::Stft;
use super::{BINS, POWER_FLOOR, bin_hz};
use crate::library::Features;
use std::ops::Range;

const BANDS: usize = 7;

/// Upper edge of the lowest band; the others are octaves above it.
const FIRST_EDGE_HZ: f32 = 200.0;

/// Share of a band's bins that make its peak and its valley.
const QUANTILE: f32 = 0.02;

/// Mean contrast of seven bands.
pub struct Contrast {
    bands: [Band; BANDS],
    means: [Running; BANDS],
}

struct Band {
    bins: Range<usize>,
    extremes: usize,
}

impl Contrast {
    pub fn new() -> Self {
        Self {
            bands: std::array::from_fn(band),
            means: [Running::default(); BANDS],
        }
    }

    /// Forgets what was heard so far.
    pub fn clear(&mut self) {
        self.means = [Running::default(); BANDS];
    }

    pub fn push(&mut self, spectrum: &Stft) {
        for (band, mean) in self.bands.iter().zip(&mut self.means) {
            let bins = &spectrum.magnitude[band.bins.clone()];
            let (valley, peak) = valley_and_peak(bins, band.extremes);
            mean.push(decibels(peak) - decibels(valley));
        }
    }

    pub fn write(&self, features: &mut Features) {
        features.contrast_db = self.means.map(|mean| mean.mean());
    }
}

/// librosa's bands, with its overlap of one bin at each lower edge.
fn band(index: usize) -> Band {
    let edge = |octave: usize| FIRST_EDGE_HZ * 2f32.powi(octave as i32);
    let low_hz = if index == 0 { 0.0 } else { edge(index - 1) };
    let high_hz = edge(index);
    let first = (0..BINS).find(|b| bin_hz(*b) >= low_hz).unwrap_or(0);
    let end = (0..BINS).filter(|b| bin_hz(*b) <= high_hz).count();
    let start = if index == 0 { first } else { first - 1 };
    let is_last = index == BANDS - 1;
    let end = if is_last { BINS } else { end };
    let extremes = (QUANTILE * (end - start) as f32).round_ties_even().max(1.0) as usize;
    Band {
        // The bin on the upper edge belongs to the next band.
        bins: start..if is_last { end } else { end - 1 },
        extremes,
    }
}

/// Most bins that make a peak or valley: 2 % of the widest band.
const MOST_EXTREMES: usize = 9;

/// Values looked at together.
const CHUNK: usize = 16;

/// Means of the `count` smallest and largest values.
fn valley_and_peak(values: &[f32], count: usize) -> (f32, f32) {
    let mut smallest = [f32::INFINITY; MOST_EXTREMES];
    let mut largest = [f32::NEG_INFINITY; MOST_EXTREMES];
    let (smallest, largest) = (&mut smallest[..count], &mut largest[..count]);
    for chunk in values.chunks(CHUNK) {
        // Nearly all values lie between those found so far; vector code passes over them.
        let (low, high) =
            (chunk.iter().copied()).fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), x| {
                (
                    if x < low { x } else { low },
                    if x > high { x } else { high },
                )
            });
        if low >= smallest[count - 1] && high <= largest[count - 1] {
            continue;
        }
        for value in chunk.iter().copied() {
            if value < smallest[count - 1] {
                insert(smallest, value, |new, old| new < old);
            }
            if value > largest[count - 1] {
                insert(largest, value, |new, old| new > old);
            }
        }
    }
    let mean = |part: &[f32]| part.iter().sum::<f32>() / part.len() as f32;
    (mean(smallest), mean(largest))
}

/// Puts a value in its place among the best ones, over the last of them.
fn insert(best: &mut [f32], value: f32, is_better: impl Fn(f32, f32) -> bool) {
    let mut at = best.len() - 1;
    while at > 0 && is_better(value, best[at - 1]) {
        best[at] = best[at - 1];
        at -= 1;
    }
    best[at] = value;
}

/// librosa takes the magnitude for a power here; kept, so that numbers compare.
fn decibels(magnitude: f32) -> f32 {
    10.0 * magnitude.max(POWER_FLOOR.sqrt()).log10()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_octaves_that_cover_the_spectrum() {
        let bands: Vec<Band> = (0..BANDS).map(band).collect();
        assert_eq!(bands[0].bins.start, 0);
        assert_eq!(bands[BANDS - 1].bins.end, BINS);
        assert!(
            bands
                .iter()
                .all(|b| (1..=MOST_EXTREMES).contains(&b.extremes))
        );
        for pair in bands.windows(2) {
            assert!(pair[1].bins.start.abs_diff(pair[0].bins.end) <= 1);
        }
    }

    #[test]
    fn valley_and_peak_are_the_outermost_values() {
        let values = [5.0, 1.0, 9.0, 3.0, 7.0, 2.0];
        assert_eq!(valley_and_peak(&values, 2), (1.5, 8.0));
        assert_eq!(valley_and_peak(&values, 1), (1.0, 9.0));
    }
}
