//! What comes from outside: files that are dragged in or dropped, pictures and paths that are
//! pasted.

use super::action::Action;
use super::edit_tags::TagAction;
use super::fonts;
use super::icons::{self, Icon};
use super::keys;
use super::scene::Scene;
use super::strings::Strings;
use super::theme::size;
use super::typed_path::typed_path;
use super::widgets::paint_icon;
use crate::engine::{JourneyEnd, PastedPicture, PhotoSource};
use crate::library::CoverEdit;
use crate::scan::is_photo_name;
use eframe::egui::{
    Align2, Color32, ColorImage, Context, Event, HoveredFile, Id, LayerId, Order, Stroke,
    StrokeKind, Ui, vec2,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Takes pictures, and paths of pictures, out of what is pasted, before a text field sees them.
pub fn take_pasted(ctx: &Context, scene: &Scene<'_>) {
    let mut photos = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let taken = match event {
                Event::PasteImage(image) => vec![PhotoSource::Pasted(Arc::new(picture(image)))],
                Event::Paste(text) => photo_paths(text).unwrap_or_default(),
                _ => Vec::new(),
            };
            let is_text = taken.is_empty();
            photos.extend(taken);
            is_text
        });
    });
    let at_start = ctx.memory(|memory| memory.has_focus(keys::journey_field()));
    match (photos.first(), &scene.state.editing) {
        (Some(photo), None) if at_start && photos.len() == 1 => {
            let from = JourneyEnd::Photo(photo.clone());
            scene.act(Action::JourneyFrom(Some(from)));
        }
        (Some(PhotoSource::File(path)), Some(_)) => scene.act(cover(path)),
        (Some(_), None) => scene.act(Action::Photos(photos)),
        // Only a file can become a cover.
        _ => {}
    }
}

/// With the dialog that changes tags open, a picture is the cover.
fn cover(path: &Path) -> Action {
    let cover = CoverEdit::Picture(path.to_path_buf());
    Action::Tags(TagAction::Cover(Some(cover)))
}

fn picture(image: &ColorImage) -> PastedPicture {
    PastedPicture {
        width: image.width() as u32,
        height: image.height() as u32,
        rgba: image.as_raw().to_vec(),
    }
}

/// The photos that a text names, one a line, as file managers copy them; `None` when it names
/// anything else.
fn photo_paths(text: &str) -> Option<Vec<PhotoSource>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let paths: Option<Vec<PathBuf>> = lines.map(photo_path).collect();
    let paths = paths.filter(|paths| !paths.is_empty())?;
    Some(paths.into_iter().map(PhotoSource::File).collect())
}

fn photo_path(line: &str) -> Option<PathBuf> {
    let path = typed_path(line);
    (path.is_absolute() && is_photo_name(&path)).then_some(path)
}

/// The full-window welcome while files are dragged over it, and taking in what was dropped.
pub fn drop_ui(ui: &Ui, scene: &Scene<'_>) {
    let ctx = ui.ctx();
    let (hovered, dropped) = ctx.input(|input| {
        let dropped: Vec<_> = input
            .raw
            .dropped_files
            .iter()
            .map(|file| file.path().to_path_buf())
            .collect();
        (Welcome::of(&input.raw.hovered_files), dropped)
    });
    let picture = dropped.iter().find(|path| is_photo_name(path));
    if scene.state.editing.is_some()
        && let Some(picture) = picture
    {
        scene.act(cover(picture));
    } else if !dropped.is_empty() {
        scene.act(Action::Drop(dropped));
    }
    // It fades out with the words that it had.
    let id = Id::unique("drop welcome");
    let shown = ctx.animate_bool(id, hovered.is_some());
    let welcome = ctx.data_mut(|data| {
        if let Some(now) = hovered {
            data.insert_temp(id, now);
        }
        data.get_temp(id).unwrap_or(Welcome::Anything)
    });
    if shown > 0.01 {
        welcome_ui(ui, scene, welcome, shown);
    }
}

