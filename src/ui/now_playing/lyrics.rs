//! The words of the track that plays: they follow the music, each line in the colour of its
//! feeling; a click seeks.

use crate::library::{LineMood, LyricLine, Lyrics, LyricsKind, Track};
use crate::mood::MoodVector;
use crate::playback::{PlayerCommand, Status};
use crate::ui::action::Action;
use crate::ui::fonts;
use crate::ui::icons;
use crate::ui::scene::Scene;
use crate::ui::state::Words;
use crate::ui::strings;
use crate::ui::theme::{CONTROL_RADIUS, Theme, blend, size};
use crate::ui::widgets::{composed, focus_ring, label, mood_icon, paint_icon, pill};
use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    Align, Color32, CursorIcon, FontId, Galley, Id, Layout, Rect, Role, ScrollArea, Sense, Ui,
    WidgetInfo, pos2, vec2,
};
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

/// After the listener scrolled, the words stay there for so long before they follow again.
const HOLD_SECS: f64 = 6.0;
/// The line that is sung stands this far down the view.
const FOCUS: f32 = 0.36;
/// How long the words take to the next line, seconds.
const GLIDE_SECS: f32 = 0.35;
/// Room left of a line for the icon of its mood, points.
const MARGIN: f32 = 30.0;
/// Room above and below a line, points.
const LEADING: f32 = 6.0;
/// Height of a pause, points.
const PAUSE: f32 = 22.0;

/// The words, or why there are none.
pub fn lyrics_ui(ui: &mut Ui, scene: &Scene<'_>, track: &Track) {
    match &scene.state.playing.words {
        Words::Unknown => {}
        Words::None => empty_ui(ui, scene, track),
        Words::Known(lyrics) => words_ui(ui, scene, track, lyrics),
    }
}

fn empty_ui(ui: &mut Ui, scene: &Scene<'_>, track: &Track) {
    let theme = scene.theme;
    ui.add_space((ui.available_height() * 0.28).max(24.0));
    ui.vertical_centered(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(64.0, 64.0), Sense::hover());
        ui.painter().circle_filled(rect.center(), 32.0, theme.hover);
        let icon = icons::MICROPHONE_STAGE;
        paint_icon(ui.painter(), rect.center(), icon, 30.0, theme.soft);
        ui.add_space(12.0);
        let heading = fonts::semibold(size::HEADING);
        label(ui, scene.text.no_lyrics, heading, theme.text);
        ui.add_space(4.0);
        let stem = track.path.file_stem().unwrap_or_default();
        let help = strings::no_lyrics_help(scene.state.language, &stem.to_string_lossy());
        label(ui, &help, fonts::regular(size::BODY), theme.soft);
    });
}

/// One line laid out.
struct Laid<'a> {
    index: usize,
    line: &'a LyricLine,
    galley: Arc<Galley>,
    mood: Option<MoodVector>,
    top: f32,
    height: f32,
}

