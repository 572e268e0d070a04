#!/usr/bin/env bash
# What the dashboard weighs and how it answers the hand: see tests/browser/measure.mjs.
# Built first: mainstay
set -euo pipefail
cd "$(dirname "$0")/.."
exec node tests/browser/measure.mjs --program build/release/mainstay "$@"
