//! Scanning real folders into a real library.

use crate::support::fixtures::{self, PLAYABLE, UNSUPPORTED};
use crate::support::music::{Collection, bare_mp3, cp949, id3v2, latin1_frame, scan_once, wav};
use maeum::library::{KnownFiles, LyricsKind, ScanEvent, ScanSummary};
use maeum::scan::{ScanControl, ScanRequest, scan};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// `added, changed, moved, unchanged, missing, failed`.
fn counts(summary: &ScanSummary) -> [usize; 6] {
    [
        summary.added,
        summary.changed,
        summary.moved,
        summary.unchanged,
        summary.missing,
        summary.failed,
    ]
}

fn touch(path: &Path, ahead_secs: u64) {
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::now() + Duration::from_secs(ahead_secs))
        .unwrap();
}

#[test]
fn every_format_is_found_and_what_cannot_be_played_is_named() {
    let collection = Collection::new();
    for fixture in PLAYABLE {
        fs::copy(fixtures::path(fixture.file), collection.at(fixture.file)).unwrap();
    }
    for (file, _) in UNSUPPORTED {
        fs::copy(fixtures::path(file), collection.at(file)).unwrap();
    }
    collection.put("notes.pdf", "not ours");
    collection.put("cover.jpg", "not ours");
    let summary = collection.scan();
    assert_eq!(summary.files, PLAYABLE.len() + UNSUPPORTED.len());
    assert_eq!(
        counts(&summary),
        [PLAYABLE.len(), 0, 0, 0, 0, UNSUPPORTED.len()]
    );
    let problems = collection.problems();
    for (file, format) in UNSUPPORTED {
        let problem = problems
            .iter()
            .find(|problem| problem.path.ends_with(file))
            .unwrap();
        assert!(
            problem.unsupported && problem.reason.contains(format),
            "{problem:?}"
        );
    }
    let library = collection.library();
    for fixture in PLAYABLE {
        let track = library.by_path(&collection.at(fixture.file)).unwrap();
        assert_eq!(track.codec, fixture.codec);
        assert!(
            (f64::from(track.duration_secs) - fixture.secs).abs() < 0.15,
            "{}",
            fixture.file
        );
    }
}

#[test]
fn files_are_followed_through_moves_new_tags_and_absence() {
    let mut collection = Collection::new();
    let first = collection.put("a/one.wav", wav(1));
    collection.put("a/two.wav", wav(2));
    assert_eq!(counts(&collection.scan()), [2, 0, 0, 0, 0, 0]);
    let id = collection.library().by_path(&first).unwrap().id;

    assert_eq!(counts(&collection.scan()), [0, 0, 0, 2, 0, 0]);

    fs::create_dir(collection.at("b")).unwrap();
    let moved = collection.at("b/renamed.wav");
    fs::rename(&first, &moved).unwrap();
    assert_eq!(counts(&collection.scan()), [0, 0, 1, 1, 0, 0]);
    assert_eq!(collection.library().by_path(&moved).unwrap().id, id);

    collection.reopen();
    let tagged = crate::support::music::wav_with_info(1, &[(b"INAM", &cp949("새 제목"))]);
    fs::write(&moved, tagged).unwrap();
    touch(&moved, 10);
    assert_eq!(counts(&collection.scan()), [0, 1, 0, 1, 0, 0]);
    let track = Arc::clone(collection.library().by_path(&moved).unwrap());
    assert_eq!((track.id, track.title()), (id, "새 제목"));

    let away = collection.database().with_file_name("away.wav");
    fs::rename(&moved, &away).unwrap();
    assert_eq!(counts(&collection.scan()), [0, 0, 0, 1, 1, 0]);
    assert!(collection.library().get(id).unwrap().missing);

    collection.reopen();
    fs::rename(&away, &moved).unwrap();
    assert_eq!(counts(&collection.scan()), [0, 0, 0, 2, 0, 0]);
    assert!(!collection.library().get(id).unwrap().missing);
}

