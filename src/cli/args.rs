//! What may be typed.

use crate::desktop::Opening;
use crate::mood::Mood;
use anyhow::Result;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// A music player that listens to how you feel. Without a command, the window opens; a window
/// that is open already comes to the front.
#[derive(Debug, Parser)]
#[command(name = "maeum", version, about, infer_subcommands = true)]
pub struct Arguments {
    /// Use the demo library, with its own data folder.
    #[arg(long, global = true)]
    pub demo: bool,
    /// Keep the database and settings here.
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Look for the models here.
    #[arg(long, global = true, value_name = "DIR")]
    pub models_dir: Option<PathBuf>,
    /// Tell more on standard error; twice tells all.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Files and folders to play in the window.
    #[arg(value_name = "FILE|DIR")]
    files: Vec<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

impl Arguments {
    /// Reads the process's arguments; prints help or what is wrong with them, and exits.
    #[must_use]
    pub fn read() -> Self {
        Self::parse()
    }

    /// The headless command, if one was given.
    #[must_use]
    pub fn take_command(&mut self) -> Option<CommandLine> {
        self.command.take().map(CommandLine)
    }

    /// What to open in the window: absolute paths of files that are there.
    pub fn opening(&self) -> Result<Opening> {
        Ok(Opening {
            files: super::existing(&self.files)?,
            demo: self.demo,
        })
    }
}

/// A headless command with its own arguments.
#[derive(Debug)]
pub struct CommandLine(pub(super) Command);

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add folders, scan them, and analyze what is new.
    Scan(ScanArguments),
    /// A playlist for a feeling, in English or Korean.
    Feel(FeelArguments),
    /// A playlist of tracks like these files.
    Like(LikeArguments),
    /// A playlist like what was heard lately.
    Lately(PlaylistArguments),
    /// A walk from one mood to another.
    Journey(JourneyArguments),
    /// Something you do not expect.
    Surprise(PlaylistArguments),
    /// Saved and smart playlists.
    Playlist(PlaylistsArguments),
    /// Say what you think of tracks; playlists learn from it.
    Thumb(ThumbArguments),
    /// What was learned about your taste.
    Taste(TasteArguments),
    /// What was heard, newest first.
    History(HistoryArguments),
    /// A playlist for photos; several are followed in the order they were taken.
    Photo(PhotoArguments),
    /// The mood of words, tracks or photos, one JSON object a line.
    Mood(MoodArguments),
    /// Play files or folders without a window.
    Play(PlayArguments),
    /// The same recording in more than one file.
    Duplicates(DuplicatesArguments),
    /// Take tracks whose files are gone out of the library; they come back with their files.
    Forget(ForgetArguments),
    /// Check models, ONNX Runtime, audio device, database, folders and failed files.
    Doctor(DoctorArguments),
}

#[derive(Debug, Args)]
pub(super) struct ScanArguments {
    /// Folders or files to add; without any, all known folders are looked at again.
    pub folders: Vec<PathBuf>,
    /// Print a summary as JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct ForgetArguments {
    /// Where the files were.
    #[arg(required_unless_present = "all")]
    pub files: Vec<PathBuf>,
    /// All tracks whose files are gone, also those on drives that are away.
    #[arg(long, conflicts_with = "files")]
    pub all: bool,
}

#[derive(Debug, Args)]
pub(super) struct FeelArguments {
    /// The feeling.
    #[arg(required = true)]
    pub text: Vec<String>,
    #[command(flatten)]
    pub playlist: PlaylistArguments,
}

#[derive(Debug, Args)]
pub(super) struct PhotoArguments {
    /// Photos, or folders of them.
    #[arg(required = true, value_name = "FILE|DIR")]
    pub files: Vec<PathBuf>,
    /// Calmer or livelier than the photos: -1 to 1.
    #[arg(
        long,
        value_name = "E",
        default_value_t = 0.0,
        allow_negative_numbers = true,
        value_parser = energy
    )]
    pub energy: f32,
    #[command(flatten)]
    pub playlist: PlaylistArguments,
}

fn energy(text: &str) -> Result<f32, String> {
    let energy = text.parse::<f32>().map_err(|error| error.to_string())?;
    let fits = (-1.0..=1.0).contains(&energy);
    fits.then_some(energy)
        .ok_or_else(|| "it goes from -1 to 1".to_owned())
}

#[derive(Debug, Args)]
pub(super) struct LikeArguments {
    /// Tracks of the library.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub playlist: PlaylistArguments,
}

#[derive(Debug, Args)]
pub(super) struct JourneyArguments {
    /// Where it begins: words, a mood, `valence,arousal`, a photo's file, or `here` for what was
    /// heard last.
    #[arg(allow_hyphen_values = true)]
    pub from: String,
    /// Where it leads: words, a mood, `valence,arousal`, or a photo's file.
    #[arg(allow_hyphen_values = true)]
    pub to: String,
    #[command(flatten)]
    pub playlist: PlaylistArguments,
}

