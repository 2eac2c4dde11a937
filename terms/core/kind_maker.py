"""How pydantic makes a class of events: the fields that all kinds share are taken as they are, not worked out per kind.

Seventy classes share thirty fields. pydantic evaluates and copies each of them for each class, which took a
quarter of the start of every command. While a class is made its bases hold back their annotations, so that
pydantic sees its own fields alone; `inherit` then puts those of the bases before them. The one file that
leans on how pydantic makes a class: from the annotations of its bases too, into `__pydantic_fields__`.
"""

from typing import TYPE_CHECKING

from pydantic import BaseModel

if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass
else:
    ModelMetaclass = type(BaseModel)

HELD = "__annotations__"


class KindMaker(ModelMetaclass):
    """The class of every class of events."""

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, object]) -> type:
        """A class of events, made by pydantic from its own annotations alone."""
        above = {base for one in bases for base in one.__mro__ if isinstance(base, KindMaker)}
        held = {base: base.__dict__[HELD] for base in above if HELD in base.__dict__}
        for base in held:
            setattr(base, HELD, {})
        try:
            return super().__new__(mcs, name, bases, namespace)
        finally:
            for base, own in held.items():
                setattr(base, HELD, own)


def inherit(cls: type[BaseModel]) -> None:
    """Give a class the fields of its bases, those first; one of its own stands where it stood in the base."""
    inherited = {
        name: field for base in reversed(cls.__bases__) if issubclass(base, BaseModel)
        for name, field in base.__pydantic_fields__.items()
    }  # fmt: skip
    cls.__pydantic_fields__ = {**inherited, **cls.__pydantic_fields__}
