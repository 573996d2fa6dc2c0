"""Presidio, if it is installed: with a spaCy model if there is one, else its patterns alone. Never a dependency."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

_MODELS = ("en_core_web_lg", "en_core_web_md", "en_core_web_sm")
_LEAST = 0.35


def presidio() -> tuple[Callable[[str], bool] | None, str]:
    """Whether Presidio finds anything in a text, and how it was asked; None if it is not here."""
    if find_spec("presidio_analyzer") is None:
        return (
            None,
            "Presidio is not installed here, so there is nothing beside ours (pip install presidio-analyzer).",
        )
    name = next((name for name in _MODELS if find_spec(name) is not None), "")
    analyzer = import_module("presidio_analyzer")
    if name:
        provider = import_module("presidio_analyzer.nlp_engine").NlpEngineProvider
        settings = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": name}]}
        engine = analyzer.AnalyzerEngine(nlp_engine=provider(nlp_configuration=settings).create_engine())
        return lambda text: _any(engine.analyze(text=text, language="en")), f"Presidio with the model {name}."
    registry = analyzer.RecognizerRegistry()
    registry.load_predefined_recognizers()
    patterns = [one for one in registry.recognizers if isinstance(one, analyzer.PatternRecognizer)]
    remark = (
        "Presidio by its patterns alone: no language model is installed, so it sees no names and no places."
    )
    return lambda text: any(
        _any(one.analyze(text, one.supported_entities, None) or []) for one in patterns
    ), remark


def _any(results: list[object]) -> bool:
    return any(getattr(result, "score", 0) >= _LEAST for result in results)
