"""Covers, drawn by numbers: a gradient, one motif, light, grain. No text on them."""

import io
import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SIZE = 480
SCALE = 2  # drawn larger, then reduced, for smooth edges
W = SIZE * SCALE


def rgb(text):
    return np.array([int(text[i:i + 2], 16) for i in (1, 3, 5)], dtype=np.float64) / 255


class Canvas:
    """A square of light. Coordinates are fractions of the side, (0, 0) top left."""

    def __init__(self, seed, *stops, angle=90.0):
        """Fills with a gradient through `stops` (hex colours), downwards at 90°."""
        self.dice = np.random.default_rng(seed)
        y, x = np.mgrid[0:W, 0:W] / (W - 1)
        self.x, self.y = x, y
        turn = math.radians(angle)
        along = (x - 0.5) * math.cos(turn) + (y - 0.5) * math.sin(turn) + 0.5
        self.px = self.ramp(np.clip(along, 0, 1), stops)

    @staticmethod
    def ramp(along, stops):
        colours = np.array([rgb(s) for s in stops]) ** 2.2
        places = np.linspace(0, 1, len(stops))
        mixed = np.stack([np.interp(along, places, colours[:, c]) for c in range(3)], axis=-1)
        return mixed ** (1 / 2.2)

    def mask(self, draw, blur=0.0):
        image = Image.new("L", (W, W), 0)
        draw(ImageDraw.Draw(image))
        if blur:
            image = image.filter(ImageFilter.GaussianBlur(blur * W))
        return np.asarray(image, dtype=np.float64)[..., None] / 255

    def paint(self, mask, colour, strength=1.0):
        tint = rgb(colour) if isinstance(colour, str) else colour
        self.px += (tint - self.px) * np.clip(mask * strength, 0, 1)

    def light(self, mask, colour, strength=1.0):
        """Adds light (screen)."""
        self.px = 1 - (1 - self.px) * (1 - np.clip(mask * strength, 0, 1) * rgb(colour))

    def shape(self, points, colour, strength=1.0, blur=0.0):
        flat = [(px * W, py * W) for px, py in points]
        self.paint(self.mask(lambda d: d.polygon(flat, fill=255), blur), colour, strength)

    def disc(self, x, y, r, colour, strength=1.0, blur=0.0):
        box = [(x - r) * W, (y - r) * W, (x + r) * W, (y + r) * W]
        self.paint(self.mask(lambda d: d.ellipse(box, fill=255), blur), colour, strength)

    def ring(self, x, y, r, width, colour, strength=1.0):
        box = [(x - r) * W, (y - r) * W, (x + r) * W, (y + r) * W]
        size = max(1, round(width * W))
        self.paint(self.mask(lambda d: d.ellipse(box, outline=255, width=size)), colour, strength)

    def line(self, points, width, colour, strength=1.0, blur=0.0, glow=False):
        flat = [(px * W, py * W) for px, py in points]
        size = max(1, round(width * W))
        mask = self.mask(lambda d: d.line(flat, fill=255, width=size, joint="curve"), blur)
        (self.light if glow else self.paint)(mask, colour, strength)

    def box(self, x0, y0, x1, y1, colour, strength=1.0, blur=0.0, radius=0.0):
        area = [x0 * W, y0 * W, x1 * W, y1 * W]
        self.paint(self.mask(lambda d: d.rounded_rectangle(area, radius * W, fill=255), blur),
                   colour, strength)

    def glow(self, x, y, r, colour, strength=1.0):
        far = np.hypot(self.x - x, self.y - y)
        self.light(np.exp(-((far / r) ** 2))[..., None], colour, strength)

    def finish(self, grain=0.014, vignette=0.16):
        far = np.hypot(self.x - 0.5, self.y - 0.5)
        self.px *= (1 - vignette * np.clip((far - 0.35) / 0.4, 0, 1) ** 2)[..., None]
        whole = Image.fromarray((np.clip(self.px, 0, 1) * 255).astype(np.uint8))
        small = np.asarray(whole.resize((SIZE, SIZE), Image.LANCZOS), dtype=np.float64) / 255
        noise = self.dice.standard_normal((SIZE, SIZE, 1)) * grain
        return Image.fromarray((np.clip(small + noise, 0, 1) * 255).astype(np.uint8))


