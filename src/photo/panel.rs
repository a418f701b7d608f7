//! The panel: several readers with an opinion each, joined by how far each is right on photos
//! that it has not seen.

use super::colour::{self, Colours, FEATURES};
use super::reading::{Opinion, Reader};
use super::scene::{Expression, Faces};
use crate::mood::{Mood, MoodVector};
use serde::Deserialize;

/// What the colours alone say is never surer than this.
const COLOUR_ALONE: f32 = 0.35;
/// At this many times the least height a face counts fully.
const FULL_HEIGHT: f32 = 2.0;

/// What training found about the readers (`panel.json`). By default it knows nothing, and all
/// opinions count the same.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Panel {
    version: u32,
    colour: ColourWeights,
    faces: FaceWeights,
    weights: Weights,
    /// How the readings of many photos are spread.
    #[serde(default)]
    spread: PhotoSpread,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
struct ColourWeights {
    features: Vec<String>,
    mean: [f32; FEATURES],
    sd: [f32; FEATURES],
    /// The intercept comes last.
    valence: [f32; FEATURES + 1],
    arousal: [f32; FEATURES + 1],
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
struct FaceWeights {
    /// Of the largest face, as a share of the picture's height.
    least_height: f32,
    /// Of each expression; the intercept comes last.
    valence: [f32; Expression::COUNT + 1],
    arousal: [f32; Expression::COUNT + 1],
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
struct Weights {
    valence: ReaderWeights,
    arousal: ReaderWeights,
    moods: ReaderWeights,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
struct ReaderWeights {
    model: f32,
    faces: f32,
    colour: f32,
    words: f32,
}

/// How the readings of many photos are spread: valence and arousal at evenly spaced ranks,
/// lowest first.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct PhotoSpread {
    valence: Vec<f32>,
    arousal: Vec<f32>,
}

impl PhotoSpread {
    /// The share of photos with a lower valence, and with a lower arousal, 0…1; `None` when
    /// the spread is not known.
    #[must_use]
    pub fn ranks(&self, mood: &MoodVector) -> Option<(f32, f32)> {
        Some((
            rank(&self.valence, mood.valence)?,
            rank(&self.arousal, mood.arousal)?,
        ))
    }
}

/// Where a value stands among values at evenly spaced ranks, between them by their distance.
fn rank(steps: &[f32], value: f32) -> Option<f32> {
    let above = steps.partition_point(|step| *step <= value);
    let legs = steps.len().checked_sub(1).filter(|legs| *legs > 0)? as f32;
    Some(
        match (
            above.checked_sub(1).map(|below| steps[below]),
            steps.get(above),
        ) {
            (Some(low), Some(high)) => {
                let part = (value - low) / (high - low).max(f32::EPSILON);
                (above as f32 - 1.0 + part.clamp(0.0, 1.0)) / legs
            }
            (None, _) => 0.0,
            (_, None) => 1.0,
        },
    )
}

/// Why a panel's file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PanelError {
    /// It is not what this version understands.
    #[error("the photo panel is not valid: {0}")]
    Invalid(#[from] serde_json::Error),
    /// It is of another version.
    #[error("the photo panel is of version {0}, which is not known here")]
    Version(u32),
    /// It speaks of other colours than are measured here.
    #[error("the photo panel speaks of other colour features than are measured here")]
    Features,
}

impl Panel {
    /// Reads a panel's file.
    pub fn from_json(json: &[u8]) -> Result<Self, PanelError> {
        let panel: Self = serde_json::from_slice(json)?;
        if panel.version != 1 {
            return Err(PanelError::Version(panel.version));
        }
        if panel.colour.features != colour::NAMES {
            return Err(PanelError::Features);
        }
        Ok(panel)
    }

    /// How the readings of many photos are spread.
    #[must_use]
    pub const fn spread(&self) -> &PhotoSpread {
        &self.spread
    }

    /// What colour, light and contrast say.
    #[must_use]
    pub fn colour(&self, colours: &Colours) -> Opinion {
        let weights = &self.colour;
        let scores: [f32; FEATURES] = std::array::from_fn(|at| {
            (colours.features[at] - weights.mean[at]) / weights.sd[at].max(f32::EPSILON)
        });
        Opinion {
            reader: Reader::Colour,
            mood: MoodVector::from_point(
                linear(&scores, &weights.valence),
                linear(&scores, &weights.arousal),
                1.0,
            ),
        }
    }

