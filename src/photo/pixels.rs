//! A picture as numbers, and what is cut out of it to be read.

/// Side of the square that colours are measured on, pixels.
pub(super) const SMALL_SIDE: usize = 64;
/// What is wider or taller than this is read in its middle only.
const LONGEST_RATIO: u32 = 2;

/// A decoded picture, upright, without transparency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

impl Pixels {
    /// A picture from `width × height × 3` bytes, sRGB, row by row from the top left; `None`
    /// for any other number of bytes, and for an empty picture.
    #[must_use]
    pub fn new(width: u32, height: u32, rgb: Vec<u8>) -> Option<Self> {
        let count = u64::from(width) * u64::from(height);
        let fits = rgb.len() as u64 == count.saturating_mul(3);
        (fits && !rgb.is_empty()).then_some(Self { width, height, rgb })
    }

    /// Width, pixels; at least 1.
    #[must_use]
    pub const fn width(&self) -> u32 {
        self.width
    }

    /// Height, pixels; at least 1.
    #[must_use]
    pub const fn height(&self) -> u32 {
        self.height
    }

    /// `width × height × 3` bytes, sRGB.
    #[must_use]
    pub fn rgb(&self) -> &[u8] {
        &self.rgb
    }

    /// The picture, or of one that is more than twice as wide as high, or as high as wide, the
    /// middle of that shape.
    #[must_use]
    pub fn middle(&self) -> Frame {
        middle(self.width, self.height)
    }

    /// The middle squeezed to a square of [`SMALL_SIDE`] by its mean over areas: red, green,
    /// blue in 0…1.
    pub(super) fn small(&self) -> Vec<[f32; 3]> {
        let frame = self.middle();
        let across = areas(frame.left, frame.width);
        let down = areas(frame.top, frame.height);
        let stride = self.width as usize * 3;
        let mut small = vec![[0.0; 3]; SMALL_SIDE * SMALL_SIDE];
        for (row, rows) in down.iter().enumerate() {
            for &(y, of_row) in rows {
                let line = &self.rgb[y * stride..(y + 1) * stride];
                for (column, columns) in across.iter().enumerate() {
                    let sum = &mut small[row * SMALL_SIDE + column];
                    for &(x, of_column) in columns {
                        let weight = of_row * of_column / 255.0;
                        for (sum, byte) in sum.iter_mut().zip(&line[x * 3..x * 3 + 3]) {
                            *sum += weight * f32::from(*byte);
                        }
                    }
                }
            }
        }
        small
    }
}

/// A part of a picture, pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// Columns left of it.
    pub left: u32,
    /// Rows above it.
    pub top: u32,
    /// Its width, at least 1.
    pub width: u32,
    /// Its height, at least 1.
    pub height: u32,
}

/// The part of a picture of this size that is read.
#[must_use]
pub fn middle(width: u32, height: u32) -> Frame {
    let across = width.min(height.saturating_mul(LONGEST_RATIO));
    let down = height.min(width.saturating_mul(LONGEST_RATIO));
    Frame {
        left: (width - across) / 2,
        top: (height - down) / 2,
        width: across,
        height: down,
    }
}

/// For each of [`SMALL_SIDE`] even parts of a length, the pixels that fall into it and how
/// much of the part each of them fills; pixels on an edge are shared.
fn areas(first: u32, length: u32) -> Vec<Vec<(usize, f32)>> {
    let step = f64::from(length) / SMALL_SIDE as f64;
    let part = |number: usize| {
        let (low, high) = (number as f64 * step, (number + 1) as f64 * step);
        let last = (high.ceil() as usize).min(length as usize);
        (low as usize..last)
            .map(|at| {
                let covered = high.min(at as f64 + 1.0) - low.max(at as f64);
                (first as usize + at, (covered.max(0.0) / step) as f32)
            })
            .collect()
    };
    (0..SMALL_SIDE).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_as_many_bytes_as_it_says() {
        assert!(Pixels::new(2, 2, vec![0; 12]).is_some());
        assert!(Pixels::new(2, 2, vec![0; 11]).is_none());
        assert!(Pixels::new(0, 5, Vec::new()).is_none());
        assert!(Pixels::new(u32::MAX, u32::MAX, vec![0; 9]).is_none());
    }

    #[test]
    fn a_panorama_is_read_in_its_middle() {
        let wide = middle(1_000, 100);
        assert_eq!(
            (wide.left, wide.top, wide.width, wide.height),
            (400, 0, 200, 100)
        );
        let high = middle(10, 35);
        assert_eq!(
            (high.left, high.top, high.width, high.height),
            (0, 7, 10, 20)
        );
        let usual = middle(160, 90);
        assert_eq!((usual.width, usual.height), (160, 90));
    }

    #[test]
    fn squeezing_keeps_the_mean_whatever_the_size() {
        for (width, height) in [(1, 1), (5, 3), (64, 64), (150, 110)] {
            let count = width * height;
            let rgb: Vec<u8> = (0..count * 3).map(|n| (n * 7 % 256) as u8).collect();
            let mean = rgb.iter().map(|b| f64::from(*b)).sum::<f64>() / f64::from(count * 3);
            let small = Pixels::new(width, height, rgb).unwrap().small();
            let squeezed = small.iter().flatten().map(|v| f64::from(*v)).sum::<f64>();
            let squeezed = squeezed / (small.len() * 3) as f64 * 255.0;
            assert!(
                (squeezed - mean).abs() < 0.01,
                "{width}x{height}: {squeezed}, not {mean}"
            );
        }
    }
}
