//! The ring of samples between the player thread and the audio callback, and the fades and
//! volume that the callback applies. Lock-free, and without unsafe code: samples travel as
//! the bits of atomic integers.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

/// Length of the fades at pause, resume and jumps.
const FADE_SECS: f32 = 0.010;

/// Time the volume takes from silent to full.
const VOLUME_RAMP_SECS: f32 = 0.050;

struct Shared {
    slots: Box<[AtomicU32]>,
    channels: usize,
    /// Frames ever written.
    written: AtomicU64,
    /// Frames ever taken out, skipped ones included.
    read: AtomicU64,
    /// Frames before this one are to be skipped, after a fade.
    skip_to: AtomicU64,
    /// Whether the next frames start at full level rather than fade in.
    at_once: AtomicBool,
    playing: AtomicBool,
    /// Whether the callback has faded to silence.
    silent: AtomicBool,
    /// Wanted gain, bits of an f32.
    gain: AtomicU32,
}

/// The player's end: writes frames ahead of the callback and tells it when to play.
pub struct Feed(Arc<Shared>);

/// The callback's end.
pub struct FeedReader {
    shared: Arc<Shared>,
    /// Fade, 0…1.
    level: f32,
    level_step: f32,
    gain: f32,
    gain_step: f32,
}

impl Feed {
    /// A ring for so many frames; both ends. Paused and empty.
    #[must_use]
    pub fn new(
        frames: usize,
        channels: usize,
        sample_rate_hz: u32,
        gain: f32,
    ) -> (Self, FeedReader) {
        let shared = Arc::new(Shared {
            slots: (0..frames * channels).map(|_| AtomicU32::new(0)).collect(),
            channels,
            written: AtomicU64::new(0),
            read: AtomicU64::new(0),
            skip_to: AtomicU64::new(0),
            at_once: AtomicBool::new(false),
            playing: AtomicBool::new(false),
            silent: AtomicBool::new(true),
            gain: AtomicU32::new(gain.to_bits()),
        });
        let rate = sample_rate_hz as f32;
        let reader = FeedReader {
            shared: Arc::clone(&shared),
            level: 0.0,
            level_step: 1.0 / (FADE_SECS * rate),
            gain,
            gain_step: 1.0 / (VOLUME_RAMP_SECS * rate),
        };
        (Self(shared), reader)
    }

    /// Frames that can be written now.
    #[must_use]
    pub fn room(&self) -> usize {
        let capacity = self.0.slots.len() / self.0.channels;
        capacity - (self.written() - self.read()) as usize
    }

    /// Appends interleaved frames; as many as there is room for. Returns how many.
    #[must_use]
    pub fn write(&self, samples: &[f32]) -> usize {
        let frames = (samples.len() / self.0.channels).min(self.room());
        let written = self.written();
        let start = self.0.slot_of(written);
        let count = frames * self.0.channels;
        let (behind, front) = self.0.slots.split_at(start);
        for (slot, sample) in front.iter().chain(behind).zip(&samples[..count]) {
            slot.store(sample.to_bits(), Ordering::Relaxed);
        }
        self.0
            .written
            .store(written + frames as u64, Ordering::Release);
        frames
    }

    /// Frames ever written.
    #[must_use]
    pub fn written(&self) -> u64 {
        self.0.written.load(Ordering::Acquire)
    }

    /// Frames ever played or skipped.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.0.read.load(Ordering::Acquire)
    }

    /// Drops everything written so far; what is written from now on plays next. What sounds
    /// fades out; the new frames fade in, or start at once as the start of a track does.
    pub fn skip(&self, fade_in: bool) {
        self.0.at_once.store(!fade_in, Ordering::Relaxed);
        self.0.skip_to.store(self.written(), Ordering::Release);
    }

    /// Takes back everything from a frame on, unless the callback may be about to play it:
    /// unless it is within `in_flight` frames of what was read. Whether it was taken back.
    #[must_use]
    pub fn retract(&self, to: u64, in_flight: u64) -> bool {
        let safe = self.read() + in_flight < to;
        if safe && to < self.written() {
            self.0.written.store(to, Ordering::Release);
        }
        safe
    }

    /// Plays or holds, with a short fade.
    pub fn set_playing(&self, playing: bool) {
        self.0.playing.store(playing, Ordering::Release);
    }

    /// Whether a pause or skip has faded to silence.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.0.silent.load(Ordering::Acquire)
    }

    /// Sets the gain, reached by a short ramp.
    pub fn set_gain(&self, gain: f32) {
        self.0.gain.store(gain.to_bits(), Ordering::Relaxed);
    }
}

impl Shared {
    fn slot_of(&self, frame: u64) -> usize {
        let capacity = self.slots.len() / self.channels;
        (frame % capacity as u64) as usize * self.channels
    }
}

impl FeedReader {
    /// Frames that wait to be played, those about to be skipped included.
    #[must_use]
    pub fn waiting(&self) -> usize {
        let read = self.shared.read.load(Ordering::Relaxed);
        let written = self.shared.written.load(Ordering::Acquire);
        written.saturating_sub(read) as usize
    }

