//! Tags are changed in files of every format, with nothing lost on the way.

use crate::support::fixtures::{self, PLAYABLE};
use crate::support::music::{bare_mp3, cp949, id3v1, id3v2, latin1_frame};
use image::{Rgb, RgbImage};
use lofty::config::WriteOptions;
use lofty::file::TaggedFileExt;
use lofty::tag::{ItemKey, TagExt};
use maeum::decode::AudioStream;
use maeum::library::{ContentId, CoverEdit, CoverSize, EditError, LyricsKind, TagEdit, Tags};
use maeum::scan::{edit_tags, load_cover, rate_file, read_file, undo_edit};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Formats whose tags lofty does not write, or not properly.
const UNWRITABLE: [&str; 4] = ["flac.ogg", "opus.webm", "vorbis.mka", "caf.caf"];

fn copy(folder: &TempDir, fixture: &str) -> PathBuf {
    let path = folder.path().join(fixture);
    fs::copy(fixtures::path(fixture), &path).unwrap();
    path
}

fn read(path: &Path) -> (Tags, ContentId) {
    let file = read_file(path).unwrap();
    (file.tags, file.content)
}

fn edit() -> TagEdit {
    TagEdit {
        title: Some("새 제목 — new".to_owned()),
        artist: Some("아티스트".to_owned()),
        album_artist: Some("Various".to_owned()),
        album: Some("앨범".to_owned()),
        genre: Some("Dream Pop".to_owned()),
        track_number: Some(Some(7)),
        disc_number: Some(Some(2)),
        year: Some(Some(2019)),
        ..TagEdit::default()
    }
}

/// Files in the folder besides the one named: copies that were left behind.
fn left_behind(folder: &Path, but: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path != but).count()
}

/// A picture of one colour, as a file.
fn picture(folder: &TempDir, name: &str, colour: [u8; 3]) -> PathBuf {
    let path = folder.path().join(name);
    let pixels = RgbImage::from_pixel(8, 8, Rgb(colour));
    pixels.save(&path).unwrap();
    path
}

fn with_cover(cover: CoverEdit) -> TagEdit {
    TagEdit {
        cover: Some(cover),
        ..TagEdit::default()
    }
}

fn accent(path: &Path) -> Option<[u8; 3]> {
    load_cover(path, CoverSize::Thumbnail).map(|cover| cover.accent)
}

#[test]
fn every_writable_format_takes_tags_keeps_its_sound_and_gives_them_back() {
    for fixture in PLAYABLE {
        let folder = tempfile::tempdir().unwrap();
        let path = copy(&folder, fixture.file);
        let (before, sound) = read(&path);
        let bytes = fs::read(&path).unwrap();
        let samples = fixtures::decode_all(&path);
        let result = edit_tags(&path, &edit());
        if UNWRITABLE.contains(&fixture.file) {
            assert_eq!(
                result.unwrap_err(),
                EditError::Unsupported,
                "{}",
                fixture.file
            );
            assert_eq!(fs::read(&path).unwrap(), bytes, "{}", fixture.file);
            assert_eq!(left_behind(folder.path(), &path), 0);
            continue;
        }
        assert!(fixtures::decode_all(&path) == samples, "{}", fixture.file);
        let undo = result.unwrap_or_else(|error| panic!("{}: {error}", fixture.file));
        let (tags, after) = read(&path);
        let wanted = Tags {
            title: "새 제목 — new".to_owned(),
            artist: "아티스트".to_owned(),
            album_artist: "Various".to_owned(),
            album: "앨범".to_owned(),
            genre: "Dream Pop".to_owned(),
            track_number: Some(7),
            disc_number: Some(2),
            year: Some(2019),
            replay_gain: before.replay_gain,
        };
        assert_eq!((tags, after), (wanted, sound), "{}", fixture.file);
        undo_edit(&undo).unwrap();
        assert_eq!(read(&path), (before, sound), "{} undone", fixture.file);
        assert!(fixtures::decode_all(&path) == samples, "{}", fixture.file);
        assert_eq!(left_behind(folder.path(), &path), 0);
    }
}

#[test]
fn fields_that_are_not_edited_stay_and_empty_ones_go() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy(&folder, "flac.flac");
    edit_tags(&path, &edit()).unwrap();
    let some = TagEdit {
        genre: Some(String::new()),
        year: Some(None),
        title: Some("다른 제목".to_owned()),
        ..TagEdit::default()
    };
    edit_tags(&path, &some).unwrap();
    let (tags, _) = read(&path);
    assert_eq!(
        (tags.title.as_str(), tags.album.as_str()),
        ("다른 제목", "앨범")
    );
    assert_eq!((tags.genre.as_str(), tags.year), ("", None));
    assert_eq!(tags.track_number, Some(7));
}

