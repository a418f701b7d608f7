//! What a scan of many tracks needs: `cargo bench --bench scan -- [TRACKS] [FOLDER]`.
//!
//! Lets the program itself scan 10,000 generated tracks and, if named, a folder of real music
//! with two analyzers, first look and all, and prints tracks a second and the most memory that
//! the process ever held (Linux: `VmHWM`).

// Its output is what it is for.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use maeum::config::Settings;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const WORKERS: usize = 2;
const RATE_HZ: u32 = 11_025;
const SECS: u32 = 4;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|each| each != "--bench")
        .collect();
    let tracks = arguments.first().map_or(10_000, |n| n.parse().unwrap());
    let desk = tempfile::tempdir().unwrap();
    let (music, data) = (desk.path().join("music"), desk.path().join("data"));
    std::fs::create_dir_all(&data).unwrap();
    for number in 0..tracks {
        write_track(&music, number);
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let settings = Settings {
        analysis_effort: WORKERS as f32 / cores as f32,
        ..Settings::default()
    };
    assert_eq!(settings.analysis_workers(), WORKERS.min(cores));
    settings.save(&data.join("settings.json")).unwrap();

    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    let mut roots = vec![music];
    roots.extend(arguments.get(1).map(PathBuf::from));
    let started = Instant::now();
    let mut scan = Command::new(env!("CARGO_BIN_EXE_maeum"))
        .arg("scan")
        .args(&roots)
        .args([
            Path::new("--data-dir"),
            &data,
            Path::new("--models-dir"),
            &models,
        ])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak_kib = None;
    let status = loop {
        peak_kib = peak_kib_of(scan.id()).max(peak_kib);
        if let Some(status) = scan.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(200));
    };
    assert!(status.success(), "{status}");
    let secs = started.elapsed().as_secs_f64();
    println!(
        "{tracks} generated tracks in {secs:.1} s: {:.0} a second",
        f64::from(tracks) / secs
    );
    if let Some(kib) = peak_kib {
        println!("most memory held: {:.0} MB", kib as f64 * 1_024.0 / 1e6);
    }
}

/// A beat of its own pitch and speed, with tags, thirty in a folder.
fn write_track(music: &Path, number: u32) {
    let folder = music.join(format!("{:04}", number / 30));
    std::fs::create_dir_all(&folder).unwrap();
    let title = format!("Track {number}\0");
    let title = &title.as_bytes()[..title.len() & !1];
    let info = 4 + 8 + title.len() as u32;
    let bytes = RATE_HZ * SECS * 2;
    let file = std::fs::File::create(folder.join(format!("{number}.wav"))).unwrap();
    let mut file = std::io::BufWriter::new(file);
    let mut put = |bytes: &[u8]| file.write_all(bytes).unwrap();
    put(b"RIFF");
    put(&(4 + 24 + 8 + bytes + 8 + info).to_le_bytes());
    put(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    put(&RATE_HZ.to_le_bytes());
    put(&(RATE_HZ * 2).to_le_bytes());
    put(b"\x02\0\x10\0data");
    put(&bytes.to_le_bytes());
    let (pitch_hz, beats_hz) = (
        110.0 + f64::from(number % 997),
        1.0 + f64::from(number % 7) / 3.0,
    );
    for frame in 0..RATE_HZ * SECS {
        let t = f64::from(frame) / f64::from(RATE_HZ);
        let beat = (1.0 - (t * beats_hz).fract()).powi(4);
        let tone = (t * pitch_hz * std::f64::consts::TAU).sin();
        put(&((tone * beat * 12_000.0) as i16).to_le_bytes());
    }
    put(b"LIST");
    put(&info.to_le_bytes());
    put(b"INFOINAM");
    put(&(title.len() as u32).to_le_bytes());
    put(title);
}

/// The most memory that a process has held; `None` where the system does not tell.
fn peak_kib_of(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
