//! Integrated loudness after EBU R128 / ITU-R BS.1770-4, on the original channels.
//!
//! Written out here because it is the costliest of all features: two channels are filtered
//! side by side and each sample is squared once, not for each of four overlapping blocks.
//! A test holds it to the `ebur128` crate.

use std::f64::consts::PI;

/// Blocks of 400 ms overlap by three quarters.
const STEPS_A_BLOCK: usize = 4;
const STEP_SECS: f64 = 0.1;

/// Quieter blocks never count, LUFS.
const ABSOLUTE_GATE: f64 = -70.0;

/// Blocks this much below the mean of the others do not count, LU.
const RELATIVE_GATE: f64 = -10.0;

/// Offset that brings a 997 Hz sine of full scale in one channel to −3.01.
const OFFSET: f64 = -0.691;

/// Gain of surround channels, 1.5 dB.
const SURROUND: f64 = 1.41;

/// Blocks are counted by their loudness in steps of .1 LU, so memory does not grow.
const BINS: usize = 1000;
const BINS_A_LU: f64 = 10.0;

/// Filter state of two channels side by side.
#[derive(Clone, Copy, Default)]
struct Pair {
    shelf: [[f64; 2]; 2],
    high_pass: [[f64; 2]; 2],
    /// Σ of squares in the step under way.
    energy: [f64; 2],
}

/// The K-weighting filters of a sample rate.
struct KWeighting {
    shelf_b: [f64; 3],
    shelf_a: [f64; 2],
    high_pass_a: [f64; 2],
}

/// Measures one stream. Rate and channels are fixed; blocks measured before may be taken
/// over with [`Meter::continued`].
pub struct Meter {
    filters: KWeighting,
    rate_hz: u32,
    channels: usize,
    pairs: Vec<Pair>,
    step_len: usize,
    step_filled: usize,
    /// Mean weighted power of the last steps, a ring.
    steps: [f64; STEPS_A_BLOCK],
    steps_done: usize,
    blocks: Histogram,
}

struct Histogram {
    counts: Vec<u64>,
    powers: Vec<f64>,
}

impl Meter {
    pub fn new(channels: usize, rate_hz: u32) -> Self {
        Self {
            filters: KWeighting::new(f64::from(rate_hz)),
            rate_hz,
            channels,
            pairs: vec![Pair::default(); channels.div_ceil(2)],
            step_len: ((f64::from(rate_hz) * STEP_SECS).round() as usize).max(1),
            step_filled: 0,
            steps: [0.0; STEPS_A_BLOCK],
            steps_done: 0,
            blocks: Histogram {
                counts: vec![0; BINS],
                powers: vec![0.0; BINS],
            },
        }
    }

    /// A meter for a new layout that goes on with this one's blocks.
    pub fn continued(self, channels: usize, rate_hz: u32) -> Self {
        Self {
            blocks: self.blocks,
            ..Self::new(channels, rate_hz)
        }
    }

    pub fn fits(&self, channels: usize, rate_hz: u32) -> bool {
        self.channels == channels && self.rate_hz == rate_hz
    }

    /// Takes in interleaved samples.
    pub fn push(&mut self, mut samples: &[f32]) {
        while samples.len() >= self.channels {
            let frames = (samples.len() / self.channels).min(self.step_len - self.step_filled);
            let (now, later) = samples.split_at(frames * self.channels);
            samples = later;
            for (index, pair) in self.pairs.iter_mut().enumerate() {
                let first = 2 * index;
                if self.channels == 2 {
                    // Known at compile time, the common layout needs no index checks.
                    self.filters
                        .run(pair, now.as_chunks::<2>().0.iter().copied());
                } else {
                    let second = (first + 1).min(self.channels - 1);
                    let frames = now.chunks_exact(self.channels);
                    self.filters
                        .run(pair, frames.map(|frame| [frame[first], frame[second]]));
                }
            }
            self.step_filled += frames;
            if self.step_filled == self.step_len {
                self.close_step();
            }
        }
    }

    /// Gives a sound shorter than one block the silence it lacks, so that it is measured.
    pub fn finish(&mut self) {
        if self.blocks.is_empty() {
            let missing = STEPS_A_BLOCK.saturating_sub(self.steps_done) * self.step_len;
            self.push(&vec![0.0; missing * self.channels]);
        }
    }

    /// Integrated loudness, LUFS; `None` when all is quieter than the absolute gate.
    pub fn lufs(&self) -> Option<f64> {
        let gate = loudness_of(self.blocks.mean_above(0)?) + RELATIVE_GATE;
        let first = (((gate - ABSOLUTE_GATE) * BINS_A_LU).ceil()).max(0.0) as usize;
        self.blocks.mean_above(first).map(loudness_of)
    }

    fn close_step(&mut self) {
        let mut power = 0.0;
        for (index, pair) in self.pairs.iter_mut().enumerate() {
            for (side, energy) in pair.energy.iter_mut().enumerate() {
                let channel = 2 * index + side;
                if channel < self.channels {
                    power += weight(channel, self.channels) * *energy;
                }
                *energy = 0.0;
            }
            pair.flush();
        }
        self.steps[self.steps_done % STEPS_A_BLOCK] = power / self.step_len as f64;
        self.steps_done += 1;
        self.step_filled = 0;
        if self.steps_done >= STEPS_A_BLOCK {
            self.blocks
                .count(self.steps.iter().sum::<f64>() / STEPS_A_BLOCK as f64);
        }
    }
}

impl Pair {
    /// What has faded to nothing is nothing: numbers too small to be normal are slow.
    fn flush(&mut self) {
        for state in self.shelf.iter_mut().chain(&mut self.high_pass).flatten() {
            if state.abs() < 1e-30 {
                *state = 0.0;
            }
        }
    }
}

