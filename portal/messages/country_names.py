"""The countries of the world: the name to print, then the code and other names."""

from __future__ import annotations

# One country a line. Names are matched without accents, spaces and punctuation, with or
# without an article, and after "Republic of", "Kingdom of" and the like.
NAMES = """
Abu Dhabi|AE-AZ
Afghanistan|AF|افغانستان
Ajman|AE-AJ
Akrotiri|XQZ
Albania|AL|Shqipëria
Algeria|DZ|Algiers|Al Jazair|الجزائر
American Samoa|AS|Eastern Samoa
Andorra|AD
Angola|AO
Anguilla|AI
Antarctica|AQ
Antigua and Barbuda|AG|Antigwa a Barbiwda
Argentina|AR|Argentine|Argentine Republic|Yr Ariannin
Armenia|AM|Hayastan|Հայաստան
Aruba|AW
Ascension|SH-AC|Ascension Island
Australia|AU|Awstralia|Commonwealth of Australia
Austria|AT|Österreich|Oesterreich|Awstria|Republik Österreich
Azerbaijan|AZ|Azərbaycan|Azerbaycan|Aserbaijan
Azores|Autonomous Region of the Azores
Bahrain|BH|Al Bahrayn|البحرين
Baker Island
Balearic Islands|Illes Balears|Islas Baleares
Bangladesh|BD|East Pakistan|বাংলাদেশ
Barbados|BB
Belarus|BY|Belarws|Bielarus|Byelarus|Byelorussia|White Russia|Беларусь
Belgium|BE|België|Belgique|Belgien|Gwlad Belg
Belize|BZ|British Honduras
Benin|BJ|Dahomey
Bermuda|BM|Bermudas
Bhutan|BT|Bhwtan|Druk Yul
Bolivia|BO|Bolifia|Plurinational State of Bolivia
Bonaire|BQ-BO
Bosnia and Herzegovina|BA|BIH|Bosnia Herzegovina|Bosnia a Hercegovina|Босна и Херцеговина
Botswana|BW
Bouvet Island|BV
Brazil|BR|Brasil
British Antarctic Territory|BAT
British Indian Ocean Territory|IO|IOT|The British Indian Ocean Territory
British Virgin Islands|VG|BVI|Virgin Islands|The Virgin Islands|Virgin Islands (British)
Brunei|BN|Brunei Darussalam|بروني
Bulgaria|BG|Bwlgaria|България
Burkina Faso|BF
Burundi|BI|Bwrwndi
Cambodia|KH|Kampuchea|កម្ពុជា
Cameroon|CM|Cameroun|Camerŵn
Canada|CA
Canary Islands|Canaries|Islas Canarias|Tenerife|Gran Canaria|Lanzarote|Fuerteventura|La Palma|La Gomera|El Hierro|La Graciosa
Cape Verde|CV|Cabo Verde
Cayman Islands|KY
Central African Republic|CF|CAR|Central Africa|The Central African Republic|République Centrafricaine|Gweriniaeth Canolbarth Affrica
Ceuta|ES-CE
Chad|TD|Tchad|تشاد
Chile|CL
China|CN|PRC|Mainland China|Zhongguo|Tsieina|中国|People's Republic
Christmas Island|CX
Cocos (Keeling) Islands|CC|Territory of the Cocos (Keeling) Islands
Colombia|CO
Comoros|KM|Comores|Komori|Y Comoros|Union of the Comoros|The Union of the Comoros
Congo|CG|Brazzaville|French Congo|République du Congo|Gweriniaeth y Congo|Congo, Democratic Republic of
Congo (Democratic Republic)|CD|Democratic Republic of the Congo|The Democratic Republic of the Congo|Congo Brazzaville|République Démocratique du Congo|Gweriniaeth Ddemocrataidd Congo
Cook Islands|CK
Corsica|Corse
Costa Rica|CR
Croatia|HR|Hrvatska
Cuba|CU|Ciwba
Curaçao|CW|Country of Curaçao
Cyprus|CY|Kypros|Kıbrıs|Κύπρος
Czechia|CZ|CS|Czech Republic|The Czech Republic|Česko|Česká republika|Czechoslovakia|Y Weriniaeth Tsiec
Denmark|DK|Danmark|Denmarc
Dhekelia|XXD|Sovereign Base Areas of Akrotiri and Dhekelia
Djibouti|DJ|Jabuuti|Jibuti|جيبوتي
Dominica|DM|Dominique
Dominican Republic|DO|The Dominican Republic|República Dominicana|Gweriniaeth Dominica
Dubai|AE-DU|Dubai UAE
East Timor|TL|Timor-Leste|Dwyrain Timor
Easter Island
Ecuador|EC|Ecwador
Egypt|EG|Misr|Masr|Yr Aifft|United Arab Republic|مصر
El Salvador|SV|Salvador
Equatorial Guinea|GQ|Guinea Ecuatorial|Gini Gyhydeddol|Spanish Guinea
Eritrea|ER|إرتريا|ኤርትራ
Estonia|EE|Eesti|Esthonia
Eswatini|SZ|Swaziland|Kingdom of Swaziland|Ngwane|Gwlad Swazi
Ethiopia|ET|Abyssinia|ኢትዮጵያ
Falkland Islands|FK|Falkland|The Falklands|The Falkland Islands|Las Malvinas
Faroe Islands|FO|Faroes|Føroyar|Færøerne
Fiji|FJ|Ffiji|Viti
Finland|FI|Suomi|Y Ffindir
France|FR|French Republic|The French Republic|République française|Ffrainc
French Guiana|GF|Guyane
French Polynesia|PF|Polynésie française|French Oceania
French Southern Territories|TF
Fujairah|AE-FU
Gabon|GA|Gabun|Gabonese Republic|The Gabonese Republic
Georgia|GE|Sakartvelo|საქართველო
Germany|DE|DD|FRG|Deutschland|Bundesrepublik|East Germany|West Germany|Yr Almaen
Ghana|GH|Gold Coast
Gibraltar|GI
Greece|GR|Ellada|Ellas|Hellas|Hellenic Republic|The Hellenic Republic|Gwlad Groeg|Ελλάδα|Ελλάς
Greenland|GL|Kalaallit Nunaat|Grønland
Grenada|GD
Guadeloupe|GP
Guam|GU|Guåhån
Guatemala|GT
Guinea|GN|Guinée|French Guinea|Gini
Guinea-Bissau|GW|Guiné-Bissau|Portuguese Guinea
Guyana|GY|British Guiana|Co-operative Republic of Guyana
Haiti|HT|Ayiti
Heard Island and McDonald Islands|HM
Honduras|HN|Hondwras
Hong Kong|HK|Hong Kong Special Administrative Region|香港
Howland Island
Hungary|HU|Magyarország|Hwngari
Iceland|IS|Ísland|Gwlad yr Iâ
India|IN|Bharat|Hindustan|भारत
Indonesia|ID|Dutch East Indies
Iran|IR|Persia|ایران
Iraq|IQ|Irac|Irak|Al Iraq|العراق
Ireland|IE|Éire|ROI|Irish Republic|Rep of Ireland|Southern Ireland|South Ireland|Iwerddon
Israel|IL|Yisrael|ישראל|إسرائيل
Italy|IT|Italia|Italian Republic|The Italian Republic|Yr Eidal
Ivory Coast|CI|Côte d'Ivoire
Jamaica|JM
Japan|JP|Nihon|Nippon|日本
Jarvis Island
Johnston Atoll
Jordan|JO|Al Urdun|Hashemite Kingdom of Jordan|The Hashemite Kingdom of Jordan|Iorddonen|الأردن
Kazakhstan|KZ|Kazakh|Qazaqstan|Казахстан|Қазақстан
Kenya|KE
Kingman Reef
Kiribati|KI
Kosovo|XK|Kosova|Косово
Kuwait|KW|Koweit|الكويت
Kyrgyzstan|KG|Kyrgyz Republic|The Kyrgyz Republic|Kirghizia|Kirghizstan|Кыргызстан
Laos|LA|Lao|Lao People's Democratic Republic|The Lao People's Democratic Republic
Latvia|LV|Latvija|Latfia
Lebanon|LB|Lubnan|Libanus|Lebanese Republic|The Lebanese Republic|لبنان
Lesotho|LS|Basutoland
Liberia|LR
Libya|LY|Libia|ليبيا
Liechtenstein|LI
Lithuania|LT|Lietuva|Lithwania
Luxembourg|LU|Luxemburg|Grand Duchy of Luxembourg|The Grand Duchy of Luxembourg|Lwcsembwrg
Macao|MO|Macau|Macao Special Administrative Region
Madagascar|MG|Madagasikara|Malagasy Republic|Madagasgar
Madeira|Autonomous Region of Madeira|Região Autónoma da Madeira
Malawi|MW|Nyasaland
Malaysia|MY|Federation of Malaysia
Maldives|MV|Dhivehi Raajje
Mali|ML|French Sudan
Malta|MT
Marshall Islands|MH|Ynysoedd Marshall
Martinique|MQ
Mauritania|MR|Mauritanie|موريتانيا
Mauritius|MU|Maurice
Mayotte|YT
Melilla|ES-ML
Mexico|MX|México|United Mexican States|The United Mexican States|Mecsico
Micronesia|FM|Federated States of Micronesia|The Federated States of Micronesia|Micronesia, Federated States of
Midway Islands
Moldova|MD|Moldavia|Moldofa
Monaco|MC
Mongolia|MN|Outer Mongolia
Montenegro|ME|Crna Gora|Црна Гора
Montserrat|MS
Morocco|MA|Maroc|Marruecos|Moroco|المغرب
Mozambique|MZ|Moçambique|Mosambic
Myanmar (Burma)|MM|Myanmar|Burma|Myanma|Republic of the Union of Myanmar|The Republic of the Union of Myanmar|မြန်မာ
Namibia|NA|Namibie|South West Africa
Nauru|NR|Naoero
Navassa Island
Nepal|NP|नेपाल
Netherlands|NL|Holland|Nederland|Yr Iseldiroedd
New Caledonia|NC|Nouvelle-Calédonie
New Zealand|NZ|Aotearoa|Seland Newydd
Nicaragua|Nicaragwa
Niger|NE
Nigeria|NG
Niue|NU
Norfolk Island|NF
North Korea|KP|DPRK|PRK|Gogledd Corea|The Democratic People's Republic of Korea
North Macedonia|MK|Macedonia|Makedonija|Gogledd Macedonia|Македонија
Northern Mariana Islands|MP|Northern Marianas|Commonwealth of the Northern Mariana Islands
Norway|NO|Norge|Noreg|Norwy
Occupied Palestinian Territories|PS|Palestine|Palestine, State of|Palestinian Territory|The Occupied Palestinian Territories|فلسطين
Oman|OM|Muscat and Oman|عمان
Pakistan|PK|West Pakistan|پاکستان
Palau|PW|Belau|Pelew
Palmyra Atoll
Panama|PA|Panamá
Papua New Guinea|PG|PNG|Independent State of Papua New Guinea|Papua Guinea Newydd|Papua Niugini
Paraguay|PY|Paraguái
Peru|PE|Perú|Periw
Philippines|PH|Philippine Islands|Pilipinas
Pitcairn, Henderson, Ducie and Oeno Islands|PN|Pitcairn|Pitcairn Island|Henderson Island|Ducie Island|Oeno Island
Poland|PL|Polska|Gwlad Pwyl
Portugal|PT|Portuguese Republic|The Portuguese Republic|Portiwgal
Puerto Rico|PR|Porto Rico
Qatar|QA|Katar|قطر
Ras al-Khaimah|AE-RK
Romania|RO|România|Roumania|Rumania|Rwmania
Russia|RU|Rossiya|Rossia|Russian Federation|The Russian Federation|Rwsia|Россия
Rwanda|RW|Rwandese Republic
Réunion|RE
Saba|BQ-SA
Saint Barthélemy|BL|St Barth|St Barthélemy
Saint Helena|SH-HL|St Helena
Saint Pierre and Miquelon|PM|Saint-Pierre-et-Miquelon
Saint-Martin (French part)|MF|Collectivity of Saint Martin
Samoa|WS|Western Samoa|Independent State of Samoa|The Independent State of Samoa
San Marino|SM|RSM
Sao Tome and Principe|ST|São Tomé e Príncipe
Saudi Arabia|SA|السعودية|المملكة العربية السعودية
Senegal|SN|Sénégal
Serbia|RS|Srbija|Србија
Seychelles|SC|Sesel
Sharjah|AE-SH
Sierra Leone|SL
Singapore|SG|Singapur|Singapura|新加坡
Sint Eustatius|BQ-SE
Sint Maarten (Dutch part)|SX|Sint Maarten
Slovakia|SK|Slovensko|Slovak Republic|The Slovak Republic|Slofacia
Slovenia|SI|Slovenija|Slofenia
Solomon Islands|SB|Solomons|Ynysoedd Solomon
Somalia|SO|Soomaaliya|الصومال
South Africa|ZA|RSA|Suid-Afrika|De Affrica
South Georgia and South Sandwich Islands|GS|South Georgia and the South Sandwich Islands
South Georgia and the South Sandwich Islands|South Georgia|The South Sandwich Islands
South Korea|KR|Korea|Hanguk|De Corea|Korea, Republic of
South Sudan|SS|De Sudan
Spain|ES|España|Espanya|Espanha|Sbaen
Sri Lanka|LK|Ceylon|இலங்கை
St Kitts and Nevis|KN|St Kitts|Saint Kitts|Saint Kitts and Nevis|Federation of Saint Christopher and Nevis
St Lucia|LC|Saint Lucia
St Vincent|VC|Saint Vincent and the Grenadines
Sudan|SD|Soudan|السودان
Suriname|SR|Swrinam
Svalbard and Jan Mayen|SJ
Sweden|SE|Sverige
Switzerland|CH|Schweiz|Suisse|Svizzera|Svizra|Swiss Confederation|The Swiss Confederation|Y Swistir
Syria|SY|Syrian Arab Republic|The Syrian Arab Republic|سورية
Taiwan|TW|Chinese Taipei|Republic of China|台灣
Tajikistan|TJ|Tocikiston|Тоҷикистон
Tanzania|TZ|United Republic of Tanzania|The United Republic of Tanzania
Thailand|TH|Siam|Gwlad Thai|ประเทศไทย
The Bahamas|BS|Y Bahamas|Commonwealth of Bahamas
The Gambia|GM|Y Gambia
Togo|TG|Togolese Republic|The Togolese Republic
Tokelau|TK
Tonga|TO|Friendly Islands
Trinidad and Tobago|TT|Trinidad a Thobago
Tristan da Cunha|SH-TA|Tristan
Tunisia|TN|Tunisian Republic|The Tunisian Republic|تونس
Turkey|TR|Türkiye|Twrci
Turkmenistan|TM|Turkmenia
Turks and Caicos Islands|TC
Tuvalu|TV|Ellice Islands|Twfalw
Uganda|UG
Ukraine|UA|Ukrayina|Wcrain|Україна
Umm al-Quwain|AE-UQ
United Arab Emirates|AE|UAE|Arab Emirates|The United Arab Emirates|Yr Emiradau Arabaidd Unedig|الإمارات
United Kingdom|GB|GBR|UK|Great Britain|Britain|England|ENG|Scotland|SCT|Yr Alban|Wales|WLS|Cymru|Northern Ireland|N Ireland|NI|NIR|North Ireland|Y Deyrnas Unedig|United Kingdom of Great Britain and Northern Ireland|The United Kingdom of Great Britain and Northern Ireland|Jersey|JE|Bailiwick of Jersey|Guernsey|GG|Bailiwick of Guernsey|Isle of Man|IM|Ellan Vannin|Channel Islands|Alderney|Sark|Herm|Jethou|Brecqhou
United States|US|USA|America|United States of America|The United States of America|The States|Estados Unidos|États-Unis|Unol Daleithiau America|Hawaii
United States Virgin Islands|VI|American Virgin Islands|Virgin Islands of the United States
Uruguay|UY|Oriental Republic of Uruguay|The Oriental Republic of Uruguay|Wrwgwái
Uzbekistan|UZ|Uzbek|Ўзбекистон
Vanuatu|VU|New Hebrides
Vatican City|VA|Vatican|Vatican City State|Holy See|Città del Vaticano
Venezuela|VE|Bolivarian Republic of Venezuela|The Bolivarian Republic of Venezuela|Feneswela
Vietnam|VN|Viet Nam|Việt Nam|Annam|Fietnam
Wake Island
Wallis and Futuna|WF|Wallis-et-Futuna
Western Sahara|EH
Yemen|YE|Al Yaman|اليمن
Zambia|ZM|Northern Rhodesia
Zimbabwe|ZW|Rhodesia
Åland Islands|AX|Åland|Ahvenanmaa
"""

