//! The window itself: takes in events, paints, sends commands. Nothing here waits.

use super::action::{Action, Place};
use super::art::Art;
use super::covers::{Covers, PATIENCE_SECS};
use super::dialogs::{Chosen, Dialogs};
use super::diary::DiaryAction;
use super::edit_tags::TagAction;
use super::photos::Photos;
use super::playlists::PlaylistAction;
use super::scene::Scene;
use super::state::{AppState, ToastKind};
use super::theme::{MOTION_SECS, Theme, blend};
use super::typed_path::NamedFile;
use super::{
    backdrop, diary, edit_tags, feel, first_start, fonts, intake, keys, library, now_playing,
    overlays, player_bar, playlists,
};
use super::{queue, rail, settings};
use crate::config;
use crate::engine::{Command, Event, Handle, JourneyEnd, PhotoSource};
use crate::library::CoverEdit;
use crate::playback::Status;
use crossbeam_channel::TrySendError;
use eframe::egui::{
    Color32, Context, Id, Rect, Ui, UiBuilder, UserAttentionType, ViewportCommand, pos2,
};
use std::collections::VecDeque;
use std::time::Duration;

/// Height of the player bar, points.
const BAR_HEIGHT: f32 = 88.0;
/// Width of the unfolded queue, points.
const QUEUE_WIDTH: f32 = 320.0;
/// While music plays the player speaks four times a second; should it not, the position is
/// painted anew so often.
const POSITION_REFRESH: Duration = Duration::from_millis(500);

/// The window.
pub struct Window {
    state: AppState,
    engine: Handle,
    /// Commands that found the channel full, to be sent with the next frame.
    outbox: VecDeque<Command>,
    engine_gone: bool,
    covers: Covers,
    photos: Photos,
    art: Option<Art>,
    theme: Option<Theme>,
    motion: bool,
    dialogs: Dialogs,
}

impl Window {
    /// A window on an engine.
    #[must_use]
    pub fn new(ctx: &Context, engine: Handle, start: super::StartOptions) -> Self {
        fonts::install(ctx);
        let state = AppState::new(start.settings, start.data_folder);
        let mut window = Self {
            motion: state.settings.motion,
            state,
            engine,
            outbox: VecDeque::new(),
            engine_gone: false,
            covers: Covers::default(),
            photos: Photos::default(),
            art: None,
            theme: None,
            dialogs: Dialogs::default(),
        };
        window.dress(ctx);
        window
    }

    /// Everything the window knows.
    #[must_use]
    pub const fn state(&self) -> &AppState {
        &self.state
    }

    /// Puts on the colours of the theme and of the mood in the room.
    fn dress(&mut self, ctx: &Context) {
        let dark = match self.state.settings.theme {
            config::Theme::Dark => true,
            config::Theme::Light => false,
            config::Theme::System => ctx
                .system_theme()
                .is_none_or(|theme| theme == eframe::egui::Theme::Dark),
        };
        let mut theme = Theme::new(dark, self.state.accent_mood());
        let motion = self.state.settings.motion;
        let secs = if motion { MOTION_SECS } else { 0.0 };
        theme.accent = turned(ctx, "accent", theme.accent, secs);
        theme.strong = turned(ctx, "strong", theme.strong, secs);
        if self.theme != Some(theme) || self.motion != motion {
            theme.install(ctx, motion);
            self.theme = Some(theme);
            self.motion = motion;
        }
        if self.art.as_ref().is_none_or(|art| art.dark() != dark) {
            self.art = Some(Art::new(ctx, dark));
        }
    }