    /// What the largest face says; `None` when it is too small to say anything.
    #[must_use]
    pub fn faces(&self, faces: &Faces) -> Option<Opinion> {
        let weights = &self.faces;
        if faces.largest.partial_cmp(&weights.least_height)? == std::cmp::Ordering::Less {
            return None;
        }
        let confidence = faces.largest / (FULL_HEIGHT * weights.least_height).max(f32::EPSILON);
        Some(Opinion {
            reader: Reader::Faces,
            mood: MoodVector::from_point(
                linear(&faces.expression, &weights.valence),
                linear(&faces.expression, &weights.arousal),
                confidence,
            ),
        })
    }

    /// The head: of valence, arousal and the moods, the mean of the opinions, each weighing
    /// what training found for its reader times its confidence. Without the model's opinion
    /// the result is not very sure. [`MoodVector::UNKNOWN`] without any opinion.
    #[must_use]
    pub fn join(&self, opinions: &[Opinion]) -> MoodVector {
        let mean = |weights: &ReaderWeights, value: &dyn Fn(&MoodVector) -> f32| {
            let (mut sum, mut total) = (0.0, 0.0);
            for opinion in opinions {
                let weight = weights.of(opinion.reader) * opinion.mood.confidence;
                sum += weight * value(&opinion.mood);
                total += weight;
            }
            (total > 0.0).then(|| sum / total)
        };
        // A reader whose weight is nothing still speaks when it is the only one.
        let alone = |value: &dyn Fn(&MoodVector) -> f32| {
            let trust: f32 = opinions.iter().map(|each| each.mood.confidence).sum();
            let sum: f32 = opinions
                .iter()
                .map(|each| each.mood.confidence * value(&each.mood))
                .sum();
            (trust > 0.0).then(|| sum / trust)
        };
        let joined = |weights: &ReaderWeights, value: &dyn Fn(&MoodVector) -> f32| {
            mean(weights, value).or_else(|| alone(value))
        };
        let (Some(valence), Some(arousal)) = (
            joined(&self.weights.valence, &|mood| mood.valence),
            joined(&self.weights.arousal, &|mood| mood.arousal),
        ) else {
            return MoodVector::UNKNOWN;
        };
        let moods = Mood::ALL.map(|mood| {
            joined(&self.weights.moods, &|vector: &MoodVector| {
                vector.share(mood)
            })
            .unwrap_or(0.0)
        });
        let largest = MoodVector::new(valence, arousal, moods, 1.0);
        let sure = largest.share(largest.top());
        let has_model = opinions
            .iter()
            .any(|opinion| opinion.reader == Reader::Model);
        let confidence = if has_model {
            sure
        } else {
            sure.min(COLOUR_ALONE)
        };
        MoodVector {
            confidence,
            ..largest
        }
    }

