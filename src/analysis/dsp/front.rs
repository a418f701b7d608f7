//! The way in, shared by everything that looks at frames: blocks of any rate and layout
//! become frames of the mono mix at [`SAMPLE_RATE_HZ`](super::SAMPLE_RATE_HZ).

use super::FRAME_LEN;
use super::resample::{self, Resampler, UnlikelyRate};
use super::stft::Framer;
use crate::decode::Block;

/// Cuts a stream of blocks into frames.
pub struct Front {
    resampler: Resampler,
    framer: Framer,
    /// Whether anything was pushed since the start or the last end.
    fed: bool,
    mono: Vec<f32>,
}

impl Front {
    pub fn new() -> Self {
        Self {
            resampler: Resampler::new(),
            framer: Framer::new(),
            fed: false,
            mono: Vec::new(),
        }
    }

    /// Takes in a block and hands out every frame that it completes. `Err` holds a sample
    /// rate that no file really has.
    pub fn push(
        &mut self,
        block: Block<'_>,
        mut frame: impl FnMut(&[f32; FRAME_LEN]),
    ) -> Result<(), u32> {
        self.fed = true;
        resample::mix_to_mono(block.samples, block.channels, &mut self.mono);
        let framer = &mut self.framer;
        self.resampler
            .push(&self.mono, block.sample_rate_hz, |resampled| {
                framer.push(resampled, &mut frame);
            })
            .map_err(|UnlikelyRate(rate_hz)| rate_hz)
    }

    /// Hands out the frames that reach over the end of what was heard so far. The next
    /// block begins a stream of its own.
    pub fn finish(&mut self, mut frame: impl FnMut(&[f32; FRAME_LEN])) {
        if !std::mem::take(&mut self.fed) {
            return;
        }
        let framer = &mut self.framer;
        self.resampler
            .finish(|resampled| framer.push(resampled, &mut frame));
        framer.finish(frame);
        self.resampler = Resampler::new();
        self.framer = Framer::new();
    }
}
