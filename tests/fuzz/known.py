"""What is there to be asked for: given by the hub's own answers, so that not every question ends with 404."""

import json
import os
import random
from collections import defaultdict
from pathlib import Path

# Not the module's own generator: whoever runs the cases sets that one anew for each.
chance = random.Random(os.environ.get("LIAISON_FUZZ_SEED"))

_most = 400
_share = 0.6


class Known:
    """Values of parameters by name."""

    def __init__(self) -> None:
        self._values: dict[str, list] = defaultdict(list)
        start = os.environ.get("LIAISON_FUZZ_KNOWN")
        if start:
            for name, values in json.loads(Path(start).read_text(encoding="utf-8")).items():
                self._values[name].extend(values)

    def add(self, name: str, value) -> None:
        values = self._values[name]
        if value in values:
            return
        if len(values) < _most:
            values.append(value)
        else:
            values[chance.randrange(_most)] = value

    def maybe(self, name: str):
        """One of them, now and then; else None."""
        values = self._values.get(name)
        return chance.choice(values) if values and chance.random() < _share else None

    def learn(self, body) -> None:
        """Takes ids, references and cursors from an answer."""
        if isinstance(body, list):
            for one in body:
                self.learn(one)
        if not isinstance(body, dict):
            return
        for name in ("referralId", "dispatchId", "providerReference", "leafHash"):
            if isinstance(body.get(name), str):
                self.add(name, body[name])
        # A cursor is what an answer called `next`.
        if isinstance(body.get("next"), str):
            self.add("after", body["next"])
        for value in body.values():
            self.learn(value)
