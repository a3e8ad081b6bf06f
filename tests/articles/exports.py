"""Synthetic exports: the same stories as each text database, crawler or table would write them.

The structure follows what the parsers of LexisNexisTools, tm.plugin.factiva and pq_parser were written against; the
texts are ours.
"""

from __future__ import annotations

import csv
import html
import io
import json
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
LOADED = "March 9, 2031"  # no story is dated so: whoever takes it for the date of publication is found out


@dataclass(frozen=True)
class Story:
    """One article as its paper had it."""

    headline: str = "Ferry runs aground off Carrow"
    paragraphs: tuple[str, ...] = (
        "A ferry with 140 people on board ran aground off Carrow early on Thursday, the harbour master said, and "
        "nobody was hurt when the crew led the passengers to the boats.",
        "“We felt a jolt and then nothing,” said Ida Brandt, a café owner from Wesby, who had been asleep on the upper "
        "deck when the ship touched the sandbank north of the lighthouse.",
        "The line will not sail again before the weekend | an inquiry has begun {so far} with no finding.",
    )
    outlet: str = "The Carrow Courier"
    published: date = date(2021, 3, 4)
    language: str = "en"
    author: str = "Jane Roe"
    rights: str = "Copyright 2021 Carrow Press Ltd"
    deck: str = ""


class Words(NamedTuple):
    """What an interface calls the parts of the exports."""

    numbered: str
    headline: str
    byline: str
    section: str
    length: str
    body: str
    loaded: str
    language: str
    kind: str
    deck: str
    words: str
    document: str
    end: str
    classification: str
    full_text: str
    outlet: str
    published: str
    title: str
    author: str
    abstract: str
    languages: dict[str, str]


def _named(*names: str) -> dict[str, str]:
    return dict(zip(("en", "de", "fr", "es", "nl"), names, strict=True))


WORDS = {
    "en": Words(
        "{n} of {of} DOCUMENTS", "HEADLINE", "BYLINE", "SECTION", "LENGTH", "BODY", "LOAD-DATE", "LANGUAGE",
        "PUBLICATION-TYPE", "HIGHLIGHT", "words", "Document", "End of Document", "Classification", "Full text",
        "Publication title", "Publication date", "Title", "Author", "Abstract",
        _named("English", "German", "French", "Spanish", "Dutch"),
    ),
    "de": Words(
        "Dokument {n} von {of}", "ÜBERSCHRIFT", "AUTOR", "RUBRIK", "LÄNGE", "VOLLTEXT", "UPDATE", "SPRACHE",
        "PUBLIKATIONSTYP", "ZUSAMMENFASSUNG", "Wörter", "Dokument", "Ende des Dokuments", "Klassifizierung", "Volltext",
        "Titel der Publikation", "Publikationsdatum", "Titel", "Autor", "Zusammenfassung",
        _named("Englisch", "Deutsch", "Französisch", "Spanisch", "Niederländisch"),
    ),
    "fr": Words(
        "Document {n} de {of}", "TITRE", "AUTEUR", "RUBRIQUE", "LONGUEUR", "TEXTE", "DATE-CHARGEMENT", "LANGUE",
        "TYPE-PUBLICATION", "RÉSUMÉ", "mots", "Document", "Fin du document", "Classification", "Texte intégral",
        "Titre de la publication", "Date de publication", "Titre", "Auteur", "Résumé",
        _named("Anglais", "Allemand", "Français", "Espagnol", "Néerlandais"),
    ),
    "es": Words(
        "{n} de {of} DOCUMENTOS", "TITULAR", "AUTOR", "SECCIÓN", "LONGITUD", "TEXTO", "FECHA-CARGA", "IDIOMA",
        "TIPO-PUBLICACION", "RESUMEN", "palabras", "Documento", "Fin del documento", "Clasificación", "Texto completo",
        "Título de publicación", "Fecha de publicación", "Título", "Autor", "Resumen",
        _named("Inglés", "Alemán", "Francés", "Español", "Neerlandés"),
    ),
    "nl": Words(
        "Document {n} van {of}", "KOP", "AUTEUR", "RUBRIEK", "LENGTE", "VOLLEDIGE TEKST", "LAADDATUM", "TAAL",
        "PUBLICATIETYPE", "SAMENVATTING", "woorden", "Document", "Einde van document", "Classificatie",
        "Volledige tekst", "Titel van publicatie", "Publicatiedatum", "Titel", "Auteur", "Samenvatting",
        _named("Engels", "Duits", "Frans", "Spaans", "Nederlands"),
    ),
}  # fmt: skip


