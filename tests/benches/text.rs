//! How fast texts are read: `ORT_DYLIB_PATH=… cargo bench --bench text -- [MODELS]`.
//!
//! Prints milliseconds on one core with ONNX Runtime and with the built-in engine, and the
//! second as a multiple of the first. A process has one engine, so each is measured in a
//! process of its own. MODELS is a models folder; the shipped one when there is none.

// Its output is what it is for.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod backends;

use backends::{Rows, millis};
use maeum::inference::text::{TextModel, open};
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

const LINES: [&str; 8] = [
    "calm evening by the sea",
    "비 오는 밤, 혼자라 슬프다",
    "I'm not sad anymore, just a little tired after a very long day at work",
    "시험이 끝나서 친구들이랑 신나게 놀러 갈 거야!!",
    "막차가 지나간 뒤의 정류장",
    "my heart is pounding, the results come out in five minutes",
    "떠나간 너를 아직도 기다리고 있어",
    "dancing in the kitchen with the radio on",
];

fn main() {
    backends::main(measure_all, |built_in, with_library| {
        println!("{:>14} {:>14} {:>7}", "ONNX Runtime", "built-in", "ratio");
        for (row, (name, slow)) in built_in.iter().enumerate() {
            let Some((_, fast)) = with_library.map(|fast| &fast[row]) else {
                println!("{:>14} {slow:11.2} ms {:>7}  {name}", "", "");
                continue;
            };
            println!("{fast:11.2} ms {slow:11.2} ms {:7.1}  {name}", slow / fast);
        }
    });
}

fn measure_all(models: &Path) -> Rows {
    let started = Instant::now();
    let mut model = open(models).unwrap();
    let mut measured = vec![("loading".to_owned(), millis(started))];
    let lines: Vec<&str> = LINES.into_iter().cycle().take(1000).collect();
    let mut add = |name: &str, runs: u32, work: &mut dyn FnMut(&mut TextModel)| {
        let fastest = (0..runs)
            .map(|_| {
                let started = Instant::now();
                work(&mut model);
                millis(started)
            })
            .fold(f64::INFINITY, f64::min);
        measured.push((name.to_owned(), fastest));
    };
    add("one sentence of 5 words", 20, &mut |model| {
        black_box(model.read(&lines[..1]).unwrap());
    });
    add("the same with the words that decided", 20, &mut |model| {
        black_box(model.feel(lines[0]).unwrap());
    });
    add("40 lines", 5, &mut |model| {
        black_box(model.read(&lines[..40]).unwrap());
    });
    add("1000 lines", 1, &mut |model| {
        black_box(model.read(&lines).unwrap());
    });
    let page = LINES.join(". ").repeat(8);
    add("a page with the words that decided", 3, &mut |model| {
        black_box(model.feel(&page).unwrap());
    });
    measured
}
