"""Every point that the linter looks for: the elements here, with the statements and what other kinds say. No Django."""

from .points import RELEASES, SIGNED, point
from .statements import STATEMENTS

# 45 CFR 164.508(c)(1)(i)-(vi).
ELEMENTS = (
    point(
        "info_description",
        "a list of what may be shared, to mark line by line",
        "45 CFR 164.508(c)(1)(i)",
        ("", "Mark each thing we may share."),
        ("", "Marque cada cosa que podemos compartir."),
        kinds=RELEASES,
        asks="elements",
    ),
    point(
        "discloser",
        "the practice's name, by {clinic}",
        "45 CFR 164.508(c)(1)(ii)",
        ("", "{clinic}, at {locations}."),
        ("", "{clinic}, en {locations}."),
        kinds=SIGNED,
        fields="clinic",
    ),
    point(
        "recipient",
        "a list of the places, to mark line by line",
        "45 CFR 164.508(c)(1)(iii)",
        ("", "Mark each place."),
        ("", "Marque cada lugar."),
        kinds=SIGNED,
        asks="platforms",
    ),
    point(
        "recipient",
        "who can see a public post",
        "45 CFR 164.508(c)(1)(iii)",
        (
            r"anyone|anybody|everyone|everybody|any person",
            "Anyone in the world may be able to see a public post.",
        ),
        (
            r"cualquier persona|cualquiera|todo el mundo",
            "Cualquier persona del mundo podría ver una publicación pública.",
        ),
    ),
    point(
        "purpose",
        "a list of reasons, to mark line by line",
        "45 CFR 164.508(c)(1)(iv)",
        ("", "Mark each reason you agree to."),
        ("", "Marque cada razón que acepta."),
        kinds=RELEASES,
        asks="purposes",
    ),
    point(
        "expiry",
        "a question when it ends, and the answer by {ends_on} or {ends_event}",
        "45 CFR 164.508(c)(1)(v)",
        ("", "It ends on this date: {ends_on}, or when this happens: {ends_event}, whichever comes first."),
        ("", "Termina en esta fecha: {ends_on}, o cuando pase esto: {ends_event}, lo que ocurra primero."),
        kinds=SIGNED,
        fields="ends_on ends_event",
    ),
    point(
        "signature_date",
        "who signs, by {signer_name} or {person_name}",
        "45 CFR 164.508(c)(1)(vi)",
        ("", "Name of the person who signs: {signer_name}"),
        ("", "Nombre de la persona que firma: {signer_name}"),
        kinds=(*SIGNED, "staff_policy"),
        fields="signer_name person_name",
    ),
    point(
        "representative_authority",
        "a question by what right somebody else signs",
        "45 CFR 164.508(c)(1)(vi)",
        ("", "I have the right to decide for the patient because I am:"),
        ("", "Tengo derecho a decidir por el paciente porque soy:"),
        asks="authorities",
    ),
    point(
        "representative_authority",
        "a description of that right, by {authority_description}",
        "45 CFR 164.508(c)(1)(vi)",
        ("", "Explain your right to sign: {authority_description}"),
        ("", "Explique su derecho a firmar: {authority_description}"),
        fields="authority_description",
    ),
)
# The author licence and the staff policy.
OTHERS = (
    point(
        "maker",
        "that the signer made it",
        "17 USC 204(a)",
        (
            r"\bi (made|took|wrote|filmed)|am the (person who made|maker|author)",
            "I made this post, photo or video: {post}.",
        ),
        (
            r"\byo (lo |la )?hice|soy (quien|el autor|la autora)",
            "Yo hice esta publicación, foto o video: {post}.",
        ),
        kinds=("author_licence",),
    ),
    point(
        "no_health_permission",
        "that it allows no health information",
        "45 CFR 164.508(b)(3)",
        (
            r"\bnot .{0,40}(permission|allow|permit).{0,40}health",
            "It does not give permission to share health information.",
        ),
        (r"\bno (da|es|doy) .{0,20}permiso.{0,40}salud", "No da permiso para compartir datos de salud."),
        kinds=("author_licence",),
    ),
    point(
        "privacy_rule",
        "that nothing of a patient goes out without a signed permission",
        "45 CFR 164.530(i)(1)",
        (
            r"patient.{0,80}(permission|consent|authoriz)",
            "Nobody shows a patient without a signed permission.",
        ),
        (r"paciente.{0,80}(permiso|consent|autoriz)", "Nadie muestra a un paciente sin un permiso firmado."),
        kinds=("staff_policy",),
    ),
    point(
        "who_may_post",
        "that who posts is named and trained",
        "45 CFR 164.530(b)(1)",
        (r"train", "Only the people whom the practice has named may post. They are trained every year."),
        (
            r"capacit|entrena",
            "Solo las personas que la clínica ha nombrado pueden publicar. Se capacitan cada año.",
        ),
        kinds=("staff_policy",),
    ),
    point(
        "reporting",
        "whom to tell, by {privacy_officer}",
        "45 CFR 164.530(f)",
        ("", "I tell {privacy_officer} at once."),
        ("", "Aviso de inmediato a {privacy_officer}."),
        kinds=("staff_policy",),
        fields="privacy_officer",
    ),
    point(
        "sanctions",
        "what follows",
        "45 CFR 164.530(e)(1)",
        (
            r"acts|sanction|disciplin|end of the job|warning",
            "The practice acts on it, up to the end of the job.",
        ),
        (
            r"medidas|sancion|disciplin|despido|fin del empleo",
            "La clínica toma medidas, hasta el fin del empleo.",
        ),
        kinds=("staff_policy",),
    ),
)
POINTS = (*ELEMENTS, *STATEMENTS, *OTHERS)