def curve(start, bend, end, steps=40):
    t = np.linspace(0, 1, steps)
    return [tuple((1 - k) ** 2 * np.array(start) + 2 * k * (1 - k) * np.array(bend)
                  + k * k * np.array(end)) for k in t]


def hills(c, base, height, waves, phase, colour, strength=1.0):
    x = np.linspace(0, 1, 120)
    y = base - height * sum(np.sin(x * w * 2 * np.pi + phase * (i + 1)) / (i + 1.5)
                            for i, w in enumerate(waves))
    c.shape([(0, 1.01), *zip(x, y), (1, 1.01)], colour, strength)


def kites():
    c = Canvas(11, "#3f8fc4", "#8cc9d8", "#fbe3b0", "#f9b968")
    c.glow(0.72, 0.66, 0.34, "#fff2c4", 0.9)
    c.disc(0.72, 0.66, 0.085, "#fff6d8")
    hills(c, 0.74, 0.035, (1.2, 2.3), 0.4, "#5d8f86")
    hills(c, 0.80, 0.03, (0.9, 2.0), 2.0, "#3d6f71")
    c.box(0, 0.82, 1, 1.01, "#e9b46c")
    for band in range(26):
        y = 0.825 + 0.175 * (band / 26) ** 1.3
        middle, half = 0.72 + c.dice.normal(0, 0.03), 0.05 + 0.4 * c.dice.random()
        c.line([(middle - half, y), (middle + half, y)], 0.003 + 0.004 * band / 26, "#fff0c2", 0.55)
        c.line([(c.dice.random() - 0.2, y + 0.003), (c.dice.random() * 0.7, y + 0.003)], 0.004,
               "#2f7f93", 0.5)
    for x, y, size, turn, face, back in ((0.34, 0.27, 0.15, 0.35, "#ef5b45", "#c63c34"),
                                         (0.70, 0.19, 0.085, -0.3, "#ffd45c", "#eeb133"),
                                         (0.88, 0.44, 0.05, 0.5, "#fdf3e1", "#e8d3b4")):
        cos, sin = math.cos(turn), math.sin(turn)

        def at(px, py):
            return x + size * (px * cos - py * sin), y + size * (px * sin + py * cos)

        tail = curve(at(0, 1.15), at(-1.1, 2.2), at(0.4, 3.1))
        c.line(tail, 0.0045, "#fdf7ea", 0.9)
        for mark in (10, 18, 26, 34):
            px, py = tail[mark]
            c.shape([(px - 0.2 * size, py - 0.09 * size), (px, py), (px - 0.2 * size, py + 0.09 * size)], face)
            c.shape([(px + 0.2 * size, py - 0.09 * size), (px, py), (px + 0.2 * size, py + 0.09 * size)], back)
        c.shape([at(0, -1), at(0.72, -0.15), at(0, 1.15), at(-0.72, -0.15)], face)
        c.shape([at(0, -1), at(0.72, -0.15), at(0, 1.15)], back)
    return c.finish()


def bicycle():
    c = Canvas(12, "#ffe9a8", "#fdd57e", "#f6b56b")
    c.disc(0.78, 0.22, 0.30, "#fff4cf", 0.75)
    hills(c, 0.70, 0.05, (0.8, 1.7), 1.1, "#8fc7a2")
    hills(c, 0.80, 0.04, (1.1, 1.9), 3.0, "#4fa08b")
    c.shape([(0, 0.92), (1, 0.80), (1, 1.01), (0, 1.01)], "#2f7a74")
    ink = "#22414b"
    for x, y, r, tyre in ((0.27, 0.66, 0.185, "#e5533d"), (0.735, 0.61, 0.185, "#e5533d")):
        for spoke in range(18):
            turn = spoke * math.pi / 9 + 0.1
            c.line([(x, y), (x + r * math.cos(turn), y + r * math.sin(turn))], 0.0028, "#fdf6e3", 0.95)
        c.ring(x, y, r + 0.011, 0.024, ink)
        c.ring(x, y, r - 0.012, 0.010, tyre)
        c.disc(x, y, 0.024, ink)
    back, front, crank = (0.27, 0.66), (0.735, 0.61), (0.485, 0.675)
    seat, head = (0.405, 0.40), (0.655, 0.375)
    for a, b in ((back, crank), (back, (0.42, 0.45)), (crank, (0.405, 0.41)), (crank, (0.66, 0.43)),
                 ((0.42, 0.45), (0.66, 0.41)), (head, front)):
        c.line([a, b], 0.020, "#e5533d")
    c.disc(*crank, 0.034, ink)
    c.line([(0.355, 0.385), (0.455, 0.39)], 0.034, ink)
    c.line([seat, (0.40, 0.385)], 0.02, ink)
    c.line(curve((0.655, 0.375), (0.66, 0.31), (0.585, 0.315)), 0.018, ink)
    return c.finish()


