//! What a target asks of each signal.

use super::feedback::ListenerModel;
use super::gather::{Asked, Near};
use super::index::Index;
use super::signal::{Purpose, Signal};
use super::style::Style;
use crate::library::TrackId;
use crate::mood::{Mood, MoodVector};

/// Examples compared by sound one by one; more than these add time and little else.
const MOST_EXAMPLES: usize = 8;
/// A track this much liked says something about taste.
const LIKED: f32 = 0.2;
/// Tracks that say what taste is.
const MOST_LIKED: usize = 200;

/// The lists to make for a mood and examples.
pub(super) fn asked(
    index: &Index,
    listener: &ListenerModel,
    purpose: Purpose,
    mood: &MoodVector,
    seeds: &[TrackId],
    region: Mood,
) -> Vec<Asked> {
    let rows: Vec<u32> = seeds
        .iter()
        .filter_map(|id| index.library().position(*id))
        .map(|row| row as u32)
        .collect();
    let weights = purpose.weights();
    let mut asked = Vec::new();
    for signal in Signal::ALL {
        let weight = weights[signal.index()] * listener.multiplier(signal, Some(region));
        if weight <= 0.0 {
            continue;
        }
        if let Some(near) = near(index, listener, purpose, signal, mood, &rows, region) {
            asked.push(Asked {
                signal,
                weight,
                near,
            });
        }
    }
    asked
}

/// What a signal compares with; `None` when it has nothing to compare with.
fn near(
    index: &Index,
    listener: &ListenerModel,
    purpose: Purpose,
    signal: Signal,
    mood: &MoodVector,
    rows: &[u32],
    region: Mood,
) -> Option<Near> {
    match signal {
        Signal::Mood => {
            let length = mood.moods.iter().map(|share| share * share).sum::<f32>();
            let scale = 1.0 / length.sqrt();
            (mood.confidence > 0.0).then(|| Near::Mood(mood.moods.map(|share| share * scale)))
        }
        Signal::Plane => (mood.confidence > 0.0).then_some(Near::Plane(mood.valence, mood.arousal)),
        Signal::Lyrics => {
            let vectors = index.vectors(signal)?;
            // Near to the words of the examples, or for lack of them to the mood.
            let examples = rows.iter().map(|row| (*row as usize, 1.0));
            let probe = vectors
                .mean(examples)
                .or_else(|| vectors.probe(&mood.moods));
            (mood.confidence > 0.0)
                .then_some(probe)
                .flatten()
                .map(|probe| Near::Vectors(vec![probe]))
        }
        Signal::Sound => {
            let vectors = index.vectors(signal)?;
            // What was heard lately has a common sound; what is given as an example may be
            // one of several that have nothing in common.
            if purpose == Purpose::Lately {
                let probe = vectors.mean(rows.iter().map(|row| (*row as usize, 1.0)))?;
                return Some(Near::Vectors(vec![probe]));
            }
            let probes: Vec<_> = rows
                .iter()
                .filter(|row| vectors.knows(**row as usize))
                .take(MOST_EXAMPLES)
                .filter_map(|row| vectors.probe(&vectors.row(*row as usize)))
                .collect();
            (!probes.is_empty()).then_some(Near::Vectors(probes))
        }
        Signal::Style => {
            let at = (mood.valence, mood.arousal);
            Style::of(index, rows).map(|style| Near::Style(style, at))
        }
        Signal::Listening => {
            let vectors = index.vectors(signal)?;
            let probe = vectors.mean(rows.iter().map(|row| (*row as usize, 1.0)))?;
            Some(Near::Vectors(vec![probe]))
        }
        Signal::Taste => {
            let vectors = index.vectors(signal)?;
            let probe = if rows.is_empty() {
                vectors.mean(liked(index, listener, region).into_iter())?
            } else {
                vectors.mean(rows.iter().map(|row| (*row as usize, 1.0)))?
            };
            Some(Near::Vectors(vec![probe]))
        }
    }
}

/// The tracks that the listener leans for or against most in a region, with how much.
fn liked(index: &Index, listener: &ListenerModel, region: Mood) -> Vec<(usize, f32)> {
    let mut liked: Vec<(usize, f32)> = listener
        .tracks()
        .into_iter()
        .take(MOST_LIKED)
        .filter_map(|(id, ..)| {
            let row = index.library().position(id)?;
            let leaning = listener.leaning(id, "", Some(region)).track;
            (leaning.abs() >= LIKED).then_some((row, leaning))
        })
        .collect();
    // Dislikes alone do not say what to look for.
    if !liked.iter().any(|(_, leaning)| *leaning > 0.0) {
        liked.clear();
    }
    liked
}
