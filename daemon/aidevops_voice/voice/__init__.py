"""The voice front ends: everything that knows Pipecat."""
