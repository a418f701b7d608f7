//! Behaviour across rooms, on real files, databases, devices and processes. One binary, so
//! that the big dependencies are linked once.
#![allow(missing_docs)]

mod layering;
