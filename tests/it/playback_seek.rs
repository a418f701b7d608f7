//! Jumping within tracks of every format, rate and number of channels.

use crate::support::fixtures::{self, PLAYABLE};
use crate::support::loopback::{Device, Loopback, track};
use crate::support::signal::{channel, rms, tone, tone_share, write_wav};
use maeum::decode::AudioStream;
use maeum::playback::PlayerCommand;
use std::time::Instant;

#[test]
fn every_format_plays_on_from_where_it_was_sought() {
    for fixture in PLAYABLE {
        let path = fixtures::path(fixture.file);
        let mut player = Loopback::start(Device {
            channels: Some(2),
            ..Device::default()
        });
        player.play(&[track(1, &path)], 0);
        player.listen(512);
        let to_secs = fixture.secs / 2.0;
        player.send(PlayerCommand::Seek {
            position_secs: to_secs as f32,
        });
        let near = (to_secs as f32 - 0.01)..(fixture.secs as f32 + 0.2);
        player.wait(fixture.file, |state| near.contains(&state.position_secs));
        let heard = channel(&player.listen(usize::MAX), 2, 0);
        let rate = player.format().sample_rate_hz;
        assert_eq!(rate, fixture.rate_hz, "{}", fixture.file);
        let fade = rate as usize / 80;
        let left = heard.len() as f64 / f64::from(rate);
        // What was in the device's hands fades out first; bare frames tell no exact length.
        let tolerance = if fixture.exact { 0.03 } else { 0.2 };
        assert!(
            (left - to_secs).abs() < tolerance,
            "{}: {left} s after a jump to {to_secs}",
            fixture.file
        );
        let inner = &heard[2 * fade..heard.len() - fade];
        let share = tone_share(inner, rate, fixture.pitch_hz);
        assert!(share > 0.98, "{}: {share}", fixture.file);
    }
}

#[test]
fn rates_from_8_to_192_khz_and_one_to_six_channels_sound_right_on_any_device() {
    let folder = tempfile::tempdir().unwrap();
    for rate_hz in [
        8000, 11_025, 22_050, 32_000, 44_100, 88_200, 96_000, 176_400, 192_000,
    ] {
        for channels in [1_u16, 2, 6] {
            let mono = tone(rate_hz, 440.0, rate_hz as usize / 2);
            let samples: Vec<i16> = mono
                .iter()
                .flat_map(|&sample| std::iter::repeat_n(sample, usize::from(channels)))
                .collect();
            let path = folder.path().join(format!("{rate_hz}-{channels}.wav"));
            write_wav(&path, rate_hz, channels, &samples);
            for only_rate_hz in [None, Some(48_000)] {
                let mut player = Loopback::start(Device {
                    only_rate_hz,
                    channels: Some(2),
                    ..Device::default()
                });
                player.play(&[track(1, &path)], 0);
                let heard = player.listen(usize::MAX);
                let rate = only_rate_hz.unwrap_or(rate_hz);
                let what = format!("{rate_hz} Hz, {channels} channels at {rate} Hz");
                assert!(
                    heard.len().abs_diff(rate as usize) <= 8,
                    "{what}: {}",
                    heard.len()
                );
                for side in 0..2 {
                    let side = channel(&heard, 2, side);
                    assert!(tone_share(&side, rate, 440.0) > 0.999, "{what}");
                    let level = rms(&side);
                    assert!((0.34..0.37).contains(&level), "{what}: {level}");
                }
            }
        }
    }
}

/// Not a test of right or wrong: prints how long jumps take in minutes of music.
#[test]
#[ignore = "a measurement; needs MAEUM_LONG_FILES, a folder of long files"]
fn how_long_jumps_take() {
    let Some(folder) = std::env::var_os("MAEUM_LONG_FILES") else {
        return;
    };
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let Ok(stream) = AudioStream::open(&path) else {
            continue;
        };
        let secs = stream.duration_secs().unwrap_or(60.0);
        let (mut worst, mut sum) = (0.0_f64, 0.0);
        for step in 0..20 {
            let begun = Instant::now();
            let mut stream = AudioStream::open(&path).unwrap();
            stream
                .seek(secs * f64::from((step * 7) % 20) / 20.0)
                .unwrap();
            stream.next_block().unwrap();
            let took = begun.elapsed().as_secs_f64() * 1000.0;
            worst = worst.max(took);
            sum += took;
        }
        println!(
            "{}: mean {:.1} ms, worst {worst:.1} ms",
            path.display(),
            sum / 20.0
        );
    }
}
