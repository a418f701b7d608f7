//! Photos: every format and kind of pixel, upright, and read by a panel.

use crate::support::pictures::{exif, jpeg, with_exif};
use crate::support::program::{project, small_models};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use maeum::inference::photo::{PhotoReader, decode};
use maeum::inference::text::FeelingReader;
use maeum::language::Language;
use maeum::mood::Mood;
use maeum::photo::{Colours, PhotoProblem, PhotoReading, Pixels, Reader};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder for pictures.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn save(&self, name: &str, picture: &DynamicImage) -> PathBuf {
        let mut bytes = Cursor::new(Vec::new());
        let format = ImageFormat::from_path(name).unwrap();
        picture.write_to(&mut bytes, format).unwrap();
        self.put(name, &bytes.into_inner())
    }
}

/// Red on the left, blue on the right, the upper half lighter.
fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let light = if y < height / 2 { 220 } else { 90 };
        if x < width / 2 {
            Rgb([light, 10, 10])
        } else {
            Rgb([10, 10, light])
        }
    })
}

fn at(pixels: &Pixels, across: f32, down: f32) -> [u8; 3] {
    let x = (across * pixels.width() as f32) as usize;
    let y = (down * pixels.height() as f32) as usize;
    let start = (y * pixels.width() as usize + x) * 3;
    pixels.rgb()[start..start + 3].try_into().unwrap()
}

fn assert_near(found: [u8; 3], wanted: [u8; 3], of: &str) {
    let near = found.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= 14);
    assert!(near, "{of}: {found:?}, not {wanted:?}");
}

fn assert_quarters(pixels: &Pixels, of: &str) {
    assert_near(at(pixels, 0.25, 0.25), [220, 10, 10], of);
    assert_near(at(pixels, 0.75, 0.25), [10, 10, 220], of);
    assert_near(at(pixels, 0.25, 0.75), [90, 10, 10], of);
    assert_near(at(pixels, 0.75, 0.75), [10, 10, 90], of);
}

fn read(path: &Path) -> PhotoReading {
    let models = Path::new(small_models());
    let mut reader = PhotoReader::open(models);
    assert!(reader.problem().is_none(), "{:?}", reader.problem());
    let photo = decode(path).unwrap();
    reader.read(&photo.pixels, &mut FeelingReader::open(models))
}

fn plain(colour: [u8; 3]) -> DynamicImage {
    RgbImage::from_pixel(300, 200, Rgb(colour)).into()
}

#[test]
fn every_format_gives_the_same_picture() {
    let desk = Desk::new();
    let picture: DynamicImage = quarters(160, 120).into();
    for name in ["a.png", "a.bmp", "a.tiff", "a.webp", "a.jpg", "a.gif"] {
        let photo = decode(&desk.save(name, &picture)).unwrap();
        assert_eq!((photo.pixels.width(), photo.pixels.height()), (160, 120));
        assert_quarters(&photo.pixels, name);
    }
}

#[test]
fn every_kind_of_pixel_is_understood() {
    let desk = Desk::new();
    let picture: DynamicImage = quarters(80, 60).into();
    let deep = DynamicImage::ImageRgb16(picture.to_rgb16());
    let float = DynamicImage::ImageRgb32F(picture.to_rgb32f());
    for (name, picture) in [
        ("16.png", &deep),
        ("16.tiff", &deep),
        ("float.tiff", &float),
    ] {
        assert_quarters(&decode(&desk.save(name, picture)).unwrap().pixels, name);
    }
    let grey = DynamicImage::ImageLuma8(picture.to_luma8());
    for (name, picture) in [("grey.png", &grey), ("grey.jpg", &grey)] {
        let [r, g, b] = at(
            &decode(&desk.save(name, picture)).unwrap().pixels,
            0.25,
            0.25,
        );
        assert!(r == g && g == b && r < 120, "{name}");
    }
    // Made with another program: ink rather than light.
    let ink = decode(&project().join("tests/fixtures/photo/ink.jpg")).unwrap();
    assert_quarters(&ink.pixels, "CMYK");
}

