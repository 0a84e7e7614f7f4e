"""What a person can get wrong: one exception family, always one sentence that helps."""

from __future__ import annotations


class Mistake(ValueError):  # noqa: N818 - the person made it, the program did not
    """Bad input: one clear sentence that names the place and what is allowed.

    It is raised wherever input is judged and shown as it stands, in the window or on stderr.
    What only the program itself can get wrong is never a Mistake.
    """


def one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    """Refuse a word that is not among those allowed.

    Raises:
        Mistake: naming what it is for and which words there are; the empty one stands for "none".
    """
    if value not in allowed:
        known = ", ".join(each or '""' for each in allowed)
        raise Mistake(f"{name} is {value!r:.40}; it must be one of {known}.")
