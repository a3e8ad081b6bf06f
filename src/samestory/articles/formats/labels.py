"""What the interfaces of the text databases call things, in English, German, French, Spanish and Dutch."""

from __future__ import annotations

import re

from samestory.articles.dates import fold

# What a label says, by all the names it has, folded. Those of fields that are not read are here too: they end a text.
# English, German and French names of Nexis are as LexisNexisTools and tm.plugin.lexisnexis have them, those of ProQuest
# as Zotero's translator has them; no export confirms the Spanish and Dutch names of Nexis.
NEXIS = {
    "headline": "headline title titre uberschrift schlagzeile titular titulo kop",
    "byline": "byline author auteur autor",
    "credit": "source credit quelle fuente bron",
    "section": "section rubrique rubrik seccion sectie rubriek",
    "length": "length longueur lange longitud lengte",
    "dateline": "dateline ortsmarke",
    "deck": "highlight abstract summary encart zusammenfassung resume resumen samenvatting",
    "body": "body|text|texte|texto|corps|volltext|cuerpo|volledige tekst",
    "loaded": (
        "load-date|load date|update|date-chargement|date de chargement|ladedatum|fecha-carga|fecha de carga|laaddatum"
        "|laad-datum"
    ),
    "language": "language langue sprache idioma taal",
    "type": "publication-type type-publication publikationstyp tipo-publicacion publicatietype pub-type",
    "picture": "graphic grafik graphique grafico grafiek",
    "address": "url",
    "other": (
        "subject sujet thema materia onderwerp company societe organization organisation person people ticker industry "
        "geographic geo-localization localisation-geo activity-sector secteur-activite stock-symbol symbole-boursier "
        "journal-code document-type distribution series correction correction-date notes name type city state country "
        "issn acc-no insert pub-date edition"
    ),
}
PROQUEST = {
    "headline": "title|titel|titre|titulo",
    "byline": "author|autor|auteur|authors|verfasser",
    "deck": "subtitle|untertitel|sous-titre|subtitulo|ondertitel",
    "body": "full text|volltext|texte integral|texte complet|texto completo|volledige tekst",
    "outlet": (
        "publication title|titel der publikation|publikationstitel|titre de la publication|titulo de publicacion"
        "|titulo de la publicacion|titel van publicatie|publicatietitel"
    ),
    "issue": "publication info|publikationsinfo|informations sur la publication|informacion de publicacion",
    "published": (
        "publication date|publikationsdatum|erscheinungsdatum|date de publication|date du diplome"
        "|fecha de publicacion|fecha de titulacion|publicatiedatum"
    ),
    "language": (
        "language of publication|language|publikationssprache|sprache|langue de publication|langue"
        "|idioma de la publicacion|idioma de publicacion|idioma|taal van publicatie|taal"
    ),
    "rights": "copyright",
    "other": (
        "abstract|zusammenfassung|resume|resumen|samenvatting|uittreksel"  # the database's own words, no newspaper's
        "|document url|dokument-url|url des dokuments|url du document|url del documento|document-url|url van document"
        "|publication|links|subject|thema|sujet|materia|onderwerp|location|ort|lieu|lugar|plaats|people|personen"
        "|company / organization|company/organization|classification|identifier / keyword|identifier/keyword"
        "|identificator / trefwoord|identifikator/schlusselwort|identifikator / schlusselwort"
        "|identificateur / mot-cle|identificador / palabra clave|pages|first page|seiten|paginas|number of pages|volume"
        "|band|tomo|issue|ausgabe|numero|publication year|erscheinungsjahr|annee de publication|ano de publicacion"
        "|jaar van publicatie|year|section|bereich|seccion|column|publisher|herausgeber|verlag|editeur|editorial"
        "|uitgever|place of publication|verlagsort|lieu de publication|lugar de publicacion|plaats van publicatie"
        "|country of publication|publikationsland|pays de publication|pais de publicacion|land van publicatie"
        "|publication subject|journal subject|issn|e-issn|isbn|source type|quellentyp|type de source|tipo de fuente"
        "|brontype|document type|dokumententyp|dokumenttyp|type de document|tipo de documento|documenttype"
        "|document feature|proquest document id|proquest-dokument-id|id de document proquest"
        "|id del documento de proquest|proquest document-id|last updated|zuletzt aktualisiert|letzte aktualisierung"
        "|derniere mise a jour|ultima actualizacion|laatst bijgewerkt|database|datenbank|base de donnees"
        "|base de datos|edition|dateline|company|story type|accession number|doi|credit|supplement|alternate title"
    ),
}
LANGUAGES = {
    "en": "english englisch anglais ingles engels",
    "de": "german deutsch allemand aleman duits",
    "fr": "french franzosisch francais frances frans",
    "es": "spanish spanisch espagnol espanol spaans castellano",
    "nl": "dutch niederlandisch neerlandais neerlandes nederlands holandes",
    "it": "italian italienisch italien italiano italiaans",
    "pt": "portuguese portugiesisch portugais portugues portugees",
    "ru": "russian russisch russe ruso",
    "zh": "chinese chinesisch chinois chino chinees",
    "ja": "japanese japanisch japonais japones japans",
    "ko": "korean koreanisch coreen coreano koreaans",
    "ar": "arabic arabisch arabe",
    "tr": "turkish turkisch turc turco turks",
    "pl": "polish polnisch polonais polaco pools",
    "sv": "swedish schwedisch suedois sueco zweeds",
    "uk": "ukrainian ukrainisch ukrainien ucraniano oekraiens",
}
LABEL = re.compile(r"[ \t\xa0]*([^\W\d_][^:\n]{0,40}):(?=[\s\xa0]|$)")
RIGHTS = re.compile(
    r"\W*(?:copyright\b|©|\(c\)|all rights reserved|alle rechte\b|tous droits|todos los derechos|reservados todos"
    r"|alle rechten\b)",
    re.IGNORECASE,
)


def label_names(table: dict[str, str]) -> dict[str, str]:
    """What each folded name in a table of labels says; names of several words are parted by bars."""
    parted = {what: names.split("|") if "|" in names else names.split() for what, names in table.items()}
    return {name: what for what, names in parted.items() for name in names}


def read_label(line: str, names: dict[str, str]) -> tuple[str, str, str] | None:
    """What a line's label says, the label as it stands, and the rest of the line; None where none opens it."""
    found = LABEL.match(line)
    if found is None:
        return None
    what = names.get(" ".join(fold(found[1]).split()))
    return None if what is None else (what, found[1], line[found.end() :].strip())


def language_code(name: str | None) -> str | None:
    """The ISO 639-1 code of the first language that a field names; the name itself where it is none known here."""
    words = re.findall(r"[^\W\d_]+", fold(name or ""))
    for word in words:
        for code, known in LANGUAGES.items():
            if word in known.split():
                return code
    return words[0] if words else None
