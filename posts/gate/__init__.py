"""May this be published? Facts in, reasons out; nothing but the standard library and the rules of consent."""
