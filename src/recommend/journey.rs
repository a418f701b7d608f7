//! A walk over the mood plane in even steps, from where the listener is to where they want
//! to be. Music therapy calls the first half of this the iso principle: meet the mood first,
//! then lead it on.

use super::Options;
use super::feedback::ListenerModel;
use super::filter::Mask;
use super::fuse::Candidate;
use super::gather::{Asked, Near, gather};
use super::index::Index;
use super::order::step;
use super::pick::{Limits, Recordings, length_secs};
use super::signal::Signal;
use crate::mood::{Mood, MoodVector};
use std::collections::HashSet;

/// Lists made along the way; a longer journey takes several tracks from each.
const MOST_STOPS: usize = 48;
/// Tracks looked at for every step.
const CHOICE: usize = 32;
/// Where a step finds none, so many times as many are looked at.
const DEEPER: usize = 16;
/// Walks tried to come near to the time that was asked.
const MOST_TRIES: usize = 6;
/// A track farther from its place on the way than this is not part of the way.
const MOST_ASTRAY: f32 = 0.45;
/// A step back of up to so much is none: moods are not known more exactly than this.
const TOLERANCE: f32 = 0.03;
/// What the step in sound and mood from one track to the next counts beside the distance
/// to the way.
const STEP_COST: f32 = 0.12;
/// What the listener's leaning counts.
const LEANING_COST: f32 = 0.05;

/// One place of the way: where, in which direction it goes on, how far along.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stop {
    at: (f32, f32),
    towards: (f32, f32),
    along: f32,
}

/// A chosen track with how far along the way it is, and the mood of its place.
pub(super) struct Stage {
    pub candidate: Candidate,
    pub wanted: MoodVector,
}

/// The tracks along a way, a polyline of (valence, arousal). Fewer than asked when the
/// library has nothing for some of it.
pub(super) fn walk(
    index: &Index,
    listener: &ListenerModel,
    way: &[(f32, f32)],
    mask: &Mask,
    options: &Options,
) -> Vec<Stage> {
    let journey = Journey {
        index,
        listener,
        way,
        per_artist: options.per_artist,
        time: options.max_minutes.map(|minutes| Time {
            asked_secs: minutes.max(0.0) * 60.0,
            usual_secs: usual_secs(index, mask),
        }),
        most: options.max_tracks.min(Options::MOST_TRACKS),
    };
    let count = journey.likely();
    let stops = even_stops(way, count);
    let lists = nearest(index, mask, &stops, 1, options.seed);
    let found = journey.fitting(&lists, count, false);
    if found.is_full {
        return found.stages;
    }
    // As far again for other artists; then the limits on them give way.
    let lists = nearest(index, mask, &stops, DEEPER, options.seed);
    journey.fitting(&lists, count, true).stages
}

/// How long a track is that may come, in the mean; 1 s or more.
fn usual_secs(index: &Index, mask: &Mask) -> f32 {
    let tracks = index.library().tracks();
    let lengths = tracks.iter().enumerate();
    let (sum, count) = lengths
        .filter(|(row, _)| mask.admits(index, *row))
        .fold((0.0, 0.0), |(sum, count), (_, track)| {
            (sum + length_secs(track), count + 1.0)
        });
    (sum / f32::max(count, 1.0)).max(1.0)
}

/// One journey, with all that its tracks depend on.
struct Journey<'a> {
    index: &'a Index,
    listener: &'a ListenerModel,
    way: &'a [(f32, f32)],
    per_artist: usize,
    time: Option<Time>,
    most: usize,
}

/// How long a journey shall last.
struct Time {
    asked_secs: f32,
    /// The mean length of a track.
    usual_secs: f32,
}

/// The tracks of a journey.
#[derive(Default)]
struct Found {
    stages: Vec<Stage>,
    /// Whether every stop has one.
    is_full: bool,
}

