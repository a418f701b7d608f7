//! Which models are shipped, for the listener to see.

use crate::inference::Manifest;
use std::path::Path;
use std::sync::Arc;

/// One shipped model, as its manifest describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShippedModel {
    /// Its name in the manifest, such as `text`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Licence of the weights (English).
    pub licence: String,
    /// What it was trained on (English).
    pub data: String,
}

/// The models of a models folder; none when its manifest cannot be read, which whatever
/// needs a model says by itself.
pub(super) fn shipped(models: &Path) -> Arc<[ShippedModel]> {
    let manifest = Manifest::read(models).unwrap_or_default();
    let describe = |entry: crate::inference::ModelEntry| ShippedModel {
        name: entry.name,
        version: entry.version,
        licence: entry.licence,
        data: entry.data,
    };
    manifest.models.into_iter().map(describe).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_listener_is_told_of_every_shipped_model_and_of_none_where_there_is_none() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
        let manifest = Manifest::read(&folder).unwrap();
        let told = shipped(&folder);
        assert_eq!(told.len(), manifest.models.len());
        assert!(
            told.iter()
                .any(|model| model.name == "text" && !model.data.is_empty())
        );
        assert!(shipped(Path::new("/nowhere")).is_empty());
    }
}
