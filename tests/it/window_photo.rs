//! A photo dragged into the real window, and a picture pasted there, each become a playlist
//! that is heard.

use crate::support::desktop::{Screen, Window};
use crate::support::pictures::jpeg;
use crate::support::program::{Program, small_models};
use crate::support::sound_server::SoundHost;
use crate::support::x11::{Copied, drag};
use image::{ImageFormat, Rgb, RgbImage};
use std::io::Cursor;
use std::time::Duration;

/// Opens the window on the demo's music, gives it a photo, and listens whether Enter plays.
fn heard_after(give: impl FnOnce(&Screen)) {
    let program = Program::with_demo_music();
    let screen = Screen::open();
    let sound = SoundHost::new();
    let _server = sound.serve();
    let recording = sound.record();
    let mut command = program.command(&["--models-dir", small_models()]);
    sound.sound_for(&mut command);
    screen.show(&mut command);
    let _window = Window::open(&mut command);
    screen.focus_window("Maeum");
    give(&screen);
    // Nothing outside shows when the photo has become the wish, so Enter is pressed a few times.
    for _ in 0..3 {
        std::thread::sleep(Duration::from_secs(1));
        screen.press("Return");
    }
    recording.wait("a track that was chosen for the photo", |samples| {
        let last = &samples[samples.len().saturating_sub(40_000)..];
        last.iter().any(|sample| sample.abs() > 0.01)
    });
}

fn evening() -> RgbImage {
    RgbImage::from_pixel(640, 480, Rgb([250, 140, 40]))
}

#[test]
fn a_photo_dragged_into_the_window_plays() {
    let folder = tempfile::tempdir().unwrap();
    let photo = folder.path().join("evening.jpg");
    std::fs::write(&photo, jpeg(&evening())).unwrap();
    heard_after(|screen| drag(&screen.display, "Maeum", &[&photo]));
}

#[test]
fn a_picture_pasted_into_the_window_plays() {
    let mut png = Cursor::new(Vec::new());
    evening().write_to(&mut png, ImageFormat::Png).unwrap();
    let mut copied = None;
    heard_after(|screen| {
        copied = Some(Copied::new(&screen.display, "image/png", png.into_inner()));
        screen.press("ctrl+v");
    });
}
