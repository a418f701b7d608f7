//! [`Ears`]: the audio model with what feeds it, from frames of the log-mel spectrum to
//! patches, from patches to batches.

use super::dsp::{MEL_BANDS, POWER_FLOOR};
use crate::inference::InferenceError;
use crate::inference::audio::{
    self, AudioModel, BATCH, PATCH_BANDS, PATCH_FRAMES, PATCH_LEN, PatchReading,
};
use std::path::Path;

/// A patch whose mean level is lower does not count, dBFS: it is a pause.
const QUIET_DB: f32 = -60.0;

/// The end of an excerpt counts when it fills so much of a patch; shorter ones only where
/// there is nothing else.
const LEAST_FRAMES: usize = PATCH_FRAMES / 2;

const _: () = assert!(PATCH_BANDS == MEL_BANDS);

/// The audio model and the frames that wait for it. Kept from track to track.
pub struct Ears {
    model: AudioModel,
    patches: Patches,
}

impl Ears {
    /// Loads the audio model of a models folder.
    pub fn open(models: &Path) -> Result<Self, InferenceError> {
        Ok(Self {
            model: audio::open(models)?,
            patches: Patches::new(),
        })
    }

    /// The model, to join what it said.
    pub fn model(&self) -> &AudioModel {
        &self.model
    }

    /// Forgets what it heard: another track begins.
    pub fn begin(&mut self) {
        self.patches.clear();
    }

    /// Takes in a frame: its mel bands in dB, and its level in dBFS. `each` gets what the
    /// model says of a patch, with the frame that its middle is, counted from the beginning.
    pub fn hear(
        &mut self,
        mel_db: &[f32; MEL_BANDS],
        level_db: f32,
        each: impl FnMut(u64, &PatchReading),
    ) -> Result<(), InferenceError> {
        self.patches.push(mel_db, level_db);
        self.read_if(self.patches.is_full(), each)
    }

    /// Ends an excerpt: no patch reaches across.
    pub fn cut(&mut self, each: impl FnMut(u64, &PatchReading)) -> Result<(), InferenceError> {
        self.patches.cut();
        self.read_if(self.patches.is_full(), each)
    }

    /// Ends a track: what still waits is read.
    pub fn finish(&mut self, each: impl FnMut(u64, &PatchReading)) -> Result<(), InferenceError> {
        self.patches.cut();
        self.read_if(self.patches.filled > 0, each)
    }

    fn read_if(
        &mut self,
        due: bool,
        mut each: impl FnMut(u64, &PatchReading),
    ) -> Result<(), InferenceError> {
        if !due {
            return Ok(());
        }
        let (batch, filled, begun) = self.patches.take();
        self.model.read(batch, filled, |patch, reading| {
            each(begun[patch] + PATCH_FRAMES as u64 / 2, reading);
        })
    }
}

/// Gathers frames into patches and patches into batches.
struct Patches {
    batch: Box<[f32; BATCH * PATCH_LEN]>,
    /// Full patches in the batch, and where each began: frames since the start.
    begun: [u64; BATCH],
    filled: usize,
    /// Frames in the patch under way, and the sum of their power.
    frames: usize,
    power: f64,
    /// Frames since the start.
    seen: u64,
    /// Patches since the start, quiet ones included.
    closed: u64,
}

impl Patches {
    fn new() -> Self {
        // Made on the heap: half a megabyte is much for a thread's stack.
        let batch = vec![0.0; BATCH * PATCH_LEN].into_boxed_slice();
        Self {
            batch: batch.try_into().expect("as long as it was made"),
            begun: [0; BATCH],
            filled: 0,
            frames: 0,
            power: 0.0,
            seen: 0,
            closed: 0,
        }
    }

    fn is_full(&self) -> bool {
        self.filled == BATCH
    }

    /// Another track begins.
    fn clear(&mut self) {
        self.filled = 0;
        self.frames = 0;
        self.power = 0.0;
        self.seen = 0;
        self.closed = 0;
    }

