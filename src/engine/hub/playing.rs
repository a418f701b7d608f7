//! What is known of the track that plays: its words and its outline.

use super::Hub;
use crate::engine::Event;
use crate::engine::query::Query;
use crate::library::TrackId;
use crate::playback::{PlayerState, Rearranged};
use crate::recommend::Reaction;
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

    /// What is moved in the queue or taken out of it says something about it. Files from outside
    /// the library teach nothing about that.
    pub(super) fn rearranged(&self, track: TrackId, how: Rearranged) {
        let session = self.session.as_ref();
        if session.is_some_and(|session| session.library.get(track).is_some()) {
            let reaction = match how {
                Rearranged::Up => Reaction::DraggedUp,
                Rearranged::Out => Reaction::DraggedOut,
                Rearranged::Back => Reaction::DragTaken,
            };
            self.query(Query::React(track, reaction, None));
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
