//! From a file to an upright picture of a size to be read, within limits of memory.

use super::kind::{self, Kind};
use crate::photo::{PhotoProblem, Pixels};
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Largest file read, bytes: a photo of 200 megapixels is smaller.
const MAX_FILE_BYTES: u64 = 160 * 1024 * 1024;
/// Most memory that decoding may take, bytes: 110 megapixels of a camera's JPEG.
const MAX_WORKING_BYTES: u64 = 340 * 1024 * 1024;
/// The shorter side of a picture is made this long, pixels, before it is read or shown.
const SHORT_SIDE: u32 = 512;
/// And the longer at most so long; what sticks out of the middle is not read anyway.
const LONG_SIDE: u32 = 4096;
/// What shines through a transparent picture, sRGB.
const BEHIND: u32 = 128;

/// A decoded photo.
#[derive(Debug, Clone, PartialEq)]
pub struct Photo {
    /// Upright, without transparency, its shorter side at most 512 pixels.
    pub pixels: Pixels,
    /// When it was taken, by its EXIF data: `2026:05:01 18:30:00`, which sorts by time.
    pub taken: Option<String>,
}

/// Reads a picture file: of an animation the first frame. Takes at most about 350 MB. Reads and
/// decodes; not for a thread that paints.
pub fn decode(path: &Path) -> Result<Photo, PhotoProblem> {
    let unreadable = |error: std::io::Error| PhotoProblem::Unreadable(error.to_string());
    let about = std::fs::metadata(path).map_err(unreadable)?;
    if !about.is_file() {
        return Err(PhotoProblem::NotAPicture);
    }
    if about.len() == 0 {
        return Err(PhotoProblem::Empty);
    }
    if about.len() > MAX_FILE_BYTES {
        return Err(PhotoProblem::HugeFile(about.len() / 1_000_000));
    }
    let mut file = BufReader::new(File::open(path).map_err(unreadable)?);
    let kind = kind::of(&mut file).map_err(unreadable)?;
    guarded(|| decode_kind(file, &kind))
}

/// Whether a file begins like a picture, one that can be decoded here or not.
#[must_use]
pub fn is_picture(path: &Path) -> bool {
    let is_file = std::fs::metadata(path).is_ok_and(|about| about.is_file());
    let kind = is_file
        .then(|| {
            File::open(path)
                .and_then(|file| kind::of(&mut BufReader::new(file)))
                .ok()
        })
        .flatten();
    matches!(
        kind,
        Some(Kind::Known(_) | Kind::Jpeg { .. } | Kind::Named(_))
    )
}

/// A picture that is already decoded: `width × height × 4` bytes, RGBA, premultiplied.
pub fn from_premultiplied(
    width: u32,
    height: u32,
    mut rgba: Vec<u8>,
) -> Result<Photo, PhotoProblem> {
    for pixel in rgba.chunks_exact_mut(4) {
        let behind = BEHIND * (255 - u32::from(pixel[3])) / 255;
        for channel in &mut pixel[..3] {
            *channel = (u32::from(*channel) + behind).min(255) as u8;
        }
        pixel[3] = 255;
    }
    let picture = image::RgbaImage::from_raw(width, height, rgba)
        .filter(|picture| picture.width() > 0 && picture.height() > 0)
        .ok_or(PhotoProblem::NothingToPaste)?;
    let picture = DynamicImage::ImageRgba8(picture);
    guarded(|| finished(picture, Orientation::NoTransforms, None))
}

/// A decoder that stumbles over its own bug is a damaged picture too.
fn guarded(decode: impl FnOnce() -> Result<Photo, PhotoProblem>) -> Result<Photo, PhotoProblem> {
    catch_unwind(AssertUnwindSafe(decode))
        .unwrap_or_else(|_| Err(PhotoProblem::Damaged("it makes no sense".into())))
}

fn decode_kind(file: impl BufRead + Seek, kind: &Kind) -> Result<Photo, PhotoProblem> {
    let format = match kind {
        Kind::Known(format) => *format,
        Kind::Jpeg {
            working_bytes,
            width,
            height,
        } => {
            if *working_bytes > MAX_WORKING_BYTES {
                return Err(PhotoProblem::TooLarge {
                    width: *width,
                    height: *height,
                });
            }
            ImageFormat::Jpeg
        }
        Kind::Named(name) => return Err(PhotoProblem::Unsupported(name)),
        Kind::Video => return Err(PhotoProblem::Video),
        Kind::Unknown => return Err(PhotoProblem::NotAPicture),
    };
    let mut reader = ImageReader::with_format(file, format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_WORKING_BYTES);
    reader.limits(limits);
    let mut decoder = reader
        .into_decoder()
        .map_err(|error| problem(error, (0, 0)))?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(PhotoProblem::Damaged("it has no pixels".into()));
    }
    if working_bytes(&decoder, format) > MAX_WORKING_BYTES {
        return Err(PhotoProblem::TooLarge { width, height });
    }
    // What a picture says about itself may be broken where its pixels are not.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let taken = decoder.exif_metadata().ok().flatten().and_then(taken);
    let picture =
        DynamicImage::from_decoder(decoder).map_err(|error| problem(error, (width, height)))?;
    finished(picture, orientation, taken)
}

