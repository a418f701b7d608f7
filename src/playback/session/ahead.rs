//! Decoding ahead of the device, and joining one track to the next: without a gap, or
//! faded into each other.

use super::super::blend::{Blend, crossfade_secs};
use super::super::queue::Entry;
use super::super::reader::TrackReader;
use super::super::resample::Resampler;
use super::{Section, Session};
use crate::decode::DecodeError;
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Frames that the audio callback may be taking out of the ring at this moment, seconds.
const IN_FLIGHT_SECS: f64 = 0.3;

/// Lengths that files tell are wrong by less than this, seconds.
const LENGTH_SLACK_SECS: f64 = 3.0;

/// Commands wait no longer than this while plenty is decoded.
const LONGEST_FILL: Duration = Duration::from_millis(20);

/// What is decoded and not in the ring yet.
#[derive(Default)]
pub(super) struct Ahead {
    /// The track being decoded: the last of the sections. With the gain it plays at.
    head: Option<(TrackReader, f32)>,
    /// The resampler of a track that has ended, with the track's gain; a next one of the
    /// same rate goes on in it.
    carry: Option<(u32, Resampler, f32)>,
    /// Frames on their way into the ring.
    backlog: Vec<f32>,
    /// The end of the track being decoded, held back until it is known what it fades into.
    held: VecDeque<f32>,
    /// The end of the track before, on its way into the one being decoded.
    blend: Option<Blend>,
    /// A place that must not be decoded ahead: it failed, or needs the device reopened.
    passed_over: Option<u64>,
    /// Frames of one block, with their gain.
    block: Vec<f32>,
}

impl Ahead {
    /// Nothing is left to come but what is in the ring.
    pub fn is_drained(&self) -> bool {
        self.head.is_none()
            && self.carry.is_none()
            && self.backlog.is_empty()
            && self.held.is_empty()
    }

    /// What follows may have changed: a place that could not be decoded ahead gets
    /// another chance.
    pub fn queue_changed(&mut self) {
        self.passed_over = None;
    }

    /// The last frames of a resampled track that nothing goes on from.
    fn finish_carry(&mut self) -> Vec<f32> {
        let mut rest = Vec::new();
        if let Some((_, mut resampler, gain)) = self.carry.take() {
            resampler.finish(&mut rest);
            amplify(&mut rest, gain);
        }
        rest
    }

    /// The track that the one before fades into is over: the rest of that one plays out.
    fn finish_blend(&mut self) {
        let Some(blend) = self.blend.take() else {
            return;
        };
        let mut rest = Vec::new();
        blend.finish(&mut rest);
        if self.held.is_empty() {
            self.backlog.append(&mut rest);
        } else {
            self.held.extend(rest);
        }
    }

    /// A track to decode from now on.
    pub fn begin(&mut self, reader: TrackReader, gain: f32) {
        *self = Self {
            head: Some((reader, gain)),
            ..Self::default()
        };
    }
}

/// A gain of one leaves every bit as it is.
fn amplify(samples: &mut [f32], gain: f32) {
    if gain != 1.0 {
        for sample in samples {
            *sample *= gain;
        }
    }
}

impl Session {
    /// Decodes until the ring is full or there is nothing more to decode.
    pub(super) fn fill(&mut self) {
        let started = Instant::now();
        while self.pending.is_none()
            && let Some(stream) = &self.stream
        {
            let channels = stream.format.channels;
            let backlog = &mut self.ahead.backlog;
            if !backlog.is_empty() {
                let written = stream.feed.write(backlog);
                backlog.drain(..written * channels);
                if !backlog.is_empty() {
                    return;
                }
            }
            let waiting = stream.feed.written().saturating_sub(stream.feed.read());
            let plenty = waiting > u64::from(stream.format.sample_rate_hz / 2);
            if plenty && started.elapsed() > LONGEST_FILL {
                return;
            }
            if self.ahead.head.is_some() {
                self.decode_block();
            } else if !self.decode_ahead() && !self.let_go() {
                return;
            }
        }
    }

