//! Covers: found, decoded within limits, made small.

use super::tags;
use super::walk::Beside;
use crate::library::{CoverImage, CoverSize, EditError};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, ImageReader, Limits, RgbaImage, imageops};
use std::fs::File;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Largest picture file read, bytes.
const MAX_FILE_BYTES: u64 = 32 * 1024 * 1024;

/// Largest picture put into tags, bytes: FLAC has room for 16 MiB with all that goes along.
const MAX_TAG_BYTES: usize = 15_000_000;

/// Of pictures that are neither JPEG nor PNG, in tags; 1…100.
const JPEG_QUALITY: u8 = 92;

/// Longest side of a picture that is decoded, pixels.
const MAX_SIDE: u32 = 10_000;

/// Most memory a decoder may take, bytes.
const MAX_DECODED_BYTES: u64 = 320 * 1024 * 1024;

/// Blur of the backdrop, pixels of its 64.
const BACKDROP_BLUR: f32 = 3.0;

/// The cover of an audio file: embedded, or else the folder's. `None` when there is none
/// that can be decoded. Reads and decodes; not for a thread that paints.
#[must_use]
pub fn load_cover(path: &Path, size: CoverSize) -> Option<CoverImage> {
    let embedded = tags::picture(path).ok().flatten();
    embedded
        .and_then(|bytes| decoded(&bytes))
        .or_else(|| decoded(&read(&Beside::of(path).cover?)?))
        .map(|picture| fit(&picture, size))
}

/// A picture file as a cover; `None` when there is none that can be decoded. Reads and
/// decodes, as [`load_cover`] does.
#[must_use]
pub fn load_picture(path: &Path, size: CoverSize) -> Option<CoverImage> {
    Some(fit(&decoded(&read(path)?)?, size))
}

/// The bytes of a picture file as tags of all formats take them, and whether they are PNG
/// rather than JPEG. What is neither becomes JPEG.
pub fn picture_for_tags(path: &Path) -> Result<(Vec<u8>, bool), EditError> {
    let bytes = read(path).ok_or(EditError::NoPicture)?;
    let picture = decoded(&bytes).ok_or(EditError::NoPicture)?;
    let (bytes, png) = match image::guess_format(&bytes) {
        Ok(ImageFormat::Png) => (bytes, true),
        Ok(ImageFormat::Jpeg) => (bytes, false),
        _ => {
            let mut jpeg = Vec::new();
            let encoder = JpegEncoder::new_with_quality(&mut jpeg, JPEG_QUALITY);
            let written = picture.to_rgb8().write_with_encoder(encoder);
            written.map_err(|_| EditError::NoPicture)?;
            (jpeg, false)
        }
    };
    if bytes.len() > MAX_TAG_BYTES {
        return Err(EditError::LargePicture);
    }
    Ok((bytes, png))
}

fn read(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = File::open(path).ok()?;
    file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= MAX_FILE_BYTES).then_some(bytes)
}

fn decoded(bytes: &[u8]) -> Option<DynamicImage> {
    let decode = || {
        let mut reader = ImageReader::new(Cursor::new(bytes))
            .with_guessed_format()
            .ok()?;
        let mut limits = Limits::default();
        limits.max_image_width = Some(MAX_SIDE);
        limits.max_image_height = Some(MAX_SIDE);
        limits.max_alloc = Some(MAX_DECODED_BYTES);
        reader.limits(limits);
        reader.decode().ok()
    };
    catch_unwind(AssertUnwindSafe(decode)).ok().flatten()
}

fn fit(picture: &DynamicImage, size: CoverSize) -> CoverImage {
    let longest = size.side();
    let small = if picture.width() > longest || picture.height() > longest {
        picture.thumbnail(longest, longest).to_rgba8()
    } else {
        picture.to_rgba8()
    };
    let accent = accent(&small);
    let pixels = match size {
        CoverSize::Backdrop => imageops::fast_blur(&small, BACKDROP_BLUR),
        CoverSize::Thumbnail | CoverSize::Card => small,
    };
    CoverImage {
        width: pixels.width(),
        height: pixels.height(),
        rgba: pixels.into_raw(),
        accent,
    }
}

