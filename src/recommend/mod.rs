//! From a target to an ordered playlist with reasons. Pure.
//!
//! [`Index`] lays the library out for questions and matches stored moods to this library's
//! own spread ([`Calibration`]). A [`Target`] says what is asked; `question` turns it into
//! lists to make, one a [`Signal`]; `gather` makes them all in one walk over the library,
//! past what `filter` leaves out; `fuse` joins them, bent by what [`ListenerModel`] has
//! learned from reactions; `pick` walks down under the listener's limits and `order` puts
//! the result in small steps. A journey takes its own way (`journey`). [`Why`] tells what
//! decided. `cooccurrence` and `joint` learn from what was heard together ([`Learned`]).

mod calibrate;
mod cooccurrence;
mod duplicates;
mod feedback;
mod filter;
mod fuse;
mod gather;
mod index;
mod instruments;
mod joint;
mod journey;
mod learned;
mod lesson;
mod names;
mod order;
mod pick;
mod question;
mod reaction;
mod signal;
mod sound;
mod style;
mod target;
mod vectors;
mod why;

pub use calibrate::Calibration;
pub use duplicates::{Better, Duplicates, FileCopy, duplicates};
pub use feedback::{Leaning, ListenerModel, Opinion};
pub use filter::{Filter, in_christmas_season};
pub use fuse::Mode;
pub use index::{Index, Material};
pub use learned::Learned;
pub use lesson::Lesson;
pub use names::says_christmas;
pub use reaction::{Feedback, Reaction, Setting, standing};
pub use signal::{Purpose, Signal};
pub use target::{Target, TargetPart, TargetReading, mood_of_tracks};
pub use why::{Fact, Sound, Why};

use crate::library::Track;
use crate::mood::{Mood, MoodVector};
use filter::Mask;
use fuse::{Candidate, fuse};
use pick::Part;
use std::sync::Arc;
use why::Asking;

/// One track of a generated playlist.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// Which.
    pub track: Arc<Track>,
    /// How well it matches by mood, sound and style, 0…1.
    pub match_score: f32,
    /// The track's mood as matched to the library.
    pub mood: MoodVector,
    /// Why it is here.
    pub why: Why,
}

/// A generated playlist.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Playlist {
    /// The tracks, in the order to play them.
    pub tracks: Vec<Suggestion>,
    /// What the listener's reactions changed, most important first.
    pub lessons: Vec<Lesson>,
}

/// What limits a playlist.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// At most so many tracks; more than [`Options::MOST_TRACKS`] counts as that many.
    pub max_tracks: usize,
    /// Stop when about so much music is gathered: at most half a track over.
    pub max_minutes: Option<f32>,
    /// At most so many tracks of one artist in a row of ten; relaxed when nothing else is
    /// left. Tracks without an artist are not counted against each other.
    pub per_artist: usize,
    /// What may be suggested.
    pub filter: Filter,
    /// How the signals' lists are joined.
    pub mode: Mode,
    /// Decides between near-equals: the same seed gives the same list.
    pub seed: u64,
}

impl Options {
    /// The longest list that can be asked for.
    pub const MOST_TRACKS: usize = 5_000;
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_tracks: 30,
            max_minutes: None,
            per_artist: 2,
            filter: Filter::default(),
            mode: Mode::default(),
            seed: 0,
        }
    }
}

/// What matches less than this does not fit: a small library is better answered with a
/// short list than with an angry song for a calm evening.
const FITTING: f32 = 0.25;
/// But so many tracks are always offered, as the nearest there are.
const AT_LEAST: usize = 3;
/// Nearly always the list fills from the first few hundred of each signal.
const LEAST_DEPTH: usize = 200;
/// How long a track is, for a guess at how many fill a time.
const USUAL_MINUTES: f32 = 3.0;
/// When the limits turn most of those away, so many times as many are looked at.
const DEEPER: usize = 16;
/// Nobody looks further down than this for another artist.
const MOST_DEPTH: usize = 50_000;

/// The tracks that fit `target` best, in the order to play them, and what the listener's
/// reactions changed.
///
/// Left out: missing and unanalyzed tracks, tracks without any mood (silence), what the
/// filter keeps out, what the listener never wants to hear, the target's seeds, second
/// copies and versions of one recording, and, after the first few, what does not fit at
/// all. A target that was not understood (confidence 0) and has no seeds gets no tracks.
#[must_use]
pub fn suggest(
    index: &Index,
    listener: &ListenerModel,
    target: &Target,
    options: &Options,
) -> Playlist {
    if target.mood.confidence <= 0.0 && target.seeds.is_empty() {
        return Playlist::default();
    }
    let region = target.mood.top();
    let mask = Mask::new(
        index,
        &options.filter,
        listener,
        Some(region),
        &target.seeds,
    );
    if target.way.len() > 1 {
        return travel(index, listener, target, &mask, options);
    }
    let whole = [TargetPart {
        share: 1.0,
        mood: target.mood,
        like: target.seeds.clone(),
    }];
    let parts = if target.parts.is_empty() {
        &whole
    } else {
        target.parts.as_slice()
    };
    let question = Question {
        index,
        listener,
        target,
        parts,
        region,
        mask,
        options,
    };
    question.answer()
}

/// One question, with all that its answer depends on.
struct Question<'a> {
    index: &'a Index,
    listener: &'a ListenerModel,
    target: &'a Target,
    parts: &'a [TargetPart],
    region: Mood,
    mask: Mask,
    options: &'a Options,
}