# Post to these costs less than to the rest of the world; Asian countries among them too.
EUROPE = frozenset(
    [
        "Albania",
        "Andorra",
        "Armenia",
        "Austria",
        "Azerbaijan",
        "Azores",
        "Balearic Islands",
        "Belarus",
        "Belgium",
        "Bosnia and Herzegovina",
        "Bulgaria",
        "Canary Islands",
        "Corsica",
        "Croatia",
        "Cyprus",
        "Czechia",
        "Denmark",
        "Estonia",
        "Faroe Islands",
        "Finland",
        "France",
        "Georgia",
        "Germany",
        "Gibraltar",
        "Greece",
        "Greenland",
        "Hungary",
        "Iceland",
        "Ireland",
        "Italy",
        "Kazakhstan",
        "Kosovo",
        "Kyrgyzstan",
        "Latvia",
        "Liechtenstein",
        "Lithuania",
        "Luxembourg",
        "Madeira",
        "Malta",
        "Moldova",
        "Monaco",
        "Montenegro",
        "Netherlands",
        "North Macedonia",
        "Norway",
        "Poland",
        "Portugal",
        "Romania",
        "Russia",
        "San Marino",
        "Serbia",
        "Slovakia",
        "Slovenia",
        "Spain",
        "Sweden",
        "Switzerland",
        "Tajikistan",
        "Turkey",
        "Turkmenistan",
        "Ukraine",
        "Uzbekistan",
        "Vatican City",
    ]
)
