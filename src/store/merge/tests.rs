use super::*;
use crate::library::{Analysis, Features, FileStamp, Heard, Key, KeyMode, Play, Tags};
use crate::mood::MoodVector;
use std::collections::BTreeMap;

mod copies;
mod random;

/// A folder of files that can be scanned without a disk.
#[derive(Default)]
struct Disk {
    files: BTreeMap<&'static str, (u8, &'static str, FileStamp)>,
    clock: i64,
    plugged_in: bool,
}

impl Disk {
    fn new() -> Self {
        Self {
            plugged_in: true,
            ..Self::default()
        }
    }

    /// Writes a file with this audio and title.
    fn put(&mut self, path: &'static str, audio: u8, title: &'static str) {
        self.clock += 1;
        let stamp = FileStamp {
            size_bytes: 1000,
            mtime_unix_ns: self.clock,
            beside: 0,
        };
        self.files.insert(path, (audio, title, stamp));
    }

    /// Renames a file; its time stays.
    fn rename(&mut self, from: &'static str, to: &'static str) {
        let file = self.files.remove(from).expect("a file to rename");
        self.files.insert(to, file);
    }

    fn scan(&self, model: &mut Model) -> ScanSummary {
        let known = model.known_files();
        let files: Vec<_> = self
            .files
            .iter()
            .filter(|_| self.plugged_in)
            .map(|(path, file)| (PathBuf::from(path), *file))
            .collect();
        model.apply(
            ScanEvent::Walked(Walk {
                folders: vec![(PathBuf::from("/music"), self.plugged_in)],
                single_files: model.single_files(),
                files: files
                    .iter()
                    .map(|(path, file)| (path.clone(), file.2))
                    .collect(),
            }),
            self.clock,
        );
        let mut new: Vec<_> = files
            .iter()
            .filter(|(path, file)| known.get(path) != Some(&file.2))
            .collect();
        new.sort_by_key(|(path, _)| !known.contains_key(path));
        for (path, (audio, title, stamp)) in new {
            let event = if *audio == BROKEN {
                ScanEvent::Failed(ScanFailure {
                    path: path.clone(),
                    stamp: Some(*stamp),
                    reason: "broken".to_owned(),
                    unsupported: false,
                })
            } else {
                ScanEvent::File(Box::new(scanned(path, *audio, title, *stamp)))
            };
            model.apply(event, self.clock);
        }
        model.finish_scan(true)
    }
}

/// Audio of a file that cannot be read.
const BROKEN: u8 = 0;

fn scanned(path: &Path, audio: u8, title: &str, stamp: FileStamp) -> ScannedFile {
    ScannedFile {
        path: path.to_path_buf(),
        stamp,
        content: ContentId([audio; 16]),
        duration_secs: 60.0,
        codec: "FLAC".to_owned(),
        tags: Tags {
            title: title.to_owned(),
            ..Tags::default()
        },
        has_cover: false,
        lyrics: None,
        stars: 0,
    }
}

fn analysis() -> Analysis {
    Analysis {
        features: Features {
            loudness_lufs: -14.0,
            rms_db: -18.0,
            rms_spread_db: 4.0,
            tempo_bpm: 90.0,
            onset_rate_hz: 2.0,
            key: Key {
                tonic: 9,
                mode: KeyMode::Minor,
            },
            mode_strength: -0.4,
            centroid_hz: 1500.0,
            bandwidth_hz: 1800.0,
            rolloff_hz: 3000.0,
            flatness: 0.01,
            contrast_db: [20.0; 7],
            flux: 1.0,
            zero_crossing_rate: 0.05,
            mfcc_mean: [0.0; 20],
            mfcc_spread: [1.0; 20],
            chroma: [0.5; 12],
            percussive_share: 0.2,
        },
        mood: MoodVector::from_point(-0.3, -0.2, 0.8),
    }
}

/// A library with one scanned, analyzed track that was heard once.
fn loved_track(disk: &Disk) -> (Model, TrackId) {
    let mut model = Model::default();
    model.add_folder(PathBuf::from("/music"));
    disk.scan(&mut model);
    let id = model.library().tracks()[0].id;
    model.save_analysis(model.row(id).unwrap().content, 1, analysis());
    model.record_play(Heard {
        play: Play {
            track: id,
            at_unix_secs: 500,
            played_secs: 60.0,
            finished: true,
        },
        sitting: None,
    });
    (model, id)
}

fn track(model: &Model, id: TrackId) -> Arc<Track> {
    Arc::clone(&model.row(id).expect("the track").track)
}

