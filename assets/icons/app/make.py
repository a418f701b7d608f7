#!/usr/bin/env python3
"""Draws the app icon: a heart made of a sound's bars. Writes maeum.svg and maeum-256.png.

    pip install pillow==13.0.0 && python3 assets/icons/app/make.py
"""

import math
from pathlib import Path

from PIL import Image, ImageDraw

HERE = Path(__file__).resolve().parent
SIDE, SCALE = 256, 8
INSET, CORNER = 8, 58
BARS, WIDE, STEP = 9, 14.0, 20.4
CENTRE, REACH, BASE = 128.0, 92.0, 119.0  # of the heart: middle x, half width, middle y
NIGHT = ("#3a2036", "#17131c")  # the tile, top left to bottom right
WARM = ("#ffc24d", "#f5695f", "#e0559b")  # the bars, left to right


def rgb(text):
    return tuple(int(text[i:i + 2], 16) for i in (1, 3, 5))


def mix(colours, along):
    place = min(max(along, 0.0), 1.0) * (len(colours) - 1)
    k = min(int(place), len(colours) - 2)
    a, b = rgb(colours[k]), rgb(colours[k + 1])
    return tuple(round(x + (y - x) * (place - k)) for x, y in zip(a, b))


def heart():
    """The outline as points; y grows downwards."""
    points = []
    for step in range(720):
        t = step * math.pi / 360
        x = 16 * math.sin(t) ** 3
        y = 13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)
        points.append((CENTRE + x / 16 * REACH, BASE - (y + 2.5) / 16 * REACH))
    return points


def bars():
    """(x, top, bottom) of each bar, cut out of the heart."""
    outline, found = heart(), []
    for number in range(BARS):
        x = CENTRE + (number - (BARS - 1) / 2) * STEP
        crossing = [y for px, y in outline if abs(px - x) < 1.6]
        found.append((x, min(crossing), max(crossing)))
    return found


def svg():
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}" '
        f'viewBox="0 0 {SIDE} {SIDE}">',
        "  <title>Maeum</title>",
        "  <defs>",
        '    <linearGradient id="night" x1="0" y1="0" x2="1" y2="1">',
        f'      <stop offset="0" stop-color="{NIGHT[0]}"/>',
        f'      <stop offset="1" stop-color="{NIGHT[1]}"/>',
        "    </linearGradient>",
        "  </defs>",
        f'  <rect x="{INSET}" y="{INSET}" width="{SIDE - 2 * INSET}" height="{SIDE - 2 * INSET}" '
        f'rx="{CORNER}" fill="url(#night)"/>',
    ]
    for number, (x, top, bottom) in enumerate(bars()):
        colour = "#%02x%02x%02x" % mix(WARM, number / (BARS - 1))
        lines.append(f'  <rect x="{x - WIDE / 2:.1f}" y="{top:.1f}" width="{WIDE:g}" '
                     f'height="{bottom - top:.1f}" rx="{WIDE / 2:g}" fill="{colour}"/>')
    return "\n".join([*lines, "</svg>", ""])


def png():
    big = SIDE * SCALE
    tile = Image.new("RGB", (64, 64))
    for y in range(64):
        for x in range(64):
            tile.putpixel((x, y), mix(NIGHT, (x + y) / 126))
    tile = tile.resize((big, big), Image.BICUBIC)
    shape = Image.new("L", (big, big), 0)
    edge = [INSET * SCALE, INSET * SCALE, (SIDE - INSET) * SCALE - 1, (SIDE - INSET) * SCALE - 1]
    ImageDraw.Draw(shape).rounded_rectangle(edge, CORNER * SCALE, fill=255)
    draw = ImageDraw.Draw(tile)
    for number, (x, top, bottom) in enumerate(bars()):
        box = [v * SCALE for v in (x - WIDE / 2, top, x + WIDE / 2, bottom)]
        draw.rounded_rectangle(box, WIDE / 2 * SCALE, fill=mix(WARM, number / (BARS - 1)))
    tile.putalpha(shape)
    return tile.resize((SIDE, SIDE), Image.LANCZOS)


if __name__ == "__main__":
    (HERE / "maeum.svg").write_text(svg(), encoding="utf-8")
    png().save(HERE / "maeum-256.png", optimize=True)
