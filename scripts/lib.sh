# lib.sh: what the scripts of this directory share. Sourced, never run. Sets $root and moves there.
# Messages to the user are in French, like all that a user of Guichet reads.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

say() { printf '%s\n' "$*"; }
step() { printf '\n── %s\n' "$*"; }
warn() { printf 'Attention : %s\n' "$*" >&2; }
die() {
        printf 'Erreur : %s\n' "$*" >&2
        exit 1
}

# The comment block at the head of a script is its --help: from line 2 to the first line that is not a comment.
help_of() { awk 'NR > 1 { if ($0 !~ /^#/) exit; sub(/^# ?/, ""); print }' "$1"; }

jobs_wanted() { printf '%s' "${GUICHET_JOBS:-$(nproc)}"; }