def umbrella(c, x, y, r, tilt, colours, shade):
    """A canopy in ribs, its stick and handle."""
    cos, sin = math.cos(tilt), math.sin(tilt)

    def at(px, py):
        return x + r * (px * cos - py * sin), y + r * (px * sin + py * cos)

    c.line([at(0, -0.2), at(0, 1.15)], 0.011, shade)
    c.line(curve(at(0, 1.13), at(0.02, 1.36), at(0.2, 1.2)), 0.013, shade)
    ribs = 6
    edges = [-1 + 2 * k / ribs for k in range(ribs + 1)]
    for k, (a, b) in enumerate(zip(edges, edges[1:])):
        top = [at(edge * math.sin(t), -0.82 * math.cos(t))
               for edge, order in ((a, 1), (b, -1))
               for t in np.linspace(0, math.pi / 2, 16)[::order]]
        middle = at((a + b) / 2, -0.17)
        half = len(top) // 2
        c.shape(top[:half] + curve(at(a, 0), middle, at(b, 0), 12) + top[half:], colours[k % 2])
    c.line([at(0, -0.82), at(0, -0.93)], 0.010, shade)


def umbrellas():
    c = Canvas(13, "#2b2150", "#6b3a72", "#c9627c", "#f2a07f")
    for number in range(16):
        x, y = c.dice.random(), 0.34 + 0.3 * c.dice.random()
        c.disc(x, y, 0.02 + 0.045 * c.dice.random(), "#ffcf9a", 0.20 + 0.16 * c.dice.random(), 0.002)
    c.box(0, 0.80, 1, 1.01, "#43264f", 0.9, 0.012)
    for x, colour in ((0.32, "#ff8f86"), (0.66, "#ffd07e"), (0.14, "#ffb48a"), (0.86, "#ff9f94")):
        for step in range(22):
            y = 0.81 + step * 0.009
            half = (0.05 + 0.09 * c.dice.random()) * (1 - step / 30)
            c.line([(x - half, y), (x + half, y)], 0.004, colour, 0.42 * (1 - step / 26))
    umbrella(c, 0.65, 0.50, 0.26, 0.16, ("#f8c86a", "#efae4f"), "#2a1a3a")
    umbrella(c, 0.36, 0.46, 0.29, -0.14, ("#f2748f", "#dc5576"), "#2a1a3a")
    for _ in range(150):
        x, y, size = c.dice.random() * 1.1, c.dice.random(), 0.02 + 0.045 * c.dice.random()
        c.line([(x, y), (x - size * 0.22, y + size)], 0.0022, "#ffe9e2", 0.12 + 0.26 * c.dice.random())
    return c.finish()


def ledger():
    c = Canvas(14, "#e9e3d6", "#d9d2c3", angle=60)
    for step in range(1, 16):
        c.line([(0, step / 16), (1, step / 16)], 0.0014, "#9fb0b4", 0.6)
        c.line([(step / 16, 0), (step / 16, 1)], 0.0014, "#9fb0b4", 0.35)
    tones = ("#6d8790", "#a9b3ad", "#c8a887", "#88979a", "#b7c0bd", "#d1bda3")
    heights = (4, 6, 5, 7, 6, 8, 7, 6)
    for k, height in enumerate(heights):
        x = (2.3 + k * 1.45) / 16
        c.box(x, (13 - height) / 16, x + 1.0 / 16, 13 / 16, tones[k % 6], 0.92, radius=0.012)
    c.line([(1.6 / 16, 13 / 16), (14.4 / 16, 13 / 16)], 0.005, "#43555c")
    for r, width, strength in ((0.135, 0.012, 0.22), (0.129, 0.004, 0.25), (0.140, 0.003, 0.18)):
        c.ring(0.26, 0.24, r, width, "#8a5f3c", strength)
    c.line(curve((0.14, 0.60), (0.45, 0.30), (0.88, 0.30)), 0.006, "#c65f43", 0.9)
    c.disc(0.88, 0.30, 0.018, "#c65f43")
    return c.finish(grain=0.016)


