//! The library: all tracks in a table, or by albums, artists and folders; search as you type.

mod action;
mod artists;
mod columns;
mod duplicates;
mod folder;
mod grid;
mod group;
mod opened;
mod row;
mod table;
mod views;

pub use action::{LibraryAction, LibraryView};
pub use duplicates::DuplicateAction;

use super::action::Action;
use super::fonts;
use super::icons;
use super::keys;
use super::scene::Scene;
use super::strings;
use super::theme::size;
use super::widgets::{
    Button, chip, field, icon_button, label, mood_icon, paint_icon, pill, place_at,
};
use crate::library::{Group, GroupKey};
use crate::mood::Mood;
use eframe::egui::{
    Align, Context, Frame, Id, InputState, Key, Layout, Margin, Modifiers, PointerButton, Popup,
    Rect, Sense, Ui, pos2, vec2,
};
use std::sync::Arc;

/// Below this width the screen's head takes two lines, points.
const NARROW: f32 = 760.0;

/// The Library screen.
pub fn library_ui(ui: &mut Ui, scene: &Scene<'_>) {
    // Escape closes a menu before anybody else sees the key.
    let menu = Popup::is_any_open(ui.ctx());
    let whole = ui.max_rect();
    let pad = if whole.width() < 700.0 { 16 } else { 28 };
    Frame::NONE
        .inner_margin(Margin {
            left: pad,
            right: pad,
            top: 24,
            bottom: 0,
        })
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if scene.state.duplicates.open {
                duplicates::duplicates_ui(ui, scene);
                return;
            }
            head_ui(ui, scene);
            if scene
                .state
                .library()
                .is_none_or(|library| library.is_empty())
            {
                let text = scene.text;
                empty_ui(ui, scene, text.empty_library_title, text.empty_library_text);
                ui.vertical_centered(|ui| {
                    ui.add_space(16.0);
                    let icon = Some(icons::FOLDER_PLUS);
                    if pill(ui, scene.theme, icon, text.choose_folder, true).clicked() {
                        scene.act(Action::ChooseFolder);
                    }
                });
            } else {
                view_ui(ui, scene);
            }
        });
    if !scene.state.duplicates.open && !menu {
        leave(ui.ctx(), scene);
    }
}

/// The view in force, or what is open in it.
fn view_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let browsing = &scene.state.browsing;
    let groups = browsing.groups.as_deref();
    let nothing = |ui: &mut Ui| {
        let text = scene.text;
        empty_ui(ui, scene, text.no_result_title, text.no_result_text);
        let query = &browsing.query;
        if !query.text.is_empty() || query.mood.is_some() {
            ui.add_space(16.0);
            ui.vertical_centered(|ui| {
                let icon = Some(icons::ARROW_COUNTER_CLOCKWISE);
                if pill(ui, scene.theme, icon, text.show_all, false).clicked() {
                    scene.act(Action::Search(String::new()));
                    scene.act(Action::FilterMood(None));
                }
            });
        }
    };
    let no_rows = browsing.rows.is_some() && browsing.is_empty();
    match (browsing.view, browsing.open()) {
        (LibraryView::Albums, None) => match groups {
            Some([]) => nothing(ui),
            Some(albums) => {
                find_again(ui.ctx(), albums, |index| {
                    grid::focus(ui, index);
                });
                grid::grid_ui(ui, scene, albums);
            }
            None => {}
        },
        (LibraryView::Artists, None) => match groups {
            Some([]) => nothing(ui),
            Some(artists) => {
                find_again(ui.ctx(), artists, |index| {
                    artists::WALK.focus(ui.ctx(), index);
                });
                artists::artists_ui(ui, scene, artists);
            }
            None => {}
        },
        (LibraryView::Folders, _) => {
            opened::way_ui(ui, scene);
            let folders = groups.unwrap_or_default();
            if no_rows && groups.is_some_and(<[_]>::is_empty) {
                nothing(ui);
            } else if browsing.rows.is_some() && groups.is_some() {
                find_again(ui.ctx(), folders, |index| {
                    row::WALK.focus(ui.ctx(), index);
                });
                table::table_ui(ui, scene, folders);
            }
        }
        (LibraryView::Tracks, _) | (_, Some(_)) => {
            if let Some(group) = browsing.open() {
                opened::head_ui(ui, scene, group);
            }
            if no_rows {
                nothing(ui);
            } else {
                if browsing.rows.is_some() {
                    find_again(ui.ctx(), &[], |index| {
                        row::WALK.focus(ui.ctx(), index);
                    });
                }
                table::table_ui(ui, scene, &[]);
            }
        }
    }
}