impl Journey<'_> {
    /// How many tracks fill what was asked for, as far as can be told beforehand.
    fn likely(&self) -> usize {
        let by_time = self.time.as_ref().map(Time::tracks);
        by_time.map_or(self.most, |tracks| self.most.min(tracks))
    }

    /// Tracks that fill the time, from `count` stops or as many as turn out to be needed.
    fn fitting(&self, lists: &[Vec<u32>], mut count: usize, relax: bool) -> Found {
        let Some(time) = self.time.as_ref().filter(|_| !lists.is_empty()) else {
            return self.along(lists, count, relax);
        };
        let off = |found: &Found| (self.secs(&found.stages) - time.asked_secs).abs();
        let (mut too_few, mut too_many) = (0, self.most + 1);
        let mut best: Option<Found> = None;
        for _ in 0..MOST_TRIES {
            let mut found = self.along(lists, count, relax);
            let secs = self.secs(&found.stages);
            // No track more or less would come nearer.
            let is_near = off(&found) <= time.usual_secs / 2.0;
            self.trim(&mut found.stages, time);
            if best.as_ref().is_none_or(|best| off(&found) < off(best)) {
                best = Some(found);
            }
            if secs < time.asked_secs {
                too_few = count;
            } else {
                too_many = count;
            }
            if is_near || too_few + 1 >= too_many {
                break;
            }
            let needed = count as f32 * time.asked_secs / secs.max(time.usual_secs);
            count = (needed.round() as usize).clamp(too_few + 1, too_many - 1);
        }
        best.unwrap_or_default()
    }

    fn secs(&self, stages: &[Stage]) -> f32 {
        stages.iter().map(|stage| self.length(stage)).sum()
    }

    fn length(&self, stage: &Stage) -> f32 {
        length_secs(self.index.track(stage.candidate.row))
    }

    /// Leaves out tracks while more than half a track is over: the one that brings the sum
    /// nearest to what was asked, an end of the way only when there is nothing between.
    fn trim(&self, stages: &mut Vec<Stage>, time: &Time) {
        loop {
            let lengths: Vec<f32> = stages.iter().map(|stage| self.length(stage)).collect();
            let over = lengths.iter().sum::<f32>() - time.asked_secs;
            let longest = lengths.iter().copied().fold(0.0, f32::max);
            if over <= longest / 2.0 {
                return;
            }
            let inner = if lengths.len() > 2 {
                1..lengths.len() - 1
            } else {
                0..lengths.len()
            };
            let off = |at: &usize| (lengths[*at] - over).abs();
            let Some(at) = inner.min_by(|a, b| off(a).total_cmp(&off(b))) else {
                return;
            };
            stages.remove(at);
        }
    }

    /// The best track for each of `count` stops. `relax` lets an artist exceed the limit
    /// where nobody else is left.
    fn along(&self, lists: &[Vec<u32>], count: usize, relax: bool) -> Found {
        let index = self.index;
        let stops = even_stops(self.way, count);
        let mut limits = Limits::new(self.per_artist);
        let mut recordings = Recordings::default();
        let mut taken = HashSet::new();
        let mut stages: Vec<Stage> = Vec::new();
        let mut reached = f32::NEG_INFINITY;
        for (number, stop) in stops.iter().enumerate() {
            let list = &lists[number * lists.len() / stops.len()];
            let before = stages.last().map(|stage| stage.candidate.row);
            let mut best: Option<Step> = None;
            for row in list.iter().filter(|row| !taken.contains(*row)) {
                let Some((astray, along)) = stop.measure(index, *row) else {
                    continue;
                };
                if along < reached - TOLERANCE {
                    continue;
                }
                let is_over = !limits.allow(index, *row);
                if is_over && !relax {
                    continue;
                }
                let step = Step {
                    is_over,
                    cost: self.cost(before, *row, astray),
                    row: *row,
                    along,
                };
                if best.as_ref().is_none_or(|best| step.is_before(best))
                    && !recordings.knows(index, *row)
                {
                    best = Some(step);
                }
            }
            let Some(step) = best else {
                continue;
            };
            taken.insert(step.row);
            recordings.add(index, step.row);
            limits.add(index, step.row);
            reached = reached.max(step.along);
            stages.push(stage(index, self.listener, step.row, stop.at));
        }
        Found {
            is_full: stages.len() == stops.len(),
            stages,
        }
    }

    fn cost(&self, before: Option<u32>, row: u32, astray: f32) -> f32 {
        let artist = self.index.artist[row as usize] as usize;
        let id = self.index.track(row).id;
        let leaning = self.listener.leaning(id, &self.index.artists[artist], None);
        astray + before.map_or(0.0, |before| STEP_COST * step(self.index, before, row))
            - LEANING_COST * leaning.factor().ln()
    }
}

impl Time {
    /// So many tracks last about so long; 1 or more.
    fn tracks(&self) -> usize {
        (self.asked_secs / self.usual_secs).round().max(1.0) as usize
    }
}

/// A track that may be next.
struct Step {
    /// Whether its artist or album comes too often.
    is_over: bool,
    cost: f32,
    row: u32,
    along: f32,
}

impl Step {
    fn is_before(&self, other: &Self) -> bool {
        let by_limits = self.is_over.cmp(&other.is_over);
        by_limits.then(self.cost.total_cmp(&other.cost)).is_lt()
    }
}