def written(day: date, interface: str) -> str:
    """A date in the words of an interface."""
    month = MONTHS[interface].split()[day.month - 1]
    if interface == "en":
        return f"{month} {day.day}, {day.year} {day:%A}"
    joined = f" de {month} de " if interface == "es" else f". {month} " if interface == "de" else f" {month} "
    return f"{day.day}{joined}{day.year}"


def nexis(stories: Sequence[Story], interface: str = "en", of: int | None = None, labelled: bool = False) -> bytes:
    """Classic text export; ``labelled`` gives the older one, in which headline and body have labels too."""
    w = WORDS[interface]
    out = ["\n\n\nDownload Request: Selected Items: 1-10\nTerms: (ferry)\n\n"]
    for n, story in enumerate(stories, start=1):
        day = written(story.published, interface)
        out.append(f"{w.numbered.format(n=n, of=of or len(stories)):>48}\n\n\n")
        out.append(f"{story.outlet:>50}\n\n{day:>60}\n{'Edition 1;':>44}\n\n")
        out.append(_block(story.headline, w.headline if labelled else None))
        out.append(_block(story.author, w.byline))
        out.append(f"{w.section}: NEWS; Pg. 6\n\n{w.length}: 73 {w.words}\n\n")
        out.append(_block(story.deck, w.deck) if story.deck else "")
        out.append(f"{w.body}:\n" if labelled else "")
        out.extend(_block(paragraph) for paragraph in story.paragraphs)
        loaded = LOADED if interface == "en" else written(date(2031, 3, 9), interface)
        out.append(f"{w.loaded}: {loaded}\n\n{w.language}: {w.languages[story.language].upper()}\n\n")
        out.append(f"{w.kind}: Newspaper\n\n\n{story.rights:>60}\n{'All Rights Reserved':>50}\n\n")
    return "".join(out).encode()


def _block(text: str, label: str | None = None) -> str:
    lines = textwrap.wrap(f"{label}: {text}" if label else text, 78, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines) + "\n\n"


def nexis_uni_lines(stories: Sequence[Story], interface: str = "en", cover: bool = True) -> list[str]:
    """The paragraphs of a Nexis Uni export."""
    w = WORDS[interface]
    lines: list[str] = []
    if cover:
        lines += [
            "Date and Time: Monday, April 5, 2021 4:51:00 PM GMT",
            "Job Number: 140012",
            f"Documents ({len(stories)})",
        ]
        lines += [f"{n}. {story.headline}" for n, story in enumerate(stories, start=1)]
        lines += ["Client/Matter: -None-", "Search Terms: ferry", "Search Type: NexisUni", ""]
    for story in stories:
        lines += ["", story.headline, story.outlet, f"{written(story.published, interface)}\xa0", story.rights, ""]
        lines += [f"{w.section.capitalize()}:\xa0NEWS; Pg. 6", f"{w.length.capitalize()}:\xa073 {w.words}"]
        lines += [f"{w.byline.capitalize()}:\xa0{story.author}"]
        lines += [f"{w.deck.capitalize()}:\xa0{story.deck}"] if story.deck else []
        lines += [w.body.capitalize(), "", *story.paragraphs, ""]
        lines += [w.classification, f"{w.language.capitalize()}:\xa0{w.languages[story.language].upper()}"]
        lines += [f"{w.kind.capitalize()}:\xa0Newspaper", f"Load-Date:\xa0{LOADED}", "", w.end]
    return lines