#[derive(Debug, Args)]
pub(super) struct PlaylistsArguments {
    #[command(subcommand)]
    pub command: PlaylistCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum PlaylistCommand {
    /// All of them with their number of tracks; `*` marks smart ones.
    List {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// The tracks of one.
    Show {
        /// Its name.
        name: String,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write one as M3U8.
    Export {
        /// Its name.
        name: String,
        /// Where to.
        file: PathBuf,
    },
    /// Make playlists of M3U files.
    Import {
        /// Which.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}

/// What is thought of a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Verdict {
    /// More like it.
    Up,
    /// Less like it.
    Down,
    /// Never suggest it.
    Never,
    /// Take back what was said.
    Clear,
}

#[derive(Debug, Args)]
pub(super) struct ThumbArguments {
    /// What you think.
    pub verdict: Verdict,
    /// Tracks of the library.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Never anything by its artist.
    #[arg(long)]
    pub artist: bool,
    /// Only in this mood: happy, romantic, peaceful, sad, tense, angry or neutral.
    #[arg(long, value_name = "MOOD", value_parser = mood)]
    pub mood: Option<Mood>,
}

fn mood(key: &str) -> std::result::Result<Mood, String> {
    Mood::from_key(key).ok_or_else(|| {
        let keys = Mood::ALL.map(Mood::key).join(", ");
        format!("no such mood; there are {keys}")
    })
}

#[derive(Debug, Args)]
pub(super) struct TasteArguments {
    /// Forget it all; what was heard is kept.
    #[arg(long)]
    pub reset: bool,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct DuplicatesArguments {
    /// Print one JSON object a line.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct HistoryArguments {
    /// At most so many plays.
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..))]
    pub limit: u16,
    /// Print one JSON object a line.
    #[arg(long, group = "what")]
    pub json: bool,
    /// Write all of it, with the feelings that led to it.
    #[arg(long, group = "what", value_enum, value_name = "FORMAT")]
    pub export: Option<ExportFormat>,
    /// Write it there instead of to standard output.
    #[arg(long, requires = "export", value_name = "FILE")]
    pub to: Option<PathBuf>,
    /// Erase a day (2026-05-12) or `all`; how often tracks were heard is kept.
    #[arg(long, group = "what", value_name = "DAY|all")]
    pub erase: Option<String>,
}

/// A format of the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// A JSON array.
    Json,
    /// Comma-separated values.
    Csv,
    /// One listen a line, as ListenBrainz imports them.
    Listenbrainz,
}

/// How the kinds of likeness are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ModeArgument {
    /// What several kinds agree on comes first.
    Total,
    /// A few from every kind.
    Each,
}

/// A language of lyrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LyricsLanguage {
    /// English.
    En,
    /// 한국어.
    Ko,
}

#[derive(Debug, Args)]
pub(super) struct PlaylistArguments {
    /// At most so many tracks.
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..))]
    pub limit: u16,
    /// About so many minutes instead.
    #[arg(long, value_name = "M", conflicts_with = "limit", value_parser = clap::value_parser!(u16).range(1..))]
    pub minutes: Option<u16>,
    /// How the kinds of likeness are joined.
    #[arg(long, value_enum, default_value_t = ModeArgument::Total)]
    pub mode: ModeArgument,
    /// Only tracks whose genre contains this.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub genre: String,
    /// Only tracks sung in this language.
    #[arg(long, value_enum)]
    pub language: Option<LyricsLanguage>,
    /// Only music without words.
    #[arg(long)]
    pub instrumental: bool,
    /// Only what was hardly ever played.
    #[arg(long)]
    pub hidden_gems: bool,
    /// Interludes and mixes of hours too.
    #[arg(long)]
    pub any_length: bool,
    /// Decides between equals: the same number gives the same list.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// Print JSON.
    #[arg(long, group = "form")]
    pub json: bool,
    /// Write an M3U8 playlist; `-` writes it to standard output.
    #[arg(long, group = "form", value_name = "FILE")]
    pub m3u: Option<PathBuf>,
    /// Play it.
    #[arg(long, group = "form")]
    pub play: bool,
}

#[derive(Debug, Args)]
pub(super) struct MoodArguments {
    #[command(subcommand)]
    pub of: MoodOf,
}

#[derive(Debug, Subcommand)]
pub(super) enum MoodOf {
    /// The reading of a text; without TEXT, of each line of standard input. For lines, `why`
    /// names the words that a table knows to speak for the mood; for TEXT, those that moved
    /// the reading.
    Text {
        /// Texts, each read by itself.
        text: Vec<String>,
    },
    /// The reading of tracks; files that are not in the library are analyzed.
    Track {
        /// Audio files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// The reading of photos: the mood that all opinions make, each opinion, what is to be seen
    /// and five colours.
    Photo {
        /// Picture files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Answers are JSON anyway.
        #[arg(long, hide = true)]
        json: bool,
    },
}

#[derive(Debug, Args)]
pub(super) struct PlayArguments {
    /// Files or folders.
    #[arg(required = true, value_name = "FILE|DIR")]
    pub paths: Vec<PathBuf>,
    /// Stop after so many seconds.
    #[arg(long, value_name = "N")]
    pub seconds: Option<f32>,
}

#[derive(Debug, Args)]
pub(super) struct DoctorArguments {
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}
