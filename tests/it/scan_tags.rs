//! Tags as they stand in real files, honest ones and mislabelled ones.

use crate::support::fixtures;
use crate::support::music::{bare_mp3, cp949, id3v1, id3v2, latin1_frame, read, wav_with_info};
use lofty::config::WriteOptions;
use lofty::file::{AudioFile, TaggedFileExt};
use lofty::picture::{MimeType, Picture, PictureType};
use lofty::prelude::ItemKey;
use lofty::tag::Tag;
use maeum::library::{CoverSize, LyricsKind};
use maeum::scan::{load_cover, read_file};
use std::fs;
use std::io::Cursor;

fn red_png() -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(40, 40, image::Rgb([230, 20, 30]));
    let mut bytes = Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

#[test]
fn every_format_gives_its_tags_and_keeps_its_name_when_they_change() {
    for name in [
        "mp3-cbr.mp3",
        "mp3-vbr.mp3",
        "aac.m4a",
        "alac.m4a",
        "flac.flac",
        "vorbis.ogg",
        "opus.opus",
        "wav-8khz.wav",
        "aiff.aiff",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::copy(fixtures::path(name), &path).unwrap();
        let before = read_file(&path).unwrap();
        let mut file = lofty::read_from_path(&path).unwrap();
        let mut tag = Tag::new(file.primary_tag_type());
        for (key, text) in [
            (ItemKey::TrackTitle, "밤의 노래"),
            (ItemKey::TrackArtist, "Sigur Rós"),
            (ItemKey::AlbumArtist, "여럿이"),
            (ItemKey::AlbumTitle, "앨범"),
            (ItemKey::Genre, "Ballad"),
            (ItemKey::TrackNumber, "3"),
            (ItemKey::DiscNumber, "2"),
            (ItemKey::RecordingDate, "2004"),
            (ItemKey::ReplayGainTrackGain, "-6.50 dB"),
            (ItemKey::ReplayGainTrackPeak, "0.98"),
            (ItemKey::ReplayGainAlbumGain, "-7.25 dB"),
        ] {
            assert!(tag.insert_text(key, text.to_owned()), "{name}: {key:?}");
        }
        let lyrics = "[00:00.10]첫 줄\n[00:01.00]둘째 줄".to_owned();
        assert!(tag.insert_text(ItemKey::UnsyncLyrics, lyrics), "{name}");
        tag.push_picture(
            Picture::unchecked(red_png())
                .pic_type(PictureType::CoverFront)
                .mime_type(MimeType::Png)
                .build(),
        );
        file.insert_tag(tag);
        file.save_to_path(&path, WriteOptions::default()).unwrap();

        let after = read_file(&path).unwrap();
        let tags = &after.tags;
        assert_eq!(tags.title, "밤의 노래", "{name}");
        assert_eq!(tags.artist, "Sigur Rós", "{name}");
        assert_eq!(tags.album_artist, "여럿이", "{name}");
        assert_eq!(tags.album, "앨범", "{name}");
        assert_eq!(tags.genre, "Ballad", "{name}");
        assert_eq!(
            (tags.track_number, tags.disc_number),
            (Some(3), Some(2)),
            "{name}"
        );
        assert_eq!(tags.year, Some(2004), "{name}");
        assert_eq!(tags.replay_gain.track_gain_db, Some(-6.5), "{name}");
        assert_eq!(tags.replay_gain.track_peak, Some(0.98), "{name}");
        assert_eq!(tags.replay_gain.album_gain_db, Some(-7.25), "{name}");
        assert_eq!(tags.replay_gain.album_peak, None, "{name}");
        let lyrics = after.lyrics.unwrap_or_default();
        assert_eq!(lyrics.kind(), LyricsKind::Synced, "{name}");
        assert_eq!(lyrics.text(), "첫 줄\n둘째 줄", "{name}");
        assert!(after.has_cover && !before.has_cover, "{name}");
        let [r, g, b] = load_cover(&path, CoverSize::Thumbnail).unwrap().accent;
        assert!(r > 220 && g < 30 && b < 40, "{name}");
        assert_eq!(
            after.content, before.content,
            "{name}: new tags, same audio"
        );
        assert_eq!(after.duration_secs, before.duration_secs, "{name}");
    }
}

