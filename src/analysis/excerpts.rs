//! Which seconds of a track the first look reads.

use super::analyzer::AnalysisError;
use super::control::Control;
use crate::decode::{AudioStream, Block};

/// Where the excerpts begin, as shares of the length.
const PLACES: [f64; 3] = [0.15, 0.45, 0.75];

/// Length of each.
const EXCERPT_SECS: f64 = 20.0;

/// A track shorter than this is read whole: so much would be read of it anyway.
const WHOLE_BELOW_SECS: f64 = 80.0;

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
            Some(secs) if secs >= WHOLE_BELOW_SECS => PLACES
                .iter()
                .map(|place| Self {
                    from_secs: place * secs,
                    len_secs: EXCERPT_SECS,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_lie_in_the_track_and_do_not_overlap_and_short_tracks_are_read_whole() {
        for secs in [80.0, 100.0, 240.0, 7_200.0] {
            let excerpts = Excerpt::of(Some(secs));
            assert_eq!(excerpts.len(), PLACES.len());
            let mut end_secs = 0.0;
            for excerpt in excerpts {
                assert!(excerpt.from_secs >= end_secs, "{secs} s");
                end_secs = excerpt.from_secs + excerpt.len_secs;
            }
            assert!(end_secs <= secs, "{secs} s");
        }
        for secs in [None, Some(3.0), Some(79.9)] {
            assert_eq!(Excerpt::of(secs), [Excerpt::WHOLE]);
        }
    }
}