#[test]
fn what_is_transparent_stands_before_mid_grey() {
    let desk = Desk::new();
    let glass = RgbaImage::from_fn(40, 40, |x, _| {
        if x < 20 {
            Rgba([250, 250, 250, 0])
        } else {
            Rgba([200, 0, 0, 128])
        }
    });
    let deep = DynamicImage::ImageRgba16(DynamicImage::from(glass.clone()).to_rgba16());
    for (name, picture) in [("8.png", &glass.into()), ("16.png", &deep)] {
        let photo = decode(&desk.save(name, picture)).unwrap();
        assert_near(at(&photo.pixels, 0.2, 0.5), [128, 128, 128], name);
        assert_near(at(&photo.pixels, 0.8, 0.5), [164, 64, 64], name);
    }
}

#[test]
fn a_picture_is_turned_as_its_camera_was_held() {
    let desk = Desk::new();
    let upright = quarters(160, 120);
    // What the sensor saw, for each way of holding it, numbered as in EXIF.
    let sensor = |orientation: u8| -> RgbImage {
        use image::imageops::{flip_horizontal, flip_vertical, rotate90, rotate180, rotate270};
        match orientation {
            2 => flip_horizontal(&upright),
            3 => rotate180(&upright),
            4 => flip_vertical(&upright),
            5 => flip_horizontal(&rotate90(&upright)),
            6 => rotate270(&upright),
            7 => flip_horizontal(&rotate270(&upright)),
            8 => rotate90(&upright),
            _ => upright.clone(),
        }
    };
    for orientation in 1..=8 {
        let bytes = with_exif(&jpeg(&sensor(orientation)), &exif(orientation, None));
        let photo = decode(&desk.put("turned.jpg", &bytes)).unwrap();
        assert_eq!(
            (photo.pixels.width(), photo.pixels.height()),
            (160, 120),
            "{orientation}"
        );
        assert_quarters(&photo.pixels, &format!("orientation {orientation}"));
    }
}

#[test]
fn a_camera_says_when() {
    let desk = Desk::new();
    let bytes = jpeg(&quarters(40, 30));
    let at = "2026:05:01 18:30:00";
    let dated = desk.put("dated.jpg", &with_exif(&bytes, &exif(1, Some(at))));
    assert_eq!(decode(&dated).unwrap().taken.as_deref(), Some(at));
    let blank = with_exif(&bytes, &exif(1, Some("0000:00:00 00:00:00")));
    assert_eq!(decode(&desk.put("blank.jpg", &blank)).unwrap().taken, None);
    assert_eq!(decode(&desk.put("none.jpg", &bytes)).unwrap().taken, None);
}

#[test]
fn a_large_picture_is_made_small_before_it_is_kept() {
    let desk = Desk::new();
    let photo = decode(&desk.save("large.png", &quarters(2_400, 1_600).into())).unwrap();
    assert_eq!((photo.pixels.width(), photo.pixels.height()), (768, 512));
    assert_quarters(&photo.pixels, "large");
    let strip = decode(&desk.save("strip.png", &quarters(6_000, 12).into())).unwrap();
    assert_eq!((strip.pixels.width(), strip.pixels.height()), (4_096, 8));
}

#[test]
fn colours_are_measured_as_the_training_measures_them() {
    let folder = project().join("tests/fixtures/photo");
    let text = std::fs::read(folder.join("colour.json")).unwrap();
    let expected: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let photos = expected["photos"].as_object().unwrap();
    assert!(photos.len() >= 4);
    for (name, numbers) in photos {
        let colours = Colours::of(&decode(&folder.join(name)).unwrap().pixels);
        let numbers = numbers.as_array().unwrap();
        assert_eq!(numbers.len(), colours.features.len());
        for (at, (found, wanted)) in colours.features.iter().zip(numbers).enumerate() {
            let wanted = wanted.as_f64().unwrap() as f32;
            let feature = &expected["features"][at];
            assert!(
                (found - wanted).abs() < 2e-3,
                "{name} {feature}: {found}, not {wanted}"
            );
        }
    }
}

