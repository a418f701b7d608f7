//! The player among the system's media controls on Windows (`SystemMediaTransportControls`)
//! and macOS (Now Playing), through souvlaki.
//!
//! Windows ties the controls to a window of this process, by its handle. macOS calls back
//! from the main thread's run loop, which is the window's own; nothing needs to be said for
//! that, but without a window nothing would come. Neither offers the player's volume.

use super::art::Art;
use super::facts::{Facts, jumped};
use super::now::{Now, Shared, stop};
use super::{Ask, NativeWindow, Request};
use crate::playback::{PlayerCommand, PlayerState, Status};
use souvlaki::{
    MediaControlEvent, MediaControls, MediaMetadata, MediaPlayback, MediaPosition, PlatformConfig,
    SeekDirection,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How far the keys for winding go, seconds.
const STEP_SECS: f32 = 10.0;
/// Windows wants to hear the position so often, and does not count by itself.
const POSITION_EVERY: Duration = Duration::from_secs(5);

/// Why there are no media keys.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// Windows needs one.
    #[error("there is no window to tie them to")]
    NoWindow,
    /// The system does not want to.
    #[error("{0}")]
    System(#[from] souvlaki::Error),
}

/// The player's end of the system's media controls.
pub struct Keys {
    controls: MediaControls,
    shared: Shared,
    art: Art,
    art_folder: PathBuf,
    position_told: Instant,
}

impl Keys {
    /// Puts the player among the controls. `window` is needed on Windows alone.
    pub fn open(
        ask: Ask,
        art_folder: PathBuf,
        window: Option<NativeWindow>,
    ) -> Result<Self, KeysError> {
        if cfg!(windows) && window.is_none() {
            return Err(KeysError::NoWindow);
        }
        let mut controls = MediaControls::new(PlatformConfig {
            display_name: "Maeum",
            dbus_name: "maeum",
            hwnd: window
                .map(|window| std::ptr::with_exposed_provenance_mut(window.0.get() as usize)),
        })?;
        let shared = Shared::default();
        let shown = shared.clone();
        controls.attach(move |event| {
            let requests = requests(&event, &shown.lock());
            for request in requests {
                ask(request);
            }
        })?;
        Ok(Self {
            controls,
            shared,
            art: Art::new(art_folder.clone()),
            art_folder,
            position_told: Instant::now(),
        })
    }

    /// Shows what the player does.
    pub fn show(&mut self, state: &Arc<PlayerState>) -> Result<(), KeysError> {
        let art = state.current().and_then(|track| self.art.of(track));
        let art = art.or_else(|| no_cover(&self.art_folder));
        let facts = Facts::of(state, art.as_deref().map(address));
        let (before, jump) = {
            let mut now = self.shared.lock();
            let jump = jumped(&now.state, state, now.at.elapsed());
            let before = std::mem::replace(&mut *now, Now::of(state, facts.clone()));
            (before.facts, jump)
        };
        let new = before.track != facts.track;
        if new {
            self.show_track(&facts)?;
        }
        #[cfg(target_os = "macos")]
        if new || before.shuffled != facts.shuffled {
            self.controls.set_shuffle(Some(facts.shuffled))?;
        }
        let late = self.position_told.elapsed() >= POSITION_EVERY;
        if new || jump || before.status != facts.status || late {
            self.position_told = Instant::now();
            self.controls.set_playback(playback(state))?;
        }
        Ok(())
    }

    /// Takes the player from the controls.
    pub fn close(self) {
        drop(self.controls);
    }

    fn show_track(&mut self, facts: &Facts) -> Result<(), KeysError> {
        let playing = facts.track.as_ref();
        let track = playing.map(|playing| &*playing.track);
        let length_us = playing.map_or(0, |playing| playing.length_us);
        // Empty rather than left out, which would leave there what stood there before.
        let mut metadata = MediaMetadata {
            title: Some(track.map_or("", |track| track.title())),
            album: Some(track.map_or("", |track| &track.tags.album)),
            artist: Some(track.map_or("", |track| track.artist())),
            cover_url: playing.and_then(|playing| playing.art.as_deref()),
            duration: u64::try_from(length_us).ok().map(Duration::from_micros),
        };
        if let Err(error) = self.controls.set_metadata(metadata.clone()) {
            // The words are worth showing without the picture.
            tracing::debug!("the cover cannot be shown: {error}");
            metadata.cover_url = None;
            self.controls.set_metadata(metadata)?;
        }
        Ok(())
    }
}

fn playback(state: &PlayerState) -> MediaPlayback {
    let position = Duration::try_from_secs_f32(state.position_secs).unwrap_or_default();
    let progress = Some(MediaPosition(position));
    match state.status {
        Status::Playing => MediaPlayback::Playing { progress },
        Status::Paused => MediaPlayback::Paused { progress },
        Status::Stopped => MediaPlayback::Stopped,
    }
}

/// What the system's controls ask for.
fn requests(event: &MediaControlEvent, now: &Now) -> Vec<Request> {
    let commands = match event {
        MediaControlEvent::Play => vec![PlayerCommand::Resume],
        MediaControlEvent::Pause => vec![PlayerCommand::Pause],
        MediaControlEvent::Toggle => vec![PlayerCommand::Toggle],
        MediaControlEvent::Next => Vec::from_iter(now.next()),
        MediaControlEvent::Previous => vec![PlayerCommand::Previous],
        MediaControlEvent::Stop => stop().into(),
        MediaControlEvent::Seek(way) => Vec::from_iter(now.seek_by(signed(*way, STEP_SECS))),
        MediaControlEvent::SeekBy(way, by) => {
            Vec::from_iter(now.seek_by(signed(*way, by.as_secs_f32())))
        }
        MediaControlEvent::SetPosition(to) => Vec::from_iter(now.seek_to(to.0.as_secs_f32())),
        MediaControlEvent::SetShuffle(on) => vec![PlayerCommand::Shuffle(*on)],
        // Only MPRIS asks for more.
        _ => vec![],
    };
    commands.into_iter().map(Request::Player).collect()
}

fn signed(way: SeekDirection, secs: f32) -> f32 {
    match way {
        SeekDirection::Forward => secs,
        SeekDirection::Backward => -secs,
    }
}

/// A cover as Windows takes it: the plain path, with its own slashes, after the scheme.
#[cfg(windows)]
fn address(cover: &Path) -> String {
    format!("file://{}", cover.to_string_lossy().replace('/', "\\"))
}

#[cfg(not(windows))]
fn address(cover: &Path) -> String {
    super::uri::of_path(cover)
}

/// Windows goes on showing the last cover until it is given another: our own mark, then.
#[cfg(windows)]
fn no_cover(folder: &Path) -> Option<PathBuf> {
    const MARK: &[u8] = include_bytes!("../../assets/icons/app/maeum-256.png");
    let mark = folder.join("maeum.png");
    if !mark.exists() {
        let laid = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&mark, MARK));
        if let Err(error) = laid {
            tracing::debug!("{}: {error}", mark.display());
            return None;
        }
    }
    Some(mark)
}

