"""`python -m aidevops_voice`: the same as the console script."""

import sys

from aidevops_voice.cli import main

sys.exit(main())
