//! Settings and folders. A leaf: everything above may read it.

use crate::language::Language;
use directories::ProjectDirs;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Why settings cannot be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read or written.
    #[error("cannot keep settings in {}: {source}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not what it should be.
    #[error("{} is not a valid settings file: {source}", path.display())]
    Invalid {
        /// Which.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
}

/// Colours of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Light on deep neutral surfaces.
    #[default]
    Dark,
    /// Dark on light surfaces.
    Light,
    /// As the desktop says.
    System,
}

/// Whether all music plays equally loud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Levelling {
    /// Everything plays as it was made.
    Off,
    /// Every track is brought to the target.
    Track,
    /// Every album is brought to the target; its tracks keep their differences.
    Album,
    /// By album where tracks of one album follow each other, else by track.
    #[default]
    Auto,
}

/// What happens when the output device goes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeviceLost {
    /// The music waits for it to return.
    #[default]
    Wait,
    /// The music goes on on the system's device, and goes back when the device returns.
    Move,
}

/// How music plays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Playback {
    /// How long tracks that follow each other fade into one another, seconds, 0…12.
    pub crossfade_secs: f32,
    /// Whether all music plays equally loud.
    #[serde(deserialize_with = "known_or_default")]
    pub levelling: Levelling,
    /// The loudness that levelling leads to, LUFS.
    pub target_lufs: f32,
    /// Tracks of different sample rates join without a pause: the next is resampled. Off,
    /// each plays at its own rate where the device takes it.
    pub join_rates: bool,
    /// The output device, as the system names it; `None` is the system's default.
    pub device: Option<String>,
    /// What happens when it goes away.
    #[serde(deserialize_with = "known_or_default")]
    pub device_lost: DeviceLost,
}

impl Playback {
    /// The quietest target of levelling, LUFS: that of broadcasting.
    pub const QUIETEST_LUFS: f32 = -23.0;
    /// The loudest target of levelling, LUFS: that of streaming services.
    pub const LOUDEST_LUFS: f32 = -14.0;
    /// The longest crossfade, seconds.
    pub const LONGEST_CROSSFADE_SECS: f32 = 12.0;
}

impl Default for Playback {
    fn default() -> Self {
        Self {
            crossfade_secs: 0.0,
            levelling: Levelling::default(),
            target_lufs: -18.0,
            join_rates: false,
            device: None,
            device_lost: DeviceLost::default(),
        }
    }
}

/// What the listener can choose. Unknown fields of a newer version are ignored; missing ones,
/// and choices that only a newer version knows, take their defaults.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Interface language; `None` follows the system.
    #[serde(deserialize_with = "known_or_default")]
    pub language: Option<Language>,
    /// Colours.
    #[serde(deserialize_with = "known_or_default")]
    pub theme: Theme,
    /// Share of the processor's cores that analysis may use, 0…1; at least one core works.
    pub analysis_effort: f32,
    /// Whether controls move; off for listeners whom motion disturbs.
    pub motion: bool,
    /// Whether stars are written to the files' tags, too.
    pub ratings_in_tags: bool,
    /// Volume, 0…1.
    pub volume: f32,
    /// How music plays.
    pub playback: Playback,
    /// Whether the desktop says so when the track changes.
    pub notify: bool,
}

/// One choice of a newer version is no reason to lose all others.
fn known_or_default<'de, D, T>(choice: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + DeserializeOwned,
{
    let choice = serde_json::Value::deserialize(choice)?;
    Ok(serde_json::from_value(choice).unwrap_or_default())
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            theme: Theme::Dark,
            analysis_effort: 0.5,
            motion: true,
            ratings_in_tags: false,
            volume: 0.8,
            playback: Playback::default(),
            notify: false,
        }
    }
}

impl Settings {
    /// The settings kept in `file`, or the defaults when there are none. A file that cannot
    /// be understood is an error: silently replacing it would lose the listener's choices.
    pub fn load(file: &Path) -> Result<Self, ConfigError> {
        match std::fs::read(file) {
            Ok(text) => serde_json::from_slice(&text).map_err(|source| ConfigError::Invalid {
                path: file.to_path_buf(),
                source,
            }),
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                Ok(Self::default())
            }
            Err(source) => Err(ConfigError::Io {
                path: file.to_path_buf(),
                source,
            }),
        }
    }

    /// Keeps the settings in `file`: written beside it and renamed over it, so that a crash
    /// leaves the old ones or the new ones, never half of them.
    pub fn save(&self, file: &Path) -> Result<(), ConfigError> {
        let failed = |source| ConfigError::Io {
            path: file.to_path_buf(),
            source,
        };
        let text = serde_json::to_vec_pretty(self).map_err(|source| ConfigError::Invalid {
            path: file.to_path_buf(),
            source,
        })?;
        let fresh = file.with_extension("json.new");
        std::fs::write(&fresh, text).map_err(failed)?;
        std::fs::rename(&fresh, file).map_err(failed)
    }

    /// The language to show.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language.unwrap_or_else(Language::of_system)
    }

    /// How many analysis threads the effort setting means on this machine.
    #[must_use]
    pub fn analysis_workers(&self) -> usize {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        ((cores as f32 * self.analysis_effort.clamp(0.0, 1.0)).round() as usize).clamp(1, cores)
    }
}

