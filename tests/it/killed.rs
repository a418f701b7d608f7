//! kill -9 in the middle of a scan.

use crate::support::program::{Program, errors, small_models};
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

const TRACKS: usize = 24;
const KILLS: u64 = 20;

/// A few seconds of a chord with a beat, each file its own.
fn write_track(path: &Path, number: usize) {
    const RATE: u32 = 22_050;
    let frames = RATE as usize * 6;
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    let bytes = u32::try_from(frames * 2).unwrap();
    file.write_all(b"RIFF").unwrap();
    file.write_all(&(36 + bytes).to_le_bytes()).unwrap();
    file.write_all(b"WAVEfmt \x10\0\0\0\x01\0\x01\0").unwrap();
    file.write_all(&RATE.to_le_bytes()).unwrap();
    file.write_all(&(RATE * 2).to_le_bytes()).unwrap();
    file.write_all(b"\x02\0\x10\0data").unwrap();
    file.write_all(&bytes.to_le_bytes()).unwrap();
    let pitch_hz = 220.0 + 7.0 * number as f64;
    for frame in 0..frames {
        let t = frame as f64 / f64::from(RATE);
        let beat = (1.0 - (t * 2.0).fract()).powi(4);
        let tone = (t * pitch_hz * std::f64::consts::TAU).sin();
        let sample = (tone * beat * 12_000.0) as i16;
        file.write_all(&sample.to_le_bytes()).unwrap();
    }
}

#[test]
fn twenty_kills_in_mid_scan_lose_nothing_that_was_finished() {
    let music = tempfile::tempdir().unwrap();
    for number in 0..TRACKS {
        write_track(&music.path().join(format!("{number}.wav")), number);
        let words = format!("[00:01]so sad and alone\n[00:02]{number} tears\n").repeat(40);
        std::fs::write(music.path().join(format!("{number}.lrc")), words).unwrap();
    }
    let program = Program::new();
    let folder = music.path().to_str().unwrap();
    let mut random = fastrand::Rng::with_seed(20);
    let (mut analyzed_before, mut read_before) = (0, 0);
    for _ in 0..KILLS {
        let mut child = program
            .command(&["scan", folder, "--models-dir", small_models()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(random.u64(20..900)));
        child.kill().unwrap();
        child.wait().unwrap();
        let library = program.json(&["doctor", "--json"])["library"].clone();
        assert!(library.get("error").is_none(), "{library}");
        let analyzed = library["analyzed"].as_u64().unwrap();
        assert!(
            analyzed >= analyzed_before,
            "{analyzed} < {analyzed_before}"
        );
        analyzed_before = analyzed;
        let read = library["lyrics_read"].as_u64().unwrap();
        assert!(read >= read_before, "{read} < {read_before}");
        read_before = read;
    }
    let output = program.run(&["scan", "--json", folder, "--models-dir", small_models()]);
    assert!(output.status.success(), "{}", errors(&output));
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    // What had been finished is not done again.
    assert_eq!(
        summary["analyzed"],
        TRACKS as u64 - analyzed_before,
        "{summary}"
    );
    let library = &program.json(&["doctor", "--json"])["library"];
    assert_eq!(library["analyzed"], TRACKS as u64, "{library}");
    assert_eq!(library["lyrics_read"], TRACKS as u64, "{library}");
}