impl KWeighting {
    /// The standard's analogue prototypes at any rate (De Man 2014).
    fn new(rate_hz: f64) -> Self {
        let (hz, gain_db, q) = (1681.974450955533, 3.999843853973347, 0.7071752369554196);
        let k = (PI * hz / rate_hz).tan();
        let high = 10f64.powf(gain_db / 20.0);
        let band = high.powf(0.4996667741545416);
        let a0 = 1.0 + k / q + k * k;
        let shelf_b = [
            (high + band * k / q + k * k) / a0,
            2.0 * (k * k - high) / a0,
            (high - band * k / q + k * k) / a0,
        ];
        let shelf_a = [2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0];
        let (hz, q) = (38.13547087602444, 0.5003270373238773);
        let k = (PI * hz / rate_hz).tan();
        let a0 = 1.0 + k / q + k * k;
        Self {
            shelf_b,
            shelf_a,
            high_pass_a: [2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0],
        }
    }

    /// Filters two channels and adds up their squares (transposed direct form II).
    fn run(&self, pair: &mut Pair, frames: impl Iterator<Item = [f32; 2]>) {
        let Pair {
            mut shelf,
            mut high_pass,
            mut energy,
        } = *pair;
        let ([b0, b1, b2], [a1, a2]) = (self.shelf_b, self.shelf_a);
        let [c1, c2] = self.high_pass_a;
        for frame in frames {
            for side in 0..2 {
                let x = f64::from(frame[side]);
                let y = b0 * x + shelf[0][side];
                shelf[0][side] = (b1 * x + shelf[1][side]) - a1 * y;
                shelf[1][side] = b2 * x - a2 * y;
                let z = y + high_pass[0][side];
                high_pass[0][side] = (high_pass[1][side] - 2.0 * y) - c1 * z;
                high_pass[1][side] = y - c2 * z;
                energy[side] += z * z;
            }
        }
        *pair = Pair {
            shelf,
            high_pass,
            energy,
        };
    }
}

impl Histogram {
    fn count(&mut self, power: f64) {
        let above = (loudness_of(power) - ABSOLUTE_GATE) * BINS_A_LU;
        // NaN and −∞ fall through as well.
        if above >= 0.0 {
            let bin = (above as usize).min(BINS - 1);
            self.counts[bin] += 1;
            self.powers[bin] += power;
        }
    }

    fn is_empty(&self) -> bool {
        self.counts.iter().all(|count| *count == 0)
    }

    fn mean_above(&self, first: usize) -> Option<f64> {
        let first = first.min(BINS);
        let count: u64 = self.counts[first..].iter().sum();
        let power: f64 = self.powers[first..].iter().sum();
        (count > 0).then(|| power / count as f64)
    }
}

fn loudness_of(power: f64) -> f64 {
    OFFSET + 10.0 * power.log10()
}

/// Weight of a channel in the usual orders: L R, L R Ls Rs, L R C Ls Rs, L R C LFE Ls Rs.
fn weight(channel: usize, channels: usize) -> f64 {
    match (channels, channel) {
        (4, 2 | 3) | (5, 3 | 4) | (_, 4 | 5) => SURROUND,
        (4 | 5, _) | (_, 0..=2) => 1.0,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ebur128::{EbuR128, Mode};

    /// Chords that swell and fade, louder in some channels, with pauses.
    fn music(channels: usize, rate_hz: u32, secs: f32) -> Vec<f32> {
        let frames = (rate_hz as f32 * secs) as usize;
        let mut samples = Vec::with_capacity(frames * channels);
        for i in 0..frames {
            let t = i as f32 / rate_hz as f32;
            let swell = (t * 0.9).sin().max(0.0).powi(2);
            for channel in 0..channels {
                let hz = 110.0 * (channel as f32 * 2.0 + 1.0);
                let tone = (t * hz * 6.3).sin() + 0.3 * (t * hz * 41.0).sin();
                samples.push(0.2 * swell * tone + 0.001 * (t * 7000.0).sin());
            }
        }
        samples
    }

    #[test]
    fn loudness_agrees_with_another_implementation() {
        for (channels, rate_hz) in [
            (1, 44_100),
            (2, 44_100),
            (2, 48_000),
            (5, 22_050),
            (6, 48_000),
        ] {
            let samples = music(channels, rate_hz, 8.0);
            let mut oracle = EbuR128::new(channels as u32, rate_hz, Mode::I).unwrap();
            oracle.add_frames_f32(&samples).unwrap();
            let mut meter = Meter::new(channels, rate_hz);
            for block in samples.chunks(1000 * channels) {
                meter.push(block);
            }
            meter.finish();
            let (ours, theirs) = (meter.lufs().unwrap(), oracle.loudness_global().unwrap());
            assert!(
                (ours - theirs).abs() < 0.05,
                "{channels} channels: {ours} for {theirs}"
            );
        }
    }

    #[test]
    fn silence_is_below_the_gate_and_a_scrap_is_measured() {
        let mut silence = Meter::new(2, 44_100);
        silence.push(&vec![0.0; 8000]);
        silence.finish();
        assert_eq!(silence.lufs(), None);
        let mut scrap = Meter::new(1, 8000);
        scrap.push(&music(1, 8000, 1.5)[8000..10_000]);
        scrap.finish();
        assert!(scrap.lufs().is_some());
    }

    #[test]
    fn a_new_layout_goes_on_with_the_blocks_so_far() {
        let mut meter = Meter::new(2, 44_100);
        meter.push(&music(2, 44_100, 3.0));
        let before = meter.lufs();
        let meter = meter.continued(1, 48_000);
        assert!(meter.fits(1, 48_000) && !meter.fits(2, 44_100));
        assert_eq!(meter.lufs(), before);
    }
}