#[test]
fn an_unplugged_folder_greys_its_tracks_and_forgets_nothing() {
    let collection = Collection::new();
    collection.put("one.wav", wav(1));
    collection.scan();
    let away = collection.music().with_file_name("unplugged");
    fs::rename(collection.music(), &away).unwrap();
    assert_eq!(counts(&collection.scan()), [0, 0, 0, 0, 1, 0]);
    assert!(!collection.store().folders().unwrap()[0].reachable);
    fs::rename(&away, collection.music()).unwrap();
    assert_eq!(counts(&collection.scan()), [0, 0, 0, 1, 0, 0]);
    assert!(collection.store().folders().unwrap()[0].reachable);
}

#[test]
fn lyrics_and_covers_beside_a_file_are_noticed_when_they_come_later() {
    let collection = Collection::new();
    let path = collection.put("song.wav", wav(1));
    collection.scan();
    let track = Arc::clone(collection.library().by_path(&path).unwrap());
    assert_eq!((track.lyrics, track.has_cover), (LyricsKind::None, false));
    collection.put("song.lrc", cp949("[00:00.10]첫 줄\n[00:00.20]둘째 줄"));
    let picture = image::RgbImage::from_pixel(8, 8, image::Rgb([0, 0, 200]));
    picture.save(collection.at("Cover.png")).unwrap();
    assert_eq!(counts(&collection.scan()), [0, 1, 0, 0, 0, 0]);
    let track = Arc::clone(collection.library().by_path(&path).unwrap());
    assert_eq!((track.lyrics, track.has_cover), (LyricsKind::Synced, true));
    let lyrics = collection.store().lyrics(track.id).unwrap().unwrap();
    assert_eq!(lyrics.text(), "첫 줄\n둘째 줄");
    fs::remove_file(collection.at("song.lrc")).unwrap();
    collection.scan();
    assert_eq!(collection.store().lyrics(track.id).unwrap(), None);
}

#[test]
fn thirty_kinds_of_broken_files_are_each_recorded_and_none_is_fatal() {
    let collection = Collection::new();
    let broken = broken_files();
    assert!(broken.len() >= 30, "{}", broken.len());
    for (name, bytes) in &broken {
        collection.put(name, bytes);
    }
    collection.put("good.wav", wav(1));
    let summary = collection.scan();
    let problems = collection.problems();
    for (name, _) in &broken {
        let problem = problems
            .iter()
            .find(|problem| problem.path == collection.at(name));
        let problem = problem.unwrap_or_else(|| panic!("{name} was taken for music"));
        assert!(!problem.reason.is_empty(), "{name}");
        assert!(
            !problem.reason.contains("panic"),
            "{name}: {}",
            problem.reason
        );
    }
    assert_eq!(counts(&summary), [1, 0, 0, 0, 0, broken.len()]);
    // Nothing is tried again until it changes.
    assert_eq!(counts(&collection.scan()), [0, 0, 0, 1, 0, broken.len()]);
    collection.put(&broken[0].0, wav(77));
    assert_eq!(collection.scan().failed, broken.len() - 1);
}

/// Files with the names of music and no music in them.
fn broken_files() -> Vec<(String, Vec<u8>)> {
    let mut random = fastrand::Rng::with_seed(5);
    let mut files = Vec::new();
    for extension in ["mp3", "flac", "ogg", "opus", "m4a", "wav", "aiff", "aac"] {
        files.push((format!("empty.{extension}"), Vec::new()));
        let garbage: Vec<u8> = (0..3000).map(|_| random.u8(..)).collect();
        files.push((format!("garbage.{extension}"), garbage));
        files.push((format!("zeros.{extension}"), vec![0; 5000]));
    }
    for name in [
        "flac.flac",
        "vorbis.ogg",
        "opus.opus",
        "aac.m4a",
        "wav-8khz.wav",
        "aiff.aiff",
    ] {
        let mut head = fs::read(fixtures::path(name)).unwrap();
        head.truncate(30);
        files.push((format!("cut short {name}"), head));
    }
    files.push((
        "text.mp3".into(),
        b"These are words, not music.\n".repeat(50),
    ));
    files.push((
        "page.m4a".into(),
        b"<!DOCTYPE html><html><body>404".repeat(20),
    ));
    files.push((
        "picture.flac".into(),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".repeat(30),
    ));
    files.push((
        "only a tag.mp3".into(),
        id3v2(&[(b"TIT2", latin1_frame(b"No music"))]),
    ));
    files.push((
        "huge tag.mp3".into(),
        b"ID3\x03\0\0\x7F\x7F\x7F\x7Fnothing follows".to_vec(),
    ));
    let mut no_channels = wav(3);
    no_channels[22..24].copy_from_slice(&[0, 0]);
    files.push(("no channels.wav".into(), no_channels));
    let mut no_rate = wav(3);
    no_rate[24..28].copy_from_slice(&[0; 4]);
    files.push(("no rate.wav".into(), no_rate));
    let mut endless_atom = fs::read(fixtures::path("aac.m4a")).unwrap();
    endless_atom.truncate(64);
    endless_atom[..8].copy_from_slice(b"\0\0\0\x01ftyp");
    endless_atom[8..16].copy_from_slice(&[0x7F; 8]);
    files.push(("endless atom.m4a".into(), endless_atom));
    let mut huge_block = b"fLaC\x04\xFF\xFF\xFF".to_vec();
    huge_block.extend([0xFF; 100]);
    files.push(("huge block.flac".into(), huge_block));
    files
}

