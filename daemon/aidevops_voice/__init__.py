"""aidevops voice: talk to your coding agent, hear what it did."""

__version__ = "0.1.0"
