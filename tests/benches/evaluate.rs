//! How good the playlists are, on simulated listeners: prints recall, nDCG, hit rates and
//! mood distances. `cargo bench --bench evaluate`.
//!
//! **The world.** 120 artists in 12 styles, 4 albums each, 8 tracks an album: 3,840 tracks.
//! A style has a centre in the space of timbres, an artist stands beside it, an album
//! beside the artist, a track beside the album. A track's mood has a part from its artist
//! and a part of its own; loudness, tempo and onsets follow its arousal, the key its
//! valence. What the player gets to see is blurred: moods are read with an error of .2, a
//! fifth of the genres is missing, a tenth is wrong. Every artist also belongs to one of 24
//! scenes that cut across the styles; no tag and no sound tells the scene.
//!
//! **The playlists.** 400 lists of 12 tracks, each by a listener with a theme: a style, a
//! scene, a mood and an era. Tracks are drawn by how well they fit, with noise. One half is
//! heard as sessions and taught; of the other half three tracks are given and the other
//! nine must be found among all others.
//!
//! **Feedback.** 30 listeners, each with liked and disliked artists and one style they
//! prefer, ask for the same four moods over and over. They give a thumb up to what they
//! like, a thumb down to what they dislike, skip half of the rest. A hit is a track they
//! would like; lists with the reactions so far are held against lists without.
//!
//! All of it is made up: it shows that the parts work together and that learning learns,
//! not how a living listener will judge.
#![allow(missing_docs, clippy::print_stdout)]

use fastrand::Rng;
use maeum::library::{Analysis, Features, Key, KeyMode, Library, Play, Tags, Track, TrackId};
use maeum::mood::{Mood, MoodVector};
use maeum::recommend::{
    Feedback, Index, Learned, ListenerModel, Mode, Options, Reaction, Signal, Suggestion, Target,
    settings, suggest,
};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

const STYLES: usize = 12;
const SCENES: usize = 24;
const ARTISTS: usize = 120;
const ALBUMS: usize = 4;
const TRACKS: usize = 8;
const LISTS: usize = 400;
const LIST_LEN: usize = 12;
const GIVEN: usize = 3;
const LISTENERS: usize = 30;
const ROUNDS: usize = 8;
const TOP: usize = 10;
/// The signals of this world: nobody sings.
const KNOWN: [Signal; 6] = [
    Signal::Mood,
    Signal::Plane,
    Signal::Sound,
    Signal::Style,
    Signal::Listening,
    Signal::Taste,
];

/// What is true of a track, of which the player sees a part.
struct Truth {
    style: usize,
    scene: usize,
    artist: usize,
    valence: f32,
    arousal: f32,
    year: i32,
}

struct World {
    truths: Vec<Truth>,
    library: Arc<Library>,
}

fn main() {
    let mut rng = Rng::with_seed(6);
    let world = World::new(&mut rng);
    continuing_playlists(&world, &mut rng);
    learning_from_feedback(&world, &mut rng);
}

/// About normally distributed, mean 0, deviation 1.
fn normal(rng: &mut Rng) -> f32 {
    (0..6).map(|_| rng.f32()).sum::<f32>() * 1.414 - 4.243
}

