"""`terms completion`: prints the completion script of a shell, made from the parser itself."""

import argparse

SHELLS = ("bash", "zsh", "tcsh")
HELP = "print the completion script of a shell"
EPILOG = 'bash: eval "$(terms completion bash)"; zsh: terms completion zsh > a folder of $fpath, as _terms'


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("shell", choices=SHELLS)


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    import shtab

    from terms.cli.main import build_parser

    print(shtab.complete(build_parser(), shell=options.shell))
    return 0
