import type { TopicCatalogue } from '../shape.ts';

/** What codes of the identity platform and of Graph mean, in Dutch. */
export const nlTopics: TopicCatalogue = {
  severalAccounts: {
    heading: 'Kies welk account je wilt gebruiken',
    what: 'Het was voor Microsoft niet duidelijk welk account je wilt gebruiken, of deze organisatie kent het account niet waarmee je bent aangemeld.',
    next: 'Kies het account dat je wilt gebruiken.',
  },
  unknownUser: {
    heading: 'Microsoft kent deze gebruikersnaam niet',
    what: 'Microsoft kent deze gebruikersnaam niet in de organisatie waarbij je je wilde aanmelden.',
    next: 'Controleer de spelling, of gebruik een ander account.',
  },
  locked: {
    heading: 'Je account is voorlopig vergrendeld',
    what: 'Je account is vergrendeld na te veel verkeerde wachtwoorden, of de aanmelding kwam van een verdacht adres.',
    next: 'Wacht een tijdje en meld je dan opnieuw aan. Blijft het vergrendeld, vraag dan je beheerder om hulp.',
  },
  passwordExpired: {
    heading: 'Je wachtwoord is verlopen',
    what: 'Microsoft accepteert je wachtwoord niet meer, omdat het te oud is.',
    next: 'Meld je opnieuw aan. Microsoft vraagt je dan een nieuw wachtwoord te kiezen.',
  },
  wrongPassword: {
    heading: 'De gebruikersnaam of het wachtwoord klopte niet',
    what: 'Microsoft heeft niet geaccepteerd wat er is ingevuld.',
    next: 'Meld je opnieuw aan. Wachtwoord vergeten? Stel het op de pagina van Microsoft opnieuw in.',
  },
  nobodySignedIn: {
    heading: 'Je bent niet bij Microsoft aangemeld',
    what: 'Je bent in deze browser niet bij Microsoft aangemeld.',
    next: 'Meld je opnieuw aan.',
  },
  secondStepToSetUp: {
    heading: 'Je moet een tweede stap instellen',
    what: 'Je organisatie vraagt bij het aanmelden om een tweede stap, en die heb je nog niet ingesteld.',
    next: 'Meld je opnieuw aan. Microsoft helpt je dan bij het instellen.',
  },
  secondStep: {
    heading: 'Je organisatie vraagt om een tweede stap',
    what: 'Je organisatie vraagt bij het aanmelden om een tweede stap, zoals een code op je telefoon.',
    next: 'Meld je opnieuw aan en bevestig de tweede stap.',
  },
  signInRevoked: {
    heading: 'Je eerdere aanmelding telt niet meer',
    what: 'Je wachtwoord is veranderd, of je sessies zijn beëindigd.',
    next: 'Meld je opnieuw aan.',
  },
  answerUsed: {
    heading: 'Deze aanmelding is al gebruikt',
    what: 'Dit antwoord van de aanmeldpagina is al eens gebruikt. Het werkt maar één keer.',
    next: 'Meld je opnieuw aan.',
  },
  declined: {
    heading: 'Je hebt geen toestemming gegeven',
    what: 'De gevraagde toestemming is geweigerd. Er is niets opgeslagen.',
    next: 'Meld je opnieuw aan en accepteer, of gebruik een ander account.',
  },
  signInTooOld: {
    heading: 'Je aanmelding is te oud',
    what: 'Je eerdere aanmelding is te oud, of dekt niet meer wat de app vraagt.',
    next: 'Meld je opnieuw aan.',
  },
  signInFrequency: {
    heading: 'Het is tijd om je opnieuw aan te melden',
    what: 'Je organisatie wil dat je je af en toe opnieuw aanmeldt, en dat is nu nodig.',
    next: 'Meld je opnieuw aan.',
  },
  otherSignIn: {
    heading: 'Twee aanmeldingen liepen door elkaar',
    what: 'Het antwoord van de aanmeldpagina hoort bij een andere aanmelding dan de aanmelding die deze app is begonnen.',
    next: 'Sluit andere tabbladen van deze app en meld je dan opnieuw aan.',
  },
  otherOrganisation: {
    heading: 'De aanmelding was voor een andere organisatie',
    what: 'De aanmelding was voor een andere organisatie dan die waar de app om heeft gevraagd.',
    next: 'Gebruik een account van de juiste organisatie.',
  },
  personalNotAllowed: {
    heading: 'Deze app accepteert geen persoonlijke accounts',
    what: 'Deze app accepteert alleen werk- en schoolaccounts, en je hebt een persoonlijk account gebruikt.',
    next: 'Gebruik je werk- of schoolaccount.',
  },
  wrongKind: {
    heading: 'Dit soort account kan zich hier niet aanmelden',
    what: 'Dit soort account kan zich bij deze organisatie niet aanmelden.',
    next: 'Gebruik een ander account.',
  },
  notInTenant: {
    heading: 'Je account is in deze organisatie niet bekend',
    what: 'Je account is geen lid en geen gast van de organisatie waar deze app bij hoort.',
    next: 'Gebruik een account van die organisatie, of laat je uitnodigen door een beheerder van die organisatie.',
  },
  disabled: {
    heading: 'Je account is uitgeschakeld',
    what: 'Een beheerder heeft het account uitgeschakeld dat je hebt gebruikt.',
    next: 'Vraag je beheerder om het in te schakelen, of gebruik een ander account.',
  },
  notAssigned: {
    heading: 'Deze app is niet aan je toegewezen',
    what: 'In je organisatie mogen alleen bepaalde mensen deze app gebruiken, en jij hoort daar nog niet bij.',
    next: 'Vraag je beheerder om de app aan je toe te wijzen.',
  },
  deviceNotCompliant: {
    heading: 'Dit apparaat voldoet niet aan de regels van je organisatie',
    what: 'Je organisatie staat deze app alleen toe op apparaten die aan de regels voldoen, en dit apparaat doet dat niet.',
    next: 'Gebruik een beheerd apparaat, of vraag je beheerder wat er op dit apparaat ontbreekt.',
  },
  deviceNotJoined: {
    heading: 'Dit apparaat hoort niet bij je organisatie',
    what: 'Je organisatie staat deze app alleen toe op apparaten die aan de organisatie zijn gekoppeld.',
    next: 'Gebruik zo’n apparaat, of vraag je beheerder om dit apparaat te koppelen.',
  },
  appNotApproved: {
    heading: 'Je organisatie heeft deze app niet goedgekeurd',
    what: 'Volgens de toegangsregels van je organisatie is deze app of deze browser niet goedgekeurd.',
    next: 'Gebruik een goedgekeurde browser, of vraag je beheerder om de app goed te keuren.',
  },
  blockedByPolicy: {
    heading: 'Je organisatie heeft deze aanmelding geblokkeerd',
    what: 'De toegangsregels van je organisatie hebben deze aanmelding geblokkeerd, vanwege de locatie, het apparaat of het risico.',
    next: 'Vraag je beheerder om welke regel het gaat, of probeer het opnieuw vanaf je gebruikelijke plek en apparaat.',
  },
  setUpBlocked: {
    heading: 'Het instellen van de tweede stap is geblokkeerd',
    what: 'Je moet eerst een tweede stap instellen, maar Microsoft heeft dat geblokkeerd omdat de aanmelding riskant leek.',
    next: 'Vraag je beheerder om hulp, of probeer het opnieuw vanaf je gebruikelijke plek en apparaat.',
  },
  noConsent: {
    heading: 'De app heeft je toestemming nodig',
    what: 'Jij en je beheerder hebben deze app nog niet de toestemming gegeven die hij vraagt.',
    next: 'Meld je opnieuw aan en accepteer. Vraagt Microsoft je niets, dan moet je beheerder de toestemming geven.',
  },
  adminConsent: {
    heading: 'Een beheerder moet deze app goedkeuren',
    what: 'Alleen een beheerder van je organisatie kan de toestemming geven die deze app vraagt.',
    next: 'Stuur het bericht hieronder naar je beheerder en meld je daarna opnieuw aan.',
  },
  serviceNotInTenant: {
    heading: 'In je organisatie ontbreekt een dienst',
    what: 'Je organisatie heeft de dienst niet waar deze app om vraagt.',
    next: 'De dienst moet worden toegevoegd, of de instelling SCOPE moet een andere noemen.',
  },
  appUnknown: {
    heading: 'Microsoft kent deze app niet',
    what: 'Microsoft kent deze app niet in de organisatie waarbij je je wilde aanmelden.',
    next: 'Vergelijk CLIENT_ID en AUTHORITY met de registratie. Misschien is de app ook beperkt tot één organisatie.',
  },
  appDisabled: {
    heading: 'Deze app is uitgeschakeld',
    what: 'Deze app is in je organisatie uitgeschakeld, of door Microsoft.',
    next: 'Vraag je beheerder om de app in te schakelen, of gebruik een account van een andere organisatie.',
  },
  redirectUri: {
    heading: 'Het terugkeeradres van deze app is niet geregistreerd',
    what: 'Het adres waarnaar Microsoft je moet terugsturen, is voor deze app niet geregistreerd.',
    next: 'Registreer {{redirectUri}} als omleidings-URI van het platform Web, letter voor letter.',
  },
  noRedirectUri: {
    heading: 'Er is geen terugkeeradres voor deze app geregistreerd',
    what: 'Er is geen adres geregistreerd waarnaar Microsoft je mag terugsturen.',
    next: 'Registreer {{redirectUri}} als omleidings-URI van het platform Web.',
  },
  authorityHost: {
    heading: 'Deze app verwijst naar een aanmelddienst die niet bestaat',
    what: 'De aanmelddienst die deze app noemt, bestaat niet.',
    next: 'Controleer de host in de instelling AUTHORITY.',
  },
  singleTenant: {
    heading: 'Deze app is voor één organisatie geregistreerd',
    what: 'Deze app is voor één organisatie geregistreerd, maar heeft om een aanmelding bij een willekeurige organisatie gevraagd.',
    next: 'Zet de id van die organisatie in AUTHORITY, of registreer de app voor meerdere organisaties.',
  },
  personalOnly: {
    heading: 'Deze app is alleen voor persoonlijke accounts',
    what: 'Deze app is alleen voor persoonlijke accounts geregistreerd.',
    next: 'Laat AUTHORITY eindigen op /consumers, of registreer de app ook voor organisaties.',
  },
  workOnly: {
    heading: 'Deze app is alleen voor werk- en schoolaccounts',
    what: 'Deze app is alleen voor werk- en schoolaccounts geregistreerd.',
    next: 'Gebruik een werk- of schoolaccount. Persoonlijke accounts werken alleen als de registratie ze toestaat.',
  },
  tenantUnknown: {
    heading: 'Microsoft kent deze organisatie niet',
    what: 'Microsoft kent de organisatie niet die deze app noemt.',
    next: 'Controleer de id of het domein van de organisatie in de instelling AUTHORITY.',
  },
  loop: {
    heading: 'Te veel aanmeldingen in korte tijd',
    what: 'De app heeft Microsoft in korte tijd te vaak om hetzelfde gevraagd.',
    next: 'Sluit andere tabbladen van deze app en wacht een paar minuten. Helpt dat niet, dan zit er een fout in de app.',
  },
  secretWrong: {
    heading: 'Het clientgeheim van de app klopt niet',
    what: 'Microsoft accepteert het clientgeheim van de app niet.',
    next: 'Zet de waarde van het clientgeheim, niet de id ervan, in CLIENT_SECRET; of het is van een andere registratie: maak een nieuw.',
  },
  secretExpired: {
    heading: 'Het clientgeheim van de app is verlopen',
    what: 'Microsoft heeft de app geweigerd, omdat het clientgeheim is verlopen.',
    next: 'Maak een nieuw clientgeheim en zet de waarde ervan in CLIENT_SECRET.',
  },
  noCredential: {
    heading: 'De app heeft niet bewezen wie hij is',
    what: 'De app heeft niet bewezen wie hij is, en Microsoft eist dat.',
    next: 'Stel CLIENT_SECRET, een certificaat of een gefedereerd token in voor de app.',
  },
  publicClient: {
    heading: 'De app is als openbare client geregistreerd',
    what: 'De app is geregistreerd als openbare client, en die mag geen clientgeheim hebben.',
    next: 'Registreer {{redirectUri}} onder het platform Web.',
  },
  singlePage: {
    heading: 'De app is als single-page-app geregistreerd',
    what: 'De app is geregistreerd als single-page-app, maar meldt mensen aan op een server.',
    next: 'Verplaats {{redirectUri}} in de registratie van Toepassing met één pagina naar Web.',
  },
  certificate: {
    heading: 'Het certificaat van de app wordt niet geaccepteerd',
    what: 'Microsoft accepteert het certificaat van de app niet.',
    next: 'Upload het certificaat dat CLIENT_CERTIFICATE noemt, en controleer of het nog geldig is.',
  },
  federatedToken: {
    heading: 'Het gefedereerde token van de app wordt niet geaccepteerd',
    what: 'Geen federatieve referentie van de registratie past bij het gefedereerde token dat de app heeft.',
    next: 'Vergelijk de uitgever, het onderwerp en de doelgroep van het token met de federatieve referentie.',
  },
  assertionTime: {
    heading: 'Het identiteitsbewijs van de app is nu niet geldig',
    what: 'Volgens Microsoft is het bewijs van de identiteit van de app verlopen, of nog niet geldig.',
    next: 'Zet de klok van de server gelijk. Gebruikt de app een gefedereerd token, controleer dan of het bestand dat CLIENT_ASSERTION_FILE noemt nog wordt vernieuwd.',
  },
  scopeInvalid: {
    heading: 'De app vraagt om een machtiging die niet bestaat',
    what: 'Microsoft kent zo’n machtiging niet, of niet voor de dienst waar de app om heeft gevraagd.',
    next: 'Controleer de instelling SCOPE.',
  },
  severalServices: {
    heading: 'De app vraagt om meerdere diensten tegelijk',
    what: 'De app heeft in één verzoek om machtigingen van meer dan één dienst gevraagd, of van een andere dienst dan hij noemde.',
    next: 'Laat de instelling SCOPE alleen machtigingen van één dienst noemen.',
  },
  permissionNotListed: {
    heading: 'In de registratie ontbreekt een machtiging',
    what: 'De app heeft om een dienst gevraagd die niet bij de machtigingen van zijn registratie staat.',
    next: 'Voeg de gedelegeerde machtiging van Microsoft Graph toe die SCOPE noemt.',
  },
  grantNotAllowed: {
    heading: 'Deze manier van aanmelden is niet toegestaan',
    what: 'Deze manier van aanmelden is niet toegestaan voor het soort accounts waar de app om heeft gevraagd.',
    next: 'Zet de id van je organisatie in AUTHORITY.',
  },
  malformed: {
    heading: 'Microsoft kon het verzoek van de app niet lezen',
    what: 'In wat de app naar Microsoft heeft gestuurd, ontbrak iets of was iets beschadigd.',
    next: 'Meld je opnieuw aan. Helpt dat niet, dan zit er een fout in de app.',
  },
  serviceDown: {
    heading: 'Microsoft heeft op dit moment een storing',
    what: 'Een dienst van Microsoft werkte niet zoals het hoort.',
    next: 'Probeer het over een paar minuten opnieuw.',
  },
  slowDown: {
    heading: 'Microsoft krijgt te veel verzoeken',
    what: 'Microsoft heeft te veel verzoeken gekregen en vraagt de app om even te wachten.',
    next: 'Wacht even en probeer het dan opnieuw.',
  },
  tokenRefused: {
    heading: 'De adreslijst heeft je aanmelding niet geaccepteerd',
    what: 'Microsoft Graph heeft de toegang die bij je aanmelding hoort, niet geaccepteerd.',
    next: 'Meld je af, wacht even en meld je opnieuw aan. Helpt dat niet, stuur dan de gegevens hieronder naar je beheerder.',
  },
  notPermitted: {
    heading: 'Je hebt geen toegang tot de adreslijst',
    what: 'Noch je account noch deze app heeft de machtiging om de lijst met mensen op te vragen.',
    next: 'Vraag je beheerder erom, of gebruik een ander account.',
  },
  noIdentity: {
    heading: 'Microsoft Graph kent deze app niet',
    what: 'Microsoft Graph kent deze app niet in je organisatie.',
    next: 'Geef eerst toestemming in deze organisatie, en controleer of AUTHORITY de juiste noemt.',
  },
  questionRefused: {
    heading: 'De adreslijst heeft de vraag niet begrepen',
    what: 'Microsoft Graph kon niet lezen wat de app vroeg.',
    next: 'Begin opnieuw bij de eerste pagina. Helpt dat niet, dan zit er een fout in de app.',
  },
  questionUnsupported: {
    heading: 'De adreslijst kan die vraag niet beantwoorden',
    what: 'De adreslijst van deze organisatie kan zo’n vraag niet beantwoorden.',
    next: 'Begin opnieuw bij de eerste pagina, of stel de vraag anders.',
  },
  pageExpired: {
    heading: 'Deze pagina van de adreslijst is verlopen',
    what: 'De link naar deze pagina van de adreslijst is te oud.',
    next: 'Begin opnieuw bij de eerste pagina.',
  },
  gone: {
    heading: 'Dat staat niet in de adreslijst',
    what: 'Wat er is gevraagd, staat niet in de adreslijst. Misschien is het verwijderd.',
    next: 'Begin opnieuw bij de eerste pagina.',
  },
};