#[test]
fn lies_about_sizes_in_good_files_do_no_harm() {
    let collection = Collection::new();
    let mut endless = wav(1);
    endless[4..8].copy_from_slice(&[0xFF; 4]);
    endless[40..44].copy_from_slice(&[0xFF; 4]);
    collection.put("endless.wav", endless);
    let padded_tag = [
        b"ID3\x03\0\0\0\0\x7F\x7F".as_slice(),
        &[0; 16383],
        &bare_mp3(),
    ]
    .concat();
    collection.put("padded.mp3", padded_tag);
    collection.put("really a wav.mp3", wav(2));
    collection.put("really an mp3.wma", bare_mp3());
    let summary = collection.scan();
    assert_eq!(summary.files, 4);
    assert_eq!(summary.added + summary.failed, 4);
    let library = collection.library();
    assert!(
        library
            .by_path(&collection.at("really a wav.mp3"))
            .is_some()
    );
    assert!(
        library
            .by_path(&collection.at("really an mp3.wma"))
            .is_some()
    );
}

#[test]
fn folders_that_systems_hide_are_passed_over_and_albums_with_dots_are_not() {
    let collection = Collection::new();
    for name in [
        "@eaDir/x.wav",
        "#recycle/x.wav",
        ".Trash-1000/x.wav",
        "$RECYCLE.BIN/x.wav",
        "lost+found/x.wav",
        "._x.wav",
        ".hidden/x.wav",
    ] {
        collection.put(name, wav(1));
    }
    collection.put("...And Then/one.wav", wav(2));
    collection.put("Demos.txt/UPPER.WAV", wav(3));
    let summary = collection.scan();
    assert_eq!(summary.files, 2);
    assert_eq!(summary.added, 2);
}

#[cfg(unix)]
#[test]
fn links_in_circles_are_walked_once() {
    use std::os::unix::fs::symlink;
    let collection = Collection::new();
    collection.put("album/one.wav", wav(1));
    symlink(collection.music(), collection.at("album/back to the top")).unwrap();
    symlink(".", collection.at("album/self")).unwrap();
    symlink(collection.at("album"), collection.at("same album again")).unwrap();
    symlink("nowhere.wav", collection.at("dangling.wav")).unwrap();
    symlink("ouroboros", collection.at("ouroboros")).unwrap();
    let outside = collection.music().with_file_name("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("two.wav"), wav(2)).unwrap();
    symlink(&outside, collection.at("linked")).unwrap();
    let summary = collection.scan();
    assert_eq!((summary.files, summary.added), (2, 2));
    let mut recorded: Vec<std::path::PathBuf> = collection
        .problems()
        .into_iter()
        .map(|problem| {
            problem
                .path
                .strip_prefix(collection.music())
                .unwrap()
                .to_path_buf()
        })
        .collect();
    recorded.sort();
    assert_eq!(
        recorded,
        [
            "album/back to the top",
            "album/self",
            "dangling.wav",
            "ouroboros"
        ]
        .map(std::path::PathBuf::from)
    );
}

#[cfg(unix)]
#[test]
fn an_unreadable_folder_is_recorded_and_the_rest_is_scanned() {
    use std::os::unix::fs::PermissionsExt;
    let collection = Collection::new();
    collection.put("open/one.wav", wav(1));
    collection.put("shut/two.wav", wav(2));
    let shut = collection.at("shut");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).unwrap();
    let readable_all_the_same = fs::read_dir(&shut).is_ok();
    let summary = collection.scan();
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o755)).unwrap();
    if readable_all_the_same {
        // The superuser reads everything.
        assert_eq!(summary.added, 2);
        return;
    }
    assert_eq!(counts(&summary), [1, 0, 0, 0, 0, 1]);
    assert_eq!(collection.problems()[0].path, shut);
    assert_eq!(counts(&collection.scan()), [1, 0, 0, 1, 0, 0]);
}

