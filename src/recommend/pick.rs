//! Walking down the ranking under the listener's limits.

use super::Options;
use super::fuse::Candidate;
use super::index::{Index, flag};
use crate::library::Track;
use std::collections::{HashMap, HashSet};

/// The limits on artists and albums hold in any row of so many tracks.
pub(super) const WINDOW: usize = 10;
/// At most so many tracks of one album in such a row, also of an album by many artists.
const PER_ALBUM: usize = 3;
/// Two files with the same title and artist this close in length are one recording.
pub(super) const SAME_RECORDING_SECS: f32 = 3.0;
/// A list by length is full when less than this is left.
const FULL_SECS: f32 = 60.0;
/// So many tracks in a row too long for what is left also end it, rather than filling the
/// last minute with whatever is short.
const MOST_TOO_LONG: usize = 25;

/// A part of a playlist: its share of the tracks, and who may fill it, best first.
pub(super) struct Part {
    pub share: f32,
    pub candidates: Vec<Candidate>,
}

/// What a walk has found.
pub(super) struct Picked {
    /// The tracks, in order, each with the part it fills.
    pub tracks: Vec<(usize, Candidate)>,
    /// Whether the list is as long as was asked.
    pub full: bool,
}

/// The tracks to suggest: from each part its share, always from the one that lacks most.
/// `relax` lets an artist exceed the limit when nobody else is left.
pub(super) fn pick(index: &Index, parts: Vec<Part>, options: &Options, relax: bool) -> Picked {
    let wanted = options.max_tracks.min(Options::MOST_TRACKS);
    let mut walk = Walk {
        index,
        limits: Limits::new(options.per_artist),
        shares: parts.iter().map(|part| part.share).collect(),
        filled: vec![0; parts.len()],
        waiting: parts
            .into_iter()
            .map(|part| Waiting {
                first: 0,
                candidates: part.candidates.into_iter().map(Some).collect(),
            })
            .collect(),
        taken: HashSet::new(),
        recordings: Recordings::default(),
        clock: Clock::new(options.max_minutes),
        picked: Vec::new(),
    };
    while walk.picked.len() < wanted && !walk.clock.full() {
        if !walk.step(relax) {
            break;
        }
    }
    let full = walk.picked.len() >= wanted || walk.clock.full();
    Picked {
        tracks: walk.picked,
        full,
    }
}

struct Walk<'a> {
    index: &'a Index,
    limits: Limits,
    shares: Vec<f32>,
    filled: Vec<usize>,
    waiting: Vec<Waiting>,
    taken: HashSet<u32>,
    recordings: Recordings,
    clock: Clock,
    picked: Vec<(usize, Candidate)>,
}

struct Waiting {
    /// Everyone before this is gone.
    first: usize,
    candidates: Vec<Option<Candidate>>,
}

impl Waiting {
    fn find(&mut self, may: impl Fn(u32) -> bool) -> Option<usize> {
        while self.candidates.get(self.first).is_some_and(Option::is_none) {
            self.first += 1;
        }
        (self.first..self.candidates.len()).find(|place| {
            self.candidates[*place]
                .as_ref()
                .is_some_and(|candidate| may(candidate.row))
        })
    }
}

impl Walk<'_> {
    /// Looks at one more candidate; `false` when there is none.
    fn step(&mut self, relax: bool) -> bool {
        let next_count = self.picked.len() as f32 + 1.0;
        let mut order: Vec<usize> = (0..self.waiting.len()).collect();
        let lack = |part: &usize| self.shares[*part] * next_count - self.filled[*part] as f32;
        order.sort_by(|a, b| lack(b).total_cmp(&lack(a)));
        let (index, limits) = (self.index, &self.limits);
        let allowed = |row| limits.allow(index, row);
        let place = order
            .iter()
            .find_map(|part| Some((*part, self.waiting[*part].find(allowed)?)));
        let anyone = |waiting: &mut Vec<Waiting>| {
            order
                .iter()
                .find_map(|part| Some((*part, waiting[*part].find(|_| true)?)))
        };
        let place = match place {
            None if relax => anyone(&mut self.waiting),
            found => found,
        };
        let Some((part, place)) = place else {
            return false;
        };
        if let Some(candidate) = self.waiting[part].candidates[place].take() {
            self.consider(part, candidate);
        }
        true
    }

    fn consider(&mut self, part: usize, candidate: Candidate) {
        let track = self.index.track(candidate.row);
        if self.clock.admits(track)
            && !self.taken.contains(&candidate.row)
            && !self.recordings.knows(self.index, candidate.row)
        {
            self.clock.add(track);
            self.recordings.add(self.index, candidate.row);
            self.taken.insert(candidate.row);
            self.limits.add(self.index, candidate.row);
            self.filled[part] += 1;
            self.picked.push((part, candidate));
        }
    }
}

