//! From real files to analyses, alone and through the pool.

use crate::support::fixtures::{PLAYABLE, UNSUPPORTED, path};
use crossbeam_channel::unbounded;
use maeum::analysis::{AnalysisError, Analyzer, Control, Job, Pool, Wanted};
use maeum::library::TrackId;
use maeum::mood::MoodVector;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Longer than any of this can take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// A folder that does not exist: the rule reads alone.
const NO_MODELS: &str = "/no/models";

fn analyzer() -> Analyzer {
    Analyzer::new(Path::new(NO_MODELS))
}

#[test]
fn every_format_has_the_pitch_it_was_made_with() {
    for fixture in PLAYABLE {
        let (analysis, _) = analyzer()
            .analyze(&path(fixture.file), &Control::new())
            .unwrap();
        let chroma = analysis.features.chroma;
        let loudest = (0..12)
            .max_by(|a, b| chroma[*a].total_cmp(&chroma[*b]))
            .unwrap();
        let semitones = 12.0 * (fixture.pitch_hz / 440.0).log2() + 9.0;
        // Pitches between two semitones may be read as either.
        let distance = (semitones - loudest as f64 + 6.0).rem_euclid(12.0) - 6.0;
        assert!(distance.abs() < 1.0, "{}: class {loudest}", fixture.file);
        assert!(analysis.mood.confidence > 0.0, "{}", fixture.file);
    }
}

#[test]
fn what_cannot_be_analyzed_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let silent = folder.path().join("silent.wav");
    fs::write(&silent, wav(&vec![0; 22_050])).unwrap();
    let (analysis, _) = analyzer().analyze(&silent, &Control::new()).unwrap();
    assert_eq!(analysis.mood, MoodVector::UNKNOWN);

    let scrap = folder.path().join("scrap.wav");
    fs::write(&scrap, wav(&[1000; 400])).unwrap();
    let scrap = analyzer().analyze(&scrap, &Control::new());
    let error = scrap.unwrap_err();
    assert!(matches!(error, AnalysisError::TooShort { .. }), "{error}");
    assert!(error.to_string().contains("nothing to analyze"), "{error}");

    let missing = analyzer().analyze(&folder.path().join("gone.flac"), &Control::new());
    assert!(matches!(missing, Err(AnalysisError::Decode(_))));

    let control = Control::new();
    control.cancel();
    let cancelled = analyzer().analyze(&path("flac.flac"), &control);
    assert!(matches!(cancelled, Err(AnalysisError::Cancelled(_))));
}

#[test]
fn the_pool_answers_once_for_every_file_good_or_bad() {
    let folder = tempfile::tempdir().unwrap();
    let garbage = folder.path().join("garbage.mp3");
    fs::write(&garbage, [0x55; 5000]).unwrap();
    let empty = folder.path().join("empty.flac");
    fs::write(&empty, []).unwrap();
    let good = PLAYABLE.iter().map(|fixture| (path(fixture.file), true));
    let bad = UNSUPPORTED
        .iter()
        .map(|(file, _)| path(file))
        .chain([garbage, empty]);
    let files: Vec<(PathBuf, bool)> = good.chain(bad.map(|file| (file, false))).collect();

    let (results, finished) = unbounded();
    let pool = Pool::start(2, Path::new(NO_MODELS), &results);
    let mut answers = HashMap::new();
    let mut waiting = (0..).zip(&files).peekable();
    while answers.len() < files.len() {
        while let Some((id, (path, _))) = waiting.peek() {
            let job = Job {
                id: TrackId(*id),
                path: path.clone(),
                duration_secs: 1.0,
                wanted: Wanted {
                    rule: None,
                    reading: false,
                },
            };
            if pool.submit(job).is_err() {
                break;
            }
            waiting.next();
        }
        let analyzed = finished.recv_timeout(PATIENCE).unwrap();
        let is_new = answers
            .insert(analyzed.job.path.clone(), analyzed.result)
            .is_none();
        assert!(is_new, "{} twice", analyzed.job.path.display());
    }
    for (path, is_good) in &files {
        assert_eq!(answers[path].is_ok(), *is_good, "{:?}", answers[path]);
    }
}

/// A mono WAV file of 22,050 Hz.
fn wav(samples: &[i16]) -> Vec<u8> {
    let data: Vec<u8> = samples.iter().flat_map(|s| s.to_le_bytes()).collect();
    let mut file = b"RIFF".to_vec();
    file.extend((36 + data.len() as u32).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend(22_050u32.to_le_bytes());
    file.extend(44_100u32.to_le_bytes());
    file.extend(b"\x02\0\x10\0data");
    file.extend((data.len() as u32).to_le_bytes());
    file.extend(data);
    file
}
