//! The dialog that changes the tags of one or many tracks.

mod action;

pub use action::TagAction;

use super::action::Action;
use super::fonts;
use super::icons;
use super::scene::Scene;
use super::state::{Editing, TagField};
use super::strings;
use super::theme::{CARD_RADIUS, CONTROL_RADIUS, Theme, size};
use super::widgets::{field, label, paint_icon, pill};
use crate::library::CoverEdit;
use eframe::egui::{
    Align, Color32, Frame, Id, Key, Label, Layout, Margin, Memory, Modal, Modifiers, RichText,
    Sense, Shadow, Stroke, StrokeKind, Ui, vec2,
};

/// Width of the dialog without its margins, where the window is wide enough; points.
const WIDTH: f32 = 680.0;
const MARGIN: i8 = 28;
const COVER: f32 = 176.0;
const GAP: f32 = 14.0;

/// The dialog, when it is open.
pub fn edit_tags_ui(ui: &Ui, scene: &Scene<'_>) {
    let Some(editing) = &scene.state.editing else {
        give_back_focus(ui);
        return;
    };
    let before = ui.memory(Memory::focused);
    let theme = scene.theme;
    let frame = Frame::NONE
        .fill(theme.raised)
        .stroke(Stroke::new(1.0, theme.hairline))
        .corner_radius(CARD_RADIUS)
        .inner_margin(Margin::same(MARGIN))
        .shadow(Shadow {
            offset: [0, 12],
            blur: 40,
            spread: 0,
            color: Color32::from_black_alpha(if theme.dark { 140 } else { 50 }),
        });
    let whole = ui.ctx().content_rect();
    let width = WIDTH.min(whole.width() - 2.0 * (f32::from(MARGIN) + 16.0));
    let modal = Modal::new(Id::unique("edit tags"))
        .frame(frame)
        .backdrop_color(Color32::from_black_alpha(if theme.dark { 150 } else { 90 }))
        .show(ui.ctx(), |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing = vec2(GAP, 0.0);
            head_ui(ui, scene, editing);
            let entered = ui
                .horizontal_top(|ui| {
                    cover_ui(ui, scene, editing);
                    ui.add_space(10.0);
                    ui.vertical(|ui| fields_ui(ui, scene, editing)).inner
                })
                .inner;
            ui.add_space(18.0);
            buttons_ui(ui, scene, editing);
            entered
        });
    focus_first(ui, editing, before);
    let command = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    let escape = modal.is_top_modal
        && !modal.any_popup_open
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    // A click beside the dialog does not throw away what was typed.
    let beside = modal.backdrop_response.clicked() && !editing.is_changed();
    if (modal.inner || command) && editing.may_save() {
        act(scene, TagAction::Save);
    } else if escape || beside {
        act(scene, TagAction::Close);
    }
}

fn act(scene: &Scene<'_>, action: TagAction) {
    scene.act(Action::Tags(action));
}

fn field_id(which: TagField) -> Id {
    Id::unique(("tag", which))
}

fn focus_before() -> Id {
    Id::unique("focus before editing tags")
}

/// What had the keyboard before the dialog opened has it again.
fn give_back_focus(ui: &Ui) {
    if let Some(Some(before)) = ui.data_mut(|data| data.remove_temp::<Option<Id>>(focus_before())) {
        ui.memory_mut(|memory| memory.request_focus(before));
    }
}

/// The keyboard is in the first field when the dialog opens; `before` had it until then.
fn focus_first(ui: &Ui, editing: &Editing, before: Option<Id>) {
    let id = Id::unique("edit tags opened");
    let opened = ui.data(|data| data.get_temp::<u64>(id));
    if opened != Some(editing.number) {
        ui.data_mut(|data| {
            data.insert_temp(id, editing.number);
            data.insert_temp(focus_before(), before);
        });
        let first = if editing.tracks.len() == 1 {
            TagField::Title
        } else {
            TagField::Artist
        };
        ui.memory_mut(|memory| memory.request_focus(field_id(first)));
    }
}

fn head_ui(ui: &mut Ui, scene: &Scene<'_>, editing: &Editing) {
    let theme = scene.theme;
    let title = fonts::semibold(size::HEADING);
    label(ui, scene.text.edit_tags, title, theme.text);
    ui.add_space(2.0);
    let whose = match &editing.tracks[..] {
        [one] => scene
            .state
            .track(*one)
            .map_or_else(String::new, |track| track.path.display().to_string()),
        many => strings::tracks(scene.state.language, many.len()),
    };
    let whose = RichText::new(whose)
        .font(fonts::regular(size::SECONDARY))
        .color(theme.faint);
    ui.add(Label::new(whose).truncate());
    ui.add_space(18.0);
}

