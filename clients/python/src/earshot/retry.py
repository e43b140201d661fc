"""How long to pause before the next try."""

import dataclasses
import random


@dataclasses.dataclass
class Backoff:
    """Pauses that grow by `factor` from `first` to `largest` seconds, each 20 % more or less than its due."""

    first: float = 0.1
    largest: float = 5.0
    factor: float = 2.0
    _next: float = 0.0

    def pause(self):
        """Returns the next pause in seconds."""
        due = self._next or self.first
        self._next = min(due * self.factor, self.largest)
        return due * random.uniform(0.8, 1.2)

    def reset(self):
        """Starts again with the shortest pause."""
        self._next = 0.0
