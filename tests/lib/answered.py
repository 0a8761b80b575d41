"""answered.py THEN NOW: what the answer of then (a JSON file) said and today's does not. Ends with 1 where there is any."""

import json
import sys


def differences(then, now, place):
    """Members that came since are no difference; elements of a list are."""
    if isinstance(then, dict) and isinstance(now, dict):
        for name, value in then.items():
            yield from differences(value, now.get(name), f"{place}/{name}")
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for index, value in enumerate(then):
            yield from differences(value, now[index], f"{place}/{index}")
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
