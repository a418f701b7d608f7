//! Pictures that are cut off, flipped, lying or hostile: each is read or has a reason, and
//! none takes the program or the machine's memory with it.

use crate::support::desktop::wait_for;
use crate::support::pictures::jpeg;
use crate::support::program::{Program, json_lines, small_models};
use fastrand::Rng;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::io::Cursor;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;

/// The most that the whole program may take while it reads photos, kilobytes.
const MOST_KB: u64 = 600 * 1024;

/// Writes the checksum of a PNG chunk, from its name to the checksum, anew (CRC-32 of ISO 3309).
fn checked(chunk: &mut [u8]) {
    let (data, sum) = chunk.split_at_mut(chunk.len() - 4);
    let mut crc = u32::MAX;
    for byte in data {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                crc >> 1 ^ 0xEDB8_8320
            } else {
                crc >> 1
            };
        }
    }
    sum.copy_from_slice(&(!crc).to_be_bytes());
}

fn whole() -> Vec<(&'static str, Vec<u8>)> {
    let picture = RgbImage::from_fn(96, 64, |x, y| {
        Rgb([(x * 2) as u8, (y * 3) as u8, (x * y) as u8])
    });
    let written = |format: ImageFormat| {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::from(picture.clone())
            .write_to(&mut bytes, format)
            .unwrap();
        bytes.into_inner()
    };
    vec![
        ("jpg", written(ImageFormat::Jpeg)),
        ("png", written(ImageFormat::Png)),
        ("gif", written(ImageFormat::Gif)),
        ("bmp", written(ImageFormat::Bmp)),
        ("tiff", written(ImageFormat::Tiff)),
        ("webp", written(ImageFormat::WebP)),
    ]
}

/// Headers that promise 30,000 × 30,000 pixels or more, and nothing behind them.
fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let mut bombs = Vec::new();
    for (kind, mut bytes) in whole() {
        match kind {
            "jpg" => {
                let frame = bytes
                    .windows(2)
                    .position(|pair| pair == [0xFF, 0xC0])
                    .unwrap();
                bytes[frame + 5..frame + 9].copy_from_slice(&[0x75, 0x30, 0x75, 0x30]);
            }
            "png" => {
                bytes[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
                checked(&mut bytes[12..33]);
            }
            "gif" => {
                bytes[6..10].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
                let frame = bytes.iter().rposition(|byte| *byte == 0x2C).unwrap_or(0);
                if let Some(sides) = bytes.get_mut(frame + 5..frame + 9) {
                    sides.copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
                }
            }
            "bmp" => {
                bytes[18..22].copy_from_slice(&30_000_u32.to_le_bytes());
                bytes[22..26].copy_from_slice(&30_000_u32.to_le_bytes());
            }
            "tiff" => {
                for tag in [0x100_u16, 0x101] {
                    let at = bytes
                        .windows(2)
                        .position(|pair| pair == tag.to_le_bytes())
                        .unwrap();
                    bytes[at + 8..at + 12].copy_from_slice(&30_000_u32.to_le_bytes());
                }
            }
            _ => {
                // VP8L: two times 14 bits of size after its signature.
                let at = bytes.windows(4).position(|four| four == b"VP8L").unwrap() + 9;
                bytes[at..at + 4].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0x0F]);
            }
        }
        bombs.push((kind, bytes));
    }
    bombs
}

/// Two hundred and more files, each broken in its own way.
fn broken() -> Vec<(String, Vec<u8>)> {
    let mut rng = Rng::with_seed(5);
    let mut all = Vec::new();
    for (kind, bytes) in whole() {
        for part in 0..14 {
            let cut = (bytes.len() * part / 14).max(1);
            all.push((format!("cut-{part}.{kind}"), bytes[..cut].to_vec()));
        }
        for number in 0..12 {
            let mut flipped = bytes.clone();
            for _ in 0..=number {
                let at = rng.usize(0..flipped.len());
                flipped[at] ^= 1 << rng.u8(0..8);
            }
            all.push((format!("flipped-{number}.{kind}"), flipped));
        }
        for number in 0..6 {
            let mut noise = bytes.clone();
            let from = [8, 12, 24, 40, 64, 100][number].min(noise.len());
            for byte in &mut noise[from..] {
                *byte = rng.u8(..);
            }
            all.push((format!("noise-{number}.{kind}"), noise));
        }
        let mut twice = bytes[..bytes.len() / 2].to_vec();
        twice.extend(&bytes);
        all.push((format!("twice.{kind}"), twice));
    }
    for (kind, bytes) in bombs() {
        all.push((format!("bomb.{kind}"), bytes));
    }
    all
}