def nexis_docx(stories: Sequence[Story], interface: str = "en", cover: bool = True) -> bytes:
    import docx

    document = docx.Document()
    for line in nexis_uni_lines(stories, interface, cover):
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def nexis_rtf(stories: Sequence[Story], interface: str = "en", cover: bool = True) -> bytes:
    lines = nexis_uni_lines(stories, interface, cover)
    body = "".join(f"\\pard {escape_rtf(line)}\\par\n" for line in lines)
    link = '{\\field{\\*\\fldinst{HYPERLINK "https://advance.example/document/?id=1"}}{\\fldrslt{\\ul '
    title = f"\\pard {escape_rtf(stories[0].headline)}\\par" if stories else "none"
    linked = body.replace(title, f"\\pard {link}{escape_rtf(stories[0].headline)}}}}}}}\\par" if stories else "", 1)
    return _rtf(linked)


def escape_rtf(text: str) -> str:
    """Text as rich text writes it: characters beyond ASCII as their UTF-16 units."""
    out = []
    for character in text:
        if character in "\\{}":
            out.append("\\" + character)
        elif character.isascii():
            out.append(character)
        else:
            units = memoryview(character.encode("utf-16-le")).cast("h")
            out.extend(f"\\u{unit}?" for unit in units)
    return "".join(out)


def _rtf(body: str) -> bytes:
    fonts = "{\\fonttbl{\\f0\\fswiss\\fcharset0 Arial;}}{\\colortbl;\\red0\\green0\\blue0;}"
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0" + fonts + "\n" + body + "}").encode("ascii")


def _factiva_fields(story: Story, interface: str, number: int) -> list[tuple[str, list[str]]]:
    w = WORDS[interface]
    day = written(story.published, interface).removesuffix(f" {story.published:%A}")
    fields = [
        ("SE", ["News"]), ("HD", [story.headline]), ("BY", [story.author]), ("WC", [f"73 {w.words}"]), ("PD", [day]),
        ("SN", [story.outlet]), ("SC", ["CARCOU"]), ("PG", ["6"]), ("LA", [w.languages[story.language]]),
        ("CY", [story.rights]), ("LP", list(story.paragraphs[:2])), ("TD", list(story.paragraphs[2:])),
        ("NS", ["gcat : Political/General News"]), ("RE", ["uk : United Kingdom"]),
        ("AN", [f"{w.document} CARCOU0020210304eh340{number:04d}"]),
    ]  # fmt: skip
    return [field for field in fields if field[1]]


def factiva_html(stories: Sequence[Story], interface: str = "en") -> bytes:
    """With field codes ("Full Article/Report plus Indexing")."""
    articles = []
    for number, story in enumerate(stories):
        rows = []
        for code, values in _factiva_fields(story, interface, number):
            texts = [html.escape(value) for value in values]
            cell = f"<b class='enHeadline'>{texts[0]}</b>\n" if code == "HD" else texts[0]
            if code in ("LP", "TD"):
                cell = "".join(f'<p class="articleParagraph enarticleParagraph">{text}</p>\n' for text in texts)
            rows.append(f'<tr><td align="right" class="index"><b>{code}</b>&nbsp;</td><td>{cell}</td></tr>')
        articles.append(
            f'<span></span><div class="article {story.language}Article"><table>{"".join(rows)}</table><br/></div><br/>'
        )
    return _factiva_page(articles)


def factiva_html_plain(stories: Sequence[Story], interface: str = "en") -> bytes:
    """Without field codes ("Full Article/Report")."""
    articles = []
    for number, story in enumerate(stories):
        told = {code: html.escape(values[0]) for code, values in _factiva_fields(story, interface, number)}
        above = "".join(f"<div>{told[code]}</div>" for code in ("WC", "PD", "SN", "SC", "PG", "LA", "CY"))
        body = "".join(
            f'<p class="articleParagraph {story.language}articleParagraph">{html.escape(paragraph)}</p>'
            for paragraph in story.paragraphs
        )
        articles.append(
            f'<div class="article {story.language}Article"><div id="hd"><span class="enHeadline">{told["HD"]}</span>'
            f'</div><div class="author">{told["BY"]}</div>{above}{body}<p>{told["AN"]}</p></div>'
        )
    return _factiva_page(articles)


def _factiva_page(articles: list[str]) -> bytes:
    head = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/x.dtd">'
    style = "<style>" + ".article{margin:0}" * 5000 + "</style>"  # theirs is longer than any head that one reads
    page = f"{head}\n<html><head><meta charset='utf-8'><title>Factiva</title>{style}</head><body>"
    return (page + "".join(articles) + '<div id="pageFooter">© 2021 Factiva</div></body></html>').encode()


