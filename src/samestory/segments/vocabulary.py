"""Names and dates as pages write them: the pieces that the rules of wording are made of, as regular expressions."""

from __future__ import annotations


def either(*alternatives: str) -> str:
    """One of these patterns, as a group that captures nothing."""
    return "(?:" + "|".join(alternatives) + ")"


# A name: capitalised words, with the small words that stand within names.
NAME = r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|de|da|di|van|von|der|al|bin|of|the|for|at|and))*"

AGENCY = either(
    r"AP|A\.P\.|(?:The )?Associated Press|AFP|Agence France-Presse|(?:Thomson )?Reuters|REUTERS|UPI|EPA|EFE|DPA|dpa",
    r"ANSA|TASS|Tass|ITAR-TASS|RIA Novosti|Sputnik|Interfax|Xinhua|IANS|PTI|ANI|Kyodo|Yonhap|Bloomberg",
    r"PA|Press Association|AAP|CP|The Canadian Press|CNN|CNNMoney|CBS News|NBC News",
)
PICTURE_SOURCE = either(
    AGENCY,
    r"Getty(?: Images)?|AP Photo|Shutterstock|Alamy|WireImage|FilmMagic|Rex|REX|Corbis|iStock",
    r"Splash(?: News)?|Barcroft|PA Wire|Zuma|ZUMA|Invision|MEGA|Backgrid|Flickr|Wikimedia(?: Commons)?|Handout|NASA",
    r"BBC|Instagram|Facebook|Twitter|YouTube|The New York Times|The Washington Post|Los Angeles Times",
)
# Those that some sites set before a caption without any mark: "Getty Images A man walks".
GLUED_SOURCE = either(
    r"Getty(?: Images)?|GETTY|AP:Associated Press|Associated Press|PA:Press Association|Press Association|Reuters|EPA",
    r"AFP|Rex Features|REX|Splash News|Alamy|Shutterstock|Barcroft Media|Twitter|Instagram|Facebook",
)

MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
WEEKDAY = r"(?:Mon|Tue|Tues|Wed|Thu|Thurs|Fri|Sat|Sun)[a-z]*\.?"
DATE = rf"(?:{WEEKDAY},? ?)?" + either(
    rf"{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?",
    rf"\d{{1,2}}(?:st|nd|rd|th)? {MONTH}(?:,? \d{{4}})?",
    r"\d{1,2}/\d{1,2}/\d{2,4}",
    r"\d{4}-\d{2}-\d{2}",
)
TIME = (
    either(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[AaPp]\.?[Mm]\.?)?", r"\d{1,2} ?[AaPp]\.?[Mm]\.?")
    + r"(?: ?(?:[A-Z]{2,4}|\(\w+\)))?"
)

# Places that outlets set before a story in small letters too: "Almaty: Police said".
CITY = either(
    r"Abidjan|Abuja|Accra|Addis Ababa|Algiers|Almaty|Amman|Amsterdam|Ankara|Astana|Athens|Auckland|Baghdad|Baku",
    r"Bangkok|Barcelona|Beijing|Beirut|Belfast|Belgrade|Bengaluru|Berlin|Bogota|Boston|Brasilia|Brussels",
    r"Bucharest|Budapest|Buenos Aires|Cairo|Cape Town|Caracas|Chennai|Chicago|Colombo|Copenhagen|Dakar|Dallas",
    r"Damascus|Delhi|Dhaka|Doha|Dubai|Dublin|Edinburgh|Frankfurt|Gaza(?: City)?|Geneva|Hamburg|Hanoi|Harare",
    r"Havana|Helsinki|Hong Kong|Houston|Hyderabad|Islamabad|Istanbul|Jakarta|Jerusalem|Johannesburg|Kabul",
    r"Kampala|Karachi|Kathmandu|Khartoum|Kiev|Kigali|Kinshasa|Kolkata|Kuala Lumpur|Kuwait City|Kyiv|Lagos",
    r"Lahore|Lima|Lisbon|London|Los Angeles|Madrid|Manila|Melbourne|Mexico City|Miami|Milan|Minsk|Mogadishu",
    r"Montreal|Moscow|Mumbai|Munich|Nairobi|New Delhi|New York|Nice|Oslo|Ottawa|Paris|Phnom Penh|Prague",
    r"Pretoria|Pyongyang|Quito|Rabat|Riga|Rio de Janeiro|Riyadh|Rome|San Francisco|Sanaa|Santiago|Sao Paulo",
    r"Sarajevo|Seoul|Shanghai|Singapore|Skopje|Sofia|Srinagar|Stockholm|Strasbourg|Sydney|Taipei|Tallinn",
    r"Tashkent|Tbilisi|Tehran|Tel Aviv|The Hague|Tokyo|Toronto|Tripoli|Tunis|Ulaanbaatar|United Nations|Vienna",
    r"Vilnius|Warsaw|Washington|Wellington|Yangon|Yerevan|Zagreb|Zurich",
)

UNENDED = r"[^.!?…:;,\"”’'\s][\"”’']*$"  # a line that does not end as a sentence does