/// Runs the program and returns what it printed and the most memory it took, kilobytes.
fn watched(program: &Program, arguments: &[&str]) -> (Output, u64) {
    let mut command = program.command(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    let status = format!("/proc/{}/status", process.id());
    // Whoever reads in time keeps the pipes from filling up.
    let mut most = 0;
    let (mut out, mut err) = (
        process.stdout.take().unwrap(),
        process.stderr.take().unwrap(),
    );
    let readers = [
        std::thread::spawn(move || read_all(&mut out)),
        std::thread::spawn(move || read_all(&mut err)),
    ];
    wait_for(Duration::from_mins(10), || {
        let status = std::fs::read_to_string(&status).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|peak| peak.split_whitespace().next()?.parse().ok());
        most = most.max(peak.unwrap_or(0));
        process.try_wait().unwrap().is_some()
    })
    .expect("it comes to an end");
    let [stdout, stderr] = readers.map(|reader| reader.join().unwrap());
    let status = process.wait().unwrap();
    (
        Output {
            status,
            stdout,
            stderr,
        },
        most,
    )
}

fn read_all(from: &mut impl std::io::Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).unwrap();
    bytes
}

fn read_files(folder: &Path, names: &[String]) -> (Vec<serde_json::Value>, u64) {
    let program = Program::new();
    let paths: Vec<String> = names
        .iter()
        .map(|name| folder.join(name).to_str().unwrap().to_owned())
        .collect();
    let mut arguments = vec!["mood", "photo", "--models-dir", small_models()];
    arguments.extend(paths.iter().map(String::as_str));
    let (output, most_kb) = watched(&program, &arguments);
    assert!(
        output.status.code().is_some_and(|code| code < 2),
        "{output:?}"
    );
    (json_lines(&output), most_kb)
}

#[test]
fn two_hundred_broken_pictures_are_read_or_refused_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let broken = broken();
    assert!(broken.len() >= 200, "{}", broken.len());
    for (name, bytes) in &broken {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let names: Vec<String> = broken.into_iter().map(|(name, _)| name).collect();
    let (lines, most_kb) = read_files(folder.path(), &names);
    assert_eq!(lines.len(), names.len());
    assert!(most_kb > 0 && most_kb < MOST_KB, "{most_kb} kB");
    let mut refused = 0;
    for (name, line) in names.iter().zip(&lines) {
        assert!(line["input"].as_str().unwrap().ends_with(name.as_str()));
        if let Some(error) = line["error"].as_str() {
            refused += 1;
            let length = error.chars().count();
            assert!(
                (12..300).contains(&length) && !error.contains('\n'),
                "{name}: {error}"
            );
            assert!(
                !error.contains("makes no sense"),
                "{name}: a decoder panicked"
            );
        } else {
            assert!(line["valence"].is_number(), "{name}: {line}");
            assert!(
                !name.starts_with("bomb") && name != "cut-0.jpg",
                "{name} was read"
            );
        }
        if name.starts_with("bomb") {
            let error = line["error"].as_str().unwrap();
            assert!(
                error.contains("too many") || error.contains("damaged"),
                "{name}: {error}"
            );
        }
    }
    assert!(refused >= 80, "{refused} refused");
}

#[test]
fn a_photo_of_a_hundred_megapixels_is_read_within_the_memory() {
    let folder = tempfile::tempdir().unwrap();
    // One light for most of it keeps the file small; a hundred megapixels of colour.
    let large = RgbImage::from_pixel(12_000, 9_000, Rgb([250, 140, 40]));
    std::fs::write(folder.path().join("large.jpg"), jpeg(&large)).unwrap();
    drop(large);
    let (lines, most_kb) = read_files(folder.path(), &["large.jpg".to_owned()]);
    assert_eq!(lines[0]["top"], "happy", "{}", lines[0]);
    assert!(most_kb < MOST_KB, "{most_kb} kB");
}
