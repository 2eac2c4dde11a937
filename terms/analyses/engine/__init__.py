"""What several questions need: graphs, formulas over choices and differences of time, and solvers.

`graphs`, `formula`, `network`, `oracle`, `checker` and `conflicts` are pure computation on plain names.
`domains`, `positions` and `standing` turn the talks at one moment into that form.
"""