def tangerine():
    c = Canvas(15, "#12807f", "#17a39a", "#5cc7a8", angle=70)
    for ray in range(24):
        a, b = ray * math.pi / 12, (ray + 0.5) * math.pi / 12
        c.shape([(0.5, 0.54), (0.5 + 1.2 * math.cos(a), 0.54 + 1.2 * math.sin(a)),
                 (0.5 + 1.2 * math.cos(b), 0.54 + 1.2 * math.sin(b))], "#ffe6a3", 0.10)
    c.disc(0.515, 0.57, 0.335, "#0a4d52", 0.35, 0.012)
    c.disc(0.5, 0.54, 0.335, "#f57c1f")
    c.disc(0.5, 0.54, 0.300, "#ffe9c4")
    for part in range(10):
        a0 = part * math.pi / 5 + 0.1
        inner, outer, gap = 0.03, 0.282, 0.045
        arc = np.linspace(a0 + gap, a0 + math.pi / 5 - gap, 14)
        middle = a0 + math.pi / 10
        points = [(0.5 + inner * math.cos(middle), 0.54 + inner * math.sin(middle))]
        points += [(0.5 + outer * math.cos(t), 0.54 + outer * math.sin(t)) for t in arc]
        c.shape(points, "#ff9d2e" if part % 2 else "#ffab44")
        for _ in range(5):
            t, r = middle + c.dice.normal(0, 0.09), 0.11 + 0.14 * c.dice.random()
            c.line([(0.5 + r * math.cos(t), 0.54 + r * math.sin(t)),
                    (0.5 + (r + 0.03) * math.cos(t), 0.54 + (r + 0.03) * math.sin(t))], 0.006,
                   "#ffd08a", 0.8)
    leaf = curve((0.52, 0.20), (0.60, 0.02), (0.84, 0.09)) + curve((0.84, 0.09), (0.74, 0.25), (0.52, 0.20))
    c.shape(leaf, "#d9e86a")
    c.line(curve((0.52, 0.20), (0.66, 0.12), (0.84, 0.09)), 0.005, "#8fb83f")
    c.line([(0.5, 0.225), (0.52, 0.17)], 0.016, "#7c5a2a")
    return c.finish()


def bolt(c, points, colour, core):
    c.line(points, 0.05, colour, 0.55, 0.030, glow=True)
    c.line(points, 0.020, colour, 0.9, 0.008, glow=True)
    c.line(points, 0.009, core, 1.0)


def breaker():
    c = Canvas(21, "#120606", "#3d0b0d", "#8e1712", angle=80)
    c.glow(0.52, 0.52, 0.42, "#ff3b1f", 0.55)
    for _ in range(34):
        a = c.dice.random() * 2 * math.pi
        r, far, wide = 0.16 + 0.1 * c.dice.random(), 0.5 + 0.5 * c.dice.random(), 0.04 + 0.10 * c.dice.random()
        tone = ("#0c0405", "#1d0708", "#5c0f0e", "#b32416")[c.dice.integers(4)]
        c.shape([(0.52 + r * math.cos(a), 0.52 + r * math.sin(a)),
                 (0.52 + far * math.cos(a - wide), 0.52 + far * math.sin(a - wide)),
                 (0.52 + far * math.cos(a + wide), 0.52 + far * math.sin(a + wide))], tone, 0.85)
    c.shape([(0.66, -0.02), (0.51, 0.34), (0.66, 0.39), (0.46, 0.68), (0.60, 0.70), (0.40, 1.02),
             (0.46, 0.74), (0.33, 0.71), (0.49, 0.43), (0.36, 0.38), (0.53, -0.02)], "#ff5a2a", 0.7, 0.014)
    c.shape([(0.65, -0.02), (0.50, 0.345), (0.645, 0.395), (0.455, 0.675), (0.585, 0.705), (0.40, 1.02),
             (0.465, 0.735), (0.345, 0.705), (0.50, 0.425), (0.37, 0.375), (0.54, -0.02)], "#fff1dc")
    bolt(c, [(0.43, 0.36), (0.26, 0.44), (0.22, 0.58), (0.06, 0.66)], "#ff4a22", "#ffd9b8")
    bolt(c, [(0.57, 0.42), (0.76, 0.50), (0.80, 0.62), (0.97, 0.70)], "#ff4a22", "#ffd9b8")
    return c.finish(grain=0.018, vignette=0.3)