    /// Decodes the next block of the track at the head.
    fn decode_block(&mut self) {
        let keep = self.samples_to_hold();
        let (Some(stream), Some((reader, gain))) = (&self.stream, &mut self.ahead.head) else {
            return;
        };
        let block = &mut self.ahead.block;
        block.clear();
        match reader.next_frames(stream.format) {
            Ok(Some(frames)) => block.extend_from_slice(frames),
            Ok(None) => {
                let carry = reader.take_resampler();
                self.ahead.carry = carry.map(|(rate, resampler)| (rate, resampler, *gain));
                self.ahead.head = None;
                self.ahead.finish_blend();
                return;
            }
            Err(error) => {
                self.head_failed(&error);
                return;
            }
        }
        amplify(block, *gain);
        if let Some(blend) = &mut self.ahead.blend
            && blend.mix(block)
        {
            self.ahead.blend = None;
        }
        let held = &mut self.ahead.held;
        if keep == 0 && held.is_empty() {
            self.ahead.backlog.append(block);
        } else {
            held.extend(block.iter());
            let excess = held.len().saturating_sub(keep);
            self.ahead.backlog.extend(held.drain(..excess));
        }
        self.failures = 0;
        self.gone = None;
        if self.sections.len() == 1 && self.failed.take().is_some() {
            self.changed = true;
        }
    }

    /// Samples at the end of the current track that must not be written before it is known
    /// what they fade into.
    fn samples_to_hold(&self) -> usize {
        let (Some(stream), 1, Some(section)) =
            (&self.stream, self.sections.len(), self.sections.back())
        else {
            return 0;
        };
        let secs = self.crossfade_out_secs();
        if secs <= 0.0 {
            return 0;
        }
        let (rate, channels) = (stream.format.sample_rate_hz, stream.format.channels);
        let written = stream.feed.written() - section.start;
        let decoded = written as f64 + (self.ahead.held.len() / channels) as f64;
        let at_secs = section.position_secs + decoded / f64::from(rate);
        let left_secs = section.duration_secs - at_secs;
        if self.ahead.held.is_empty() && left_secs > secs + LENGTH_SLACK_SECS {
            return 0;
        }
        (secs * f64::from(rate)) as usize * channels
    }

    /// How long the current track fades into the one that follows by itself.
    fn crossfade_out_secs(&self) -> f64 {
        let entries = self.queue.entries();
        let following = self.following().and_then(|index| entries.get(index));
        let (Some(current), Some(following)) = (self.queue.current(), following) else {
            return 0.0;
        };
        if current.id == following.id {
            return 0.0;
        }
        let wanted_secs = f64::from(self.settings.crossfade_secs);
        crossfade_secs(wanted_secs, &current.track, &following.track)
    }

    /// The track being decoded broke off.
    fn head_failed(&mut self, error: &DecodeError) {
        self.ahead.head = None;
        let (Some(stream), Some(section)) = (&self.stream, self.sections.back_mut()) else {
            return;
        };
        let started = stream.feed.written() > section.start || !self.ahead.held.is_empty();
        if started {
            tracing::warn!(%error, "a track breaks off");
            self.ahead.finish_blend();
            if matches!(error, DecodeError::Io { .. }) {
                let frames = stream.feed.written().saturating_sub(section.start);
                let secs = frames as f64 / f64::from(stream.format.sample_rate_hz);
                let position_secs = section.position_secs + secs;
                section.broke_off = true;
                let entry = section.entry.clone();
                self.failed = Some((entry.track.id, error.reason()));
                self.file_gone(&entry, position_secs, error);
            }
            return;
        }
        let entry = section.entry.clone();
        if self.sections.len() > 1 {
            self.ahead.passed_over = Some(entry.id);
            self.take_back_next();
        } else {
            self.track_failed(&entry, error);
            self.start_pending();
        }
    }