impl World {
    fn new(rng: &mut Rng) -> Self {
        let centre = |rng: &mut Rng, from: &[f32; 20], width: f32| -> [f32; 20] {
            from.map(|number| number + width * normal(rng))
        };
        let styles: Vec<[f32; 20]> = (0..STYLES).map(|_| centre(rng, &[0.0; 20], 1.0)).collect();
        let (mut truths, mut tracks) = (Vec::new(), Vec::new());
        for artist in 0..ARTISTS {
            let (style, scene) = (rng.usize(0..STYLES), rng.usize(0..SCENES));
            let sound = centre(rng, &styles[style], 0.6);
            let (valence, arousal) = (0.3 * normal(rng), 0.3 * normal(rng));
            let first_year = rng.i32(1965..2015);
            for album in 0..ALBUMS {
                let sound = centre(rng, &sound, 0.3);
                for number in 0..TRACKS {
                    let truth = Truth {
                        style,
                        scene,
                        artist,
                        valence: (valence + 0.4 * normal(rng)).clamp(-1.0, 1.0),
                        arousal: (arousal + 0.4 * normal(rng)).clamp(-1.0, 1.0),
                        year: first_year + 3 * album as i32,
                    };
                    let sound = centre(rng, &sound, 0.5);
                    let id = tracks.len() as i64;
                    tracks.push(Arc::new(track(rng, &truth, &sound, id, album, number)));
                    truths.push(truth);
                }
            }
        }
        Self {
            truths,
            library: Arc::new(Library::new(tracks)),
        }
    }

    fn truth(&self, id: TrackId) -> &Truth {
        &self.truths[id.0 as usize]
    }
}

fn track(
    rng: &mut Rng,
    truth: &Truth,
    sound: &[f32; 20],
    id: i64,
    album: usize,
    number: usize,
) -> Track {
    let seen = |rng: &mut Rng, value: f32| (value + 0.2 * normal(rng)).clamp(-1.0, 1.0);
    let (valence, arousal) = (seen(rng, truth.valence), seen(rng, truth.arousal));
    let genre = match rng.u8(0..10) {
        0 | 1 => String::new(),
        2 => format!("Style {}", rng.usize(0..STYLES)),
        _ => format!("Style {}", truth.style),
    };
    let features = Features {
        loudness_lufs: -14.0 + 6.0 * truth.arousal + normal(rng),
        rms_db: -18.0,
        rms_spread_db: 4.0,
        tempo_bpm: 110.0 + 40.0 * truth.arousal + 8.0 * normal(rng),
        onset_rate_hz: (3.0 + 2.0 * truth.arousal + 0.4 * normal(rng)).max(0.1),
        key: Key {
            tonic: rng.u8(0..12),
            mode: if truth.valence > 0.0 {
                KeyMode::Major
            } else {
                KeyMode::Minor
            },
        },
        mode_strength: truth.valence + 0.3 * normal(rng),
        centroid_hz: (1_800.0 + 700.0 * truth.arousal + 150.0 * normal(rng)).max(200.0),
        bandwidth_hz: 1_500.0,
        rolloff_hz: 4_000.0,
        flatness: 0.1,
        contrast_db: std::array::from_fn(|band| 20.0 + 4.0 * sound[band] + normal(rng)),
        flux: 1.0,
        zero_crossing_rate: 0.05,
        mfcc_mean: std::array::from_fn(|at| 20.0 * sound[at] + 4.0 * normal(rng)),
        mfcc_spread: std::array::from_fn(|at| 8.0 + sound[(at * 7) % 20] + 0.5 * normal(rng)),
        chroma: std::array::from_fn(|_| rng.f32()),
        percussive_share: rng.f32(),
    };
    let artist = truth.artist;
    Track {
        id: TrackId(id),
        path: PathBuf::from(format!("/music/{artist}/{album}/{number}.flac")),
        tags: Tags {
            title: format!("Piece {id}"),
            artist: format!("Artist {artist}"),
            album: format!("Album {artist}-{album}"),
            genre,
            year: Some(truth.year),
            ..Tags::default()
        },
        duration_secs: 150.0 + 150.0 * rng.f32(),
        codec: "FLAC".to_owned(),
        analysis: Some(Arc::new(Analysis {
            features,
            mood: MoodVector::from_point(valence, arousal, 0.5),
        })),
        ..Track::default()
    }
}

