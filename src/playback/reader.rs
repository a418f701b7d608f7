//! A track as frames in the device's format.

use super::channels::mix;
use super::resample::Resampler;
use crate::decode::{AudioStream, DecodeError};
use std::path::Path;

/// What the device takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceFormat {
    /// Frames a second.
    pub sample_rate_hz: u32,
    /// Channels, interleaved.
    pub channels: usize,
}

/// Reads a track block by block, with the device's rate and channels.
pub struct TrackReader {
    stream: AudioStream,
    /// Rate that `resampler` was made for, if one is needed.
    resampler: Option<(u32, Resampler)>,
    mixed: Vec<f32>,
    out: Vec<f32>,
    ended: bool,
}

impl TrackReader {
    /// Opens a file at a position.
    pub fn open(path: &Path, position_secs: f64) -> Result<Self, DecodeError> {
        let mut stream = AudioStream::open(path)?;
        if position_secs > 0.0 {
            stream.seek(position_secs)?;
        }
        Ok(Self {
            stream,
            resampler: None,
            mixed: Vec::new(),
            out: Vec::new(),
            ended: false,
        })
    }

    /// The track's own rate.
    pub fn sample_rate_hz(&self) -> u32 {
        self.stream.sample_rate_hz()
    }

    /// Length, if the file tells.
    pub fn duration_secs(&self) -> Option<f64> {
        self.stream.duration_secs()
    }

    /// Goes on in the resampler of a track of this rate that has just ended: to a filter the
    /// two are one.
    pub fn adopt(&mut self, rate_hz: u32, resampler: Resampler) {
        self.resampler = Some((rate_hz, resampler));
    }

    /// The resampler with the rate it takes, when one was needed. At the end of the track it
    /// still holds the last frames.
    pub fn take_resampler(&mut self) -> Option<(u32, Resampler)> {
        self.resampler.take()
    }

    /// The next frames in the device's format, interleaved; `None` at the end, but for what
    /// is in the resampler.
    pub fn next_frames(&mut self, format: DeviceFormat) -> Result<Option<&[f32]>, DecodeError> {
        self.out.clear();
        while self.out.is_empty() {
            if self.ended {
                return Ok(None);
            }
            let Some(block) = self.stream.next_block()? else {
                self.ended = true;
                continue;
            };
            if block.sample_rate_hz == format.sample_rate_hz {
                mix(
                    block.samples,
                    block.channels,
                    format.channels,
                    &mut self.out,
                );
                continue;
            }
            self.mixed.clear();
            mix(
                block.samples,
                block.channels,
                format.channels,
                &mut self.mixed,
            );
            if self.resampler.as_ref().map(|(rate, _)| *rate) != Some(block.sample_rate_hz) {
                let rate = block.sample_rate_hz;
                self.resampler = Resampler::new(rate, format.sample_rate_hz, format.channels)
                    .map(|resampler| (rate, resampler));
            }
            if let Some((_, resampler)) = &mut self.resampler {
                resampler.push(&self.mixed, &mut self.out);
            }
        }
        Ok(Some(&self.out))
    }
}
