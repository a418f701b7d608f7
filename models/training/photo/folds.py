"""Folds that hold out whole OASIS themes and whole sources of the other photos at once."""

import numpy as np

from data import Photo

SEED = 11


def assign(rows: list[Photo], count: int) -> np.ndarray:
    """[n]: each photo's fold, groups kept whole and sets spread evenly. Weather photos, which say
    nothing of moods, are learned from in every fold: -1."""
    found = np.full(len(rows), -1)
    for name in ("oasis", "other"):
        sizes: dict[str, int] = {}
        for row in rows:
            if row.set == name:
                sizes[row.group] = sizes.get(row.group, 0) + 1
        # The largest groups first, each to the fold that has least; chance breaks ties.
        order = sorted(sizes, key=lambda group: (-sizes[group], group))
        if name == "oasis":
            order = [order[i] for i in np.random.default_rng(SEED).permutation(len(order))]
        filled, fold_of = np.zeros(count), {}
        for group in order:
            fold_of[group] = int(filled.argmin())
            filled[fold_of[group]] += sizes[group]
        for i, row in enumerate(rows):
            if row.set == name:
                found[i] = fold_of[row.group]
    return found
