"""The required statements and the sentences about money (45 CFR 164.508(a)(3)-(4), (c)(2)). No Django."""

from .points import SIGNED, point

STATEMENTS = (
    point(
        "right_to_revoke",
        "that the permission can be taken back",
        "45 CFR 164.508(c)(2)(i)",
        (
            r"take (it |this |.{0,40})?back|revoke|withdraw|cancel|stop this",
            "I may take back this permission at any time.",
        ),
        (
            r"quitar|retirar|revocar|anular|cancelar|parar esto",
            "Puedo quitar este permiso en cualquier momento.",
        ),
        kinds=SIGNED,
    ),
    point(
        "right_to_revoke",
        "how: to whom or where, by {privacy_officer} or {link}",
        "45 CFR 164.508(c)(2)(i)(A)",
        ("", "To do this I can write to {privacy_officer}."),
        ("", "Para hacerlo puedo escribir a {privacy_officer}."),
        kinds=SIGNED,
        fields="privacy_officer link",
    ),
    point(
        "right_to_revoke",
        "that it is done in writing",
        "45 CFR 164.508(c)(2)(i)",
        (r"in writing|written", "It must be in writing; a button or an e-mail counts."),
        (r"por escrito", "Debe ser por escrito; un botón o un correo cuentan."),
    ),
    point(
        "right_to_revoke",
        "the exception: what was shared before",
        "45 CFR 164.508(c)(2)(i)(A), (b)(5)",
        (
            r"can ?not undo|shared before|already|relied on|acted on",
            "It cannot undo what you shared before you got my request.",
        ),
        (
            r"no puede deshacer|compart\w+ antes|ya (se )?(compart|public)|se baso en",
            "No puede deshacer lo que se compartió antes de recibir mi pedido.",
        ),
    ),
    point(
        "no_conditioning",
        "that care does not depend on signing",
        "45 CFR 164.508(c)(2)(ii)(A)",
        (
            r"(care|treat).{0,60}(same|not depend|not change)|(not change|not affect|not depend).{0,60}(care|treat)",
            "Your care will be the same if you sign or not.",
        ),
        (
            r"(atencion|tratamiento).{0,60}(misma|mismo|no depende|no cambia)"
            r"|(no cambiara|no afectara|no depende).{0,60}(atencion|tratamiento)",
            "Su atención será la misma si firma o no firma.",
        ),
    ),
    point(
        "no_conditioning",
        "nor payment",
        "45 CFR 164.508(c)(2)(ii)(A)",
        (r"\bbills?\b|\bpay|\bcosts?\b", "It will not change your bill."),
        (r"cuenta|pago|factura|costo", "No cambiará su cuenta."),
    ),
    point(
        "no_conditioning",
        "nor enrollment in a health plan",
        "45 CFR 164.508(c)(2)(ii)(A)",
        (r"insurance|enroll|health plan", "It will not change your insurance sign-up."),
        (r"seguro|inscripcion|plan de salud", "No cambiará su inscripción en un seguro."),
    ),
    point(
        "no_conditioning",
        "nor eligibility for benefits",
        "45 CFR 164.508(c)(2)(ii)(A)",
        (r"benefit|eligib", "It will not change the benefits you can get."),
        (r"beneficio|elegib", "No cambiará los beneficios que puede recibir."),
    ),
    point(
        "redisclosure",
        "that others may copy it and share it on",
        "45 CFR 164.508(c)(2)(iii)",
        (
            r"copy|share it|shared again|redisclos|re-disclos|pass it on",
            "Other people can copy it and share it again.",
        ),
        (r"copiar|compartir|divulgar|difundir", "Otras personas pueden copiarla y compartirla otra vez."),
    ),
    point(
        "redisclosure",
        "that privacy law may then no longer protect it",
        "45 CFR 164.508(c)(2)(iii)",
        (
            r"(not|no longer).{0,40}protect",
            "The law that protects my health records may not protect it any more.",
        ),
        (r"\bno .{0,20}prote", "La ley que protege mis datos de salud tal vez ya no la proteja."),
    ),
    point(
        "remuneration",
        "that a company pays us, and which, by {company}",
        "45 CFR 164.508(a)(3)(ii)",
        ("", "A company is paying us, or giving us something of value. Its name is: {company}"),
        ("", "Una empresa nos paga, o nos da algo de valor. Se llama: {company}"),
        kinds=SIGNED,
        fields="company",
    ),
    point(
        "remuneration",
        "that it is money or something else of value",
        "45 CFR 164.508(a)(3)(ii)",
        (
            r"\bpa(y|ys|id|ying)\b|something of value|remunerat",
            "A company is paying us, or giving us something of value.",
        ),
        (r"\bpaga|\bpago|algo de valor|remunera", "Una empresa nos paga, o nos da algo de valor."),
        kinds=SIGNED,
    ),
    point(
        "sale",
        "that we are paid for the information itself",
        "45 CFR 164.508(a)(4)(ii)",
        (
            r"(we|us|practice|clinic).{0,30}\b(paid|paying|pays?|money|payment|remunerat\w*)\b|\b(pay|pays|paying)\b.{0,20}\bus\b",
            "We are paid for giving this information to {company}.",
        ),
        (r"(nos|recibimos).{0,20}(pag|dinero|remunera)", "Nos pagan por dar esta información a {company}."),
    ),
)