def sparks():
    c = Canvas(22, "#0d0d12", "#191318", "#3a1712")
    c.glow(0.26, 0.84, 0.40, "#ff6a1f", 0.75)
    c.glow(0.26, 0.84, 0.13, "#fff0c8", 0.95)
    for _ in range(210):
        a = -math.pi / 2 + c.dice.normal(0.42, 0.55)
        speed = 0.15 + 0.95 * c.dice.random() ** 1.6
        t0 = 0.25 + 0.7 * c.dice.random()
        fall = 0.34
        points = [(0.26 + speed * t * math.cos(a), 0.84 + speed * t * math.sin(a) + fall * t * t * speed)
                  for t in np.linspace(t0, t0 + 0.10 + 0.16 * c.dice.random(), 9)]
        tone = ("#ffdf9a", "#ffb04a", "#ff7a2a", "#ff4a1c")[min(3, int(t0 * 4))]
        c.line(points, 0.002 + 0.0035 * c.dice.random(), tone, 0.9, glow=True)
        if c.dice.random() < 0.3:
            c.disc(*points[-1], 0.005, "#fff3d4", 0.95)
    c.shape([(0, 0.86), (0.22, 0.845), (0.30, 0.845), (1, 0.89), (1, 1.01), (0, 1.01)], "#08080b")
    c.line([(0, 0.862), (0.22, 0.846), (0.30, 0.846), (1, 0.891)], 0.004, "#ff9a4a", 0.8)
    return c.finish(grain=0.017, vignette=0.25)


def floors():
    c = Canvas(23, "#140f2e", "#221850", "#120d28")
    for depth in range(11):
        k = 0.86 ** depth
        x0, x1 = 0.5 - 0.62 * k, 0.5 + 0.62 * k
        y0, y1 = 0.46 - 0.62 * k, 0.46 + 0.70 * k
        shade = rgb("#2c2166") * (1 - depth / 15) + rgb("#7a57d6") * (depth / 26)
        c.box(x0, y0, x1, y1, shade, 0.92)
        c.box(x0 + 0.012 * k, y0 + 0.012 * k, x1 - 0.012 * k, y1 - 0.012 * k, "#130d2b", 0.86)
        if depth in (2, 5):
            c.line([(x0, y1 - 0.16 * k), (x0 + 0.24 * k, y1 - 0.16 * k)], 0.008 * k, "#a97bf0", 0.9)
    k = 0.86 ** 11
    c.glow(0.5, 0.47, 0.20, "#a97bf0", 0.7)
    c.box(0.5 - 0.62 * k, 0.46 - 0.62 * k, 0.5 + 0.62 * k, 0.46 + 0.70 * k, "#1d1440")
    c.box(0.5 - 0.17 * k, 0.46 - 0.55 * k, 0.5 + 0.17 * k, 0.46 + 0.70 * k, "#f0e8ff", 1, 0.002)
    c.shape([(0.5 - 0.17 * k, 0.46 + 0.70 * k), (0.5 + 0.17 * k, 0.46 + 0.70 * k), (0.66, 0.93), (0.34, 0.93)],
            "#a97bf0", 0.38, 0.012)
    for x in (0.44, 0.56):
        c.line([(x, -0.02), (0.5 + (x - 0.5) * 0.3, 0.36)], 0.006, "#6b53b8", 0.9)
    return c.finish(grain=0.017, vignette=0.3)