/// What decoding takes: the pixels, what the decoder keeps beside them, and a copy of those
/// that have to be laid over grey.
fn working_bytes(decoder: &impl ImageDecoder, format: ImageFormat) -> u64 {
    let (width, height) = decoder.dimensions();
    let count = u64::from(width) * u64::from(height);
    let pixels = decoder.total_bytes();
    let beside = match format {
        ImageFormat::WebP => pixels,
        ImageFormat::Gif | ImageFormat::Tiff => pixels / 2,
        _ => 0,
    };
    let colour = decoder.color_type();
    let copy = if colour.has_alpha() && colour != ColorType::Rgba8 {
        4 * count
    } else {
        0
    };
    pixels.saturating_add(beside).saturating_add(copy)
}

fn problem(error: ImageError, (width, height): (u32, u32)) -> PhotoProblem {
    match error {
        ImageError::Limits(_) => PhotoProblem::TooLarge { width, height },
        ImageError::IoError(error) => PhotoProblem::Damaged(match error.kind() {
            std::io::ErrorKind::UnexpectedEof => "it ends too early".into(),
            _ => error.to_string(),
        }),
        // The whole of a decoder's complaint may run over several lines.
        other => {
            let reason = other.to_string();
            PhotoProblem::Damaged(reason.lines().next().unwrap_or_default().to_owned())
        }
    }
}

/// Without transparency, smaller, upright.
fn finished(
    picture: DynamicImage,
    orientation: Orientation,
    taken: Option<String>,
) -> Result<Photo, PhotoProblem> {
    let opaque = if picture.color().has_alpha() {
        over_grey(picture)
    } else {
        picture
    };
    let mut small = match smaller(opaque.width(), opaque.height()) {
        Some((width, height)) => opaque.thumbnail_exact(width, height),
        None => opaque,
    };
    small.apply_orientation(orientation);
    let rgb = small.into_rgb8();
    let (width, height) = rgb.dimensions();
    let pixels = Pixels::new(width, height, rgb.into_raw());
    Ok(Photo {
        pixels: pixels.ok_or_else(|| PhotoProblem::Damaged("it has no pixels".into()))?,
        taken,
    })
}

/// The size of a picture whose shorter side is too long.
fn smaller(width: u32, height: u32) -> Option<(u32, u32)> {
    let (short, long) = (width.min(height), width.max(height));
    let scale =
        (f64::from(SHORT_SIDE) / f64::from(short)).min(f64::from(LONG_SIDE) / f64::from(long));
    (scale < 1.0).then(|| {
        let side = |length: u32| ((f64::from(length) * scale).round() as u32).max(1);
        (side(width), side(height))
    })
}

/// A transparent picture over mid grey.
fn over_grey(picture: DynamicImage) -> DynamicImage {
    let mut rgba = picture.into_rgba8();
    for pixel in rgba.chunks_exact_mut(4) {
        let alpha = u32::from(pixel[3]);
        for channel in &mut pixel[..3] {
            let over = u32::from(*channel) * alpha + BEHIND * (255 - alpha);
            *channel = ((over + 127) / 255) as u8;
        }
        pixel[3] = 255;
    }
    DynamicImage::ImageRgba8(rgba)
}

/// When a photo was taken, by its EXIF data.
fn taken(chunk: Vec<u8>) -> Option<String> {
    let exif = exif::Reader::new().read_raw(chunk).ok()?;
    let dates = [
        exif::Tag::DateTimeOriginal,
        exif::Tag::DateTimeDigitized,
        exif::Tag::DateTime,
    ];
    dates.into_iter().find_map(|tag| {
        let field = exif.get_field(tag, exif::In::PRIMARY)?;
        let exif::Value::Ascii(texts) = &field.value else {
            return None;
        };
        let text = std::str::from_utf8(texts.first()?).ok()?;
        // Cameras without a clock write blanks or zeros.
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
        (text.len() >= 10 && text.starts_with(|c: char| ('1'..='9').contains(&c)))
            .then(|| text.to_owned())
    })
}

/// Looks at what a file begins with, and goes back.
pub(super) fn peek(file: &mut (impl Read + Seek), most: usize) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::with_capacity(most);
    file.by_ref().take(most as u64).read_to_end(&mut start)?;
    file.rewind()?;
    Ok(start)
}
