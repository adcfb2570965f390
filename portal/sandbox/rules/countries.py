"""Which countries letters can go to, by the two prices for post abroad."""

from __future__ import annotations

import re
import unicodedata

EUROPE = """
albania|andorra|armenia|austria|azerbaijan|azores|balearic islands|belarus|belgium|
bosnia and herzegovina|bulgaria|canary islands|corsica|croatia|cyprus|czech republic|czechia|denmark|
estonia|faroe islands|finland|france|georgia|germany|gibraltar|greece|greenland|hungary|iceland|
ireland|republic of ireland|eire|italy|kazakhstan|kosovo|kyrgyzstan|latvia|liechtenstein|lithuania|
luxembourg|macedonia|north macedonia|madeira|malta|moldova|monaco|montenegro|netherlands|holland|norway|
poland|portugal|romania|russia|san marino|serbia|slovakia|slovenia|spain|sweden|switzerland|tajikistan|
turkey|turkmenistan|ukraine|uzbekistan|vatican city
"""
REST_OF_WORLD = """
afghanistan|algeria|american samoa|angola|anguilla|antigua and barbuda|argentina|aruba|ascension|
australia|bahamas|bahrain|bangladesh|barbados|belize|benin|bermuda|bhutan|bolivia|bonaire|botswana|
brazil|british virgin islands|brunei|burkina faso|burma|burundi|cambodia|cameroon|canada|cape verde|
cayman islands|central african republic|chad|chile|china|christmas island|cocos islands|colombia|comoros|
congo|democratic republic of the congo|cook islands|costa rica|cote divoire|cuba|curacao|djibouti|
dominica|dominican republic|east timor|ecuador|egypt|el salvador|equatorial guinea|eritrea|eswatini|
ethiopia|falkland islands|fiji|french guiana|french polynesia|gabon|gambia|ghana|grenada|guadeloupe|guam|
guatemala|guinea|guinea bissau|guyana|haiti|honduras|hong kong|india|indonesia|iran|iraq|israel|
ivory coast|jamaica|japan|jordan|kenya|kiribati|kuwait|laos|lebanon|lesotho|liberia|libya|macao|
madagascar|malawi|malaysia|maldives|mali|marshall islands|martinique|mauritania|mauritius|mayotte|mexico|
micronesia|mongolia|montserrat|morocco|mozambique|myanmar|namibia|nauru|nepal|new caledonia|new zealand|
nicaragua|niger|nigeria|niue|norfolk island|north korea|northern mariana islands|oman|pakistan|palau|
palestine|panama|papua new guinea|paraguay|peru|philippines|pitcairn|puerto rico|qatar|reunion|rwanda|
saint helena|saint kitts and nevis|saint lucia|saint martin|saint pierre and miquelon|
saint vincent and the grenadines|samoa|sao tome and principe|saudi arabia|senegal|seychelles|sierra leone|
singapore|solomon islands|somalia|south africa|south korea|south sudan|sri lanka|sudan|suriname|swaziland|
syria|taiwan|tanzania|thailand|togo|tokelau|tonga|trinidad and tobago|tristan da cunha|tunisia|
turks and caicos islands|tuvalu|uganda|united arab emirates|united states|united states of america|
united states virgin islands|usa|us|uruguay|vanuatu|venezuela|vietnam|wallis and futuna|western sahara|
yemen|zambia|zimbabwe
"""


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"[^a-z]+", " ", plain.replace("'", "").replace("’", "")).strip()
    plain = re.sub(r"^the ", "", plain).replace(" & ", " and ")
    return re.sub(r"\bst\b", "saint", plain)


ZONES = {
    _key(name): zone
    for zone, names in (("europe", EUROPE), ("rest-of-world", REST_OF_WORLD))
    for name in names.replace("\n", "").split("|")
}


def postage_to(line: str) -> str | None:
    """The class of post to the country that a line names; None where it names none."""
    return ZONES.get(_key(line))