def corridor():
    c = Canvas(24, "#0b1220", "#101a2c", "#0a0f1a")
    vx, vy = 0.56, 0.46
    c.shape([(0, 0), (1, 0), (vx + 0.05, vy - 0.08), (vx - 0.05, vy - 0.08)], "#0e1828")
    c.shape([(-0.1, 1.05), (1.1, 1.05), (vx + 0.05, vy + 0.13), (vx - 0.05, vy + 0.13)], "#142238")
    for depth in range(7):
        near, far = 0.72 ** depth, 0.72 ** (depth + 0.55)
        for side, start in ((-1, vx), (1, 1 - vx)):
            def at(k, height):
                return vx + side * (0.05 + (start - 0.02) * k), vy + 0.05 + height * k * 1.25

            tone = "#1c2c47" if depth % 2 else "#22365a"
            c.shape([at(near, -0.42), at(far, -0.42), at(far, 0.44), at(near, 0.44)], tone, 0.9)
            if (depth, side) in ((1, -1), (3, 1)):
                c.shape([at(near, -0.42), at(near * 0.97, -0.42), at(near * 0.97, 0.44), at(near, 0.44)],
                        "#9fe3d2", 0.9)
                a, b = at(near, 0.44), at(near * 0.9, 0.44)
                c.shape([a, b, (b[0] - side * 0.16 * near, b[1] + 0.02), (a[0] - side * 0.22 * near, a[1] + 0.03)],
                        "#7fd0c2", 0.35, 0.008)
        y = vy - 0.085 - 0.42 * (0.72 ** (depth + 0.4))
        half = 0.07 * 0.72 ** depth
        c.line([(vx - half, y), (vx + half, y)], 0.012 * 0.72 ** depth, "#bfeee0", 0.85 if depth != 1 else 0.12)
    c.glow(vx, vy + 0.02, 0.16, "#b6f2e2", 0.65)
    c.box(vx - 0.048, vy - 0.08, vx + 0.048, vy + 0.13, "#e9fff8")
    c.box(vx - 0.012, vy - 0.02, vx + 0.010, vy + 0.13, "#0c1524", 1, 0.001, radius=0.01)
    c.disc(vx - 0.001, vy - 0.032, 0.013, "#0c1524")
    for step in range(26):
        y = vy + 0.14 + step * 0.016
        half = 0.045 + step * 0.004
        c.line([(vx - half, y), (vx + half, y)], 0.010, "#9fe3d2", 0.28 * (1 - step / 27), 0.002)
    return c.finish(grain=0.018, vignette=0.3)


def window():
    c = Canvas(31, "#33261f", "#4a3527", "#3a2a20")
    sky = Canvas(32, "#1d2a55", "#45477f", "#a8667f", "#f0a877")
    sky.glow(0.66, 0.30, 0.22, "#fbe9c8", 0.55)
    sky.disc(0.66, 0.30, 0.062, "#fff4dc")
    for _ in range(46):
        sky.disc(sky.dice.random(), 0.45 * sky.dice.random(), 0.0022, "#fff6e0", 0.9)
    x = 0.0
    while x < 1.0:
        wide, tall = 0.05 + 0.07 * sky.dice.random(), 0.09 + 0.2 * sky.dice.random()
        sky.box(x, 0.80 - tall, x + wide, 1, "#232347", 0.96)
        for px in np.arange(x + 0.012, x + wide - 0.012, 0.018):
            for py in np.arange(0.815 - tall, 0.79, 0.026):
                if sky.dice.random() < 0.42:
                    sky.box(px, py, px + 0.009, py + 0.013, "#ffd58a", 0.9)
        x += wide + 0.004
    pane = c.mask(lambda d: d.rounded_rectangle([0.17 * W, 0.10 * W, 0.83 * W, 0.80 * W], 0.012 * W, fill=255))
    c.px += (sky.px - c.px) * pane
    frame = "#f1ddbf"
    for x0, y0, x1, y1 in ((0.15, 0.08, 0.85, 0.105), (0.15, 0.795, 0.85, 0.82), (0.15, 0.08, 0.175, 0.82),
                           (0.825, 0.08, 0.85, 0.82), (0.489, 0.09, 0.511, 0.81), (0.16, 0.372, 0.84, 0.392)):
        c.box(x0, y0, x1, y1, frame)
    c.box(0.10, 0.82, 0.90, 0.856, "#e3c9a2")
    c.box(0.10, 0.856, 0.90, 0.872, "#8a6a4a")
    for side in (-1, 1):
        for fold in range(6):
            x = 0.5 + side * (0.50 - fold * 0.036)
            tone = rgb("#b9584a") * (0.72 + 0.28 * (fold % 2))
            edge = [(x, 0)] + curve((x - side * 0.036, 0), (x - side * (0.05 + 0.012 * fold), 0.5),
                                    (x - side * 0.020, 0.93)) + [(x + side * 0.02, 0.93)]
            c.shape(edge, tone, 0.97)
    c.box(0.30, 0.775, 0.345, 0.82, "#6aa08c", radius=0.006)
    for turn in (-0.7, -0.3, 0.1, 0.5):
        c.line(curve((0.322, 0.776), (0.322 + turn * 0.05, 0.70), (0.322 + turn * 0.12, 0.66)), 0.008, "#7fb98a")
    c.glow(0.5, 0.86, 0.5, "#ffcf8a", 0.16)
    return c.finish()