/// The mean of the hue that has most colour in the picture; the mean grey when none has.
fn accent(picture: &RgbaImage) -> [u8; 3] {
    const HUES: usize = 24;
    let mut hues = [[0.0_f32; 4]; HUES];
    let mut all = [0.0_f32; 4];
    let add = |sum: &mut [f32; 4], rgb: [f32; 3], weight: f32| {
        for (sum, channel) in sum.iter_mut().zip(rgb) {
            *sum += channel * weight;
        }
        sum[3] += weight;
    };
    for pixel in picture.pixels() {
        let [r, g, b, alpha] = pixel.0.map(|channel| f32::from(channel) / 255.0);
        add(&mut all, [r, g, b], alpha);
        let max = r.max(g).max(b);
        let chroma = max - r.min(g).min(b);
        // Dark and pale colours tint little; squaring lets a small bright area win.
        let weight = chroma * chroma * alpha;
        if weight < 0.01 {
            continue;
        }
        let sixth = if max == r {
            ((g - b) / chroma).rem_euclid(6.0)
        } else if max == g {
            (b - r) / chroma + 2.0
        } else {
            (r - g) / chroma + 4.0
        };
        let hue = (sixth / 6.0 * HUES as f32) as usize % HUES;
        add(&mut hues[hue], [r, g, b], weight);
    }
    // A hue near the edge of its bin counts with its neighbour.
    let strength = |hue: usize| {
        hues[hue][3] + 0.5 * (hues[(hue + 1) % HUES][3] + hues[(hue + HUES - 1) % HUES][3])
    };
    let best = (0..HUES)
        .max_by(|a, b| strength(*a).total_cmp(&strength(*b)))
        .unwrap_or(0);
    let sum = if hues[best][3] > 0.0 { hues[best] } else { all };
    [0, 1, 2].map(|channel| {
        (sum[channel] / sum[3].max(1e-6) * 255.0)
            .round()
            .clamp(0.0, 255.0) as u8
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgba;

    fn png(width: u32, height: u32, colour: impl Fn(u32, u32) -> [u8; 4]) -> Vec<u8> {
        let picture = RgbaImage::from_fn(width, height, |x, y| Rgba(colour(x, y)));
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn the_accent_is_the_strong_colour_not_the_common_grey() {
        let red_dot = png(100, 100, |x, y| {
            if x < 30 && y < 30 {
                [220, 30, 40, 255]
            } else {
                [90, 92, 95, 255]
            }
        });
        let cover = fit(&decoded(&red_dot).unwrap(), CoverSize::Card);
        let [r, g, b] = cover.accent;
        assert!(r > 200 && g < 60 && b < 70, "{:?}", cover.accent);
        let grey = fit(
            &decoded(&png(8, 8, |_, _| [120, 120, 120, 255])).unwrap(),
            CoverSize::Card,
        );
        assert_eq!(grey.accent, [120; 3]);
    }

    #[test]
    fn sizes_are_kept_within_their_bounds_and_never_blown_up() {
        let wide = decoded(&png(800, 400, |x, _| [(x % 256) as u8, 0, 0, 255])).unwrap();
        for (size, expected) in [
            (CoverSize::Thumbnail, (96, 48)),
            (CoverSize::Card, (320, 160)),
            (CoverSize::Backdrop, (64, 32)),
        ] {
            let cover = fit(&wide, size);
            assert_eq!((cover.width, cover.height), expected);
            assert_eq!(cover.rgba.len(), (cover.width * cover.height * 4) as usize);
        }
        let tiny = decoded(&png(10, 10, |_, _| [1, 2, 3, 255])).unwrap();
        assert_eq!(fit(&tiny, CoverSize::Card).width, 10);
    }

    #[test]
    fn bombs_and_garbage_are_no_cover() {
        let mut bomb = png(4, 4, |_, _| [0; 4]);
        // Width and height of the header, with its checksum left wrong and then made right.
        bomb[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        assert!(decoded(&bomb).is_none());
        assert!(decoded(b"not a picture").is_none());
        assert!(decoded(&[]).is_none());
        let mut cut = png(64, 64, |x, y| [x as u8, y as u8, 0, 255]);
        cut.truncate(cut.len() / 2);
        assert!(decoded(&cut).is_none());
    }

    #[test]
    fn a_picture_too_large_is_refused_before_it_is_decoded() {
        let wide = png(MAX_SIDE + 1, 1, |_, _| [9, 9, 9, 255]);
        assert!(decoded(&wide).is_none());
    }

    #[test]
    fn the_folder_cover_is_found_by_name_or_by_being_alone() {
        let folder = tempfile::tempdir().unwrap();
        let track = folder.path().join("a.mp3");
        std::fs::write(&track, b"no tags here").unwrap();
        assert!(load_cover(&track, CoverSize::Thumbnail).is_none());
        let blue = png(4, 4, |_, _| [0, 0, 250, 255]);
        std::fs::write(folder.path().join("scan001.png"), &blue).unwrap();
        let alone = load_cover(&track, CoverSize::Thumbnail).unwrap();
        assert_eq!(alone.accent, [0, 0, 250]);
        let green = png(4, 4, |_, _| [0, 250, 0, 255]);
        std::fs::write(folder.path().join("Folder.PNG"), &green).unwrap();
        let named = load_cover(&track, CoverSize::Thumbnail).unwrap();
        assert_eq!(named.accent, [0, 250, 0]);
    }
}
