"""Words by which a practice confirms or denies that someone is, or was, a patient (R50, list A-RP), in English and Spanish.

A reply is read with what it answers. Patterns are found in replies and comments; whether they convict is decided with
the whole text, but for those that can hardly mean anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .findings import Seen
from .reading import Reading
from .recognizer import Recognizer

_OUR = r"(?:us|our|the) (?:office|clinic|practice|care|chair|team|doctors?|dentists?|hospital|program|family|hands|services)"
_KIN = r"(?:son|daughter|kids?|kiddos?|child|children|mother|mom|mommy|father|dad|husband|wife|baby|little \w+|family|twins|boy|girl|sister|brother|grand\w+|parents?|loved one)"
_CARE = (
    r"(?:visit|visits|appointments?|appt|treatments?|procedure|surgery|exam|check-?up|cleaning|chart|records?|file|results?|labs?|bill|billing|"
    r"balance|account|claim|insurance|copay|prescription|refills?|referral|doctor|dentist|nurse|therapist|hygienist|provider|surgeon|counselor|"
    r"recovery|diagnosis|scan|x-?rays?|biopsy|test|tests|implants?|crowns?|braces|smile|teeth|tooth|skin|knee|hip|shoulder|back|eyes|vision|"
    r"stay|discharge|follow-?up|session|sessions|invoice|deposit|refund|paperwork|forms?|intake|registration|chair|slot|wait|contacts|glasses|"
    r"retainer|night guard|aligners?|lips|filler|botox|peel|scar|stitches|cast|lab work|bloodwork|medication|meds|dose|pain|symptoms|infection|"
    r"plan|treatment plan|team|care|experience here|time (?:here|with us|in our)|progress|journey|results)"
)
_DID = (
    r"(?:came|come|visited|booked|saw|seen|were|was|had|have|missed|refused|declined|left|signed|told|asked|requested|received|arrived|checked|"
    r"cancel+ed|agreed|chose|opted|walked|paid|owe|owed|called|stopped|brought|made|scheduled|rescheduled|skipped|graduated|rang|got|did|"
    r"didn't|never|'ve been|'ve had|'re due|'re scheduled|'re on|'re down|'re next|'re all set|'re still|'re overdue|'re cleared)"
)
_GLAD = r"(?:glad|happy|thrilled|delighted|pleased|relieved|excited|honou?red|so great|great|nice|lovely|wonderful|pleasure|proud|love|loved|enjoyed|sorry|apologi[sz]e|regret|sad|heartbroken)"

SURE = {
    "thanks": r"\b(?:thanks?|thank you|thx|ty|grateful|appreciate(?: you)?)(?: so much| a lot| again| for| to you)* (?:for )?(?:choosing|visiting|trusting|coming|stopping (?:by|in)|being (?:a|our|such a)[\w ]{0,20}(?:patient|family)|seeing us|letting us (?:care|treat|take care|help)|allowing us to (?:care|treat)|your visit|the visit|bringing (?:your|him|her|them)|trusting|your (?:loyalty|business|patience during)|your trust)",
    "record": r"\b(?:your|her|his|their) (?:chart|file|record|medical record|account|patient record|registration|notes|paperwork|profile|labs?|lab results|test results|biopsy|prescription|refill|referral|claim|insurance|copay|balance|invoice|statement|prior auth\w*|treatment plan|x-?rays?|diagnosis|discharge|surgery|procedure|surgeon|hygienist|therapist|counsel+or|navigator|intake|deposit|refund)\b",
    "our-records": r"\b(?:our|the) (?:records?|notes|system|schedule|log|logs|files?|charts?|books|cameras|front desk notes|computer)\b[\w ,']{0,20}(?:shows?|say|says|indicates?|reflects?|have you|has you|list|confirm)\b",
    "no-record": r"\b(?:no|any|not|never|can'?t find|couldn'?t find|don'?t (?:have|see|show)|unable to (?:find|locate)|do not (?:have|see|show)|isn'?t|aren'?t|is not|are not)\b[\w ,']{0,25}\b(?:record|records|file|chart|account|patient list|appointment|billing|patients?|system|database|panel|visit|registration)\b(?: (?:of|for|on|under|by|with|in|here|you|your|that|this|at|with)\b)",
    "never": r"\b(?:you|your \w+|he|she) (?:have |has |were |was |are |is )?(?:never|not) (?:been |a |an |our |set |come |came |once )?(?:seen|treated|patient|client|patient of|at our|foot|to our|here|with us|under our|visited|examined|registered|one of our)\b|\bwe (?:have |had |'ve )?never (?:seen|treated|met|billed|had|charged|examined|saw) (?:you|your|him|her|anyone by)\b|\bwe aren'?t, and never were\b|\bnever rendered\b",
    "see-you": r"\b(?:see|seeing|have|having) (?:you|y'all|u|ya|your \w+|you both|you guys) (?:again|soon|back|next|at|in|on|tomorrow|then|for your|yesterday|today|this|here|thursday|monday|tuesday|wednesday|friday)\b(?! (?:the (?:race|fair|fest|game|park|parade|event|open|talk|walk|run)|our (?:open|event|talk|booth|walk|run)))|\bcan'?t wait (?:to see|for) you|\bwe(?:'ll| will| can'?t wait to| hope to| look forward to)(?: see| seeing)+ (?:you|your|him|her)\b",
    "loved": r"\b(?:loved?|loving|enjoyed?|adore|honou?r(?:ed)?|pleasure|privilege|joy|blast|treat|great|nice|wonderful|lovely|fun|best time)(?: to| it)? ?(?:was |is )?(?:having|seeing|meeting|treating|caring for|taking care of|working with|getting to know|helping|serving|welcoming|be part of|to be (?:a )?part of|to have|to see|to meet|to care for|to treat|with) (?:of )?(?:you|your|y'all|u)\b",
    "glad": rf"\b{_GLAD}\b[\w ,!']{{0,14}}(?:you(?:'re| are)? (?:feel|had|came|were|got|made|love|like|enjoyed|healed|heal|recover|back|doing|are feeling|have healed|feeling|had to|experienced|waited|stopped|came in|can|could)|your {_CARE}|(?:we|i|dr\.? \w+|the team) (?:could|can|were able to|was able to) (?:help|get you|see you|squeeze|fit|fix|take care|make you|treat|assist)|to (?:help|have) you|having you|the (?:\w+ )?(?:peel|pain|numbness|swelling|night guard|crown|implant|retainer|procedure|treatment|surgery|shot|medication|meds|cream|gel|filling|extraction|braces|glasses|new \w+) )",
    "you-did": r"\byou (?:were (?:seen|told|offered|given|scheduled|charged|billed|discharged|treated|informed|late|a no[- ]show|a patient|in (?:our|the) (?:office|clinic|chair|er|ed)|here|referred|prescribed|admitted|advised|our|such|the (?:best|bravest|calmest))|missed|no-?showed|refused|declined|signed|cancel+ed|rescheduled|owe|skipped your|left (?:before|without|against|your)|came (?:in|to us|here|by|back|for)|arrived|stopped by|checked in|agreed to|rang|graduated|visited|saw (?:dr|our)|have (?:an|a|your|another) (?:appointment|visit|balance|follow|outstanding|past)|have been (?:a|our|seen|coming|with us|treated)|'?ve been (?:a|our|coming|seeing|with us)|did (?:not )?(?:owe|sign|agree|come|cancel|great|so|amazing|such)|didn'?t (?:finish|show|come|follow|take|tell|sign|complete))\b",
    "we-did": r"\bwe (?:have |'ve |had |already |did |just |both |also |double[- ]?|re-?)*(?:checked|looked|pulled|reviewed|called|sent|mailed|faxed|emailed|refunded|billed|charged|saw|treated|examined|scheduled|rescheduled|moved|fit|squeezed|discharged|dismissed|voided|waived|removed|placed|told|explained|offered|gave|prescribed|filled|submitted|resubmitted|spoke|talked|discussed|have you|took|called in|got|repaired|wrote|missed|see|seen)\b[\w ,']{0,28}\b(?:you|your|yours|him|her|u)\b",
    "your-kin": rf"\byour {_KIN}(?:'s)? (?:was|were|did|is (?:a|our|one|due|scheduled|ready|so|such)|has|had|missed|left|came|rang|are (?:our|due)|will be|isn'?t|seemed|loves? (?:us|our))\b",
    "reschedule": r"\b(?:reschedule|rebook|squeeze|fit|get|move|book|put|bring|take) (?:you|u|your \w+|him|her)\b(?! (?:know|informed|posted))[\w ]{0,14}(?:in|back|down|care|to|again|sooner|for|off|on)?\b(?<!bring you)",
    "come-back": r"\b(?:come back|welcome back|back (?:with|to|at|in) (?:us|our)|have you back|had you back|returning|since you (?:were|came|left|started)|next (?:visit|appointment|cleaning|check-?up|session|time you(?:'re| are)? in)|your (?:next|last|first|recent|upcoming|previous|\w+day) (?:visit|appointment|cleaning|session|check-?up|exam|treatment|stay|adjustment|infusion|shot|trip|class))\b",
    "ready": r"\byour (?:\w+ ){0,2}(?:is|are|was|were|has been|have been|came|turned out|went out|will be|can be) (?:ready|in|here|back|waiting|sent|approved|denied|pending|covered|filled|due|scheduled|posted|processed|normal|negative|positive|fine|healing|perfect|so good|great|gorgeous|confirmed|cancel+ed|resubmitted|mailed)\b",
    "feeling": r"\b(?:how (?:are|is|'s|was) (?:you|your|the|that) (?:feeling|doing|healing|knee|hip|back|shoulder|tooth|mouth|arm|leg|baby|little|new|recovery|swelling|pain)|feel better soon|hope (?:you're|you are|your|the) (?:feeling|healing|recovering|recovery|pain|numbness|swelling))\b",
    "es-gracias": r"\bgracias (?:a usted |a ti |de nuevo |mil )?por (?:(?:su|tu) (?:visita|confianza|preferencia|lealtad|cita|paciencia)|venir|visitarnos|elegirnos|confiar|confiarnos|escogernos|preferirnos|dejarnos|permitirnos|acudir|atenderse|traer|traernos|ser (?:paciente|parte|nuestr))|\b(?:confiaste|confio|confiar) en nosotros",
    "es-record": r"\b(?:su|tu|sus|tus|suya|tuya) (?:\w+ )?(?:expediente|historial|historia|cita|citas|visita|visitas|consulta|turno|cuenta|saldo|factura|seguro|resultado|resultados|receta|recetas|estudio|estudios|tratamiento|cirugia|operacion|limpieza|diagnostico|doctor|doctora|dentista|terapia|terapeuta|sesion|control|chequeo|laboratorios?|analisis|recuperacion|rodilla|muela|sonrisa|bebe|hijo|hija|niño|niña|nino|nina|mama|papa|mami|esposo|esposa|corona|extraccion|refill|lentes|parto|reembolso|pago|expediente|extraccion|ortodoncia|retoque|proceso)\b",
    "es-vemos": r"\b(?:nos vemos (?:en|el|la|pronto|manana|de nuevo|para)|(?:lo|la|te|le|los|las) (?:esperamos|vemos|extranamos|atendimos|atendio|atendieron|vimos|recibimos|recordamos|operamos|llamamos|citamos|agendamos|reagendamos|revisamos|revisaron|dimos|pusimos|sacamos|hicimos|cobramos|explicamos|explico|explicaron|avisamos|dijimos|mandamos|enviamos|ofrecimos|cuidamos|tenemos|toca|tocaba|llamaron|recetaron|receto)|vuelva pronto|vuelve pronto|regrese pronto|de vuelta|que (?:vuelva|regrese|vuelvas|regreses)|atenderle|atenderte|atenderla|atenderlo|verte|verle|verlos|tenerte|tenerla|acompañarte|acompanarte|acompanarla|recibirte|recibirla|cuidarte|cuidarla|ayudarte|ayudarle)\b",
    "es-did": r"\b(?:usted|ustedes|tu|vos) (?:ya |nunca |no |jamas |si )?(?:vino|vinieron|viniste|llego|llegaron|llegaste|firmo|firmaste|cancelo|cancelaste|falto|faltaste|pidio|pediste|debe|debes|es paciente|fue paciente|ha sido|fue|fuiste|se fue|rechazo|pago|quiso|acepto|estuvo|estuviste|tiene (?:cita|una cita|un saldo)|salio|entro)\b|\b(?:llegaste|viniste|firmaste|cancelaste|faltaste|entraste|saliste|quedaste|esperaste|tuviste|pagaste)\b",
    "es-no-record": r"\b(?:no (?:tenemos|existe|hay|encontramos|aparece|consta|figura|figuras|aparecen|contamos con)|ningun|ninguna|sin)\b[\w ]{0,20}\b(?:registro|registros|expediente|constancia|historial|cita|paciente|a su nombre|a tu nombre|en nuestro sistema|sistema)\b|\bnunca (?:ha|has|fue|fuiste|lo|la|te|hemos|atendimos|vino)\b",
    "es-glad": r"\b(?:nos (?:alegra|alegramos|encanto|da|llena|hace)|que (?:alegria|gusto|bueno)|me alegro|contentos?|feliz|felices|lamentamos|sentimos|disculpe|disculpa|perdon)\b[\w ,]{0,24}\b(?:que (?:\w+ )?(?:se sienta|te sientas|este|estes|quedo|quedaste|le|te|ya|haya|hayas)|verte|verla|verlo|tenerte|haber|su (?:cita|visita|espera|hijo|hija)|tu (?:cita|visita|espera)|la espera)\b",
    "you-past": r"\b(?:you|u) (?:also |still |just |really |both |never |already |guys |all )?(?!shared|posted|mentioned|commented|asked (?:about|if|how|what|whether)|liked|loved|enjoyed|noticed|wanted|tagged|followed|described|raised|needed|trusted)(?:\w{2,}ed|had|sat|threw|put|kept|gave|brought|wore|rang|slept|spent|held|stood|ran)\b",
    "yours": r"\b(?:your|yours|urs|ur) (?:[\w'-]+ ){0,3}?(?:was|were|is|are|went|came|has been|have been) (?:\w+ )?(?:ready|back|in|here|sent|filled|due|overdue|drawn|read|corrected|resubmitted|cleared|complimentary|out|moved|on (?:hold|file|us)|at (?:the|our)|waiting|done|signed|fine)\b",
    "we-you": r"\bwe (?:\w+ ){0,3}?(?:had|kept|moved|saved|advised|re-?ran|owe|warned|called|booked|put|walked|told|remember|remembered) (?:you|your|yours|him|her)\b",
    "with-us": r"\b(?:years?|months?|weeks?|time|days?|today|this morning|resting|hanging|staying|back|adventure|start\w*|progress) with us\b|\bletting us (?:look after|walk|care|help|be)\b|\bhow far you(?:'ve| have) come\b",
    "not-ours": r"\bnot (?:our|a|one of our) patients?\b|\bnever was\b|\bnobody (?:here|from your|on our)\b[\w ]{0,20}\b(?:treat\w*|seen|remembers?|saw)\b|\b(?:anyone|nobody|no one|someone|patient) by that name\b|\bnever sat in (?:our|one of our)\b",
    "es-yours": r"\b(?:su|sus|tu|tus) (?:[\w-]+ ){1,2}(?:ya )?(?:esta|estan|salio|salieron|quedo|quedaron|llego|llegaron|sigue|siguen)\b|\b(?:le|te|les) (?:guardamos|debemos|apartamos|dio|dimos|dieron)\b|\bse le dio\b",
}
WELCOME = re.compile(
    r"^\W*(?:[a-z]+,? )?(?:you'?re (?:so |very |most |always )?welcome|(?:our|my|the) pleasure(?: is (?:ours|mine))?|any ?time|it was (?:our|my) pleasure|un placer|con gusto|fue un placer|para servirle|a la orden|de nada)\b"
)
PARENT_CARE = re.compile(
    r"\b(?:visit|appointment|treat\w*|surger\w+|pain|procedure|results?|saw|fixed|helped|cleaning|exam|squeez\w+|care of|took|seeing|my (?:\w+ )?(?:tooth|teeth|knee|back|skin|smile|baby|son|daughter|kids?|mom|dad|lips|face|eyes?|braces|crown)|atendi\w*|cita|consulta|trat\w+|dolor|cirugia|limpieza|mi (?:hijo|hija|mama|muela|rodilla|bebe))\b"
)
_PATTERNS = {name: re.compile(pattern) for name, pattern in SURE.items()}
_DENIES_ALL = re.compile(
    r"\b(?:whether|confirm (?:or|nor) deny|anyone|anybody|any individual|any person|de nadie|ninguna persona|de ninguna|if someone|who has or has not)\b"
)


def relationships(reading: Reading) -> Iterator[Seen]:
    """What confirms or denies that whoever is addressed is a patient."""
    if reading.kind == "caption":
        return
    for name, pattern in _PATTERNS.items():
        for match in pattern.finditer(reading.lower):
            if name in {"no-record", "never"} and _DENIES_ALL.search(reading.lower):
                continue
            yield Seen(match.start(), match.end(), "RELATIONSHIP_CONFIRMED", f"words.relationship.{name}")
    yield from _welcomed(reading)


def _welcomed(reading: Reading) -> Iterator[Seen]:
    """`You're welcome!` below words about care."""
    match = WELCOME.search(reading.lower)
    if match and (reading.parent is None or PARENT_CARE.search(reading.parent.lower)):
        yield Seen(match.start(), match.end(), "RELATIONSHIP_CONFIRMED", "words.relationship.welcome")


NAMES = (*SURE, "welcome")
RECOGNIZERS = (
    Recognizer(
        "words.relationship",
        1,
        ("RELATIONSHIP_CONFIRMED",),
        "block",
        "It says that someone is, or is not, a patient.",
        relationships,
    ),
)
