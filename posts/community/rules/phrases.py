"""Three plain words that an author sends us from their account: nothing in them says anything of anybody. No Django."""

from collections.abc import Callable, Sequence

WORDS_OF = {
    "en": """
        apple basket bridge button candle carpet castle cloud copper corner cotton desert drum
        eagle engine feather ferry field flute forest garden glass guitar hammer harbor hill island
        jacket kettle ladder lantern lemon letter lighthouse maple marble meadow mirror moon
        mountain needle ocean orange paper pebble pencil piano pigeon pillow planet pocket puzzle
        rabbit railway ribbon river rocket saddle sailor scarf shell silver stone sugar sunset table
        teapot thunder ticket tiger tower tulip umbrella valley velvet violin walnut window winter
    """,
    "es": """
        abeja aldea algodón arena azúcar balcón bandera barco bosque botón brújula caballo campana
        canasta canción castillo cebra cereza cobre colina cometa conejo cuerda delfín desierto
        espejo estrella faro flauta fresa fuente gaviota girasol globo guitarra hoja isla jardín
        lago lámpara lápiz limón lluvia luna madera manzana mapa mar melón mesa montaña
        naranja nieve nube nuez olivo papel paraguas pera piano piedra plata playa pluma
        puente puerto reloj río roca silla sol sombrero tambor taza tejado tigre torre tren
        trigo valle vela ventana viento violín
    """,
}
HOW_MANY = 3


def phrase_of(language: str, choose: Callable[[Sequence[str]], str]) -> str:
    """Three words of the language, each picked by `choose`, with a space between them."""
    words = WORDS_OF.get(language, WORDS_OF["en"]).split()
    return " ".join(choose(words) for _ in range(HOW_MANY))
