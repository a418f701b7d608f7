//! Which engine runs the models: ONNX Runtime when its library is at hand, else the
//! compiled-in tract.

use super::InferenceError;
use ort::environment::Environment;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

/// The engine that runs the models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Backend {
    /// Microsoft's library, loaded from this file. Several times faster.
    OnnxRuntime {
        /// The library.
        library: PathBuf,
    },
    /// Pure Rust, always there.
    BuiltIn {
        /// A library that was found but could not be used, with the reason.
        passed_over: Option<String>,
    },
}

/// The chosen backend, ready to open models.
#[derive(Debug)]
pub struct Runtime {
    backend: Backend,
    environment: Environment,
}

impl Runtime {
    /// The process's runtime, chosen on the first call. ort keeps its backend and its
    /// environment in process globals, so that there can be only one.
    pub fn get() -> Result<&'static Self, InferenceError> {
        static RUNTIME: OnceLock<Runtime> = OnceLock::new();
        // Who comes second waits: ort starts no second environment.
        static CHOOSING: Mutex<()> = Mutex::new(());
        if let Some(runtime) = RUNTIME.get() {
            return Ok(runtime);
        }
        let _turn = CHOOSING.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(runtime) = RUNTIME.get() {
            return Ok(runtime);
        }
        let runtime = Self::choose()?;
        Ok(RUNTIME.get_or_init(|| runtime))
    }

    /// Which engine runs the models.
    #[must_use]
    pub fn backend(&self) -> &Backend {
        &self.backend
    }

    pub(super) fn environment(&self) -> &Environment {
        &self.environment
    }

    fn choose() -> Result<Self, InferenceError> {
        let mut passed_over = None;
        for library in candidates() {
            match ort::init_from(&library) {
                Ok(builder) => {
                    return Ok(Self {
                        backend: Backend::OnnxRuntime { library },
                        environment: build(builder)?,
                    });
                }
                Err(error) => passed_over = Some(error.to_string()),
            }
        }
        ort::set_api(ort_tract::api());
        Ok(Self {
            backend: Backend::BuiltIn { passed_over },
            environment: build(ort::init())?,
        })
    }
}

fn build(builder: ort::environment::EnvironmentBuilder) -> Result<Environment, InferenceError> {
    builder
        .with_name("maeum")
        .with_telemetry(false)
        .build()
        .map_err(|source| InferenceError::Backend {
            what: "cannot start the ONNX backend",
            source,
        })
}

/// Existing files that may be ONNX Runtime's library, in order of preference:
/// `ORT_DYLIB_PATH`, beside the executable, `../lib/maeum/`.
fn candidates() -> Vec<PathBuf> {
    let named = std::env::var_os("ORT_DYLIB_PATH")
        .filter(|path| !path.is_empty())
        .map(PathBuf::from);
    let executable = std::env::current_exe().ok();
    let folder = executable.as_deref().and_then(Path::parent);
    let installed = folder
        .into_iter()
        .flat_map(|folder| [folder.to_path_buf(), folder.join("../lib/maeum")])
        .map(|folder| folder.join(library_name()));
    named
        .into_iter()
        .chain(installed)
        .filter(|path| path.is_file())
        .collect()
}

/// `libonnxruntime.so`, `libonnxruntime.dylib` or `onnxruntime.dll`.
fn library_name() -> String {
    format!(
        "{}onnxruntime{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;
    use std::thread;

    #[test]
    fn threads_that_ask_at_once_all_get_the_runtime() {
        let start = Barrier::new(8);
        let ask = || {
            start.wait();
            Runtime::get().is_ok()
        };
        thread::scope(|scope| {
            let asking: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
            for answer in asking {
                assert!(answer.join().unwrap());
            }
        });
    }
}
