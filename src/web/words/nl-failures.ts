import type { FailureCatalogue } from './shape.ts';

/** What the failures are called in Dutch, and what to do about them. */
export const nlFailures: FailureCatalogue = {
  bad_request: {
    heading: 'Dat adres werkt niet',
    what: 'De app kon het verzoek niet lezen. Een deel van het adres ontbreekt misschien of is veranderd.',
    next: 'Ga naar de startpagina en begin daar.',
  },
  not_found: {
    heading: 'Hier is geen pagina',
    what: 'Dit adres leidt in deze app nergens heen.',
    next: 'Controleer het adres, of ga naar de startpagina.',
  },
  method_not_allowed: {
    heading: 'Deze pagina neemt zo’n verzoek niet aan',
    what: 'Het adres bestaat, maar het werd gevraagd op een manier waarop het geen antwoord geeft.',
    next: 'Ga naar de startpagina en begin daar.',
  },
  cross_site_sign_out: {
    heading: 'Je bent nog aangemeld',
    what: 'Een andere website probeerde je bij deze app af te melden, en de app weigerde dat.',
    next: 'Meld je hier af als je dat wilt, of ga verder.',
  },
  too_many_requests: {
    heading: 'Te veel pogingen in korte tijd',
    what: 'De app kreeg vanuit je netwerk meer aanmeldingen dan hij per minuut aanneemt.',
    next: 'Wacht een minuut en probeer het dan opnieuw.',
  },
  too_many_exports: {
    heading: 'Te veel exports tegelijk',
    what: 'Er lopen in deze browser al drie exports van je; deze is niet begonnen.',
    next: 'Wacht tot er een klaar is, of annuleer er een. Probeer het dan opnieuw.',
  },
  sign_in_unknown: {
    heading: 'Deze aanmelding is hier niet bekend',
    what: 'Het antwoord dat terugkwam, hoort bij geen aanmelding die deze app in deze browser begon.',
    next: 'Meld je opnieuw aan.',
  },
  sign_in_cookie_missing: {
    heading: 'Je browser bewaarde de aanmelding niet',
    what: 'De cookie die de aanmelding aan deze browser bindt, ontbrak toen je terugkwam.',
    next: 'Sta cookies toe voor deze site en meld je opnieuw aan in dezelfde browser.',
  },
  sign_in_expired: {
    heading: 'De aanmelding duurde te lang',
    what: 'Een aanmelding moet binnen tien minuten klaar zijn, en deze was dat niet.',
    next: 'Meld je opnieuw aan.',
  },
  sign_in_used: {
    heading: 'Deze aanmelding is al afgerond',
    what: 'De pagina werd een tweede keer geopend, door te vernieuwen of terug te gaan. Een aanmelding werkt één keer.',
    next: 'Ga naar de startpagina. Ben je daar niet aangemeld, meld je dan opnieuw aan.',
  },
  sign_in_declined: {
    heading: 'Je gaf geen toestemming',
    what: 'De aanmelding werd afgebroken, of de toestemming die de app vraagt werd geweigerd. Er is niets bewaard.',
    next: 'Meld je opnieuw aan en accepteer, of gebruik een ander account.',
  },
  sign_in_failed: {
    heading: 'Je kon niet worden aangemeld',
    what: 'Microsoft weigerde de aanmelding.',
    next: 'Probeer het opnieuw, of gebruik een ander account.',
  },
  admin_consent_required: {
    heading: 'Een beheerder moet deze app goedkeuren',
    what: 'In je organisatie mogen alleen beheerders de toestemming geven die deze app vraagt.',
    next: 'Stuur het bericht hieronder naar je beheerder en meld je daarna opnieuw aan.',
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
  id_token_refused: {
    heading: 'De aanmelding was niet te vertrouwen',
    what: 'Het identiteitsbewijs dat terugkwam, doorstond de controles van de app niet. Er is niets bewaard.',
    next: 'Meld je opnieuw aan. Blijft dit zo, stuur dan de gegevens hieronder naar wie de app beheert.',
  },
  token_answer_refused: {
    heading: 'De aanmelding kon niet worden afgerond',
    what: 'Het antwoord van Microsoft had niet de vorm die de app verwacht. Er is niets bewaard.',
    next: 'Meld je opnieuw aan. Blijft dit zo, stuur dan de gegevens hieronder naar wie de app beheert.',
  },
  account_changed: {
    heading: 'Je account is veranderd',
    what: 'Microsoft antwoordde voor een ander account dan waarmee je je aanmeldde. Daarom beëindigde de app je sessie.',
    next: 'Meld je opnieuw aan met het account dat je wilt gebruiken.',
  },
  client_refused: {
    heading: 'Microsoft accepteert deze app niet',
    what: 'De app kon niet bewijzen wie hij is. Het ligt niet aan jou, en opnieuw proberen helpt niet.',
    next: 'De registratie of het geheim van de app moet in orde worden gemaakt.',
  },
  session_ended: {
    heading: 'Je bent niet meer aangemeld',
    what: 'Je sessie is voorbij: je was te lang weg, de langste duur is bereikt, of je meldde je elders af.',
    next: 'Meld je opnieuw aan om verder te gaan waar je was.',
  },
  interaction_required: {
    heading: 'Microsoft wil je weer zien',
    what: 'Je aanmelding moet worden vernieuwd, en dat kun alleen jij doen.',
    next: 'Meld je opnieuw aan om verder te gaan waar je was.',
  },
  authority_unreachable: {
    heading: 'De aanmelddienst van Microsoft is niet bereikbaar',
    what: 'De app kreeg geen verbinding met de dienst die mensen aanmeldt.',
    next: 'Probeer het zo meteen opnieuw.',
  },
  authority_timeout: {
    heading: 'De aanmelddienst van Microsoft doet er te lang over',
    what: 'De dienst die mensen aanmeldt, antwoordde niet op tijd.',
    next: 'Probeer het zo meteen opnieuw.',
  },
  authority_throttled: {
    heading: 'Microsoft vraagt om een pauze',
    what: 'De dienst die mensen aanmeldt, kreeg te veel verzoeken van deze app.',
    next: 'Wacht even en probeer het dan opnieuw.',
  },
  authority_misconfigured: {
    heading: 'Het aanmelden van deze app is niet goed ingesteld',
    what: 'De aanmelddienst die de app moet gebruiken, gaf geen bruikbaar antwoord.',
    next: 'De instelling AUTHORITY moet worden nagekeken.',
  },
  graph_unreachable: {
    heading: 'De adreslijst is niet bereikbaar',
    what: 'De app kreeg geen verbinding met Microsoft Graph, de dienst die de adreslijst beheert.',
    next: 'Probeer het zo meteen opnieuw.',
  },
  graph_timeout: {
    heading: 'De adreslijst doet er te lang over',
    what: 'Microsoft Graph antwoordde niet op tijd.',
    next: 'Probeer het zo meteen opnieuw.',
  },
  graph_throttled: {
    heading: 'De adreslijst vraagt om een pauze',
    what: 'Microsoft Graph kreeg te veel verzoeken en vraagt de app om het rustiger aan te doen.',
    next: 'Wacht even en probeer het dan opnieuw.',
  },
  graph_answer_refused: {
    heading: 'Het antwoord van de adreslijst was niet te lezen',
    what: 'Wat Microsoft Graph antwoordde, had niet de vorm die de app verwacht.',
    next: 'Probeer het opnieuw. Blijft dit zo, stuur dan de gegevens hieronder naar wie de app beheert.',
  },
  graph_refused_token: {
    heading: 'De adreslijst accepteerde je aanmelding niet',
    what: 'Microsoft Graph weigerde de toegang die Microsoft net had gegeven, zelfs na een nieuwe aanmelding.',
    next: 'Meld je af, wacht even en meld je opnieuw aan. Blijft dit zo, stuur dan de gegevens hieronder naar je beheerder.',
  },
  graph_forbidden: {
    heading: 'Je mag de adreslijst niet zien',
    what: 'Volgens Microsoft Graph mag je account, of deze app, de lijst van mensen niet opvragen.',
    next: 'Vraag om de toestemming, of gebruik een ander account.',
  },
  graph_refused_request: {
    heading: 'De adreslijst begreep de vraag niet',
    what: 'Microsoft Graph weigerde het verzoek zoals het gesteld was. De link is misschien oud.',
    next: 'Begin opnieuw bij de eerste pagina.',
  },
  graph_not_found: {
    heading: 'Dat staat niet in de adreslijst',
    what: 'Microsoft Graph kent niet wat er gevraagd werd. Misschien is het verwijderd.',
    next: 'Begin opnieuw bij de eerste pagina.',
  },
  no_directory: {
    heading: 'Dit account heeft geen adreslijst',
    what: 'Je bent aangemeld met een persoonlijk account. Alleen een organisatie heeft een adreslijst.',
    next: 'Gebruik je werk- of schoolaccount.',
  },
  guest_no_directory: {
    heading: 'Gasten mogen deze adreslijst niet zien',
    what: 'Je bent gast in deze organisatie, en gasten mogen de lijst van haar mensen niet opvragen.',
    next: 'Gebruik een account van de organisatie zelf, of vraag haar beheerder om gasten anderen te laten zien.',
  },
  store_unavailable: {
    heading: 'De app kan niet bij zijn geheugen',
    what: 'De plek waar sessies worden bewaard, antwoordt niet. Daarom weet de app niet wie je bent.',
    next: 'Probeer het zo meteen opnieuw.',
  },
  configuration: {
    heading: 'Deze app is niet goed ingesteld',
    what: 'Een van de instellingen van de app ontbreekt of klopt niet.',
    next: 'Het logboek van de app noemt de instelling.',
  },
  credential_unusable: {
    heading: 'De app heeft geen bruikbaar bewijs van wie hij is',
    what: 'Het geheim, het certificaat of het tokenbestand waarmee de app zich bij Microsoft bewijst, is niet te gebruiken.',
    next: 'Het logboek van de app zegt welk en waarom.',
  },
  internal: {
    heading: 'Hier ging iets mis',
    what: 'De app stuitte op een fout die hij niet verwachtte.',
    next: 'Probeer het opnieuw. Blijft dit zo, stuur dan het bericht hieronder.',
  },
};