def water():
    c = Canvas(41, "#dfeee6", "#b5d8cd", "#7fb9b0", "#3f8a8c")
    c.glow(0.63, 0.30, 0.30, "#fffdf0", 0.75)
    c.disc(0.63, 0.30, 0.135, "#fdfbef")
    hills(c, 0.62, 0.05, (0.9, 1.7), 0.9, "#93c3b8", 0.8)
    hills(c, 0.66, 0.035, (1.3, 2.1), 2.6, "#6fa9a3", 0.8)
    c.box(0, 0.685, 1, 1.01, "#4b969a", 0.85)
    for step in range(30):
        y = 0.69 + 0.31 * (step / 30) ** 1.4
        middle, half = 0.63 + c.dice.normal(0, 0.02), (0.05 + 0.10 * c.dice.random()) * (1 + step / 24)
        c.line([(middle - half, y), (middle + half, y)], 0.003 + 0.004 * step / 30, "#f6fbf0", 0.55)
    for k, r in enumerate((0.05, 0.10, 0.16)):
        box = [(0.30 - r * 1.6) * W, (0.87 - r * 0.42) * W, (0.30 + r * 1.6) * W, (0.87 + r * 0.42) * W]
        c.paint(c.mask(lambda d: d.ellipse(box, outline=255, width=4)), "#dff3ea", 0.75 - 0.18 * k)
    for x, wide, lean, tone, faint in ((0.90, 0.020, -0.02, "#8dbfae", 0.8), (0.24, 0.022, 0.03, "#78b09c", 0.85),
                                       (0.16, 0.038, 0.02, "#2f7d67", 1.0), (0.33, 0.030, -0.01, "#3f8f74", 1.0),
                                       (0.05, 0.046, 0.015, "#1f6354", 1.0)):
        joints = np.cumsum(0.13 + 0.05 * c.dice.random(9)) - 0.22
        for y0, y1 in zip(joints, joints[1:]):
            a, b = x + lean * y0, x + lean * y1
            c.shape([(a - wide / 2, y0), (a + wide / 2, y0), (b + wide / 2, y1 - 0.008),
                     (b - wide / 2, y1 - 0.008)], tone, faint)
            c.shape([(a - wide / 2 + wide * 0.14, y0), (a - wide * 0.16, y0), (b - wide * 0.16, y1 - 0.008),
                     (b - wide / 2 + wide * 0.14, y1 - 0.008)], "#ffffff", 0.16 * faint)
            c.box(b - wide * 0.60, y1 - 0.008, b + wide * 0.60, y1 - 0.001, tone, faint)
            if c.dice.random() < 0.75:
                for leaf in range(3):
                    side = 1 if c.dice.random() < 0.6 else -1
                    turn = 0.35 + 0.9 * c.dice.random()
                    size = 0.10 + 0.08 * c.dice.random()
                    tip = (b + side * size * math.cos(turn), y1 + size * math.sin(turn))
                    bend = (b + side * size * 0.6, y1 - 0.005)
                    back = (b + side * size * 0.35, y1 + size * 0.45)
                    c.shape(curve((b, y1), bend, tip, 14) + curve(tip, back, (b, y1), 14), tone, faint)
    return c.finish()


DRAWN = {
    "kites": kites, "bicycle": bicycle, "umbrellas": umbrellas, "ledger": ledger,
    "tangerine": tangerine, "breaker": breaker, "sparks": sparks, "floors": floors,
    "corridor": corridor, "창가의 일곱 시": window, "물과 대나무": water,
}


def jpeg(name):
    """The cover called `name` (a piece's slug or an album's title) as JPEG bytes."""
    found = io.BytesIO()
    DRAWN[name]().save(found, "JPEG", quality=78, optimize=True, progressive=False)
    return found.getvalue()
