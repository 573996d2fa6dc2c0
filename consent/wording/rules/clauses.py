"""Sentences that take away what the law gives, or that belong on another paper. No Django.

Patterns are read against folded text: no accents, no case, one space between words.
"""

from dataclasses import dataclass

from .keys import AUTHORIZATIONS, KINDS

REVOCABLE = "45 CFR 164.508(b)(5), (c)(2)(i)"
UNCONDITIONED = "45 CFR 164.508(b)(4)"
SPECIFIC = "45 CFR 164.508(c)(1)(i), (iv)"
ENDING = "45 CFR 164.508(c)(1)(v)"
COMPOUND = "45 CFR 164.508(b)(3)"
EXTRA = "45 CFR 164.508(b)(1)(ii)"


@dataclass(frozen=True)
class Clause:
    """What no form of `kinds` may say: patterns by language, why, and what to write instead."""

    words: str
    citation: str
    patterns: dict[str, str]
    instead: dict[str, str]
    kinds: tuple[str, ...] = tuple(kind for kind in KINDS if kind != "staff_policy")


CONTRADICTIONS = (
    Clause(
        "It says that the permission cannot be taken back, but it can, at any time.",
        REVOCABLE,
        {
            "en": r"\birrevocabl\w*|\b(can ?not|can'?t|may not|can never|may never|shall not|will not)"
            r" (ever )?(be )?"
            r"(revoke|withdraw|cancel|take (it|this|that|my permission|this permission) back|take back)",
            "es": r"\birrevocabl\w*|\bno (se )?(puede|puedo|podra|podre|podran) (ser )?(nunca )?"
            r"(revoc|retir|quitar|anul|cancel|cambiar)",
        },
        {
            "en": "I may take back this permission at any time.",
            "es": "Puedo quitar este permiso en cualquier momento.",
        },
    ),
    Clause(
        "It lasts without an end.",
        ENDING,
        {
            "en": r"\bforever\b|\bfor ever\b|\bperpetu\w+|\bfor all time\b|\bindefinite\w*|\bnever (ends|expires)\b"
            r"|\b(does not|doesn'?t|will not|shall not) (ever )?(end|expire)\b|\bno (expiration|end date)\b",
            "es": r"\bpara siempre\b|\bperpetu\w+|\ba perpetuidad\b|\bindefinid\w*|\bpor tiempo ilimitado\b"
            r"|\b(no|nunca) (vence|termina|caduca|expira)\b|\bsin (fecha de )?vencimiento\b",
        },
        {"en": "It ends on this date: {ends_on}.", "es": "Termina en esta fecha: {ends_on}."},
    ),
    Clause(
        "It allows everything instead of naming what, where and why.",
        SPECIFIC,
        {
            "en": r"\bany and all\b|\ball of my (information|records)\b|\bunlimited\b|\bwithout (any )?limit\w*"
            r"|\bfor any (purpose|use|reason)\b|\bin any (and all )?(media|form|manner)\b|\bany other purpose\b",
            "es": r"\btod[oa]s y cada un[oa]\b"
            r"|\bcualquier y tod[oa]s?\b|\btoda mi informacion\b|\bilimitad\w*|\bsin limites?\b"
            r"|\b(para|con) cualquier (fin|proposito|uso|motivo)\b|\b(en|por) cualquier (medio|forma)\b",
        },
        {"en": "Mark each thing we may share.", "es": "Marque cada cosa que podemos compartir."},
    ),
    Clause(
        "It asks to give up rights.",
        EXTRA,
        {
            "en": r"\bwaiv(e|es|er|ing)\b|\bgive up (my|your|any|all) (right|claim)"
            r"|\bhold harmless\b|\brelease .{0,30}\b(liab|claims)",
            "es": r"\brenunci\w+|\bexoner\w+|\bliber\w+ .{0,30}\b(responsabilidad|reclam)",
        },
        {"en": "Leave it out.", "es": "Leave it out."},
    ),
    Clause(
        "It makes care or a gift depend on signing.",
        UNCONDITIONED,
        {
            "en": r"\b(must|have to|need to) sign\b.{0,30}\b(before|to be|in order|to get|to receive)\b"
            r"|\brequired (for|to receive|before) (your )?(treatment|care|an? appointment)\b"
            r"|\b(discount|gift|cheaper)\b.{0,40}\b(sign|for this permission)",
            "es": r"\b(debe|debo|tiene que|hay que) firmar\b.{0,30}\b(para|antes)\b"
            r"|\b(requisito|obligatorio) para (su |el |la )?(tratamiento|atencion|cita)\b"
            r"|\b(descuento|regalo)\b.{0,40}\b(firm|por este permiso)",
        },
        {
            "en": "Your care will be the same if you sign or not.",
            "es": "Su atención será la misma si firma o no firma.",
        },
    ),
)

# What may not share a document with an authorization, each with its own paper and signature (R15, R21).
COMPOUNDS = (
    Clause(
        "It is also a consent to treatment.",
        COMPOUND,
        {
            "en": r"\bconsent (to|for) (my |the |any )?(medical )?(treatment|surgery|procedure|care|examination)s?\b"
            r"|\btreatment consent\b",
            "es": r"\bconsient\w+ .{0,10}(tratamiento|cirugia|procedimiento)"
            r"|\bconsentimiento (para|de) .{0,10}(tratamiento|cirugia)",
        },
        {"en": "Put it on a paper of its own.", "es": "Put it on a paper of its own."},
        AUTHORIZATIONS,
    ),
    Clause(
        "It is also an agreement about money or disputes.",
        COMPOUND,
        {
            "en": r"\bfinancial (responsibility|agreement|policy)\b|\bassign\w* .{0,20}\bbenefits\b|\barbitrat\w+",
            "es": r"\bresponsabilidad financiera\b|\bcesion de .{0,10}beneficios\b|\barbitraje\b",
        },
        {"en": "Put it on a paper of its own.", "es": "Put it on a paper of its own."},
        AUTHORIZATIONS,
    ),
    Clause(
        "It is also a copyright licence or a model release.",
        COMPOUND,
        {
            "en": r"\bcopyright\b|\bmodel release\b|\bgrant\w* .{0,40}\blicen[cs]e|\broyalt",
            "es": r"\bderechos de autor\b|\bcesion de (imagen|derechos)\b"
            r"|\b(otorgo|concedo) .{0,40}\blicencia|\bregalias\b",
        },
        {"en": "Use the author licence for that.", "es": "Use the author licence for that."},
        AUTHORIZATIONS,
    ),
    Clause(
        "It speaks of psychotherapy notes, which only a permission of their own could cover.",
        "45 CFR 164.508(b)(3)(ii)",
        {"en": r"\bpsychotherapy notes?\b", "es": r"\bnotas de psicoterapia\b"},
        {"en": "Leave it out.", "es": "Leave it out."},
        AUTHORIZATIONS,
    ),
)
