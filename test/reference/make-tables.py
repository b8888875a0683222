#!/usr/bin/env python3
"""make-tables.py [DOCUMENT [OUTPUT]]: takes the tables of the document and writes them to tables.hpp, so that none is typed by hand.
Without arguments the document is ../../codec-spec.md and the output tables.hpp, both seen from this file's folder."""
import os, re, sys

here = os.path.dirname(os.path.abspath(__file__))
document = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "..", "..", "codec-spec.md")
output = sys.argv[2] if len(sys.argv) > 2 else os.path.join(here, "tables.hpp")
text = open(document, encoding="utf-8").read()
listings = dict(re.findall(r"<!-- listing (\w+) -->\n```\n(.*?)```", text, re.S))

# name in the document: (name in C++, type, rows or None, columns or None)
wanted = {
    "order8": ("ORDER8", "int", None, 64),
    "order4": ("ORDER4", "int", None, 16),
    "roots": ("ROOTS", "int", None, 16),
    "gains4": ("GAINS4", "int", None, 4),
    "overlap4": ("OVERLAP4", "int", 2, 2),
    "cosines": ("COSINES", "double", None, 2),
    "norms8": ("NORMS8", "double", None, 8),
    "dct": ("DCT", "double", None, 7),
    "overlap8": ("OVERLAP8", "double", 4, 4),
    "lap8": ("LAP8", "double", 4, 4),
    "EXPECTATION_WEIGHTS": ("EXPECTATION_WEIGHTS", "int", 52, 19),
    "MEAN_WEIGHTS": ("MEAN_WEIGHTS", "int", 8, 5),
    "ALIVE_WEIGHTS": ("ALIVE_WEIGHTS", "int", 6, 7),
    "CURVES": ("CURVES", "int", 84, 2),
    "GROUPS": ("GROUPS", "int", None, 30),
    "X0": ("X0", "int", 12, 12),
}
unknown = set(listings) - set(wanted)
assert not unknown, f"listings that nothing takes: {unknown}"

out = ["// Made by make-tables.py from codec-spec.md; not to be edited.", "#pragma once", ""]
for key, (name, kind, rows, columns) in wanted.items():
    lines = [line for line in listings[key].splitlines() if line.strip()]
    if rows is None:
        values = " ".join(lines).split()
        assert len(values) == columns, (key, len(values))
        out.append(f"constexpr {kind} {name}[{columns}] = {{{', '.join(values)}}};")
    else:
        table = {}
        for number, line in enumerate(lines):
            index, row = line.split(":") if ":" in line else (number, line)
            values = row.split()
            assert len(values) == columns, (key, line)
            table[int(index)] = values
        assert max(table) < rows, key
        out.append(f"constexpr {kind} {name}[{rows}][{columns}] = {{")
        for number in range(rows):          # rows that are not listed hold zeros only
            out.append(f"    {{{', '.join(table.get(number, ['0'] * columns))}}},")
        out.append("};")
with open(output, "w", encoding="utf-8") as file:
    file.write("\n".join(out) + "\n")
