"""What a page must say of its months: that none is held, or another one than was asked for."""

from dashboards import format
from dashboards.visit import Visit


def outside(visit: Visit) -> list[str]:
    """Return a notice when the chosen years have no month of the leading figures."""
    held, selection = visit.led, visit.selection
    if held and (selection.since > max(held) or (selection.until and selection.until < min(held))):
        return [visit.words("notice.outside")]
    return []


def tell_month(visit: Visit) -> list[str]:
    """Return what must be said of the month that is shown, where it is not simply the one that was asked for."""
    held = visit.led
    newest, asked = max(held, default=""), visit.selection.month
    if not held:
        return [visit.words(f"notice.none.{visit.leading}", name=visit.name(visit.selection.area))]
    if not asked or asked in held:
        return []
    words = {"asked": format.month(visit.words, asked), "newest": format.month(visit.words, newest)}
    if asked > newest:
        return [visit.words("notice.month_later", **words)]
    if asked < min(held):
        return [visit.words("notice.month_earlier", **words)]
    return [visit.words(f"notice.month_not_held.{visit.leading}", **words)]
