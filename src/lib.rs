//! # Maeum (마음): a music player that listens to how you feel
//!
//! This page is the map. Each module is a room with one job; imports point downward only:
//!
//! ```text
//! main → {ui, cli} → engine → desktop → {playback, store, scan, analysis, inference}
//!      → decode → recommend → {words, photo} → library → mood
//! ```
//!
//! | room | job | outside crates it owns |
//! |---|---|---|
//! | [`mood`] | the mood space: vectors, distances, fusion, projections (pure) | |
//! | [`library`] | tracks, snapshots, search, sorting, playlists (pure) | |
//! | [`words`] | words → mood by their norms; which lines of lyrics are sung (pure) | rust-stemmers |
//! | [`photo`] | a photo's colours, what it shows in words, and the opinions on its mood joined (pure) | |
//! | [`recommend`] | target → ranked playlist with reasons (pure) | |
//! | [`decode`] | file → samples, for analysis and playback alike | symphonia, libopus |
//! | [`scan`] | walking and watching folders; reading and writing tags; covers, lyrics; photos by their names | lofty, image, notify |
//! | [`analysis`] | samples → features → mood, of a part and of the whole; worker pool | realfft, thread-priority |
//! | [`inference`] | the ONNX runtime, the model manifest; feelings, lyrics, photos and music read with models | ort, tract, tokenizers, image, kamadak-exif |
//! | [`playback`] | player thread, queue, output device | cpal |
//! | [`store`] | SQLite: tracks, analyses, history | rusqlite |
//! | [`desktop`] | media keys, notifications, file manager and trash, one window a library | zbus, souvlaki |
//! | [`engine`] | owns the threads; `Command` in, `Event` out | jiff |
//! | [`cli`] | headless commands over the same engine | clap, indicatif |
//! | [`ui`] | the window | egui, rfd |
//! | [`config`], [`language`] | leaves: settings and folders; English or Korean | |
//!
//! What happens to a folder of music: `scan` finds files and `store` keeps them;
//! `analysis` takes a first look at some seconds of each, through `decode`, and turns them
//! into features and, with the audio model of `inference`, into a mood, an embedding and
//! styles; `inference` reads its lyrics line by line; later, `analysis` reads the track from
//! end to end for its loudness, its outline and the way of its mood; a typed feeling goes
//! through the same text model (without one, through `words`) to `recommend`, which ranks
//! the tracks of the library snapshot and says why; `playback` plays them. A photo is decoded
//! and seen in `inference`, `photo` joins what that and its colours say, and `recommend`
//! matches it to the library. `engine` joins it all and is the only one to name it all.
//!
//! **Invariants.** A frame never touches disk, database, model or lock. One owner per
//! outside crate. A bad file is data: recorded, counted, shown, never fatal. Stored moods
//! never change when music is added; they are matched to the library when a question is
//! asked. Nothing leaves the machine: there is no network code here at all.

pub mod analysis;
pub mod cli;
pub mod config;
pub mod decode;
pub mod desktop;
pub mod engine;
pub mod inference;
pub mod language;
pub mod library;
pub mod mood;
pub mod photo;
pub mod playback;
pub mod recommend;
pub mod scan;
pub mod store;
pub mod ui;
pub mod words;
