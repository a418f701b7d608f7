//! A library laid out for questions, and what a wish means in it.

use super::album::of_source;
use super::reader::Reader;
use super::{FeelRequest, JourneyEnd, Length, PhotoAnswer, Wish, now_unix_secs};
use crate::library::{BrowseQuery, Group, GroupQuery, Groups, Library, Play, browse, fold};
use crate::mood::{MoodVector, Source};
use crate::recommend::{
    Calibration, Filter, Index, Learned, ListenerModel, Options, Target, TargetReading,
    in_christmas_season, mood_of_tracks, says_christmas,
};
use std::sync::Arc;

/// "Where I am" is what was heard within so long, if anything was.
const HERE_SECS: i64 = 3_600;
/// At most so many of the last plays say where the listener is.
const HERE_PLAYS: usize = 5;

/// A library with the moods matched to it.
pub(super) struct View {
    pub library: Arc<Library>,
    calibration: Arc<Calibration>,
    pub moods: Arc<[Option<MoodVector>]>,
    /// Laid out when first asked, or when nobody asks for a while.
    index: Option<Index>,
    /// Put together when first asked, or when nobody asks for a while; later snapshots that
    /// group alike keep it.
    groups: Option<Groups>,
    learned: Option<Arc<Learned>>,
}

impl Default for View {
    fn default() -> Self {
        Self::of(Arc::default())
    }
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
            groups: None,
            learned: None,
        }
    }

    /// Takes in a new snapshot; `true` when nothing but play counts has changed.
    pub(super) fn take(&mut self, library: Arc<Library>) -> bool {
        let followed = self
            .index
            .as_mut()
            .is_some_and(|index| index.follow(&library));
        if followed {
            self.library = library;
        } else {
            let before = std::mem::replace(self, Self::of(library));
            self.learned = before.learned;
            if let Some(mut groups) = before.groups
                && groups.follow(&before.library, &self.library, &self.moods)
            {
                self.groups = Some(groups);
            }
        }
        followed
    }

    /// Makes ready what questions need.
    pub(super) fn prepare(&mut self) {
        self.index();
        self.groups
            .get_or_insert_with(|| Groups::of(&self.library, &self.moods));
    }

    /// The library laid out.
    pub(super) fn index(&mut self) -> &Index {
        self.index.get_or_insert_with(|| {
            let mut index = Index::new(
                &self.library,
                Arc::clone(&self.calibration),
                Arc::clone(&self.moods),
            );
            if let Some(learned) = &self.learned {
                index.learn(Arc::clone(learned));
            }
            index
        })
    }

    /// Albums, artists or folders of the Library screen.
    pub(super) fn groups(&mut self, query: &GroupQuery) -> Vec<Arc<Group>> {
        let (library, moods) = (&self.library, &self.moods);
        let groups = self
            .groups
            .get_or_insert_with(|| Groups::of(library, moods));
        groups.find(library, moods, query)
    }

    /// Rows of the Library screen.
    pub(super) fn rows(&mut self, query: &BrowseQuery) -> Vec<u32> {
        let (library, moods) = (&self.library, &self.moods);
        let Some(key) = &query.within else {
            return browse(library, moods, 0..library.len() as u32, query);
        };
        let groups = self
            .groups
            .get_or_insert_with(|| Groups::of(library, moods));
        browse(library, moods, groups.rows(library, key), query)
    }

    /// Takes in what was learned from listening.
    pub(super) fn learn(&mut self, learned: Arc<Learned>) {
        if let Some(index) = &mut self.index {
            index.learn(Arc::clone(&learned));
        }
        self.learned = Some(learned);
    }

    /// What a wish means here; [`Target::nothing`] when it names nothing that is known.
    /// `photos` are those of the wish, read.
    pub(super) fn target(
        &mut self,
        request: &FeelRequest,
        reader: &mut Reader,
        photos: Option<&PhotoAnswer>,
        plays: &[Play],
        listener: &ListenerModel,
    ) -> Target {
        let (library, moods) = (&self.library, &self.moods);
        let target = match &request.wish {
            Wish::Text(text) => Some(reader.target(text)),
            Wish::Mood(mood) => Some(Target::from_mood(*mood)),
            Wish::Point { valence, arousal } => Some(Target::from_point(*valence, *arousal)),
            Wish::Like(tracks) => Target::from_tracks(library, moods, tracks),
            Wish::Lately => Target::lately(library, moods, plays, now_unix_secs()),
            Wish::Surprise => {
                let filter = options(request).filter;
                Target::surprise(self.index(), listener, &filter, request.seed)
            }
            Wish::Journey { from, to } => self.journey(from, to, reader, photos, plays),
            Wish::Photos { energy, .. } => {
                let photos = photos.map_or(&[][..], |answer| &answer.photos);
                let read: Vec<_> = photos.iter().map(|photo| &photo.reading).collect();
                Target::from_photos(&self.calibration, &read, *energy)
            }
            Wish::Way(points) => Target::journey(points, Vec::new()),
        };
        target.unwrap_or_else(Target::nothing)
    }

    fn journey(
        &self,
        from: &JourneyEnd,
        to: &JourneyEnd,
        reader: &mut Reader,
        photos: Option<&PhotoAnswer>,
        plays: &[Play],
    ) -> Option<Target> {
        let (from_mood, mut read) = self.end(from, reader, photos, plays)?;
        let (to_mood, to_read) = self.end(to, reader, photos, plays)?;
        read.extend(to_read);
        let point = |mood: MoodVector| (mood.valence, mood.arousal);
        Target::journey(&[point(from_mood), point(to_mood)], read)
    }

    /// The mood of one end, with what it was read from; `None` when it is not understood.
    fn end(
        &self,
        end: &JourneyEnd,
        reader: &mut Reader,
        photos: Option<&PhotoAnswer>,
        plays: &[Play],
    ) -> Option<(MoodVector, Vec<TargetReading>)> {
        let target = match end {
            JourneyEnd::Text(text) => reader.target(text),
            JourneyEnd::Mood(mood) => Target::from_mood(*mood),
            JourneyEnd::Point { valence, arousal } => Target::from_point(*valence, *arousal),
            JourneyEnd::Photo(source) => {
                let photo = of_source(photos, source)?;
                Target::from_photos(&self.calibration, &[&photo.reading], 0.0)?
            }
            JourneyEnd::Here => {
                let read = TargetReading {
                    source: Source::History,
                    why: Vec::new(),
                };
                return Some((self.here(plays)?, vec![read]));
            }
        };
        (target.mood.confidence > 0.0).then_some((target.mood, target.read))
    }

    /// Where the listener is: the mood of what was heard last.
    fn here(&self, plays: &[Play]) -> Option<MoodVector> {
        let mut last: Vec<&Play> = plays.iter().filter(|play| play.finished).collect();
        last.sort_by_key(|play| std::cmp::Reverse(play.at_unix_secs));
        let newest = last.first()?.at_unix_secs;
        let moods: Vec<(MoodVector, f32)> = last
            .into_iter()
            .take_while(|play| newest - play.at_unix_secs <= HERE_SECS)
            .take(HERE_PLAYS)
            .filter_map(|play| {
                let mood = self.moods[self.library.position(play.track)?]?;
                Some((mood, 1.0))
            })
            .collect();
        let mood = mood_of_tracks(&moods);
        (mood.confidence > 0.0).then_some(mood)
    }
}

/// The limits that a request sets.
pub(super) fn options(request: &FeelRequest) -> Options {
    let text = match &request.wish {
        Wish::Text(text) => fold(text),
        _ => String::new(),
    };
    let christmas =
        request.filter.christmas || in_christmas_season(now_unix_secs()) || says_christmas(&text);
    let (max_tracks, max_minutes) = match request.length {
        Length::Tracks(tracks) => (tracks, None),
        Length::Minutes(minutes) => (Options::MOST_TRACKS, Some(minutes)),
    };
    Options {
        max_tracks,
        max_minutes,
        filter: Filter {
            christmas,
            ..request.filter.clone()
        },
        mode: request.mode,
        seed: request.seed,
        ..Options::default()
    }
}
