#!/usr/bin/env bash
# How new and varied a prior's takes are, as a row of Markdown: prior_table.sh NAME MINUTES SOUND...
#
# A model with codes from the shipped base (no training: the codes are fitted to the sounds), a prior on them for MINUTES
# on one thread, and twelve takes of six seconds judged by `smidgen evaluate --takes`. Then a take of one minute, for
# ears and eyes: OUT/NAME.wav when $OUT is set.
set -euo pipefail
name=$1
minutes=$2
shift 2
here=$(cd "$(dirname "$0")/../.." && pwd)
smidgen=${SMIDGEN:-$here/build/bin/smidgen}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export SMIDGEN_LIBRARY=${SMIDGEN_LIBRARY:-$scratch/library}
"$smidgen" --quiet --threads 1 train "$@" --kind rvq --steps 1 --seed 1 --name "$name" >"$scratch/log"
"$smidgen" --quiet --threads 1 train-prior --model "$name" "$@" --minutes "$minutes" --seed 1 --json >"$scratch/prior.json"
"$smidgen" --quiet --threads 1 evaluate --model "$name" --takes 12 --duration 6 --json >"$scratch/takes.json"
if [ -n "${OUT:-}" ]; then
    "$smidgen" --quiet generate --model "$name" --duration 60 --seed 3 --out "$OUT/$name.wav" >"$scratch/log"
fi
python3 - "$name" "$#" "$minutes" "$scratch/prior.json" "$scratch/takes.json" <<'PY'
import json, sys
name, files, minutes, prior, takes = sys.argv[1:]
prior, takes = json.load(open(prior)), json.load(open(takes))
print(f"| {name} | {files} | {minutes} | {json.dumps(prior)[:400]} | {json.dumps({k: v for k, v in takes.items() if not isinstance(v, list)})[:600]} |")
PY