def factiva_rtf(stories: Sequence[Story], interface: str = "en") -> bytes:
    """With field codes, as rows of a table."""
    rows = []
    for number, story in enumerate(stories):
        for code, values in _factiva_fields(story, interface, number):
            cell = "\\par\n".join(map(escape_rtf, values))
            rows.append(f"\\trowd\\cellx900\\cellx9000\\pard\\intbl {{\\b {code}}}\\cell {cell}\\cell\\row\n")
        rows.append("\\pard\\page\n")
    return _rtf("".join(rows))


def factiva_rtf_plain(stories: Sequence[Story], interface: str = "en") -> bytes:
    """Without field codes: one paragraph a field, in a fixed order."""
    lines = []
    for number, story in enumerate(stories):
        told = {code: values[0] for code, values in _factiva_fields(story, interface, number)}
        by = {"en": "By", "de": "Von", "fr": "Par", "es": "Por", "nl": "Door"}[interface]
        lines += [told["HD"], f"{by} {story.author}"]
        lines += [told[code] for code in ("WC", "PD", "SN", "SC", "PG", "LA", "CY")]
        lines += ["", *story.paragraphs, "", told["AN"], ""]
    return _rtf("".join(f"\\pard {escape_rtf(line)}\\par\n" for line in lines))


SUBTITLE = _named("Subtitle", "Untertitel", "Sous-titre", "Subtítulo", "Ondertitel")  # of ProQuest


def proquest(stories: Sequence[Story], interface: str = "en", of: int | None = None) -> bytes:
    w = WORDS[interface]
    line = "_" * 60
    out = []
    for n, story in enumerate(stories, start=1):
        day = f"{story.published:%b} {story.published.day}, {story.published.year}"
        day = day if interface == "en" else written(story.published, interface)
        joined = {"en": "of", "de": "von", "fr": "sur", "es": "de", "nl": "van"}[interface]
        subtitle = [f"{SUBTITLE[interface]}: {story.deck}"] if story.deck else []
        out.append(
            "\n\n".join(
                [
                    f"{line}", f"{w.document} {n} {joined} {of or len(stories)}", story.headline,
                    f"{w.author}: {story.author}",
                    f"{w.abstract}: A summary that no paper printed.", *subtitle,
                    "Links: https://search.example/docview/1?accountid=1",
                    f"{w.full_text}: " + "\n".join(story.paragraphs),
                    f"{w.title}: {story.headline}", f"{w.outlet}: {story.outlet}", "Pages: 6",
                    f"{w.published}: {day}", "ISSN: 12345678",
                    f"{w.language}: {w.languages[story.language]}".capitalize(),
                    f"ProQuest document ID: 24{n}", f"Copyright: {story.rights}", "Last updated: 2031-03-09",
                    "Database: Global Newsstream",
                ]
            )
        )  # fmt: skip
    out.append(f"{line}\n\nContact us at: http://www.proquest.example\n\nCopyright © 2021 ProQuest LLC.")
    return "\n\n".join(out).encode()


def table(stories: Sequence[Story], interface: str = "en") -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, ["title", "text", "outlet", "published", "language", "credit"])
    writer.writeheader()
    writer.writerows(map(_record, stories))
    return buffer.getvalue().encode()


def json_lines(stories: Sequence[Story], interface: str = "en") -> bytes:
    return "\n".join(json.dumps(_record(story)) for story in stories).encode()


def _record(story: Story) -> dict[str, str]:
    return {
        "title": story.headline,
        "text": "\n".join(story.paragraphs),
        "outlet": story.outlet,
        "published": story.published.isoformat(),
        "language": story.language,
        "credit": f"{story.author}; {story.rights}",
    }


class Writer(NamedTuple):
    """A way to write stories: the format that must recognise it, the file's suffix, and the function."""

    format: str
    suffix: str
    write: Callable[..., bytes]
    is_database: bool = True