/// Where things are kept and found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// Database and settings.
    pub data: PathBuf,
    /// Shipped `.onnx` and tokenizer files with `manifest.json`.
    pub models: PathBuf,
    /// The demo library's music.
    pub demo_music: PathBuf,
}

impl Folders {
    /// The folders of this user and installation; either may be overridden.
    #[must_use]
    pub fn find(data: Option<PathBuf>, models: Option<PathBuf>) -> Self {
        let data = data.unwrap_or_else(|| {
            ProjectDirs::from("", "", "maeum").map_or_else(
                || PathBuf::from("maeum-data"),
                |dirs| dirs.data_dir().to_path_buf(),
            )
        });
        Self {
            data,
            models: models.unwrap_or_else(|| shipped("models")),
            demo_music: shipped("assets/demo"),
        }
    }

    /// The same installation with the demo library's own data folder inside this one.
    #[must_use]
    pub fn for_demo(&self) -> Self {
        Self {
            data: self.data.join("demo"),
            ..self.clone()
        }
    }

    /// The settings file.
    #[must_use]
    pub fn settings_file(&self) -> PathBuf {
        self.data.join("settings.json")
    }

    /// Covers that are laid out as files for the desktop while they play.
    #[must_use]
    pub fn covers_folder(&self) -> PathBuf {
        self.data.join("covers")
    }

    /// Pictures of photos that stand for playlists.
    #[must_use]
    pub fn pictures_folder(&self) -> PathBuf {
        self.data.join("pictures")
    }

    /// The database file.
    #[must_use]
    pub fn database_file(&self) -> PathBuf {
        self.data.join("library.db")
    }
}

/// A folder that ships with the program: beside the executable, in `../share/maeum`
/// (packages), or in the source tree (`cargo run`).
fn shipped(name: &str) -> PathBuf {
    let source_tree = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let executable = std::env::current_exe().ok();
    let beside = executable.as_deref().and_then(Path::parent);
    beside
        .into_iter()
        .flat_map(|folder| [folder.join(name), folder.join("../share/maeum").join(name)])
        .find(|folder| folder.is_dir())
        .unwrap_or(source_tree)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_fields_of_other_versions() {
        let settings: Settings = serde_json::from_str(r#"{"theme":"light","from_the_future":3}"#)
            .expect("valid settings");
        assert_eq!(settings.theme, Theme::Light);
        assert_eq!(settings.volume, Settings::default().volume);
    }

    #[test]
    fn a_choice_of_a_newer_version_leaves_all_others_alone() {
        let settings: Settings = serde_json::from_str(
            r#"{"theme":"sepia","language":"klingon","volume":0.3,
                "playback":{"levelling":"genre","device_lost":7,"crossfade_secs":4.0}}"#,
        )
        .expect("valid settings");
        let meant = Settings {
            volume: 0.3,
            playback: Playback {
                crossfade_secs: 4.0,
                ..Playback::default()
            },
            ..Settings::default()
        };
        assert_eq!(settings, meant);
    }

    #[test]
    fn settings_are_kept_whole_and_a_broken_file_is_not_overwritten_by_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.json");
        assert_eq!(Settings::load(&file).unwrap(), Settings::default());
        let chosen = Settings {
            language: Some(Language::Korean),
            volume: 0.3,
            ..Settings::default()
        };
        chosen.save(&file).unwrap();
        assert_eq!(Settings::load(&file).unwrap(), chosen);
        std::fs::write(&file, "{ broken").unwrap();
        let error = Settings::load(&file).unwrap_err().to_string();
        assert!(error.contains("settings.json"), "{error}");
    }

    #[test]
    fn at_least_one_worker_analyzes() {
        let lazy = Settings {
            analysis_effort: 0.0,
            ..Settings::default()
        };
        assert_eq!(lazy.analysis_workers(), 1);
    }
}