fn paths(model: &Model) -> Vec<String> {
    let library = model.library();
    let there = library.tracks().iter().filter(|track| !track.missing);
    there
        .map(|track| track.path.display().to_string())
        .collect()
}

#[test]
fn a_second_scan_finds_nothing_to_do() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    disk.put("/music/b", 2, "B");
    let mut model = Model::default();
    let first = disk.scan(&mut model);
    assert_eq!((first.files, first.added, first.unchanged), (2, 2, 0));
    let second = disk.scan(&mut model);
    assert_eq!((second.added, second.unchanged, second.changed), (0, 2, 0));
}

#[test]
fn a_renamed_file_stays_the_same_track() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    let (mut model, id) = loved_track(&disk);
    disk.rename("/music/a", "/music/deep/er/b");
    let summary = disk.scan(&mut model);
    assert_eq!((summary.moved, summary.added, summary.missing), (1, 0, 0));
    let track = track(&model, id);
    assert_eq!(track.path, Path::new("/music/deep/er/b"));
    assert_eq!(
        (track.play_count, track.last_played_unix_secs),
        (1, Some(500))
    );
    assert!(track.analysis.is_some());
}

#[test]
fn new_tags_keep_the_analysis() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    let (mut model, id) = loved_track(&disk);
    disk.put("/music/a", 1, "A, corrected");
    let summary = disk.scan(&mut model);
    assert_eq!((summary.changed, summary.moved, summary.added), (1, 0, 0));
    let track = track(&model, id);
    assert_eq!(track.tags.title, "A, corrected");
    assert!(track.analysis.is_some());
    assert!(model.pending_analyses(1, None).is_empty());
}

#[test]
fn a_missing_file_is_kept_and_comes_back() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    let (mut model, id) = loved_track(&disk);
    let file = disk.files.remove("/music/a").unwrap();
    assert_eq!(disk.scan(&mut model).missing, 1);
    assert!(track(&model, id).missing);
    assert!(
        model.pending_analyses(2, None).is_empty(),
        "a gone file is not analyzed"
    );
    disk.files.insert("/music/a", file);
    assert_eq!(disk.scan(&mut model).missing, 0);
    assert!(!track(&model, id).missing);
    assert_eq!(track(&model, id).play_count, 1);
}

#[test]
fn an_unplugged_drive_forgets_nothing() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    let (mut model, id) = loved_track(&disk);
    disk.plugged_in = false;
    assert_eq!(disk.scan(&mut model).missing, 1);
    assert!(!model.folders()[0].reachable);
    disk.plugged_in = true;
    let back = disk.scan(&mut model);
    assert_eq!((back.missing, back.unchanged), (0, 1));
    assert!(model.folders()[0].reachable);
    assert!(track(&model, id).analysis.is_some());
}

#[test]
fn a_copy_is_a_second_track_that_shares_the_analysis() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    let (mut model, id) = loved_track(&disk);
    disk.put("/music/copy", 1, "A");
    let summary = disk.scan(&mut model);
    assert_eq!((summary.added, summary.moved), (1, 0));
    assert_eq!(model.library().len(), 2);
    assert_eq!(track(&model, id).path, Path::new("/music/a"));
    assert!(model.pending_analyses(1, None).is_empty());
}

#[test]
fn equal_audio_waits_for_one_analysis() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    disk.put("/music/copy", 1, "A");
    let mut model = Model::default();
    disk.scan(&mut model);
    let pending = model.pending_analyses(1, None);
    assert_eq!(pending.len(), 1);
    model.save_analysis(pending[0].content, 1, analysis());
    assert_eq!(model.library().analyzed_len(), 2);
}

#[test]
fn two_files_that_trade_names_stay_who_they_are() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    let (mut model, a) = loved_track(&disk);
    disk.put("/music/b", 2, "B");
    disk.scan(&mut model);
    let b = model.by_path[Path::new("/music/b")];
    disk.rename("/music/a", "/music/tmp");
    disk.rename("/music/b", "/music/a");
    disk.rename("/music/tmp", "/music/b");
    let summary = disk.scan(&mut model);
    assert_eq!((summary.moved, summary.added, summary.missing), (2, 0, 0));
    assert_eq!(track(&model, a).path, Path::new("/music/b"));
    assert_eq!(track(&model, b).path, Path::new("/music/a"));
    assert_eq!(track(&model, a).play_count, 1);
}

