//! The settings in force, and the file that keeps them.

use super::Hub;
use crate::config::{ConfigError, Settings};
use crate::engine::Event;
use crate::playback::PlayerCommand;
use std::path::Path;
use std::sync::Arc;

impl Hub {
    pub(super) fn change_settings(&mut self, settings: Settings) {
        let settings = Settings {
            // The player's business: whoever changes something else knows an old one.
            volume: self.settings.volume,
            ..settings
        };
        let workers = settings.analysis_workers();
        if settings.playback != self.settings.playback {
            let playback = settings.playback.clone();
            self.player.send(PlayerCommand::Configure(playback));
        }
        if let Some(desktop) = &self.desktop {
            desktop.notify(settings.notify);
        }
        self.settings = settings;
        self.save_settings();
        self.with_session(|session| session.set_workers(workers));
        self.emitter
            .send(Event::Settings(Arc::new(self.settings.clone())));
    }

    pub(super) fn save_settings(&mut self) {
        if self.settings == self.saved_settings {
            return;
        }
        match self.settings.save(&self.options.folders.settings_file()) {
            Ok(()) => self.saved_settings = self.settings.clone(),
            Err(error) => self.failed(&error),
        }
    }
}

/// The settings kept in `file`, and why not if they cannot be read.
pub(super) fn load_settings(file: &Path) -> (Settings, Option<ConfigError>) {
    match Settings::load(file) {
        Ok(settings) => (settings, None),
        Err(error) => {
            // Kept aside, because the next change of a setting writes the file anew.
            let _ = std::fs::rename(file, file.with_extension("json.damaged"));
            (Settings::default(), Some(error))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_cannot_be_read_are_set_aside_before_others_take_their_place() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.json");
        let aside = folder.path().join("settings.json.damaged");
        let (settings, unreadable) = load_settings(&file);
        assert!(unreadable.is_none() && settings == Settings::default());
        std::fs::write(&file, "{ broken").unwrap();
        assert!(load_settings(&file).1.is_some());
        assert_eq!(std::fs::read(&aside).unwrap(), b"{ broken");
        std::fs::remove_file(&aside).unwrap();
        // What the system does not let be read at all.
        std::fs::create_dir(&file).unwrap();
        assert!(load_settings(&file).1.is_some());
        assert!(aside.is_dir() && !file.exists());
    }
}