fn words_ui(ui: &mut Ui, scene: &Scene<'_>, track: &Track, lyrics: &Lyrics) {
    let synced = lyrics.kind() == LyricsKind::Synced;
    let position = scene.state.position_secs(scene.now_secs);
    let current = if synced {
        lyrics.lines_at(position)
    } else {
        0..0
    };
    let hold_id = Id::unique("lyrics held");
    let held_until: f64 = ui.data(|data| data.get_temp(hold_id)).unwrap_or(0.0);
    let follows = synced && held_until <= scene.now_secs;
    head_ui(ui, scene, synced, follows, hold_id);
    let view = ui.available_rect_before_wrap();
    let laid = lay_out(ui, scene, track, lyrics, &current, position, view.width());
    let total = laid.last().map_or(0.0, |last| last.top + last.height);
    let mut area = ScrollArea::vertical()
        .id_salt(("lyrics", track.id))
        .auto_shrink(false);
    let mut goal = None;
    if follows {
        // Before the first line the words wait at the top.
        let first = laid.get(current.start).filter(|_| !current.is_empty());
        let line = first.map_or(0.0, |line| line.top + line.height / 2.0);
        let aim = (line - view.height() * FOCUS).max(0.0);
        let glide = if scene.motion_secs() > 0.0 {
            GLIDE_SECS
        } else {
            0.0
        };
        let id = Id::unique(("lyrics glide", track.id));
        let offset = ui.ctx().animate_value_with_time(id, aim, glide);
        area = area.vertical_scroll_offset(offset);
        goal = Some(offset);
    }
    let mut hold = ui.rect_contains_pointer(view)
        && ui.input(|input| input.smooth_scroll_delta().y.abs() > 0.0);
    let shown = area.show(ui, |ui| {
        // Room below, so that the last line can stand where the eye is.
        let below = if synced {
            view.height() * (1.0 - FOCUS)
        } else {
            24.0
        };
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), total + below));
        for each in &laid {
            let at = Rect::from_min_size(
                pos2(rect.left(), rect.top() + each.top),
                vec2(rect.width() - 12.0, each.height),
            );
            if ui.is_rect_visible(at) {
                hold |= line_ui(
                    ui,
                    scene,
                    each,
                    at,
                    current.contains(&each.index),
                    lyrics.kind(),
                );
            }
        }
    });
    // Dragging the scroll bar moves the words away from where they were put.
    let offset = shown.state.clamped_offset().y;
    hold |= goal.is_some_and(|goal| {
        let reachable = (total + view.height() * (1.0 - FOCUS) - view.height()).max(0.0);
        (offset - goal.min(reachable)).abs() > 2.0
    });
    if synced && hold {
        ui.data_mut(|data| data.insert_temp(hold_id, scene.now_secs + HOLD_SECS));
        ui.ctx()
            .request_repaint_after(Duration::from_secs_f64(HOLD_SECS));
    }
    if synced
        && scene.state.player.status == Status::Playing
        && let Some(next) = lyrics.next_after(position)
    {
        let wait = Duration::from_secs_f32((next - position).clamp(0.01, 3_600.0));
        ui.ctx().request_repaint_after(wait);
    }
}

fn head_ui(ui: &mut Ui, scene: &Scene<'_>, synced: bool, follows: bool, hold_id: Id) {
    let theme = scene.theme;
    ui.horizontal(|ui| {
        ui.set_height(36.0);
        label(
            ui,
            scene.text.lyrics,
            fonts::semibold(size::BODY),
            theme.text,
        );
        if !synced {
            let small = fonts::regular(size::SECONDARY);
            label(ui, scene.text.lyrics_without_times, small, theme.faint);
        } else if !follows {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let icon = Some(icons::CARET_DOWN);
                if pill(ui, theme, icon, scene.text.follow_the_song, false).clicked() {
                    ui.data_mut(|data| data.remove::<f64>(hold_id));
                }
            });
        }
    });
    ui.add_space(4.0);
}

fn lay_out<'a>(
    ui: &Ui,
    scene: &Scene<'_>,
    track: &Track,
    lyrics: &'a Lyrics,
    current: &Range<usize>,
    position_secs: f32,
    width: f32,
) -> Vec<Laid<'a>> {
    let moods = track
        .lyric_mood
        .as_ref()
        .filter(|mood| mood.lines.len() == lyrics.lines.len())
        .map_or(&[][..], |mood| &mood.lines);
    let synced = lyrics.kind() == LyricsKind::Synced;
    let font = if synced {
        fonts::semibold(size::FIELD)
    } else {
        fonts::regular(17.0)
    };
    let mut top = 0.0;
    let lines = lyrics.lines.iter().enumerate();
    lines
        .map(|(index, line)| {
            let counted = |line: &LineMood| (line.times() > 0).then(|| line.mood());
            let mood = moods.get(index).and_then(counted);
            let when = if !synced || current.contains(&index) {
                When::Now
            } else if index < current.start {
                When::Past
            } else {
                When::ToCome
            };
            let ink = ink(scene.theme, mood, when);
            let sung = if when == When::Now && synced {
                line.sung_at(position_secs)
            } else {
                line.text.len()
            };
            let unsung = self::ink(scene.theme, mood, When::ToCome);
            let job = job(
                &line.text,
                sung,
                &font,
                (ink, unsung),
                width - MARGIN - 16.0,
            );
            let galley = ui.painter().layout_job(job);
            let height = if line.text.is_empty() {
                PAUSE
            } else {
                galley.size().y + 2.0 * LEADING
            };
            let laid = Laid {
                index,
                line,
                galley,
                mood,
                top,
                height,
            };
            top += height;
            laid
        })
        .collect()
}

