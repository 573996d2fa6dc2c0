"""The own page in Spanish, in plain words and with *usted*. A qualified translator reviews it before use (R95)."""

from datetime import date

from . import es_names

MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
NEAR = {0: "hoy", -1: "ayer", 1: "mañana"}
WORDS = es_names.WORDS
RESIDUALS = {
    "Copies that others saved or shared cannot be called back.": (
        "Las copias que otras personas guardaron o compartieron no se pueden recuperar."
    ),
    "Gone from the page at once; a browser may show its own copy for up to a minute.": (
        "Desaparece de la página enseguida; un navegador puede mostrar su propia copia hasta un minuto más."
    ),
}


def before_last(word: str, following: str) -> str:
    """*y* or *o*; *e* before an i, *u* before an o."""
    start = following.lower().removeprefix("h")
    if word == "or":
        return "u" if start.startswith(("o", "ó")) else "o"
    return "e" if start.startswith(("i", "í")) and not start.startswith("ie") else "y"


def day(moment: date, *, with_year: bool) -> str:
    """3 de diciembre de 2026."""
    return f"{moment.day} de {MONTHS[moment.month - 1]}{f' de {moment.year}' if with_year else ''}"


def on_day(said: str) -> str:
    """A day after a verb: «enviado el 3 de diciembre»."""
    return f"el {said}"


def at_time(near: str, hour: int, minute: int) -> str:
    """Hoy a las 3:30 p. m.; a la 1:00."""
    twelve = hour % 12 or 12
    return f"{near} a la{'' if twelve == 1 else 's'} {twelve}:{minute:02} {'a' if hour < 12 else 'p'}. m."


