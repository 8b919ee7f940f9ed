import type { FailureCatalogue } from '../shape.ts';

/** What the failures are called in Dutch, and what to do about them. */
export const nlFailures: FailureCatalogue = {
  bad_request: {
    heading: 'Dat adres werkt niet',
    what: 'De app kon het verzoek niet lezen. Misschien ontbreekt er een deel van het adres of is het veranderd.',
    next: 'Ga naar de startpagina en begin daar.',
  },
  address_too_long: {
    heading: 'Dit adres is te lang',
    what: 'Een deel van het adres is langer dan deze app ooit maakt.',
    next: 'Ga naar de startpagina en begin daar.',
  },
  not_navigated: {
    heading: 'Dit adres moet als pagina worden geopend',
    what: 'Iets anders vroeg erom: een deel van een andere pagina, of een browser die van tevoren laadt.',
    next: 'Ga naar de startpagina en begin daar.',
  },
  not_found: {
    heading: 'Hier is geen pagina',
    what: 'Dit adres leidt in deze app nergens heen.',
    next: 'Controleer het adres, of ga naar de startpagina.',
  },
  method_not_allowed: {
    heading: 'Deze pagina kan niet op deze manier worden geopend',
    what: 'Het adres bestaat, maar accepteert dit soort verzoeken niet.',
    next: 'Ga naar de startpagina en begin daar.',
  },
  cross_site_sign_out: {
    heading: 'Je bent nog aangemeld',
    what: 'Een andere website heeft geprobeerd je bij deze app af te melden. De app heeft dat geweigerd.',
    next: 'Meld je hier af als je dat wilt, of ga verder.',
  },
  too_many_requests: {
    heading: 'Te veel pogingen in korte tijd',
    what: 'Er kwamen meer aanmeldingen uit je netwerk dan de app per minuut toestaat.',
    next: 'Wacht een minuut en probeer het dan opnieuw.',
  },
  too_many_exports: {
    heading: 'Te veel exports tegelijk',
    what: 'Er lopen in deze browser al drie exports. Daarom is deze niet gestart.',
    next: 'Wacht tot er één klaar is, of annuleer er één. Probeer het dan opnieuw.',
  },
  too_many_lists: {
    heading: 'Te veel lange lijsten tegelijk',
    what: 'Er worden in deze browser al meerdere lange lijsten geladen. Daarom is deze niet gestart.',
    next: 'Wacht tot ze geladen zijn en probeer het dan opnieuw.',
  },
  sign_in_unknown: {
    heading: 'Deze aanmelding is hier niet bekend',
    what: 'Het antwoord dat terugkwam, hoort niet bij een aanmelding die deze app in deze browser is begonnen.',
    next: 'Meld je opnieuw aan.',
  },
  sign_in_cookie_missing: {
    heading: 'Je browser heeft de aanmelding niet onthouden',
    what: 'De cookie die de aanmelding aan deze browser koppelt, ontbrak toen je terugkwam.',
    next: 'Sta cookies toe voor deze site en meld je opnieuw aan in dezelfde browser.',
  },
  sign_in_expired: {
    heading: 'De aanmelding heeft te lang geduurd',
    what: 'Een aanmelding moet binnen tien minuten klaar zijn, en deze was dat niet.',
    next: 'Meld je opnieuw aan.',
  },
  sign_in_used: {
    heading: 'Deze aanmelding is al afgerond',
    what: 'De pagina is een tweede keer geopend, door vernieuwen of teruggaan. Een aanmelding werkt maar één keer.',
    next: 'Ga naar de startpagina. Ben je daar niet aangemeld, meld je dan opnieuw aan.',
  },
  sign_in_declined: {
    heading: 'Je hebt geen toestemming gegeven',
    what: 'De aanmelding is afgebroken, of de gevraagde toestemming is geweigerd. Er is niets opgeslagen.',
    next: 'Meld je opnieuw aan en accepteer, of gebruik een ander account.',
  },
  permission_declined: {
    heading: 'De machtiging is niet verleend',
    what: 'Je bent nog aangemeld, en de app werkt verder met wat hij al kon.',
    next: 'Ga terug naar de pagina waar je vandaan kwam. Kan alleen een beheerder de machtiging verlenen, vraag die dan om hulp.',
  },
  sign_in_failed: {
    heading: 'Je kon niet worden aangemeld',
    what: 'Microsoft heeft de aanmelding geweigerd.',
    next: 'Probeer het opnieuw, of gebruik een ander account.',
  },
  sign_in_blocked: {
    heading: 'Je organisatie staat dit niet toe',
    what: 'Microsoft weet wie je bent, maar een regel van je organisatie verhindert dat deze app namens jou werkt.',
    next: 'Vraag je beheerder om welke regel het gaat. Opnieuw aanmelden helpt pas daarna.',
  },
  admin_consent_required: {
    heading: 'Een beheerder moet deze app goedkeuren',
    what: 'In je organisatie mogen alleen beheerders de toestemming geven die deze app vraagt.',
    next: 'Stuur het bericht hieronder naar je beheerder en meld je daarna opnieuw aan.',
  },
  admin_consent_declined: {
    heading: 'De toestemming is niet gegeven',
    what: 'De aanvraag is geannuleerd, dus deze app heeft geen nieuwe machtigingen.',
    next: 'Was dat een vergissing, geef dan opnieuw toestemming. Er is een account nodig dat voor de hele organisatie toestemming mag geven.',
  },
  admin_consent_failed: {
    heading: 'Toestemming geven is niet gelukt',
    what: 'Microsoft meldt een fout, dus deze app heeft geen nieuwe machtigingen.',
    next: 'Geef opnieuw toestemming. Lukt het weer niet, stuur het bericht hieronder dan naar wie deze app beheert.',
  },
  consent_required: {
    heading: 'De app heeft je toestemming nodig',
    what: 'Nog niemand heeft deze app toestemming gegeven om voor jou de adreslijst te lezen.',
    next: 'Meld je opnieuw aan en accepteer wat de app vraagt.',
  },
  tenant_not_allowed: {
    heading: 'Je organisatie kan deze app niet gebruiken',
    what: 'Deze app is alleen voor bepaalde organisaties, en je account hoort bij een andere.',
    next: 'Gebruik een account van een organisatie die toegang heeft.',
  },
  issuer_refused: {
    heading: 'De aanmelding kwam van de verkeerde dienst terug',
    what: 'Het antwoord op je aanmelding noemt niet de aanmelddienst die deze app heeft gevraagd. Er is niets opgeslagen.',
    next: 'Meld je opnieuw aan. Helpt dat niet, stuur dan de gegevens hieronder naar wie de app beheert.',
  },
  id_token_refused: {
    heading: 'De aanmelding was niet te vertrouwen',
    what: 'Het bewijs van je identiteit dat terugkwam, is bij de controle door de app afgekeurd. Er is niets opgeslagen.',
    next: 'Meld je opnieuw aan. Helpt dat niet, stuur dan de gegevens hieronder naar wie de app beheert.',
  },
  token_answer_refused: {
    heading: 'De aanmelding kon niet worden afgerond',
    what: 'Het antwoord van Microsoft had niet de vorm die de app verwacht. Er is niets opgeslagen.',
    next: 'Meld je opnieuw aan. Helpt dat niet, stuur dan de gegevens hieronder naar wie de app beheert.',
  },
  account_changed: {
    heading: 'Er is van account gewisseld',
    what: 'Het antwoord van Microsoft hoort bij een ander account dan waarmee je je hebt aangemeld. Daarom heeft de app je sessie beëindigd.',
    next: 'Meld je opnieuw aan met het account dat je wilt gebruiken.',
  },
  client_refused: {
    heading: 'Microsoft accepteert deze app niet',
    what: 'De app kon niet bewijzen wie hij is. Het ligt niet aan jou, en opnieuw proberen helpt niet.',
    next: 'De registratie of het clientgeheim van de app moet worden gecorrigeerd.',
  },
  session_ended: {
    heading: 'Je bent niet meer aangemeld',
    what: 'Je sessie is voorbij: je was te lang niet actief, de maximale duur is bereikt of je hebt je elders afgemeld.',
    next: 'Meld je opnieuw aan om verder te gaan waar je was.',
  },
  interaction_required: {
    heading: 'Microsoft vraagt je om je opnieuw aan te melden',
    what: 'Je aanmelding moet worden vernieuwd, en dat kun je alleen zelf doen.',
    next: 'Meld je opnieuw aan om verder te gaan waar je was.',
  },
  authority_unreachable: {
    heading: 'De aanmelddienst van Microsoft is niet bereikbaar',
    what: 'De app kon geen verbinding maken met de dienst die het aanmelden verzorgt.',
    next: 'Probeer het zo meteen opnieuw.',
  },
  authority_timeout: {
    heading: 'De aanmelddienst van Microsoft reageert niet op tijd',
    what: 'De dienst die het aanmelden verzorgt, heeft niet op tijd geantwoord.',
    next: 'Probeer het zo meteen opnieuw.',
  },
  authority_throttled: {
    heading: 'De aanmelddienst van Microsoft heeft het te druk',
    what: 'De dienst die het aanmelden verzorgt, heeft te veel verzoeken van deze app gekregen.',
    next: 'Wacht even en probeer het dan opnieuw.',
  },
  authority_unavailable: {
    heading: 'De aanmelddienst van Microsoft heeft een storing',
    what: 'De dienst die het aanmelden verzorgt, kon niet doen wat de app vroeg.',
    next: 'Probeer het zo meteen opnieuw.',
  },
  authority_misconfigured: {
    heading: 'Het aanmelden van deze app is niet goed ingesteld',
    what: 'De aanmelddienst die de app moet gebruiken, heeft geen bruikbaar antwoord gegeven.',
    next: 'De instelling AUTHORITY moet worden gecontroleerd.',
  },
  graph_unreachable: {
    heading: 'De adreslijst is niet bereikbaar',
    what: 'De app kon geen verbinding maken met Microsoft Graph, de dienst die de adreslijst beheert.',
    next: 'Probeer het zo meteen opnieuw.',
  },
  graph_timeout: {
    heading: 'De adreslijst reageert niet op tijd',
    what: 'Microsoft Graph heeft niet op tijd geantwoord.',
    next: 'Probeer het zo meteen opnieuw.',
  },
  graph_throttled: {
    heading: 'De adreslijst heeft het te druk',
    what: 'Microsoft Graph heeft te veel verzoeken gekregen en vraagt de app om even te wachten.',
    next: 'Wacht even en probeer het dan opnieuw.',
  },
  graph_unavailable: {
    heading: 'De adreslijst heeft een storing',
    what: 'Microsoft Graph, de dienst met de adreslijst, kon geen antwoord geven.',
    next: 'Probeer het zo meteen opnieuw.',
  },
  graph_answer_refused: {
    heading: 'Het antwoord van de adreslijst was niet te lezen',
    what: 'Het antwoord van Microsoft Graph had niet de vorm die de app verwacht.',
    next: 'Probeer het opnieuw. Helpt dat niet, stuur dan de gegevens hieronder naar wie de app beheert.',
  },
  graph_refused_token: {
    heading: 'De adreslijst heeft je aanmelding niet geaccepteerd',
    what: 'Microsoft Graph heeft de toegang geweigerd die Microsoft net had verleend, zelfs na een nieuwe aanmelding.',
    next: 'Meld je af, wacht even en meld je opnieuw aan. Helpt dat niet, stuur dan de gegevens hieronder naar je beheerder.',
  },
  graph_forbidden: {
    heading: 'Je hebt geen toegang tot de adreslijst',
    what: 'Volgens Microsoft Graph mag je account of deze app de lijst met mensen niet opvragen.',
    next: 'Vraag om de machtiging, of gebruik een ander account.',
  },
  graph_refused_request: {
    heading: 'De adreslijst heeft de vraag niet begrepen',
    what: 'Microsoft Graph heeft het verzoek in deze vorm geweigerd. De link is misschien oud.',
    next: 'Begin opnieuw bij de eerste pagina.',
  },
  graph_not_found: {
    heading: 'Dat staat niet in de adreslijst',
    what: 'Microsoft Graph kan niet vinden wat er is gevraagd. Misschien is het verwijderd.',
    next: 'Begin opnieuw bij de eerste pagina.',
  },
  graph_not_offered: {
    heading: 'Microsoft Graph heeft dit hier niet',
    what: 'De app vroeg om iets wat Microsoft Graph, of de emulator in plaats daarvan, niet aanbiedt.',
    next: 'Vertel het de beheerders van de app. Wat de emulator aanbiedt, staat in docs/emulator.md.',
  },
  no_directory: {
    heading: 'Dit account heeft geen adreslijst',
    what: 'Je bent aangemeld met een persoonlijk account. Alleen een organisatie heeft een adreslijst.',
    next: 'Gebruik je werk- of schoolaccount.',
  },
  guest_no_directory: {
    heading: 'Gasten hebben geen toegang tot deze adreslijst',
    what: 'Je bent gast in deze organisatie, en gasten mogen de lijst met mensen niet opvragen.',
    next: 'Gebruik een account van de organisatie zelf, of vraag een beheerder van die organisatie om gasten toegang te geven.',
  },
  overloaded: {
    heading: 'Te veel verzoeken tegelijk',
    what: 'Er komen op dit moment meer verzoeken binnen dan de app kan beantwoorden. Daarom is dit verzoek geweigerd.',
    next: 'Wacht een paar seconden en probeer het dan opnieuw.',
  },
  shutting_down: {
    heading: 'De app wordt opnieuw gestart',
    what: 'De app moest stoppen voordat hij kon antwoorden.',
    next: 'Probeer het zo meteen opnieuw.',
  },
  store_unavailable: {
    heading: 'De app heeft geen toegang tot zijn opslag',
    what: 'De opslag voor de sessies antwoordt niet. Daarom weet de app niet wie je bent.',
    next: 'Probeer het zo meteen opnieuw.',
  },
  configuration: {
    heading: 'Deze app is niet goed ingesteld',
    what: 'Een van de instellingen van de app ontbreekt of klopt niet.',
    next: 'In het logboek van de app staat welke instelling het is.',
  },
  credential_unusable: {
    heading: 'De app kan niet bewijzen wie hij is',
    what: 'Het clientgeheim, het certificaat of het tokenbestand waarmee de app zijn identiteit bij Microsoft bewijst, is onbruikbaar.',
    next: 'In het logboek van de app staat om welk van de drie het gaat, en waarom.',
  },
  internal: {
    heading: 'Er is iets misgegaan',
    what: 'De app is op een onverwachte fout gestuit.',
    next: 'Probeer het opnieuw. Helpt dat niet, stuur dan het bericht hieronder naar wie de app beheert.',
  },
  sign_in_required: {
    heading: 'Meld je eerst aan',
    what: 'Hiervoor moet je zijn aangemeld.',
    next: 'Meld je aan en probeer het opnieuw.',
  },
  role_missing: {
    heading: 'Je hebt hier een andere rol nodig',
    what: 'Je account heeft geen rol die deze pagina vereist.',
    next: 'Wie de app in het beheercentrum beheert, kan je de rol geven. Meld je daarna opnieuw aan.',
  },
  group_missing: {
    heading: 'Dit is voor leden van een groep',
    what: 'Je account is geen lid van een groep die deze pagina vereist.',
    next: 'Wie de groep beheert, kan je toevoegen. Meld je daarna opnieuw aan.',
  },
  access_token_missing: {
    heading: 'Er ontbreekt een toegangstoken',
    what: 'Dit adres is voor programma’s, en het verzoek bevatte geen toegangstoken.',
    next: 'Stuur een toegangstoken van het identiteitsplatform mee in de Authorization-header.',
  },
  access_token_refused: {
    heading: 'Het toegangstoken geldt hier niet',
    what: 'Het toegangstoken is niet voor deze API uitgegeven, is verlopen of is gewijzigd.',
    next: 'Vraag een nieuw toegangstoken voor deze API aan.',
  },
  permission_missing: {
    heading: 'Het toegangstoken mist een machtiging',
    what: 'Het toegangstoken is echt, maar bevat geen machtiging die dit verzoek nodig heeft.',
    next: 'Vraag een token aan met een van de machtigingen die het antwoord noemt.',
  },
  api_failed: {
    heading: 'Een andere dienst deed niet wat deze pagina nodig heeft',
    what: 'Een dienst die deze pagina nodig heeft, deed niet wat werd gevraagd.',
    next: 'Probeer het zo meteen opnieuw. Helpt dat niet, vertel het dan de beheerders van de app.',
  },
};