/// A line in two inks: what is sung, and what of it is still to come.
fn job(text: &str, sung: usize, font: &FontId, inks: (Color32, Color32), width: f32) -> LayoutJob {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width.max(40.0);
    let (done, left) = text.split_at(sung);
    for (part, ink) in [(done, inks.0), (left, inks.1)] {
        if !part.is_empty() {
            job.append(&composed(part), 0.0, TextFormat::simple(font.clone(), ink));
        }
    }
    job
}

/// Where a line stands in the song.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Past,
    Now,
    ToCome,
}

/// The ink of a line: the colour of its feeling, strong when it is sung.
fn ink(theme: &Theme, mood: Option<MoodVector>, when: When) -> Color32 {
    let base = match when {
        When::Past => theme.faint,
        When::Now => theme.text,
        When::ToCome => theme.soft,
    };
    let strength = match when {
        When::Past => 0.35,
        When::Now => 0.85,
        When::ToCome => 0.45,
    };
    mood.map_or(base, |mood| {
        // A line that says little is tinted little.
        let sure = (mood.confidence * 1.6).clamp(0.4, 1.0);
        blend(base, theme.mood(mood.top()), strength * sure)
    })
}

/// One line, and whether it is sung `now`; whether it took the keyboard's focus.
fn line_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    laid: &Laid<'_>,
    rect: Rect,
    now: bool,
    kind: LyricsKind,
) -> bool {
    if laid.line.text.is_empty() {
        return false;
    }
    let theme = scene.theme;
    let start_secs = laid.line.start_secs.filter(|_| kind == LyricsKind::Synced);
    let sense = if start_secs.is_some() {
        Sense::click()
    } else {
        Sense::hover()
    };
    let response = ui.interact(rect, ui.scope_id().with(("line", laid.index)), sense);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, now, &laid.line.text));
    let painter = ui.painter();
    if start_secs.is_some() && response.hovered() {
        painter.rect_filled(rect, CONTROL_RADIUS, theme.hover);
    }
    let at = pos2(rect.left() + MARGIN, rect.top() + LEADING);
    if let Some(mood) = laid.mood {
        let first_row = laid.galley.rows.first().map_or(20.0, |row| row.height());
        let strength = if now { 1.0 } else { 0.55 };
        let color = theme.mood(mood.top()).gamma_multiply(strength);
        let center = pos2(rect.left() + 14.0, at.y + first_row / 2.0);
        paint_icon(painter, center, mood_icon(mood.top()), 14.0, color);
    }
    painter.galley(at, Arc::clone(&laid.galley), theme.text);
    focus_ring(ui, theme, &response, rect.shrink(2.0), CONTROL_RADIUS);
    let focused = response.gained_focus();
    if focused {
        response.scroll_to_me(Some(Align::Center));
    }
    let Some(position_secs) = start_secs else {
        if let Some(mood) = laid.mood {
            response.on_hover_text(told(scene, &mood));
        }
        return focused;
    };
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    if response.clicked() {
        scene.act(Action::Player(PlayerCommand::Seek { position_secs }));
    }
    let time = strings::clock(position_secs);
    response.on_hover_text_at_pointer(match laid.mood {
        Some(mood) => format!("{time} · {}", told(scene, &mood)),
        None => time,
    });
    focused
}

/// "sad 71 %".
fn told(scene: &Scene<'_>, mood: &MoodVector) -> String {
    let top = mood.top();
    let name = top.name(scene.state.language);
    format!("{name} {:.0} %", mood.share(top) * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_spelled_out_in_letters_is_laid_out_in_syllables() {
        let line = "\u{1107}\u{1161}\u{11b7} \u{1107}\u{1161}\u{11b7}";
        let inks = (Color32::WHITE, Color32::GRAY);
        let sung = line.find(' ').unwrap();
        let laid = job(line, sung, &FontId::default(), inks, 200.0);
        assert_eq!(laid.text, "밤 밤");
        assert_eq!(laid.sections.len(), 2);
    }
}
