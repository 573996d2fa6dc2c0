"""The word screen: what in a text identifies a patient, or confirms that somebody is one. It finds; a person clears."""