/// A list by a listener with a theme, in random order.
fn playlist(world: &World, rng: &mut Rng) -> Vec<TrackId> {
    let theme = &world.truths[rng.usize(0..world.truths.len())];
    let mut scored: Vec<(f32, usize)> = world
        .truths
        .iter()
        .enumerate()
        .map(|(id, truth)| {
            let apart = (truth.valence - theme.valence).hypot(truth.arousal - theme.arousal);
            let years = (truth.year - theme.year).abs() as f32;
            let mut fit = -3.0 * apart - years / 15.0;
            fit += if truth.style == theme.style { 1.5 } else { 0.0 };
            fit += if truth.scene == theme.scene { 2.0 } else { 0.0 };
            // Gumbel noise: a draw by how well each fits.
            (fit - (-(rng.f32() + 1e-9).ln()).ln() * 0.5, id)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut list: Vec<TrackId> = scored[..LIST_LEN]
        .iter()
        .map(|(_, id)| TrackId(*id as i64))
        .collect();
    rng.shuffle(&mut list);
    list
}

/// Recall and nDCG at [`TOP`], summed over questions.
#[derive(Default, Clone, Copy)]
struct Score {
    recall: f32,
    ndcg: f32,
    asked: f32,
}

impl Score {
    fn add(&mut self, found: &[TrackId], wanted: &HashSet<TrackId>) {
        let gain = |place: usize| 1.0 / (place as f32 + 2.0).log2();
        let hits: Vec<usize> = (0..found.len().min(TOP))
            .filter(|place| wanted.contains(&found[*place]))
            .collect();
        let best: f32 = (0..wanted.len().min(TOP)).map(gain).sum();
        self.recall += hits.len() as f32 / wanted.len() as f32;
        self.ndcg += hits.into_iter().map(gain).sum::<f32>() / best;
        self.asked += 1.0;
    }

    fn print(self, name: &str) {
        println!(
            "{name:<28} recall@{TOP} {:.4}   nDCG@{TOP} {:.4}",
            self.recall / self.asked,
            self.ndcg / self.asked
        );
    }
}

fn ids(list: &[Suggestion]) -> Vec<TrackId> {
    list.iter().map(|each| each.track.id).collect()
}

/// The tracks of a list by how near they are by one signal alone, nearest first.
fn by_signal(list: &[Suggestion], signal: Signal) -> Vec<TrackId> {
    let mut sorted: Vec<&Suggestion> = list.iter().collect();
    let near = |each: &Suggestion| each.why.closeness[signal.index()];
    sorted.sort_by(|a, b| near(b).total_cmp(&near(a)));
    sorted.into_iter().map(|each| each.track.id).collect()
}

fn continuing_playlists(world: &World, rng: &mut Rng) {
    let lists: Vec<Vec<TrackId>> = (0..LISTS).map(|_| playlist(world, rng)).collect();
    let (taught, held_out) = lists.split_at(LISTS / 2);
    let mut plays = Vec::new();
    for (session, list) in (0_i64..).zip(taught) {
        for (place, track) in (0_i64..).zip(list) {
            plays.push(Play {
                track: *track,
                at_unix_secs: session * 100_000 + place * 200,
                played_secs: 200.0,
                finished: true,
            });
        }
    }
    let mut index = Index::of(&world.library);
    let learned = Learned::from_listening(&index.material(), &plays, &[], 1, &|| false);
    index.learn(Arc::new(learned.expect("sessions")));
    let listener = ListenerModel::default();
    let options = |mode, max_tracks| Options {
        max_tracks,
        per_artist: TOP,
        mode,
        ..Options::default()
    };
    let (mut fused, mut each, mut random) = (Score::default(), Score::default(), Score::default());
    let mut single: HashMap<Signal, Score> = HashMap::new();
    let (mut inside, mut inside_random, mut lists_measured) = (0.0, 0.0, 0.0);
    for list in held_out {
        let (given, rest) = list.split_at(GIVEN);
        let wanted: HashSet<TrackId> = rest.iter().copied().collect();
        let target = Target::from_tracks(index.library(), index.moods(), given).expect("analyzed");
        let found = suggest(&index, &listener, &target, &options(Mode::ScoreTotal, TOP));
        fused.add(&ids(&found.tracks), &wanted);
        inside += mood_spread(&index, &ids(&found.tracks));
        let top = suggest(&index, &listener, &target, &options(Mode::EachTop, TOP));
        each.add(&ids(&top.tracks), &wanted);
        // Nearly every track, so that a signal alone can order them.
        let all = Options {
            per_artist: usize::MAX,
            ..options(Mode::ScoreTotal, Options::MOST_TRACKS)
        };
        let all = suggest(&index, &listener, &target, &all).tracks;
        for signal in KNOWN {
            let order = by_signal(&all, signal);
            single.entry(signal).or_default().add(&order, &wanted);
        }
        let mut any: Vec<TrackId> = (0..world.truths.len() as i64).map(TrackId).collect();
        rng.shuffle(&mut any);
        any.retain(|id| !given.contains(id));
        any.truncate(TOP);
        random.add(&any, &wanted);
        inside_random += mood_spread(&index, &any);
        lists_measured += 1.0;
    }
    println!("\nContinuing {} held-out playlists", held_out.len());
    fused.print("fusion (score total)");
    each.print("each signal's top");
    for signal in KNOWN {
        single[&signal].print(&format!("  {} alone", signal.key()));
    }
    random.print("random");
    println!(
        "mean mood distance inside a list: {:.3}, inside a random one: {:.3}",
        inside / lists_measured,
        inside_random / lists_measured
    );
    let mut spread = 0.0;
    for mood in Mood::ALL {
        let target = Target::from_mood(mood);
        let found = suggest(&index, &listener, &target, &options(Mode::ScoreTotal, 30));
        spread += mood_spread(&index, &ids(&found.tracks)) / Mood::COUNT as f32;
    }
    println!("the same inside playlists for a feeling: {spread:.3}");
}

/// Mean distance on the plane between any two tracks, as matched to the library.
fn mood_spread(index: &Index, list: &[TrackId]) -> f32 {
    let moods: Vec<MoodVector> = list
        .iter()
        .filter_map(|id| index.moods()[index.library().position(*id)?])
        .collect();
    let (mut sum, mut pairs) = (0.0, 0.0_f32);
    for (place, a) in moods.iter().enumerate() {
        for b in &moods[place + 1..] {
            sum += a.plane_distance(b);
            pairs += 1.0;
        }
    }
    sum / pairs.max(1.0)
}

/// What one listener likes; the player does not know it.
struct Taste {
    liked: HashSet<usize>,
    disliked: HashSet<usize>,
    style: usize,
}

impl Taste {
    fn new(rng: &mut Rng) -> Self {
        let mut artists: Vec<usize> = (0..ARTISTS).collect();
        rng.shuffle(&mut artists);
        Self {
            liked: artists[..15].iter().copied().collect(),
            disliked: artists[15..45].iter().copied().collect(),
            style: rng.usize(0..STYLES),
        }
    }

    fn likes(&self, truth: &Truth) -> bool {
        !self.disliked.contains(&truth.artist)
            && (self.liked.contains(&truth.artist) || truth.style == self.style)
    }
}

fn learning_from_feedback(world: &World, rng: &mut Rng) {
    const MOODS: [Mood; 4] = [Mood::Happy, Mood::Peaceful, Mood::Sad, Mood::Angry];
    let mut index = Index::of(&world.library);
    if let Some(learned) = Learned::from_listening(&index.material(), &[], &[], 1, &|| false) {
        index.learn(Arc::new(learned));
    }
    let mut rounds = [[Score::default(); 2]; ROUNDS];
    let (mut popular, mut random) = (Score::default(), Score::default());
    // Popular are the artists that most of these listeners like.
    let tastes: Vec<Taste> = (0..LISTENERS).map(|_| Taste::new(rng)).collect();
    let mut by_popularity: Vec<TrackId> = (0..world.truths.len() as i64).map(TrackId).collect();
    rng.shuffle(&mut by_popularity);
    let fans = |id: &TrackId| {
        let truth = world.truth(*id);
        tastes.iter().filter(|taste| taste.likes(truth)).count()
    };
    by_popularity.sort_by_key(|id| std::cmp::Reverse(fans(id)));
    for taste in &tastes {
        let mut listener = ListenerModel::default();
        for (round, scores) in rounds.iter_mut().enumerate() {
            let mood = MOODS[round % MOODS.len()];
            let target = Target::from_mood(mood);
            let options = Options {
                max_tracks: TOP,
                seed: round as u64,
                ..Options::default()
            };
            let fits = |id: TrackId| {
                let row = index.library().position(id);
                let own = row.and_then(|row| index.moods()[row]);
                own.is_some_and(|own| own.top() == mood) && taste.likes(world.truth(id))
            };
            let wanted: HashSet<TrackId> = (0..world.truths.len() as i64)
                .map(TrackId)
                .filter(|id| fits(*id))
                .collect();
            let with = suggest(&index, &listener, &target, &options);
            let without = suggest(&index, &ListenerModel::default(), &target, &options);
            for (score, list) in scores.iter_mut().zip([&with, &without]) {
                hit(score, &ids(&list.tracks), &wanted);
            }
            let fitting: Vec<TrackId> = by_popularity
                .iter()
                .copied()
                .filter(|id| {
                    let row = index.library().position(*id);
                    row.and_then(|row| index.moods()[row])
                        .is_some_and(|own| own.top() == mood)
                })
                .take(TOP)
                .collect();
            hit(&mut popular, &fitting, &wanted);
            let any: Vec<TrackId> = (0..TOP)
                .map(|_| TrackId(rng.i64(0..world.truths.len() as i64)))
                .collect();
            hit(&mut random, &any, &wanted);
            react(world, taste, &with.tracks, mood, &mut listener, rng);
        }
    }
    println!("\nFeedback: hit rate and nDCG of {LISTENERS} listeners, round by round");
    for (round, [with, without]) in (1..).zip(rounds) {
        println!(
            "round {round}: with {:.3} / {:.3}   without {:.3} / {:.3}",
            with.recall / with.asked,
            with.ndcg / with.asked,
            without.recall / without.asked,
            without.ndcg / without.asked
        );
    }
    for (name, score) in [("popularity in the mood", popular), ("random", random)] {
        println!(
            "{name}: {:.3} / {:.3}",
            score.recall / score.asked,
            score.ndcg / score.asked
        );
    }
}

/// The share of a list that is wanted, and its nDCG.
fn hit(score: &mut Score, found: &[TrackId], wanted: &HashSet<TrackId>) {
    let before = score.recall;
    score.add(found, wanted);
    let hits = found.iter().take(TOP).filter(|id| wanted.contains(id));
    score.recall = before + hits.count() as f32 / TOP as f32;
}

fn react(
    world: &World,
    taste: &Taste,
    list: &[Suggestion],
    mood: Mood,
    listener: &mut ListenerModel,
    rng: &mut Rng,
) {
    for (suggestion, setting) in list.iter().zip(settings(list, mood)) {
        let truth = world.truth(suggestion.track.id);
        let reaction = if taste.likes(truth) {
            Reaction::ThumbUp
        } else if taste.disliked.contains(&truth.artist) {
            Reaction::ThumbDown
        } else if rng.bool() {
            Reaction::Skipped
        } else {
            Reaction::Finished
        };
        let feedback = Feedback {
            track: suggestion.track.id,
            reaction,
            at_unix_secs: 0,
            setting: Some(setting),
        };
        let artist = suggestion.track.artist().to_lowercase();
        listener.learn(&feedback, &artist, mood);
    }
}
