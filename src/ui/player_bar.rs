//! The player bar: what plays, the transport, the position, the volume.

use super::action::Action;
use super::feel::why::{never_ui, thumbs_ui};
use super::fonts;
use super::icons;
use super::scene::Scene;
use super::seek::{seek_bar, shown_secs};
use super::strings;
use super::theme::size;
use super::widgets::{
    Button, Slider, SliderChange, icon_button, paint_elided, paint_icon, paint_mood_chip_before,
    place_at, single_line,
};
use crate::playback::{DeviceState, PlayerCommand, Repeat, Status};
use eframe::egui::{Align, Align2, Layout, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// Width at which the thumbs fit beside the volume, points.
const ROOM_FOR_THUMBS: f32 = 330.0;

/// The player bar.
pub fn player_bar_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let rect = ui.max_rect();
    let theme = scene.theme;
    ui.painter().rect_filled(
        rect,
        0,
        theme
            .surface
            .gamma_multiply(if theme.dark { 0.82 } else { 0.90 }),
    );
    ui.painter().hline(
        rect.x_range(),
        rect.top(),
        eframe::egui::Stroke::new(1.0, theme.hairline),
    );
    let inner = rect.shrink2(vec2(16.0, 0.0));
    let side = (inner.width() * 0.28).clamp(220.0, 380.0);
    let left = Rect::from_min_size(inner.min, vec2(side, inner.height()));
    let right = Rect::from_min_max(pos2(inner.right() - side, inner.top()), inner.max);
    let middle = Rect::from_min_max(
        pos2(left.right() + 16.0, inner.top()),
        pos2(right.left() - 16.0, inner.bottom()),
    );
    playing(ui, scene, left);
    transport(ui, scene, middle);
    volume(ui, scene, right);
}

/// Cover, title and artist; or why nothing is heard.
fn playing(ui: &Ui, scene: &Scene<'_>, rect: Rect) {
    let theme = scene.theme;
    let painter = ui.painter();
    let cover = Rect::from_center_size(pos2(rect.left() + 28.0, rect.center().y), vec2(56.0, 56.0));
    let x = cover.right() + 14.0;
    let width = rect.right() - x;
    let player = &scene.state.player;
    let Some(track) = scene.state.current() else {
        painter.rect_filled(cover, 8, theme.hover);
        paint_icon(
            painter,
            cover.center(),
            icons::MUSIC_NOTES,
            24.0,
            theme.faint,
        );
        two_lines(
            ui,
            scene,
            rect,
            x,
            scene.text.nothing_playing,
            scene.text.nothing_playing_help,
        );
        return;
    };
    scene.cover(painter, cover, track, 8);
    let artist = scene.artist(track);
    let trouble = match (&player.device, &player.failed) {
        (DeviceState::Missing(why), _) => {
            let why = strings::reason(scene.state.language, why);
            let help = format!("{why}\n{}", scene.text.no_device_help);
            let line = why.split(": ").next().unwrap_or_default().to_owned();
            Some((line, help))
        }
        (_, Some((_, reason))) => {
            let reason = strings::reason(scene.state.language, reason);
            let line = format!("{}: {reason}", scene.text.could_not_play);
            Some((line.clone(), line))
        }
        _ => None,
    };
    if let Some((trouble, help)) = trouble {
        two_lines(ui, scene, rect, x, track.title(), "");
        let line = Rect::from_min_max(
            pos2(x, rect.center().y),
            pos2(rect.right(), rect.center().y + 22.0),
        );
        let response = ui.interact(line, ui.scope_id().with("trouble"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Alert, true, &trouble));
        paint_icon(
            painter,
            pos2(x + 8.0, rect.center().y + 11.0),
            icons::WARNING_CIRCLE_FILL,
            15.0,
            theme.warning,
        );
        paint_elided(
            painter,
            pos2(x + 22.0, rect.center().y + 11.0),
            Align2::LEFT_CENTER,
            &trouble,
            fonts::regular(size::SECONDARY),
            theme.warning,
            width - 22.0,
        );
        response.on_hover_text(help);
        return;
    }
    two_lines(ui, scene, rect, x, track.title(), artist);
    if width > 250.0
        && let Some(mood) = scene.state.mood(track.id)
    {
        let at = pos2(rect.right(), rect.center().y);
        if title_width(ui, track.title()) < width - 100.0 {
            paint_mood_chip_before(painter, theme, scene.state.language, at, mood.top());
        }
    }
}

fn title_width(ui: &Ui, title: &str) -> f32 {
    single_line(ui, title, fonts::semibold(size::BODY)).size().x
}

fn two_lines(ui: &Ui, scene: &Scene<'_>, rect: Rect, x: f32, first: &str, second: &str) {
    let area = Rect::from_min_max(
        pos2(x, rect.center().y - 22.0),
        pos2(rect.right(), rect.center().y + 22.0),
    );
    let response = ui.interact(area, ui.scope_id().with("playing"), Sense::hover());
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Status, true, format!("{first} {second}").trim_end())
    });
    let width = rect.right() - x;
    paint_elided(
        ui.painter(),
        pos2(x, rect.center().y - 10.0),
        Align2::LEFT_CENTER,
        first,
        fonts::semibold(size::BODY),
        scene.theme.text,
        width,
    );
    paint_elided(
        ui.painter(),
        pos2(x, rect.center().y + 11.0),
        Align2::LEFT_CENTER,
        second,
        fonts::regular(size::SECONDARY),
        scene.theme.soft,
        width,
    );
}