    fn take_events(&mut self, ctx: &Context, now_secs: f64) {
        while let Ok(event) = self.engine.events.try_recv() {
            match &event {
                Event::Cover { of, size, image } => {
                    let image = image.as_deref();
                    self.covers.take(ctx, of, *size, image, now_secs);
                }
                Event::Library(snapshot) => match &self.state.snapshot {
                    Some(old) if old.demo != snapshot.demo => self.covers.clear(),
                    Some(old) => {
                        let (before, now) = (&old.library, &snapshot.library);
                        self.covers.library_changed(before, now);
                    }
                    None => {}
                },
                Event::Edited(report) => self.covers.forget(&report.changed),
                Event::Raise => raise(ctx),
                Event::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
                _ => {}
            }
            let answered = matches!(event, Event::Playlist { .. });
            let commands = self.state.apply(event, now_secs);
            self.outbox.extend(commands);
            if answered {
                let answer = self.state.feeling.answer.as_ref();
                let photos = answer.and_then(|answer| answer.photos.as_ref());
                let photos = photos.map_or(&[][..], |answer| &answer.photos);
                self.photos.take(ctx, photos);
            }
        }
        match self.dialogs.poll() {
            Some(Chosen::Folders(paths)) => self.act(ctx, Action::AddPaths(paths), now_secs),
            Some(Chosen::Photos(paths)) => {
                let photos = paths.into_iter().map(PhotoSource::File).collect();
                self.act(ctx, Action::Photos(photos), now_secs);
            }
            Some(Chosen::Cover(path)) => {
                let chosen = TagAction::Cover(Some(CoverEdit::Picture(path)));
                self.act(ctx, Action::Tags(chosen), now_secs);
            }
            Some(Chosen::JourneyPhoto(path)) => {
                let from = JourneyEnd::Photo(PhotoSource::File(path));
                self.act(ctx, Action::JourneyFrom(Some(from)), now_secs);
            }
            Some(Chosen::Export(path)) => {
                self.act(ctx, Action::Export(NamedFile::chosen(path)), now_secs);
            }
            Some(Chosen::DiaryFile(format, path)) => {
                let chosen = DiaryAction::File(format, NamedFile::chosen(path));
                self.act(ctx, Action::Diary(chosen), now_secs);
            }
            Some(Chosen::PlaylistFile(line, path)) => {
                let chosen = PlaylistAction::File(line, NamedFile::chosen(path));
                self.act(ctx, Action::Playlist(chosen), now_secs);
            }
            Some(Chosen::NoDialog) => {
                let text = self.state.text().no_dialog.to_owned();
                self.state.say(ToastKind::Problem, text, now_secs);
            }
            Some(Chosen::Nothing) | None => {}
        }
    }

    fn act(&mut self, ctx: &Context, action: Action, now_secs: f64) {
        let text = self.state.text();
        match &action {
            Action::Tags(TagAction::ChooseCover) => {
                self.dialogs.choose_cover(ctx, text.cover, text.photos);
            }
            Action::ChooseFolder => self.dialogs.choose_folders(ctx, text.welcome),
            Action::ChoosePhotos => {
                self.dialogs
                    .choose_photos(ctx, text.choose_photos, text.photos);
            }
            Action::ChooseJourneyPhoto => {
                let title = text.journey_photo;
                self.dialogs.choose_journey_photo(ctx, title, text.photos);
            }
            Action::ExportDialog => {
                let name = feel::export_name(&self.state);
                self.dialogs.choose_export(ctx, text.export, name);
            }
            Action::Diary(DiaryAction::FileDialog(format)) => {
                self.dialogs.choose_diary(ctx, text.export_diary, *format);
            }
            Action::Playlist(PlaylistAction::FileDialog(line)) => {
                let shown = self.state.lists.shown();
                let name = shown.map_or("", |shown| self.state.playlist_name(shown));
                let name = feel::file_name(name);
                self.dialogs.choose_playlist(ctx, text, *line, name);
            }
            Action::NeedCover(of, size) => {
                self.outbox
                    .extend(self.covers.ask(of.clone(), *size, now_secs));
            }
            _ => {}
        }
        let commands = self.state.act(action, now_secs);
        self.outbox.extend(commands);
    }

    fn send(&mut self, ctx: &Context, now_secs: f64) {
        while let Some(command) = self.outbox.pop_front() {
            match self.engine.commands.try_send(command) {
                Ok(()) => {}
                Err(TrySendError::Full(command)) => {
                    self.outbox.push_front(command);
                    ctx.request_repaint_after(Duration::from_millis(20));
                    return;
                }
                Err(TrySendError::Disconnected(_)) => {
                    if !self.engine_gone {
                        self.engine_gone = true;
                        tracing::error!("the engine has stopped");
                        let text = self.state.text().engine_gone.to_owned();
                        self.state.say(ToastKind::Problem, text, now_secs);
                    }
                }
            }
        }
    }

    /// Asks for the next frame only when something will have changed by then.
    fn wake_later(&self, ctx: &Context, now_secs: f64) {
        if let Some(due_secs) = self.state.next_tick_secs() {
            ctx.request_repaint_after(Duration::from_secs_f64((due_secs - now_secs).max(0.0)));
        }
        if self.covers.waiting() {
            ctx.request_repaint_after(Duration::from_secs_f64(PATIENCE_SECS));
        }
        if self.state.player.status == Status::Playing {
            ctx.request_repaint_after(POSITION_REFRESH);
        }
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        let now_secs = ctx.time();
        self.take_events(ctx, now_secs);
        let due = self.state.tick(now_secs);
        self.outbox.extend(due);
        self.send(ctx, now_secs);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        let now_secs = ctx.time();
        self.covers.begin_frame(now_secs);
        self.dress(&ctx);
        let (Some(theme), Some(art)) = (self.theme, &self.art) else {
            return;
        };
        let scene = Scene::new(
            &self.state,
            &theme,
            &self.covers,
            &self.photos,
            art,
            now_secs,
        );
        intake::take_pasted(&ctx, &scene);
        keys::handle(&ctx, &scene);
        window_ui(ui, &scene);
        for action in scene.into_actions() {
            self.act(&ctx, action, now_secs);
        }
        self.send(&ctx, now_secs);
        self.wake_later(&ctx, now_secs);
    }

