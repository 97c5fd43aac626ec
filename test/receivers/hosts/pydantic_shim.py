"""The little of pydantic 2 that the Hyperspell page's sample uses. Harness, not sample."""


def _fits(value, kind):
    if kind == "str":
        return isinstance(value, str)
    if kind == "int":
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        return whole and not isinstance(value, bool)
    return kind == "None" and value is None


class BaseModel:
    """Every annotated member must be there (`| None` too, as in pydantic 2) and fit; others are ignored."""

    def __init__(self, **values):
        for name, annotation in type(self).__annotations__.items():
            if name not in values:
                raise ValueError(f"{name}: Field required")
            text = annotation.__name__ if isinstance(annotation, type) else str(annotation)
            if not any(_fits(values[name], kind.strip()) for kind in text.split("|")):
                raise ValueError(f"{name}: should be {text}")
            setattr(self, name, values[name])
