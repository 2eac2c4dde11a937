"""What several questions need: graphs, formulas over finite choices and differences of time, and their solvers.

`graphs`, `formula`, `network`, `oracle`, `checker` and `conflicts` are pure computation on plain names.
`domains`, `positions` and `standing` turn the talks at one moment into that form.
"""