#[cfg(not(windows))]
fn no_cover(_folder: &Path) -> Option<PathBuf> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Track;

    fn now() -> Now {
        let state = Arc::new(PlayerState {
            status: Status::Paused,
            queue: vec![Arc::new(Track::default())].into(),
            index: Some(0),
            position_secs: 50.0,
            duration_secs: 100.0,
            ..PlayerState::default()
        });
        let facts = Facts::of(&state, None);
        Now::of(&state, facts)
    }

    #[test]
    fn every_key_does_what_it_says() {
        let asked = |event| format!("{:?}", requests(&event, &now()));
        let back = MediaControlEvent::Seek(SeekDirection::Backward);
        let on = MediaControlEvent::SeekBy(SeekDirection::Forward, Duration::from_secs(5));
        let to = |secs| MediaControlEvent::SetPosition(MediaPosition(Duration::from_secs(secs)));
        for (event, expected) in [
            (MediaControlEvent::Play, "[Player(Resume)]"),
            (MediaControlEvent::Pause, "[Player(Pause)]"),
            (MediaControlEvent::Toggle, "[Player(Toggle)]"),
            // There is no next one.
            (MediaControlEvent::Next, "[]"),
            (MediaControlEvent::Previous, "[Player(Previous)]"),
            (
                MediaControlEvent::Stop,
                "[Player(Pause), Player(Seek { position_secs: 0.0 })]",
            ),
            (back, "[Player(Seek { position_secs: 40.0 })]"),
            (on, "[Player(Seek { position_secs: 55.0 })]"),
            (to(70), "[Player(Seek { position_secs: 70.0 })]"),
            (to(170), "[]"),
            (
                MediaControlEvent::SetShuffle(true),
                "[Player(Shuffle(true))]",
            ),
            (MediaControlEvent::Raise, "[]"),
        ] {
            assert_eq!(asked(event), expected);
        }
    }
}
