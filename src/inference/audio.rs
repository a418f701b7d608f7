//! How music sounds: one small model reads patches of the log-mel spectrum, three seconds
//! each, eight at a time.
//!
//! The model gives a point on the valence–arousal plane, a probability for each of the seven
//! moods and for each style tag, and an embedding that is near for music that sounds alike.

use super::{InferenceError, Manifest, Model, ModelInput, Runtime, Values};
use crate::library::{AudioReading, EMBEDDING_LEN, StyleTag};
use crate::mood::{Mood, MoodVector};
use serde::Deserialize;
use std::path::Path;
use std::sync::Arc;

/// The model's name in the manifest.
const NAME: &str = "audio";

/// Mel bands of a patch.
pub const PATCH_BANDS: usize = 128;

/// Frames of a patch: 2.97 s.
pub const PATCH_FRAMES: usize = 128;

/// Patches that the model reads at a time.
pub const BATCH: usize = 8;

/// Numbers in a patch.
pub const PATCH_LEN: usize = PATCH_BANDS * PATCH_FRAMES;

/// What one batch takes, or the dimensions of its outputs.
const INPUT_SHAPE: [usize; 3] = [BATCH, PATCH_BANDS, PATCH_FRAMES];

/// Version of what is done around the model: how patches are summed and joined with the rule.
const SUM_VERSION: u32 = 1;

/// How far the model may be trusted, where the rule may be trusted by 1.
const CONFIDENCE: f32 = 1.4;

/// The audio model, loaded.
pub struct AudioModel {
    model: Model,
    version: Arc<str>,
    /// What each of its tags is called here.
    tags: Vec<Option<StyleTag>>,
    fusion: Fusion,
}

/// How the model and the rule are joined: each axis is `model · its reading + rule · its
/// reading`, fitted on music rated by listeners.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
struct Fusion {
    valence: Weights,
    arousal: Weights,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
struct Weights {
    model: f32,
    rule: f32,
}

impl Default for Fusion {
    /// The model alone.
    fn default() -> Self {
        let alone = Weights {
            model: 1.0,
            rule: 0.0,
        };
        Self {
            valence: alone,
            arousal: alone,
        }
    }
}

impl Fusion {
    fn join(&self, [valence, arousal]: [f32; 2], rule: &MoodVector) -> (f32, f32) {
        let join = |weights: Weights, model: f32, rule: f32| {
            (weights.model * model + weights.rule * rule).clamp(-1.0, 1.0)
        };
        (
            join(self.valence, valence, rule.valence),
            join(self.arousal, arousal, rule.arousal),
        )
    }
}

/// What the model says of one patch.
#[derive(Debug, Clone, PartialEq)]
pub struct PatchReading {
    /// Valence and arousal, −1…1.
    point: [f32; 2],
    moods: [f32; Mood::COUNT],
    /// In the order of the model.
    tags: Vec<f32>,
    embedding: [f32; EMBEDDING_LEN],
}

impl PatchReading {
    /// Valence and arousal, −1…1.
    #[must_use]
    pub fn point(&self) -> [f32; 2] {
        self.point
    }
}

/// Readings of several patches, added up.
#[derive(Debug, Clone, PartialEq)]
pub struct HeardPatches {
    count: u32,
    sum: PatchReading,
}

impl Default for HeardPatches {
    fn default() -> Self {
        Self {
            count: 0,
            sum: PatchReading {
                point: [0.0; 2],
                moods: [0.0; Mood::COUNT],
                tags: Vec::new(),
                embedding: [0.0; EMBEDDING_LEN],
            },
        }
    }
}

impl HeardPatches {
    /// Takes in one more. Whatever is no number is passed over.
    pub fn add(&mut self, patch: &PatchReading) {
        let numbers = patch.point.iter().chain(&patch.moods);
        let mut numbers = numbers.chain(&patch.tags).chain(&patch.embedding);
        if !numbers.all(|number| number.is_finite()) {
            return;
        }
        self.count += 1;
        self.sum.tags.resize(patch.tags.len(), 0.0);
        add(&mut self.sum.point, &patch.point);
        add(&mut self.sum.moods, &patch.moods);
        add(&mut self.sum.tags, &patch.tags);
        add(&mut self.sum.embedding, &patch.embedding);
    }

    /// How many were taken in.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    fn point(&self) -> [f32; 2] {
        self.sum.point.map(|sum| sum / self.count as f32)
    }
}

fn add(sum: &mut [f32], more: &[f32]) {
    for (sum, more) in sum.iter_mut().zip(more) {
        *sum += more;
    }
}

impl AudioModel {
    /// Loads the model that the manifest names, after comparing hashes.
    pub fn load(runtime: &Runtime, manifest: &Manifest) -> Result<Self, InferenceError> {
        let entry = manifest.entry(NAME)?;
        if !entry.labels.iter().eq(Mood::ALL.map(Mood::key)) {
            return Err(InferenceError::Labels {
                name: entry.name.clone(),
            });
        }
        let fusion = match manifest.shipped_bytes(entry.fusion.as_ref())? {
            Some(bytes) => {
                serde_json::from_slice(&bytes).map_err(|source| InferenceError::Fusion {
                    name: entry.name.clone(),
                    source,
                })?
            }
            None => Fusion::default(),
        };
        Ok(Self {
            model: Model::load(runtime, &manifest.bytes(entry)?)?,
            version: version_of(&entry.version),
            tags: entry.tags.iter().map(|key| StyleTag::of_key(key)).collect(),
            fusion,
        })
    }

