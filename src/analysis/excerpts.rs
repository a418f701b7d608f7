//! Which seconds of a track the first look reads.

use super::analyzer::AnalysisError;
use super::control::Control;
use super::dsp::{HOP_LEN, SAMPLE_RATE_HZ};
use crate::decode::{AudioStream, Block};
use crate::inference::audio::PATCH_FRAMES;

/// How many excerpts are read, their middles spread evenly over the track.
const EXCERPTS: usize = 5;

/// Length of each: four patches of the audio model.
const EXCERPT_SECS: f64 = (4 * PATCH_FRAMES * HOP_LEN) as f64 / SAMPLE_RATE_HZ as f64;

/// A track shorter than this is read whole: so much would be read of it anyway.
const WHOLE_BELOW_SECS: f64 = 75.0;

/// Some seconds of a track.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Excerpt {
    from_secs: f64,
    len_secs: f64,
}

impl Excerpt {
    /// From the start to the end, or as far as anyone can wait where nobody knows the end.
    pub const WHOLE: Self = Self {
        from_secs: 0.0,
        len_secs: 600.0,
    };

    /// What is read of a track of this length, in order.
    pub fn of(track_secs: Option<f64>) -> Vec<Self> {
        match track_secs {
            Some(secs) if secs >= WHOLE_BELOW_SECS => (1..=EXCERPTS)
                .map(|number| {
                    let middle_secs = secs * number as f64 / (EXCERPTS + 1) as f64;
                    Self {
                        from_secs: middle_secs - 0.5 * EXCERPT_SECS,
                        len_secs: EXCERPT_SECS,
                    }
                })
                .collect(),
            _ => vec![Self::WHOLE],
        }
    }

    /// Reads these seconds of a file. Asks `control` before every block. Where jumping is
    /// not possible, what lies before is decoded and dropped.
    pub fn read(
        self,
        stream: &mut AudioStream,
        control: &Control,
        mut take: impl FnMut(Block<'_>) -> Result<(), AnalysisError>,
    ) -> Result<(), AnalysisError> {
        if self.from_secs > 0.0 {
            stream.seek_near(self.from_secs)?;
        }
        let mut left_secs = self.len_secs;
        while left_secs > 0.0 {
            control.checkpoint()?;
            let Some(block) = stream.next_block()? else {
                break;
            };
            if block.channels == 0 || block.sample_rate_hz == 0 {
                continue;
            }
            let rate_hz = f64::from(block.sample_rate_hz);
            let wanted = (left_secs * rate_hz).ceil() as usize * block.channels;
            let samples = &block.samples[..block.samples.len().min(wanted)];
            left_secs -= (samples.len() / block.channels) as f64 / rate_hz;
            take(Block { samples, ..block })?;
        }
        Ok(())
    }
}

/// How many seconds of a track of this length the first look reads.
#[must_use]
pub fn first_look_secs(track_secs: f32) -> f32 {
    let excerpts = Excerpt::of(Some(f64::from(track_secs)));
    let secs: f64 = excerpts.iter().map(|excerpt| excerpt.len_secs).sum();
    track_secs.min(secs as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_lie_in_the_track_and_do_not_overlap_and_short_tracks_are_read_whole() {
        for secs in [75.0, 100.0, 240.0, 7_200.0] {
            let excerpts = Excerpt::of(Some(secs));
            assert_eq!(excerpts.len(), EXCERPTS);
            let mut end_secs = 0.0;
            for excerpt in excerpts {
                assert!(excerpt.from_secs >= end_secs, "{secs} s");
                end_secs = excerpt.from_secs + excerpt.len_secs;
            }
            assert!(end_secs <= secs, "{secs} s");
        }
        for secs in [None, Some(3.0), Some(74.9)] {
            assert_eq!(Excerpt::of(secs), [Excerpt::WHOLE]);
        }
    }
}
