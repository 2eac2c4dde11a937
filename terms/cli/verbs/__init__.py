"""One file a verb, each with `HELP`, `configure(parser)` and `run(options)`; `cli.main.VERBS` lists them."""
