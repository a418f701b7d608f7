//! The photo model.

use crate::inference::{InferenceError, Manifest, Model, ModelInput, ModelOutput, Runtime, Values};
use crate::mood::{Mood, MoodVector};
use crate::photo::{Expression, Faces, Opinion, Pixels, Reader, Scene};
use image::DynamicImage;
use image::imageops::FilterType;
use std::sync::Arc;

/// The model's name in the manifest.
pub(super) const NAME: &str = "photo";
/// Side of the square that the model looks at, pixels.
const SIDE: usize = 224;
const PLANE: usize = SIDE * SIDE;
const OUTPUTS: [&str; 5] = ["point", "moods", "tags", "faces", "expression"];

/// The photo model, loaded.
pub(super) struct PhotoModel {
    model: Model,
    tags: Vec<Arc<str>>,
}

impl PhotoModel {
    /// Loads the model that the manifest names, after comparing hashes.
    pub(super) fn load(runtime: &Runtime, manifest: &Manifest) -> Result<Self, InferenceError> {
        let entry = manifest.entry(NAME)?;
        let known = Mood::ALL.map(Mood::key);
        if !entry.labels.iter().eq(known) || entry.tags.is_empty() {
            return Err(InferenceError::Labels {
                name: entry.name.clone(),
            });
        }
        Ok(Self {
            model: Model::load(runtime, &manifest.bytes(entry)?)?,
            tags: entry
                .tags
                .iter()
                .map(|tag| Arc::from(tag.as_str()))
                .collect(),
        })
    }

    /// What the model thinks of a photo, and what it sees.
    pub(super) fn read(&mut self, pixels: &Pixels) -> Result<(Opinion, Scene), InferenceError> {
        let values = tensor(pixels);
        let input = ModelInput {
            name: "pixels",
            shape: &[1, 3, SIDE, SIDE],
            values: Values::Floats(&values),
        };
        let outputs = self.model.run(&[input], &OUTPUTS)?;
        self.seen(&outputs)
    }

    fn seen(&self, outputs: &[ModelOutput]) -> Result<(Opinion, Scene), InferenceError> {
        let wrong =
            InferenceError::NoOutput("point, moods, tags, faces and expression of one photo");
        let [point, moods, tags, faces, expression] = outputs else {
            return Err(wrong);
        };
        let (Ok([valence, arousal]), Ok(moods), Ok([share, largest]), Ok(expression)) = (
            <[f32; 2]>::try_from(point.values.as_slice()),
            <[f32; Mood::COUNT]>::try_from(moods.values.as_slice()),
            <[f32; 2]>::try_from(faces.values.as_slice()),
            <[f32; Expression::COUNT]>::try_from(expression.values.as_slice()),
        ) else {
            return Err(wrong);
        };
        if tags.values.len() != self.tags.len() {
            return Err(wrong);
        }
        let mut tags: Vec<(Arc<str>, f32)> = self
            .tags
            .iter()
            .cloned()
            .zip(tags.values.iter().copied())
            .collect();
        tags.sort_by(|a, b| b.1.total_cmp(&a.1));
        let opinion = Opinion {
            reader: Reader::Model,
            mood: MoodVector::new(valence, arousal, moods, 1.0),
        };
        let faces = Faces {
            share,
            largest,
            expression,
        };
        Ok((opinion, Scene { tags, faces }))
    }
}

/// The middle of the picture squeezed to a square: three planes of (x − 128) / 128.
fn tensor(pixels: &Pixels) -> Vec<f32> {
    let mut values = vec![0.0; 3 * PLANE];
    for (at, pixel) in squeezed(pixels).chunks_exact(3).enumerate() {
        for (plane, byte) in pixel.iter().enumerate() {
            values[plane * PLANE + at] = (f32::from(*byte) - 128.0) / 128.0;
        }
    }
    values
}

fn squeezed(pixels: &Pixels) -> Vec<u8> {
    let frame = pixels.middle();
    let whole = image::RgbImage::from_raw(pixels.width(), pixels.height(), pixels.rgb().to_vec());
    let whole = DynamicImage::ImageRgb8(whole.unwrap_or_default());
    let middle = whole.crop_imm(frame.left, frame.top, frame.width, frame.height);
    // Triangle widens with the factor of shrinking, so that nothing is skipped.
    let side = SIDE as u32;
    middle
        .resize_exact(side, side, FilterType::Triangle)
        .into_rgb8()
        .into_raw()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_sees_the_whole_middle_and_planes_in_order() {
        let rgb: Vec<u8> = (0..900 * 300)
            .flat_map(|at| {
                if at % 900 < 150 || at % 900 >= 750 {
                    [0, 0, 0]
                } else {
                    [255, 128, 0]
                }
            })
            .collect();
        let values = tensor(&Pixels::new(900, 300, rgb).unwrap());
        let mean =
            |plane: usize| values[plane * PLANE..][..PLANE].iter().sum::<f32>() / PLANE as f32;
        assert!((mean(0) - 127.0 / 128.0).abs() < 1e-3, "{}", mean(0));
        assert!(mean(1).abs() < 1e-3 && (mean(2) + 1.0).abs() < 1e-3);
    }
}
