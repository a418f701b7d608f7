//! What is measured on the samples of a whole stream as they are: peak and outline.

use super::true_peak::TruePeak;
use super::waveform::Outline;
use crate::decode::Block;
use crate::library::Waveform;

/// What silence reads as, dBTP.
const SILENT_DB: f32 = -70.0;

/// Measures one stream.
pub struct Measure {
    peak: TruePeak,
    outline: Outline,
}

impl Measure {
    pub fn new() -> Self {
        Self {
            peak: TruePeak::new(),
            outline: Outline::new(),
        }
    }

    /// Takes in a block.
    pub fn push(&mut self, block: Block<'_>) {
        self.peak.push(block.samples, block.channels);
        self.outline
            .push(block.samples, block.channels, block.sample_rate_hz);
    }

    /// The highest true peak of any channel, dBTP, and the outline.
    pub fn finish(self) -> (f32, Waveform) {
        let peak = self.peak.finish();
        let peak_dbtp = (20.0 * peak.max(1e-9).log10()).max(SILENT_DB);
        (peak_dbtp, self.outline.finish())
    }
}
