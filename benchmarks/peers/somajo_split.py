"""Splits a text into sentences with SoMaJo and prints {"sentences", "seconds"} (CPU).

Runs in the peers' environment: make peers.
"""

import json
import sys
import time
from pathlib import Path

from somajo import SoMaJo


def main() -> None:
    paragraphs = Path(sys.argv[1]).read_text(encoding="utf-8").split("\n\n")
    tokenizer = SoMaJo("de_CMC", split_sentences=True)
    list(tokenizer.tokenize_text(paragraphs[:5]))
    began = time.process_time()
    sentences = sum(1 for _ in tokenizer.tokenize_text(paragraphs))
    print(json.dumps({"sentences": sentences, "seconds": time.process_time() - began}))


if __name__ == "__main__":
    main()
