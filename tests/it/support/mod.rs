//! Helpers for tests that listen.

pub mod fixtures;
pub mod loopback;
pub mod music;
pub mod signal;
