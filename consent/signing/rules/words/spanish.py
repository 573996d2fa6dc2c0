"""What the ceremony's own pages say in Spanish: the same keys as `english.py`."""

SPANISH = {
    # every screen
    "skip": "Ir a la página",
    "number_of": "{number} de {of}",
    "no_thanks": "No, gracias",
    "continue": "Continuar",
    "back": "Atrás",
    "larger_text": "Letra más grande",
    "usual_text": "Letra normal",
    "read_aloud": "Leer en voz alta",
    "stop_reading": "Dejar de leer",
    "still_there": "¿Sigue usted ahí?",
    "closes_soon": "Esta página se cierra en medio minuto, para que nadie más la vea.",
    "still_here": "Sigo aquí",
    "no_connection": "Ahora no hay conexión. Lo que marcó sigue aquí. Inténtelo otra vez en un momento.",
    # the steps
    "hello": "Hola, {signer}. Puede decir que no: nada cambia en su atención.",
    "hello_for": "Hola, {signer}. Se trata de {person}. Puede decir que no: nada cambia en la "
    "atención que reciben aquí.",
    "screen_or_paper": "¿En esta pantalla o en papel?",
    "yes_screen": "Sí, en esta pantalla",
    "rather_paper": "Prefiero que sea en papel",
    "disclosure_1": "Puede firmar aquí, en esta pantalla. El formulario y su copia se guardan en una "
    "computadora.",
    "disclosure_2": "También puede tener todo en papel. Es gratis, y pedirlo no cambia nada en su atención.",
    "disclosure_3": "Este sí vale solo para este formulario. Puede retirarlo cuando quiera: dígalo en "
    "la recepción o escríbanos.",
    "disclosure_4": "Puede pedir cuando quiera una copia en papel de lo que firma. Es gratis.",
    "disclosure_5": "Para ver su copia necesita un teléfono o una computadora con un navegador que "
    "muestre archivos PDF, como esta pantalla.",
    "ends_on_day": "Termina este día",
    "earlier_day": "Un día antes de esa fecha",
    "which_day": "Qué día",
    "or_sooner": "O antes, cuando pase esto",
    "only_the_day": "Solo cuenta el día",
    "when_it_ends": "Cuando termina, dejamos de usar su historia y empezamos a quitar nuestras "
    "publicaciones. Puede pararlo antes, cuando quiera.",
    "read_once_more": "Por favor, léalo otra vez",
    "exactly_this": "Esto es exactamente lo que firma, con lo que marcó.",
    "whole_form": "El formulario completo",
    "i_read_it": "Leí este formulario, o alguien me lo leyó.",
    "your_signature": "Su firma",
    "sign_in_box": "{signer}, firme en el cuadro con el dedo, un lápiz o el ratón.",
    "box": "Cuadro para su firma",
    "undo": "Deshacer",
    "clear": "Borrar",
    "type_instead": "Escribir mi nombre",
    "type_your_name": "Escriba su nombre: {signer}",
    "draw_instead": "Firmar con el dedo",
    "sign": "Firmar",
    # the endings
    "thank_you": "Gracias",
    "done_tablet": "Listo: devolver la tableta",
    "done_own": "Listo: cerrar esta página",
    "declined": "Está bien. No se firmó nada y no se guardó nada de lo que marcó.",
    "go_on_with_visit": "Nada cambia en su atención. Puede seguir con su visita.",
    "nothing_changes": "Nada cambia en su atención.",
    "paper_at_desk": "Está bien. La recepción le imprime el formulario. Es gratis, y nada cambia en su "
    "atención.",
    "paper_nothing_kept": "No se guardó nada de lo que marcó aquí.",
    "signed_tablet": "Usted firmó, y esta es su copia. Escanee el código con su teléfono o anote la "
    "dirección. Lleva a su propia página: lo que permitió, dónde aparece y “Dejar de "
    "compartir”.",
    "signed_own": "Usted firmó, y este es el camino a su copia. Guarde esta dirección. Lleva a su "
    "propia página: lo que permitió, dónde aparece y “Dejar de compartir”.",
    "code_of_own_page": "Código con la dirección de su propia página",
    "keep_it_secret": "Guárdela para usted: quien tiene esta dirección puede retirar el permiso en su "
    "nombre.",
    "print_copy": "Imprimir mi copia",
    "open_copy": "Abrir mi copia",
    "mail_own_page": "Enviarme esta dirección por correo",
    "own_page_mailed": "La dirección de su propia página va en camino a su correo.",
    "one_more": "Un documento más",
    "one_more_health": "Es un documento aparte, con su propia firma: su permiso sobre su salud. Solo con él puede una "
    "publicación decir o mostrar que usted viene con nosotros. Puede decir que no, y nada cambia en su atención.",
    "one_more_other": "Es un documento aparte, con su propia firma. Puede decir que no.",
    "one_more_copy": "La copia de lo que acaba de firmar también le llega por correo.",
    "open_next": "Seguir con el otro documento",
    "copy_coming": "Usted firmó. Su copia se está haciendo y aparece aquí en un momento. No hace fal"
    "ta esperarla: la recepción se la puede imprimir.",
    "copy_coming_own": "Usted firmó. Su copia se está haciendo y aparece aquí en un momento.",
    "give_back": "Por favor, devuelva la tableta en la recepción",
    "nothing_more": "Gracias. No hay nada más que hacer aquí.",
    "not_kept": "Eso no se pudo guardar en este momento",
    "not_kept_lead": "Inténtelo otra vez en un minuto. Lo que marcó antes sigue ahí. Por más"
    " veces que oprima Firmar, firma una sola vez.",
    "try_again": "Intentar otra vez",
    # on one's own phone or computer
    "request_from": "Un formulario de {practice}",
    "who_asks": "{asker}, de {practice}, le pide que lea un formulario y diga sí o no.",
    "you_can_say_no": "Puede decir que no, ahora o después, sin dar razones. Nada cambia para usted.",
    "takes_minutes": "Toma unos cinco minutos. Nadie en {practice} puede contestar por usted.",
    "code_first": "Primero enviamos un código a su correo, para que nadie más pueda abrirlo.",
    "send_code": "Continuar",
    "code_sent": "Le enviamos un código",
    "code_where": "Mire su correo: seis cifras, válidas por diez minutos.",
    "code": "Las seis cifras",
    "open_form": "Abrir el formulario",
    "new_code": "Enviar otro código",
    "opening": "El formulario se está abriendo",
    "open_it": "Abrir el formulario",
    "elsewhere": "El formulario se abrió en otro aparato",
    "elsewhere_lead": "Se contesta en un solo aparato a la vez. Lo que se marcó queda guardado.",
    "elsewhere_phone": "Si quiere seguir aquí, pida en la recepción que muestren el código otra vez.",
    "here_instead": "Seguir aquí",
    "was_away": "La página se cerró después de un rato sin uso",
    "was_away_lead": "Lo que marcó queda guardado.",
    "was_away_phone": "Pida en la recepción que muestren el código otra vez, y escanéelo con este teléfono.",
    "already_signed": "Este formulario ya está firmado",
    "already_signed_lead": "Se firmó el {day}. No hay nada más que hacer.",
    "copy_how": "Su copia está en su propia página. Podemos enviar otra vez la dirección a su correo.",
    "copy_at_desk": "Para su copia, use la dirección que se le mostró, o pídala en la recepción.",
    "send_own_page": "Enviarme por correo el camino a mi copia",
    "answered": "Aquí no se le pide nada más",
    "link_closed": "Este enlace no abre ningún formulario",
    "link_closed_1": "Puede estar cortado o ser viejo, o un mensaje más nuevo lo reemplazó. Busque el "
    "mensaje más nuevo y abra su enlace.",
    "link_closed_2": "Si eso no ayuda, llame al consultorio que se lo pidió, o a su recepción. Le "
    "envían uno nuevo.",
    "link_closed_3": "No tiene que hacer nada. Sin su sí, no se comparte nada.",
    "staff_here": "Aquí hay una sesión abierta del personal",
    "staff_here_lead": "Solo la persona a quien se le pidió puede abrir este formulario, en su propio "
    "teléfono o computadora. Nadie del consultorio puede contestar por ella. Esto "
    "quedó anotado.",
    "staff_here_how": "Si es su propio formulario: cierre primero la sesión y abra el enlace en su "
    "propio teléfono.",
    # what is shown
    "hello_work": "Hola, {signer}. Puede decir que no, y nadie necesita un motivo.",
    "work_is_shown": "Esto es lo que usted hizo",
    "work_lead": "El formulario trata exactamente de esta imagen, y de nada más.",
    "story_number": "{work} (nuestro número {number})",
    "reposted_is_shown": "Así se vería",
    "reposted_lead": "Aquí ve lo que se hizo con ella. Con su sí puede salir exactamente así.",
    "exactly_post": "“{title}”, exactamente como me la mostraron (SHA-256 {digests})",
    "what_is_shown": "Esta es la publicación",
    "what_was_shown": "Lo que se mostró",
    "shown_lead": "Si dice que sí solo a esta publicación, puede salir exactamente así. Si cambia una letra o "
    "una imagen, tenemos que preguntarle otra vez.",
    "shown_format": "Tipo de publicación",
    "shown_disclosure": "Dice quién paga",
    "shown_no_words": "Sin palabras.",
    "shown_described": "Se describe así",
    "shown_captions": "Palabras para quien no puede oírlo",
    "shown_video": "Un video",
    "shown_elsewhere": "La imagen misma no está en este archivo. Es la que tiene este SHA-256.",
    # what is refused
    "press_a_button": "Por favor, oprima uno de los botones.",
    "mark_read": "Por favor, marque que leyó el formulario o que alguien se lo leyó.",
    "mark_elements": "Marque al menos una cosa que se puede compartir, u oprima No, gracias.",
    "mark_platforms": "Marque al menos un lugar donde puede aparecer, u oprima No, gracias.",
    "mark_formats": "Marque al menos un tipo de publicación, u oprima No, gracias.",
    "mark_only_this_post": "Marque la línea sobre una o más publicaciones, u oprima No, gracias.",
    "mark_purposes": "Marque al menos un motivo, u oprima No, gracias.",
    "mark_edits": "Marque si se puede recortar, u oprima No, gracias.",
    "alone_edits": "O solo un enlace, o se puede compartir la publicación misma. Quite una de las marcas.",
    "mark_ties": "Por favor, marque lo que sea cierto, o que no hay nada de esto.",
    "alone_ties": "Marcó que no hay nada de esto, y también otra cosa. Quite una de las marcas.",
    "mark_assent": "Por favor, pregunte a su hijo o hija, y marque sí o no.",
    "line_unknown": "Una de las líneas marcadas no está en este formulario. Marque otra vez lo que acepta.",
    "write_beside": "{label}: escríbalo junto a la marca, en pocas palabras.",
    "cannot_print": "{label}: nuestros documentos no pueden imprimir {characters}. Escríbalo en letras "
    "latinas, o pida el formulario en papel.",
    "cannot_print_name": "Nuestros documentos no pueden imprimir {characters}. Escriba su nombre en letras "
    "latinas, como en su identificación, o pida el formulario en papel.",
    "cannot_print_form": "Nuestros documentos no pueden imprimir {characters}, que está en este formulario. "
    "Pida al consultorio un formulario en papel.",
    "mark_end": "Marque cuándo termina este permiso, u oprima No, gracias.",
    "end_between": "Elija un día después de hoy y no después del {day}.",
    "choose_end": "Elija el día en que termina.",
    "too_large": "Ese dibujo es demasiado grande para guardarlo. Bórrelo y firme otra vez, más sencillo.",
    "not_whole": "El dibujo no llegó completo. Bórrelo y firme otra vez.",
    "box_empty": "El cuadro sigue vacío. Firme en él, o escriba su nombre.",
    "only_a_dot": "Eso es solo un punto. Firme como en papel, o escriba su nombre.",
    "only_a_line": "Eso es solo una línea recta. Firme como en papel, o escriba su nombre.",
    "type_name": "Por favor, escriba su nombre: {name}.",
    "name_as_on_form": "Por favor, escriba su nombre como está en el formulario: {name}.",
    "signer_changed": "El derecho a firmar cambió mientras tanto. Por favor, devuelva la tableta en la "
    "recepción.",
    "signer_changed_own": "El derecho a firmar cambió mientras tanto. Por favor, llame al consultorio que se "
    "lo pidió.",
    "text_changed": "Algo cambió en el formulario. Por favor, vuelva atrás y léalo otra vez.",
    "incomplete": "Esto todavía no se puede firmar. Falta: {missing}",
    "no_copy": "Usted firmó, pero ahora no se puede abrir su copia. Pídala en papel en la recepción.",
    "code_wrong": "Ese no es el código. Mire el mensaje más nuevo. Le quedan {left} intentos.",
    "code_tries_over": "Cinco códigos equivocados. Pida uno nuevo.",
    "code_over": "Ese código es demasiado viejo. Pida uno nuevo.",
    "code_wait": "Se acaba de enviar un código. Espere un minuto, y mire también en el correo no deseado.",
    "code_enough": "Se enviaron muchos códigos en la última hora. Espere una hora, o llame al consultorio.",
    # messages
    "mail_subject": "{practice} le pide que lea un formulario",
    "mail_body": "{asker}, de {practice}, le pide que lea un formulario y diga sí o no.\n\nÁbralo "
    "aquí, en su propio teléfono o computadora:\n{address}\n\nEl enlace es solo suyo: "
    "por favor, no lo pase a nadie. Funciona hasta el {day}. Puede decir que no, sin "
    "dar razones. Si no esperaba esto, llame a {practice}: {phone}.\n",
    "mail_again_subject": "{practice} todavía espera su sí o su no",
    "code_subject": "Su código para {practice}",
    "code_body": "Su código es {code}.\n\nEscríbalo en la página que abrió. Vale por diez minutos. "
    "Nadie en {practice} se lo va a pedir. Si no pidió un código, no tiene que hacer "
    "nada.\n",
    "own_page_subject": "Su propia página en {practice}",
    "own_page_body": "Esto lleva a su propia página y a su copia de lo que "
    "firmó:\n{address}\n\nGuárdela para usted: quien tiene esta dirección puede "
    "retirar el permiso en su nombre.\n",
}
