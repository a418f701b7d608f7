//! The settings in force, and the file that keeps them.

use super::Hub;
use crate::config::{ConfigError, Settings};
use crate::engine::Event;
use crate::playback::PlayerCommand;
use std::path::Path;
use std::sync::Arc;

impl Hub {
    pub(super) fn change_settings(&mut self, settings: Settings) {
        let workers = settings.analysis_workers();
        if (settings.volume - self.settings.volume).abs() > f32::EPSILON {
            self.player.send(PlayerCommand::Volume(settings.volume));
        }
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
            if matches!(error, ConfigError::Invalid { .. }) {
                let _ = std::fs::rename(file, file.with_extension("json.damaged"));
            }
            (Settings::default(), Some(error))
        }
    }
}
