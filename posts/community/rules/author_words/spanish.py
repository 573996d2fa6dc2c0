"""What the author's pages say in Spanish; `english.py` has the same keys."""

SPANISH = {
    # every page
    "skip": "Ir al contenido",
    "other_language": "English",
    "practice": "{practice}",
    "no_thanks": "No, gracias",
    "go_on": "Seguir",
    "back": "Volver",
    # what we ask
    "asks": "{practice} pregunta: ¿podemos compartir su publicación?",
    "who": "{asker}, de {practice}, vio su publicación del {day} y le encantaría compartirla. Usted decide, "
    "línea por línea. Sin su sí firmado no compartimos nada.",
    "no_duty": "Puede decir que no, sin dar razones. Entonces nadie le vuelve a preguntar por esta "
    "publicación.",
    "your_post": "Su publicación, como la vimos",
    "picture": "La imagen de la publicación de {handle}",
    "seen_on": "De {handle}, publicada el {day}.",
    "what_for": "Lo que pedimos",
    "where": "Dónde",
    "kinds": "En qué forma",
    "edits": "Cambios",
    "paid": "Anuncios pagados",
    "paid_yes": "También pedimos mostrarla como anuncio pagado. Puede dejarlo fuera.",
    "paid_no": "No. No se mostraría como anuncio pagado.",
    "until": "Hasta",
    "until_day": "{ends_on}, o antes si usted lo dice",
    "line_by_line": "Usted marca qué permite de todo esto.",
    "next": "Lo que sigue",
    "next_1": "Usted sigue y da su correo electrónico. Allí llega un código, para que nadie responda en su "
    "lugar.",
    "next_2": "Ve exactamente cómo quedaría, lee el formulario, marca lo que permite, y lo firma o no.",
    "next_3": "Después puede retirarlo todo, en cualquier momento.",
    "good_until": "Esta página vale hasta el {lapses_on}.",
    "answered": "Tenemos su respuesta",
    "answered_lead": "Gracias. Lo que firmó está en su propia página; la dirección está en su copia. Allí "
    "puede retirarlo en cualquier momento.",
    "answered_more": "¿No terminó? Siga aquí.",
    # the address and its code
    "address": "¿Dónde le llega un código?",
    "address_lead": "Escriba su correo electrónico. Le enviamos seis cifras, para que nadie que encuentre "
    "este enlace responda en su lugar. Si alguna vez nos mostró su correo en persona, use ese.",
    "email": "Correo electrónico",
    "email_why": "Solo para esta solicitud: para el código y para su copia.",
    "send_code": "Enviarme el código",
    "code": "Mire su correo",
    "code_lead": "Enviamos seis cifras a {address}. Valen diez minutos.",
    "digits": "Las seis cifras",
    "type_code": "Seguir",
    "other_address": "Otro correo, o un código nuevo",
    "write_email": "No es una dirección de correo completa. Se ve así: ana@example.org.",
    "busy": "Fueron muchas veces en poco tiempo. Espere un rato e inténtelo de nuevo.",
    "being_proved": "Alguien está mostrando en este momento que la cuenta es suya. Si fue usted, mire su "
    "correo: allí llega el formulario.",
    # who it is
    "name": "¿Quién es usted?",
    "name_lead": "Su licencia necesita su nombre, como usted firma, y que sea mayor de edad.",
    "given": "Nombre",
    "family": "Apellidos",
    "born": "Fecha de nacimiento",
    "born_why": "Por alguien menor de 18 años decide su padre, madre o tutor.",
    "write_name": "Por favor, escriba su nombre y sus apellidos, con letras.",
    "long_name": "Ese nombre es demasiado largo para nuestro formulario.",
    "cannot_print": "Nuestros documentos no pueden imprimir {characters}. Escriba su nombre en letras "
    "latinas.",
    "write_born": "Por favor, elija su fecha de nacimiento; mire el año otra vez.",
    "child": "Gracias. Antes de los 18 años decide su padre, madre o tutor",
    "child_lead": "Por alguien menor de 18 años, la licencia la da su padre, madre o tutor. Si podemos "
    "llegar a ellos, reciben su propio mensaje. Puede mostrarles esta página. No guardamos nada de lo que "
    "escribió aquí.",
    # the words from the account
    "phrase": "Un paso más: muestre que la cuenta es suya",
    "phrase_lead": "Envíenos estas tres palabras desde {handle}, como respuesta a nuestro mensaje:",
    "phrase_then": "Dos personas de nuestro equipo lo miran, casi siempre el siguiente día laborable. "
    "Después el formulario llega a {address}.",
    "phrase_why": "Así nadie más puede regalar lo que usted hizo. No envíe nada más, sobre todo nada de su "
    "salud.",
    "phrase_confirmed": "Vimos sus palabras",
    "phrase_confirmed_lead": "Gracias. El formulario va en camino a {address}. Allí puede leerlo, y "
    "firmarlo o no.",
    # the papers
    "papers": "Sus documentos",
    "papers_lead": "Cada uno es un documento aparte, con su propia firma. Puede firmar uno y decir que no "
    "al otro.",
    "look": "Así se vería",
    "look_not": "Lo ve en el formulario.",
    "licence": "Su licencia",
    "licence_what": "Lo que usted hizo: dónde podemos compartirlo, en qué forma, con qué cambios, hasta "
    "cuándo.",
    "health": "Su permiso sobre su salud",
    "health_what": "Lo que se puede decir o mostrar de usted como alguien que viene con nosotros.",
    "state_now": "Ahora",
    "state_then": "Después",
    "state_signed": "Firmado",
    "state_declined": "No, gracias",
    "state_desk": "En nuestra recepción",
    "state_ended": "Terminado",
    "read": "Leer el formulario",
    "read_next": "Seguir con el otro documento",
    "all_done": "No hay nada más que firmar.",
    # the endings
    "declined": "Está bien",
    "declined_lead": "No compartimos nada, y nadie de aquí le vuelve a preguntar por esta publicación. "
    "Puede cerrar esta página.",
    "nothing_here": "Con esta dirección no hay nada que firmar",
    "nothing_here_lead": "Si le preguntamos a usted: use el correo donde llegó su copia, o el que alguna "
    "vez nos mostró en persona. O llame a {practice}: {phone}.",
    "staff": "Aquí hay una sesión abierta de un miembro del personal",
    "staff_lead": "Solo quien hizo la publicación puede responder, en su propio teléfono o computadora; "
    "nadie del consultorio puede responder en su lugar. Si la publicación es suya, use un navegador donde "
    "no tenga una sesión abierta.",
    "closed": "Este enlace no abre ninguna página",
    "closed_1": "Puede estar cortado o ser viejo, o un mensaje más nuevo lo reemplazó. Busque el mensaje "
    "más nuevo.",
    "closed_2": "No tiene que hacer nada. Sin su sí, no se comparte nada.",
}