#[test]
fn an_emptied_year_is_gone_whatever_other_dates_a_file_has() {
    for name in ["flac.flac", "mp3-cbr.mp3", "aac.m4a"] {
        let folder = tempfile::tempdir().unwrap();
        let path = copy(&folder, name);
        edit_tags(&path, &edit()).unwrap();
        let mut file = lofty::read_from_path(&path).unwrap();
        let tag = file.primary_tag_mut().unwrap();
        tag.insert_text(ItemKey::ReleaseDate, "2004-02-01".to_owned());
        tag.insert_text(ItemKey::OriginalReleaseDate, "1971".to_owned());
        tag.save_to_path(&path, WriteOptions::default()).unwrap();
        let before = read(&path);
        let empty = TagEdit {
            year: Some(None),
            ..TagEdit::default()
        };
        let undo = edit_tags(&path, &empty).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(read(&path).0.year, None, "{name}");
        undo_edit(&undo).unwrap();
        assert_eq!(read(&path), before, "{name} undone");
        let file = lofty::read_from_path(&path).unwrap();
        let original = file.primary_tag().unwrap();
        let original = original.get_string(ItemKey::OriginalReleaseDate);
        assert_eq!(original, Some("1971"), "{name} undone");
    }
}

#[test]
fn every_writable_format_takes_a_cover_changes_it_and_lets_it_go() {
    let pictures = tempfile::tempdir().unwrap();
    let blue = CoverEdit::Picture(picture(&pictures, "blue.png", [0, 0, 200]));
    // Neither JPEG nor PNG, which is all that every format takes.
    let green = CoverEdit::Picture(picture(&pictures, "green.bmp", [0, 200, 0]));
    for fixture in PLAYABLE {
        if UNWRITABLE.contains(&fixture.file) {
            continue;
        }
        let name = fixture.file;
        let folder = tempfile::tempdir().unwrap();
        let path = copy(&folder, name);
        let sound = read(&path).1;
        let first = edit_tags(&path, &with_cover(blue.clone())).unwrap();
        assert_eq!(accent(&path), Some([0, 0, 200]), "{name}");
        let second = edit_tags(&path, &with_cover(green.clone())).unwrap();
        let [red, strong, dark] = accent(&path).unwrap();
        assert!(red < 10 && strong > 190 && dark < 10, "{name}");
        // Fields are another matter.
        edit_tags(&path, &edit()).unwrap();
        assert!(read_file(&path).unwrap().has_cover, "{name}");
        let third = edit_tags(&path, &with_cover(CoverEdit::Remove)).unwrap();
        assert_eq!(accent(&path), None, "{name}");
        undo_edit(&third).unwrap();
        assert!(accent(&path).unwrap()[1] > 190, "{name}");
        undo_edit(&second).unwrap();
        assert_eq!(accent(&path), Some([0, 0, 200]), "{name}");
        undo_edit(&first).unwrap();
        assert_eq!(accent(&path), None, "{name}");
        assert_eq!(read(&path).1, sound, "{name}");
    }
}

#[test]
fn what_an_edit_does_not_know_survives_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("song.mp3");
    let sylt = [
        &b"\0eng\x02\x01\0"[..],
        b"first\0\0\0\x03\xe8second\0\0\0\x07\xd0",
    ]
    .concat();
    let own = b"\0mine\0kept".to_vec();
    let slash = latin1_frame(b"AC/DC");
    let tag = id3v2(&[(b"SYLT", sylt), (b"TXXX", own), (b"TPE1", slash)]);
    let version = tag[3];
    fs::write(&path, [tag, bare_mp3()].concat()).unwrap();
    let edit = TagEdit {
        title: Some("새 제목".to_owned()),
        year: Some(Some(1990)),
        ..TagEdit::default()
    };
    edit_tags(&path, &edit).unwrap();
    let file = read_file(&path).unwrap();
    assert_eq!((&*file.tags.title, file.tags.year), ("새 제목", Some(1990)));
    assert_eq!(file.tags.artist, "AC/DC");
    let lyrics = file.lyrics.unwrap();
    assert_eq!(lyrics.kind(), LyricsKind::Synced);
    assert_eq!(lyrics.lines[1].text, "second");
    let bytes = fs::read(&path).unwrap();
    assert!(bytes.windows(4).any(|bytes| bytes == b"kept"));
    assert_eq!(bytes[3], version, "the version that older programs know");
}

