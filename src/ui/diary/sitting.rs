//! One sitting of the diary: what led to it, and the tracks when it is unfolded.

use super::{DiaryAction, act};
use crate::library::{DiarySitting, OccasionKind, Play, TrackId};
use crate::mood::Mood;
use crate::ui::action::Action;
use crate::ui::file_menu::file_items_ui;
use crate::ui::fonts;
use crate::ui::icons::{self, Icon};
use crate::ui::playlists::add_to_playlist_ui;
use crate::ui::scene::Scene;
use crate::ui::strings;
use crate::ui::theme::{CARD_RADIUS, CONTROL_RADIUS, size};
use crate::ui::widgets::{
    Button, focus_ring, icon_button, menu_item, mood_icon, paint_elided, paint_icon,
    paint_mood_chip, place_at,
};
use eframe::egui::{
    Align2, CursorIcon, Layout, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

const HEAD: f32 = 64.0;
const ROW: f32 = 40.0;

/// One sitting.
pub fn sitting_ui(ui: &mut Ui, scene: &Scene<'_>, sitting: &DiarySitting) {
    let theme = scene.theme;
    let language = scene.state.language;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::click());
    let Some(first) = sitting.plays.first() else {
        return;
    };
    let began = first.at_unix_secs;
    let unfolded = scene.state.pages.unfolded == Some(began);
    let part = strings::day_part(language, sitting.began.part());
    let wish = strings::occasion(language, sitting.occasion.as_ref());
    let secs: f32 = sitting.plays.iter().map(|play| play.played_secs).sum();
    let facts = format!(
        "{} · {}",
        strings::time_of_day(sitting.began),
        strings::tracks_and_time(language, sitting.plays.len(), secs)
    );
    response.widget_info(|| {
        let name = format!("{part}: {wish}, {facts}");
        WidgetInfo::selected(Role::Button, true, unfolded, name)
    });
    if ui.is_rect_visible(rect) {
        let hover = ui.ctx().animate_bool(response.id, response.hovered());
        let painter = ui.painter();
        let fill = theme.raised.gamma_multiply(0.55 + 0.3 * hover);
        painter.rect_filled(rect, CARD_RADIUS, fill);
        let edge = Stroke::new(1.0, theme.hairline);
        painter.rect_stroke(rect, CARD_RADIUS, edge, StrokeKind::Inside);
        let mood = mood_of(scene, sitting);
        let color = mood.map_or(theme.soft, |mood| theme.mood(mood));
        let center = pos2(rect.left() + 36.0, rect.center().y);
        painter.circle_filled(center, 20.0, theme.tint(color));
        paint_icon(painter, center, icon_of(sitting, mood), 20.0, color);
        let x = center.x + 34.0;
        let room = rect.right() - x - 108.0;
        let title = format!("{part} · {wish}");
        for (dy, line, font, color) in [
            (-10.0, &title, fonts::semibold(size::BODY), theme.text),
            (11.0, &facts, fonts::regular(size::SECONDARY), theme.soft),
        ] {
            let at = pos2(x, rect.center().y + dy);
            paint_elided(painter, at, Align2::LEFT_CENTER, line, font, color, room);
        }
        let caret = if unfolded {
            icons::CARET_UP
        } else {
            icons::CARET_DOWN
        };
        let at = pos2(rect.right() - 24.0, rect.center().y);
        paint_icon(painter, at, caret, 16.0, theme.faint);
        focus_ring(ui, theme, &response, rect.shrink(2.0), CARD_RADIUS);
    }
    let at = Rect::from_center_size(pos2(rect.right() - 64.0, rect.center().y), vec2(36.0, 36.0));
    place_at(ui, at, Layout::default(), |ui| {
        let name = format!("{}: {wish}", scene.text.play_again);
        if icon_button(ui, theme, &Button::new(icons::PLAY_FILL, &name)).clicked() {
            let occasion = sitting.occasion.clone().unwrap_or_default();
            act(scene, DiaryAction::Play(tracks(scene, sitting), occasion));
        }
    });
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        act(scene, DiaryAction::Unfold(began));
    }
    if unfolded {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, play) in sitting.plays.iter().enumerate() {
            row_ui(ui, scene, (began, index), play);
        }
        ui.spacing_mut().item_spacing.y = 8.0;
        ui.add_space(8.0);
    }
}

/// The tracks that are still there, each once.
fn tracks(scene: &Scene<'_>, sitting: &DiarySitting) -> Vec<TrackId> {
    let mut tracks = Vec::new();
    for play in &sitting.plays {
        if scene.state.track(play.track).is_some() && !tracks.contains(&play.track) {
            tracks.push(play.track);
        }
    }
    tracks
}