TEXTS = {
    # Every page
    "skip": "Saltar al contenido",
    "language": "Idioma",
    "questions_call": "¿Preguntas? Llame a {practice}:",
    "ask_link": "Hacer una pregunta aquí",
    "leave": "Cerrar mi página en esta pantalla",
    "back": "Volver a mi página",
    # Coming in
    "enter.title": "Su página se está abriendo",
    "enter.button": "Abrir mi página",
    "left.title": "Su página está cerrada",
    "left.body": "Nadie puede abrirla en esta pantalla sin su enlace. El enlace de su copia sigue sirviendo.",
    "closed.title": "Este enlace no abre ninguna página",
    "closed.why": "Quizás está incompleto, quizás es antiguo, o la página estuvo abierta demasiado tiempo.",
    "closed.again": "Abra otra vez el enlace de su copia, o vuelva a escanear el código.",
    "closed.lost": "Si eso no ayuda, pida un enlace nuevo en la recepción de su clínica.",
    "closed.by_mail": "Recibir un enlace nuevo por correo electrónico",
    "closed.stop": "Para detener todo ahora, llame a su clínica o dígalo en la recepción. Lo que diga vale enseguida.",
    "over.majority.title": "Esta página pasó a otra persona",
    "over.majority.why": "La persona por quien usted firmó ya tiene 18 años y decide por sí misma. Su enlace terminó, y también lo que usted permitió.",
    "over.majority.what": "Esa persona puede pedir su propio enlace en la recepción. Allí ve lo que está publicado y puede detenerlo.",
    "over.authority.title": "Este enlace terminó",
    "over.authority.why": "Nuestro registro dice que usted ya no firma por esta persona. Lo que usted permitió terminó con eso.",
    "over.authority.what": "Si no es correcto, traiga a la recepción el documento que muestra su derecho a firmar.",
    "over.call": "¿Algo tiene que detenerse ahora? Llame a {practice}: lo que diga vale enseguida.",
    # Before the birth date
    "unknown.title": "Su propia página",
    "unknown.title_other": "La página de la persona por quien firmó",
    "unknown.permissions.one": "1 permiso ahora",
    "unknown.permissions.other": "{count} permisos ahora",
    "unknown.places.one": "1 lugar en nuestra lista",
    "unknown.places.other": "{count} lugares en nuestra lista",
    "unknown.cannot": "Aquí no podemos mostrar nombres ni fotos.",
    "unknown.no_birth_date": "No tenemos su fecha de nacimiento, y cualquiera podría tener este enlace.",
    "unknown.desk": "En la recepción le pueden mostrar todo.",
    "unknown.no_tries": "La fecha de nacimiento fue incorrecta cinco veces, así que este enlace no muestra más. Pida un enlace nuevo en la recepción. Aquí todavía puede detener todo.",
    "unknown.see": "Ver lo que se comparte",
    "unknown.give": "Escriba su fecha de nacimiento. Así nadie más que encuentre este enlace verá nombres ni fotos.",
    "unknown.give_other": "Escriba la fecha de nacimiento de la persona por quien firmó. Así nadie más que encuentre este enlace verá nombres ni fotos.",
    "unknown.stop": "Puede detener todo ahora, sin fecha de nacimiento.",
    "unknown.nothing": "Ahora no hay nada permitido, así que no hay nada que detener.",
    "unknown.happened": "Qué pasó",
    "birth.legend": "Fecha de nacimiento",
    "birth.month": "Mes",
    "birth.day": "Día",
    "birth.year": "Año",
    "birth.show": "Mostrar",
    "birth.wrong": "Esa no es la fecha de nacimiento que tenemos.",
    "birth.no_such_day": "Ese día no existe. Revise el día y el mes.",
    "birth.numbers": "Escriba el mes, el día y el año en números.",
    "birth.left.one": "Queda 1 intento.",
    "birth.left.other": "Quedan {count} intentos.",
    # The page
    "page.title": "Lo que usted permitió",
    "page.allowed": "{name}, esto es lo que usted permitió.",
    "page.allowed_other": "Esto es lo que usted permitió para {name}.",
    "page.nothing": "{name}, ahora no se puede compartir nada suyo.",
    "page.nothing_other": "Ahora no se puede compartir nada de {name}.",
    "page.held": "Nos pidieron detenernos {when}. Desde entonces no se comparte nada nuevo. Para que sea definitivo, detenga todo aquí.",
    "page.signed_on": "Firmado el {plain_date}",
    "page.signed": "Firmado el {date}",
    "page.what": "Qué",
    "page.made": "La publicación, foto o video que usted hizo, como lo dice su copia",
    "page.where": "Dónde",
    "page.until": "Hasta cuándo",
    "page.why": "para {why}",
    "page.paid": "también anuncios pagados",
    "page.or": "o",
    "page.copy": "su formulario firmado (PDF)",
    "page.something": "¿Algo de esto debe quitarse? Llame a {practice}: lo que diga vale enseguida.",
    "page.only_shown": "Solo para una publicación, exactamente como se mostró.",
    "page.only_story": "Solo para la historia que nombra el formulario.",
    "page.only_named": "Solo para la publicación que nombra el formulario.",
    "page.before": "Antes",
    "page.past": "Firmado el {date}: {standing}.",
    "page.past_since": "Firmado el {date}: {standing}, el {day}.",
    "page.past_copy": "El formulario (PDF)",
    "page.past_copy_of": "El formulario (PDF), firmado el {plain_date}",
    "standing.withdrawn": "retirado",
    "standing.expired": "vencido",
    "standing.hold": "en pausa",
    "standing.conflict": "en conflicto",
    "standing.incomplete": "incompleto",
    "standing.on_file": "vigente",
    "standing.soon": "termina pronto",
    "standing.none": "nada registrado",
    "ends.end_of_treatment": "cuando termine su tratamiento aquí",
    "ends.end_of_employment": "cuando deje de trabajar aquí",
    "ends.end_of_campaign": "cuando termine la campaña",
    # Places
    "places.title": "Dónde aparece usted",
    "places.title_other": "Dónde aparece {name}",
    "places.none": "En ningún lugar. No se ha publicado nada con usted, y no hay nada planeado.",
    "places.none_other": "En ningún lugar. No se ha publicado nada con {name}, y no hay nada planeado.",
    "places.picture": "Foto de esta publicación",
    "places.no_picture": "sin foto",
    "places.look": "Verla",
    "places.look_where": "en {place}, {day}",
    "place.coming": "Se publicará {when}.",
    "place.live": "Publicado desde el {day}.",
    "place.unknown": "Todavía no sabemos si esto se publicó. Alguien lo está revisando.",
    "place.leaving": "Lo estamos quitando; a más tardar el {day}.",
    "place.leaving_soon": "Lo estamos quitando.",
    "place.removed": "Quitado {when}.",
    "place.stopped": "Detenido. No se publica.",
    # Stop
    "stop.title": "Dejar de compartir",
    "stop.any_time": "Puede detenerlo en cualquier momento, por cualquier razón. Su atención no cambia.",
    "stop.all": "Dejar de compartir todo",
    "stop.one_place": "Solo en un lugar",
    "stop.one_thing": "Solo una cosa",
    "stop.one_picture": "Solo una foto",
    "stop.place": "Detener en {label}",
    "stop.thing": "Dejar de compartir: {label}",
    "stop.picture": "Dejar de mostrar la {label}",
    "paper.licence": "la licencia de lo que usted hizo, firmada el {day}",
    "paper.permission": "el permiso sobre usted, firmado el {day}",
    "stop.one_paper": "Solo un documento",
    "stop.paper": "Retirar {label}",
    "revoke.paper": "¿Retirar {label}?",
    "revoke.paper_new": "Nada nuevo que dependa de él sale.",
    "revoke.paper_out": "Lo que está publicado y depende de él se quita.",
    "stop.numbered": "foto {number}",
    "stop.a_picture": "una foto",
    "revoke.all": "¿Dejar de compartir todo?",
    "revoke.place": "¿Dejar de compartir en {label}?",
    "revoke.thing": "¿Dejar de compartir esto: {label}?",
    "revoke.picture": "¿Dejar de mostrar esta foto?",
    "revoke.all_new": "No se publica nada nuevo.",
    "revoke.all_out": "Lo que está publicado ahora se quita.",
    "revoke.all_forms": "Sus formularios firmados quedan guardados; ya no permiten nada.",
    "revoke.place_new": "Nada nuevo va a {label}.",
    "revoke.place_out": "Lo que está publicado allí ahora se quita.",
    "revoke.thing_new": "Nada nuevo usa esto: {label}.",
    "revoke.thing_out": "Lo que está publicado con eso ahora se quita.",
    "revoke.picture_new": "Nada nuevo usa esta foto.",
    "revoke.picture_out": "Se quita cada publicación que la muestra.",
    "revoke.rest": "Lo demás que usted permitió queda igual.",
    "revoke.care": "Su atención no cambia. No tiene que dar una razón.",
    "revoke.copies": "Las copias que hicieron otras personas no se pueden recuperar.",
    "revoke.yes": "Sí, detener",
    "revoke.no": "No, volver",
    # What followed
    "revoked.title": "Qué se detuvo",
    "revoked.all": "Todo se detiene.",
    "revoked.part": "Esto se detiene: {parts}.",
    "revoked.a_part": "Una parte se detiene.",
    "revoked.promise": "Desde ahora no empieza nada nuevo. Lo que ya estaba en camino se quita, y le avisaremos.",
    "revoked.received": "Recibido {when}.",
    "revoked.effective": "Ya no hay nada en camino.",
    "revoked.looking": "Estamos revisando lo que estaba en camino.",
    "revoked.look_again": "Ver otra vez",
    "revoked.leaving": "Lo que estamos quitando",
    "revoked.count.one": "1 publicación, a más tardar el {day}.",
    "revoked.count.other": "{count} publicaciones, la última a más tardar el {day}.",
    "revoked.removed": "Lo que ya se quitó",
    "revoked.removed_count.one": "1 publicación, quitada {when}.",
    "revoked.removed_count.other": "{count} publicaciones, la última quitada {when}.",
    "revoked.nothing_out": "No hay nada suyo publicado que esto cubra.",
    "revoked.earlier": "Lo que usted detuvo antes",
    "revoked.recall": "Lo que nadie puede recuperar",
    "revoked.recall_body": "Impresiones, capturas de pantalla y copias que hicieron otras personas, y lo que los buscadores guardaron por un tiempo.",
    "revoked.nothing": "No hay nada que detener",
    "revoked.nothing_body": "Ahora no hay nada permitido, así que no se publica nada nuevo.",
    "history.title": "Lo que usted detuvo",
    "history.all": "Todo, {when}.",
    "history.part": "{parts}, {when}.",
    "history.a_part": "Una parte, {when}.",
    "history.since": "Qué ha pasado desde entonces",
    "no_copy.title": "Ahora no podemos mostrar su formulario",
    "no_copy.body": "Nuestra copia falta o no es exactamente lo que se firmó, así que no mostramos ninguna. Por favor avise en la recepción. Su propia copia y lo que usted detuvo siguen igual.",
    # Questions
    "ask.title": "Hacer una pregunta",
    "ask.lead": "La lee la recepción de {practice}. La respuesta llega a esta página; si tenemos una dirección de correo suya ya comprobada, un mensaje le avisa que está aquí.",
    "ask.not_urgent": "¿Algo debe detenerse ahora? No espere una respuesta: deténgalo en su página, o llame.",
    "ask.label": "Su pregunta",
    "ask.send": "Enviar mi pregunta",
    "ask.empty": "Escriba primero su pregunta.",
    "ask.too_long": "Por favor hágala más corta: como máximo 2,000 letras.",
    "ask.too_many": "Cinco preguntas suyas siguen abiertas. Por favor llame, o espere una respuesta.",
    "ask.sent": "Su pregunta está en la recepción.",
    "questions.title": "Sus preguntas",
    "questions.asked": "Usted preguntó {when}:",
    "questions.answered": "{practice} respondió {when}:",
    "questions.open": "Todavía sin respuesta.",
    # Printed at the front desk
    "slip.title": "Su propia página",
    "slip.body": "Escanee el código con su teléfono, o escriba la dirección. Muestra lo que usted permitió y dónde aparece, y allí puede detenerlo en cualquier momento.",
    "slip.code": "Código con la dirección de su propia página",
    "slip.keep": "No la comparta: quien tiene esta dirección puede detener todo por usted. Los nombres y las fotos solo se ven después de la fecha de nacimiento.",
    # A lost link
    "lost.title": "Recibir un enlace nuevo a su página",
    "lost.lead": "Escriba la dirección de correo electrónico que {practice} tiene de usted. Si la conocemos y la hemos comprobado, enviamos allí un enlace nuevo.",
    "lost.email": "Correo electrónico",
    "lost.send": "Enviarme un enlace",
    "lost.invalid": "Esa dirección no está completa. Debe verse como ana@example.org.",
    "lost.sent_title": "Revise su correo",
    "lost.sent": "Si conocemos esa dirección y la hemos comprobado, un mensaje con un enlace nuevo está en camino. Puede tardar unos minutos.",
    "lost.silent": "Decimos lo mismo si conocemos la dirección o no, para que nadie pueda averiguar aquí quién viene a nuestra clínica.",
    "lost.nothing": "¿No llegó nada? Llame a {practice}, o pregunte en la recepción: allí le imprimen un enlace nuevo.",
    "lost.old": "Su enlace anterior sirve hasta que use el nuevo.",
    "lost.which_title": "¿Qué clínica?",
    "lost.which": "El enlace está en la página de su clínica. Búsquelo en su copia o en el sitio web de la clínica, o pregunte en la recepción.",
    # Mail. No names, nothing about care.
    "mail.link.subject": "{practice}: su enlace",
    "mail.link.body": "Aquí está el enlace que se pidió:\n\n{addresses}\n\nAbre una página suya. No lo comparta.\nSu enlace anterior sirve hasta que use este. Si usted no lo pidió, no tiene que hacer nada.\n\nPreguntas: {phone}\n\n{practice}",
    "mail.answer.subject": "{practice}: hay una respuesta para usted",
    "mail.answer.body": "Usted nos hizo una pregunta. La respuesta está en su página: abra otra vez su enlace.\n\n¿No tiene el enlace? Reciba uno nuevo aquí:\n{lost}\n\nPreguntas: {phone}\n\n{practice}",
}
