//! Behaviour across rooms, on real files, databases, devices and processes. One binary, so
//! that the big dependencies are linked once. What starts servers of sound and windows, or
//! looks into `/proc`, is Linux's.
#![allow(missing_docs)]
// Helpers of tests may fail like tests.
#![allow(clippy::unwrap_used)]

mod analysis;
mod analysis_files;
mod answers;
mod audio;
mod command_line;
mod command_line_photo;
mod command_line_playlists;
mod command_line_text;
mod decode;
mod decode_names;
mod diary;
mod duplicates;
mod edit_tags;
mod engine;
mod engine_lyrics;
mod engine_photo;
#[cfg(target_os = "linux")]
mod engine_playing;
mod engine_playlists;
mod engine_upkeep;
mod killed;
#[cfg(target_os = "linux")]
mod killed_playing;
mod layering;
#[cfg(target_os = "linux")]
mod media_keys;
mod mutated;
mod onnx;
mod photo;
#[cfg(target_os = "linux")]
mod photo_malformed;
mod photo_shipped;
mod playback;
#[cfg(target_os = "linux")]
mod playback_device;
#[cfg(target_os = "linux")]
mod playback_joins;
mod playback_levels;
mod playback_outputs;
mod playback_queue;
mod playback_seek;
mod playback_simulated;
mod recommend;
mod recommend_audio;
mod recommend_kinds;
mod recommend_lyrics;
mod scan;
mod scan_ratings;
mod scan_tags;
#[cfg(target_os = "linux")]
mod shipped_engines;
mod show_in_folder;
mod store;
mod store_lyrics;
mod store_playlists;
mod store_queue;
mod support;
mod text;
mod text_shipped;
mod watch;
mod whole;
#[cfg(target_os = "linux")]
mod window;
#[cfg(target_os = "linux")]
mod window_photo;
mod words;