fn transport(ui: &mut Ui, scene: &Scene<'_>, rect: Rect) {
    let player = &scene.state.player;
    let text = scene.text;
    let buttons_width = 36.0 * 4.0 + 44.0 + 4.0 * 8.0;
    let buttons = Rect::from_center_size(
        pos2(rect.center().x, rect.top() + 32.0),
        vec2(buttons_width, 44.0),
    );
    let tell = |command| scene.act(Action::Player(command));
    place_at(ui, buttons, Layout::left_to_right(Align::Center), |ui| {
        let name = if player.shuffled {
            text.shuffle_on
        } else {
            text.shuffle_off
        };
        let button = Button {
            on: Some(player.shuffled),
            ..Button::new(icons::SHUFFLE, name)
        };
        if icon_button(ui, scene.theme, &button).clicked() {
            tell(PlayerCommand::Shuffle(!player.shuffled));
        }
        let button = Button {
            key: "Ctrl+←",
            ..Button::new(icons::SKIP_BACK_FILL, text.previous)
        };
        if icon_button(ui, scene.theme, &button).clicked() {
            tell(PlayerCommand::Previous);
        }
        let (icon, name) = if player.status == Status::Playing {
            (icons::PAUSE_FILL, text.pause)
        } else {
            (icons::PLAY_FILL, text.play)
        };
        let button = Button {
            key: "Space",
            size: 44.0,
            strong: true,
            ..Button::new(icon, name)
        };
        if icon_button(ui, scene.theme, &button).clicked() {
            tell(PlayerCommand::Toggle);
        }
        let button = Button {
            key: "Ctrl+→",
            ..Button::new(icons::SKIP_FORWARD_FILL, text.next)
        };
        if icon_button(ui, scene.theme, &button).clicked() {
            tell(PlayerCommand::Next);
        }
        let (icon, name, next) = match player.repeat {
            Repeat::Off => (icons::REPEAT, text.repeat_off, Repeat::All),
            Repeat::All => (icons::REPEAT, text.repeat_all, Repeat::One),
            Repeat::One => (icons::REPEAT_ONCE, text.repeat_one, Repeat::Off),
        };
        let button = Button {
            on: Some(player.repeat != Repeat::Off),
            ..Button::new(icon, name)
        };
        if icon_button(ui, scene.theme, &button).clicked() {
            tell(PlayerCommand::Repeat(next));
        }
    });
    seek(ui, scene, rect);
}

fn seek(ui: &mut Ui, scene: &Scene<'_>, rect: Rect) {
    let player = &scene.state.player;
    let duration = player.duration_secs.max(0.0);
    let y = rect.bottom() - 18.0;
    let times = 56.0;
    let width = (rect.width() - 2.0 * times).clamp(80.0, 640.0);
    let bar = Rect::from_center_size(pos2(rect.center().x, y), vec2(width, 28.0));
    if player.current().is_some() && duration > 0.0 {
        // While dragged, the times follow the pointer.
        let shown = shown_secs(ui, scene);
        let painter = ui.painter();
        let font = fonts::tabular(12.0);
        painter.text(
            pos2(bar.left() - 6.0, y),
            Align2::RIGHT_CENTER,
            strings::clock(shown),
            font.clone(),
            scene.theme.soft,
        );
        painter.text(
            pos2(bar.right() + 6.0, y),
            Align2::LEFT_CENTER,
            format!("−{}", strings::clock(duration - shown)),
            font,
            scene.theme.soft,
        );
    }
    seek_bar(ui, scene, scene.text.position, bar);
}

fn volume(ui: &mut Ui, scene: &Scene<'_>, rect: Rect) {
    let text = scene.text;
    let volume = scene.state.player.volume;
    place_at(ui, rect, Layout::right_to_left(Align::Center), |ui| {
        let open = scene.state.queue_open;
        let name = if open {
            text.hide_queue
        } else {
            text.show_queue
        };
        let button = Button {
            key: "Ctrl+J",
            on: Some(open),
            ..Button::new(icons::QUEUE, name)
        };
        if icon_button(ui, scene.theme, &button).clicked() {
            scene.act(Action::ToggleQueue);
        }
        if let Some(track) = scene.state.player.current()
            && scene.state.track(track.id).is_some()
            && rect.width() >= ROOM_FOR_THUMBS
        {
            never_ui(ui, scene, track.id);
            // From the right: the thumbs in their usual order.
            let (id, title) = (track.id, track.title());
            ui.allocate_ui_with_layout(
                vec2(76.0, 36.0),
                Layout::left_to_right(Align::Center),
                |ui| thumbs_ui(ui, scene, id, title, 36.0, ("Alt+↑", "Alt+↓")),
            );
        }
        let slider = Slider {
            name: text.volume,
            value: volume,
            step: 0.05,
            width: 112.0,
            says: &|value| format!("{:.0} %", value * 100.0),
        };
        match slider.show(ui, scene.theme) {
            Some(SliderChange::Moving(value) | SliderChange::Done(value))
                if (value - volume).abs() > 0.001 =>
            {
                scene.act(Action::Player(PlayerCommand::Volume(value)));
            }
            _ => {}
        }
        let (icon, name) = match volume {
            v if v <= 0.0 => (icons::SPEAKER_SLASH, text.unmute),
            v if v < 0.4 => (icons::SPEAKER_LOW, text.mute),
            _ => (icons::SPEAKER_HIGH, text.mute),
        };
        if icon_button(ui, scene.theme, &Button::new(icon, name)).clicked() {
            scene.act(Action::ToggleMute);
        }
    });
}
