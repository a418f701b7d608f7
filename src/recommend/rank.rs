//! The signals: several ways a track is near to what is asked, each a ranked list, joined
//! by reciprocal rank fusion.

use super::calibrate::TIMBRE_LEN;
use super::{Calibration, Options, Target};
use crate::library::{Library, Track, fold};
use crate::mood::MoodVector;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The constant of reciprocal rank fusion (Cormack, Clarke & Büttcher 2009): large enough
/// that one list's first places do not outvote agreement between lists.
const FUSION: f32 = 60.0;
/// How far chance may move a closeness, up or down, before ranking: tracks nearer to each
/// other than twice this are "near-equals" that another seed may swap.
const CHANCE: f32 = 0.01;
/// Distance on the valence–arousal plane at which closeness has fallen to 1/e.
const PLANE_REACH: f32 = 0.6;
/// Weight of the timbre list when example tracks are given; the other lists weigh 1.
const TIMBRE_WEIGHT: f32 = 1.5;
/// What sharing an example's genre adds, as a share of a first place in one list.
const GENRE_BONUS: f32 = 0.3;
/// Examples compared by timbre; more than these add time and little else.
const MOST_TIMBRES: usize = 8;

/// A track that may be suggested.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Its position in [`Library::tracks`].
    pub row: u32,
    /// Its mood as matched to the library.
    pub mood: MoodVector,
    /// How near it is by all signals together, 0…1.
    pub similarity: f32,
    /// How near its timbre is to the nearest example, 0…1; 0 without examples.
    pub timbre: f32,
}

/// All tracks that may be suggested, with how near they are by each signal.
pub(super) struct Ranking<'a> {
    moods: &'a [Option<MoodVector>],
    rows: Vec<u32>,
    signals: Vec<Signal>,
    /// Aligned with `rows`; empty without examples.
    same_genre: Vec<bool>,
    chance: Vec<u32>,
}

/// One way a track is near to the target.
struct Signal {
    weight: f32,
    /// 0…1, aligned with the ranking's rows.
    closeness: Vec<f32>,
    is_timbre: bool,
}

impl<'a> Ranking<'a> {
    pub(super) fn new(
        library: &Library,
        calibration: &Calibration,
        moods: &'a [Option<MoodVector>],
        target: &Target,
        options: &Options,
    ) -> Self {
        let mut ranking = Self {
            moods,
            rows: Vec::new(),
            signals: Vec::new(),
            same_genre: Vec::new(),
            chance: Vec::new(),
        };
        if target.mood.confidence <= 0.0 && target.seeds.is_empty() {
            return ranking;
        }
        ranking.rows = eligible(library, moods, target, options);
        ranking.chance = ranking
            .rows
            .iter()
            .map(|row| mix(options.seed, library.tracks()[*row as usize].id.0))
            .collect();
        let near = |closeness: &dyn Fn(&MoodVector) -> f32| {
            let of_row = |row: &u32| moods[*row as usize].map_or(0.0, |mood| closeness(&mood));
            ranking.rows.iter().map(of_row).collect::<Vec<f32>>()
        };
        let wanted = target.mood;
        ranking.signals = vec![
            Signal {
                weight: 1.0,
                closeness: near(&|mood| wanted.mood_cosine(mood)),
                is_timbre: false,
            },
            Signal {
                weight: 1.0,
                closeness: near(&|mood| {
                    (-(wanted.plane_distance(mood) / PLANE_REACH).powi(2)).exp()
                }),
                is_timbre: false,
            },
        ];
        ranking.add_examples(library, calibration, target);
        ranking
    }

    /// The signals that only example tracks give: timbre and genre.
    fn add_examples(&mut self, library: &Library, calibration: &Calibration, target: &Target) {
        let examples: Vec<&Track> = target
            .seeds
            .iter()
            .filter_map(|id| library.get(*id))
            .map(|track| &**track)
            .collect();
        let timbres: Vec<[f32; TIMBRE_LEN]> = examples
            .iter()
            .filter_map(|track| track.analysis.as_deref())
            .take(MOST_TIMBRES)
            .map(|analysis| calibration.timbre(&analysis.features))
            .collect();
        if timbres.is_empty() {
            return;
        }
        let tracks = library.tracks();
        let closeness = |row: &u32| {
            let Some(analysis) = tracks[*row as usize].analysis.as_deref() else {
                return 0.0;
            };
            let own = calibration.timbre(&analysis.features);
            let nearest = timbres
                .iter()
                .map(|timbre| mean_square(timbre, &own))
                .fold(f32::INFINITY, f32::min);
            // Two tracks drawn at random stand at a mean square of 2.
            (-nearest).exp()
        };
        self.signals.push(Signal {
            weight: TIMBRE_WEIGHT,
            closeness: self.rows.iter().map(closeness).collect(),
            is_timbre: true,
        });
        let genres: Vec<String> = examples
            .iter()
            .filter(|track| !track.tags.genre.is_empty())
            .map(|track| fold(&track.tags.genre))
            .collect();
        if !genres.is_empty() {
            let mut known = HashMap::new();
            let same = |row: &u32| {
                let genre = tracks[*row as usize].tags.genre.as_str();
                *known
                    .entry(genre)
                    .or_insert_with(|| genres.contains(&fold(genre)))
            };
            self.same_genre = self.rows.iter().map(same).collect();
        }
    }

