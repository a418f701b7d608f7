//! One loaded model.

use super::{InferenceError, Runtime};
use ort::session::Session;
use ort::session::builder::GraphOptimizationLevel;
use ort::value::TensorRef;

/// A model loaded into the process's [`Runtime`].
#[derive(Debug)]
pub struct Model {
    session: Session,
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

    /// Runs the model on one float tensor; `values` is row-major and fills `shape`. Returns
    /// the model's first output.
    pub fn run(&mut self, shape: &[usize], values: &[f32]) -> Result<ModelOutput, InferenceError> {
        let refused = |source| InferenceError::Backend {
            what: "the model cannot be run",
            source,
        };
        let input = TensorRef::from_array_view((shape, values)).map_err(refused)?;
        let outputs = self.session.run(ort::inputs![input]).map_err(refused)?;
        let (shape, values) = outputs[0].try_extract_tensor::<f32>().map_err(refused)?;
        Ok(ModelOutput {
            shape: shape.iter().map(|dimension| *dimension as usize).collect(),
            values: values.to_vec(),
        })
    }
}
