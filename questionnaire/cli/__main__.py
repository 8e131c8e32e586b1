"""`python -m questionnaire.cli`, for where the console script is not installed."""

import sys

from questionnaire.cli import main

sys.exit(main())
