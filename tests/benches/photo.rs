//! How fast photos are read: `ORT_DYLIB_PATH=… cargo bench --bench photo -- [MODELS]`.
//!
//! Prints milliseconds on one core for decoding (with making small) and for reading (squeezing,
//! the model, colours, words), and from a dropped file to a playlist of the demo library, with ONNX Runtime and with the built-in engine. A process has
//! one engine, so each is measured in a process of its own. MODELS is a models folder; the
//! shipped one when there is none.

// Its output is what it is for.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod backends;

use backends::{Rows, millis};
use image::{ImageFormat, Rgb, RgbImage};
use maeum::config::Folders;
use maeum::engine::{
    self, Command, Event, FeelRequest, Handle, Length, Options, PhotoSource, Wish,
};
use maeum::inference::photo::{PhotoReader, decode};
use maeum::inference::text::FeelingReader;
use maeum::recommend::{Filter, Mode};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

fn main() {
    backends::main(measure_all, |built_in, with_library| {
        println!("{:>14} {:>14}", "ONNX Runtime", "built-in");
        for (row, (name, slow)) in built_in.iter().enumerate() {
            let fast = with_library.map_or(f64::NAN, |fast| fast[row].1);
            println!("{fast:11.2} ms {slow:11.2} ms  {name}");
        }
    });
}

/// A sky over hills with some grain, so that it compresses like a photo.
fn scenery(width: u32, height: u32) -> RgbImage {
    let mut random = fastrand::Rng::with_seed(3);
    RgbImage::from_fn(width, height, |x, y| {
        let (across, down) = (x as f32 / width as f32, y as f32 / height as f32);
        let hill = 0.6 + 0.1 * (across * 9.0).sin();
        let base = if down < hill {
            [120.0, 150.0 + 60.0 * down, 220.0]
        } else {
            [60.0, 110.0, 50.0]
        };
        Rgb(base.map(|channel: f32| (channel + 24.0 * (random.f32() - 0.5)) as u8))
    })
}

fn measure_all(models: &Path) -> Rows {
    let folder = std::env::temp_dir().join(format!("maeum-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = |name: &str, width: u32, height: u32, format| {
        let path = folder.join(name);
        scenery(width, height)
            .save_with_format(&path, format)
            .unwrap();
        path
    };
    let small = file("small.jpg", 1_024, 768, ImageFormat::Jpeg);
    let phone = file("phone.jpg", 4_032, 3_024, ImageFormat::Jpeg);
    let png = file("small.png", 1_024, 768, ImageFormat::Png);
    let started = Instant::now();
    let mut reader = PhotoReader::open(models);
    let mut measured = vec![("loading the photo model".to_owned(), millis(started))];
    let mut words = FeelingReader::open(models);
    let mut add = |name: &str, runs: u32, work: &mut dyn FnMut()| {
        let fastest = (0..runs)
            .map(|_| {
                let started = Instant::now();
                work();
                millis(started)
            })
            .fold(f64::INFINITY, f64::min);
        measured.push((name.to_owned(), fastest));
    };
    for (name, path) in [
        ("JPEG, 0.8 megapixels", &small),
        ("PNG, 0.8 megapixels", &png),
        ("JPEG, 12 megapixels", &phone),
    ] {
        add(&format!("decoding: {name}"), 5, &mut || {
            black_box(decode(path).unwrap());
        });
    }
    let photo = decode(&small).unwrap();
    add("reading a decoded photo", 20, &mut || {
        black_box(reader.read(&photo.pixels, &mut words));
    });
    let handle = opened(models, &folder);
    for (name, path) in [("0.8 megapixels", small), ("12 megapixels", phone)] {
        measured.push((
            format!("from a dropped file to a playlist: {name}"),
            dropped(&handle, path),
        ));
    }
    handle.close();
    let _ = std::fs::remove_dir_all(&folder);
    measured
}

/// An engine on the scanned demo library, at rest.
fn opened(models: &Path, folder: &Path) -> Handle {
    let options = Options {
        folders: Folders {
            data: folder.join("data"),
            models: models.to_path_buf(),
            demo_music: Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo"),
        },
        demo: true,
        scan_at_start: true,
        keep_queue: false,
    };
    let handle = engine::start(options, Arc::new(|| {})).unwrap();
    while !matches!(handle.events.recv().unwrap(), Event::Finished(_)) {}
    // The models are loaded when nothing was asked for a while.
    std::thread::sleep(std::time::Duration::from_secs(3));
    handle
}

/// Milliseconds from a drop to the answer, as the window sees them.
fn dropped(handle: &Handle, path: PathBuf) -> f64 {
    while handle.events.try_recv().is_ok() {}
    let started = Instant::now();
    handle.commands.send(Command::Drop(vec![path])).unwrap();
    loop {
        match handle.events.recv().unwrap() {
            Event::DroppedPhotos(paths) => {
                let request = FeelRequest {
                    wish: Wish::Photos {
                        photos: paths.into_iter().map(PhotoSource::File).collect(),
                        energy: 0.0,
                    },
                    length: Length::Tracks(20),
                    seed: 0,
                    filter: Filter::default(),
                    mode: Mode::default(),
                    patient: false,
                };
                handle
                    .commands
                    .send(Command::Feel {
                        generation: 1,
                        request,
                    })
                    .unwrap();
            }
            Event::Playlist { answer, .. } => {
                assert!(!answer.tracks.is_empty());
                return millis(started);
            }
            _ => {}
        }
    }
}