/// Artists and albums of the last tracks, against the limits.
pub(super) struct Limits {
    per_artist: usize,
    /// Artist and album of each track so far; 0 for none.
    so_far: Vec<(u32, u32)>,
}

impl Limits {
    pub(super) fn new(per_artist: usize) -> Self {
        Self {
            per_artist: per_artist.max(1),
            so_far: Vec::new(),
        }
    }

    /// Whether a row may come next.
    pub(super) fn allow(&self, index: &Index, row: u32) -> bool {
        let recent = &self.so_far[self.so_far.len().saturating_sub(WINDOW - 1)..];
        let row = row as usize;
        let (artist, album) = (index.artist[row], index.album[row]);
        let artists = recent.iter().filter(|other| other.0 == artist).count();
        let albums = recent.iter().filter(|other| other.1 == album).count();
        (artist == 0 || artists < self.per_artist) && (album == 0 || albums < PER_ALBUM)
    }

    pub(super) fn add(&mut self, index: &Index, row: u32) {
        let row = row as usize;
        self.so_far.push((index.artist[row], index.album[row]));
    }
}

/// How much music may still come.
struct Clock {
    left_secs: f32,
    too_long: usize,
}

impl Clock {
    fn new(max_minutes: Option<f32>) -> Self {
        let left_secs = max_minutes.map_or(f32::INFINITY, |minutes| minutes.max(0.0) * 60.0);
        Self {
            left_secs,
            too_long: 0,
        }
    }

    fn full(&self) -> bool {
        self.left_secs <= 0.0
            || self.too_long >= MOST_TOO_LONG
            || (self.too_long > 0 && self.left_secs < FULL_SECS)
    }

    /// Half a track over is "about so much"; more is not.
    fn admits(&mut self, track: &Track) -> bool {
        let fits = length_secs(track) / 2.0 <= self.left_secs;
        self.too_long = if fits { 0 } else { self.too_long + 1 };
        fits
    }

    fn add(&mut self, track: &Track) {
        self.left_secs -= length_secs(track);
    }
}

/// A track's length, 0 when it is no number.
pub(super) fn length_secs(track: &Track) -> f32 {
    if track.duration_secs.is_finite() {
        track.duration_secs.max(0.0)
    } else {
        0.0
    }
}

/// Which recordings are in the list already.
#[derive(Default)]
pub(super) struct Recordings {
    /// Lengths of those with a name, and whether each is a marked version.
    by_name: HashMap<u64, Vec<(f32, bool)>>,
    by_sound: HashSet<u64>,
}

impl Recordings {
    /// Whether this is a second copy, or a live or remastered version, of a recording that
    /// was added before.
    pub(super) fn knows(&self, index: &Index, row: u32) -> bool {
        let (sound, name) = (index.audio[row as usize], index.recording[row as usize]);
        if sound != 0 && self.by_sound.contains(&sound) {
            return true;
        }
        let Some(known) = self.by_name.get(&name) else {
            return false;
        };
        let (secs, version) = length_and_version(index, row);
        // Two plain namesakes of different length are two pieces: "Untitled".
        known.iter().any(|(other, other_version)| {
            version || *other_version || (other - secs).abs() <= SAME_RECORDING_SECS
        })
    }

    pub(super) fn add(&mut self, index: &Index, row: u32) {
        let (sound, name) = (index.audio[row as usize], index.recording[row as usize]);
        if name != 0 {
            let own = length_and_version(index, row);
            self.by_name.entry(name).or_default().push(own);
        }
        if sound != 0 {
            self.by_sound.insert(sound);
        }
    }
}

/// A row's length in seconds, and whether it is a marked version.
fn length_and_version(index: &Index, row: u32) -> (f32, bool) {
    let is_version = index.flags[row as usize] & flag::VERSION != 0;
    (length_secs(index.track(row)), is_version)
}
