//! Files of every format, good and bad, through the decoder.

use crate::support::fixtures::{self, PLAYABLE, UNSUPPORTED, decode_all, rest_of};
use crate::support::signal::{channel, rms, tone_share};
use maeum::decode::{AudioStream, DecodeError, probe};
use std::path::PathBuf;

#[test]
fn every_format_decodes_to_the_tone_that_was_recorded() {
    for fixture in PLAYABLE {
        let name = fixture.file;
        let path = fixtures::path(name);
        let mut stream = AudioStream::open(&path).unwrap();
        assert_eq!(stream.codec(), fixture.codec, "{name}");
        assert_eq!(stream.sample_rate_hz(), fixture.rate_hz, "{name}");
        assert_eq!(stream.channels(), fixture.channels, "{name}");
        let declared = stream.duration_secs();
        let samples = rest_of(&mut stream);
        let frames = samples.len() / fixture.channels;
        let expected = (fixture.secs * f64::from(fixture.rate_hz)).round() as usize;
        if fixture.exact {
            assert_eq!(frames, expected, "{name}: frames");
        } else {
            let secs = frames as f64 / f64::from(fixture.rate_hz);
            assert!((secs - fixture.secs).abs() < 0.15, "{name}: {secs} s");
        }
        if let Some(secs) = declared {
            assert!((secs - fixture.secs).abs() < 0.15, "{name}: says {secs} s");
        }
        for which in 0..fixture.channels {
            let one = channel(&samples, fixture.channels, which);
            let middle = &one[one.len() / 5..one.len() * 4 / 5];
            // A sub-woofer channel keeps its tone too: the fixtures are lossless there.
            let share = tone_share(middle, fixture.rate_hz, fixture.pitch_hz);
            assert!(share > 0.95, "{name} channel {which}: tone share {share}");
            let level = rms(middle);
            assert!(
                (0.2..0.4).contains(&level),
                "{name} channel {which}: {level}"
            );
        }
    }
}

#[test]
fn seeking_gives_the_same_samples_as_playing_up_to_there() {
    for fixture in PLAYABLE {
        let name = fixture.file;
        let path = fixtures::path(name);
        let whole = decode_all(&path);
        let mut stream = AudioStream::open(&path).unwrap();
        for share in [0.5, 0.1, 0.0, 0.8] {
            let position_secs = fixture.secs * share;
            // Once from the middle, once from the end of the file.
            stream.seek(position_secs).unwrap();
            stream.next_block().unwrap();
            stream.seek(position_secs).unwrap();
            let rest = rest_of(&mut stream);
            let from = (position_secs * f64::from(fixture.rate_hz)).round() as usize;
            let expected = &whole[from * fixture.channels..];
            if ["opus.webm", "vorbis.mka"].contains(&name) {
                // Matroska tells times in milliseconds.
                let tolerance = fixture.rate_hz as usize / 250;
                assert!(rest.len().abs_diff(expected.len()) < tolerance, "{name}");
                continue;
            }
            assert_eq!(rest.len(), expected.len(), "{name} from {share}");
            let worst = rest
                .iter()
                .zip(expected)
                .map(|(a, b)| (a - b).abs())
                .fold(0.0, f32::max);
            // AAC fills in noise where it heard noise, new each time.
            let tolerance = if fixture.codec == "AAC" { 0.03 } else { 0.002 };
            assert!(worst < tolerance, "{name} from {share}: off by {worst}");
        }
    }
}

#[test]
fn seeking_beyond_the_end_ends() {
    for fixture in PLAYABLE {
        let mut stream = AudioStream::open(&fixtures::path(fixture.file)).unwrap();
        stream.seek(1e6).unwrap();
        assert!(stream.next_block().unwrap().is_none(), "{}", fixture.file);
        stream.seek(0.0).unwrap();
        assert!(stream.next_block().unwrap().is_some(), "{}", fixture.file);
    }
}

#[test]
fn the_extension_does_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    for fixture in PLAYABLE {
        let lying = folder.path().join("music.xyz.mp3");
        std::fs::copy(fixtures::path(fixture.file), &lying).unwrap();
        let stream = AudioStream::open(&lying).unwrap();
        assert_eq!(stream.codec(), fixture.codec, "{}", fixture.file);
    }
}

#[test]
fn formats_without_a_decoder_are_named() {
    for (file, format) in UNSUPPORTED {
        let error = probe(&fixtures::path(file)).unwrap_err();
        assert!(error.is_unsupported(), "{file}: {error}");
        assert_eq!(error.reason(), format!("{format} is not supported yet"));
    }
}

