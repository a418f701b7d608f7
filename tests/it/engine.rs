//! The engine's door: commands in, events out.

use crate::support::engine::wait;
use crate::support::signal::{tone, write_wav};
use maeum::config::{Folders, Settings, Theme};
use maeum::engine::{
    self, Command, CoverOf, CoverSize, Event, FeelRequest, Handle, Length, Notice, Options, Wish,
};
use maeum::library::{BrowseQuery, GroupKey, GroupKind, GroupQuery, TrackId};
use maeum::mood::Mood;
use maeum::playback::PlayerCommand;
use maeum::recommend::{Filter, ListenerModel, Mode, Reaction};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// An installation with some music and an open engine.
struct Desk {
    folder: TempDir,
    handle: Handle,
}

impl Desk {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for place in ["mine", "demo"] {
            std::fs::create_dir(folder.path().join(place)).unwrap();
        }
        for (number, file) in (0_u8..).zip(["mine/1.wav", "mine/2.wav", "mine/3.wav", "demo/d.wav"])
        {
            let samples = tone(22_050, 220.0 * f64::from(number + 1), 22_050);
            write_wav(&folder.path().join(file), 22_050, 1, &samples);
        }
        let handle = start(folder.path());
        let desk = Self { folder, handle };
        // There are no folders yet, so the scan at the start is soon over.
        desk.finished();
        desk
    }

    /// The same after the program was closed and started again.
    fn reopened(self) -> Self {
        let Self { folder, handle } = self;
        handle.close();
        let handle = start(folder.path());
        Self { folder, handle }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn send(&self, command: Command) {
        self.handle.commands.send(command).unwrap();
    }

    /// Waits for an event that is as wished.
    fn wait<T>(&self, what: &str, wish: impl FnMut(Event) -> Option<T>) -> T {
        wait(&self.handle, what, wish)
    }

    fn scan(&self, name: &str) {
        self.send(Command::AddPaths(vec![self.path(name)]));
        self.finished();
    }

    fn finished(&self) {
        self.wait("the end of the scan", |event| {
            matches!(event, Event::Finished(_)).then_some(())
        });
    }
}

fn start(folder: &Path) -> Handle {
    let options = Options {
        folders: Folders {
            data: folder.join("data"),
            models: PathBuf::new(),
            demo_music: folder.join("demo"),
        },
        demo: false,
        scan_at_start: true,
        keep_queue: true,
    };
    engine::start(options, Arc::new(|| {})).unwrap()
}

fn feel(generation: u64, wish: Wish) -> Command {
    Command::Feel {
        generation,
        request: FeelRequest {
            wish,
            length: Length::Tracks(10),
            seed: 0,
            filter: Filter::default(),
            mode: Mode::default(),
            patient: false,
        },
    }
}

#[test]
fn of_many_questions_at_once_the_last_is_answered() {
    let desk = Desk::open();
    desk.scan("mine");
    for generation in 1..=50 {
        desk.send(feel(generation, Wish::Mood(Mood::Sad)));
    }
    let mut answers = 0;
    desk.wait("the answer to the last question", |event| {
        let Event::Playlist { generation, answer } = event else {
            return None;
        };
        answers += 1;
        assert!(answer.considered > 0);
        (generation == 50).then_some(())
    });
    assert!(answers <= 50);
}

#[test]
fn a_folder_taken_out_leaves_and_comes_back_without_being_analyzed_again() {
    let desk = Desk::open();
    desk.scan("mine");
    desk.send(Command::RemoveFolder(desk.path("mine")));
    desk.wait("an empty library", |event| match event {
        Event::Library(snapshot) if snapshot.library.is_empty() => Some(()),
        _ => None,
    });
    desk.send(Command::AddPaths(vec![desk.path("mine")]));
    let analyzed = desk.wait("the end of the scan", |event| match event {
        Event::Finished(report) => Some(report.analyzed),
        _ => None,
    });
    assert_eq!(analyzed, 0);
}

