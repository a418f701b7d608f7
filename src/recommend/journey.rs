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
    let stops = even_stops(way, wanted(index, options));
    let lists = nearest(index, mask, &stops, options.seed);
    let mut limits = Limits::new(options.per_artist);
    let mut recordings = Recordings::default();
    let mut taken = HashSet::new();
    let mut stages: Vec<Stage> = Vec::new();
    let mut reached = f32::NEG_INFINITY;
    for (number, stop) in stops.iter().enumerate() {
        let list = &lists[number * lists.len() / stops.len()];
        let before = stages.last().map(|stage| stage.candidate.row);
        let mut best: Option<(f32, u32, f32)> = None;
        for row in list.iter().filter(|row| !taken.contains(*row)) {
            let Some((astray, along)) = stop.measure(index, *row) else {
                continue;
            };
            if along < reached - TOLERANCE || !limits.allow(index, *row) {
                continue;
            }
            let artist = index.artist[*row as usize] as usize;
            let id = index.track(*row).id;
            let leaning = listener.leaning(id, &index.artists[artist], None);
            let cost = astray + before.map_or(0.0, |before| STEP_COST * step(index, before, *row))
                - LEANING_COST * leaning.factor().ln();
            if best.is_none_or(|(least, ..)| cost < least) {
                best = Some((cost, *row, along));
            }
        }
        let Some((_, row, along)) = best else {
            continue;
        };
        taken.insert(row);
        if recordings.is_new(index, row) {
            limits.add(index, row);
            reached = reached.max(along);
            stages.push(stage(index, listener, row, stop.at));
        }
    }
    stages
}

/// How many tracks fill what was asked for.
fn wanted(index: &Index, options: &Options) -> usize {
    let most = options.max_tracks.min(Options::MOST_TRACKS);
    let Some(minutes) = options.max_minutes else {
        return most;
    };
    let library = index.library();
    let secs: f32 = library
        .tracks()
        .iter()
        .map(|track| length_secs(track))
        .sum();
    let usual_secs = (secs / library.len().max(1) as f32).max(1.0);
    most.min((minutes.max(0.0) * 60.0 / usual_secs).round().max(1.0) as usize)
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

/// For evenly chosen stops, the rows nearest to them.
fn nearest(index: &Index, mask: &Mask, stops: &[Stop], seed: u64) -> Vec<Vec<u32>> {
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
    gather(index, mask, &asked, CHOICE + 4 * each, seed)
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
