"""Presidio, if it is installed: with a spaCy model if there is one, else its patterns alone. Never a dependency."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

# The larger sees more; whoever puts a model into a registry again may have lengthened its name.
_SIZES = ("_trf", "_lg", "_md", "_sm")
_LEAST = 0.35


def presidio() -> tuple[Callable[[str], bool] | None, str]:
    """Whether Presidio finds anything in a text, and how it was asked; None if it is not here."""
    if find_spec("presidio_analyzer") is None:
        return (
            None,
            "Presidio is not installed here, so there is nothing beside ours (pip install presidio-analyzer).",
        )
    name = _english_model()
    analyzer = import_module("presidio_analyzer")
    _keep_offline()
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


def _keep_offline() -> None:
    """Its recognizer of mail addresses would ask the network for the list of domains; one comes with the package."""
    if find_spec("tldextract") is not None:
        domains: Any = import_module("tldextract.tldextract")
        domains.TLD_EXTRACTOR = domains.TLDExtract(suffix_list_urls=(), cache_dir=None)


def _english_model() -> str:
    """The largest English spaCy model that is installed; empty if there is none."""
    if find_spec("spacy") is None:
        return ""
    installed = import_module("spacy.util").get_installed_models()
    return next(
        (name for size in _SIZES for name in sorted(installed) if name.startswith("en_") and size in name), ""
    )


def _any(results: list[object]) -> bool:
    return any(getattr(result, "score", 0) >= _LEAST for result in results)