#[test]
fn work_that_is_held_goes_on_when_released() {
    let desk = Desk::open();
    desk.send(Command::PauseAnalysis(true));
    desk.send(Command::AddPaths(vec![desk.path("mine")]));
    desk.wait("word that the work is held", |event| match event {
        Event::Progress(progress) => progress.paused.then_some(()),
        Event::Finished(report) if report.scan.files > 0 => panic!("not held: {report:?}"),
        _ => None,
    });
    desk.send(Command::PauseAnalysis(false));
    let analyzed = desk.wait("the end of the scan", |event| match event {
        Event::Finished(report) if report.scan.files > 0 => Some(report.analyzed),
        _ => None,
    });
    assert_eq!(analyzed, 3);
}

#[test]
fn the_demo_library_is_another_library() {
    let desk = Desk::open();
    desk.scan("mine");
    desk.send(Command::OpenDemo(true));
    let title = desk.wait("the demo's only track", |event| match event {
        Event::Library(snapshot) if snapshot.demo && snapshot.library.len() == 1 => {
            Some(snapshot.library.tracks()[0].title().to_owned())
        }
        _ => None,
    });
    assert_eq!(title, "d");
    desk.send(Command::OpenDemo(false));
    desk.wait("the listener's own tracks", |event| match event {
        Event::Library(snapshot) if !snapshot.demo => (snapshot.library.len() == 3).then_some(()),
        _ => None,
    });
}

#[test]
fn settings_and_the_library_are_there_again_after_a_restart() {
    let desk = Desk::open();
    desk.scan("mine");
    desk.send(Command::Player(PlayerCommand::Volume(0.25)));
    // The window knows the volume of the start.
    desk.send(Command::ChangeSettings(Settings {
        theme: Theme::Light,
        ..Settings::default()
    }));
    let settings = || {
        desk.wait("the settings", |event| match event {
            Event::Settings(settings) if settings.theme == Theme::Light => Some(settings.volume),
            _ => None,
        })
    };
    assert_eq!(settings(), 0.25);
    let desk = desk.reopened();
    let volume = desk.wait("the settings", |event| match event {
        Event::Settings(settings) => Some(settings.volume),
        _ => None,
    });
    assert_eq!(volume, 0.25);
    desk.wait("the analyzed tracks", |event| match event {
        Event::Library(snapshot) => (snapshot.library.analyzed_len() == 3).then_some(()),
        _ => None,
    });
}

#[test]
fn what_cannot_be_done_is_told() {
    let desk = Desk::open();
    let notice = |what: &str| {
        desk.wait(what, |event| match event {
            Event::Notice(notice) => Some(notice),
            _ => None,
        })
    };
    desk.send(Command::AddPaths(vec![desk.path("nowhere")]));
    assert_eq!(
        notice("a word about the missing folder"),
        Notice::NotThere(desk.path("nowhere"))
    );
    desk.send(Command::ExportM3u {
        path: desk.path("no/such/folder/list.m3u8"),
        tracks: Vec::new(),
        replace: false,
    });
    assert!(matches!(notice("a word about the file"), Notice::Failed(_)));
}

/// The ids of the queue once there is one of so many tracks.
fn queue(desk: &Desk, tracks: usize) -> Vec<TrackId> {
    desk.wait("the queue", |event| match event {
        Event::Player(state) if state.queue.len() == tracks => {
            Some(state.queue.iter().map(|track| track.id).collect())
        }
        _ => None,
    })
}

#[test]
fn files_of_the_library_are_played_as_such_right_after_the_start() {
    let desk = Desk::open();
    desk.scan("mine");
    let desk = desk.reopened();
    desk.send(Command::PlayFiles(vec![desk.path("mine/2.wav")]));
    assert!(queue(&desk, 1)[0].0 > 0);
}