/// Who is welcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Welcome {
    Photos,
    Music,
    Anything,
}

impl Welcome {
    /// For what is dragged over the window; `None` when nothing is.
    fn of(files: &[HoveredFile]) -> Option<Self> {
        if files.is_empty() {
            return None;
        }
        let all = |is: &dyn Fn(&Path) -> bool| {
            files
                .iter()
                .all(|file| file.path.as_deref().is_some_and(is))
        };
        Some(if all(&is_photo_name) {
            Self::Photos
        } else if all(&crate::scan::is_audio_name) {
            Self::Music
        } else {
            Self::Anything
        })
    }

    const fn words(self, text: &Strings) -> (Icon, &'static str, &'static str) {
        match self {
            Self::Photos => (icons::IMAGE, text.drop_photo_title, text.drop_photo_text),
            Self::Music => (icons::TRAY_ARROW_DOWN, text.drop_title, text.drop_text),
            Self::Anything => (
                icons::TRAY_ARROW_DOWN,
                text.drop_any_title,
                text.drop_any_text,
            ),
        }
    }
}

fn welcome_ui(ui: &Ui, scene: &Scene<'_>, welcome: Welcome, shown: f32) {
    let ctx = ui.ctx();
    let theme = scene.theme;
    let whole = ctx.content_rect();
    let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("drop welcome")));
    painter.rect_filled(whole, 0, theme.background.gamma_multiply(0.95 * shown));
    let frame = whole.shrink(24.0 + 8.0 * (1.0 - shown));
    painter.rect_filled(
        frame,
        24,
        theme.tint(theme.accent).gamma_multiply(0.6 * shown),
    );
    painter.rect_stroke(
        frame,
        24,
        Stroke::new(2.0, theme.accent.gamma_multiply(shown)),
        StrokeKind::Inside,
    );
    let (icon, title, words) = match scene.state.editing {
        Some(_) if welcome == Welcome::Photos => (icons::IMAGE, scene.text.drop_cover_title, ""),
        None if welcome == Welcome::Photos && scene.state.photo_begins() => (
            icons::PATH,
            scene.text.drop_start_title,
            scene.text.journey_leads,
        ),
        _ => welcome.words(scene.text),
    };
    let middle = whole.center();
    let fade = |color: Color32| color.gamma_multiply(shown);
    paint_icon(
        &painter,
        middle - vec2(0.0, 64.0),
        icon,
        72.0,
        fade(theme.accent),
    );
    painter.text(
        middle + vec2(0.0, 8.0),
        Align2::CENTER_CENTER,
        title,
        fonts::semibold(size::TITLE),
        fade(theme.text),
    );
    painter.text(
        middle + vec2(0.0, 44.0),
        Align2::CENTER_CENTER,
        words,
        fonts::regular(size::BODY),
        fade(theme.soft),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Option<Vec<String>> {
        let photos = photo_paths(text)?;
        Some(
            photos
                .iter()
                .map(|photo| match photo {
                    PhotoSource::File(path) => path.to_string_lossy().into_owned(),
                    PhotoSource::Pasted(_) => String::new(),
                })
                .collect(),
        )
    }

    #[test]
    fn copied_files_are_photos_and_words_are_words() {
        assert_eq!(
            paths("file:///home/me/%EB%B0%94%EB%8B%A4%20sea.jpg\nfile://host/b.PNG\n"),
            Some(vec![
                "/home/me/바다 sea.jpg".to_owned(),
                "/b.PNG".to_owned()
            ])
        );
        assert_eq!(
            paths("\"/tmp/a.webp\""),
            Some(vec!["/tmp/a.webp".to_owned()])
        );
        for words in [
            "calm evening by the sea",
            "a.jpg",
            "/home/me/song.mp3",
            "/home/me/sea.jpg\nand some words",
            "file:///100%.txt",
            "file://",
            "",
        ] {
            assert_eq!(paths(words), None, "{words}");
        }
    }
}
