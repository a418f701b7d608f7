//! Covers as pixels: decoded in `scan`, shown in `ui`.

/// Which size of a cover is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CoverSize {
    /// Rows and the player bar: 96 × 96 pixels at most.
    Thumbnail,
    /// Cards: 320 × 320 pixels at most.
    Card,
    /// The room's backdrop: 64 × 64 pixels, blurred.
    Backdrop,
}

impl CoverSize {
    /// The longest side, pixels.
    #[must_use]
    pub const fn side(self) -> u32 {
        match self {
            Self::Thumbnail => 96,
            Self::Card => 320,
            Self::Backdrop => 64,
        }
    }
}

/// A decoded cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverImage {
    /// Width, pixels.
    pub width: u32,
    /// Height, pixels.
    pub height: u32,
    /// `width × height × 4` bytes, RGBA, not premultiplied.
    pub rgba: Vec<u8>,
    /// The cover's strongest colour, RGB.
    pub accent: [u8; 3],
}
