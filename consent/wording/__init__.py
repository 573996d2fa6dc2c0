"""The text people sign: templates, versions, languages, frozen once used; the completeness linter."""
