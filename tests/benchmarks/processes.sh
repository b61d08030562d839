#!/usr/bin/env bash
# Steps per second of one process and of several on this machine, as rows of Markdown: processes.sh STEPS SOUND...
#
# Every process has one thread and a batch of 16, so that n processes learn from n times as many sounds a step; one
# process with the doubled batch and two threads is what two processes replace.
set -euo pipefail
steps=$1
shift
here=$(cd "$(dirname "$0")/../.." && pwd)
smidgen=${SMIDGEN:-$here/build/bin/smidgen}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
sounds=("$@")

train() {  # RESULT OPTION...
    local result=$1
    shift
    "$smidgen" train "${sounds[@]}" --seed 1 --library "$scratch/library" --json "$@" \
        >"$scratch/$result.json" 2>"$scratch/$result.log"
}

row() {  # NAME RESULT
    python3 - "$1" "$scratch/$2.json" <<'PY'
import json, sys
result = json.load(open(sys.argv[2]))
rate = result["steps_per_second"]
batch = result["batch_size"] * result["processes"]
print(f"| {sys.argv[1]} | {batch} | {rate:.2f} | {rate * batch:.0f} | {result['curve'][-1]['training']:.6f} |")
PY
}

echo "| processes × threads | sounds a step | steps a second | sounds a second | loss at the end |"
echo "|---|---|---|---|---|"
train warm --threads 1 --batch 16 --steps 1  # features are made here
train single --threads 1 --batch 16 --steps "$steps"
row "1 × 1" single
train doubled --threads 2 --batch 32 --steps "$steps"
row "1 × 2" doubled
export WORLD_SIZE=2 MASTER_ADDR=localhost
MASTER_PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export MASTER_PORT
RANK=1 train second --threads 1 --batch 16 --steps "$steps" &
RANK=0 train first --threads 1 --batch 16 --steps "$steps"
wait
row "2 × 1" first
