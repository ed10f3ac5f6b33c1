#!/bin/sh
# Makes the WAVs of phrases.txt with flite (Debian: flite), 16 kHz mono 16-bit; espeak's voice is not understood.
set -eu
cd "$(dirname "$0")"
for voice in slt rms kal16; do
    mkdir -p "$voice"
    grep -v '^#' phrases.txt | while IFS='|' read -r name kind text spoken; do
        name=$(echo $name) text=$(echo ${spoken:-$text})
        flite -voice "$voice" -t "$text" -o "$voice/$name.wav"
    done
done
# A sentence that the turn model takes for complete without doubt: for the call tests and the bench.
flite -voice slt -t "please run all the tests" -o please-run-all-the-tests.wav
# The wake phrase: only where it is switched on is it in the grammar.
flite -voice slt -t "hey dev ops" -o slt/hey-devops.wav
