//! Stars that are in the files already count where the listener has given none here.

use crate::support::fixtures;
use crate::support::music::{Collection, bare_mp3, id3v2, latin1_frame, read};
use lofty::config::WriteOptions;
use lofty::mp4::{Atom, AtomData, AtomIdent, Ilst};
use lofty::tag::TagExt;
use maeum::scan::{rate_file, read_file};
use std::borrow::Cow;
use std::fs;

/// One of each kind of file that stars can be written to.
const RATEABLE: [&str; 8] = [
    "mp3-cbr.mp3",
    "aac.aac",
    "aac.m4a",
    "flac.flac",
    "vorbis.ogg",
    "opus.opus",
    "wav-24bit.wav",
    "aiff.aiff",
];

fn popm(owner: &str, value: u8) -> (&'static [u8; 4], Vec<u8>) {
    (b"POPM", [owner.as_bytes(), &[0, value]].concat())
}

fn user_text(name: &str, text: &str) -> (&'static [u8; 4], Vec<u8>) {
    let named = format!("{name}\0{text}");
    (b"TXXX", latin1_frame(named.as_bytes()))
}

fn mp3(frames: &[(&'static [u8; 4], Vec<u8>)]) -> Vec<u8> {
    [id3v2(frames), bare_mp3()].concat()
}

fn stars_of_mp3(frames: &[(&'static [u8; 4], Vec<u8>)]) -> u8 {
    read("song.mp3", &mp3(frames)).stars
}

/// A FLAC file whose comments are these alone.
fn flac(comments: &[&str]) -> Vec<u8> {
    const COMMENTS: u8 = 4;
    const LAST: u8 = 0x80;
    let bytes = fs::read(fixtures::path("flac.flac")).unwrap();
    let mut body = 0_u32.to_le_bytes().to_vec();
    body.extend(u32::try_from(comments.len()).unwrap().to_le_bytes());
    for comment in comments {
        body.extend(u32::try_from(comment.len()).unwrap().to_le_bytes());
        body.extend(comment.as_bytes());
    }
    let mut written = b"fLaC".to_vec();
    let mut rest = &bytes[4..];
    loop {
        let (kind, len) = (rest[0], u32::from_be_bytes([0, rest[1], rest[2], rest[3]]));
        let (block, after) = rest.split_at(4 + len as usize);
        rest = after;
        if kind & !LAST != COMMENTS {
            written.push(block[0] & !LAST);
            written.extend(&block[1..]);
        }
        if kind & LAST != 0 {
            break;
        }
    }
    written.push(COMMENTS | LAST);
    written.extend(&u32::try_from(body.len()).unwrap().to_be_bytes()[1..]);
    written.extend(body);
    written.extend(rest);
    written
}

fn stars_of_flac(comments: &[&str]) -> u8 {
    read("song.flac", &flac(comments)).stars
}

/// An MP4 file with one item more.
fn stars_of_mp4(ident: AtomIdent<'static>, text: &str) -> u8 {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("song.m4a");
    fs::copy(fixtures::path("aac.m4a"), &path).unwrap();
    let mut tag = Ilst::new();
    tag.insert(Atom::new(ident, AtomData::UTF8(text.to_owned())));
    tag.save_to_path(&path, WriteOptions::default()).unwrap();
    read_file(&path).unwrap().stars
}

#[test]
fn what_we_wrote_is_read_again() {
    for name in RATEABLE {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::copy(fixtures::path(name), &path).unwrap();
        assert_eq!(read_file(&path).unwrap().stars, 0, "{name}");
        for stars in [1, 2, 3, 4, 5, 0] {
            rate_file(&path, stars).unwrap();
            assert_eq!(read_file(&path).unwrap().stars, stars, "{name}");
        }
    }
}

#[test]
fn the_scales_of_other_programs_mean_what_they_mean_there() {
    let windows = [(1, 1), (64, 2), (128, 3), (196, 4), (255, 5), (0, 0)];
    for (value, stars) in windows {
        let frame = popm("Windows Media Player 9 Series", value);
        assert_eq!(stars_of_mp3(&[frame]), stars, "{value}");
    }
    // Half stars count as the next whole one.
    for (value, stars) in [(13, 1), (54, 2), (118, 3), (186, 4), (242, 5)] {
        let frame = popm("MusicBee", value);
        assert_eq!(stars_of_mp3(&[frame]), stars, "{value}");
    }
    for stars in 1..=5 {
        let frame = popm("users@musicbrainz.org", stars * 51);
        assert_eq!(stars_of_mp3(&[frame]), stars);
    }
}

#[test]
fn stars_are_found_under_every_usual_name() {
    for (comment, stars) in [
        ("RATING=80", 4),
        ("RATING=100", 5),
        ("rating=3", 3),
        ("RATING=4.5", 5),
        ("RATING=50", 3),
        ("RATING=10", 1),
        ("FMPS_RATING=0.8", 4),
        ("fmps_rating=1", 5),
        ("FMPS_Rating=0.7", 4),
        ("FMPS_RATING=0.1", 1),
        ("RATING:somebody@example.org=0.6", 3),
    ] {
        assert_eq!(stars_of_flac(&[comment]), stars, "{comment}");
    }
    assert_eq!(stars_of_mp3(&[user_text("FMPS_Rating", "0.6")]), 3);
    assert_eq!(stars_of_mp3(&[user_text("RATING", "80")]), 4);
    let named = |name: &'static str| AtomIdent::Freeform {
        mean: Cow::Borrowed("com.apple.iTunes"),
        name: Cow::Borrowed(name),
    };
    assert_eq!(stars_of_mp4(AtomIdent::Fourcc(*b"rate"), "70"), 4);
    assert_eq!(stars_of_mp4(named("FMPS_Rating"), "0.4"), 2);
    assert_eq!(stars_of_mp4(named("RATING"), "5"), 5);
    // What Apple calls a rating is whether children may listen.
    assert_eq!(stars_of_mp4(AtomIdent::Fourcc(*b"rtng"), "4"), 0);
}

#[test]
fn what_is_no_rating_gives_no_stars() {
    for comment in [
        "RATING=",
        "RATING=great",
        "RATING=0",
        "RATING=-20",
        "RATING=1000",
        "RATING=NaN",
        "FMPS_RATING=7",
        "FMPS_RATING=-1",
        "RATINGS=5",
    ] {
        assert_eq!(stars_of_flac(&[comment]), 0, "{comment}");
    }
}

#[test]
fn other_opinions_in_a_file_follow_the_listener() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("song.mp3");
    let frames = [
        popm("users@musicbrainz.org", 51),
        popm("MusicBee", 255),
        user_text("FMPS_Rating", "0.2"),
        user_text("MOOD", "calm"),
    ];
    fs::write(&path, mp3(&frames)).unwrap();
    assert_eq!(read_file(&path).unwrap().stars, 1);
    rate_file(&path, 4).unwrap();
    assert_eq!(read_file(&path).unwrap().stars, 4);
    let bytes = fs::read(&path).unwrap();
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|bytes| bytes == part);
    assert!(holds(b"users@musicbrainz.org\0\xcc") && holds(b"MusicBee\0\xc4"));
    // In tags of this version what is written anew is UTF-16.
    assert!(holds(b"0\0.\08\0") && holds(b"MOOD\0calm"));
    rate_file(&path, 0).unwrap();
    assert_eq!(read_file(&path).unwrap().stars, 0);
}

#[test]
fn a_scan_never_overwrites_what_the_listener_said_here() {
    let mut collection = Collection::new();
    let rated = |value| mp3(&[popm("MusicBee", value)]);
    let rating = |collection: &Collection| collection.library().tracks()[0].rating;
    let path = collection.put("song.mp3", rated(196));
    collection.scan();
    assert_eq!(rating(&collection), 4);
    let id = collection.library().tracks()[0].id;

    // Until the listener says something, the file does.
    collection.put(
        "song.mp3",
        [rated(64), b"TAG".to_vec(), vec![0; 125]].concat(),
    );
    collection.scan();
    assert_eq!(rating(&collection), 2);

    collection.store().rate(vec![id], 5).unwrap();
    collection.put("song.mp3", rated(1));
    collection.scan();
    assert_eq!(rating(&collection), 5);

    // To take the stars away is to say something, too; and it is kept.
    collection.store().rate(vec![id], 0).unwrap();
    collection.reopen();
    fs::rename(&path, collection.at("renamed.mp3")).unwrap();
    collection.scan();
    assert_eq!(collection.library().tracks()[0].id, id);
    assert_eq!(rating(&collection), 0);
}

#[test]
fn what_somebody_said_before_does_not_outlive_new_stars() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("song.flac");
    for stars in [2, 0] {
        fs::write(&path, flac(&["RATING:someone@else=1.0"])).unwrap();
        assert_eq!(read_file(&path).unwrap().stars, 5);
        rate_file(&path, stars).unwrap();
        assert_eq!(read_file(&path).unwrap().stars, stars);
        let bytes = fs::read(&path).unwrap();
        let holds = |text: &[u8]| bytes.windows(text.len()).any(|bytes| bytes == text);
        assert!(!holds(b"RATING:someone@else=1.0"));
        assert_eq!(holds(b"RATING:someone@else=0.4"), stars == 2);
    }
}