fn sought_id() -> Id {
    Id::unique("library sought")
}

/// Once the list is there, the focus goes to this group, or to the first item.
fn seek(ctx: &Context, group: Option<GroupKey>) {
    ctx.data_mut(|data| data.insert_temp(sought_id(), group));
}

fn find_again(ctx: &Context, groups: &[Arc<Group>], focus: impl FnOnce(usize)) {
    let sought: Option<Option<GroupKey>> = ctx.data_mut(|data| data.remove_temp(sought_id()));
    if let Some(sought) = sought {
        let found = groups
            .iter()
            .position(|group| Some(&group.key) == sought.as_ref());
        focus(found.unwrap_or(0));
    }
}

/// How somebody asks for the way back.
enum Back {
    Mouse,
    Key,
}

/// Whether the mouse's back button, Escape or Backspace asks for the way out of what is open.
fn way_back(ctx: &Context, scene: &Scene<'_>) -> Option<Back> {
    let by_mouse = ctx.input(|input| input.pointer.button_clicked(PointerButton::Extra1));
    let by_key = !ctx.text_edit_focused()
        && scene.state.editing.is_none()
        && !Popup::is_any_open(ctx)
        && [Key::Escape, Key::Backspace]
            .into_iter()
            .any(|key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key)));
    if by_key {
        Some(Back::Key)
    } else {
        by_mouse.then_some(Back::Mouse)
    }
}

/// Leads out of the open album, artist or folder.
fn leave(ctx: &Context, scene: &Scene<'_>) {
    let Some(open) = scene.state.browsing.open() else {
        return;
    };
    let Some(back) = way_back(ctx, scene) else {
        return;
    };
    if matches!(back, Back::Key) {
        seek(ctx, Some(open.key.clone()));
    }
    scene.act(Action::Library(LibraryAction::Back(1)));
}

/// Title, views, search and the mood filter.
fn head_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let narrow = ui.available_width() < NARROW;
    ui.horizontal(|ui| {
        if scene.state.browsing.open().is_some() && !narrow {
            opened::back_ui(ui, scene);
        }
        let font = fonts::semibold(size::TITLE);
        label(ui, scene.text.library, font, scene.theme.text);
        ui.add_space(8.0);
        views::views_ui(ui, scene, narrow);
        let button = Button {
            key: "Ctrl+D",
            ..Button::new(icons::COPY, scene.text.find_duplicates)
        };
        if icon_button(ui, scene.theme, &button).clicked() {
            scene.act(Action::Duplicates(DuplicateAction::Open));
        }
        if narrow {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                number_ui(ui, scene);
            });
        } else {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                search_ui(ui, scene, 260.0);
                ui.add_space(4.0);
                number_ui(ui, scene);
            });
        }
    });
    if narrow {
        ui.add_space(10.0);
        search_ui(ui, scene, f32::INFINITY);
    }
    ui.add_space(14.0);
    let open = scene.state.browsing.open();
    let filtered = open.is_none_or(|open| matches!(open.key, GroupKey::Folder(_)));
    if filtered {
        moods_ui(ui, scene);
        ui.add_space(14.0);
    }
}

