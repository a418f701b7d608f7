//! The mood of a track, and what speaks for it: its sound, its words and its genre, each as
//! one bar of moods.

use crate::library::{Features, KeyMode, LyricMood, Track};
use crate::mood::{Mood, MoodVector, genre_mood};
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::ui::strings;
use crate::ui::theme::size;
use crate::ui::widgets::{label, paint_elided, paint_mood_chip_before};
use eframe::egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// Shares below this are noise and not named.
const LEAST_SHARE: f32 = 0.1;
/// Height of one source, points.
const ROW: f32 = 46.0;

/// The mood with its evidence.
pub fn evidence_ui(ui: &mut Ui, scene: &Scene<'_>, track: &Track) {
    let text = scene.text;
    label(ui, text.mood, fonts::semibold(size::BODY), scene.theme.text);
    ui.add_space(4.0);
    let Some(mood) = scene.state.mood(track.id) else {
        let font = fonts::regular(size::SECONDARY);
        label(ui, text.not_analyzed, font, scene.theme.faint);
        return;
    };
    if let (Some(analysis), Some(mood)) = (track.analysis.as_deref(), track.sound_mood()) {
        let facts = sound(scene, &analysis.features);
        source_ui(ui, scene, text.from_sound, mood, &facts);
    }
    match track.lyric_mood.as_deref() {
        Some(words) if words.counted_lines > 0 => {
            let facts = lines(scene, words);
            source_ui(ui, scene, text.from_words, &words.mood, &facts);
        }
        _ => {}
    }
    if let Some(mood) = genre_mood(&track.tags.genre) {
        source_ui(ui, scene, text.genre, &mood, &track.tags.genre);
    }
    source_ui(ui, scene, text.together, &mood, text.together_help);
}

/// "72 bpm · minor · −14 LUFS".
fn sound(scene: &Scene<'_>, features: &Features) -> String {
    let mode = match features.key.mode {
        KeyMode::Major => scene.text.major,
        KeyMode::Minor => scene.text.minor,
    };
    let loudness = format!("{:.0} LUFS", features.loudness_lufs).replace('-', "−");
    if features.tempo_bpm > 0.0 {
        format!("{:.0} bpm · {mode} · {loudness}", features.tempo_bpm)
    } else {
        format!("{mode} · {loudness}")
    }
}

/// "62 % of 24 lines are sad".
fn lines(scene: &Scene<'_>, words: &LyricMood) -> String {
    let top = words.mood.top();
    strings::share_of_lines(
        scene.state.language,
        words.share_of_lines(top),
        words.counted_lines as usize,
        top.name(scene.state.language),
    )
}

/// One source: its name, its moods as parts of a bar, the strongest by name, and facts.
fn source_ui(ui: &mut Ui, scene: &Scene<'_>, name: &str, mood: &MoodVector, facts: &str) {
    let theme = scene.theme;
    let language = scene.state.language;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let mut shares = Mood::ALL.map(|mood_of| (mood_of, mood.share(mood_of)));
    shares.sort_by(|a, b| b.1.total_cmp(&a.1));
    let named: Vec<String> = shares
        .iter()
        .filter(|(_, share)| *share >= LEAST_SHARE)
        .map(|(mood, share)| format!("{} {:.0} %", mood.name(language), share * 100.0))
        .collect();
    let named = named.join(", ");
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Meter, true, format!("{name}: {named}. {facts}"))
    });
    if !ui.is_rect_visible(rect) {
        return;
    }
    let painter = ui.painter();
    let line = rect.top() + 12.0;
    let small = fonts::regular(size::SECONDARY);
    let written = paint_elided(
        painter,
        pos2(rect.left(), line),
        Align2::LEFT_CENTER,
        name,
        small,
        theme.text,
        120.0,
    );
    let chip_width = 92.0;
    paint_elided(
        painter,
        pos2(rect.left() + written + 10.0, line),
        Align2::LEFT_CENTER,
        facts,
        fonts::regular(size::CAPTION),
        theme.faint,
        rect.width() - written - 10.0 - chip_width,
    );
    let chip = pos2(rect.right() - 8.0, line);
    paint_mood_chip_before(painter, theme, language, chip, shares[0].0);
    let bar = Rect::from_min_max(
        pos2(rect.left(), rect.top() + 28.0),
        pos2(rect.right() - 8.0, rect.top() + 34.0),
    );
    painter.rect_filled(bar, 3, theme.hover);
    let mut left = bar.left();
    for (mood, share) in shares {
        let part = Rect::from_min_size(
            pos2(left, bar.top()),
            vec2((bar.width() * share - 1.5).max(0.0), bar.height()),
        );
        painter.rect_filled(part, 2, theme.mood(mood));
        left += bar.width() * share;
    }
    response.on_hover_text(named);
}
