"""answered.py THEN NOW: what the answer of then (a JSON file) said and today's does not. Ends with 1 where there is any."""

import json
import sys


NOTHING = ("0.00", 0, None)

# Said better since, and why: a contract with a clause of ours, or a reserved lot, is counted by what is known here, where
# it was "not told" because its buyer had published nothing.
SAID_BETTER = {"/byConsideration"}


def is_empty(line, then):
    """A line that says nothing by the members of then, but its first, which names it: it would not have been there."""
    return isinstance(line, dict) and then and all(line.get(name) in NOTHING for name in list(then[0])[1:])


def ends_earlier(then, now):
    """A page whose lines say more looks at more rows for each, and ends earlier: its `next` leads to the others."""
    lists = [name for name, value in then.items() if isinstance(value, list) and isinstance(now.get(name), list)]
    shorter = [name for name in lists if 0 < len(now[name]) < len(then[name])]
    return shorter[0] if now.get("next") and len(shorter) == 1 else None


def differences(then, now, place):
    """Members that came since are no difference, nor lines that have figures by those members alone; others are."""
    if isinstance(then, dict) and isinstance(now, dict):
        short = ends_earlier(then, now)
        if short:
            then = {**then, short: then[short][: len(now[short])], "next": now["next"]}
        for name, value in then.items():
            if f"{place}/{name}" in SAID_BETTER:
                continue
            yield from differences(value, now.get(name), f"{place}/{name}")
    elif isinstance(then, list) and isinstance(now, list) and len(then) <= len(now):
        same = now if len(then) == len(now) else [line for line in now if not is_empty(line, then)]
        if len(same) != len(then):
            yield f"{place}: {len(then)} lines then, {len(now)} now"
        for index, value in enumerate(then[: len(same)]):
            yield from differences(value, same[index], f"{place}/{index}")
    elif then != now:
        yield f"{place}: {json.dumps(then)[:200]} then, {json.dumps(now)[:200]} now"


def main():
    answers = []
    for path in sys.argv[1:3]:
        with open(path, encoding="utf-8") as file:
            answers.append(json.load(file))
    found = list(differences(*answers, ""))
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
