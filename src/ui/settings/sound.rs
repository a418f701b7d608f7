//! How music plays: the device, crossfade, levelling.

use super::{card, change, help, line};
use crate::config::{DeviceLost, Levelling, Playback};
use crate::ui::fonts;
use crate::ui::icons;
use crate::ui::scene::Scene;
use crate::ui::strings;
use crate::ui::theme::size;
use crate::ui::widgets::{Slider, SliderChange, chip, label, menu_item, toggle_switch};
use eframe::egui::{Popup, Ui};

/// The card of everything about sound.
pub fn sound_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let text = scene.text;
    card(ui, scene, text.sound, |ui| {
        output_ui(ui, scene);
        crossfade_ui(ui, scene);
        levelling_ui(ui, scene);
        let theme = scene.theme;
        line(ui, scene, text.join_rates, |ui| {
            let on = scene.state.settings.playback.join_rates;
            if toggle_switch(ui, theme, text.join_rates, on).clicked() {
                change(scene, |settings| settings.playback.join_rates = !on);
            }
            caption(ui, scene, text.join_rates_help);
        });
    });
}

fn output_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let (text, theme) = (scene.text, scene.theme);
    let settings = &scene.state.settings.playback;
    line(ui, scene, text.output, |ui| {
        let known = |id: &String| scene.state.outputs.iter().find(|device| device.id == *id);
        let shown = match &settings.device {
            None => text.system_default.to_owned(),
            Some(id) => known(id).map_or_else(
                || format!("{id} ({})", text.not_connected),
                |device| device.name.clone(),
            ),
        };
        let response = chip(
            ui,
            theme,
            Some(icons::SPEAKER_HIGH),
            &shown,
            theme.soft,
            false,
        )
        .accessible_name(format!("{}: {shown}", text.output));
        Popup::menu(&response).show(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if menu_item(ui, theme, icons::SPEAKER_HIGH, text.system_default) {
                change(scene, |settings| settings.playback.device = None);
            }
            for device in scene.state.outputs.iter() {
                if menu_item(ui, theme, icons::HEADPHONES, &device.name) {
                    let id = device.id.clone();
                    change(scene, |settings| settings.playback.device = Some(id));
                }
            }
        });
    });
    line(ui, scene, text.device_lost, |ui| {
        for (choice, name) in [
            (DeviceLost::Move, text.lost_move),
            (DeviceLost::Wait, text.lost_wait),
        ] {
            let on = settings.device_lost == choice;
            if chip(ui, theme, None, name, theme.accent, on)
                .accessible_name(format!("{}: {name}", text.device_lost))
                .clicked()
            {
                change(scene, |settings| settings.playback.device_lost = choice);
            }
        }
    });
}

fn crossfade_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let text = scene.text;
    let language = scene.state.language;
    let longest = Playback::LONGEST_CROSSFADE_SECS;
    let said = |secs: f32| {
        if secs < 0.5 {
            text.level_off.to_owned()
        } else {
            strings::seconds(language, secs)
        }
    };
    line(ui, scene, text.crossfade, |ui| {
        let dragged = Dragged {
            name: text.crossfade,
            value: scene.state.settings.playback.crossfade_secs,
            range: (0.0, longest),
            says: &said,
        };
        if let Some(secs) = dragged.show(ui, scene) {
            change(scene, |settings| settings.playback.crossfade_secs = secs);
        }
    });
    help(ui, scene, text.crossfade_help);
}

fn levelling_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let (text, theme) = (scene.text, scene.theme);
    let settings = &scene.state.settings.playback;
    ui.add_space(4.0);
    line(ui, scene, text.levelling, |ui| {
        for (choice, name) in [
            (Levelling::Album, text.level_album),
            (Levelling::Track, text.level_track),
            (Levelling::Auto, text.level_auto),
            (Levelling::Off, text.level_off),
        ] {
            let on = settings.levelling == choice;
            if chip(ui, theme, None, name, theme.accent, on)
                .accessible_name(format!("{}: {name}", text.levelling))
                .clicked()
            {
                change(scene, |settings| settings.playback.levelling = choice);
            }
        }
    });
    help(ui, scene, text.levelling_help);
    if settings.levelling == Levelling::Off {
        return;
    }
    line(ui, scene, text.target_loudness, |ui| {
        let dragged = Dragged {
            name: text.target_loudness,
            value: settings.target_lufs,
            range: (Playback::QUIETEST_LUFS, Playback::LOUDEST_LUFS),
            says: &|lufs| format!("−{:.0} LUFS", lufs.abs()),
        };
        if let Some(lufs) = dragged.show(ui, scene) {
            change(scene, |settings| settings.playback.target_lufs = lufs);
        }
    });
}

fn caption(ui: &mut Ui, scene: &Scene<'_>, text: &str) {
    label(ui, text, fonts::regular(size::SECONDARY), scene.theme.faint);
}

/// A slider over whole numbers that says where it stands.
struct Dragged<'a> {
    name: &'a str,
    value: f32,
    range: (f32, f32),
    says: &'a dyn Fn(f32) -> String,
}

impl Dragged<'_> {
    /// Shows it, from right to left; the new value once it is let go.
    fn show(&self, ui: &mut Ui, scene: &Scene<'_>) -> Option<f32> {
        let (low, high) = self.range;
        let value_at = |share: f32| (low + share * (high - low)).round();
        let id = ui.scope_id().with(self.name);
        let moving = ui.data(|data| data.get_temp::<f32>(id));
        let shown = moving.unwrap_or(self.value);
        let slider = Slider {
            name: self.name,
            value: (shown - low) / (high - low),
            step: 1.0 / (high - low),
            width: 220.0,
            says: &|share| (self.says)(value_at(share)),
        };
        let change = slider.show(ui, scene.theme);
        caption(ui, scene, &(self.says)(shown));
        match change? {
            SliderChange::Moving(share) => {
                ui.data_mut(|data| data.insert_temp(id, value_at(share)));
                None
            }
            SliderChange::Done(share) => {
                ui.data_mut(|data| data.remove::<f32>(id));
                Some(value_at(share))
            }
        }
    }
}
