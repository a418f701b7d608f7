//! Colour, light and contrast: thirteen numbers, the words for them, and five colours that
//! stand for the picture.

use super::pixels::{Pixels, SMALL_SIDE};
use crate::language::Language;

/// How many numbers describe the colours of a picture.
pub const FEATURES: usize = 13;
/// Their names, in order, as the panel's file and the training write them.
pub(super) const NAMES: [&str; FEATURES] = [
    "luma_mean",
    "luma_sd",
    "sat_mean",
    "sat_sd",
    "colourfulness",
    "dark_share",
    "bright_share",
    "warm_share",
    "green_share",
    "blue_share",
    "purple_share",
    "edge_mean",
    "edge_sd",
];
const LUMA_MEAN: usize = 0;
const LUMA_SD: usize = 1;
const SAT_MEAN: usize = 2;
const COLOURFULNESS: usize = 4;
const DARK: usize = 5;
const BRIGHT: usize = 6;
const WARM: usize = 7;
const GREEN: usize = 8;
const BLUE: usize = 9;
const PURPLE: usize = 10;

/// Below this saturation or value a pixel has no hue worth the name.
const COLOURED: f32 = 0.15;
const DARK_LUMA: f32 = 0.2;
const BRIGHT_LUMA: f32 = 0.8;
/// Colours of the palette.
pub const PALETTE: usize = 5;
/// Rounds of clustering; it settles in fewer.
const ROUNDS: usize = 12;
/// Colours nearer than this (squared distance) the eye hardly tells apart.
const SAME: f32 = 0.004;

/// The colours of a picture, measured on its middle squeezed to 64 × 64 pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Colours {
    /// Means over pixels in this order: luma and its standard deviation, HSV saturation and
    /// its deviation, colourfulness (Hasler & Süsstrunk 2003), shares of dark, bright, warm,
    /// green, blue and purple pixels, luma difference to the neighbours and its deviation.
    /// All of sRGB values in 0…1.
    pub features: [f32; FEATURES],
    /// Colours that stand for the picture, sRGB, the most frequent first; at most
    /// [`PALETTE`], fewer in a picture that has fewer.
    pub palette: Vec<[u8; 3]>,
}

impl Colours {
    /// Measures a picture.
    #[must_use]
    pub fn of(pixels: &Pixels) -> Self {
        let small = pixels.small();
        Self {
            features: features(&small),
            palette: palette(&small),
        }
    }

    /// What strikes the eye about the colours, most striking first; at most `most` words.
    #[must_use]
    pub fn words(&self, language: Language, most: usize) -> Vec<&'static str> {
        let f = &self.features;
        let grey = f[SAT_MEAN] < 0.1 || f[COLOURFULNESS] < 0.06;
        // How far over its threshold, the words.
        let mut found: Vec<(f32, &str, &str)> = vec![
            (f[DARK] / 0.5, "mostly dark", "어두운 빛"),
            (
                (f[BRIGHT] / 0.35).max(f[LUMA_MEAN] / 0.68),
                "bright light",
                "밝은 빛",
            ),
            (f[LUMA_SD] / 0.29, "strong contrast", "강한 대비"),
            // A plain picture is even without limit; its colour strikes the eye more.
            (
                (0.09 / f[LUMA_SD].max(0.01)).min(1.2),
                "soft, even light",
                "고른 빛",
            ),
        ];
        if grey {
            found.push((1.6, "hardly any colour", "거의 무채색"));
        } else {
            found.extend([
                (f[WARM] / 0.4, "warm colours", "따뜻한 색"),
                (f[BLUE] / 0.4, "blue tones", "푸른 색"),
                (f[GREEN] / 0.35, "green tones", "초록빛"),
                (f[PURPLE] / 0.3, "purple tones", "보랏빛"),
                (f[COLOURFULNESS] / 0.36, "vivid colours", "선명한 색"),
            ]);
        }
        found.retain(|(strength, ..)| *strength >= 1.0);
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found
            .into_iter()
            .take(most)
            .map(|(_, english, korean)| language.pick(english, korean))
            .collect()
    }
}