    /// Takes in a frame; the batch must not be full.
    fn push(&mut self, mel_db: &[f32; MEL_BANDS], level_db: f32) {
        let patch = &mut self.batch[self.filled * PATCH_LEN..][..PATCH_LEN];
        for (band, db) in patch.chunks_exact_mut(PATCH_FRAMES).zip(mel_db) {
            band[self.frames] = *db;
        }
        self.frames += 1;
        self.seen += 1;
        self.power += f64::from(10f32.powf(0.1 * level_db));
        if self.frames == PATCH_FRAMES {
            self.close_patch();
        }
    }

    /// No patch reaches across; the batch must not be full.
    fn cut(&mut self) {
        if self.frames >= LEAST_FRAMES || (self.frames > 0 && self.closed == 0) {
            // What is missing to a patch is what there is, over again: silence would be heard.
            let frames = self.frames;
            let patch = &mut self.batch[self.filled * PATCH_LEN..][..PATCH_LEN];
            for band in patch.chunks_exact_mut(PATCH_FRAMES) {
                for frame in frames..PATCH_FRAMES {
                    band[frame] = band[frame - frames];
                }
            }
            self.close_patch();
        }
        self.frames = 0;
        self.power = 0.0;
    }

    /// The batch, its missing patches silent, with how many there are and where they begin.
    fn take(&mut self) -> (&[f32; BATCH * PATCH_LEN], usize, [u64; BATCH]) {
        let silence_db = 10.0 * POWER_FLOOR.log10();
        self.batch[self.filled * PATCH_LEN..].fill(silence_db);
        let filled = std::mem::take(&mut self.filled);
        (&self.batch, filled, self.begun)
    }

    fn close_patch(&mut self) {
        let level = self.power / self.frames as f64;
        self.closed += 1;
        if level > 10f64.powf(0.1 * f64::from(QUIET_DB)) {
            self.begun[self.filled] = self.seen - self.frames as u64;
            self.filled += 1;
        }
        self.frames = 0;
        self.power = 0.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push(patches: &mut Patches, frames: usize, level_db: f32) {
        for number in 0..frames {
            let mut mel = [0.0; MEL_BANDS];
            mel[3] = number as f32;
            patches.push(&mel, level_db);
        }
    }

    #[test]
    fn frames_stand_side_by_side_in_each_band_of_a_patch() {
        let mut patches = Patches::new();
        push(&mut patches, 2 * PATCH_FRAMES + 7, -20.0);
        patches.cut();
        let (batch, filled, begun) = patches.take();
        assert_eq!((filled, begun[..2].to_vec()), (2, vec![0, 128]));
        let band = &batch[PATCH_LEN + 3 * PATCH_FRAMES..][..PATCH_FRAMES];
        assert_eq!((band[0], band[127]), (128.0, 255.0));
        // What is missing to a batch is silence.
        assert!(batch[2 * PATCH_LEN..].iter().all(|db| *db == -40.0));
    }

    #[test]
    fn a_long_rest_is_a_patch_and_a_short_one_only_where_there_is_nothing_else() {
        for (frames, wanted) in [
            (PATCH_FRAMES + LEAST_FRAMES, 2),
            (PATCH_FRAMES + LEAST_FRAMES - 1, 1),
            (5, 1),
            (0, 0),
        ] {
            let mut patches = Patches::new();
            push(&mut patches, frames, -20.0);
            patches.cut();
            assert_eq!(patches.take().1, wanted, "{frames} frames");
        }
        let mut jingle = Patches::new();
        push(&mut jingle, 5, -20.0);
        jingle.cut();
        let band = &jingle.take().0[3 * PATCH_FRAMES..][..7];
        assert_eq!(band, [0.0, 1.0, 2.0, 3.0, 4.0, 0.0, 1.0], "over and over");
    }

    #[test]
    fn pauses_do_not_count_but_time_goes_on() {
        let mut patches = Patches::new();
        push(&mut patches, PATCH_FRAMES, -65.0);
        push(&mut patches, PATCH_FRAMES, -20.0);
        let (_, filled, begun) = patches.take();
        assert_eq!((filled, begun[0]), (1, 128));
        patches.clear();
        push(&mut patches, BATCH * PATCH_FRAMES, -20.0);
        assert!(patches.is_full());
    }
}
