"""valid_json.py SCHEMA FILE...: says on one line each what a JSON Schema has against a file. Ends with 1 where it has."""

import json
import sys

import jsonschema


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    validator = jsonschema.validators.validator_for(schema)(schema)
    wrong = 0
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as file:
            for error in validator.iter_errors(json.load(file)):
                place = "/".join(str(part) for part in error.absolute_path)
                print(f"{path}: {place}: {error.message[:200]}")
                wrong += 1
    return 1 if wrong else 0


sys.exit(main())