fn features(small: &[[f32; 3]]) -> [f32; FEATURES] {
    let luma: Vec<f32> = small
        .iter()
        .map(|[r, g, b]| 0.299 * r + 0.587 * g + 0.114 * b)
        .collect();
    let (luma_mean, luma_sd) = spread(&luma);
    let (sat_mean, sat_sd) = spread(&small.iter().map(|rgb| saturation(*rgb)).collect::<Vec<_>>());
    let share = |is: &dyn Fn(usize) -> bool| {
        (0..small.len()).filter(|at| is(*at)).count() as f32 / small.len() as f32
    };
    let hue_share = |low: f32, high: f32| {
        share(&|at| hue(small[at]).is_some_and(|hue| hue >= low && hue < high))
    };
    let (edge_mean, edge_sd) = spread(&edges(&luma));
    [
        luma_mean,
        luma_sd,
        sat_mean,
        sat_sd,
        colourfulness(small),
        share(&|at| luma[at] < DARK_LUMA),
        share(&|at| luma[at] > BRIGHT_LUMA),
        hue_share(0.0, 70.0) + hue_share(330.0, 361.0),
        hue_share(70.0, 170.0),
        hue_share(170.0, 260.0),
        hue_share(260.0, 330.0),
        edge_mean,
        edge_sd,
    ]
}

/// Mean and standard deviation.
fn spread(values: &[f32]) -> (f32, f32) {
    let count = values.len().max(1) as f64;
    let mean = values.iter().map(|v| f64::from(*v)).sum::<f64>() / count;
    let squares = values
        .iter()
        .map(|v| (f64::from(*v) - mean).powi(2))
        .sum::<f64>();
    (mean as f32, (squares / count).sqrt() as f32)
}

/// Of HSV, 0…1.
fn saturation([r, g, b]: [f32; 3]) -> f32 {
    let value = r.max(g).max(b);
    if value > 0.0 {
        (value - r.min(g).min(b)) / value
    } else {
        0.0
    }
}

/// Of HSV, degrees; `None` for what is grey or black.
fn hue(rgb @ [r, g, b]: [f32; 3]) -> Option<f32> {
    let value = r.max(g).max(b);
    if saturation(rgb) <= COLOURED || value <= COLOURED {
        return None;
    }
    let span = value - r.min(g).min(b);
    let sixth = if value == r {
        ((g - b) / span).rem_euclid(6.0)
    } else if value == g {
        (b - r) / span + 2.0
    } else {
        (r - g) / span + 4.0
    };
    Some(60.0 * sixth)
}

/// Hasler & Süsstrunk 2003, "Measuring colourfulness in natural images": M⁽³⁾ for values in
/// 0…1.
fn colourfulness(small: &[[f32; 3]]) -> f32 {
    let (rg_mean, rg_sd) = spread(&small.iter().map(|[r, g, _]| r - g).collect::<Vec<_>>());
    let opponent = |[r, g, b]: &[f32; 3]| 0.5 * (r + g) - b;
    let (yb_mean, yb_sd) = spread(&small.iter().map(opponent).collect::<Vec<_>>());
    rg_sd.hypot(yb_sd) + 0.3 * rg_mean.hypot(yb_mean)
}

/// How much each pixel differs from its right and its lower neighbour.
fn edges(luma: &[f32]) -> Vec<f32> {
    let last = SMALL_SIDE - 1;
    let at = |x: usize, y: usize| luma[y * SMALL_SIDE + x];
    (0..last)
        .flat_map(|y| (0..last).map(move |x| (x, y)))
        .map(|(x, y)| (at(x + 1, y) - at(x, y)).abs() + (at(x, y + 1) - at(x, y)).abs())
        .collect()
}