#[test]
fn the_oldest_tags_get_no_question_marks() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.mp3");
    let tail = id3v1(b"Old title", b"Old artist", b"Old album");
    fs::write(&path, [bare_mp3(), tail].concat()).unwrap();
    assert_eq!(read(&path).0.title, "Old title");
    let edit = TagEdit {
        title: Some("새 제목".to_owned()),
        album: Some("New album".to_owned()),
        ..TagEdit::default()
    };
    let undo = edit_tags(&path, &edit).unwrap();
    let tags = read(&path).0;
    assert_eq!((&*tags.title, &*tags.artist), ("새 제목", "Old artist"));
    let bytes = fs::read(&path).unwrap();
    let oldest = &bytes[bytes.len() - 128..];
    assert!(oldest.starts_with(b"TAG\0") && !oldest.contains(&b'?'));
    assert!(oldest.windows(9).any(|part| part == b"New album"));
    undo_edit(&undo).unwrap();
    assert_eq!(read(&path).0.title, "Old title");
}

#[test]
fn what_plays_goes_on_while_its_tags_change() {
    let folder = tempfile::tempdir().unwrap();
    for name in [
        "mp3-vbr.mp3",
        "flac-5.1.flac",
        "vorbis.ogg",
        "aac-faststart.m4a",
    ] {
        let path = copy(&folder, name);
        let whole = fixtures::decode_all(&path);
        let mut stream = AudioStream::open(&path).unwrap();
        let mut heard = stream.next_block().unwrap().unwrap().samples.to_vec();
        let cover = picture(&folder, "large.png", [200, 0, 0]);
        let edit = TagEdit {
            cover: Some(CoverEdit::Picture(cover)),
            ..edit()
        };
        edit_tags(&path, &edit).unwrap();
        heard.extend(fixtures::rest_of(&mut stream));
        assert_eq!(heard, whole, "{name}");
        stream.seek(0.0).unwrap();
        assert_eq!(
            fixtures::rest_of(&mut stream),
            whole,
            "{name} from the start"
        );
    }
}

#[test]
fn old_korean_tags_are_written_properly_together_with_a_new_field() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.mp3");
    let tag = id3v2(&[
        (b"TIT2", latin1_frame(&cp949("비 오는 날의 산책"))),
        (b"TPE1", latin1_frame(&cp949("김하나"))),
        (b"TALB", latin1_frame(&cp949("가을 우체국"))),
    ]);
    fs::write(&path, [tag, bare_mp3()].concat()).unwrap();
    let artist = read(&path).0.artist;
    assert_eq!(artist, "김하나");
    let edit = TagEdit {
        title: Some("새로 쓴 제목".to_owned()),
        ..TagEdit::default()
    };
    edit_tags(&path, &edit).unwrap();
    let (tags, _) = read(&path);
    assert_eq!(
        (&*tags.title, &*tags.artist, &*tags.album),
        ("새로 쓴 제목", "김하나", "가을 우체국")
    );
}

#[test]
fn what_cannot_be_edited_is_said_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let gone = folder.path().join("gone.flac");
    assert_eq!(edit_tags(&gone, &edit()).unwrap_err(), EditError::Gone);

    let path = copy(&folder, "flac.flac");
    let bytes = fs::read(&path).unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let error = edit_tags(&path, &edit()).unwrap_err();
    assert_eq!(error, EditError::ReadOnly);
    assert_eq!(fs::read(&path).unwrap(), bytes);

    let noise = folder.path().join("noise.mp3");
    fs::write(&noise, b"no music at all").unwrap();
    let error = edit_tags(&noise, &edit()).unwrap_err();
    assert!(matches!(error, EditError::Tags(_)), "{error}");
    assert_eq!(fs::read(&noise).unwrap(), b"no music at all");

    let song = copy(&folder, "mp3-cbr.mp3");
    let bytes = fs::read(&song).unwrap();
    for no_picture in [noise, folder.path().join("gone.png")] {
        let edit = with_cover(CoverEdit::Picture(no_picture));
        let error = edit_tags(&song, &edit).unwrap_err();
        assert_eq!(error, EditError::NoPicture);
    }
    assert_eq!(fs::read(&song).unwrap(), bytes);
}

/// Runs itself again on a disk of its own that is nearly full.
#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_nothing_is_lost() {
    const DISK: &str = "MAEUM_TEST_FULL_DISK";
    if let Some(disk) = std::env::var_os(DISK) {
        return edit_on_full_disk(Path::new(&disk));
    }
    let disk = tempfile::tempdir().unwrap();
    let inside = |script: &str| {
        let mut command = std::process::Command::new("unshare");
        command.args(["--map-root-user", "--mount", "sh", "-ec", script, "sh"]);
        command
            .arg(disk.path())
            .arg(std::env::current_exe().unwrap());
        command.env(DISK, disk.path()).output().unwrap()
    };
    let mount = "mount -t tmpfs -o size=128k none \"$1\"";
    if !inside(mount).status.success() {
        eprintln!("not checked: this machine lets nobody mount a disk");
        return;
    }
    let name = "edit_tags::on_a_full_disk_nothing_is_lost";
    let output = inside(&format!("{mount}; exec \"$2\" --exact {name}"));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
}

