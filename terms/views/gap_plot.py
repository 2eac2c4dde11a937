"""The gap on a term from step to step, drawn with characters for a terminal and as SVG."""

from fractions import Fraction
from html import escape

from terms.analyses.movement import Movement
from terms.views.finding_words import number_words

WIDTH, HEIGHT, MARGIN = 600, 160, 30
"""Pixels of the drawing and its margin."""
BAR = 40
"""Columns of the longest bar in a terminal."""


def points(movement: Movement) -> tuple[tuple[str, str, Fraction], ...]:
    """(event, party, gap left) of each move after which a number says how far apart they are."""
    return tuple((one.event, one.by, one.gap) for one in movement.moves if one.gap is not None)


def as_bars(movement: Movement) -> tuple[str, ...]:
    """One line a move: the gap left as a bar to scale, its number, the event and the party."""
    found = points(movement)
    top = max((width for _, _, width in found), default=Fraction(0))
    return tuple(
        f"{'#' * (int(width * BAR / top) if top else 0):<{BAR}} "
        f"{number_words(width)} {movement.unit}  {by} [{event}]"
        for event, by, width in found
    )


def as_svg(movement: Movement) -> str:
    """The gap as a falling (or rising) stair, a step a move; the same bytes for the same record."""
    found = points(movement)
    top = max((width for _, _, width in found), default=Fraction(0)) or Fraction(1)
    across = Fraction(WIDTH - 2 * MARGIN, max(len(found), 1))
    stairs: list[str] = []
    labels: list[str] = []
    for place, (event, by, width) in enumerate(found):
        x, y = int(MARGIN + across * place), int(HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * width / top)
        stairs.append(f"{'M' if place == 0 else 'L'}{x} {y} L{int(x + across)} {y}")
        labels.append(
            f'<text x="{x + 2}" y="{y - 4}" font-size="10">{escape(number_words(width))}</text>'
            f'<text x="{x + 2}" y="{HEIGHT - 12}" font-size="9">{escape(event)}</text>'
            f'<text x="{x + 2}" y="{HEIGHT - 2}" font-size="9">{escape(by)}</text>'
        )
    title = f"{movement.term}, {movement.unit}" if movement.unit else movement.term
    return (
        "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
                'font-family="sans-serif">',
                f'<text x="{MARGIN}" y="14" font-size="13">{escape(title)}</text>',
                f'<path d="{" ".join(stairs)}" fill="none" stroke="black"/>' if stairs else "",
                *labels,
                "</svg>",
            ]
        )
        + "\n"
    )
