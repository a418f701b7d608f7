//! What plays: files that were opened, and what is known of a track, its words, cover and
//! outline.

use super::Hub;
use crate::engine::covers::Source;
use crate::engine::files::{Opened, read_for_playing};
use crate::engine::query::Query;
use crate::engine::{CoverOf, CoverSize, Event, Notice};
use crate::library::{Occasion, OccasionKind, TrackId};
use crate::playback::{PlayerCommand, PlayerState, Rearranged};
use crate::recommend::Reaction;
use std::path::PathBuf;
use std::sync::Arc;

impl Hub {
    pub(super) fn tell_lyrics(&self, track: TrackId) {
        let of_guest = self.guests.lyrics(track).cloned();
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

    pub(super) fn load_cover(&self, of: CoverOf, size: CoverSize) {
        let source = match &of {
            CoverOf::Track(track) => {
                let session = self.session.as_ref();
                let known = session.and_then(|session| session.library.get(*track));
                let known = known.or_else(|| self.guests.track(*track));
                known.map(|track| Source::Track(Arc::clone(track)))
            }
            CoverOf::File(path) => Some(Source::File(path.clone())),
        };
        match source {
            // When more covers are asked for than anyone can look at, the rest is asked for
            // again by the rows that are still on the screen.
            Some(source) => drop(self.covers.try_send((source, size))),
            None => self.emitter.send(Event::Cover {
                of,
                size,
                image: None,
            }),
        }
    }

    /// Plays files that were opened, in the library or not.
    pub(super) fn play_files(&mut self, paths: Vec<PathBuf>) {
        let library = self.session.as_ref().map(|session| &session.library);
        let library = library.map(Arc::clone).unwrap_or_default();
        let inbox = self.inbox.of_session(self.session_number);
        if let Err(error) = read_for_playing(paths, library, self.guests.ids(), inbox) {
            self.failed(&error);
        }
    }

    /// Plays what was read of opened files, and says what of them does not play.
    pub(super) fn opened(&mut self, opened: Opened) {
        let Opened {
            tracks,
            first_failure,
            failures,
        } = opened;
        match first_failure {
            Some(failure) if tracks.is_empty() => {
                let reason = format!("{}: {}", failure.path.display(), failure.reason);
                self.emitter.send(Event::Notice(Notice::Failed(reason)));
            }
            Some(failure) => self.emitter.send(Event::Notice(Notice::NotPlayed {
                first: failure.path,
                reason: failure.reason,
                files: failures,
            })),
            None if tracks.is_empty() => self.emitter.send(Event::Notice(Notice::NothingToAdd)),
            None => {}
        }
        if tracks.is_empty() {
            return;
        }
        self.guests.welcome(&tracks);
        self.occasions.begin(Occasion {
            kind: OccasionKind::Files,
            ..Occasion::default()
        });
        let tracks = tracks.into_iter().map(|(track, _)| track).collect();
        self.player.send(PlayerCommand::Play { tracks, start: 0 });
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
