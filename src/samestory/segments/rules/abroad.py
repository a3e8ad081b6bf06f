"""The commonest wordings of notices, bylines, captions and furniture in other languages than English.

German, French, Spanish, Portuguese, Italian, Dutch and Russian. They hold for a whole line or for its beginning, as the
English rules do; what stands in another script than the story, recurs in an outlet's articles or is a bare list of
titles is found without them.
"""

from __future__ import annotations

from samestory.segments.rules.rule import AS_WRITTEN, END, START, rule
from samestory.segments.vocabulary import either

RULES_ABROAD = (
    rule(
        "notice",
        "rights",
        r"\b"
        + either(
            r"alle rechte vorbehalten",
            r"tous droits (?:réservés|de reproduction)",
            r"todos los derechos reservados",
            r"todos os direitos reservados",
            r"tutti i diritti riservati|riproduzione riservata",
            r"alle rechten voorbehouden",
            r"все права защищены",
        ),
        80,
    ),
    rule(
        "notice",
        "editor's note",
        START
        + either(
            r"anm(?:erkung|\.) d(?:er|\.) red(?:aktion|\.)",
            r"note de la rédaction|ndlr",
            r"nota (?:de la redacción|del editor)",
            r"nota da redação",
            r"nota della redazione|ndr",
            r"(?:noot|opmerking) van de redactie",
            r"(?:примечание|от) редакции",
        )
        + r"\b\s*[:.—–-]",
        200,
    ),
    rule(
        "notice",
        "correction",
        START
        + either(
            r"(?:korrektur|korrigendum|berichtigung|rectificatif|correction|corrección|rectificación|correção|correzione)",
            r"(?:errata corrige|rectificatie|correctie|исправление)",
            r"(?:in einer früheren (?:version|fassung)|une (?:première|précédente) version de cet article)\b.*",
            r"(?:una versión anterior de (?:este|esta)|in een eerdere versie van dit)\b.*",
        )
        + r"\s*(?:[:.—–]|$)",
        120,
    ),
    rule(
        "byline",
        "author",
        r"^(?:Von|Par|Por|Di|Door|Van onze|De notre|De nuestro|Автор|Autor(?:in)?|Auteur|Autore)\b:?"
        r"(?:[\s,|•·/]+(?:[A-ZÀ-ÞА-ЯЁ][\w.'’-]*|und|et|y|e|en|и|de|da|di|van|von|avec|mit|con|com|met|in|à|aus)){2,12}\W*$",
        16,
        AS_WRITTEN,
    ),
    rule(
        "byline",
        "time stamp",
        START
        + either(
            r"(?:aktualisiert|veröffentlicht|stand|erstellt)(?: am)?",
            r"(?:publié|mis à jour|modifié|posté)(?:e)? le",
            r"(?:publicado|actualizado|atualizado)(?: el| em)?",
            r"(?:pubblicato|aggiornato)(?: il)?",
            r"(?:gepubliceerd|bijgewerkt|geactualiseerd)(?: op)?",
            r"(?:опубликовано|обновлено|дата публикации)",
        )
        + r"\b\W*.{0,40}\d.{0,30}$",
        14,
    ),
    rule(
        "caption",
        "caption label",
        START
        + either(
            r"(?:foto|bild|grafik|video|archivbild|symbolbild|symbolfoto|quelle)",
            r"(?:photo|image|crédit(?:s)?(?: photo)?|légende|illustration)",
            r"(?:imagen|fotografía|crédito)",
            r"(?:imagem|legenda|didascalia|immagine|beeld|bron|фото|иллюстрация)",
        )
        + r"\s?[:/|©]\s*\S",
        60,
    ),
    rule(
        "furniture",
        "read more",
        START
        + either(
            r"(?:lesen sie (?:auch|hier|mehr|dazu)|(?:mehr )?zum thema|mehr (?:dazu|lesen)|weiterlesen)",
            r"(?:lire (?:aussi|la suite|également)|à lire(?: aussi)?|voir aussi|sur le même sujet|en savoir plus)",
            r"(?:lea también|leer más|te puede interesar|más información|ver también|vea también)",
            r"noticias relacionadas",
            r"(?:leia (?:também|mais)|veja também|saiba mais)",
            r"(?:leggi anche|leggi di più|per approfondire|guarda anche)",
            r"(?:lees (?:ook|meer|verder)|bekijk ook|meer over)",
            r"(?:читайте также|читать (?:далее|полностью)|смотрите также|подробнее)",
        )
        + r"\b(?:\s*[:>»|–-].*|[^.]{0,120})$",
        30,
    ),
    rule(
        "furniture",
        "subscribe",
        START
        + either(
            r"(?:jetzt )?(?:abonnieren|anmelden|registrieren|einloggen)|newsletter (?:abonnieren|bestellen)",
            r"(?:abonnez-vous|s[’']abonner|inscrivez-vous|se connecter|créer un compte)|recevez (?:notre|la) ",
            r"(?:suscr[ií]bete|suscribirse|regístrate|inicia(?:r)? sesión)|recibe (?:nuestro|el) ",
            r"(?:assine|inscreva-se|cadastre-se|entrar)",
            r"(?:abbonati|iscriviti|accedi|registrati)",
            r"(?:abonneer|meld je aan|inloggen|schrijf je in|aanmelden)",
            r"(?:подпишитесь|подписаться|подписывайтесь|войти|регистрация)",
        )
        + r"\b[^\"“„«]*$",
        25,
    ),
    rule(
        "furniture",
        "share",
        START
        + either(
            r"(?:teilen|auf (?:facebook|twitter|x|whatsapp) teilen|folgen sie uns|drucken|merken)",
            r"(?:partager|partagez|suivez-nous|imprimer|envoyer par (?:e-)?mail)",
            r"(?:compartir|comparte|síguenos|imprimir)",
            r"(?:compartilhar|compartilhe|siga-nos)",
            r"(?:condividi|seguici|stampa)",
            r"(?:delen|deel dit|volg ons|afdrukken)",
            r"(?:поделиться|поделитесь|следите за)",
        )
        + r"\b[^.\"“„«]{0,60}$",
        10,
    ),
    rule(
        "furniture",
        "comments",
        START
        + either(
            r"(?:\d+ )?(?:kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties?|комментари(?:й|и|ев))",
            r"(?:kommentar schreiben|réagir|deja tu comentario|lascia un commento|reageer|оставить комментарий)",
        )
        + r"(?: \(?\d+\)?)?"
        + END,
        8,
    ),
    rule(
        "furniture",
        "menu",
        START
        + either(
            r"startseite|nachrichten|schlagzeilen|anzeige|werbung|impressum|datenschutz(?:erklärung)?|agb|mehr|schließen",
            r"accueil|actualités?|publicité|annonce|mentions légales|confidentialité|fermer|à la une|plus",
            r"inicio|portada|noticias|publicidad|anuncio|aviso legal|privacidad|cerrar|más(?: leídas| vistas)?",
            r"início|notícias|publicidade|mais lidas|fechar",
            r"pubblicità|i più letti|notizie|chiudi",
            r"advertentie|nieuws|meest gelezen|sluiten|voorpagina",
            r"главная|новости|реклама|популярное|закрыть|меню",
            r"meistgelesen|am häufigsten gelesen|les plus lus|lo más (?:leído|visto)",
        )
        + END,
        5,
    ),
    rule(
        "furniture",
        "site",
        START
        + either(
            r"(?:wir verwenden|diese (?:web)?seite verwendet) cookies",
            r"(?:nous utilisons|ce site utilise) des cookies",
            r"(?:utilizamos|usamos|este sitio (?:web )?utiliza) cookies",
            r"(?:questo sito utilizza|utilizziamo) i? ?cookie",
            r"(?:wij|we) gebruiken cookies|deze (?:web)?site gebruikt cookies",
            r"(?:мы используем|сайт использует) (?:файлы )?cookie",
            r"(?:schlagwörter|themen|mots-clés|etiquetas|temas|trefwoorden|теги|метки)\s*:",
        ),
        60,
    ),
)
