//! The audio model in the first look, with a model small enough to be read: it finds bright
//! sound pleasant and loud sound exciting (`tests/fixtures/models/make.py`).

use crate::support::program::{small_ears, write_manifest};
use crate::support::signal::write_wav;
use maeum::analysis::{Analyzer, Control, FEATURES_VERSION, Wanted, whole_version};
use maeum::config::Folders;
use maeum::engine::{self, Command, Event, Options, Snapshot};
use maeum::inference::audio::{AudioModel, audio_version};
use maeum::inference::{Manifest, Runtime};
use maeum::library::{AudioReading, BrowseQuery, StyleTag};
use maeum::mood::MoodVector;
use maeum::store::Store;
use std::f64::consts::TAU;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longest that anything here may take; only reached when something is broken.
const PATIENCE: Duration = Duration::from_mins(1);

const RATE: u32 = 22_050;

/// A chord with ticks, so that the rule hears a sound too.
fn chord(secs: u32, hz: f64, amplitude: f64) -> Vec<i16> {
    (0..secs * RATE)
        .map(|i| {
            let t = f64::from(i) / f64::from(RATE);
            let tone = |times: f64| (TAU * hz * times * t).sin();
            let swell = 0.6 + 0.4 * (TAU * 2.0 * t).sin();
            (amplitude * swell * (tone(1.0) + tone(1.25) + tone(1.5))) as i16
        })
        .collect()
}

fn bright(secs: u32) -> Vec<i16> {
    chord(secs, 4_000.0, 9_000.0)
}

fn dark(secs: u32) -> Vec<i16> {
    chord(secs, 110.0, 600.0)
}

fn read(folder: &Path, name: &str, samples: &[i16]) -> (MoodVector, AudioReading) {
    let path = folder.join(format!("{name}.wav"));
    write_wav(&path, RATE, 1, samples);
    let (analysis, heard) = Analyzer::new(Path::new(small_ears()))
        .analyze(&path, &Control::new())
        .unwrap();
    (analysis.mood, heard.expect("the model is there"))
}

fn cosine(a: &AudioReading, b: &AudioReading) -> f32 {
    let dot = |a: &AudioReading, b: &AudioReading| -> f32 {
        let pairs = a.embedding().iter().zip(b.embedding());
        pairs.map(|(x, y)| f32::from(*x) * f32::from(*y)).sum()
    };
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

#[test]
fn the_model_hears_moods_styles_and_what_sounds_alike() {
    let folder = tempfile::tempdir().unwrap();
    let (rule, bright_one) = read(folder.path(), "bright", &bright(7));
    let (_, dark_one) = read(folder.path(), "dark", &dark(7));
    let (_, again) = read(folder.path(), "bright again", &bright(20));
    assert!(bright_one.mood.valence > dark_one.mood.valence + 0.05);
    assert!(bright_one.mood.arousal > dark_one.mood.arousal + 0.1);
    assert!(bright_one.tag(StyleTag::Vocal) > 0.5);
    assert!(dark_one.tag(StyleTag::Instrumental) > 0.5);
    assert_eq!(bright_one.tag(StyleTag::Piano), 0.0, "it knows no piano");
    assert!(cosine(&bright_one, &again) > 0.99);
    assert!(cosine(&bright_one, &dark_one) < 0.9);
    // Two ears are better than one.
    assert!(bright_one.mood.confidence > rule.confidence);
}

#[test]
fn valence_is_half_the_models_and_half_the_rules() {
    let runtime = Runtime::get().unwrap();
    let manifest = Manifest::read(Path::new(small_ears())).unwrap();
    let model = AudioModel::load(runtime, &manifest).unwrap();
    let rule = MoodVector::from_point(-0.4, -0.9, 0.5);
    let (valence, arousal) = model.join([0.6, 0.3], &rule);
    assert!((valence - 0.1).abs() < 1e-6 && (arousal - 0.3).abs() < 1e-6);
    let named: &str = &audio_version(Path::new(small_ears())).unwrap();
    assert_eq!(&**model.version(), named);
}

#[test]
fn known_features_are_not_computed_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bright.wav");
    write_wav(&path, RATE, 1, &bright(7));
    let mut analyzer = Analyzer::new(Path::new(small_ears()));
    let (analysis, heard) = analyzer.analyze(&path, &Control::new()).unwrap();
    let wanted = Wanted {
        rule: Some(analysis.mood),
        reading: true,
    };
    let look = analyzer.look(&path, 7.0, wanted, &Control::new()).unwrap();
    assert_eq!(look.analysis, None);
    let (again, version) = look.reading.unwrap().unwrap();
    let (heard, close) = (heard.unwrap(), 0.02);
    assert!(again.mood.plane_distance(&heard.mood) < close);
    assert!(cosine(&again, &heard) > 0.999);
    assert_eq!(version, audio_version(Path::new(small_ears())).unwrap());
}

#[test]
fn silence_and_a_jingle_have_their_answer() {
    let folder = tempfile::tempdir().unwrap();
    let (rule, silence) = read(folder.path(), "silence", &vec![0; 3 * RATE as usize]);
    assert_eq!(
        (rule, silence.mood),
        (MoodVector::UNKNOWN, MoodVector::UNKNOWN)
    );
    assert_eq!(silence.embedding(), &[0; 128]);
    // Shorter than one patch.
    let (_, jingle) = read(folder.path(), "jingle", &bright(1));
    let (_, long) = read(folder.path(), "long", &bright(12));
    assert!(cosine(&jingle, &long) > 0.98);
    assert!(jingle.mood.confidence < long.mood.confidence);
}

