"""Tables of what was measured, as Markdown, and the file that keeps them."""

import json

import numpy

from weights.evaluation.methods import GIVEN
from weights.network.lattice import LOSS_WEIGHTS, PERIODS

MEASURES = ("content", "style", "style-gram", "lpips", "palette")
FOLDED = [f"folded-{window}-{period}" for window, period in LOSS_WEIGHTS]
SPECTRAL = [f"spectral-{period}" for period in PERIODS]


def values_of(pairs, measure):
    return [values[measure] for values in pairs.values() if values.get(measure) is not None]


def cell(results, method, measure, baseline):
    """The mean over the method's pairs and, over the pairs that both have, the ratio of means to the
    baseline's."""
    values = values_of(results[method], measure)
    if not values:
        return "–"
    text = f"{numpy.mean(values):.4g}"
    common = [name for name in results[method] if name in results.get(baseline, {})]
    if method != baseline and common:
        own, other = (sum(results[m][name][measure] for name in common) for m in (method, baseline))
        text += f" ({own / other:.2f} ×)"
    return text


def losses_table(results, baseline):
    lines = [f"| method | pairs | {' | '.join(MEASURES)} |", "|---" * (len(MEASURES) + 2) + "|"]
    for method, pairs in results.items():
        if method not in GIVEN:
            cells = [cell(results, method, measure, baseline) for measure in MEASURES]
            lines.append(f"| {method} | {len(pairs)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def lattice_table(results):
    """The worst pair's ratio at each period, and mean energies; of methods that were measured so."""
    names = [*SPECTRAL, *FOLDED]
    lines = [f"| method | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for method, pairs in results.items():
        if not values_of(pairs, FOLDED[0]):
            continue
        worst = [f"{max(values_of(pairs, name), default=numpy.nan):.1f}" for name in SPECTRAL]
        means = [f"{numpy.mean(values_of(pairs, name)):.1e}" for name in FOLDED]
        lines.append(f"| {method} | {' | '.join(worst + means)} |")
    return "\n".join(lines)


def write_report(path, results, about, baseline):
    """FILE.json and FILE.md. `about`: what two runs must share for their measures to be of one table."""
    path.with_suffix(".json").write_text(json.dumps({"about": about, "results": results}, indent=1) + "\n")
    size = f"of {about['size']} × {about['size']}" if about["size"] else "as they are"
    path.with_suffix(".md").write_text(
        "# Evaluation\n\nMade by `evaluate.py`, which tells what is measured; smaller is nearer."
        f" Pictures {size}, the encoder of {about['judge']}. Means; in brackets, against `{baseline}` over the"
        f" pairs that both have.\n\n{losses_table(results, baseline)}\n\n"
        "Lattice: the worst pair's spectral ratio at each period, and mean folded energies (`lattice.py`).\n\n"
        f"{lattice_table(results)}\n"
    )


def earlier_results(path, about):
    """What the report to be written tells already, if it was measured in the same way."""
    try:
        data = json.loads(path.with_suffix(".json").read_text()) if path else {}
    except FileNotFoundError:
        return {}
    return data["results"] if data.get("about") == about else {}


def with_earlier(results, earlier):
    """Methods that were not asked for, and pairs of Gatys' that were not made again: optimisation does not
    change with the models."""
    made_again = {
        method: {**earlier.get(method, {}), **pairs} if method.startswith("gatys-") else pairs
        for method, pairs in results.items()
    }
    return {**earlier, **made_again}