    /// Names the model and what is done around it, as [`audio_version`] does.
    #[must_use]
    pub fn version(&self) -> &Arc<str> {
        &self.version
    }

    /// Reads the first `patches` of a full batch: for each patch 128 bands, for each band
    /// 128 frames, dB as the analysis computes them. Hands out one reading after the other.
    pub fn read(
        &mut self,
        batch: &[f32; BATCH * PATCH_LEN],
        patches: usize,
        mut each: impl FnMut(usize, &PatchReading),
    ) -> Result<(), InferenceError> {
        let input = ModelInput {
            name: "mel",
            shape: &INPUT_SHAPE,
            values: Values::Floats(batch),
        };
        let outputs = ["point", "moods", "tags", "embedding"];
        let found = self.model.run(&[input], &outputs)?;
        let tags = self.tags.len();
        let widths = [2, Mood::COUNT, tags, EMBEDDING_LEN];
        for ((output, width), name) in found.iter().zip(widths).zip(outputs) {
            if output.values.len() != BATCH * width {
                return Err(InferenceError::NoOutput(name));
            }
        }
        let of = |output: usize, patch: usize| {
            let width = widths[output];
            &found[output].values[patch * width..(patch + 1) * width]
        };
        for patch in 0..patches.min(BATCH) {
            let mut reading = PatchReading {
                point: [0.0; 2],
                moods: [0.0; Mood::COUNT],
                tags: of(2, patch).to_vec(),
                embedding: [0.0; EMBEDDING_LEN],
            };
            reading.point.copy_from_slice(of(0, patch));
            reading.moods.copy_from_slice(of(1, patch));
            reading.embedding.copy_from_slice(of(3, patch));
            each(patch, &reading);
        }
        Ok(())
    }

    /// What the patches of a track say together with the rule's reading of it, which tells
    /// how far either may be trusted. Without any patch that sounds, the rule stands alone.
    #[must_use]
    pub fn reading(&self, heard: &HeardPatches, rule: &MoodVector) -> AudioReading {
        let mut tags = [0.0; StyleTag::COUNT];
        if heard.count == 0 || rule.confidence <= 0.0 {
            return AudioReading::new(*rule, tags, &[0.0; EMBEDDING_LEN]);
        }
        let scale = 1.0 / heard.count as f32;
        for (tag, sum) in self.tags.iter().zip(&heard.sum.tags) {
            if let Some(tag) = tag {
                tags[tag.index()] = sum * scale;
            }
        }
        let (valence, arousal) = self.fusion.join(heard.point(), rule);
        let confidence = rule.confidence * CONFIDENCE;
        let mut mood = MoodVector::from_point(valence, arousal, confidence);
        // Half by where it stands, half as the model names it: the rule has spoken for the
        // place, and only the model can tell romantic from peaceful.
        for (share, sum) in mood.moods.iter_mut().zip(heard.sum.moods) {
            *share = 0.5 * *share + 0.5 * sum * scale;
        }
        let mood = MoodVector::new(valence, arousal, mood.moods, confidence);
        AudioReading::new(mood, tags, &heard.sum.embedding)
    }

    /// The model's point, valence and arousal −1…1, joined with the rule's reading of the
    /// same part of a track.
    #[must_use]
    pub fn join(&self, point: [f32; 2], rule: &MoodVector) -> (f32, f32) {
        self.fusion.join(point, rule)
    }
}

/// The version of readings that the audio model of a models folder makes; one of another
/// version is made anew. Nothing is loaded.
pub fn audio_version(models: &Path) -> Result<Arc<str>, InferenceError> {
    Ok(version_of(&Manifest::read(models)?.entry(NAME)?.version))
}

/// Loads the audio model of a models folder.
pub fn open(models: &Path) -> Result<AudioModel, InferenceError> {
    AudioModel::load(Runtime::get()?, &Manifest::read(models)?)
}

fn version_of(model: &str) -> Arc<str> {
    format!("{model}+{SUM_VERSION}").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn model_and_rule_are_weighed_for_each_axis() {
        let json = r#"{"valence":{"model":0.5,"rule":0.4},"arousal":{"model":2.0,"rule":0.1}}"#;
        let fusion: Fusion = serde_json::from_str(json).expect("weights");
        let rule = MoodVector::from_point(-0.5, 0.5, 0.5);
        let (valence, arousal) = fusion.join([0.8, 0.9], &rule);
        assert!((valence - 0.2).abs() < 1e-6);
        assert_eq!(arousal, 1.0, "no further than the plane goes");
        assert_eq!(Fusion::default().join([0.8, 0.9], &rule), (0.8, 0.9));
    }

    #[test]
    fn a_patch_with_a_number_that_is_none_is_passed_over() {
        let mut heard = HeardPatches::default();
        let mut patch = HeardPatches::default().sum;
        patch.tags = vec![0.5; 3];
        heard.add(&patch);
        patch.point[1] = f32::NAN;
        heard.add(&patch);
        assert_eq!(heard.count(), 1);
    }
}