#[test]
fn korean_tags_of_the_windows_years_are_read() {
    let id3 = id3v2(&[
        (b"TIT2", latin1_frame(&cp949("비 오는 거리"))),
        (b"TPE1", latin1_frame(&cp949("이승훈"))),
        (b"TALB", latin1_frame(&cp949("DJ하"))),
        (b"TCON", latin1_frame(&cp949("발라드"))),
        (b"USLT", {
            let mut content = b"\0kor\0".to_vec();
            content.extend(cp949("비 오는 거리에서\n그대를 보았네"));
            content
        }),
    ]);
    let file = read("a.mp3", &[id3, bare_mp3()].concat());
    assert_eq!(file.tags.title, "비 오는 거리");
    assert_eq!(file.tags.artist, "이승훈");
    assert_eq!(file.tags.album, "DJ하");
    assert_eq!(file.tags.genre, "발라드");
    assert_eq!(file.lyrics.unwrap().lines[1].text, "그대를 보았네");

    let long = cp949("우리가 헤어진 진짜 이유는 말야");
    let v1 = id3v1(&cp949("밤편지"), &cp949("아이유"), &long);
    let file = read("b.mp3", &[bare_mp3(), v1].concat());
    assert_eq!(file.tags.title, "밤편지");
    assert_eq!(file.tags.artist, "아이유");
    assert_eq!(file.tags.album, "우리가 헤어진 진짜 이유는 말야");
    assert_eq!(file.tags.genre, "Rock");

    let wav = wav_with_info(
        1,
        &[
            (b"INAM", &cp949("하늘을 달리다")),
            (b"IART", &cp949("이적")),
            (b"IPRD", &cp949("2적")),
            (b"ICRD", b"2003-05-01"),
            (b"ITRK", b"7"),
        ],
    );
    let file = read("c.wav", &wav);
    assert_eq!(file.tags.title, "하늘을 달리다");
    assert_eq!(file.tags.artist, "이적");
    assert_eq!(file.tags.album, "2적");
    assert_eq!(
        (file.tags.year, file.tags.track_number),
        (Some(2003), Some(7))
    );
}

#[test]
fn european_tags_stay_as_they_are() {
    let id3 = id3v2(&[
        (b"TIT2", latin1_frame(b"Halo")),
        (b"TPE1", latin1_frame(b"Beyonc\xE9")),
        (b"TALB", latin1_frame(b"Mot\xF6rhead / Sigur R\xF3s")),
        (b"TCON", latin1_frame(b"(17)")),
    ]);
    let v1 = id3v1(b"Halo", b"Beyonc\xE9", b"");
    let file = read("a.mp3", &[id3, bare_mp3(), v1].concat());
    assert_eq!(file.tags.artist, "Beyoncé");
    assert_eq!(file.tags.album, "Motörhead / Sigur Rós");
    assert_eq!(file.tags.genre, "Rock");
    let wav = wav_with_info(2, &[(b"IART", b"Bj\xF6rk"), (b"INAM", "Jóga".as_bytes())]);
    let file = read("b.wav", &wav);
    assert_eq!(
        (file.tags.artist.as_str(), file.tags.title.as_str()),
        ("Björk", "Jóga")
    );
}

#[test]
fn id3v1_fills_only_what_a_longer_tag_leaves_open() {
    let id3 = id3v2(&[(
        b"TIT2",
        latin1_frame(b"A title of more than thirty characters"),
    )]);
    let v1 = id3v1(b"A title of more than thirty ch", b"Someone", b"Somewhere");
    let file = read("a.mp3", &[id3, bare_mp3(), v1].concat());
    assert_eq!(file.tags.title, "A title of more than thirty characters");
    assert_eq!(file.tags.artist, "Someone");
}

#[test]
fn synchronised_frames_are_lyrics_with_times() {
    let mut sylt = b"\0kor\x02\x01\0".to_vec();
    for (ms, line) in [(500_u32, "하나"), (1500, "둘")] {
        sylt.extend(cp949(line));
        sylt.push(0);
        sylt.extend(ms.to_be_bytes());
    }
    let file = read("a.mp3", &[id3v2(&[(b"SYLT", sylt)]), bare_mp3()].concat());
    let lines = file.lyrics.unwrap().lines;
    assert_eq!(lines[0].start_secs, Some(0.5));
    assert_eq!(
        (lines[1].start_secs, lines[1].text.as_str()),
        (Some(1.5), "둘")
    );
}

