//! A very small shipped network with a known answer.

use super::{InferenceError, Manifest, Model, ModelInput, Runtime, Values};

/// What `models/self_check/make.py` computes in plain numpy.
const EXPECTED: [f32; 7] = [
    0.178868, 0.21257, 0.207519, 0.167126, 0.115363, 0.072871, 0.045683,
];

/// Backends order their sums differently; more than this is a defect.
const TOLERANCE: f32 = 1e-4;

/// Runs the shipped self-check model and compares its output with the known answer. Returns
/// the largest absolute difference.
pub fn self_check(runtime: &Runtime, manifest: &Manifest) -> Result<f32, InferenceError> {
    let onnx = manifest.bytes(manifest.entry("self-check")?)?;
    let mut model = Model::load(runtime, &onnx)?;
    let input: Vec<f32> = (1u16..=256)
        .map(|i| (f64::from(i) * 12.9898).sin() as f32)
        .collect();
    let input = ModelInput {
        name: "input",
        shape: &[1, 1, 16, 16],
        values: Values::Floats(&input),
    };
    let output = model.run(&[input], &["moods"])?.remove(0);
    let largest_error = EXPECTED
        .iter()
        .zip(&output.values)
        .map(|(expected, found)| (expected - found).abs())
        .fold(0.0, f32::max);
    // NaN passes through `max` unseen, so finiteness is asked for by name.
    let finite = output.values.iter().all(|value| value.is_finite());
    if finite && output.values.len() == EXPECTED.len() && largest_error <= TOLERANCE {
        Ok(largest_error)
    } else {
        Err(InferenceError::SelfCheck { largest_error })
    }
}