#[test]
fn opened_files_have_covers_and_ids_of_their_own_and_what_does_not_play_is_told() {
    let desk = Desk::open();
    let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/screenshots/feel.png");
    std::fs::copy(picture, desk.path("mine/cover.png")).unwrap();
    for broken in ["a.mp3", "b.mp3"] {
        std::fs::write(desk.path(broken), b"no music").unwrap();
    }
    let files = ["a.mp3", "mine/1.wav", "b.mp3"].map(|file| desk.path(file));
    desk.send(Command::PlayFiles(files.to_vec()));
    let told = desk.wait("a word about the broken ones", |event| match event {
        Event::Notice(notice) => Some(notice),
        _ => None,
    });
    let Notice::NotPlayed { first, files, .. } = told else {
        panic!("{told:?}");
    };
    assert_eq!((first, files), (desk.path("a.mp3"), 2));
    let first = queue(&desk, 1)[0];
    let load = |track| {
        let size = CoverSize::Thumbnail;
        let of = CoverOf::Track(track);
        desk.send(Command::LoadCover { of, size });
        desk.wait("an answer", |event| match event {
            Event::Cover { of, image, .. } if of == CoverOf::Track(track) => Some(image),
            _ => None,
        })
    };
    assert!(first.0 < 0 && load(first).is_some());
    assert!(load(TrackId(1234)).is_none());
    let others = ["mine/2.wav", "mine/3.wav"].map(|file| desk.path(file));
    desk.send(Command::PlayFiles(others.to_vec()));
    assert!(!queue(&desk, 2).contains(&first));
    // Those of a queue that was taken up are known as well.
    let desk = desk.reopened();
    let again = queue(&desk, 2);
    desk.send(Command::LoadCover {
        of: CoverOf::Track(again[1]),
        size: CoverSize::Thumbnail,
    });
    desk.wait("the cover", |event| match event {
        Event::Cover { of, image, .. } if of == CoverOf::Track(again[1]) => image,
        _ => None,
    });
}

fn react(track: i64, reaction: Reaction) -> Command {
    Command::React {
        track: TrackId(track),
        reaction,
        mood: None,
    }
}

/// The listener's model as it is told next with so many reactions.
fn listener(desk: &Desk, reactions: usize) -> Arc<ListenerModel> {
    desk.wait("what was learned", |event| match event {
        Event::Listener(model) => (model.reactions() == reactions).then_some(model),
        _ => None,
    })
}

#[test]
fn reactions_are_learned_from_kept_and_forgotten_when_asked() {
    let desk = Desk::open();
    desk.scan("mine");
    desk.send(react(1, Reaction::NeverTrack));
    desk.send(react(2, Reaction::ThumbUp));
    assert_eq!(listener(&desk, 2).never().0, [TrackId(1)]);
    desk.send(feel(1, Wish::Like(vec![TrackId(2)])));
    let barred = |event| match event {
        Event::Playlist { answer, .. } => {
            Some(answer.tracks.iter().all(|each| each.track.id != TrackId(1)))
        }
        _ => None,
    };
    assert!(desk.wait("a playlist", barred));
    let desk = desk.reopened();
    let again = listener(&desk, 2);
    assert_eq!(again.track(TrackId(2)).map(|opinion| opinion.ups), Some(1));
    desk.send(Command::ForgetReactions);
    assert_eq!(*listener(&desk, 0), ListenerModel::default());
    let desk = desk.reopened();
    desk.finished();
    desk.send(react(3, Reaction::ThumbDown));
    listener(&desk, 1);
}

#[test]
fn a_drag_taken_back_teaches_nothing_also_after_a_restart() {
    let desk = Desk::open();
    desk.scan("mine");
    desk.send(react(1, Reaction::DraggedOut));
    let model = listener(&desk, 1);
    assert_eq!(
        model.track(TrackId(1)).map(|opinion| opinion.taken_out),
        Some(1)
    );
    desk.send(react(1, Reaction::DragTaken));
    assert_eq!(*listener(&desk, 0), ListenerModel::default());
    desk.send(react(2, Reaction::DraggedUp));
    listener(&desk, 1);
    let desk = desk.reopened();
    let again = listener(&desk, 1);
    assert!(again.track(TrackId(1)).is_none());
    assert_eq!(
        again.track(TrackId(2)).map(|opinion| opinion.moved_up),
        Some(1)
    );
    // Nor does a thumb.
    desk.send(react(3, Reaction::ThumbUp));
    listener(&desk, 2);
    desk.send(react(3, Reaction::ThumbTaken));
    assert!(listener(&desk, 1).track(TrackId(3)).is_none());
}