#[test]
fn a_photo_is_read_by_all_who_have_an_opinion() {
    let desk = Desk::new();
    let warm = read(&desk.save("warm.png", &plain([250, 140, 40])));
    let readers: Vec<Reader> = warm.opinions.iter().map(|(each, _)| each.reader).collect();
    assert_eq!(readers, [Reader::Model, Reader::Colour]);
    let total: f32 = warm.opinions.iter().map(|(_, share)| share).sum();
    assert!((total - 1.0).abs() < 1e-4, "{total}");
    assert!(
        warm.mood.valence > 0.5 && warm.mood.top() == Mood::Happy,
        "{:?}",
        warm.mood
    );
    assert_eq!(&*warm.scene.tags[0].0, "sunset");
    let line = warm.why(Language::English);
    assert!(line.contains("at sunset, warm colours → happy"), "{line}");
    assert!(warm.why(Language::Korean).contains("노을 지는"));
    let (valence, arousal) = warm.ranks.unwrap();
    assert!(valence > 0.75 && (0.0..=1.0).contains(&arousal));

    let sea = read(&desk.save("sea.png", &plain([10, 90, 220])));
    assert!(sea.mood.valence < warm.mood.valence);
    // The small words model knows the sea, and no sunset.
    let words = sea.opinion(Reader::Words).unwrap();
    assert_eq!(words.mood.top(), Mood::Peaceful);
}

#[test]
fn a_picture_is_read_as_it_lies() {
    let desk = Desk::new();
    let half = RgbImage::from_fn(
        300,
        200,
        |x, _| if x < 150 { Rgb([255; 3]) } else { Rgb([0; 3]) },
    );
    let mirrored = image::imageops::flip_horizontal(&half);
    let street = |name: &str, picture: RgbImage| {
        let scene = read(&desk.save(name, &picture.into())).scene;
        scene
            .tags
            .iter()
            .find(|(tag, _)| &**tag == "street")
            .unwrap()
            .1
    };
    let (one, other) = (street("one.png", half), street("other.png", mirrored));
    assert!(one > 0.9 && other < 0.1, "{one}, {other}");
}

#[test]
fn a_tag_without_words_is_not_told() {
    let desk = Desk::new();
    let warm = read(&desk.save("warm.png", &plain([250, 140, 40])));
    assert!(
        warm.scene
            .tags
            .iter()
            .any(|(tag, p)| &**tag == "unheard_of" && *p > 0.9)
    );
    assert!(!warm.description(Language::English).contains("unheard"));
}

#[test]
fn without_a_model_the_colours_speak_and_it_is_said_why() {
    let desk = Desk::new();
    let photo = decode(&desk.save("warm.png", &plain([250, 140, 40]))).unwrap();
    let nothing = tempfile::tempdir().unwrap();
    let mut reader = PhotoReader::open(nothing.path());
    let problem = reader.problem().unwrap().to_string();
    assert!(problem.contains("manifest.json"), "{problem}");
    let reading = reader.read(&photo.pixels, &mut FeelingReader::open(nothing.path()));
    assert_eq!(reading.opinions.len(), 1);
    assert!(reading.mood.confidence > 0.0 && reading.mood.confidence < 0.5);
    assert!(
        reading
            .description(Language::English)
            .contains("warm colours")
    );
}

#[test]
fn what_cannot_be_read_says_so() {
    let desk = Desk::new();
    let problem = |name: &str, bytes: &[u8]| decode(&desk.put(name, bytes)).unwrap_err();
    assert_eq!(problem("empty.jpg", b""), PhotoProblem::Empty);
    assert_eq!(
        problem("text.jpg", b"not a picture at all"),
        PhotoProblem::NotAPicture
    );
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    assert_eq!(
        problem("phone.heic", heic),
        PhotoProblem::Unsupported("HEIC")
    );
    let film = b"\0\0\0\x14ftypisom\0\0\x02\0isomavc1";
    assert_eq!(problem("film.mp4", film), PhotoProblem::Video);
    assert!(matches!(
        decode(&desk.0.path().join("gone.png")),
        Err(PhotoProblem::Unreadable(_))
    ));
    assert_eq!(decode(desk.0.path()), Err(PhotoProblem::NotAPicture));
    for problem in [
        problem("text.png", b"x"),
        problem("film.mov", film),
        PhotoProblem::TooLarge {
            width: 30_000,
            height: 30_000,
        },
        PhotoProblem::NothingToPaste,
    ] {
        let (english, korean) = (
            problem.line(Language::English),
            problem.line(Language::Korean),
        );
        assert!(english.is_ascii() || english.contains('×'), "{english}");
        assert!(
            korean.chars().any(|c| ('가'..='힣').contains(&c)),
            "{korean}"
        );
    }
}
