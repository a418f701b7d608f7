//! A line that asks for a file: a field for its path, with the desktop's dialog beside it.

use super::icons;
use super::scene::Scene;
use super::typed_path::NamedFile;
use super::widgets::{Button, field, icon_button, pill};
use eframe::egui::{Id, Key, Ui};

/// A line that asks for a file.
pub struct FileField<'a> {
    /// Under which the path is kept while the line is shown; another for each purpose.
    pub id: Id,
    /// What the field asks for.
    pub hint: &'a str,
    /// What is done with the file.
    pub done: &'a str,
    /// What the desktop's dialog is for, where the hint does not say it.
    pub dialog_hint: &'a str,
    /// What a name without an extension gets; `None` for a file that is there already.
    pub extension: Option<&'a str>,
}

/// What the listener made of it.
pub enum FileAnswer {
    /// This file.
    File(NamedFile),
    /// The desktop's dialog.
    Dialog,
    /// No file.
    Cancel,
}

/// A path that is being typed, and in which pass it was shown last: a line that was closed
/// meanwhile begins anew.
#[derive(Debug, Clone, Default)]
struct Typed {
    path: String,
    pass: u64,
}

impl FileField<'_> {
    /// The field, so many points wide. Whether Enter was pressed in it.
    pub fn path_ui(&self, ui: &mut Ui, scene: &Scene<'_>, width: f32) -> bool {
        let path = self.path(ui);
        let (response, changed) = field(ui, scene.theme, self.id, &path, self.hint, width);
        let path = changed.unwrap_or(path);
        let pass = ui.ctx().cumulative_pass_nr();
        ui.data_mut(|data| data.insert_temp(self.id, Typed { path, pass }));
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        response.accessible_name(self.hint);
        entered
    }

    /// The buttons; `entered` stands for a click on the first one.
    pub fn buttons_ui(&self, ui: &mut Ui, scene: &Scene<'_>, entered: bool) -> Option<FileAnswer> {
        let (text, theme) = (scene.text, scene.theme);
        let path = self.path(ui);
        let ready = !path.trim().is_empty();
        let clicked = ui
            .add_enabled_ui(ready, |ui| pill(ui, theme, None, self.done, true))
            .inner
            .clicked();
        let mut dialog = pill(ui, theme, None, text.choose, false);
        if !self.dialog_hint.is_empty() {
            dialog = dialog.on_hover_text(self.dialog_hint);
        }
        let cancelled = icon_button(ui, theme, &Button::new(icons::X, text.cancel)).clicked();
        if ready && (clicked || entered) {
            Some(FileAnswer::File(NamedFile::typed(&path, self.extension)))
        } else if dialog.clicked() {
            Some(FileAnswer::Dialog)
        } else {
            cancelled.then_some(FileAnswer::Cancel)
        }
    }

    fn path(&self, ui: &Ui) -> String {
        let typed: Typed = ui.data(|data| data.get_temp(self.id)).unwrap_or_default();
        if ui.ctx().cumulative_pass_nr() > typed.pass + 1 {
            return String::new();
        }
        typed.path
    }
}