impl Question<'_> {
    fn answer(&self) -> Playlist {
        let wanted = self.options.max_tracks.min(Options::MOST_TRACKS);
        if wanted == 0 {
            return Playlist::default();
        }
        let open = self.mask.count(self.index);
        let mut depth = (self.likely(wanted) * 4).max(LEAST_DEPTH);
        loop {
            let last = depth >= open.min(MOST_DEPTH);
            let parts = self.ranked(depth.min(open.max(1)));
            let first = parts.first().map(|part| part.candidates.clone());
            let picked = pick::pick(self.index, parts, self.options, last);
            if picked.full || last {
                let tracks = picked.tracks;
                let rows: Vec<u32> = tracks.iter().map(|(_, each)| each.row).collect();
                let candidates = first.unwrap_or_default();
                return Playlist {
                    lessons: lesson::lessons(self.index, self.listener, &candidates, &rows),
                    tracks: self.told(order::smooth(self.index, tracks, self.options.per_artist)),
                };
            }
            depth *= DEEPER;
        }
    }

    /// How many tracks the list will hold, when it is limited by length.
    fn likely(&self, wanted: usize) -> usize {
        let by_length = self.options.max_minutes.map(|minutes| {
            let tracks = (minutes.max(0.0) / USUAL_MINUTES).ceil();
            tracks as usize + 1
        });
        by_length.map_or(wanted, |tracks| wanted.min(tracks))
    }

    /// The candidates of every part.
    fn ranked(&self, depth: usize) -> Vec<Part> {
        let asked: Vec<Vec<gather::Asked>> = self
            .parts
            .iter()
            .map(|part| {
                question::asked(
                    self.index,
                    self.listener,
                    self.target.purpose,
                    &part.mood,
                    &part.like,
                    self.region,
                )
            })
            .collect();
        let counts: Vec<usize> = asked.iter().map(Vec::len).collect();
        let asked: Vec<gather::Asked> = asked.into_iter().flatten().collect();
        let seed = self.options.seed;
        let lists = gather::gather(self.index, &self.mask, &asked, depth, seed);
        let (mut asked, mut lists) = (asked.as_slice(), lists.as_slice());
        let mut parts = Vec::new();
        for (part, count) in self.parts.iter().zip(counts) {
            let (own_asked, rest_asked) = asked.split_at(count);
            let (own_lists, rest_lists) = lists.split_at(count);
            (asked, lists) = (rest_asked, rest_lists);
            let mut candidates = fuse(
                self.index,
                self.listener,
                self.region,
                own_asked,
                own_lists,
                depth,
                self.options.mode,
            );
            keep_fitting(&mut candidates);
            parts.push(Part {
                share: part.share,
                candidates,
            });
        }
        parts
    }

    fn told(&self, picked: Vec<(usize, Candidate)>) -> Vec<Suggestion> {
        picked
            .into_iter()
            .map(|(part, candidate)| {
                let part = &self.parts[part];
                let asking = Asking {
                    index: self.index,
                    listener: self.listener,
                    mood: part.mood,
                    seeds: &part.like,
                    hidden_gems: self.options.filter.hidden_gems,
                };
                suggestion(&asking, &candidate)
            })
            .collect()
    }
}

/// Leaves out what does not fit at all, but for the first few.
fn keep_fitting(candidates: &mut Vec<Candidate>) {
    let fits = |candidate: &Candidate| candidate.similarity >= FITTING;
    let fitting = candidates.iter().filter(|each| fits(each)).count();
    let mut spare = AT_LEAST.saturating_sub(fitting);
    candidates.retain(|candidate| {
        let keeps = fits(candidate) || spare > 0;
        spare -= usize::from(keeps && !fits(candidate));
        keeps
    });
}

/// A journey along the target's way.
fn travel(
    index: &Index,
    listener: &ListenerModel,
    target: &Target,
    mask: &Mask,
    options: &Options,
) -> Playlist {
    let stages = journey::walk(index, listener, &target.way, mask, options);
    let of = stages.len();
    let tracks = (1..)
        .zip(stages)
        .map(|(number, stage)| {
            let asking = Asking {
                index,
                listener,
                mood: stage.wanted,
                seeds: &[],
                hidden_gems: options.filter.hidden_gems,
            };
            let mut suggestion = suggestion(&asking, &stage.candidate);
            let facts = &mut suggestion.why.facts;
            facts.insert(0, Fact::Stage { number, of });
            suggestion
        })
        .collect();
    Playlist {
        tracks,
        lessons: Vec::new(),
    }
}

fn suggestion(asking: &Asking<'_>, candidate: &Candidate) -> Suggestion {
    Suggestion {
        track: Arc::clone(asking.index.track(candidate.row)),
        match_score: candidate.similarity,
        mood: asking.index.mood(candidate.row),
        why: why::reason(asking, candidate),
    }
}

/// For every suggestion, what it stood out by among the others: what feedback on it says
/// about the signals. `region` is the strongest mood of what was asked.
#[must_use]
pub fn settings(tracks: &[Suggestion], region: Mood) -> Vec<Setting> {
    let mut mean = [0.0; Signal::COUNT];
    for suggestion in tracks {
        for (mean, share) in mean.iter_mut().zip(suggestion.why.shares) {
            *mean += share / tracks.len() as f32;
        }
    }
    tracks
        .iter()
        .map(|suggestion| {
            let mut stood_out = suggestion.why.shares;
            for (share, mean) in stood_out.iter_mut().zip(mean) {
                *share -= mean;
            }
            Setting { region, stood_out }
        })
        .collect()
}
