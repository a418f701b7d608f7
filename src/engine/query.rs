//! The query thread: matches moods to the library, answers feelings and sorts rows. Only
//! the latest request of each kind is worked on; a stale one is dropped unanswered.

use super::emitter::Emitter;
use super::{Event, FeelAnswer, FeelRequest, Length, Snapshot, Wish, now_unix_secs};
use crate::library::{BrowseQuery, Library, Play, browse};
use crate::mood::MoodVector;
use crate::recommend::{
    Calibration, Filter, Index, ListenerModel, Options, Target, in_christmas_season, suggest,
};
use crate::words;
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

/// Once nothing was asked for so long, the library is laid out for the next question.
const IDLE: Duration = Duration::from_millis(400);

/// What the query thread is asked.
pub(super) enum Query {
    /// The library changed.
    Library {
        /// As it is now.
        library: Arc<Library>,
        /// Whether it is the demo library.
        demo: bool,
    },
    /// Another library was opened: what was heard of it.
    History(Vec<Play>),
    /// A track was heard or skipped.
    Heard(Play),
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
    let mut view = View::of(Arc::default());
    let mut plays = Vec::new();
    loop {
        let first = match queries.recv_timeout(IDLE) {
            Ok(first) => first,
            Err(RecvTimeoutError::Timeout) => {
                view.index();
                match queries.recv() {
                    Ok(first) => first,
                    Err(_) => return,
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        };
        let (mut library, mut feel, mut rows) = (None, None, None);
        for query in std::iter::once(first).chain(queries.try_iter()) {
            match query {
                Query::Library {
                    library: new,
                    demo: is_demo,
                } => library = Some((new, is_demo)),
                Query::History(history) => plays = history,
                Query::Heard(play) => plays.push(play),
                Query::Feel(generation, request) => feel = Some((generation, request)),
                Query::Browse(generation, query) => rows = Some((generation, query)),
            }
        }
        if let Some((library, demo)) = library {
            view.take(library);
            emitter.send(Event::Library(Snapshot {
                library: Arc::clone(&view.library),
                moods: Arc::clone(&view.moods),
                demo,
            }));
        }
        if let Some((generation, request)) = feel {
            let answer = Arc::new(view.feel(&request, &plays));
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
    calibration: Arc<Calibration>,
    moods: Arc<[Option<MoodVector>]>,
    /// Laid out when first asked, or when nobody asks for a while.
    index: Option<Index>,
}

impl View {
    fn of(library: Arc<Library>) -> Self {
        let calibration = Arc::new(Calibration::of(&library));
        let moods = calibration.moods(&library).into();
        Self {
            library,
            calibration,
            moods,
            index: None,
        }
    }

    /// Takes in a new snapshot.
    fn take(&mut self, library: Arc<Library>) {
        let followed = self
            .index
            .as_mut()
            .is_some_and(|index| index.follow(&library));
        if followed {
            self.library = library;
        } else {
            *self = Self::of(library);
        }
    }

    fn index(&mut self) -> &Index {
        self.index.get_or_insert_with(|| {
            Index::new(
                &self.library,
                Arc::clone(&self.calibration),
                Arc::clone(&self.moods),
            )
        })
    }

    fn feel(&mut self, request: &FeelRequest, plays: &[Play]) -> FeelAnswer {
        let considered = self.library.analyzed_len();
        let target = self
            .target(&request.wish, plays)
            .unwrap_or_else(Target::nothing);
        let mut options = Options {
            filter: Filter {
                genre: request.genre.clone(),
                christmas: in_christmas_season(now_unix_secs()),
                ..Filter::default()
            },
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
        let listener = ListenerModel::default();
        FeelAnswer {
            tracks: suggest(self.index(), &listener, &target, &options).tracks,
            considered,
            target,
        }
    }

    /// `None` when the wish names nothing that is known here.
    fn target(&self, wish: &Wish, plays: &[Play]) -> Option<Target> {
        match wish {
            Wish::Text(text) => Some(Target::from_words(&words::read(text))),
            Wish::Mood(mood) => Some(Target::from_mood(*mood)),
            Wish::Point { valence, arousal } => Some(Target::from_point(*valence, *arousal)),
            Wish::Like(tracks) => Target::from_tracks(&self.library, &self.moods, tracks),
            Wish::Lately => Target::lately(&self.library, &self.moods, plays, now_unix_secs()),
        }
    }
}
