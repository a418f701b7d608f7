//! Helpers for tests that listen, watch and run the program.

pub mod bus;
pub mod desktop;
pub mod engine;
pub mod fixtures;
pub mod loopback;
pub mod music;
pub mod pictures;
pub mod program;
pub mod shelf;
pub mod signal;
pub mod sound_server;
pub mod store;
pub mod x11;
