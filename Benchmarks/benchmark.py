"""Runs the cases of Benchmarks/run, ours and a rival's in turn, and writes RESULTS.md and results.json."""
import json
import os
import platform
import sys
import time

import comparison
import networks
import training
import window

here = os.path.dirname(os.path.abspath(__file__))
groups = {"networks": networks, "training": training, "window": window, "comparison": comparison}


def machine():
    """The processor's name, its cores, the memory, the system."""
    name = platform.machine()
    with open("/proc/cpuinfo") as file:
        for line in file:
            if line.startswith("model name"):
                name = line.split(":", 1)[1].strip()
                break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{name}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GiB, Linux {platform.release()}"


def choose(words):
    """The cases that words name, by group: a word is a group or a case."""
    known = {name: group.cases() for name, group in groups.items()}
    if not words:
        return known
    chosen = {}
    for word in words:
        if word in known:
            chosen[word] = known[word]
            continue
        owner = [name for name, cases in known.items() if word in cases]
        if not owner:
            lines = [f"  {name}: {', '.join(cases)}" for name, cases in known.items()]
            sys.exit(f"Benchmarks/run: no case or group '{word}'; there are\n" + "\n".join(lines))
        chosen.setdefault(owner[0], {})[word] = known[owner[0]][word]
    return chosen


def read():
    try:
        with open(os.path.join(here, "results.json")) as file:
            return json.load(file)
    except FileNotFoundError:
        return []


def order(row):
    names = list(groups)
    return names.index(row["group"])


def write(rows):
    with open(os.path.join(here, "results.json"), "w") as file:
        file.write("[\n" + ",\n".join("  " + json.dumps(row) for row in rows) + "\n]\n")
    lines = [
        "# Results", "",
        "Written by `Benchmarks/run`: ours and a rival's runs in turn, medians. *ratio* says how many times better",
        "ours is. Rows of one group are measured together, on the machine and day that stand above them.", ""]
    for name in groups:
        mine = [row for row in rows if row["group"] == name]
        if not mine:
            continue
        lines += [f"## {name}", ""]
        for place in sorted({(row["machine"], row["date"]) for row in mine}):
            lines += [f"{place[0]}; {place[1]}.", ""]
            lines += ["| case | threads | ours | theirs | rival | ratio | unit |", "|---|--:|--:|--:|---|--:|---|"]
            for row in mine:
                if (row["machine"], row["date"]) == place:
                    lines.append(
                        f"| {row['case']} | {row['threads']} | {shown(row['ours'])} | {shown(row['theirs'])} "
                        f"| {row['rival']} | {shown(row['ratio'])} | {row['unit']} |")
            lines.append("")
    with open(os.path.join(here, "RESULTS.md"), "w") as file:
        file.write("\n".join(lines))


def shown(value):
    return "–" if value is None else f"{value:.4g}" if value < 1000 else f"{value:,.0f}"


def main():
    chosen = choose(sys.argv[1:])
    rows = read()
    started = time.time()
    named, day = machine(), time.strftime("%Y-%m-%d")
    for group, cases in chosen.items():
        if len(cases) == len(groups[group].cases()):
            rows = [row for row in rows if row["group"] != group]
        for case, measure in cases.items():
            print(f"{group}: {case}", file=sys.stderr, flush=True)
            for row in measure():
                row = {"case": case} | row
                rows = [r for r in rows if (r["group"], r["case"], r["rival"]) != (group, row["case"], row["rival"])]
                rows.append(row | {"group": group, "machine": named, "date": day})
                print(
                    f"  {row['case']}: ours {shown(row['ours'])}, {row['rival']} {shown(row['theirs'])} {row['unit']}, "
                    f"ratio {shown(row['ratio'])}, threads {row['threads']}", file=sys.stderr, flush=True)
            rows.sort(key=order)
            write(rows)
    print(f"{time.time() - started:.0f} s; see Benchmarks/RESULTS.md", file=sys.stderr)


if __name__ == "__main__":
    main()
