//! Files of every kind with bytes changed, lost, doubled and exchanged: whatever comes out is
//! read or has a reason, what is heard are numbers, and nothing is lost when tags are written.
//!
//! `MAEUM_MUTANTS=5000 cargo test --test it mutated` tries longer, `MAEUM_SEED=7` others.

use crate::support::fixtures::{self, PLAYABLE};
use crate::support::music::{Collection, cp949, id3v2, latin1_frame};
use fastrand::Rng;
use maeum::decode::AudioStream;
use maeum::library::{CoverSize, TagEdit};
use maeum::scan::{edit_tags, load_cover, read_file, read_playlist};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Nothing of a few dozen kilobytes may claim to be longer: ten hours of stereo.
const MOST_SAMPLES: usize = 36_000 * 44_100 * 2;

fn number(variable: &str, usual: u64) -> u64 {
    let value = env::var(variable).ok();
    value.and_then(|value| value.parse().ok()).unwrap_or(usual)
}

fn chance() -> Rng {
    Rng::with_seed(number("MAEUM_SEED", 1))
}

/// How many mutants of each file are tried.
fn mutants(usual: u64) -> u64 {
    number("MAEUM_MUTANTS", usual)
}

/// A place in the bytes, half of the time near the start, where headers are.
fn place(chance: &mut Rng, bytes: &[u8]) -> usize {
    let near = if chance.bool() { 256 } else { usize::MAX };
    chance.usize(..bytes.len().min(near).max(1))
}

/// Changes the bytes in one to eight ways; `other` is what parts may come from.
fn mutate(chance: &mut Rng, bytes: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..chance.usize(1..=8) {
        let at = place(chance, &bytes);
        let length = chance.usize(1..=64).min(bytes.len() - at.min(bytes.len()));
        match chance.u8(..8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << chance.u8(..8),
            1 => bytes[at..at + length].fill(*chance.choice(&[0, 0x7F, 0x80, 0xFF]).unwrap()),
            2 => bytes[at..at + length].fill_with(|| chance.u8(..)),
            3 => drop(bytes.drain(at..at + length)),
            4 => {
                let again = bytes[at..at + length].to_vec();
                bytes.splice(at..at, again);
            }
            // A length, a count or an offset that is as large as it can be, or just wrong.
            5 if at + 4 <= bytes.len() => {
                let wrong = [u32::MAX, i32::MAX as u32, 1 << 31, bytes.len() as u32, 0, 1];
                let wrong = *chance.choice(&wrong).unwrap();
                let order = [wrong.to_be_bytes(), wrong.to_le_bytes()];
                bytes[at..at + 4].copy_from_slice(chance.choice(&order).unwrap());
            }
            6 => bytes.truncate(at.max(1)),
            _ if !other.is_empty() => {
                let from = place(chance, other);
                let part = &other[from..other.len().min(from + 16 * length + 1)];
                bytes.splice(at..at, part.iter().copied());
            }
            _ => {}
        }
    }
    bytes
}

/// Mutants of every file that plays: name and bytes.
fn each_mutant(of_each: u64, mut look: impl FnMut(&Path, &[u8], &mut Rng)) {
    let folder = tempfile::tempdir().unwrap();
    let whole: Vec<(PathBuf, Vec<u8>)> = PLAYABLE
        .iter()
        .map(|fixture| {
            let bytes = fs::read(fixtures::path(fixture.file)).unwrap();
            (folder.path().join(fixture.file), bytes)
        })
        .collect();
    let mut chance = chance();
    for (path, bytes) in &whole {
        for _ in 0..of_each {
            let (_, other) = chance.choice(&whole).unwrap().clone();
            let mutant = mutate(&mut chance, bytes, &other);
            fs::write(path, &mutant).unwrap();
            look(path, &mutant, &mut chance);
        }
        fs::remove_file(path).unwrap();
    }
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 0, "files were left behind");
}

/// Keeps a file that broke something, to look into.
fn keep(path: &Path, bytes: &[u8]) -> PathBuf {
    let kept = env::temp_dir().join(format!(
        "maeum-mutant-{}",
        path.file_name().unwrap().display()
    ));
    fs::write(&kept, bytes).unwrap();
    kept
}