/// An installation with two tracks and a copy of the small model.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir(home.path("music")).unwrap();
        write_wav(&home.path("music/bright.wav"), RATE, 1, &bright(4));
        write_wav(&home.path("music/dark.wav"), RATE, 1, &dark(4));
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn install_model(&self, version: &str) {
        std::fs::create_dir_all(self.path("models")).unwrap();
        for file in ["audio.onnx", "fusion.json"] {
            let from = Path::new(small_ears()).join(file);
            std::fs::copy(from, self.path("models").join(file)).unwrap();
        }
        write_manifest(small_ears(), &self.path("models"), version);
    }

    /// Scans, and tells how many tracks were analyzed and what the library is then.
    fn scan(&self) -> (usize, Snapshot) {
        let options = Options {
            folders: Folders {
                data: self.path("data"),
                models: self.path("models"),
                demo_music: self.path("demo"),
            },
            demo: false,
            scan_at_start: false,
            keep_queue: false,
        };
        let handle = engine::start(options, Arc::new(|| {})).unwrap();
        let add = Command::AddPaths(vec![self.path("music")]);
        handle.commands.send(add).unwrap();
        let (mut library, mut analyzed) = (None, 0);
        let end = Instant::now() + PATIENCE;
        loop {
            match handle.events.recv_deadline(end).expect("a finished scan") {
                Event::Library(snapshot) => library = Some(snapshot),
                Event::Finished(report) => {
                    analyzed = report.analyzed;
                    // Answered after the library that the report tells of.
                    handle
                        .commands
                        .send(Command::Browse {
                            generation: 1,
                            query: BrowseQuery::default(),
                        })
                        .unwrap();
                }
                Event::Browsed { .. } => break,
                _ => {}
            }
        }
        handle.close();
        (analyzed, library.unwrap())
    }

    /// How many tracks wait for features, and how many for this version of the model.
    fn pending(&self, reading: Option<&str>) -> (usize, usize) {
        let store = Store::open(&self.path("data/library.db"), |_| {}).unwrap();
        let pending = store.handle().pending_analyses(FEATURES_VERSION, reading);
        let pending = pending.unwrap();
        let features = pending.iter().filter(|each| each.rule.is_none());
        (
            features.count(),
            pending.iter().filter(|each| each.reading).count(),
        )
    }
}

fn heard(snapshot: &Snapshot) -> Vec<Option<Arc<AudioReading>>> {
    let tracks = snapshot.library.tracks().iter();
    tracks.map(|track| track.audio.clone()).collect()
}

#[test]
fn a_library_analyzed_by_the_rule_serves_until_the_model_has_heard_it() {
    let home = Home::new();
    let (analyzed, before) = home.scan();
    assert_eq!((analyzed, heard(&before)), (2, vec![None, None]));
    let by_rule: Vec<MoodVector> = before
        .library
        .tracks()
        .iter()
        .map(|track| *track.sound_mood().unwrap())
        .collect();
    home.install_model("small-1");
    assert_eq!(home.pending(Some("small-1+1")), (0, 2));
    let (analyzed, after) = home.scan();
    assert_eq!(analyzed, 2);
    for (track, rule) in after.library.tracks().iter().zip(&by_rule) {
        assert_eq!(track.analysis.as_ref().unwrap().mood, *rule, "kept");
        assert_ne!(
            track.sound_mood().unwrap(),
            rule,
            "but the model is heard now"
        );
    }
    assert_eq!(home.pending(Some("small-1+1")), (0, 0));
    assert_eq!(home.scan().0, 0, "nothing is left to do");
}

#[test]
fn a_new_model_hears_all_tracks_again_and_a_missing_one_changes_nothing() {
    let home = Home::new();
    home.install_model("small-1");
    let (analyzed, first) = home.scan();
    let first = heard(&first);
    assert!(analyzed == 2 && first.iter().all(Option::is_some));
    home.install_model("small-2");
    assert_eq!(home.pending(Some("small-2+1")), (0, 2));
    assert_eq!(home.scan().0, 2);
    assert_eq!(home.pending(Some("small-2+1")), (0, 0));
    assert_eq!(home.pending(None), (0, 0));
    std::fs::remove_dir_all(home.path("models")).unwrap();
    let (analyzed, last) = home.scan();
    assert_eq!(analyzed, 0);
    assert_eq!(heard(&last).len(), 2);
    assert!(heard(&last).iter().all(Option::is_some));
}

#[test]
fn with_a_damaged_model_the_rule_reads_alone_and_the_scan_ends() {
    let home = Home::new();
    home.install_model("small-1");
    std::fs::write(home.path("models/audio.onnx"), "not what it was").unwrap();
    let (analyzed, snapshot) = home.scan();
    assert_eq!((analyzed, heard(&snapshot)), (2, vec![None, None]));
    assert_eq!(
        home.scan().0,
        0,
        "what cannot be read is not counted as done"
    );
}

#[test]
fn the_arc_of_a_whole_track_is_read_by_both() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("turns bright.wav");
    let samples = [dark(20), bright(20)].concat();
    write_wav(&path, RATE, 1, &samples);
    let arc_by = |models: &str| {
        let mut analyzer = Analyzer::new(Path::new(models));
        let whole = analyzer.read_whole(&path, &Control::new(), || false);
        whole.unwrap().arc
    };
    let both = arc_by(small_ears());
    let points: Vec<(f32, f32)> = both.points().map(Option::unwrap).collect();
    assert_eq!(points.len(), 4);
    assert!(
        points[3].0 > points[0].0 && points[3].1 > points[0].1 + 0.1,
        "{points:?}"
    );
    assert_ne!(both, arc_by("/no/models"));
    // Each has a version of its own.
    let versions = [small_ears(), "/no/models"].map(|models| whole_version(Path::new(models)));
    assert_ne!(versions[0], versions[1]);
}