/// Even steps along a polyline, both ends included.
fn even_stops(way: &[(f32, f32)], count: usize) -> Vec<Stop> {
    let length = |a: (f32, f32), b: (f32, f32)| (a.0 - b.0).hypot(a.1 - b.1);
    let legs: Vec<f32> = way.windows(2).map(|leg| length(leg[0], leg[1])).collect();
    let whole: f32 = legs.iter().sum();
    let mut stops = Vec::with_capacity(count);
    for number in 0..count {
        let share = number as f32 / (count.max(2) - 1) as f32;
        let mut left = share * whole;
        let mut leg = 0;
        while leg + 1 < legs.len() && left > legs[leg] {
            left -= legs[leg];
            leg += 1;
        }
        let Some((from, to)) = way.get(leg).zip(way.get(leg + 1)) else {
            break;
        };
        let part = if legs[leg] > 0.0 {
            left / legs[leg]
        } else {
            0.0
        };
        let between = |a: f32, b: f32| a + part.clamp(0.0, 1.0) * (b - a);
        let unit = |a: f32, b: f32| {
            if legs[leg] > 0.0 {
                (b - a) / legs[leg]
            } else {
                0.0
            }
        };
        stops.push(Stop {
            at: (between(from.0, to.0), between(from.1, to.1)),
            towards: (unit(from.0, to.0), unit(from.1, to.1)),
            along: share * whole,
        });
    }
    stops
}

impl Stop {
    /// How far a row is from here, and how far along the way it stands; `None` when it is
    /// too far off.
    fn measure(&self, index: &Index, row: u32) -> Option<(f32, f32)> {
        let row = row as usize;
        let (x, y) = (
            index.valence[row] - self.at.0,
            index.arousal[row] - self.at.1,
        );
        let astray = x.hypot(y);
        let along = self.along + x * self.towards.0 + y * self.towards.1;
        (astray <= MOST_ASTRAY).then_some((astray, along))
    }
}

/// For evenly chosen stops, the rows nearest to them; `deeper` times as many as usual.
fn nearest(index: &Index, mask: &Mask, stops: &[Stop], deeper: usize, seed: u64) -> Vec<Vec<u32>> {
    let count = stops.len().min(MOST_STOPS);
    let asked: Vec<Asked> = (0..count)
        .map(|number| {
            // The middle of the stops that this list serves.
            let first = (number * stops.len()).div_ceil(count);
            let end = ((number + 1) * stops.len()).div_ceil(count);
            let (valence, arousal) = stops[(first + end - 1) / 2].at;
            Asked {
                signal: Signal::Plane,
                weight: 1.0,
                near: Near::Plane(valence, arousal),
            }
        })
        .collect();
    let each = stops.len().div_ceil(count.max(1));
    gather(index, mask, &asked, deeper * (CHOICE + 4 * each), seed)
}

fn stage(index: &Index, listener: &ListenerModel, row: u32, at: (f32, f32)) -> Stage {
    let wanted = MoodVector::from_point(at.0, at.1, 1.0);
    let plane = Asked {
        signal: Signal::Plane,
        weight: 1.0,
        near: Near::Plane(at.0, at.1),
    };
    let closeness = plane.closeness(index, row);
    let mut by_signal = [0.0; Signal::COUNT];
    by_signal[Signal::Plane.index()] = closeness;
    let artist = index.artist[row as usize] as usize;
    let id = index.track(row).id;
    let region: Option<Mood> = Some(wanted.top());
    Stage {
        candidate: Candidate {
            row,
            closeness: by_signal,
            added: by_signal,
            similarity: closeness,
            leaning: listener.leaning(id, &index.artists[artist], region),
            score: closeness,
        },
        wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_are_even_along_a_bent_way() {
        let stops = even_stops(&[(0.0, 0.0), (0.4, 0.0), (0.4, 0.6)], 6);
        let places: Vec<(f32, f32)> = stops.iter().map(|stop| stop.at).collect();
        let wanted = [
            (0.0, 0.0),
            (0.2, 0.0),
            (0.4, 0.0),
            (0.4, 0.2),
            (0.4, 0.4),
            (0.4, 0.6),
        ];
        for (place, wanted) in places.iter().zip(wanted) {
            let off = (place.0 - wanted.0).hypot(place.1 - wanted.1);
            assert!(off < 1e-5, "{places:?}");
        }
        assert_eq!(places.len(), 6);
    }

    #[test]
    fn a_way_without_length_or_with_one_step_stays_where_it_is() {
        assert_eq!(even_stops(&[(0.1, 0.2), (0.1, 0.2)], 3).len(), 3);
        assert_eq!(even_stops(&[(0.1, 0.2), (0.5, 0.2)], 1)[0].at, (0.1, 0.2));
        assert!(even_stops(&[(0.1, 0.2)], 3).is_empty());
        assert!(even_stops(&[(0.0, 0.0), (1.0, 1.0)], 0).is_empty());
    }
}
