//! Prints what a frame costs the processor, with few tracks and with many:
//! `cargo test --bench frames -- measure`. A frame is all that the window does, its tree for
//! screen readers and the triangles to draw; not the drawing itself.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, dead_code)]

mod fake;
mod window;

use eframe::egui::{
    Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, pos2, vec2,
};
use std::time::Instant;
use window::Fixture;

const FRAMES: usize = 90;

fn main() {
    // `cargo test --all-targets` runs this without asking for it.
    if !std::env::args().any(|arg| arg == "measure") {
        return;
    }
    let few = costs(1_000);
    let many = costs(100_000);
    println!("ms a frame: middle and worst of {FRAMES}, with 1,000 and with 100,000 tracks");
    for ((name, few), (_, many)) in few.into_iter().zip(many) {
        println!(
            "{:>6.2} {:>6.2}   {:>6.2} {:>6.2}   x{:.2}   {name}",
            few.middle,
            few.worst,
            many.middle,
            many.worst,
            many.middle / few.middle
        );
    }
}

/// Milliseconds.
struct Cost {
    middle: f64,
    worst: f64,
}

fn costs(tracks: usize) -> Vec<(&'static str, Cost)> {
    let mut window = Fixture::with(tracks);
    let mut costs = Vec::new();
    costs.push(("the Feel screen at rest", frames(&mut window, &|_, _| {})));
    costs.push((
        "typing a feeling",
        frames(&mut window, &|window, number| {
            let letter = ["s", "a", "d", " "][number % 4];
            window.harness.event(Event::Text(letter.to_owned()));
        }),
    ));
    let snapshot = window.fake.snapshot();
    costs.push((
        "a new snapshot each frame",
        frames(&mut window, &|window, _| window.tell(snapshot.clone())),
    ));
    window.key(Modifiers::COMMAND, Key::Num2);
    window.settle();
    costs.push(("scrolling tracks", frames(&mut window, &scroll)));
    window.key(Modifiers::COMMAND, Key::F);
    costs.push((
        "typing a search",
        frames(&mut window, &|window, _| {
            window.harness.event(Event::Text("a".to_owned()));
        }),
    ));
    window.key(Modifiers::NONE, Key::Escape);
    window.settle();
    window.key(Modifiers::COMMAND, Key::A);
    costs.push(("scrolling, all chosen", frames(&mut window, &scroll)));
    costs
}

fn scroll(window: &mut Fixture, _: usize) {
    window
        .harness
        .event(Event::PointerMoved(pos2(700.0, 500.0)));
    window.harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, -240.0),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    });
}

/// What frames cost in which `act` happens first.
fn frames(window: &mut Fixture, act: &dyn Fn(&mut Fixture, usize)) -> Cost {
    let mut costs: Vec<f64> = (0..FRAMES)
        .map(|number| {
            act(window, number);
            let start = Instant::now();
            window.harness.step();
            let shapes = window.harness.output().shapes.clone();
            let pixels = window.harness.ctx.pixels_per_point();
            std::hint::black_box(window.harness.ctx.tessellate(shapes, pixels));
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    window.settle();
    costs.sort_by(f64::total_cmp);
    Cost {
        middle: costs[FRAMES / 2],
        worst: costs[FRAMES - 1],
    }
}