/// The mood asked for, or else the one that was heard longest.
fn mood_of(scene: &Scene<'_>, sitting: &DiarySitting) -> Option<Mood> {
    let asked = sitting.occasion.as_ref().and_then(|occasion| occasion.mood);
    asked.or_else(|| {
        let mut heard = [0.0_f32; Mood::COUNT];
        for play in &sitting.plays {
            if let Some(mood) = scene.state.mood(play.track) {
                heard[mood.top().index()] += play.played_secs;
            }
        }
        let longest = |mood: &Mood| heard[mood.index()];
        let most = Mood::ALL
            .into_iter()
            .max_by(|a, b| longest(a).total_cmp(&longest(b)));
        most.filter(|mood| longest(mood) > 0.0)
    })
}

fn icon_of(sitting: &DiarySitting, mood: Option<Mood>) -> Icon {
    let kind = sitting.occasion.as_ref().map(|occasion| occasion.kind);
    let of_mood = mood.map_or(icons::HEART, mood_icon);
    match kind {
        Some(OccasionKind::Feeling | OccasionKind::Mood | OccasionKind::Point) => of_mood,
        Some(OccasionKind::Photo) => icons::IMAGE,
        Some(OccasionKind::Like) => icons::SPARKLE,
        Some(OccasionKind::Lately) => icons::CLOCK,
        Some(OccasionKind::Surprise) => icons::DICE_FIVE,
        Some(OccasionKind::Journey) => icons::PATH,
        Some(OccasionKind::Playlist) => icons::PLAYLIST,
        Some(OccasionKind::Files) => icons::FOLDER,
        Some(OccasionKind::Library) => icons::BOOKS,
        None => icons::MUSIC_NOTES,
    }
}

fn row_ui(ui: &mut Ui, scene: &Scene<'_>, key: (i64, usize), play: &Play) {
    let theme = scene.theme;
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let id = ui.scope_id().with(("play", key));
    let response = ui.interact(rect, id, Sense::click());
    let track = scene.state.track(play.track);
    let title = track.map_or(scene.text.missing, |track| track.title());
    let artist = track.map_or("", |track| track.artist());
    let heard = strings::clock(play.played_secs);
    let heard = if play.finished {
        heard
    } else {
        strings::left_after(scene.state.language, &heard)
    };
    response.widget_info(|| {
        WidgetInfo::labeled(Role::ListItem, true, format!("{title}, {artist}, {heard}"))
    });
    let painter = ui.painter().clone();
    let body = rect.shrink2(vec2(0.0, 1.0));
    if response.hovered() || response.has_focus() {
        painter.rect_filled(body, CONTROL_RADIUS, theme.hover);
    }
    let middle = rect.center().y;
    let cover = Rect::from_center_size(pos2(rect.left() + 36.0, middle), vec2(30.0, 30.0));
    if let Some(track) = track {
        scene.cover(&painter, cover, track, 5);
    }
    let right = rect.right() - 12.0;
    let (font, ink) = (fonts::tabular(12.0), theme.faint);
    let font = if play.finished {
        font
    } else {
        fonts::regular(12.0)
    };
    let at = pos2(right, middle);
    let width = paint_elided(&painter, at, Align2::RIGHT_CENTER, &heard, font, ink, 160.0);
    let mut end = right - width - 12.0;
    if let Some(mood) = scene.state.mood(play.track)
        && rect.width() > 520.0
    {
        end -= 92.0;
        let at = pos2(end, middle);
        paint_mood_chip(&painter, theme, scene.state.language, at, mood.top());
    }
    let x = rect.left() + 70.0;
    let room = (end - x - 12.0).max(0.0);
    let ink = if track.is_some() {
        theme.text
    } else {
        theme.faint
    };
    let font = fonts::regular(14.0);
    let at = pos2(x, middle);
    let used = paint_elided(
        &painter,
        at,
        Align2::LEFT_CENTER,
        title,
        font,
        ink,
        room * 0.6,
    );
    paint_elided(
        &painter,
        pos2(x + used + 10.0, middle),
        Align2::LEFT_CENTER,
        artist,
        fonts::regular(size::SECONDARY),
        theme.soft,
        room - used - 10.0,
    );
    focus_ring(ui, theme, &response, body.shrink(2.0), CONTROL_RADIUS);
    if track.is_none() {
        return;
    }
    let tracks = || vec![play.track];
    response.context_menu(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if menu_item(ui, theme, icons::LIST_PLUS, scene.text.add_to_queue) {
            let (tracks, next) = (tracks(), false);
            scene.act(Action::Enqueue { tracks, next });
        }
        if menu_item(ui, theme, icons::SPARKLE, scene.text.more_like_this) {
            scene.act(Action::Like(tracks()));
        }
        add_to_playlist_ui(ui, scene, &tracks);
        if let Some(track) = track {
            file_items_ui(ui, scene, track, &tracks);
        }
    });
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        scene.act(Action::Play(tracks()));
    }
}