#[test]
fn probing_tells_length_and_codec() {
    for fixture in PLAYABLE {
        let probed = probe(&fixtures::path(fixture.file)).unwrap();
        let name = fixture.file;
        assert_eq!(probed.codec, fixture.codec, "{name}");
        assert_eq!(probed.sample_rate_hz, fixture.rate_hz, "{name}");
        assert_eq!(probed.channels, fixture.channels, "{name}");
        let off = (probed.duration_secs - fixture.secs).abs();
        assert!(off < 0.15, "{name}: {} s", probed.duration_secs);
    }
}

#[test]
fn every_recording_has_its_own_name() {
    let mut names: Vec<_> = PLAYABLE
        .iter()
        .map(|fixture| probe(&fixtures::path(fixture.file)).unwrap().content)
        .collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), PLAYABLE.len());
}

/// Bytes of a fixture, changed, in a file of its own.
fn altered(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn files_that_are_no_music_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let empty = altered(&folder, "empty.mp3", b"");
    assert!(matches!(probe(&empty), Err(DecodeError::Empty { .. })));
    assert_eq!(probe(&empty).unwrap_err().reason(), "the file is empty");

    let mut random = fastrand::Rng::with_seed(7);
    let garbage: Vec<u8> = (0..300_000).map(|_| random.u8(..)).collect();
    let texts: [(&str, Vec<u8>); 4] = [
        ("text.flac", b"Dear diary, ".repeat(4000)),
        ("zeros.mp3", vec![0; 200_000]),
        ("garbage.mp3", garbage),
        (
            "picture.mp3",
            b"\xff\xd8\xff\xe0\x00\x10JFIF\x00".repeat(900),
        ),
    ];
    for (name, bytes) in texts {
        let path = altered(&folder, name, &bytes);
        let error = probe(&path).unwrap_err();
        assert!(matches!(error, DecodeError::NotAudio { .. }), "{error}");
    }
    let missing = folder.path().join("missing.mp3");
    assert!(matches!(probe(&missing), Err(DecodeError::Io { .. })));
    assert!(matches!(probe(folder.path()), Err(DecodeError::Io { .. })));
}

#[test]
fn a_file_cut_short_plays_up_to_the_cut() {
    let folder = tempfile::tempdir().unwrap();
    for name in [
        "mp3-cbr.mp3",
        "flac.flac",
        "vorbis.ogg",
        "opus.opus",
        "wav-8khz.wav",
        "aac.aac",
    ] {
        let bytes = std::fs::read(fixtures::path(name)).unwrap();
        let path = altered(&folder, name, &bytes[..bytes.len() * 3 / 4]);
        let samples = decode_all(&path);
        assert!(!samples.is_empty(), "{name}");
    }
    // The table of contents of an MP4 file may come last; without it nothing is left.
    let bytes = std::fs::read(fixtures::path("aac.m4a")).unwrap();
    let path = altered(&folder, "cut.m4a", &bytes[..bytes.len() / 2]);
    assert!(matches!(probe(&path), Err(DecodeError::Damaged { .. })));
}

/// The first page of an Ogg stream, with the checksum that it should have
/// ([RFC 3533](https://www.rfc-editor.org/rfc/rfc3533#section-6)).
fn seal_first_page(bytes: &mut [u8]) {
    bytes[22..26].fill(0);
    let lacing = &bytes[27..27 + usize::from(bytes[26])];
    let body: usize = lacing.iter().map(|size| usize::from(*size)).sum();
    let page = &bytes[..27 + lacing.len() + body];
    let sum = page.iter().fold(0_u32, |sum, byte| {
        (0..8).fold(sum ^ (u32::from(*byte) << 24), |sum, _| {
            (sum << 1) ^ if sum >> 31 == 1 { 0x04c1_1db7 } else { 0 }
        })
    });
    bytes[22..26].copy_from_slice(&sum.to_le_bytes());
}

#[test]
fn the_gain_of_an_opus_stream_is_part_of_its_sound() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = std::fs::read(fixtures::path("opus.opus")).unwrap();
    let head = bytes.windows(8).position(|part| part == b"OpusHead");
    let gain = head.unwrap() + 16;
    assert_eq!(bytes[gain..gain + 2], [0, 0]);
    // In 256ths of a decibel.
    bytes[gain..gain + 2].copy_from_slice(&(-6 * 256_i16).to_le_bytes());
    seal_first_page(&mut bytes);
    let quieter = decode_all(&altered(&folder, "quieter.opus", &bytes));
    let original = decode_all(&fixtures::path("opus.opus"));
    assert_eq!(quieter.len(), original.len());
    let ratio = rms(&quieter) / rms(&original);
    assert!((ratio - 0.501).abs() < 0.001, "{ratio}");
}

