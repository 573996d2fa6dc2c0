"""What the guest's pages say, in English and Spanish: the same keys and fields in both. No Django."""

from datetime import date
from typing import Any

from consent.signing.rules import day_in

ENGLISH = {
    "skip": "Skip to the page",
    "other_language": "Español",
    "poster": "May we show you?",
    "poster_how": "Scan the code with your phone. You choose, line by line, or say no. This sign is no permission.",
    "asks": "{practice} asks: may we show you?",
    "event": "{event}, {day}, {place}",
    "who": "{host} at {practice} would like to take pictures at this event, and to show some of them. You choose "
    "what, where and for how long, line by line.",
    "no_duty": "You can say no, and need no reason: just close this page. You may stay at the event all the same, and "
    "nothing changes in your care.",
    "how": "First your name, then a few questions. Before you sign, two of our team see you in person.",
    "given": "First name",
    "family": "Last name",
    "as_on_id": "As on your ID.",
    "born": "Birth date",
    "born_why": "A card is for people of 18 or more. For a child, a parent comes to our table.",
    "email": "E-mail (if you like)",
    "email_why": "Only to send you the way to your copy and to your own page.",
    "begin": "Read the card",
    "child": "Thank you. A card is for grown-ups",
    "child_why": "For somebody under 18 a parent or guardian decides. Please come to our table together: we look at "
    "who may sign, and have the right form there. Nothing that you typed was kept.",
    "start_again": "Start again",
    "closed": "This card cannot be filled in just now",
    "closed_1": "The code works around the day of the event only, and not after the team closed it.",
    "closed_2": "If you are at the event now, ask somebody of our team for the code once more.",
    "closed_3": "You do not have to do anything. Without your yes, nothing is shared.",
    "busy": "Many people are at it just now",
    "busy_lead": "Please try again in a minute. Nothing is lost.",
    "desk": "Please come to our table",
    "desk_lead": "We cannot make this card on your phone. Our team has the form on paper.",
    "staff": "A member of staff is signed in here",
    "staff_lead": "Guests answer on their own phone; nobody of the practice can answer for them. If the card is your "
    "own, use a browser in which you are not signed in.",
    "wait": "Card {number}: now let our team see you",
    "wait_lead": "Go to somebody of our team and show them this page. Two of them look at who you are, for example at "
    "a photo ID. Then you sign here.",
    "card": "Card",
    "colour_green": "green",
    "colour_blue": "blue",
    "colour_orange": "orange",
    "colour_purple": "purple",
    "colour_red": "red",
    "colour_grey": "grey",
    "digits": "Digits for our team",
    "digits_why": "They type them, so that nobody can confirm a card without its phone.",
    "go_on": "They have seen me: go on",
    "wait_no": "You can still say no.",
    "no_thanks": "No thanks",
    "write_name": "Please write your first and your last name, with letters.",
    "long_name": "That name is too long for our form. Please come to our table.",
    "cannot_print": "Our documents cannot print {characters}. Please write your name in Latin letters, as on your ID, "
    "or come to our table for the form on paper.",
    "write_born": "Please choose your birth date; look at the year once more.",
    "write_email": "This is no complete e-mail address. It looks like ana@example.org. You may also leave it empty.",
}
SPANISH = {
    "skip": "Ir al contenido",
    "other_language": "English",
    "poster": "¿Podemos mostrarle?",
    "poster_how": "Escanee el código con su teléfono. Usted elige, línea por línea, o dice que no. Este cartel no es "
    "un permiso.",
    "asks": "{practice} pregunta: ¿podemos mostrarle?",
    "event": "{event}, {day}, {place}",
    "who": "A {host}, de {practice}, le gustaría tomar fotos en este evento y mostrar algunas. Usted elige qué, dónde "
    "y por cuánto tiempo, línea por línea.",
    "no_duty": "Puede decir que no, sin dar razones: basta con cerrar esta página. Puede quedarse en el evento igual, "
    "y nada cambia en su atención.",
    "how": "Primero su nombre, luego unas preguntas. Antes de firmar, dos personas de nuestro equipo le ven en "
    "persona.",
    "given": "Nombre",
    "family": "Apellidos",
    "as_on_id": "Como en su identificación.",
    "born": "Fecha de nacimiento",
    "born_why": "La tarjeta es para personas de 18 años o más. Por un menor, su padre o madre viene a nuestra mesa.",
    "email": "Correo electrónico (si quiere)",
    "email_why": "Solo para enviarle el camino a su copia y a su propia página.",
    "begin": "Leer la tarjeta",
    "child": "Gracias. La tarjeta es para personas adultas",
    "child_why": "Por alguien menor de 18 años decide su padre, madre o tutor. Por favor, vengan juntos a nuestra "
    "mesa: allí vemos quién puede firmar y tenemos el formulario correcto. No guardamos nada de lo que escribió.",
    "start_again": "Empezar de nuevo",
    "closed": "Esta tarjeta no se puede llenar ahora",
    "closed_1": "El código solo funciona alrededor del día del evento, y no después de que el equipo lo cerró.",
    "closed_2": "Si está en el evento ahora, pida el código otra vez a alguien de nuestro equipo.",
    "closed_3": "No tiene que hacer nada. Sin su sí, no se comparte nada.",
    "busy": "Mucha gente lo está usando en este momento",
    "busy_lead": "Por favor, inténtelo de nuevo en un minuto. No se pierde nada.",
    "desk": "Por favor, venga a nuestra mesa",
    "desk_lead": "No podemos hacer esta tarjeta en su teléfono. Nuestro equipo tiene el formulario en papel.",
    "staff": "Aquí hay una sesión abierta de un miembro del personal",
    "staff_lead": "Los invitados responden en su propio teléfono; nadie de la clínica puede responder por ellos. Si la "
    "tarjeta es suya, use un navegador donde no tenga una sesión abierta.",
    "wait": "Tarjeta {number}: ahora deje que nuestro equipo le vea",
    "wait_lead": "Vaya con alguien de nuestro equipo y muéstrele esta página. Dos personas ven quién es usted, por "
    "ejemplo con una identificación con foto. Después firma aquí.",
    "card": "Tarjeta",
    "colour_green": "verde",
    "colour_blue": "azul",
    "colour_orange": "naranja",
    "colour_purple": "morada",
    "colour_red": "roja",
    "colour_grey": "gris",
    "digits": "Cifras para nuestro equipo",
    "digits_why": "Ellos las escriben, para que nadie pueda confirmar una tarjeta sin su teléfono.",
    "go_on": "Ya me vieron: seguir",
    "wait_no": "Todavía puede decir que no.",
    "no_thanks": "No, gracias",
    "write_name": "Por favor, escriba su nombre y sus apellidos, con letras.",
    "long_name": "Ese nombre es demasiado largo para nuestro formulario. Por favor, venga a nuestra mesa.",
    "cannot_print": "Nuestros documentos no pueden imprimir {characters}. Por favor, escriba su nombre en letras "
    "latinas, como en su identificación, o venga a nuestra mesa por el formulario en papel.",
    "write_born": "Por favor, elija su fecha de nacimiento; mire el año otra vez.",
    "write_email": "No es una dirección de correo completa. Se ve así: ana@example.org. También puede dejarla vacía.",
}
TEXTS = {"en": ENGLISH, "es": SPANISH}


class CardWords:
    """The texts of one language with their fields filled in, as a page asks for them: ``{{ t.begin }}``."""

    def __init__(self, language: str, **fields: Any) -> None:
        self.language = language if language in TEXTS else "en"
        self.fields = fields

    def __getitem__(self, key: str) -> str:
        said = {
            name: day_in(self.language, value) if isinstance(value, date) else value
            for name, value in self.fields.items()
        }
        return TEXTS[self.language][key].format_map(said)


class CardSaid(Exception):
    """A refusal that the guest reads: a key of the texts and its fields; `field` is where it belongs on the page."""

    def __init__(self, key: str, field: str = "", **fields: Any) -> None:
        self.key, self.field, self.fields = key, field, fields
        super().__init__(CardWords("en", **fields)[key])

    def in_language(self, language: str) -> str:
        """The sentence in the language of the page."""
        return CardWords(language, **self.fields)[self.key]
