//! What the made-up engine understands of photos.

use maeum::engine::{
    CoverImage, FeelRequest, JourneyEnd, PhotoAnswer, PhotoSource, ReadPhoto, Wish,
};
use maeum::mood::{Mood, MoodVector};
use maeum::photo::{
    Colours, Expression, Faces, Opinion, PhotoProblem, PhotoReading, Pixels, Reader, Scene,
};
use std::path::Path;
use std::sync::Arc;

const WIDTH: u32 = 320;
const HEIGHT: u32 = 213;

/// What was understood of the photos of a wish: each is the sea at sunset, but for those
/// whose name says that they are broken.
pub fn answer(request: &FeelRequest) -> Option<Arc<PhotoAnswer>> {
    let photos: Vec<&PhotoSource> = match &request.wish {
        Wish::Photos { photos, .. } => photos.iter().collect(),
        Wish::Journey { from, to } => [from, to].into_iter().filter_map(of_end).collect(),
        _ => return None,
    };
    let mut answer = PhotoAnswer::default();
    for (number, source) in photos.into_iter().enumerate() {
        match source {
            PhotoSource::File(path) if is_broken(path) => {
                let reason = PhotoProblem::Damaged("it ends too early".to_owned());
                answer.unread.push((source.name(), reason));
            }
            source => answer.photos.push(Arc::new(read(source, number))),
        }
    }
    Some(Arc::new(answer))
}

fn of_end(end: &JourneyEnd) -> Option<&PhotoSource> {
    match end {
        JourneyEnd::Photo(source) => Some(source),
        _ => None,
    }
}

/// Whether a journey has an end that cannot be read.
pub fn leads_nowhere(ends: [&JourneyEnd; 2]) -> bool {
    let mut photos = ends.into_iter().filter_map(of_end);
    photos.any(|source| matches!(source, PhotoSource::File(path) if is_broken(path)))
}

fn is_broken(path: &Path) -> bool {
    path.to_string_lossy().contains("broken")
}

fn read(source: &PhotoSource, number: usize) -> ReadPhoto {
    let late = number as f32 * 0.35;
    let rgb = sunset(late);
    let pixels = Pixels::new(WIDTH, HEIGHT, rgb.clone()).expect("as many bytes as it says");
    let mood = MoodVector::new(
        0.52,
        -0.34,
        [0.08, 0.22, 0.61, 0.04, 0.02, 0.01, 0.02],
        0.61,
    );
    let words = MoodVector::from_point(0.58, -0.5, 0.8);
    let colour = MoodVector::from_point(0.3, 0.05, 1.0);
    let opinion = |reader, mood| Opinion { reader, mood };
    let rgba: Vec<u8> = rgb
        .chunks(3)
        .flat_map(|p| [p[0], p[1], p[2], 255])
        .collect();
    let image = CoverImage {
        width: WIDTH,
        height: HEIGHT,
        rgba,
        accent: [240, 150, 70],
    };
    ReadPhoto {
        source: source.clone(),
        name: source.name(),
        taken: Some(format!("2026:05:01 1{}:40:00", number % 10)),
        reading: PhotoReading {
            mood,
            opinions: vec![
                (opinion(Reader::Model, mood), 0.68),
                (opinion(Reader::Words, words), 0.22),
                (opinion(Reader::Colour, colour), 0.10),
            ],
            scene: Scene {
                tags: [
                    ("sea", 0.93),
                    ("sunset", 0.88),
                    ("sky", 0.7),
                    ("bird", 0.45),
                    ("people", 0.04),
                ]
                .map(|(tag, p)| (Arc::from(tag), p))
                .to_vec(),
                faces: Faces {
                    share: 0.0,
                    largest: 0.0,
                    expression: [0.0; Expression::COUNT],
                },
            },
            colours: Colours::of(&pixels),
            ranks: None,
        },
        card: image.clone(),
        backdrop: image,
    }
}

/// A sun going down over the sea.
fn sunset(late: f32) -> Vec<u8> {
    let mut rgb = Vec::with_capacity((WIDTH * HEIGHT * 3) as usize);
    for row in 0..HEIGHT {
        for column in 0..WIDTH {
            let (x, y) = (column as f32 / WIDTH as f32, row as f32 / HEIGHT as f32);
            let sea = y > 0.62;
            let up = if sea { 1.24 - y } else { y };
            let warm = (up * 1.5).min(1.0) * (1.0 - 0.4 * late);
            let mut color = [60.0 + 190.0 * warm, 50.0 + 95.0 * warm, 95.0 - 25.0 * warm];
            let near = ((x - 0.6) * 1.5).hypot(y - 0.5 - 0.1 * late);
            let shine = if sea {
                (0.05 - (x - 0.6).abs()).max(0.0) * 9.0
            } else {
                (0.1 - near).max(0.0) * 14.0
            };
            for (channel, light) in color.iter_mut().zip([255.0, 225.0, 160.0]) {
                *channel += (light - *channel) * shine.min(1.0);
                *channel *= if sea { 0.72 } else { 1.0 };
            }
            rgb.extend(color.map(|channel| channel.clamp(0.0, 255.0) as u8));
        }
    }
    rgb
}

/// The mood of the photos of a wish, none when all are broken.
pub fn mood(photos: &[PhotoSource], energy: f32) -> MoodVector {
    let whole = photos
        .iter()
        .any(|source| !matches!(source, PhotoSource::File(path) if is_broken(path)));
    if whole {
        MoodVector::of_mood(Mood::Peaceful).with_energy(energy)
    } else {
        MoodVector::UNKNOWN
    }
}
