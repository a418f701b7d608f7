//! `models/manifest.json`: what is shipped, and whether the files are whole.

use super::InferenceError;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// The list of shipped models.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Manifest {
    /// The models.
    pub models: Vec<ModelEntry>,
    #[serde(skip)]
    folder: PathBuf,
}

/// One shipped model.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ModelEntry {
    /// Its name in this program.
    pub name: String,
    /// Stored beside what it computed; a change computes anew.
    pub version: String,
    /// Path inside the models folder.
    pub file: PathBuf,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// What cuts texts for it, if it reads texts.
    pub tokenizer: Option<ShippedFile>,
    /// What its first output speaks of, in order.
    #[serde(default)]
    pub labels: Vec<String>,
    /// What its tags speak of, in the order of its output, if it gives any.
    #[serde(default)]
    pub tags: Vec<String>,
    /// How its opinion is joined with others, if it reads photos.
    pub panel: Option<ShippedFile>,
    /// How it is joined with what is known without it, if it reads music.
    pub fusion: Option<ShippedFile>,
    /// Licence of the weights.
    pub licence: String,
    /// What it was trained on.
    pub data: String,
}

/// A file that belongs to a model.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ShippedFile {
    /// Path inside the models folder.
    pub file: PathBuf,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// Reads `manifest.json` of a models folder.
    pub fn read(folder: &Path) -> Result<Self, InferenceError> {
        let path = folder.join("manifest.json");
        let text = std::fs::read(&path).map_err(|source| InferenceError::Io {
            path: path.clone(),
            source,
        })?;
        let manifest: Self = serde_json::from_slice(&text)
            .map_err(|source| InferenceError::Manifest { path, source })?;
        Ok(Self {
            folder: folder.to_path_buf(),
            ..manifest
        })
    }

    /// The model of this name.
    pub fn entry(&self, name: &str) -> Result<&ModelEntry, InferenceError> {
        self.models
            .iter()
            .find(|model| model.name == name)
            .ok_or_else(|| InferenceError::NotListed(name.to_owned()))
    }

    /// The bytes of a model's file, after comparing their hash with the manifest's.
    pub fn bytes(&self, entry: &ModelEntry) -> Result<Vec<u8>, InferenceError> {
        self.whole(&entry.file, &entry.sha256)
    }

    /// The bytes of a file that belongs to a model, compared likewise; `None` when it has none.
    pub fn shipped_bytes(
        &self,
        shipped: Option<&ShippedFile>,
    ) -> Result<Option<Vec<u8>>, InferenceError> {
        shipped
            .map(|shipped| self.whole(&shipped.file, &shipped.sha256))
            .transpose()
    }

    fn whole(&self, file: &Path, sha256: &str) -> Result<Vec<u8>, InferenceError> {
        let path = self.folder.join(file);
        let bytes = std::fs::read(&path).map_err(|source| InferenceError::Io {
            path: path.clone(),
            source,
        })?;
        let found = hex(&Sha256::digest(&bytes));
        if found == sha256 {
            Ok(bytes)
        } else {
            Err(InferenceError::WrongHash {
                path,
                expected: sha256.to_owned(),
                found,
            })
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("models")
    }

    #[test]
    fn every_shipped_model_is_whole() {
        let manifest = Manifest::read(&shipped()).unwrap();
        assert!(!manifest.models.is_empty());
        for entry in &manifest.models {
            manifest.bytes(entry).unwrap();
            for file in [&entry.tokenizer, &entry.panel, &entry.fusion] {
                manifest.shipped_bytes(file.as_ref()).unwrap();
            }
        }
    }

    #[test]
    fn a_damaged_model_is_named_and_not_loaded() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("m.onnx"), b"not what it was").unwrap();
        std::fs::write(
            folder.path().join("manifest.json"),
            r#"{"models":[{"name":"m","version":"1","file":"m.onnx","sha256":"00","licence":"","data":""}]}"#,
        )
        .unwrap();
        let manifest = Manifest::read(folder.path()).unwrap();
        let error = manifest
            .bytes(manifest.entry("m").unwrap())
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("m.onnx") && error.contains("damaged"),
            "{error}"
        );
        assert!(manifest.entry("other").is_err());
    }

    #[test]
    fn a_folder_without_manifest_says_which_file_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        let error = Manifest::read(folder.path()).unwrap_err().to_string();
        assert!(error.contains("manifest.json"), "{error}");
    }
}