#[test]
fn renumbered_files_stay_who_they_are() {
    let mut disk = Disk::new();
    for (path, audio) in [("/music/1", 1), ("/music/2", 2), ("/music/3", 3)] {
        disk.put(path, audio, "");
    }
    let mut model = Model::default();
    disk.scan(&mut model);
    let before: Vec<TrackId> = ["/music/1", "/music/2", "/music/3"]
        .map(|path| model.by_path[Path::new(path)])
        .to_vec();
    disk.rename("/music/3", "/music/4");
    disk.rename("/music/2", "/music/3");
    disk.rename("/music/1", "/music/2");
    disk.put("/music/1", 9, "new first");
    let summary = disk.scan(&mut model);
    assert_eq!((summary.added, summary.missing), (1, 0));
    for (id, path) in before.iter().zip(["/music/2", "/music/3", "/music/4"]) {
        assert_eq!(track(&model, *id).path, Path::new(path));
    }
}

#[test]
fn other_music_at_a_known_path_is_another_track() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    let (mut model, id) = loved_track(&disk);
    disk.put("/music/a", 2, "Something else");
    let summary = disk.scan(&mut model);
    assert_eq!((summary.added, summary.missing), (1, 1));
    assert!(track(&model, id).missing);
    assert_eq!(paths(&model), ["/music/a"]);
    // The old one turns up elsewhere later.
    disk.put("/music/found", 1, "A");
    assert_eq!(disk.scan(&mut model).moved, 1);
    assert_eq!(track(&model, id).path, Path::new("/music/found"));
    assert_eq!(track(&model, id).play_count, 1);
}

#[test]
fn a_better_encoding_of_the_same_song_keeps_its_history_but_is_analyzed_again() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    let (mut model, id) = loved_track(&disk);
    disk.put("/music/a", 2, "A");
    let summary = disk.scan(&mut model);
    assert_eq!((summary.changed, summary.added, summary.missing), (1, 0, 0));
    assert_eq!(track(&model, id).play_count, 1);
    assert!(track(&model, id).analysis.is_none());
    assert_eq!(model.pending_analyses(1, None).len(), 1);
}

#[test]
fn a_file_still_being_copied_leaves_no_ghost() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "");
    let mut model = Model::default();
    disk.scan(&mut model);
    disk.put("/music/a", 2, "Whole");
    disk.scan(&mut model);
    assert_eq!(model.library().len(), 1);
}

#[test]
fn a_bad_file_is_recorded_until_it_is_mended_or_gone() {
    let mut disk = Disk::new();
    disk.put("/music/bad", BROKEN, "");
    disk.put("/music/worse", BROKEN, "");
    let mut model = Model::default();
    assert_eq!(disk.scan(&mut model).failed, 2);
    let again = disk.scan(&mut model);
    assert_eq!(
        (again.failed, again.files),
        (2, 2),
        "known, not tried again"
    );
    disk.put("/music/bad", 1, "mended");
    disk.files.remove("/music/worse");
    let mended = disk.scan(&mut model);
    assert_eq!((mended.failed, mended.added), (0, 1));
}

#[test]
fn a_track_whose_file_breaks_waits_for_it_to_be_whole() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    let (mut model, id) = loved_track(&disk);
    let whole = disk.files["/music/a"];
    disk.put("/music/a", BROKEN, "");
    let broken = disk.scan(&mut model);
    assert_eq!((broken.failed, broken.missing), (1, 1));
    let still = disk.scan(&mut model);
    assert_eq!((still.failed, still.missing), (1, 1));
    // Put back from a backup, with its old time.
    disk.files.insert("/music/a", whole);
    let restored = disk.scan(&mut model);
    assert_eq!((restored.failed, restored.missing), (0, 0));
    assert_eq!(track(&model, id).play_count, 1);
}

#[test]
fn an_unreadable_folder_is_a_problem_until_it_can_be_read() {
    let mut model = Model::default();
    let walk = || {
        ScanEvent::Walked(Walk {
            folders: vec![(PathBuf::from("/music"), true)],
            ..Walk::default()
        })
    };
    model.apply(walk(), 0);
    model.apply(
        ScanEvent::Failed(ScanFailure {
            path: PathBuf::from("/music/secret"),
            stamp: None,
            reason: "the folder cannot be read".to_owned(),
            unsupported: false,
        }),
        0,
    );
    assert_eq!(model.finish_scan(true).failed, 1);
    model.apply(walk(), 0);
    assert_eq!(model.finish_scan(true).failed, 0);
}

