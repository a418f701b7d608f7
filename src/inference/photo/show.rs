//! A photo as the window shows it.

use crate::library::{CoverImage, CoverSize};
use crate::photo::{Colours, Pixels};
use image::{DynamicImage, RgbImage, imageops};

/// Blur of the backdrop, pixels of its 64.
const BACKDROP_BLUR: f32 = 3.0;

/// A photo as a cover of this size.
#[must_use]
pub fn shown(pixels: &Pixels, colours: &Colours, size: CoverSize) -> CoverImage {
    let whole = RgbImage::from_raw(pixels.width(), pixels.height(), pixels.rgb().to_vec());
    let whole = DynamicImage::ImageRgb8(whole.unwrap_or_default());
    let longest = size.side();
    let small = if whole.width() > longest || whole.height() > longest {
        whole.thumbnail(longest, longest)
    } else {
        whole
    };
    let small = small.into_rgba8();
    let rgba = match size {
        CoverSize::Backdrop => imageops::fast_blur(&small, BACKDROP_BLUR),
        CoverSize::Thumbnail | CoverSize::Card => small,
    };
    CoverImage {
        width: rgba.width(),
        height: rgba.height(),
        rgba: rgba.into_raw(),
        accent: accent(&colours.palette),
    }
}

/// The most colourful of the palette, rather one that covers much.
fn accent(palette: &[[u8; 3]]) -> [u8; 3] {
    let colourful = |rgb: &[u8; 3]| {
        let [most, least] =
            [rgb.iter().max(), rgb.iter().min()].map(|c| f32::from(c.copied().unwrap_or(0)));
        most - least
    };
    let weighted = palette
        .iter()
        .enumerate()
        .map(|(rank, rgb)| (colourful(rgb) / (rank as f32 + 3.0), rgb));
    let best = weighted.max_by(|a, b| a.0.total_cmp(&b.0));
    best.map_or([BEHIND_ALL; 3], |(_, rgb)| *rgb)
}

/// Where there is no palette at all.
const BEHIND_ALL: u8 = 128;