    /// How much a reader's opinion counts in the head, 0…1, among these opinions: its mean
    /// share of valence, arousal and moods.
    #[must_use]
    pub fn share(&self, opinions: &[Opinion], reader: Reader) -> f32 {
        let shares = [
            &self.weights.valence,
            &self.weights.arousal,
            &self.weights.moods,
        ]
        .map(|weights| {
            let weight = |each: &Opinion| weights.of(each.reader) * each.mood.confidence;
            let total: f32 = opinions.iter().map(weight).sum();
            let own: f32 = opinions
                .iter()
                .filter(|each| each.reader == reader)
                .map(weight)
                .sum();
            if total > 0.0 {
                own / total
            } else {
                1.0 / opinions.len().max(1) as f32
            }
        });
        shares.iter().sum::<f32>() / shares.len() as f32
    }
}

impl ReaderWeights {
    fn of(&self, reader: Reader) -> f32 {
        let weight = match reader {
            Reader::Model => self.model,
            Reader::Faces => self.faces,
            Reader::Colour => self.colour,
            Reader::Words => self.words,
        };
        weight.max(0.0)
    }
}

/// The sum of the values by their weights, of which the last is the intercept.
fn linear(values: &[f32], weights: &[f32]) -> f32 {
    let weighted = values
        .iter()
        .zip(weights)
        .map(|(value, weight)| value * weight);
    weighted.sum::<f32>() + weights.last().copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn panel_json() -> serde_json::Value {
        let mut warm = [0.0; FEATURES + 1];
        warm[7] = 0.2;
        json!({
            "version": 1,
            "colour": {
                "features": colour::NAMES, "mean": vec![0.3; FEATURES], "sd": vec![0.2; FEATURES],
                "valence": warm, "arousal": vec![0.0; FEATURES + 1],
            },
            "faces": {
                "least_height": 0.12,
                "valence": [0.0, 0.6, -0.5, -0.6, -0.4, -0.5, 0.1, 0.0],
                "arousal": [-0.2, 0.2, -0.2, 0.4, 0.4, 0.1, 0.5, 0.0],
            },
            "weights": {
                "valence": {"model": 3.0, "faces": 1.0, "colour": 0.0, "words": 1.0},
                "arousal": {"model": 2.0, "faces": 0.0, "colour": 1.0, "words": 1.0},
                "moods": {"model": 1.0, "faces": 0.0, "colour": 0.0, "words": 1.0},
            },
        })
    }

    fn panel() -> Panel {
        Panel::from_json(panel_json().to_string().as_bytes()).unwrap()
    }

    fn opinion(reader: Reader, valence: f32, arousal: f32, confidence: f32) -> Opinion {
        Opinion {
            reader,
            mood: MoodVector::from_point(valence, arousal, confidence),
        }
    }

    #[test]
    fn opinions_weigh_by_what_training_found_and_by_their_confidence() {
        let panel = panel();
        let both = [
            opinion(Reader::Model, 0.4, 0.0, 1.0),
            opinion(Reader::Words, -0.4, 0.6, 0.5),
        ];
        let mood = panel.join(&both);
        assert!((mood.valence - (3.0 * 0.4 - 0.5 * 0.4) / 3.5).abs() < 1e-5);
        assert!((mood.arousal - 0.5 * 0.6 / 2.5).abs() < 1e-5);
        let shares = [Reader::Model, Reader::Words].map(|reader| panel.share(&both, reader));
        assert!(
            (shares[0] + shares[1] - 1.0).abs() < 1e-5 && shares[0] > shares[1],
            "{shares:?}"
        );
    }

    #[test]
    fn a_reader_that_weighs_nothing_still_speaks_alone_but_is_not_sure() {
        let alone = panel().join(&[opinion(Reader::Colour, 0.5, -0.4, 1.0)]);
        assert!((alone.valence - 0.5).abs() < 1e-5);
        assert_eq!(alone.top(), Mood::Peaceful);
        assert!(alone.confidence > 0.0 && alone.confidence <= COLOUR_ALONE);
        assert_eq!(panel().join(&[]), MoodVector::UNKNOWN);
    }

    #[test]
    fn only_large_faces_have_an_opinion() {
        let mut faces = Faces {
            share: 0.1,
            largest: 0.1,
            expression: [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        };
        assert_eq!(panel().faces(&faces), None);
        faces.largest = 0.2;
        let smile = panel().faces(&faces).unwrap();
        assert!(smile.mood.valence > 0.5 && smile.mood.confidence < 1.0);
        faces.largest = f32::NAN;
        assert_eq!(panel().faces(&faces), None);
    }

    #[test]
    fn a_rank_is_read_between_the_steps() {
        let steps = [-0.5, 0.0, 0.5, 0.7];
        assert_eq!(rank(&steps, -0.9), Some(0.0));
        assert_eq!(rank(&steps, 0.9), Some(1.0));
        assert_eq!(rank(&steps, 0.25), Some(0.5));
        assert_eq!(rank(&[], 0.3), None);
        assert_eq!(panel().spread().ranks(&MoodVector::UNKNOWN), None);
    }

    #[test]
    fn a_panel_of_another_kind_is_refused() {
        let mut other = panel_json();
        other["version"] = json!(2);
        assert!(matches!(
            Panel::from_json(other.to_string().as_bytes()),
            Err(PanelError::Version(2))
        ));
        other = panel_json();
        other["colour"]["features"][0] = json!("hue");
        assert!(matches!(
            Panel::from_json(other.to_string().as_bytes()),
            Err(PanelError::Features)
        ));
        assert!(Panel::from_json(b"{}").is_err());
    }
}
