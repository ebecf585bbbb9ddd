"""``python -m zhibiao`` is the command ``zhibiao``."""

import sys

from zhibiao.cli import main

if __name__ == "__main__":
    sys.exit(main())