    fn clear_color(&self, _visuals: &eframe::egui::Visuals) -> [f32; 4] {
        self.theme
            .unwrap_or_else(|| Theme::new(true, None))
            .background
            .to_normalized_gamma_f32()
    }
}

/// Brings the window to the front, or where the desktop keeps windows from doing that, has it
/// point at the window.
fn raise(ctx: &Context) {
    if ctx.input(|input| input.viewport().focused) == Some(true) {
        return;
    }
    for command in [
        ViewportCommand::Visible(true),
        ViewportCommand::Minimized(false),
        ViewportCommand::Focus,
        ViewportCommand::RequestUserAttention(UserAttentionType::Informational),
    ] {
        ctx.send_viewport_cmd(command);
    }
}

fn window_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let whole = ui.max_rect();
    backdrop::paint(ui, scene, whole);
    if let Some(reason) = &scene.state.unusable {
        first_start::unusable_ui(ui, scene, whole, reason);
    } else if scene.state.snapshot.is_none() {
        first_start::opening_ui(ui, scene, whole);
    } else if scene.state.first_start() {
        first_start::first_start_ui(ui, scene, whole);
    } else {
        rooms_ui(ui, scene, whole);
    }
    edit_tags::edit_tags_ui(ui, scene);
    overlays::toasts_ui(ui, scene, whole);
    intake::drop_ui(ui, scene);
}

/// Rail, place, queue and player bar.
fn rooms_ui(ui: &mut Ui, scene: &Scene<'_>, whole: Rect) {
    let motion = scene.motion_secs();
    let unfolded = ui.ctx().animate_bool_with_time(
        Id::unique("queue unfolds"),
        scene.state.queue_open,
        motion,
    );
    let bar_top = whole.bottom() - BAR_HEIGHT;
    let queue_left = whole.right() - QUEUE_WIDTH * unfolded;
    // With the queue open a narrow window keeps only the rail's icons.
    let rail_width = rail::width(
        whole.width()
            - if scene.state.queue_open {
                QUEUE_WIDTH
            } else {
                0.0
            },
    );
    let rail_right = whole.left() + rail_width;
    let part =
        |left: f32, right: f32| Rect::from_min_max(pos2(left, whole.top()), pos2(right, bar_top));
    inside(ui, "rail", part(whole.left(), rail_right), |ui| {
        rail::rail_ui(ui, scene);
    });
    inside(
        ui,
        "place",
        part(rail_right, queue_left),
        |ui| match scene.state.place {
            Place::Feel => feel::feel_ui(ui, scene),
            Place::Library => library::library_ui(ui, scene),
            Place::NowPlaying => now_playing::now_playing_ui(ui, scene),
            Place::Diary => diary::diary_ui(ui, scene),
            Place::Playlists => playlists::playlists_ui(ui, scene),
            Place::Settings => settings::settings_ui(ui, scene),
        },
    );
    if unfolded > 0.01 {
        let queue = Rect::from_min_max(
            pos2(queue_left, whole.top()),
            pos2(queue_left + QUEUE_WIDTH, bar_top),
        );
        inside(ui, "queue", queue, |ui| queue::queue_ui(ui, scene));
    }
    let bar = Rect::from_min_max(pos2(whole.left(), bar_top), whole.max);
    inside(ui, "player bar", bar, |ui| {
        player_bar::player_bar_ui(ui, scene);
    });
}

fn inside(ui: &mut Ui, name: &'static str, rect: Rect, add: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().id_salt(name).max_rect(rect), |ui| {
        ui.shrink_clip_rect(rect);
        add(ui);
    });
}

/// `goal`, reached smoothly.
fn turned(ctx: &Context, name: &str, goal: Color32, secs: f32) -> Color32 {
    let id = Id::unique(name);
    let (from, to) = ctx
        .data(|data| data.get_temp::<(Color32, Color32)>(id))
        .unwrap_or((goal, goal));
    // A counter that grows by one with each new goal gives the way from one to the next.
    let step = ctx.data(|data| data.get_temp::<u32>(id.with("step")).unwrap_or(0));
    let way = ctx.animate_value_with_time(id, step as f32, secs);
    let shown = blend(from, to, 1.0 - (step as f32 - way).clamp(0.0, 1.0));
    if to != goal {
        ctx.data_mut(|data| {
            data.insert_temp(id, (shown, goal));
            data.insert_temp(id.with("step"), step + 1);
        });
        ctx.request_repaint();
    }
    shown
}
