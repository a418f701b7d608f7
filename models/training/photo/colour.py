"""Colour, light and contrast of a picture as thirteen numbers, and the opinion they allow.

The player computes the same numbers (tests/fixtures/photo/colour.json keeps both honest).
Colourfulness after Hasler & Süsstrunk 2003, "Measuring colourfulness in natural images".
"""

import numpy as np

SIDE = 64
FEATURES = [
    "luma_mean", "luma_sd", "sat_mean", "sat_sd", "colourfulness", "dark_share", "bright_share",
    "warm_share", "green_share", "blue_share", "purple_share", "edge_mean", "edge_sd",
]


def area_weights(length: int, side: int = SIDE) -> np.ndarray:
    """[side, length]: how much of each source row falls into each target row (rows sum to 1)."""
    edges = np.arange(side + 1) * length / side
    low, high = edges[:-1, None], edges[1:, None]
    at = np.arange(length)
    return np.clip(np.minimum(high, at + 1) - np.maximum(low, at), 0, None) * side / length


def features(pixels: np.ndarray) -> np.ndarray:
    """[height, width, 3] bytes, sRGB → the thirteen FEATURES."""
    height, width = pixels.shape[:2]
    # Height first: [64, height] times [height, width * 3], then the same along each row.
    down = area_weights(height) @ (pixels.reshape(height, -1) / 255.0)
    small = area_weights(width) @ down.reshape(SIDE, width, 3)
    red, green, blue = small[..., 0], small[..., 1], small[..., 2]
    luma = 0.299 * red + 0.587 * green + 0.114 * blue
    value, least = small.max(2), small.min(2)
    span = value - least
    saturation = np.divide(span, value, out=np.zeros_like(span), where=value > 0)
    safe = np.where(span > 0, span, 1)
    hue = np.where(
        value == red, (green - blue) / safe % 6, np.where(value == green, (blue - red) / safe + 2, (red - green) / safe + 4)
    ) * 60
    coloured = (saturation > 0.15) & (value > 0.15)
    rg, yb = red - green, 0.5 * (red + green) - blue
    colourfulness = np.sqrt(rg.var() + yb.var()) + 0.3 * np.sqrt(rg.mean() ** 2 + yb.mean() ** 2)
    edges = np.abs(np.diff(luma, axis=1))[:-1] + np.abs(np.diff(luma, axis=0))[:, :-1]
    share = lambda low, high: (coloured & (hue >= low) & (hue < high)).mean()
    return np.array([
        luma.mean(), luma.std(), saturation.mean(), saturation.std(), colourfulness,
        (luma < 0.2).mean(), (luma > 0.8).mean(),
        share(0, 70) + share(330, 361), share(70, 170), share(170, 260), share(260, 330),
        edges.mean(), edges.std(),
    ])


class Opinion:
    """Valence and arousal as a ridge regression over the features' z-scores."""

    def __init__(self, found: np.ndarray, points: np.ndarray, penalty: float = 30.0):
        self.mean, self.sd = found.mean(0), found.std(0) + 1e-9
        z = (found - self.mean) / self.sd
        self.intercept = points.mean(0)
        inner = z.T @ z + penalty * np.eye(z.shape[1])
        self.weights = np.linalg.solve(inner, z.T @ (points - self.intercept))

    def read(self, found: np.ndarray) -> np.ndarray:
        """Features [n, 13] → valence and arousal [n, 2]."""
        return (found - self.mean) / self.sd @ self.weights + self.intercept

    def as_json(self) -> dict:
        numbers = lambda values: [round(float(v), 5) for v in values]
        rows = np.vstack([self.weights, self.intercept])
        return {
            "features": FEATURES, "mean": numbers(self.mean), "sd": numbers(self.sd),
            "valence": numbers(rows[:, 0]), "arousal": numbers(rows[:, 1]),
        }