#[test]
fn scratches_are_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    // The shortest fixture has two packets in all.
    for fixture in PLAYABLE.into_iter().filter(|fixture| fixture.secs > 0.2) {
        let name = fixture.file;
        let mut bytes = std::fs::read(fixtures::path(name)).unwrap();
        let middle = bytes.len() * 3 / 4;
        let scratch = middle..middle + 600;
        let mut random = fastrand::Rng::with_seed(11);
        bytes[scratch].fill_with(|| random.u8(..));
        let path = altered(&folder, name, &bytes);
        let frames = decode_all(&path).len() / fixture.channels;
        let secs = frames as f64 / f64::from(fixture.rate_hz);
        assert!(secs > fixture.secs * 0.3, "{name}: {secs} s left");
    }
}

#[test]
fn headers_that_lie_neither_allocate_nor_hang() {
    let folder = tempfile::tempdir().unwrap();
    let wav = std::fs::read(fixtures::path("wav-8khz.wav")).unwrap();
    let with = |name: &str, at: usize, value: &[u8]| {
        let mut bytes = wav.clone();
        bytes[at..at + value.len()].copy_from_slice(value);
        altered(&folder, name, &bytes)
    };
    let data = wav.windows(4).position(|window| window == b"data").unwrap();

    let endless = with("endless.wav", data + 4, &0xffff_fff0_u32.to_le_bytes());
    assert_eq!(decode_all(&endless).len(), 8000);
    assert!(probe(&endless).unwrap().duration_secs < 1.1);

    let fast = with("fast.wav", 24, &4_000_000_000_u32.to_le_bytes());
    let error = probe(&fast).unwrap_err();
    assert_eq!(
        error.reason(),
        "the file claims a sample rate of 4000000000 Hz"
    );

    for (name, value) in [("none.wav", 0_u16), ("many.wav", 65_535)] {
        let error = probe(&with(name, 22, &value.to_le_bytes())).unwrap_err();
        assert!(
            matches!(
                error,
                DecodeError::Implausible { .. } | DecodeError::Damaged { .. }
            ),
            "{error}"
        );
    }
    assert!(probe(&with("slow.wav", 24, &0_u32.to_le_bytes())).is_err());
}

#[test]
fn random_damage_anywhere_never_panics_or_hangs() {
    let folder = tempfile::tempdir().unwrap();
    let mut random = fastrand::Rng::with_seed(3);
    for fixture in PLAYABLE {
        let original = std::fs::read(fixtures::path(fixture.file)).unwrap();
        for round in 0..12 {
            let mut bytes = original.clone();
            // Headers are where lies do most harm.
            let reach = if round % 2 == 0 {
                bytes.len().min(600)
            } else {
                bytes.len()
            };
            for _ in 0..random.usize(1..40) {
                let at = random.usize(..reach);
                bytes[at] = random.u8(..);
            }
            let path = altered(&folder, "damaged", &bytes);
            let Ok(mut stream) = AudioStream::open(&path) else {
                continue;
            };
            let mut samples = 0;
            while let Ok(Some(block)) = stream.next_block() {
                samples += block.samples.len();
            }
            // Seconds in, seconds out: nothing makes a small file endless.
            assert!(samples < 60_000_000, "{} round {round}", fixture.file);
            let _ = stream.seek(0.3);
            let _ = stream.next_block();
            let _ = probe(&path);
        }
    }
}

/// Without a header frame, symphonia takes the first frames for the average and cuts off or
/// refuses everything beyond the end it imagines.
#[test]
fn mp3_without_a_header_plays_and_seeks_to_its_real_end() {
    let path = fixtures::path("mp3-vbr-noxing.mp3");
    let secs = decode_all(&path).len() as f64 / 22_050.0;
    assert!((secs - 4.0).abs() < 0.2, "{secs}");
    let probed = probe(&path).unwrap();
    assert!((probed.duration_secs - secs).abs() < 0.1, "{probed:?}");
    let mut stream = AudioStream::open(&path).unwrap();
    assert_eq!(stream.duration_secs(), None);
    stream.seek(3.5).unwrap();
    let rest = rest_of(&mut stream).len() as f64 / 22_050.0;
    assert!((rest - (secs - 3.5)).abs() < 0.01, "{rest}");
}
