"""The command line: parse, call, print, exit code. Data goes to standard output, talk to standard error.

Nothing heavy is imported before it is needed: `terms --help` answers without pydantic, yaml or Textual,
which is why the verbs import what they use inside their `run`. That is the one reason for every late
import in this room.
"""
