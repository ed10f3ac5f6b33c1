"""Coding agents: one file per provider."""