WRITERS = {
    "nexis": Writer("nexis", ".txt", nexis),
    "nexis labelled": Writer("nexis", ".TXT", lambda stories, interface="en": nexis(stories, interface, labelled=True)),
    "nexis docx": Writer("nexis-uni", ".DOCX", nexis_docx),
    "nexis docx without cover": Writer(
        "nexis-uni", ".docx", lambda stories, interface="en": nexis_docx(stories, interface, cover=False)
    ),
    "nexis rtf": Writer("nexis-uni", ".rtf", nexis_rtf),
    "factiva html": Writer("factiva", ".html", factiva_html),
    "factiva html without codes": Writer("factiva", ".htm", factiva_html_plain),
    "factiva rtf": Writer("factiva", ".rtf", factiva_rtf),
    "factiva rtf without codes": Writer("factiva", ".rtf", factiva_rtf_plain),
    "proquest": Writer("proquest", ".txt", proquest),
    "csv": Writer("csv", ".csv", table, is_database=False),
    "jsonl": Writer("jsonl", ".jsonl", json_lines, is_database=False),
}


ADDRESS = "https://www.carrow-courier.example/news/ferry"


def web_page(story: Story, inside: str = "") -> bytes:
    """A page with menu, comments and other stories; ``inside`` stands after the first paragraph."""
    first, *others = (f"<p>{html.escape(paragraph)}</p>" for paragraph in story.paragraphs)
    deck = f'<p class="standfirst">{html.escape(story.deck)}</p>' if story.deck else ""
    linked = {"@type": "NewsArticle", "author": [{"name": story.author}], "datePublished": story.published.isoformat()}
    return f"""<!DOCTYPE html>
<html lang="{story.language}-GB"><head><meta charset="utf-8">
<title>{html.escape(story.headline)} | {story.outlet}</title>
<link rel="canonical" href="{ADDRESS}"><script type="application/ld+json">{json.dumps(linked)}</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article><header><h1>{html.escape(story.headline)}</h1>{deck}</header>{first}{inside}{"".join(others)}</article></main>
<aside><a href="/other">Mayor opens another bridge</a></aside>
<div id="comment-list"><p>I do not believe a word of this, says a reader who was not there and knows it all.</p></div>
<footer>© The owners of this page</footer><script>var tracked = true;</script></body></html>""".encode()


def web_archive(story: Story) -> bytes:
    """The page as a crawler archives it, three years later."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    page, told = io.BytesIO(web_page(story)), {"WARC-Date": "2024-03-09T00:00:00Z", "WARC-Record-ID": "<urn:uuid:1>"}
    record = writer.create_warc_record(ADDRESS, "response", page, http_headers=headers, warc_headers_dict=told)
    writer.write_record(record)
    return buffer.getvalue()


def news_please(story: Story) -> bytes:
    record = {
        "authors": [story.author], "date_download": "2024-03-09 00:00:00",
        "date_publish": f"{story.published.isoformat()} 00:00:00", "description": story.deck or None,
        "language": story.language, "maintext": "\n".join(story.paragraphs), "source_domain": "carrow-courier.example",
        "title": story.headline, "url": ADDRESS,
    }  # fmt: skip
    return json.dumps(record).encode()


def nela_record(story: Story) -> dict[str, str | int]:
    return {
        "id": f"carrowcourier--{story.published}--{story.headline}", "date": story.published.isoformat(),
        "source": "carrowcourier", "title": story.headline, "content": "\n".join(story.paragraphs),
        "author": story.author, "url": ADDRESS, "published": "", "published_utc": 0, "collection_utc": 1709942400,
    }  # fmt: skip


def nela_json(story: Story) -> bytes:
    return json.dumps([nela_record(story)]).encode()


def nela_database(story: Story) -> bytes:
    import sqlite3

    record = nela_record(story)
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE newsdata ({', '.join(record)})")
    connection.execute(f"INSERT INTO newsdata VALUES ({', '.join('?' * len(record))})", list(record.values()))
    connection.commit()
    return connection.serialize()


CRAWLS = {
    "html": Writer("html", ".html", web_page, is_database=False),
    "warc": Writer("warc", ".warc.gz", web_archive, is_database=False),
    "news-please": Writer("news-please", ".json", news_please, is_database=False),
    "nela json": Writer("nela", ".json", nela_json, is_database=False),
    "nela database": Writer("nela", ".db", nela_database, is_database=False),
}  # one story a file
