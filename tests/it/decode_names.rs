//! A recording keeps its name whatever happens to its file, tags and container.

use crate::support::fixtures::{self, PLAYABLE};
use crate::support::signal::{tone, write_wav};
use lofty::config::WriteOptions;
use lofty::file::{AudioFile, TaggedFileExt};
use lofty::picture::{MimeType, Picture, PictureType};
use lofty::prelude::{Accessor, TagExt};
use lofty::tag::{Tag, TagType};
use maeum::decode::{ContentId, probe};
use std::path::{Path, PathBuf};

fn copy(folder: &tempfile::TempDir, file: &str) -> PathBuf {
    let path = folder.path().join(file);
    std::fs::copy(fixtures::path(file), &path).unwrap();
    path
}

fn name_of(path: &Path) -> ContentId {
    probe(path).unwrap().content
}

/// Writes a tag of this type, with a cover big enough to move everything.
fn tag_with(path: &Path, kind: TagType) {
    let mut tag = Tag::new(kind);
    tag.set_title("새 제목".to_owned());
    tag.set_artist("Someone".to_owned());
    let cover = vec![0x5a; 90_000];
    let cover = Picture::unchecked(cover)
        .pic_type(PictureType::CoverFront)
        .mime_type(MimeType::Jpeg)
        .build();
    tag.push_picture(cover);
    tag.save_to_path(path, WriteOptions::default()).unwrap();
}

#[test]
fn new_tags_and_covers_leave_the_name_alone() {
    let folder = tempfile::tempdir().unwrap();
    for fixture in PLAYABLE {
        let path = copy(&folder, fixture.file);
        // Matroska, CAF and FLAC in Ogg are not tagged by lofty.
        let Ok(read) = lofty::read_from_path(&path) else {
            continue;
        };
        let before = name_of(&path);
        let duration_secs = probe(&path).unwrap().duration_secs;
        tag_with(&path, read.primary_tag_type());
        let after = probe(&path).unwrap();
        assert_eq!(after.content, before, "{}", fixture.file);
        assert_eq!(after.duration_secs, duration_secs, "{}", fixture.file);
        let mut tagged = lofty::read_from_path(&path).unwrap();
        tagged.clear();
        tagged.save_to_path(&path, WriteOptions::default()).unwrap();
        assert_eq!(name_of(&path), before, "{} without tags", fixture.file);
    }
}

#[test]
fn mp3_tags_of_every_kind_leave_the_name_alone() {
    let folder = tempfile::tempdir().unwrap();
    for file in ["mp3-cbr.mp3", "mp3-vbr.mp3", "mp3-noxing.mp3"] {
        let path = copy(&folder, file);
        let before = probe(&path).unwrap();
        for kind in [TagType::Id3v2, TagType::Ape, TagType::Id3v1] {
            let mut tag = Tag::new(kind);
            tag.set_title("Title".to_owned());
            tag.save_to_path(&path, WriteOptions::default()).unwrap();
            assert_eq!(probe(&path).unwrap(), before, "{file} with {kind:?}");
        }
    }
}

#[test]
fn moving_and_renaming_leave_the_name_alone() {
    let folder = tempfile::tempdir().unwrap();
    for fixture in PLAYABLE {
        let path = copy(&folder, fixture.file);
        let moved = folder.path().join("이름 없음");
        let before = name_of(&path);
        std::fs::rename(&path, &moved).unwrap();
        assert_eq!(name_of(&moved), before, "{}", fixture.file);
    }
}

/// An MP4 file with its table of contents moved before the sound, as "fast start" does.
fn with_contents_first(bytes: &[u8]) -> Vec<u8> {
    let mut atoms = Vec::new();
    let mut rest = bytes;
    while rest.len() >= 8 {
        let size = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
        atoms.push(&rest[..size]);
        rest = &rest[size..];
    }
    let is_contents = |atom: &&&[u8]| &atom[4..8] == b"moov";
    let mut contents = atoms.iter().find(is_contents).unwrap().to_vec();
    let shift = contents.len() as u32;
    let table = contents
        .windows(4)
        .position(|name| name == b"stco")
        .unwrap();
    let number = |at: usize, from: &[u8]| u32::from_be_bytes(from[at..at + 4].try_into().unwrap());
    for entry in 0..number(table + 8, &contents) as usize {
        let at = table + 12 + entry * 4;
        let moved = number(at, &contents) + shift;
        contents[at..at + 4].copy_from_slice(&moved.to_be_bytes());
    }
    let mut out = atoms[0].to_vec();
    out.extend(contents);
    for atom in atoms[1..].iter().filter(|atom| !is_contents(atom)) {
        out.extend_from_slice(atom);
    }
    out
}

#[test]
fn moving_the_contents_of_an_mp4_file_leaves_the_name_alone() {
    let folder = tempfile::tempdir().unwrap();
    for file in ["aac.m4a", "alac.m4a"] {
        let path = copy(&folder, file);
        let before = probe(&path).unwrap();
        let bytes = with_contents_first(&std::fs::read(&path).unwrap());
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(probe(&path).unwrap(), before, "{file}");
    }
}

#[test]
fn equally_long_voices_that_begin_with_silence_differ() {
    let folder = tempfile::tempdir().unwrap();
    let names = [300.0, 400.0].map(|pitch_hz| {
        let mut samples = vec![0; 200_000];
        samples.extend(tone(44_100, pitch_hz, 200_000));
        let path = folder.path().join(format!("{pitch_hz}.wav"));
        write_wav(&path, 44_100, 1, &samples);
        name_of(&path)
    });
    assert_ne!(names[0], names[1]);
}
