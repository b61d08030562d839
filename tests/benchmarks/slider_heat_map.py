#!/usr/bin/env python3
"""Slider matrices as one picture: slider_heat_map.py OUT.svg NAME=DOCUMENT.json ...

Each document is what `smidgen --json evaluate --sliders` prints. A row is a slider, a column a measured attribute; the
number is Spearman's correlation over all takes, the colour's strength its size; own attributes are outlined.
"""
import json
import sys

CELL, LEFT, TOP, GAP, COLUMNS = 46, 92, 84, 30, 2


def cell_colour(value):
    """White at 0, teal toward 1, amber toward -1."""
    ends = (15, 133, 119) if value >= 0 else (185, 122, 11)
    share = min(1.0, abs(value))
    return "#%02x%02x%02x" % tuple(round(255 + (end - 255) * share) for end in ends)


def matrix(x, y, name, rows):
    names = [row["slider"] for row in rows]
    parts = [f'<text x="{x + LEFT}" y="{y + 16}" class="title">{name}</text>']
    for column, attribute in enumerate(names):
        at = x + LEFT + column * CELL + CELL / 2
        parts.append(f'<text transform="translate({at + 4},{y + TOP - 6}) rotate(-45)">{attribute}</text>')
    for line, row in enumerate(rows):
        top = y + TOP + line * CELL
        parts.append(f'<text x="{x + LEFT - 8}" y="{top + CELL / 2 + 4}" text-anchor="end">{row["slider"]}</text>')
        for column, attribute in enumerate(names):
            value = row["spearman"][attribute]
            left = x + LEFT + column * CELL
            edge = ' stroke="#1a1d24" stroke-width="2"' if line == column else ""
            parts.append(f'<rect x="{left + 1}" y="{top + 1}" width="{CELL - 2}" height="{CELL - 2}" '
                         f'fill="{cell_colour(value)}"{edge}/>')
            ink = "#ffffff" if abs(value) > 0.6 else "#1a1d24"
            text = f"{value:.2f}".replace("-", "−").replace("0.", ".")
            parts.append(f'<text x="{left + CELL / 2}" y="{top + CELL / 2 + 4}" text-anchor="middle" '
                         f'fill="{ink}">{text}</text>')
    return parts


def main():
    out, documents = sys.argv[1], [argument.split("=", 1) for argument in sys.argv[2:]]
    size = len(json.load(open(documents[0][1]))["sliders"]) * CELL
    width, height = LEFT + size + GAP, TOP + size + GAP
    parts = []
    for i, (name, path) in enumerate(documents):
        parts += matrix(i % COLUMNS * width, i // COLUMNS * height, name, json.load(open(path))["sliders"])
    lines = (len(documents) + COLUMNS - 1) // COLUMNS
    with open(out, "w") as file:
        file.write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {COLUMNS * width} {lines * height}" '
                   'font-family="Inter, sans-serif" font-size="12" fill="#1a1d24">'
                   "<style>.title{font-size:15px;font-weight:600}</style>"
                   '<rect width="100%" height="100%" fill="#ffffff"/>' + "".join(parts) + "</svg>\n")


if __name__ == "__main__":
    main()
