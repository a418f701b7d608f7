//! Helpers for tests that listen, watch and run the program.

#[cfg(target_os = "linux")]
pub mod bus;
#[cfg(target_os = "linux")]
pub mod desktop;
pub mod engine;
pub mod fixtures;
pub mod loopback;
pub mod music;
pub mod pictures;
pub mod program;
pub mod shelf;
pub mod signal;
#[cfg(target_os = "linux")]
pub mod sound_server;
pub mod store;
#[cfg(target_os = "linux")]
pub mod x11;