#[test]
fn what_is_heard_of_a_damaged_file_are_numbers_and_it_ends() {
    each_mutant(mutants(12), |path, bytes, chance| {
        let Ok(mut stream) = AudioStream::open(path) else {
            return;
        };
        let told = stream.duration_secs().unwrap_or(2.0);
        assert!(
            told.is_finite() && told >= 0.0,
            "{}",
            keep(path, bytes).display()
        );
        let mut heard = 0;
        let mut seeks = 2;
        while let Ok(Some(block)) = stream.next_block() {
            heard += block.samples.len();
            let sound = block
                .samples
                .iter()
                .all(|x| x.is_finite() && x.abs() <= 16.0);
            let even = block.samples.len() % block.channels == 0 && block.sample_rate_hz > 0;
            assert!(
                sound && even && heard < MOST_SAMPLES,
                "{}",
                keep(path, bytes).display()
            );
            if seeks > 0 && chance.u8(..8) == 0 {
                seeks -= 1;
                let _ = stream.seek(told * chance.f64() * 1.2);
            }
        }
    });
}

#[test]
fn tags_of_a_damaged_file_are_read_or_refused_and_writing_them_loses_nothing() {
    let edit = TagEdit {
        title: Some("새 제목".to_owned()),
        year: Some(Some(2019)),
        ..TagEdit::default()
    };
    let mut written = 0;
    each_mutant(mutants(6), |path, bytes, _| {
        let before = read_file(path);
        let _ = load_cover(path, CoverSize::Thumbnail);
        if edit_tags(path, &edit).is_ok() {
            let (before, after) = (before.unwrap(), read_file(path).unwrap());
            let same = before.content == after.content;
            assert!(same, "another recording: {}", keep(path, bytes).display());
            assert_eq!(after.tags.title, "새 제목");
            written += 1;
        } else {
            let untouched = fs::read(path).unwrap() == bytes;
            assert!(
                untouched,
                "changed though refused: {}",
                keep(path, bytes).display()
            );
        }
    });
    assert!(written > 0, "no mutant could be written at all");
}

#[test]
fn damaged_id3_tags_in_every_old_encoding_are_read_or_refused() {
    let mut chance = chance();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.mp3");
    let audio = fs::read(fixtures::path("mp3-noxing.mp3")).unwrap();
    let tag = id3v2(&[
        (b"TIT2", latin1_frame(&cp949("바다의 노래"))),
        (b"TPE1", latin1_frame(b"Someone")),
        (
            b"SYLT",
            [
                &b"\x03eng\x02\x01\x00"[..],
                b"la\x00\x00\x00\x01\x00lo\x00\x00\x00\x02\x00",
            ]
            .concat(),
        ),
        (
            b"USLT",
            [&b"\x01eng\xFF\xFE\x00\x00"[..], b"\xFF\xFEa\x00b\x00"].concat(),
        ),
        (
            b"POPM",
            b"Windows Media Player 9 Series\x00\xC4\x00\x00\x00\x01".to_vec(),
        ),
    ]);
    for _ in 0..mutants(300) {
        let bytes = [mutate(&mut chance, &tag, &audio), audio.clone()].concat();
        fs::write(&path, bytes).unwrap();
        let _ = read_file(&path);
    }
}

#[test]
fn damaged_lyrics_and_playlists_are_read_or_refused() {
    let lrc =
        "[ti:x]\n[offset:+250]\n[00:01.00][01:02.5]바다 <00:01.10>가 <00:01.90>자\n[00:03:20]a\n\n";
    let m3u = "#EXTM3U\r\n#EXTINF:201,하나 - 바다\r\n..\\음악\\바다.mp3\r\nfile:///a%20b/%EB%B0.ogg\r\n/x\r\n";
    let mut chance = chance();
    let collection = Collection::new();
    collection.put("none.m3u", m3u);
    for index in 0..mutants(300) {
        let bytes = match index % 3 {
            0 => cp949(lrc),
            1 => lrc.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            _ => lrc.as_bytes().to_vec(),
        };
        collection.put(
            &format!("{index}.wav"),
            crate::support::music::wav(index as u32),
        );
        collection.put(
            &format!("{index}.lrc"),
            mutate(&mut chance, &bytes, m3u.as_bytes()),
        );
        let playlist = collection.put("list.m3u", mutate(&mut chance, &cp949(m3u), lrc.as_bytes()));
        for entry in read_playlist(&playlist).unwrap() {
            assert!(entry.duration_secs.is_none_or(f32::is_finite), "{entry:?}");
        }
    }
    let summary = collection.scan();
    assert_eq!(summary.added as u64, mutants(300));
    for track in collection.library().tracks() {
        let lyrics = collection.store().lyrics(track.id).unwrap();
        let times = lyrics.iter().flat_map(|lyrics| &lyrics.lines);
        let times = times.filter_map(|line| line.start_secs);
        assert!(times.is_sorted(), "{}", track.path.display());
    }
}