#[test]
fn audio_that_cannot_be_analyzed_is_not_tried_until_it_changes() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    let mut model = Model::default();
    disk.scan(&mut model);
    let pending = model.pending_analyses(1, None).remove(0);
    model.save_analysis_problem(pending.content, 1, "too odd");
    assert!(model.pending_analyses(1, None).is_empty());
    assert_eq!(model.problems()[0].reason, "too odd");
    assert_eq!(
        model.pending_analyses(2, None).len(),
        1,
        "a new version may manage"
    );
    disk.put("/music/a", 1, "A");
    disk.scan(&mut model);
    assert_eq!(model.pending_analyses(1, None).len(), 1);
    assert!(model.problems().is_empty());
}

#[test]
fn an_analysis_of_audio_that_has_changed_meanwhile_is_dropped() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    let mut model = Model::default();
    disk.scan(&mut model);
    let pending = model.pending_analyses(1, None).remove(0);
    disk.put("/music/a", 2, "A");
    disk.scan(&mut model);
    model.save_analysis(pending.content, 1, analysis());
    assert_eq!(model.library().analyzed_len(), 0);
}

#[test]
fn a_removed_folder_comes_back_with_its_history() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    let (mut model, id) = loved_track(&disk);
    model.remove_folder(Path::new("/music"));
    assert!(model.library().is_empty());
    assert!(model.folders().is_empty());
    assert!(model.pending_analyses(2, None).is_empty());
    model.add_folder(PathBuf::from("/music"));
    disk.scan(&mut model);
    assert_eq!(model.library().get(id).unwrap().play_count, 1);
}

#[test]
fn a_folder_removed_during_its_scan_stays_away() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    let (mut model, _) = loved_track(&disk);
    let stamp = disk.files["/music/a"].2;
    let walk = || {
        ScanEvent::Walked(Walk {
            folders: vec![(PathBuf::from("/music"), true)],
            single_files: Vec::new(),
            files: [(PathBuf::from("/music/a"), stamp)].into(),
        })
    };
    let file = || {
        let path = Path::new("/music/late");
        ScanEvent::File(Box::new(scanned(path, 2, "Late", stamp)))
    };
    for removed_first in [true, false] {
        if removed_first {
            model.remove_folder(Path::new("/music"));
            model.apply(walk(), 0);
        } else {
            model.apply(walk(), 0);
            model.remove_folder(Path::new("/music"));
        }
        model.apply(file(), 0);
        model.finish_scan(false);
        assert!(model.library().is_empty());
        model.add_folder(PathBuf::from("/music"));
        disk.scan(&mut model);
        assert_eq!(model.library().len(), 1);
    }
}

#[test]
fn folders_inside_folders_are_kept_once() {
    let mut model = Model::default();
    model.add_folder(PathBuf::from("/music/rock"));
    model.add_folder(PathBuf::from("/music/rock/live"));
    model.add_folder(PathBuf::from("/music"));
    let kept: Vec<&Path> = model
        .folders()
        .iter()
        .map(|folder| folder.path.as_path())
        .collect();
    assert_eq!(kept, [Path::new("/music")]);
}

#[test]
fn dropped_files_are_looked_at_again_and_missed_when_gone() {
    let mut model = Model::default();
    model.add_folder(PathBuf::from("/music"));
    let dropped = PathBuf::from("/desktop/x");
    let stamp = FileStamp::default();
    let walk = |there: bool| {
        ScanEvent::Walked(Walk {
            folders: Vec::new(),
            single_files: vec![dropped.clone()],
            files: there
                .then(|| (dropped.clone(), stamp))
                .into_iter()
                .collect(),
        })
    };
    model.apply(walk(true), 0);
    model.apply(
        ScanEvent::File(Box::new(scanned(&dropped, 1, "X", stamp))),
        0,
    );
    model.finish_scan(true);
    assert_eq!(model.single_files(), std::slice::from_ref(&dropped));
    model.apply(walk(false), 0);
    assert_eq!(model.finish_scan(true).missing, 1);
}

#[test]
fn a_cancelled_scan_loses_no_track() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    let (mut model, id) = loved_track(&disk);
    disk.put("/music/a", 1, "A again");
    model.apply(
        ScanEvent::Walked(Walk {
            folders: vec![(PathBuf::from("/music"), true)],
            single_files: Vec::new(),
            files: [(PathBuf::from("/music/a"), disk.files["/music/a"].2)].into(),
        }),
        0,
    );
    model.finish_scan(false);
    assert!(!track(&model, id).missing);
    assert_eq!(disk.scan(&mut model).changed, 1, "read at the next scan");
}
