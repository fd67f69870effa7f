"""A small campaign solved exactly: the law of its whole state, carried on step by step.

`fit` says which scenarios can be solved so, and how large they are; `numbers` reads them;
`duties` and `orders` say who does what by the clock; `law` holds a distribution over counts of
persons; `fire` and `answer` are the two halves of a step; `solve` goes through the steps.

Nothing of the campaign's own loop is called: what a step does is written down here once more, from
the model's equations, so that the two can be held against each other.
"""
