//! One loaded model.

use super::{InferenceError, Runtime};
use ort::session::builder::GraphOptimizationLevel;
use ort::session::{Session, SessionInputValue};
use ort::value::TensorRef;
use std::borrow::Cow;

/// A model loaded into the process's [`Runtime`].
#[derive(Debug)]
pub struct Model {
    session: Session,
}

/// A tensor that goes into a model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ModelInput<'a> {
    /// The model's name for it.
    pub name: &'a str,
    /// Dimensions.
    pub shape: &'a [usize],
    /// Values in row-major order, as many as fill the shape.
    pub values: Values<'a>,
}

/// Numbers of one of the kinds that models take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Values<'a> {
    /// 32-bit floats.
    Floats(&'a [f32]),
    /// 64-bit integers.
    Integers(&'a [i64]),
}

/// A tensor that came out of a model.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelOutput {
    /// Dimensions.
    pub shape: Vec<usize>,
    /// Values in row-major order.
    pub values: Vec<f32>,
}

impl Model {
    /// Loads a model from the bytes of its `.onnx` file, to run on one core: parallel work
    /// is done by several workers with a model each, not inside one.
    pub fn load(runtime: &Runtime, onnx: &[u8]) -> Result<Self, InferenceError> {
        let refused = |source| InferenceError::Backend {
            what: "cannot load the model",
            source,
        };
        let session = Session::builder(runtime.environment())
            .map_err(refused)?
            // tract needs it as well: without it, convolutions are 2 to 7 times slower.
            .with_optimization_level(GraphOptimizationLevel::Level3)
            .map_err(|error| refused(error.into()))?
            .with_intra_threads(1)
            .map_err(|error| refused(error.into()))?
            .commit_from_memory(onnx)
            .map_err(refused)?;
        Ok(Self { session })
    }

    /// Runs the model. Returns the outputs of these names, in this order.
    pub fn run(
        &mut self,
        inputs: &[ModelInput<'_>],
        outputs: &[&'static str],
    ) -> Result<Vec<ModelOutput>, InferenceError> {
        let refused = |source| InferenceError::Backend {
            what: "the model cannot be run",
            source,
        };
        let tensors = inputs
            .iter()
            .map(|input| Ok((Cow::from(input.name), tensor(input)?)))
            .collect::<Result<Vec<_>, _>>()
            .map_err(refused)?;
        let found = self.session.run(tensors).map_err(refused)?;
        let read = outputs.iter().map(|name| {
            let value = found.get(name).ok_or(InferenceError::NoOutput(name))?;
            let (shape, values) = value.try_extract_tensor::<f32>().map_err(refused)?;
            Ok(ModelOutput {
                shape: shape.iter().map(|dimension| *dimension as usize).collect(),
                values: values.to_vec(),
            })
        });
        read.collect()
    }
}

fn tensor<'a>(input: &ModelInput<'a>) -> Result<SessionInputValue<'a>, ort::Error> {
    Ok(match input.values {
        Values::Floats(values) => TensorRef::from_array_view((input.shape, values))?.into(),
        Values::Integers(values) => TensorRef::from_array_view((input.shape, values))?.into(),
    })
}