/// The cover as it will be, and how to change it.
fn cover_ui(ui: &mut Ui, scene: &Scene<'_>, editing: &Editing) {
    let (text, theme) = (scene.text, scene.theme);
    ui.vertical(|ui| {
        ui.set_width(COVER);
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        let (rect, _) = ui.allocate_exact_size(vec2(COVER, COVER), Sense::hover());
        let first = editing.tracks.first();
        let track = first.and_then(|id| scene.state.track(*id));
        let state = match (&editing.cover, track) {
            (None, Some(track)) if editing.one_album => {
                scene.cover(ui.painter(), rect, track, CONTROL_RADIUS);
                text.cover_stays
            }
            (None, _) => {
                empty_cover(ui, theme, rect, icons::VINYL_RECORD);
                text.several_values
            }
            (Some(CoverEdit::Remove), _) => {
                empty_cover(ui, theme, rect, icons::MUSIC_NOTES);
                text.cover_goes
            }
            (Some(CoverEdit::Picture(_)), _) => {
                empty_cover(ui, theme, rect, icons::IMAGE);
                text.cover_new
            }
        };
        ui.horizontal(|ui| {
            let caption = fonts::regular(size::CAPTION);
            label(ui, text.cover, caption.clone(), theme.faint);
            label(ui, state, caption, theme.soft);
        });
        ui.horizontal(|ui| {
            if pill(ui, theme, None, text.choose, false).clicked() {
                act(scene, TagAction::ChooseCover);
            }
            if editing.cover.is_some() {
                if pill(ui, theme, None, text.undo, false).clicked() {
                    act(scene, TagAction::Cover(None));
                }
            } else if pill(ui, theme, None, text.remove, false).clicked() {
                act(scene, TagAction::Cover(Some(CoverEdit::Remove)));
            }
        });
    });
}

fn empty_cover(ui: &Ui, theme: &Theme, rect: eframe::egui::Rect, icon: icons::Icon) {
    let painter = ui.painter();
    painter.rect_filled(rect, CONTROL_RADIUS, theme.hover);
    let line = Stroke::new(1.0, theme.hairline);
    painter.rect_stroke(rect, CONTROL_RADIUS, line, StrokeKind::Inside);
    paint_icon(painter, rect.center(), icon, 56.0, theme.faint);
}

/// The fields. Whether Enter was pressed in one.
fn fields_ui(ui: &mut Ui, scene: &Scene<'_>, editing: &Editing) -> bool {
    let rows: [&[TagField]; 4] = [
        &[TagField::Title],
        &[TagField::Artist, TagField::AlbumArtist],
        &[TagField::Album, TagField::Genre],
        &[TagField::Year, TagField::TrackNumber, TagField::DiscNumber],
    ];
    let mut entered = false;
    for row in rows {
        let share = row.len() as f32;
        let width = (ui.available_width() - GAP * (share - 1.0)) / share;
        ui.horizontal_top(|ui| {
            for which in row {
                entered |= field_ui(ui, scene, editing, *which, width);
            }
        });
        ui.add_space(12.0);
    }
    let width = ui.available_width();
    captioned(ui, scene.text.cover_path, scene.theme.faint, width, |ui| {
        let id = Id::unique("tag cover path");
        let hint = scene.text.cover_hint;
        let (response, changed) = field(ui, scene.theme, id, &editing.cover_path, hint, width);
        if let Some(path) = changed {
            act(scene, TagAction::TypeCover(path));
        }
        entered |= enter(ui, &response);
        response.accessible_name(scene.text.cover_path);
    });
    entered
}

fn enter(ui: &Ui, response: &eframe::egui::Response) -> bool {
    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

fn captioned(ui: &mut Ui, name: &str, ink: Color32, width: f32, add: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 4.0;
        label(ui, name, fonts::regular(size::CAPTION), ink);
        add(ui);
    });
}

fn field_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    editing: &Editing,
    which: TagField,
    width: f32,
) -> bool {
    let (text, theme) = (scene.text, scene.theme);
    let line = &editing.fields[which as usize];
    let name = name(scene, which);
    let (caption, ink) = if editing.is_wrong(which) {
        let range = match which {
            TagField::Year => "1000–2999",
            _ => "1–9999",
        };
        (format!("{name}: {range}"), theme.warning)
    } else {
        (name.to_owned(), theme.faint)
    };
    let mut entered = false;
    captioned(ui, &caption, ink, width, |ui| {
        let hint = if line.differs() {
            text.several_values
        } else if line.clears() {
            text.will_be_empty
        } else {
            ""
        };
        let (response, changed) = field(ui, theme, field_id(which), &line.text, hint, width);
        if let Some(text) = changed {
            act(scene, TagAction::Type(which, text));
        }
        entered = enter(ui, &response);
        response.accessible_name(name);
    });
    entered
}

fn name(scene: &Scene<'_>, field: TagField) -> &'static str {
    let text = scene.text;
    match field {
        TagField::Title => text.title,
        TagField::Artist => text.artist,
        TagField::AlbumArtist => text.album_artist,
        TagField::Album => text.album,
        TagField::Genre => text.genre,
        TagField::Year => text.year,
        TagField::TrackNumber => text.track_number,
        TagField::DiscNumber => text.disc_number,
    }
}

fn buttons_ui(ui: &mut Ui, scene: &Scene<'_>, editing: &Editing) {
    let (text, theme) = (scene.text, scene.theme);
    let font = fonts::regular(size::SECONDARY);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.add_enabled_ui(editing.may_save(), |ui| {
            if pill(ui, theme, Some(icons::CHECK), text.save, true).clicked() {
                act(scene, TagAction::Save);
            }
        });
        if pill(ui, theme, None, text.cancel, false).clicked() {
            act(scene, TagAction::Close);
        }
        let help = RichText::new(text.edit_tags_help)
            .font(font)
            .color(theme.soft);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add(Label::new(help).wrap());
        });
    });
}
