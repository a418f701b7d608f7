//! Share of percussive energy: harmonic/percussive separation by medians (Fitzgerald 2010).
//!
//! A tone is a horizontal line of the spectrogram and survives a median over time; a hit is
//! a vertical one and survives a median over frequency. Done for speed on 64 bands (pairs
//! of mel bands) of every second frame with windows of 0.8 s and 17 bands, where librosa
//! takes all bins, every frame, 0.7 s and 31 bins; soft masks sum to 1 and the share is
//! `Σ energy · mask / Σ energy`. Coarse bands cannot tell close harmonics apart, so dense
//! harmony reads up to .2 more percussive than with librosa; the order stays.

use super::MEL_BANDS;
use crate::library::Features;

const BANDS: usize = MEL_BANDS / 2;
const WINDOW: usize = 17;
const CENTRE: usize = WINDOW / 2;

/// Running separation over a bounded window of frames.
pub struct Percussion {
    /// The last frames' band magnitudes, a ring.
    frames: [[f32; BANDS]; WINDOW],
    /// The same values, sorted per band: its middle is the harmonic median.
    sorted: [[f32; WINDOW]; BANDS],
    next: usize,
    seen: usize,
    percussive: f64,
    total: f64,
}

impl Percussion {
    pub fn new() -> Self {
        Self {
            frames: [[0.0; BANDS]; WINDOW],
            sorted: [[0.0; WINDOW]; BANDS],
            next: 0,
            seen: 0,
            percussive: 0.0,
            total: 0.0,
        }
    }

    /// Takes in the mel powers of every second frame.
    pub fn push(&mut self, mel_power: &[f32; MEL_BANDS]) {
        let mut bands = [0.0; BANDS];
        for (band, (out, pair)) in bands.iter_mut().zip(mel_power.chunks_exact(2)).enumerate() {
            // Undo the filters' equal area, so that energy counts as energy.
            *out = ((pair[0] + pair[1]) * band_width(band)).sqrt();
        }
        self.advance(&bands);
        self.seen += 1;
        if self.seen > CENTRE {
            self.separate_centre();
        }
    }

    /// The next frame does not follow on the last.
    pub fn cut(&mut self) {
        self.flush();
        *self = Self {
            percussive: self.percussive,
            total: self.total,
            ..Self::new()
        };
    }

    /// Forgets what was heard so far, but not what the next frame follows on.
    pub fn clear(&mut self) {
        self.percussive = 0.0;
        self.total = 0.0;
    }

    /// Separates the frames that still wait for their future.
    fn flush(&mut self) {
        let waiting = self.seen.min(CENTRE);
        for i in 0..CENTRE {
            self.advance(&[0.0; BANDS]);
            // A short track's first frames have not reached the centre yet.
            if i + waiting >= CENTRE {
                self.separate_centre();
            }
        }
    }

    pub fn write(&self, features: &mut Features) {
        features.percussive_share = if self.total > 0.0 {
            (self.percussive / self.total) as f32
        } else {
            0.0
        };
    }

    fn advance(&mut self, bands: &[f32; BANDS]) {
        let oldest = &mut self.frames[self.next];
        for ((sorted, old), new) in self.sorted.iter_mut().zip(oldest.iter()).zip(bands) {
            replace_sorted(sorted, *old, *new);
        }
        *oldest = *bands;
        self.next = (self.next + 1) % WINDOW;
    }

    fn separate_centre(&mut self) {
        let frame = &self.frames[(self.next + CENTRE) % WINDOW];
        let mut window = [0.0; WINDOW];
        // Bands beyond the edges mirror those inside.
        let mirrored = |position: isize| {
            let reflected = if position < 0 {
                -position - 1
            } else if position >= BANDS as isize {
                2 * BANDS as isize - 1 - position
            } else {
                position
            };
            frame[reflected as usize]
        };
        for (offset, slot) in window.iter_mut().enumerate() {
            *slot = mirrored(offset as isize - CENTRE as isize);
        }
        window.sort_unstable_by(f32::total_cmp);
        let (mut percussive, mut total) = (0.0, 0.0);
        for (band, (magnitude, sorted)) in frame.iter().zip(&self.sorted).enumerate() {
            if band > 0 {
                let entering = mirrored((band + CENTRE) as isize);
                let leaving = mirrored(band as isize - 1 - CENTRE as isize);
                replace_sorted(&mut window, leaving, entering);
            }
            let hit = window[CENTRE] * window[CENTRE];
            let tone = sorted[CENTRE] * sorted[CENTRE];
            let energy = magnitude * magnitude;
            total += energy;
            // Neither median sees anything: it counts for neither side more than the other.
            percussive += if hit + tone > 0.0 {
                energy * hit / (hit + tone)
            } else {
                energy * 0.5
            };
        }
        self.percussive += f64::from(percussive);
        self.total += f64::from(total);
    }
}

/// Relative width of a pair of Slaney bands: even below 1 kHz, growing above.
fn band_width(band: usize) -> f32 {
    const FIRST_LOG_BAND: usize = 19;
    const GROWTH: f32 = 1.0567;
    GROWTH.powi(band.saturating_sub(FIRST_LOG_BAND) as i32)
}

/// Puts `new` in the place of `old` in a sorted window, keeping it sorted.
fn replace_sorted(window: &mut [f32; WINDOW], old: f32, new: f32) {
    let mut at = window.iter().position(|v| *v == old).unwrap_or(0);
    while at + 1 < WINDOW && window[at + 1] < new {
        window[at] = window[at + 1];
        at += 1;
    }
    while at > 0 && window[at - 1] > new {
        window[at] = window[at - 1];
        at -= 1;
    }
    window[at] = new;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(frame: impl Fn(usize, usize) -> f32) -> f32 {
        let mut percussion = Percussion::new();
        for t in 0..60 {
            percussion.push(&std::array::from_fn(|band| frame(t, band)));
        }
        percussion.cut();
        let mut features = crate::analysis::dsp::extractor::silent();
        percussion.write(&mut features);
        features.percussive_share
    }

    #[test]
    fn lines_in_time_are_tones_and_lines_in_frequency_are_hits() {
        let tone = share(|_, band| if band % 40 < 2 { 1.0 } else { 0.0 });
        let hits = share(|t, _| if t % 10 == 0 { 1.0 } else { 0.0 });
        assert!(tone < 0.05, "tone {tone}");
        assert!(hits > 0.95, "hits {hits}");
    }

    #[test]
    fn replacing_keeps_the_window_sorted() {
        let mut window = [0.0; WINDOW];
        for (i, new) in [5.0, 3.0, 8.0, 1.0].into_iter().enumerate() {
            replace_sorted(&mut window, 0.0, new);
            assert!(window.is_sorted(), "after {i}: {window:?}");
        }
        replace_sorted(&mut window, 8.0, 2.0);
        assert_eq!(window[WINDOW - 4..], [1.0, 2.0, 3.0, 5.0]);
    }
}