/// How many there are of what is shown.
fn number_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let (browsing, language) = (&scene.state.browsing, scene.state.language);
    let groups = browsing.groups.as_ref().map_or(0, |groups| groups.len());
    let in_folder = browsing.view == LibraryView::Folders;
    let number = match browsing.view.kind() {
        _ if browsing.chosen.len() > 1 => strings::selected(language, browsing.chosen.len()),
        Some(kind) if !browsing.shows_tracks() || (in_folder && browsing.is_empty()) => {
            strings::groups(language, kind, groups)
        }
        _ => strings::tracks(language, browsing.len()),
    };
    let font = fonts::regular(size::SECONDARY);
    label(ui, &number, font, scene.theme.faint);
}

fn moods_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let theme = scene.theme;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        let filter = scene.state.browsing.query.mood;
        let all = scene.text.any_mood;
        if chip(ui, theme, None, all, theme.accent, filter.is_none()).clicked() {
            scene.act(Action::FilterMood(None));
        }
        for mood in Mood::ALL {
            let on = filter == Some(mood);
            let name = mood.name(scene.state.language);
            let icon = Some(mood_icon(mood));
            if chip(ui, theme, icon, name, theme.mood(mood), on).clicked() {
                scene.act(Action::FilterMood((!on).then_some(mood)));
            }
        }
    });
}

fn search_ui(ui: &mut Ui, scene: &Scene<'_>, most: f32) {
    let width = (ui.available_width() - 32.0).min(most);
    let id = keys::search_field();
    let (response, changed) = field(
        ui,
        scene.theme,
        id,
        &scene.state.browsing.query.text,
        scene.text.search,
        width,
    );
    if let Some(text) = changed {
        scene.act(Action::Search(text));
    }
    let end = pos2(response.rect.right() - 20.0, response.rect.center().y);
    if scene.state.browsing.query.text.is_empty() {
        let (icon, color) = (icons::MAGNIFYING_GLASS, scene.theme.faint);
        paint_icon(ui.painter(), end, icon, 18.0, color);
    } else {
        let at = Rect::from_center_size(end, vec2(28.0, 28.0));
        let button = Button {
            key: "Esc",
            size: 28.0,
            ..Button::new(icons::X, scene.text.clear)
        };
        let clear = place_at(ui, at, Layout::default(), |ui| {
            icon_button(ui, scene.theme, &button)
        });
        if clear.clicked() {
            scene.act(Action::Search(String::new()));
            ui.memory_mut(|memory| memory.request_focus(id));
        }
    }
    // Taken, so that it does not lead out of what is open, too.
    let escape = |input: &mut InputState| input.consume_key(Modifiers::NONE, Key::Escape);
    if response.lost_focus() && ui.input_mut(escape) {
        scene.act(Action::Search(String::new()));
    }
    // Taken, so that the first row does not hand it on to the second.
    let down = |input: &mut InputState| input.consume_key(Modifiers::NONE, Key::ArrowDown);
    if (response.has_focus() || response.lost_focus()) && ui.input_mut(down) {
        step_in(ui, scene);
    }
    response
        .accessible_name(scene.text.search)
        .on_hover_text(format!("{}   Ctrl+F", scene.text.search));
}

/// From the search field into what was found.
fn step_in(ui: &Ui, scene: &Scene<'_>) {
    let browsing = &scene.state.browsing;
    match browsing.view {
        LibraryView::Albums if browsing.open().is_none() => grid::focus(ui, 0),
        LibraryView::Artists if browsing.open().is_none() => artists::WALK.focus(ui.ctx(), 0),
        _ => row::WALK.focus(ui.ctx(), browsing.cursor.unwrap_or(0)),
    }
}

fn empty_ui(ui: &mut Ui, scene: &Scene<'_>, title: &str, text: &str) {
    ui.add_space(64.0);
    ui.vertical_centered(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(72.0, 72.0), Sense::hover());
        ui.painter()
            .circle_filled(rect.center(), 36.0, scene.theme.hover);
        paint_icon(
            ui.painter(),
            rect.center(),
            icons::MUSIC_NOTES,
            34.0,
            scene.theme.soft,
        );
        ui.add_space(16.0);
        label(ui, title, fonts::semibold(size::HEADING), scene.theme.text);
        ui.add_space(6.0);
        label(ui, text, fonts::regular(size::BODY), scene.theme.soft);
    });
}
