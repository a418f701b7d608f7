//! Picture files made by hand, with what no encoder here writes.

use image::{ImageFormat, RgbImage};
use std::io::Cursor;

/// A picture as a JPEG file.
pub fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// EXIF data: how the camera was held (1 to 8), and when the picture was taken.
pub fn exif(orientation: u8, taken: Option<&str>) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        let mut entry = Vec::new();
        entry.extend(tag.to_le_bytes());
        entry.extend(kind.to_le_bytes());
        entry.extend(count.to_le_bytes());
        entry.extend(value.to_le_bytes());
        entry
    };
    // Header, first directory of two entries, second of one, then the date.
    let (second, date) = (8 + 2 + 24 + 4, 8 + 2 + 24 + 4 + 2 + 12 + 4);
    let text = taken.unwrap_or("");
    let mut exif = b"II*\0\x08\0\0\0".to_vec();
    exif.extend(2_u16.to_le_bytes());
    exif.extend(entry(0x0112, 3, 1, orientation.into()));
    exif.extend(entry(0x8769, 4, 1, second));
    exif.extend([0; 4]);
    exif.extend(u16::from(taken.is_some()).to_le_bytes());
    exif.extend(entry(0x9003, 2, text.len() as u32 + 1, date));
    exif.extend([0; 4]);
    exif.extend(text.as_bytes());
    exif.push(0);
    exif
}

/// A JPEG file with EXIF data put in.
pub fn with_exif(jpeg: &[u8], exif: &[u8]) -> Vec<u8> {
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend([0xFF, 0xE1]);
    bytes.extend((exif.len() as u16 + 8).to_be_bytes());
    bytes.extend(b"Exif\0\0");
    bytes.extend(exif);
    bytes.extend(&jpeg[2..]);
    bytes
}
