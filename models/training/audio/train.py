"""Prepares, labels, trains, measures and exports the audio model: one command, resumable.

    python models/training/audio/train.py --data ../shared/data

Run it again after it stopped, for whatever reason: it goes on where it was.
"""

import argparse
import json
import subprocess
from dataclasses import asdict
from pathlib import Path

import torch

import evaluate
import export
import label
import learn
import likeness
import music
import render
import store
import targets
from examples import Examples, patches
from head import Solver, hear

HERE = Path(__file__).parent
MODELS = HERE.parent.parent


def game_pieces(tracks: list[music.Track]) -> list[store.Piece]:
    return [store.Piece(t.name, "game", t.name, t.package, "track", None, str(t.path), 0.0, 0.0) for t in tracks]


def render_pieces(groups: list[render.Group]) -> list[store.Piece]:
    """Every version of every group is a piece of its own."""
    pieces = []
    for group in groups:
        for number, version in enumerate(group.versions):
            whole = version == "whole"
            start, secs = (0.0, 0.0) if whole else (number * render.SLOT, render.KEPT)
            # Only unchanged music keeps its rating.
            point = group.point if version in ("whole", "plain") else None
            name = group.name if whole else f"{group.name}-{version}"
            pieces.append(store.Piece(name, group.source, group.name, group.series, version, point, str(group.sound), start, secs))
    return pieces


def labelled(pieces: list[store.Piece]) -> dict[str, tuple[Path, list[tuple[float, float]]]]:
    """What the teachers are to hear: all but the changed versions."""
    files = {}
    for piece in pieces:
        path = Path(piece.path)
        if piece.version in ("track", "whole"):
            files[piece.name] = path, label.spans_of_track(path)
        elif piece.version == "plain":
            files[piece.name] = path, [(piece.start, piece.secs)]
    return files


def rule_of(work: Path, reference: str, pieces: list[store.Piece]) -> dict[str, tuple[float, float]]:
    """Valence and arousal as the player's rule reads whole files, of what it is measured on: name → both."""
    cache = work / "rule.jsonl"
    named = evaluate.titled()
    names = {piece.path: piece.name for piece in pieces if piece.name in named or piece.version == "whole"}
    if not cache.exists():
        done = subprocess.run([reference, "--each", *names], check=True, stdout=subprocess.PIPE, text=True)
        store.write(cache, done.stdout)
    read = [json.loads(line) for line in cache.read_text().splitlines()]
    return {names[one["path"]]: (one["mood"]["valence"], one["mood"]["arousal"]) for one in read}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True, help="the folder with music/")
    arguments.add_argument("--work", type=Path, default=HERE / "checkpoints", help="packages, sounds, spectra, checkpoints: about 20 GB")
    given = arguments.parse_args()
    folder, work = given.data / "music", given.work
    work.mkdir(parents=True, exist_ok=True)

    games = game_pieces(music.tracks(work))
    renders = render_pieces(render.run(folder, work, music.soundfonts(work)))
    label.run(folder / "teachers", work, labelled(games + renders))
    mels, reference = store.programs()
    store.build(mels, games, work, "games")
    store.build(mels, renders, work, "renders")
    rule = rule_of(work, reference, games + renders)

    examples = Examples(work, folder / "teachers")
    learn.run(examples, len(targets.tag_names()), work / "student.pt")
    finish(examples, work / "student.pt", rule)


def finish(examples: Examples, checkpoint: Path, rule: dict):
    """Solves for what is solved for in closed form, measures, and writes model and results."""
    tags = targets.tag_names()
    learner = learn.load(checkpoint, len(tags))
    solver = Solver(learner, examples, hear(learner, examples))
    rated, fusion, head = evaluate.phrases(examples, solver, rule)
    solver.install(learner, head)
    likeness.solve(learner, examples)
    onnx = MODELS / "audio" / "audio.onnx"
    export.write(learner.student, onnx)
    (MODELS / "audio" / "fusion.json").write_text(json.dumps(fusion, indent=1) + "\n")

    readings = evaluate.Readings(learner, examples)
    results = {
        "export": export.check(learner.student, onnx, patches(examples.mel[readings.games[0]])[:8]),
        "fusion": fusion,
        "head": [asdict(weights) for weights in head],
        "VGMIDI by series, AUC": rated,
        "titles of games' music, AUC": evaluate.titles(readings, rule, fusion),
        "finding an excerpt's track": evaluate.finding(readings),
        "excerpts": evaluate.excerpts(readings),
        "tags": tags,
    }
    (HERE / "results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