/// Clusters the pixels (Lloyd's k-means from seeds as far apart as can be); the means of the
/// clusters, largest first.
fn palette(small: &[[f32; 3]]) -> Vec<[u8; 3]> {
    let off =
        |a: &[f32; 3], b: &[f32; 3]| -> f32 { a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum() };
    let nearest = |centres: &[[f32; 3]], pixel: &[f32; 3]| {
        let mut best = (f32::INFINITY, 0);
        for (number, centre) in centres.iter().enumerate() {
            let distance = off(centre, pixel);
            if distance < best.0 {
                best = (distance, number);
            }
        }
        best
    };
    let count = small.len() as f32;
    let mean = [0, 1, 2].map(|channel| small.iter().map(|rgb| rgb[channel]).sum::<f32>() / count);
    let mut centres = vec![mean];
    while centres.len() < PALETTE {
        let farthest = small
            .iter()
            .map(|pixel| (nearest(&centres, pixel).0, pixel));
        let Some((distance, pixel)) = farthest.max_by(|a, b| a.0.total_cmp(&b.0)) else {
            break;
        };
        if distance < SAME {
            break;
        }
        centres.push(*pixel);
    }
    let mut sizes = vec![0.0; centres.len()];
    for _ in 0..ROUNDS {
        let mut sums = vec![[0.0; 3]; centres.len()];
        sizes.fill(0.0);
        for pixel in small {
            let (_, number) = nearest(&centres, pixel);
            sizes[number] += 1.0;
            for (sum, channel) in sums[number].iter_mut().zip(pixel) {
                *sum += channel;
            }
        }
        for ((centre, sum), size) in centres.iter_mut().zip(&sums).zip(&sizes) {
            if *size > 0.0 {
                *centre = sum.map(|channel| channel / size);
            }
        }
    }
    let mut found: Vec<(f32, [f32; 3])> = sizes.into_iter().zip(centres).collect();
    found.retain(|(size, _)| *size > 0.0);
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut told: Vec<[f32; 3]> = Vec::new();
    for (_, colour) in found {
        if told.iter().all(|known| off(known, &colour) >= SAME) {
            told.push(colour);
        }
    }
    told.into_iter()
        .map(|rgb| rgb.map(|channel| (channel * 255.0).round() as u8))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(side: u32, colour: impl Fn(u32, u32) -> [u8; 3]) -> Colours {
        let rgb = (0..side * side)
            .flat_map(|at| colour(at % side, at / side))
            .collect();
        Colours::of(&Pixels::new(side, side, rgb).unwrap())
    }

    #[test]
    fn a_palette_holds_the_colours_there_are_the_most_frequent_first() {
        let flag = picture(90, |_, y| match y {
            0..50 => [200, 30, 40],
            50..75 => [250, 250, 250],
            _ => [20, 40, 160],
        });
        let near = |a: [u8; 3], b: [u8; 3]| a.iter().zip(b).all(|(a, b)| a.abs_diff(b) < 12);
        assert!(near(flag.palette[0], [200, 30, 40]), "{:?}", flag.palette);
        for colour in [[250, 250, 250], [20, 40, 160]] {
            assert!(
                flag.palette.iter().any(|known| near(*known, colour)),
                "{:?}",
                flag.palette
            );
        }
        assert_eq!(picture(8, |_, _| [9, 9, 9]).palette, [[9, 9, 9]]);
    }

    #[test]
    fn the_words_are_what_anyone_sees() {
        let says =
            |colours: &Colours, word: &str| colours.words(Language::English, 3).contains(&word);
        let night = picture(32, |x, _| [10, 10, 20 + (x % 8) as u8]);
        assert!(
            says(&night, "mostly dark"),
            "{:?}",
            night.words(Language::English, 3)
        );
        let evening = picture(64, |_, y| [250 - y as u8, 150 - y as u8, 40]);
        assert!(says(&evening, "warm colours"));
        let fog = picture(64, |x, _| [180 + (x % 4) as u8; 3]);
        assert!(says(&fog, "hardly any colour") && says(&fog, "soft, even light"));
        assert_eq!(evening.words(Language::Korean, 1).len(), 1);
    }
}
