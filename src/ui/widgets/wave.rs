//! A track's outline, tinted by how its mood moves: what the seek bars show.

use crate::library::{EmotionArc, WholeTrack};
use crate::mood::{Mood, MoodVector};
use crate::ui::theme::{Theme, blend};
use eframe::egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

/// From one bar to the next, points.
const STEP: f32 = 3.0;
/// Width of a bar, points.
const BAR: f32 = 2.0;
/// Bars are seldom as high as full scale; quiet passages should still be seen.
const LOUDNESS_POWER: f32 = 0.6;

/// Paints the outline: bars around the middle of `rect`, those before `share` (0…1) of the
/// track strong, the others faint.
pub fn paint_wave(painter: &Painter, theme: &Theme, rect: Rect, whole: &WholeTrack, share: f32) {
    let bars = ((rect.width() / STEP) as usize).max(1);
    let highest = whole.waveform.levels().map(|(peak, _)| peak);
    let highest = highest.fold(0.05_f32, f32::max);
    let levels: Vec<(f32, f32)> = whole.waveform.levels().collect();
    let points: Vec<_> = whole.arc.points().collect();
    let mut mesh = Mesh::default();
    for bar in 0..bars {
        let (from, to) = (bar as f32 / bars as f32, (bar + 1) as f32 / bars as f32);
        let (peak, rms) = level(&levels, from, to);
        let color = color_at(theme, &points, from);
        let left = rect.left() + bar as f32 * STEP;
        let heard = ((share - from) * bars as f32).clamp(0.0, 1.0);
        for (height, strength) in [(peak, 0.55), (rms, 1.0)] {
            let height = (height / highest).powf(LOUDNESS_POWER) * rect.height();
            let strength = strength * (0.36 + 0.64 * heard);
            let at = Rect::from_center_size(
                pos2(left + BAR / 2.0, rect.center().y),
                vec2(BAR, height.max(1.5)),
            );
            mesh.add_colored_rect(at, color.gamma_multiply(strength));
        }
    }
    painter.add(Shape::mesh(mesh));
}

/// The highest peak and mean level between two shares of the track.
fn level(levels: &[(f32, f32)], from: f32, to: f32) -> (f32, f32) {
    let place = |share: f32| share * levels.len() as f32;
    let first = (place(from) as usize).min(levels.len() - 1);
    let last = (place(to).ceil() as usize).clamp(first + 1, levels.len());
    let part = &levels[first..last];
    let peak = part.iter().map(|(peak, _)| *peak).fold(0.0, f32::max);
    let rms = part.iter().map(|(_, rms)| rms).sum::<f32>() / part.len() as f32;
    (peak, rms)
}

/// Valence and arousal at a share of the track, between the two nearest steps.
fn point_at(points: &[Option<(f32, f32)>], share: f32) -> Option<(f32, f32)> {
    let place = (share * points.len() as f32 - 0.5).max(0.0);
    let first = (place as usize).min(points.len().checked_sub(1)?);
    let (here, next) = (points[first], points.get(first + 1).copied().flatten());
    match (here, next) {
        (Some(here), Some(next)) => {
            let way = (place - first as f32).clamp(0.0, 1.0);
            let mid = |a: f32, b: f32| a + (b - a) * way;
            Some((mid(here.0, next.0), mid(here.1, next.1)))
        }
        (here, next) => here.or(next),
    }
}

/// The mood at a share of the track; `None` where nothing sounds.
pub fn mood_at(arc: &EmotionArc, share: f32) -> Option<MoodVector> {
    let points: Vec<_> = arc.points().collect();
    point_at(&points, share).map(|(valence, arousal)| MoodVector::from_point(valence, arousal, 1.0))
}

/// The colours of the moods there, mixed by their shares.
fn color_at(theme: &Theme, points: &[Option<(f32, f32)>], share: f32) -> Color32 {
    point_at(points, share).map_or(theme.faint, |(valence, arousal)| {
        mixed(theme, &MoodVector::from_point(valence, arousal, 1.0))
    })
}

fn mixed(theme: &Theme, mood: &MoodVector) -> Color32 {
    // The strongest leads; an even mixture of seven colours would be grey.
    let top = mood.top();
    let second = Mood::ALL
        .into_iter()
        .filter(|other| *other != top)
        .max_by(|a, b| mood.share(*a).total_cmp(&mood.share(*b)));
    second.map_or(theme.mood(top), |second| {
        let share = mood.share(second) / (mood.share(top) + mood.share(second)).max(0.01);
        blend(theme.mood(top), theme.mood(second), share * 0.8)
    })
}

/// Paints how the mood moves: a line that rises with arousal, in the colours of the moods.
pub fn paint_arc(painter: &Painter, theme: &Theme, rect: Rect, arc: &EmotionArc) {
    let points: Vec<_> = arc.points().collect();
    let place = |share: f32| -> Option<(Pos2, Color32)> {
        let (valence, arousal) = point_at(&points, share)?;
        let at = pos2(
            rect.left() + share * rect.width(),
            rect.center().y - arousal.clamp(-1.0, 1.0) * rect.height() / 2.0,
        );
        Some((
            at,
            mixed(theme, &MoodVector::from_point(valence, arousal, 1.0)),
        ))
    };
    let steps = (rect.width() / 6.0).max(2.0) as usize;
    let mut last: Option<(Pos2, Color32)> = None;
    for step in 0..=steps {
        let here = place(step as f32 / steps as f32);
        if let (Some((from, _)), Some((to, color))) = (last, here) {
            painter.line_segment([from, to], Stroke::new(2.0, color));
        }
        last = here;
    }
}
