//! The program's mark as the window's icon: sound waves on a warm gradient.

use eframe::egui::IconData;

/// Heights of the mark's bars, shares of the side.
const BARS: [f32; 5] = [0.20, 0.42, 0.62, 0.42, 0.20];
const TOP_LEFT: [f32; 3] = [250.0, 170.0, 120.0];
const BOTTOM_RIGHT: [f32; 3] = [150.0, 62.0, 140.0];

/// The icon, `side` pixels along each edge.
pub fn icon(side: u32) -> IconData {
    let length = side as f32;
    let mut rgba = Vec::with_capacity((side * side * 4) as usize);
    for row in 0..side {
        for column in 0..side {
            let (x, y) = ((column as f32 + 0.5) / length, (row as f32 + 0.5) / length);
            let ground = covered(x - 0.5, y - 0.5, 0.46, 0.46, 0.22, length);
            let bars = BARS.iter().enumerate().map(|(index, height)| {
                let middle = 0.5 + (index as f32 - 2.0) * 0.13;
                covered(x - middle, y - 0.5, 0.032, height / 2.0, 0.032, length)
            });
            let ink = bars.fold(0.0, f32::max);
            for (from, to) in TOP_LEFT.into_iter().zip(BOTTOM_RIGHT) {
                let color = from + (to - from) * (x * 0.45 + y * 0.55);
                rgba.push((color + (255.0 - color) * ink) as u8);
            }
            rgba.push((ground * 255.0) as u8);
        }
    }
    IconData {
        rgba,
        width: side,
        height: side,
    }
}

/// How much of a pixel at `(x, y)` a rounded box around the origin covers, 0…1.
fn covered(x: f32, y: f32, half_width: f32, half_height: f32, radius: f32, side: f32) -> f32 {
    let outside_x = (x.abs() - half_width + radius).max(0.0);
    let outside_y = (y.abs() - half_height + radius).max(0.0);
    let distance = outside_x.hypot(outside_y) - radius;
    (0.5 - distance * side).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icon_is_round_at_the_corners_and_white_in_the_middle() {
        let icon = icon(64);
        let pixel = |x: usize, y: usize| &icon.rgba[(y * 64 + x) * 4..][..4];
        assert_eq!(icon.rgba.len(), 64 * 64 * 4);
        assert_eq!(pixel(0, 0)[3], 0);
        assert_eq!(pixel(32, 32), [255, 255, 255, 255]);
    }
}
