//! The query thread: matches moods to the library, answers feelings and sorts rows. Only
//! the latest request of each kind is worked on; a stale one is dropped unanswered.

use super::emitter::Emitter;
use super::{Event, FeelAnswer, FeelRequest, Length, Snapshot, Wish, now_unix_secs};
use crate::library::{BrowseQuery, Library, browse};
use crate::mood::MoodVector;
use crate::recommend::{Calibration, Options, Target, suggest};
use crate::words;
use crossbeam_channel::{Receiver, Sender, bounded};
use std::sync::Arc;
use std::thread::JoinHandle;

/// What the query thread is asked.
pub(super) enum Query {
    /// The library changed.
    Library {
        /// As it is now.
        library: Arc<Library>,
        /// Whether it is the demo library.
        demo: bool,
    },
    /// See [`super::Command::Feel`].
    Feel(u64, FeelRequest),
    /// See [`super::Command::Browse`].
    Browse(u64, BrowseQuery),
}

/// Starts the query thread; it ends when the sender is dropped.
pub(super) fn spawn(emitter: Emitter) -> std::io::Result<(Sender<Query>, JoinHandle<()>)> {
    let (sender, queries) = bounded(64);
    let thread = std::thread::Builder::new()
        .name("query".into())
        .spawn(move || run(&queries, &emitter))?;
    Ok((sender, thread))
}

fn run(queries: &Receiver<Query>, emitter: &Emitter) {
    let mut view = View::default();
    while let Ok(first) = queries.recv() {
        let (mut library, mut feel, mut rows) = (None, None, None);
        for query in std::iter::once(first).chain(queries.try_iter()) {
            match query {
                Query::Library {
                    library: new,
                    demo: is_demo,
                } => library = Some((new, is_demo)),
                Query::Feel(generation, request) => feel = Some((generation, request)),
                Query::Browse(generation, query) => rows = Some((generation, query)),
            }
        }
        if let Some((library, demo)) = library {
            view = View::of(library);
            emitter.send(Event::Library(Snapshot {
                library: Arc::clone(&view.library),
                moods: Arc::clone(&view.moods),
                demo,
            }));
        }
        if let Some((generation, request)) = feel {
            let answer = Arc::new(view.feel(&request));
            emitter.send(Event::Playlist { generation, answer });
        }
        if let Some((generation, query)) = rows {
            emitter.send(Event::Browsed {
                generation,
                rows: browse(&view.library, &view.moods, &query).into(),
                library: Arc::clone(&view.library),
            });
        }
    }
}

/// A library with the moods matched to it.
struct View {
    library: Arc<Library>,
    calibration: Calibration,
    moods: Arc<[Option<MoodVector>]>,
}

impl Default for View {
    fn default() -> Self {
        Self::of(Arc::default())
    }
}

impl View {
    fn of(library: Arc<Library>) -> Self {
        let calibration = Calibration::of(&library);
        let moods = calibration.moods(&library).into();
        Self {
            library,
            calibration,
            moods,
        }
    }

    fn feel(&self, request: &FeelRequest) -> FeelAnswer {
        let target = self.target(&request.wish).unwrap_or_else(nothing);
        let mut options = Options {
            genre: request.genre.clone(),
            seed: request.seed,
            ..Options::default()
        };
        match request.length {
            Length::Tracks(tracks) => options.max_tracks = tracks,
            Length::Minutes(minutes) => {
                options.max_tracks = Options::MOST_TRACKS;
                options.max_minutes = Some(minutes);
            }
        }
        FeelAnswer {
            tracks: suggest(
                &self.library,
                &self.calibration,
                &self.moods,
                &target,
                &options,
            ),
            considered: self.library.analyzed_len(),
            target,
        }
    }

    /// `None` when the wish names nothing that is known here.
    fn target(&self, wish: &Wish) -> Option<Target> {
        match wish {
            Wish::Text(text) => Some(Target::from_words(&words::read(text))),
            Wish::Mood(mood) => Some(Target::from_mood(*mood)),
            Wish::Point { valence, arousal } => Some(Target::from_point(*valence, *arousal)),
            Wish::Like(tracks) => Target::from_tracks(&self.library, &self.moods, tracks),
            Wish::Lately => Target::lately(&self.library, &self.moods, now_unix_secs()),
        }
    }
}

fn nothing() -> Target {
    Target {
        mood: MoodVector::UNKNOWN,
        read: Vec::new(),
        seeds: Vec::new(),
    }
}