    /// Fills interleaved frames; silence where there is nothing to play.
    pub fn fill(&mut self, out: &mut [f32]) {
        let shared = &self.shared;
        let mut read = shared.read.load(Ordering::Relaxed);
        let written = shared.written.load(Ordering::Acquire);
        let skip_to = shared.skip_to.load(Ordering::Acquire);
        let playing = shared.playing.load(Ordering::Acquire);
        let wanted_gain = f32::from_bits(shared.gain.load(Ordering::Relaxed));
        for frame in out.chunks_mut(shared.channels) {
            // Frames before a skip only serve to fade out.
            if self.level == 0.0 {
                read = read.max(skip_to);
            }
            let skipping = skip_to > read;
            let wanted_level = if playing && !skipping { 1.0 } else { 0.0 };
            let end = if skipping { skip_to } else { written };
            if (self.level == 0.0 && wanted_level == 0.0) || read >= end {
                frame.fill(0.0);
                // Nothing sounds: there is nothing to fade, nor a volume to glide from.
                if wanted_level == 0.0 {
                    self.level = 0.0;
                }
                self.gain = wanted_gain;
                continue;
            }
            if self.level == 0.0 && shared.at_once.swap(false, Ordering::Relaxed) {
                self.level = 1.0;
            }
            self.level = towards(self.level, wanted_level, self.level_step);
            self.gain = towards(self.gain, wanted_gain, self.gain_step);
            let factor = self.level * self.gain;
            let slot = shared.slot_of(read);
            for (sample, bits) in frame.iter_mut().zip(&shared.slots[slot..]) {
                *sample = f32::from_bits(bits.load(Ordering::Relaxed)) * factor;
            }
            read += 1;
        }
        shared.read.store(read, Ordering::Release);
        shared.silent.store(self.level == 0.0, Ordering::Release);
    }
}

fn towards(value: f32, target: f32, step: f32) -> f32 {
    if value < target {
        (value + step).min(target)
    } else {
        (value - step).max(target)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 1000;

    fn started(samples: &[f32]) -> (Feed, FeedReader) {
        let (feed, reader) = Feed::new(64, 1, RATE, 1.0);
        feed.skip(false);
        assert_eq!(feed.write(samples), samples.len());
        feed.set_playing(true);
        (feed, reader)
    }

    fn heard(reader: &mut FeedReader, frames: usize) -> Vec<f32> {
        let mut out = vec![9.0; frames];
        reader.fill(&mut out);
        out
    }

    #[test]
    fn samples_come_out_unchanged_from_the_first_on() {
        let samples: Vec<f32> = (0_u8..50).map(|n| f32::from(n) / 64.0 - 0.3).collect();
        let (_feed, mut reader) = started(&samples);
        assert_eq!(heard(&mut reader, 50), samples);
    }

    #[test]
    fn the_ring_wraps_and_refuses_what_does_not_fit() {
        let (feed, mut reader) = started(&[0.5; 60]);
        assert_eq!(feed.write(&[0.25; 10]), 4);
        assert_eq!(feed.room(), 0);
        assert_eq!(heard(&mut reader, 62)[59..], [0.5, 0.25, 0.25]);
        assert_eq!(feed.write(&[0.125; 62]), 62);
        assert_eq!(heard(&mut reader, 3), [0.25, 0.25, 0.125]);
        assert_eq!(feed.read(), 65);
    }

    #[test]
    fn an_empty_ring_is_silence_and_goes_on_without_a_fade() {
        let (feed, mut reader) = started(&[0.5; 4]);
        assert_eq!(heard(&mut reader, 6), [0.5, 0.5, 0.5, 0.5, 0.0, 0.0]);
        assert_eq!(feed.write(&[0.5; 2]), 2);
        assert_eq!(heard(&mut reader, 2), [0.5, 0.5]);
    }

    #[test]
    fn pause_fades_out_holds_and_fades_in_again() {
        let (feed, mut reader) = started(&[1.0; 64]);
        heard(&mut reader, 5);
        feed.set_playing(false);
        let out = heard(&mut reader, 20);
        assert!(out.windows(2).all(|pair| pair[1] <= pair[0]));
        assert!(out[0] > 0.8 && out[12] == 0.0, "{out:?}");
        assert!(feed.is_silent());
        let held = feed.read();
        heard(&mut reader, 20);
        assert_eq!(feed.read(), held);
        feed.set_playing(true);
        let out = heard(&mut reader, 20);
        assert!(out[0] < 0.2 && out[12] == 1.0, "{out:?}");
    }

    #[test]
    fn a_skip_fades_out_what_sounds_and_starts_the_new_at_once() {
        let (feed, mut reader) = started(&[1.0; 40]);
        heard(&mut reader, 5);
        feed.skip(false);
        assert_eq!(feed.write(&[-1.0; 20]), 20);
        let out = heard(&mut reader, 20);
        assert!(out[0] > 0.8, "{out:?}");
        let start = out.iter().position(|&sample| sample < 0.0).unwrap();
        assert!((9..12).contains(&start), "{out:?}");
        assert_eq!(out[start], -1.0);
        assert_eq!(feed.read(), 40 + 20 - start as u64);
    }

    #[test]
    fn a_skip_while_paused_waits_for_play() {
        let (feed, mut reader) = started(&[1.0; 40]);
        heard(&mut reader, 5);
        feed.set_playing(false);
        heard(&mut reader, 20);
        feed.skip(true);
        assert_eq!(feed.write(&[-1.0; 20]), 20);
        assert_eq!(heard(&mut reader, 4), [0.0; 4]);
        feed.set_playing(true);
        let out = heard(&mut reader, 15);
        assert!(out[0] > -0.2 && out[0] < 0.0 && out[14] == -1.0, "{out:?}");
    }

    #[test]
    fn volume_glides() {
        let (feed, mut reader) = started(&[1.0; 64]);
        heard(&mut reader, 2);
        feed.set_gain(0.0);
        let out = heard(&mut reader, 60);
        assert!(out.windows(2).all(|pair| (pair[0] - pair[1]).abs() < 0.03));
        assert_eq!(out[59], 0.0);
    }
}
