"""What a person can get wrong: one exception family, always one sentence that helps."""

from __future__ import annotations


class Mistake(ValueError):  # noqa: N818 - the person made it, the program did not
    """Bad input: one clear sentence that names the place and what is allowed.

    It is raised wherever input is judged and shown as it stands, in the window or on stderr.
    What only the program itself can get wrong is never a Mistake.
    """