    /// Opens the track that follows, so that it joins without a gap. Whether there is one.
    fn decode_ahead(&mut self) -> bool {
        let (Some(stream), 1) = (&self.stream, self.sections.len()) else {
            return false;
        };
        let following = self.following();
        let Some(entry) = following.and_then(|index| self.queue.entries().get(index)) else {
            return false;
        };
        if self.ahead.passed_over == Some(entry.id) {
            return false;
        }
        let entry = entry.clone();
        let format = stream.format;
        let mut reader = match TrackReader::open(&entry.track.path, 0.0) {
            Ok(reader) => reader,
            Err(error) => {
                tracing::debug!(%error, "the next track does not open ahead");
                self.ahead.passed_over = Some(entry.id);
                return false;
            }
        };
        let rate_hz = reader.sample_rate_hz();
        let fades = !self.ahead.held.is_empty();
        // A rate that the device takes itself is worth reopening it for, once the ring has
        // played out; unless the tracks should join, whatever their rates.
        let joins = rate_hz == format.sample_rate_hz
            || fades
            || self.settings.join_rates
            || !self.output.takes(rate_hz);
        if !joins {
            self.ahead.passed_over = Some(entry.id);
            return false;
        }
        let mut start = stream.feed.written();
        match self.ahead.carry.take() {
            Some((carried_hz, resampler, _)) if carried_hz == rate_hz && !fades => {
                start += resampler.owed();
                reader.adopt(carried_hz, resampler);
            }
            carry => {
                self.ahead.carry = carry;
                let rest = self.ahead.finish_carry();
                if fades {
                    self.ahead.held.extend(rest);
                } else {
                    // The last frames of the track before come first.
                    start += (rest.len() / format.channels) as u64;
                    self.ahead.backlog.extend(rest);
                }
            }
        }
        let tail: Rc<[f32]> = std::mem::take(&mut self.ahead.held).into_iter().collect();
        self.ahead.blend = fades.then(|| Blend::new(Rc::clone(&tail), format.channels));
        let gain = self.gain_of(&entry);
        self.add_section(entry, start, 0.0, &reader, gain);
        if let Some(section) = self.sections.back_mut() {
            section.tail = tail;
        }
        self.ahead.head = Some((reader, gain));
        true
    }

    /// Lets go of what was held back for a track that does not follow now. Whether there
    /// was anything.
    fn let_go(&mut self) -> bool {
        let ahead = &mut self.ahead;
        if self.sections.len() > 1 {
            // The next one has ended before the current: it waits for its own follower.
            return false;
        }
        let rest = ahead.finish_carry();
        ahead.held.extend(rest);
        ahead.backlog.extend(ahead.held.drain(..));
        !ahead.backlog.is_empty()
    }

    pub(super) fn add_section(
        &mut self,
        entry: Entry,
        start: u64,
        position_secs: f64,
        reader: &TrackReader,
        gain: f32,
    ) {
        let told = f64::from(entry.track.duration_secs);
        self.sections.push_back(Section {
            entry,
            start,
            position_secs,
            duration_secs: reader.duration_secs().unwrap_or(told),
            gain,
            tail: Rc::default(),
            broke_off: false,
        });
    }

    /// Takes back what was decoded ahead if it is no longer what follows.
    pub(super) fn retract_wrong_next(&mut self) {
        let following = self.following();
        let following = following.and_then(|index| self.queue.entries().get(index));
        let (Some(stream), Some(ahead)) = (&self.stream, self.sections.get(1)) else {
            return;
        };
        if following.is_some_and(|entry| entry.id == ahead.entry.id) {
            return;
        }
        let in_flight = (IN_FLIGHT_SECS * f64::from(stream.format.sample_rate_hz)) as u64;
        if stream.feed.retract(ahead.start, in_flight) {
            self.ahead.backlog.clear();
            self.take_back_next();
        }
    }

    /// Forgets the section decoded ahead; what was to fade into it is held back again.
    fn take_back_next(&mut self) {
        let taken = self.sections.pop_back();
        self.ahead.head = None;
        self.ahead.carry = None;
        self.ahead.blend = None;
        self.ahead.held.clear();
        if let Some(section) = taken {
            self.ahead.held.extend(section.tail.iter());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fade_into_a_track_that_breaks_off_is_finished_and_forgotten() {
        let mut ahead = Ahead {
            blend: Some(Blend::new(vec![1.0; 6].into(), 2)),
            ..Ahead::default()
        };
        ahead.finish_blend();
        assert_eq!(ahead.backlog.len(), 6);
        assert!(ahead.backlog[0] > ahead.backlog[4], "it fades out");
        ahead.finish_blend();
        assert_eq!(ahead.backlog.len(), 6, "nothing is left for the next track");
    }
}