#[test]
fn gains_of_opus_files_are_moved_to_the_reference_of_replay_gain() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.opus");
    fs::copy(fixtures::path("opus.opus"), &path).unwrap();
    let mut file = lofty::read_from_path(&path).unwrap();
    let mut tag = Tag::new(file.primary_tag_type());
    tag.insert_text(ItemKey::R128TrackGain, "-512".to_owned());
    tag.insert_text(ItemKey::R128AlbumGain, "128".to_owned());
    file.insert_tag(tag);
    file.save_to_path(&path, WriteOptions::default()).unwrap();
    let gain = read_file(&path).unwrap().tags.replay_gain;
    assert_eq!(
        (gain.track_gain_db, gain.album_gain_db),
        (Some(3.0), Some(5.5))
    );
}

#[test]
fn damaged_tags_cost_the_tags_and_not_the_track() {
    let honest = id3v2(&[(b"TIT2", latin1_frame(b"Title"))]);
    let huge_frame = {
        let mut tag = honest.clone();
        tag[14..18].copy_from_slice(&[0x7F, 0xFF, 0xFF, 0xFF]);
        tag
    };
    let odd: Vec<Vec<u8>> = vec![
        huge_frame,
        id3v2(&[(b"TIT2", vec![9, 1, 2, 3])]),
        id3v2(&[(b"TIT2", vec![1, 0xFF])]),
        id3v2(&[(b"APIC", b"\0image/png\0\x03\0".to_vec())]),
        id3v2(&[(b"APIC", vec![0xFF; 40])]),
        id3v2(&[(b"USLT", vec![0])]),
        id3v2(&[(b"SYLT", b"\0\0\0\0\x02\x01".to_vec())]),
        id3v2(&[(b"TRCK", latin1_frame(b"99999999999999999999/-1"))]),
        id3v2(&[(b"TDRC", latin1_frame(b"yesterday"))]),
        id3v2(&[(b"RVA2", vec![0x80; 9])]),
        id3v2(&[(b"CHAP", vec![1; 30])]),
        id3v2(&[(b"\0\0\0\0", vec![0; 64])]),
        id3v2(&[(b"T?T2", latin1_frame(b"x"))]),
    ];
    for tag in odd {
        let file = read("a.mp3", &[tag, bare_mp3()].concat());
        assert!((file.duration_secs - 1.5).abs() < 0.1);
    }
}

#[test]
fn random_damage_to_tags_never_ends_a_scan() {
    let mut random = fastrand::Rng::with_seed(3);
    let tag = id3v2(&[
        (b"TIT2", latin1_frame(&cp949("비 오는 거리"))),
        (b"TPE1", vec![1, 0xFF, 0xFE, 0x44, 0xC7]),
        (b"USLT", b"\0kor\0la la".to_vec()),
        (
            b"APIC",
            [b"\0image/png\0\x03\0".as_slice(), &red_png()].concat(),
        ),
        (b"TXXX", b"\0REPLAYGAIN_TRACK_GAIN\0-3 dB".to_vec()),
    ]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.mp3");
    let audio = bare_mp3();
    for _ in 0..150 {
        let mut damaged = tag.clone();
        for _ in 0..random.usize(1..8) {
            let at = random.usize(3..damaged.len());
            damaged[at] = random.u8(..);
        }
        fs::write(&path, [damaged, audio.clone()].concat()).unwrap();
        // Reading it may fail; it must return.
        let _ = read_file(&path);
    }
}

#[test]
fn random_damage_to_any_format_never_ends_a_scan() {
    let mut random = fastrand::Rng::with_seed(8);
    let folder = tempfile::tempdir().unwrap();
    for fixture in fixtures::PLAYABLE {
        let path = folder.path().join(fixture.file);
        let whole = fs::read(fixtures::path(fixture.file)).unwrap();
        for _ in 0..15 {
            let mut damaged = whole.clone();
            for _ in 0..random.usize(1..20) {
                // Tags stand at the start or at the end.
                let near = random.usize(..damaged.len().min(2000));
                let at = if random.bool() {
                    near
                } else {
                    damaged.len() - 1 - near
                };
                damaged[at] = random.u8(..);
            }
            fs::write(&path, damaged).unwrap();
            if let Err(failure) = read_file(&path) {
                assert!(!failure.reason.is_empty());
            }
        }
    }
}
