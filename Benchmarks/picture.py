"""Draw the section `layers` of benchmark.json: each layer's time beside its arithmetic limit.

    picture.py benchmark.json layers.svg
"""

import json
import sys
from xml.sax.saxutils import escape

WIDTH, LEFT, RIGHT, TOP, ROW, BAR = 760, 190, 130, 64, 22, 15


def main():
    source, target = sys.argv[1:]
    with open(source) as file:
        results = json.load(file)
    section, machine = results["layers"], results["machine"]
    layers = [(layer, layer["threads"]["1"]) for layer in section["layers"]]
    longest = max(figures["seconds"] for _, figures in layers)
    height = TOP + ROW * len(layers) + 34
    scale = (WIDTH - LEFT - RIGHT) / longest

    side = section["side"]
    whole = section["whole"]["1"]
    title = f"One thread, {side} × {side}: {whole['seconds'] * 1e3:.0f} ms, limit {whole['limit_seconds'] * 1e3:.0f} ms"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        f'<text x="10" y="22" font-size="15">{escape(title)}</text>',
        f'<text x="10" y="42" fill="#555">{escape(machine["processor"])}, {machine["adain_kernel"]}; dark: the limit,'
        " light: what the layer takes above it</text>",
    ]
    for i, (layer, figures) in enumerate(layers):
        y = TOP + ROW * i
        limit, time = figures["limit_seconds"] * scale, figures["seconds"] * scale
        name = f"{layer['name']}  {layer['inputs']} → {layer['outputs']}"
        label = f"{figures['seconds'] * 1e3:.1f} ms, {figures['share_of_limit'] * 100:.0f} %"
        lines += [
            f'<text x="{LEFT - 8}" y="{y + 12}" text-anchor="end">{escape(name)}</text>',
            f'<rect x="{LEFT}" y="{y}" width="{time:.1f}" height="{BAR}" fill="#9db9d8"/>',
            f'<rect x="{LEFT}" y="{y}" width="{min(limit, time):.1f}" height="{BAR}" fill="#2c5d92"/>',
            f'<text x="{LEFT + time + 6:.1f}" y="{y + 12}">{label}</text>',
        ]
    lines += [
        f'<text x="{LEFT}" y="{height - 14}" fill="#555">time, and how much of it the limit is</text>',
        "</svg>",
    ]
    with open(target, "w") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