#[cfg(target_os = "linux")]
fn edit_on_full_disk(disk: &Path) {
    let path = disk.join("song.flac");
    fs::copy(fixtures::path("flac.flac"), &path).unwrap();
    let bytes = fs::read(&path).unwrap();
    let filler = vec![0; 128 * 1024 - bytes.len().next_multiple_of(4096) - 4096];
    fs::write(disk.join("filler"), filler).unwrap();
    assert_eq!(edit_tags(&path, &edit()).unwrap_err(), EditError::DiskFull);
    assert_eq!(fs::read(&path).unwrap(), bytes);
    assert_eq!(left_behind(disk, &path), 1, "the filler only");
    fs::remove_file(disk.join("filler")).unwrap();
    edit_tags(&path, &edit()).unwrap();
    assert_eq!(read(&path).0.track_number, Some(7));
}

#[test]
fn an_edit_of_other_audio_is_not_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy(&folder, "flac.flac");
    let undo = edit_tags(&path, &edit()).unwrap();
    fs::copy(fixtures::path("mp3-cbr.mp3"), &path).unwrap();
    let bytes = fs::read(&path).unwrap();
    assert_eq!(undo_edit(&undo), Err(EditError::Changed));
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = copy(&folder, "flac.flac");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.path().join("link.flac");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    edit_tags(&link, &edit()).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o640
    );
    assert_eq!(read(&path).0.track_number, Some(7));
}

fn holds(path: &Path, bytes: &[u8]) -> bool {
    let file = fs::read(path).unwrap();
    file.windows(bytes.len()).any(|part| part == bytes)
}

#[test]
fn stars_are_written_as_other_players_read_them_and_taken_out() {
    for fixture in PLAYABLE {
        if UNWRITABLE.contains(&fixture.file) {
            continue;
        }
        let name = fixture.file;
        let folder = tempfile::tempdir().unwrap();
        let path = copy(&folder, name);
        let before = read(&path);
        let written: &[&[u8]] = match path.extension().unwrap().to_str().unwrap() {
            "flac" | "ogg" | "opus" => &[b"RATING=80", b"FMPS_RATING=0.8"],
            "m4a" => &[b"rate\0\0\0\x12data\0\0\0\x01\0\0\0\080"],
            _ => &[b"POPM", b"MusicBee\0\xc4"],
        };
        for stars in [4, 5, 4] {
            rate_file(&path, stars).unwrap();
        }
        assert!(written.iter().all(|bytes| holds(&path, bytes)), "{name}");
        assert_eq!(read(&path), before, "{name}");
        edit_tags(&path, &edit()).unwrap();
        assert!(written.iter().all(|bytes| holds(&path, bytes)), "{name}");
        rate_file(&path, 0).unwrap();
        assert!(!written.iter().any(|bytes| holds(&path, bytes)), "{name}");
        assert_eq!(read(&path).0.title, "새 제목 — new", "{name}");
    }
}

#[test]
fn what_other_players_say_of_a_file_survives_an_edit_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let song = folder.path().join("song.mp3");
    // Two and a half stars of ten plays, and plays alone.
    let half = b"Windows Media Player 9 Series\0\x76\0\0\0\x0a".to_vec();
    let plays = b"someone@else\0\0\0\0\0\x07".to_vec();
    let tag = id3v2(&[(b"POPM", half.clone()), (b"POPM", plays.clone())]);
    fs::write(&song, [tag, bare_mp3()].concat()).unwrap();
    edit_tags(&song, &edit()).unwrap();
    assert!(holds(&song, &half) && holds(&song, &plays));
    // Stars of ours are no plays, and plays are no stars.
    rate_file(&song, 3).unwrap();
    rate_file(&song, 0).unwrap();
    assert!(holds(&song, &plays) && !holds(&song, &half));

    let flac = copy(&folder, "flac.flac");
    rate_file(&flac, 4).unwrap();
    let bytes = fs::read(&flac).unwrap();
    let at = bytes.windows(9).position(|part| part == b"RATING=80");
    let mut bytes = bytes;
    // On the scale of another program; metadata of FLAC has no checksum.
    bytes[at.unwrap() + 7..][..2].copy_from_slice(b"35");
    fs::write(&flac, bytes).unwrap();
    edit_tags(&flac, &edit()).unwrap();
    assert!(holds(&flac, b"RATING=35"));
}