#[cfg(target_os = "linux")]
#[test]
fn file_names_that_are_no_text_survive() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let mut collection = Collection::new();
    let path = collection
        .music()
        .join(OsStr::from_bytes(b"\xBB\xE7\xB6\xFB.wav"));
    fs::write(&path, wav(1)).unwrap();
    collection.scan();
    collection.reopen();
    let library = collection.library();
    assert_eq!(library.tracks()[0].path, path);
    assert_eq!(library.tracks()[0].title(), "사랑");
    assert_eq!(counts(&collection.scan()), [0, 0, 0, 1, 0, 0]);
}

#[test]
fn a_cancelled_scan_stops_and_a_held_one_waits() {
    let collection = Collection::new();
    for seed in 0..20 {
        collection.put(&format!("{seed}.wav"), wav(seed));
    }
    let request = ScanRequest {
        folders: vec![collection.music()],
        files: Vec::new(),
    };
    let control = ScanControl::default();
    let mut read = 0;
    let completed = scan(
        &request,
        &KnownFiles::new(),
        &control,
        &mut |_| {},
        &mut |event| {
            if matches!(event, ScanEvent::File(_)) {
                read += 1;
                if read == 5 {
                    control.cancel();
                }
            }
        },
    );
    assert!(!completed);
    assert_eq!(read, 5);

    let control = Arc::new(ScanControl::default());
    control.set_paused(true);
    let (sender, events) = crossbeam_channel::unbounded();
    let held = Arc::clone(&control);
    let thread = std::thread::spawn(move || {
        scan(
            &request,
            &KnownFiles::new(),
            &held,
            &mut |_| {},
            &mut |event| {
                let _ = sender.send(event);
            },
        )
    });
    assert!(
        events.recv_timeout(Duration::from_millis(50)).is_err(),
        "held"
    );
    control.set_paused(false);
    assert!(thread.join().unwrap());
    assert_eq!(events.iter().count(), 21);
}

#[test]
fn single_files_are_scanned_whatever_their_names() {
    let collection = Collection::new();
    let folder = tempfile::tempdir().unwrap();
    let dropped = folder.path().join("no extension");
    fs::write(&dropped, wav(1)).unwrap();
    let request = ScanRequest {
        folders: Vec::new(),
        files: vec![dropped.clone(), folder.path().join("gone.wav")],
    };
    let known = collection.store().known_files().unwrap();
    let completed = scan(
        &request,
        &known,
        &ScanControl::default(),
        &mut |_| {},
        &mut |event| {
            collection.store().apply_scan(event);
        },
    );
    let summary = collection.store().finish_scan(completed).unwrap();
    assert_eq!(counts(&summary), [1, 0, 0, 0, 0, 0]);
    assert_eq!(
        collection.store().single_files().unwrap(),
        std::slice::from_ref(&dropped)
    );
    fs::remove_file(&dropped).unwrap();
    assert_eq!(collection.scan().missing, 1);
}

#[test]
fn a_folder_of_nothing_tells_so() {
    let folder = tempfile::tempdir().unwrap();
    let events = scan_once(folder.path());
    assert!(matches!(&events[..], [ScanEvent::Walked(walk)] if walk.files.is_empty()));
}