#[test]
fn an_edit_of_the_queue_that_is_undone_teaches_nothing() {
    let desk = Desk::open();
    desk.scan("mine");
    let player = |command| desk.send(Command::Player(command));
    desk.send(Command::Play {
        tracks: [1, 2, 3].map(TrackId).to_vec(),
        start: 0,
    });
    player(PlayerCommand::Move { from: 2, to: 1 });
    let model = listener(&desk, 1);
    assert_eq!(
        model.track(TrackId(3)).map(|opinion| opinion.moved_up),
        Some(1)
    );
    player(PlayerCommand::Remove(1));
    let model = listener(&desk, 2);
    assert_eq!(
        model.track(TrackId(3)).map(|opinion| opinion.taken_out),
        Some(1)
    );
    player(PlayerCommand::Undo);
    let model = listener(&desk, 1);
    assert_eq!(
        model.track(TrackId(3)).map(|opinion| opinion.moved_up),
        Some(1)
    );
    player(PlayerCommand::Undo);
    assert_eq!(*listener(&desk, 0), ListenerModel::default());
}

#[test]
fn every_wish_is_answered() {
    let desk = Desk::open();
    desk.scan("mine");
    let point = |valence, arousal| engine::JourneyEnd::Point { valence, arousal };
    let wishes = [
        (Wish::Surprise, true),
        (
            Wish::Journey {
                from: engine::JourneyEnd::Mood(Mood::Sad),
                to: engine::JourneyEnd::Text("happy".to_owned()),
            },
            true,
        ),
        (Wish::Way(vec![(0.0, 0.0), (0.2, 0.1), (0.4, -0.1)]), true),
        (Wish::Lately, false),
        (
            Wish::Journey {
                from: engine::JourneyEnd::Here,
                to: point(0.5, 0.5),
            },
            false,
        ),
    ];
    for ((wish, understood), number) in wishes.into_iter().zip(1..) {
        desk.send(feel(number, wish.clone()));
        let mood = desk.wait("an answer", |event| match event {
            Event::Playlist { generation, answer } => {
                (generation == number).then_some(answer.target.mood)
            }
            _ => None,
        });
        assert_eq!(mood.confidence > 0.0, understood, "{wish:?}");
    }
}

#[test]
fn the_library_is_told_by_folders_and_what_is_in_one() {
    let desk = Desk::open();
    desk.scan("mine");
    let folder = GroupKey::Folder(desk.path("mine"));
    let query = GroupQuery {
        kind: GroupKind::Albums,
        text: String::new(),
        mood: None,
        inside: PathBuf::new(),
    };
    let generation = 3;
    desk.send(Command::Group { generation, query });
    let groups = desk.wait("the albums", |event| match event {
        Event::Grouped {
            generation: 3,
            groups,
        } => Some(groups),
        _ => None,
    });
    assert_eq!(groups.len(), 1, "what has no tags is together");
    assert_eq!(groups[0].tracks.len(), 3);
    desk.send(Command::Browse {
        generation: 4,
        query: BrowseQuery {
            text: "2.wav".to_owned(),
            within: Some(folder),
            ..BrowseQuery::default()
        },
    });
    let found = desk.wait("the rows", |event| match event {
        Event::Browsed {
            generation: 4,
            library,
            rows,
        } => Some(
            rows.iter()
                .map(|row| library.tracks()[*row as usize].path.clone())
                .collect(),
        ),
        _ => None,
    });
    let found: Vec<PathBuf> = found;
    assert_eq!(found, [desk.path("mine/2.wav")]);
}

#[test]
fn a_patient_question_is_answered_too() {
    let desk = Desk::open();
    desk.scan("mine");
    let Command::Feel { mut request, .. } = feel(1, Wish::Like(vec![TrackId(1)])) else {
        return;
    };
    request.patient = true;
    let generation = 7;
    desk.send(Command::Feel {
        generation,
        request,
    });
    let answer = desk.wait("an answer", |event| match event {
        Event::Playlist { answer, .. } => Some(answer),
        _ => None,
    });
    assert!(!answer.tracks.is_empty());
}
