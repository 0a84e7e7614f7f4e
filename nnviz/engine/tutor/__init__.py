"""How the learned optimizer is taught, by evolution, and examined: `python -m nnviz.engine.tutor`.

Random losses of many kinds are gone down by a crowd of networks a little apart; the one that is
taught moves to where those that did well are. None of the losses is one that it is examined on.
"""