    /// How many tracks may be suggested.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// About the best `depth` tracks, best first: those among the first `depth` of any
    /// signal. A place further down counts like place `depth`.
    pub(super) fn best(&self, depth: usize) -> Vec<Candidate> {
        let depth = depth.min(self.rows.len());
        let mut fused = vec![0.0_f32; self.rows.len()];
        let mut listed = Vec::new();
        for (number, signal) in (0u32..).zip(&self.signals) {
            let mut order: Vec<(f32, u32)> = (0u32..)
                .zip(signal.closeness.iter().zip(&self.chance))
                .map(|(place, (closeness, chance))| {
                    let chance = chance.rotate_left(11 * number) as f32 / u32::MAX as f32;
                    (closeness + CHANCE * (2.0 * chance - 1.0), place)
                })
                .collect();
            let nearer = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
            if depth < order.len() {
                order.select_nth_unstable_by(depth, nearer);
                order.truncate(depth);
            }
            order.sort_unstable_by(nearer);
            let floor = 1.0 / (FUSION + depth as f32 + 1.0);
            for (rank, (_, place)) in order.into_iter().enumerate() {
                if fused[place as usize] == 0.0 {
                    listed.push(place);
                }
                fused[place as usize] +=
                    signal.weight * (1.0 / (FUSION + rank as f32 + 1.0) - floor);
            }
        }
        for (score, same) in fused.iter_mut().zip(&self.same_genre) {
            if *same {
                *score += GENRE_BONUS / FUSION;
            }
        }
        listed.sort_unstable_by(|a, b| {
            fused[*b as usize]
                .total_cmp(&fused[*a as usize])
                .then(a.cmp(b))
        });
        listed
            .into_iter()
            .map(|place| self.candidate(place as usize))
            .collect()
    }

    fn candidate(&self, place: usize) -> Candidate {
        let row = self.rows[place];
        let (mut sum, mut weights, mut timbre) = (0.0, 0.0, 0.0);
        for signal in &self.signals {
            let closeness = signal.closeness[place];
            sum += signal.weight * closeness;
            weights += signal.weight;
            if signal.is_timbre {
                timbre = closeness;
            }
        }
        Candidate {
            row,
            mood: self.moods[row as usize].unwrap_or(MoodVector::UNKNOWN),
            similarity: (sum / weights).clamp(0.0, 1.0),
            timbre,
        }
    }
}

/// The rows of all tracks that may be suggested at all.
fn eligible(
    library: &Library,
    moods: &[Option<MoodVector>],
    target: &Target,
    options: &Options,
) -> Vec<u32> {
    let wanted = fold(options.genre.trim());
    // A library has few genres and many tracks: each is folded once.
    let mut genres = HashMap::new();
    (0u32..)
        .zip(library.tracks().iter().zip(moods))
        .filter(|(_, (track, mood))| {
            !track.missing
                && mood.is_some_and(|mood| mood.confidence > 0.0)
                && !target.seeds.contains(&track.id)
                && (wanted.is_empty()
                    || *genres
                        .entry(track.tags.genre.as_str())
                        .or_insert_with_key(|genre| fold(genre).contains(&wanted)))
        })
        .map(|(row, _)| row)
        .collect()
}

fn mean_square(a: &[f32; TIMBRE_LEN], b: &[f32; TIMBRE_LEN]) -> f32 {
    // Ten sums side by side, which the compiler turns into vector instructions.
    let mut sums = [0.0_f32; 10];
    for (a, b) in a.as_chunks::<10>().0.iter().zip(b.as_chunks::<10>().0) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += (a - b) * (a - b);
        }
    }
    sums.iter().sum::<f32>() / TIMBRE_LEN as f32
}

/// A number that depends on both and on nothing else, evenly spread.
fn mix(seed: u64, id: i64) -> u32 {
    let mut hasher = DefaultHasher::new();
    (seed, id).hash(&mut hasher);
    hasher.finish() as u32
}

/// The nearest sequence (least squares) that never rises: rank fusion orders by agreement
/// of the signals, so their mean may rise a little here and there along the list.
pub(super) fn falling(scores: Vec<f32>) -> Vec<f32> {
    // Pool adjacent violators: (mean, how many).
    let mut pools: Vec<(f32, usize)> = Vec::new();
    for score in scores {
        let mut pool = (score, 1);
        while let Some(&(mean, count)) = pools.last()
            && mean < pool.0
        {
            let total = count + pool.1;
            pool = (
                (mean * count as f32 + pool.0 * pool.1 as f32) / total as f32,
                total,
            );
            pools.pop();
        }
        pools.push(pool);
    }
    pools
        .into_iter()
        .flat_map(|(mean, count)| std::iter::repeat_n(mean, count))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_never_rise_and_keep_their_mean() {
        let scores = falling(vec![0.9, 0.7, 0.8, 0.5, 0.6, 0.1]);
        assert!(
            scores.windows(2).all(|pair| pair[0] >= pair[1]),
            "{scores:?}"
        );
        assert!((scores.iter().sum::<f32>() - 3.6).abs() < 1e-5);
        assert_eq!(falling(vec![0.9, 0.4]), [0.9, 0.4]);
        assert!(falling(Vec::new()).is_empty());
    }

    #[test]
    fn chance_depends_on_seed_and_track_alone() {
        assert_eq!(mix(1, 2), mix(1, 2));
        assert_ne!(mix(1, 2), mix(2, 2));
        assert_ne!(mix(1, 2), mix(1, 3));
    }
}
