//! Which kind of file this is, by what it begins with.

use super::decode::peek;
use image::ImageFormat;
use std::io::{self, Read, Seek, SeekFrom};

/// Enough to tell every kind.
const START: usize = 32;
/// Segments of a JPEG file looked at for its frame header.
const MOST_SEGMENTS: usize = 512;

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A picture of a format that can be decoded.
    Known(ImageFormat),
    /// A JPEG picture, whose decoder may need more memory than its pixels.
    Jpeg {
        /// Pixels and coefficients, bytes.
        working_bytes: u64,
        width: u32,
        height: u32,
    },
    /// A picture of a format that has a name here but no decoder.
    Named(&'static str),
    /// A video.
    Video,
    /// Something else.
    Unknown,
}

/// Looks at the beginning of a file, and goes back to it.
pub(super) fn of(file: &mut (impl Read + Seek)) -> io::Result<Kind> {
    let start = peek(file, START)?;
    if start.starts_with(&[0xFF, 0xD8, 0xFF]) {
        let kind = jpeg(file).unwrap_or(Kind::Known(ImageFormat::Jpeg));
        file.rewind()?;
        return Ok(kind);
    }
    Ok(by_start(&start))
}

fn by_start(start: &[u8]) -> Kind {
    const KNOWN: &[(&[u8], ImageFormat)] = &[
        (b"\x89PNG\r\n\x1a\n", ImageFormat::Png),
        (b"GIF87a", ImageFormat::Gif),
        (b"GIF89a", ImageFormat::Gif),
        (b"II*\0", ImageFormat::Tiff),
        (b"MM\0*", ImageFormat::Tiff),
        (b"II+\0", ImageFormat::Tiff),
        (b"MM\0+", ImageFormat::Tiff),
        (b"BM", ImageFormat::Bmp),
    ];
    const NAMED: &[(&[u8], &str)] = &[
        (b"8BPS", "Photoshop"),
        (b"\xFF\x0A", "JPEG XL"),
        (b"\0\0\0\x0CJXL ", "JPEG XL"),
        (b"\0\0\0\x0CjP  ", "JPEG 2000"),
        (b"%PDF", "PDF"),
        (b"<svg", "SVG"),
        (b"<?xml", "SVG"),
        (b"\0\0\x01\0", "icon"),
        (b"#?RADIANCE", "HDR"),
        (b"v/1\x01", "OpenEXR"),
    ];
    if start.starts_with(b"RIFF") {
        return match start.get(8..12) {
            Some(b"WEBP") => Kind::Known(ImageFormat::WebP),
            Some(b"AVI ") => Kind::Video,
            _ => Kind::Unknown,
        };
    }
    if start.get(4..8) == Some(b"ftyp") {
        return by_brand(start.get(8..).unwrap_or_default());
    }
    if start.starts_with(&[0x1A, 0x45, 0xDF, 0xA3]) {
        return Kind::Video;
    }
    let known = KNOWN.iter().find(|(magic, _)| start.starts_with(magic));
    let named = NAMED.iter().find(|(magic, _)| start.starts_with(magic));
    match (known, named) {
        (Some((_, format)), _) => Kind::Known(*format),
        (None, Some((_, name))) => Kind::Named(name),
        (None, None) => Kind::Unknown,
    }
}

/// A file of the MP4 family, by its major brand and those it is compatible with.
fn by_brand(brands: &[u8]) -> Kind {
    let (major, compatible) = brands.split_at(brands.len().min(4));
    let compatible = compatible.get(4..).unwrap_or_default();
    for brand in std::iter::once(major).chain(compatible.chunks_exact(4)) {
        match brand {
            b"avif" | b"avis" => return Kind::Named("AVIF"),
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" => {
                return Kind::Named("HEIC");
            }
            b"crx " => return Kind::Named("RAW"),
            _ => {}
        }
    }
    if major == b"mif1" || major == b"msf1" {
        Kind::Named("HEIF")
    } else {
        Kind::Video
    }
}

/// Finds the frame header, which says how much memory decoding takes: of a progressive
/// picture all coefficients are kept, two bytes each, beside the pixels.
fn jpeg(file: &mut (impl Read + Seek)) -> Option<Kind> {
    file.seek(SeekFrom::Start(2)).ok()?;
    for _ in 0..MOST_SEGMENTS {
        let mut byte = [0];
        file.read_exact(&mut byte).ok()?;
        if byte[0] != 0xFF {
            return None;
        }
        while byte[0] == 0xFF {
            file.read_exact(&mut byte).ok()?;
        }
        let marker = byte[0];
        if matches!(marker, 0x01 | 0xD0..=0xD9) {
            continue;
        }
        let mut length = [0; 2];
        file.read_exact(&mut length).ok()?;
        let rest = i64::from(u16::from_be_bytes(length)) - 2;
        if matches!(marker, 0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF) {
            let mut header = [0; 6];
            file.read_exact(&mut header).ok()?;
            let [_, h1, h0, w1, w0, components] = header;
            let (width, height) = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
            let count = u64::from(width) * u64::from(height);
            let is_progressive = matches!(marker, 0xC2 | 0xC6 | 0xCA | 0xCE);
            let kept = if is_progressive {
                2 * u64::from(components)
            } else {
                0
            };
            return Some(Kind::Jpeg {
                working_bytes: count * (3 + kept),
                width: width.into(),
                height: height.into(),
            });
        }
        file.seek(SeekFrom::Current(rest.max(0))).ok()?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn kinds_without_a_decoder_are_called_by_their_name() {
        for (start, kind) in [
            (
                &b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"[..],
                Kind::Named("HEIC"),
            ),
            (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif", Kind::Named("AVIF")),
            (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1", Kind::Named("AVIF")),
            (b"\0\0\0\x14ftypisom\0\0\x02\0isomavc1", Kind::Video),
            (b"\x1A\x45\xDF\xA3webm", Kind::Video),
            (b"8BPS\0\x01", Kind::Named("Photoshop")),
            (b"fLaC", Kind::Unknown),
            (b"", Kind::Unknown),
            (b"GIF89a", Kind::Known(ImageFormat::Gif)),
        ] {
            assert_eq!(of(&mut Cursor::new(start)).unwrap(), kind, "{start:?}");
        }
    }

    #[test]
    fn a_progressive_picture_takes_more_memory_than_its_pixels() {
        let frame = |marker: u8| {
            let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, marker, 0, 11, 8];
            bytes.extend([0x10, 0, 0x20, 0, 3, 0, 0, 0]);
            of(&mut Cursor::new(bytes)).unwrap()
        };
        let count = 0x1000 * 0x2000;
        for (marker, each) in [(0xC0, 3), (0xC2, 9)] {
            let kind = Kind::Jpeg {
                working_bytes: count * each,
                width: 0x2000,
                height: 0x1000,
            };
            assert_eq!(frame(marker), kind);
        }
    }
}
