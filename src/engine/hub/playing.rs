//! What is known of the track that plays: its words and its outline.

use super::Hub;
use crate::engine::Event;
use crate::library::TrackId;
use crate::playback::PlayerState;
use std::sync::Arc;

impl Hub {
    pub(super) fn tell_lyrics(&self, track: TrackId) {
        let of_guest = self.guest_lyrics.get(&track).cloned();
        let lyrics = match &self.session {
            Some(session) if of_guest.is_none() => session.store().lyrics(track),
            _ => Ok(None),
        };
        match lyrics {
            Ok(lyrics) => self.emitter.send(Event::Lyrics {
                track,
                lyrics: of_guest.or_else(|| lyrics.map(Arc::new)),
            }),
            Err(error) => self.failed(&error),
        }
    }

    pub(super) fn load_whole(&mut self, track: TrackId) {
        let Some(session) = &self.session else {
            return;
        };
        self.outlined = Some(track);
        session.read_whole(track);
        match session.store().whole(track) {
            Ok(whole) => self.emitter.send(Event::WholeTrack { track, whole }),
            Err(error) => self.failed(&error),
        }
    }

    /// What is played is read from end to end soon: its loudness and outline are wanted.
    pub(super) fn played(&mut self, state: &PlayerState) {
        let track = state.current().map(|track| track.id);
        if track == self.playing {
            return;
        }
        self.playing = track;
        if let (Some(track), Some(session)) = (track, &self.session) {
            session.read_whole(track);
        }
    }
}
