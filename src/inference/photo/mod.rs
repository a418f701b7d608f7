//! How a photo feels: decoding, the photo model, and the panel of readers over both.
//!
//! ```text
//! file → kind → decode → Pixels → model ─┐
//!                          └ colours ────┤
//!        sentence → words model ─────────┴► panel → PhotoReading
//! ```
//!
//! Without the model the colours still say something; the caller tells the listener why.

mod decode;
mod kind;
mod model;
mod show;

pub use decode::{Photo, decode, from_premultiplied, is_picture};
pub use show::shown;

use super::text::FeelingReader;
use super::{InferenceError, Manifest, Runtime};
use crate::photo::{Colours, Opinion, Panel, PhotoReading, Pixels, Reader, Scene};
use model::PhotoModel;
use std::path::Path;

/// The panel as it was when this program was built: what the colours say needs no model.
const BUILT_IN_PANEL: &[u8] = include_bytes!("../../../models/photo/panel.json");

/// Reads photos with the photo model, and with the colours alone where it is missing, damaged
/// or refused.
pub struct PhotoReader {
    model: Result<PhotoModel, InferenceError>,
    panel: Panel,
}

impl PhotoReader {
    /// Loads the model of a models folder; a fraction of a second.
    #[must_use]
    pub fn open(models: &Path) -> Self {
        match load(models) {
            Ok((model, panel)) => Self {
                model: Ok(model),
                panel,
            },
            Err(error) => Self {
                model: Err(error),
                panel: Panel::from_json(BUILT_IN_PANEL).unwrap_or_default(),
            },
        }
    }

    /// Why the colours alone must do.
    #[must_use]
    pub fn problem(&self) -> Option<&InferenceError> {
        self.model.as_ref().err()
    }

    /// Reads a photo; `words` reads the sentence that says what it shows.
    pub fn read(&mut self, pixels: &Pixels, words: &mut FeelingReader) -> PhotoReading {
        let colours = Colours::of(pixels);
        let panel = &self.panel;
        let mut opinions = vec![panel.colour(&colours)];
        let mut scene = Scene::default();
        if let Ok(model) = &mut self.model {
            match model.read(pixels) {
                Ok((opinion, seen)) => {
                    opinions.insert(0, opinion);
                    scene = seen;
                }
                Err(error) => tracing::warn!("{error}; the photo is read by its colours alone"),
            }
        }
        let face = panel.faces(&scene.faces);
        let expression = face.and_then(|_| scene.faces.expression());
        opinions.extend(face);
        if let Some(sentence) = scene.sentence(expression) {
            let mood = words.skim(&sentence).mood;
            let reader = Reader::Words;
            opinions.extend((mood.confidence > 0.0).then_some(Opinion { reader, mood }));
        }
        let mood = panel.join(&opinions);
        let shares: Vec<f32> = opinions
            .iter()
            .map(|each| panel.share(&opinions, each.reader))
            .collect();
        PhotoReading {
            mood,
            ranks: panel.spread().ranks(&mood),
            opinions: opinions.into_iter().zip(shares).collect(),
            scene,
            colours,
        }
    }
}

fn load(models: &Path) -> Result<(PhotoModel, Panel), InferenceError> {
    let manifest = Manifest::read(models)?;
    let model = PhotoModel::load(Runtime::get()?, &manifest)?;
    let shipped = manifest.entry(model::NAME)?.panel.as_ref();
    let panel = manifest.shipped_bytes(shipped)?;
    let panel = Panel::from_json(panel.as_deref().unwrap_or(BUILT_IN_PANEL))?;
    Ok((model, panel))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_panel_is_one() {
        Panel::from_json(BUILT_IN_PANEL).unwrap();
    }
}
