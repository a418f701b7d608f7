//! Pictures painted once a theme by the program itself: the mood plane's colours, the
//! gradients that stand in for missing covers, a soft dot.

use super::theme::{Theme, blend};
use crate::mood::{Mood, MoodVector};
use eframe::egui::{Color32, ColorImage, Context, TextureHandle, TextureId, TextureOptions};

/// Pixels along a side of the mood plane's picture; it is stretched smoothly.
const PLANE_SIDE: usize = 48;
const GRADIENT_SIDE: usize = 24;
const DOT_SIDE: usize = 24;

/// Pictures in the colours of one theme.
pub struct Art {
    dark: bool,
    plane: TextureHandle,
    dot: TextureHandle,
    glow: TextureHandle,
    gradients: Vec<TextureHandle>,
}

impl Art {
    /// Paints everything for a theme.
    #[must_use]
    pub fn new(ctx: &Context, dark: bool) -> Self {
        let theme = Theme::new(dark, None);
        let load = |name: &str, image| ctx.load_texture(name, image, TextureOptions::LINEAR);
        let moods = Mood::ALL.into_iter().map(Some).chain([None]);
        Self {
            dark,
            plane: load("mood plane", plane(&theme)),
            dot: load("dot", disc(DOT_SIDE, 0.35)),
            glow: load("glow", disc(DOT_SIDE * 2, 1.0)),
            gradients: moods.map(|mood| load("gradient", gradient(mood))).collect(),
        }
    }

    /// Whether these are the pictures of the dark theme.
    #[must_use]
    pub const fn dark(&self) -> bool {
        self.dark
    }

    /// The mood plane's colours.
    #[must_use]
    pub fn plane(&self) -> TextureId {
        self.plane.id()
    }

    /// A white dot with a soft edge.
    #[must_use]
    pub fn dot(&self) -> TextureId {
        self.dot.id()
    }

    /// A white glow.
    #[must_use]
    pub fn glow(&self) -> TextureId {
        self.glow.id()
    }

    /// The gradient of a mood, or of none.
    #[must_use]
    pub fn gradient(&self, mood: Option<Mood>) -> TextureId {
        self.gradients[mood.map_or(Mood::COUNT, Mood::index)].id()
    }
}

/// Each point takes the colours of the moods near it.
fn plane(theme: &Theme) -> ColorImage {
    let ground = if theme.dark {
        Color32::from_rgb(0x1b, 0x18, 0x1d)
    } else {
        Color32::from_rgb(0xff, 0xfd, 0xfb)
    };
    let mut pixels = Vec::with_capacity(PLANE_SIDE * PLANE_SIDE);
    for row in 0..PLANE_SIDE {
        for column in 0..PLANE_SIDE {
            let along = |index: usize| (index as f32 + 0.5) / PLANE_SIDE as f32 * 2.0 - 1.0;
            let (valence, arousal) = (along(column), -along(row));
            let mood = MoodVector::from_point(valence, arousal, 1.0);
            let mut sum = [0.0_f32; 3];
            for (share, which) in mood.moods.iter().zip(Mood::ALL) {
                let color = theme.mood(which);
                for (sum, part) in sum.iter_mut().zip([color.r(), color.g(), color.b()]) {
                    *sum += share * f32::from(part);
                }
            }
            let color = Color32::from_rgb(sum[0] as u8, sum[1] as u8, sum[2] as u8);
            // Stronger towards the rim, where feelings are stronger.
            let reach = valence.hypot(arousal).min(1.2) / 1.2;
            let strength = if theme.dark {
                0.10 + 0.40 * reach
            } else {
                0.06 + 0.26 * reach
            };
            pixels.push(blend(ground, color, strength));
        }
    }
    ColorImage::new([PLANE_SIDE, PLANE_SIDE], pixels)
}

/// From a mood's colour, lit from the upper left, to its shadow.
fn gradient(mood: Option<Mood>) -> ColorImage {
    // The bright colours in both themes: these are pictures, not texts.
    let theme = Theme::new(true, None);
    let color = mood.map_or(theme.faint, |mood| theme.mood(mood));
    let light = blend(color, Color32::WHITE, 0.14);
    let shadow = blend(color, Color32::from_rgb(0x2a, 0x14, 0x38), 0.52);
    let last = (GRADIENT_SIDE - 1) as f32;
    let pixels = (0..GRADIENT_SIDE * GRADIENT_SIDE)
        .map(|index| {
            let (x, y) = (index % GRADIENT_SIDE, index / GRADIENT_SIDE);
            blend(light, shadow, (x as f32 * 0.45 + y as f32 * 0.55) / last)
        })
        .collect();
    ColorImage::new([GRADIENT_SIDE, GRADIENT_SIDE], pixels)
}

/// A white disc whose outer `soft` share fades away.
fn disc(side: usize, soft: f32) -> ColorImage {
    let middle = side as f32 / 2.0;
    let pixels = (0..side * side)
        .map(|index| {
            let (x, y) = (index % side, index / side);
            let distance = (x as f32 + 0.5 - middle).hypot(y as f32 + 0.5 - middle) / middle;
            let fade = ((1.0 - distance) / soft).clamp(0.0, 1.0);
            Color32::from_white_alpha((fade * fade * (3.0 - 2.0 * fade) * 255.0) as u8)
        })
        .collect();
    ColorImage::new([side, side], pixels)
}
