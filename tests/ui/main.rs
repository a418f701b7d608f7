//! The real window, driven by the accessible names of its widgets.
#![allow(missing_docs)]
// Helpers of tests may unwrap as tests do.
#![allow(clippy::unwrap_used)]

mod diary;
mod duplicates;
mod edit_tags;
mod fake;
mod feel;
mod journeys;
mod library;
mod library_views;
mod looks;
mod now_playing;
mod photos;
mod player;
mod playlists;
mod rearrange;
mod taste;
mod window;
