import type { TopicCatalogue } from '../shape.ts';

/** What codes of the identity platform and of Graph mean, in Dutch. */
export const nlTopics: TopicCatalogue = {
  severalAccounts: {
    what: 'Je bent bij Microsoft met meer dan één account aangemeld, en het was niet duidelijk welk account je wilt gebruiken.',
    next: 'Kies het account dat je wilt gebruiken.',
  },
  unknownUser: {
    what: 'Microsoft kent deze gebruikersnaam niet in de organisatie waarbij je je wilde aanmelden.',
    next: 'Controleer de spelling, of gebruik een ander account.',
  },
  locked: {
    what: 'Je account is vergrendeld na te veel verkeerde wachtwoorden, of de aanmelding kwam van een verdacht adres.',
    next: 'Wacht een tijdje en meld je dan opnieuw aan. Blijft het vergrendeld, vraag dan je beheerder om hulp.',
  },
  passwordExpired: {
    what: 'Je wachtwoord is verlopen.',
    next: 'Meld je opnieuw aan. Microsoft vraagt je dan een nieuw wachtwoord te kiezen.',
  },
  wrongPassword: {
    what: 'De gebruikersnaam of het wachtwoord klopte niet.',
    next: 'Meld je opnieuw aan. Wachtwoord vergeten? Stel het op de pagina van Microsoft opnieuw in.',
  },
  nobodySignedIn: {
    what: 'Je bent in deze browser niet bij Microsoft aangemeld.',
    next: 'Meld je opnieuw aan.',
  },
  secondStepToSetUp: {
    what: 'Je organisatie vraagt bij het aanmelden om een tweede stap, en die heb je nog niet ingesteld.',
    next: 'Meld je opnieuw aan. Microsoft helpt je dan bij het instellen.',
  },
  secondStep: {
    what: 'Je organisatie vraagt bij het aanmelden om een tweede stap, zoals een code op je telefoon.',
    next: 'Meld je opnieuw aan en bevestig de tweede stap.',
  },
  signInRevoked: {
    what: 'Je eerdere aanmelding telt niet meer. Je wachtwoord is veranderd, of je sessies zijn beëindigd.',
    next: 'Meld je opnieuw aan.',
  },
  answerUsed: {
    what: 'Dit antwoord van de aanmeldpagina is al eens gebruikt. Het werkt maar één keer.',
    next: 'Meld je opnieuw aan.',
  },
  declined: {
    what: 'De toestemming die deze app vraagt, is geweigerd. Er is niets opgeslagen.',
    next: 'Meld je opnieuw aan en accepteer, of gebruik een ander account.',
  },
  signInTooOld: {
    what: 'Je eerdere aanmelding is te oud, of dekt niet meer wat de app vraagt.',
    next: 'Meld je opnieuw aan.',
  },
  signInFrequency: {
    what: 'Je organisatie wil dat je je af en toe opnieuw aanmeldt, en dat is nu nodig.',
    next: 'Meld je opnieuw aan.',
  },
  otherSignIn: {
    what: 'Het antwoord van de aanmeldpagina hoort bij een andere aanmelding dan de aanmelding die deze app is begonnen.',
    next: 'Sluit andere tabbladen van deze app en meld je dan opnieuw aan.',
  },
  otherOrganisation: {
    what: 'De aanmelding was voor een andere organisatie dan die waar de app om heeft gevraagd.',
    next: 'Gebruik een account van de juiste organisatie.',
  },
  personalNotAllowed: {
    what: 'Deze app accepteert alleen werk- en schoolaccounts, en je hebt een persoonlijk account gebruikt.',
    next: 'Gebruik je werk- of schoolaccount.',
  },
  wrongKind: {
    what: 'Dit soort account kan zich bij deze organisatie niet aanmelden.',
    next: 'Gebruik een ander account.',
  },
  notInTenant: {
    what: 'Je account is geen lid en geen gast van de organisatie waar deze app bij hoort.',
    next: 'Gebruik een account van die organisatie, of vraag de beheerder ervan om je uit te nodigen.',
  },
  disabled: {
    what: 'Je account is uitgeschakeld.',
    next: 'Vraag je beheerder om het in te schakelen, of gebruik een ander account.',
  },
  notAssigned: {
    what: 'In je organisatie mogen alleen bepaalde mensen deze app gebruiken, en jij hoort daar nog niet bij.',
    next: 'Vraag je beheerder om de app aan je toe te wijzen.',
  },
  deviceNotCompliant: {
    what: 'Je organisatie staat deze app alleen toe op apparaten die aan de regels voldoen, en dit apparaat doet dat niet.',
    next: 'Gebruik een beheerd apparaat, of vraag je beheerder wat er op dit apparaat ontbreekt.',
  },
  deviceNotJoined: {
    what: 'Je organisatie staat deze app alleen toe op apparaten die aan de organisatie zijn gekoppeld.',
    next: 'Gebruik zo’n apparaat, of vraag je beheerder om dit apparaat te koppelen.',
  },
  appNotApproved: {
    what: 'Volgens de toegangsregels van je organisatie is deze app of deze browser niet goedgekeurd.',
    next: 'Gebruik een goedgekeurde browser, of vraag je beheerder om de app goed te keuren.',
  },
  blockedByPolicy: {
    what: 'De toegangsregels van je organisatie hebben deze aanmelding geblokkeerd, vanwege de plaats, het apparaat of het risico.',
    next: 'Probeer het vanaf je gebruikelijke plek en apparaat, of vraag je beheerder om welke regel het gaat.',
  },
  setUpBlocked: {
    what: 'Je moet eerst een tweede stap instellen, maar Microsoft heeft dat geblokkeerd omdat de aanmelding riskant leek.',
    next: 'Probeer het vanaf je gebruikelijke plek en apparaat, of vraag je beheerder om hulp.',
  },
  noConsent: {
    what: 'Jij en je beheerder hebben deze app nog niet de toestemming gegeven die hij vraagt.',
    next: 'Meld je opnieuw aan en accepteer. Vraagt Microsoft je niets, dan moet je beheerder de toestemming geven.',
  },
  adminConsent: {
    what: 'Alleen een beheerder van je organisatie kan de toestemming geven die deze app vraagt.',
    next: 'Stuur het bericht hieronder naar je beheerder en meld je daarna opnieuw aan.',
  },
  serviceNotInTenant: {
    what: 'Je organisatie heeft de dienst niet waar deze app om vraagt.',
    next: 'De dienst moet worden toegevoegd, of de instelling SCOPE moet een andere noemen.',
  },
  appUnknown: {
    what: 'Microsoft kent deze app niet in de organisatie waarbij je je wilde aanmelden.',
    next: 'Vergelijk CLIENT_ID en AUTHORITY met de registratie. Misschien is de app ook beperkt tot één organisatie.',
  },
  redirectUri: {
    what: 'Het adres waarnaar Microsoft je moet terugsturen, is voor deze app niet geregistreerd.',
    next: 'Registreer {{redirectUri}} als omleidings-URI van het platform Web, letter voor letter.',
  },
  noRedirectUri: {
    what: 'Er is geen adres geregistreerd waarnaar Microsoft je mag terugsturen.',
    next: 'Registreer {{redirectUri}} als omleidings-URI van het platform Web.',
  },
  authorityHost: {
    what: 'De aanmelddienst die deze app noemt, bestaat niet.',
    next: 'Controleer de host in de instelling AUTHORITY.',
  },
  singleTenant: {
    what: 'Deze app is voor één organisatie geregistreerd, maar heeft om een aanmelding bij een willekeurige organisatie gevraagd.',
    next: 'Zet de id van die organisatie in AUTHORITY, of registreer de app voor meerdere organisaties.',
  },
  personalOnly: {
    what: 'Deze app is alleen voor persoonlijke accounts geregistreerd.',
    next: 'Laat AUTHORITY eindigen op /consumers, of registreer de app ook voor organisaties.',
  },
  workOnly: {
    what: 'Deze app is alleen voor werk- en schoolaccounts geregistreerd.',
    next: 'Gebruik een werk- of schoolaccount. Persoonlijke accounts werken alleen als de registratie ze toestaat.',
  },
  tenantUnknown: {
    what: 'Microsoft kent de organisatie niet die deze app noemt.',
    next: 'Controleer de id of het domein van de organisatie in de instelling AUTHORITY.',
  },
  loop: {
    what: 'De app heeft Microsoft in korte tijd te vaak om hetzelfde gevraagd.',
    next: 'Sluit andere tabbladen van deze app en wacht een paar minuten. Helpt dat niet, dan zit er een fout in de app.',
  },
  secretWrong: {
    what: 'Microsoft accepteert het clientgeheim van de app niet.',
    next: 'Zet de waarde van het clientgeheim, niet de id ervan, in CLIENT_SECRET.',
  },
  secretExpired: {
    what: 'Het clientgeheim van de app is verlopen.',
    next: 'Maak een nieuw clientgeheim en zet de waarde ervan in CLIENT_SECRET.',
  },
  noCredential: {
    what: 'De app heeft niet bewezen wie hij is, en Microsoft eist dat.',
    next: 'Stel CLIENT_SECRET, een certificaat of een gefedereerd token in voor de app.',
  },
  publicClient: {
    what: 'De app is geregistreerd als openbare client, en die mag geen clientgeheim hebben.',
    next: 'Registreer {{redirectUri}} onder het platform Web.',
  },
  singlePage: {
    what: 'De app is geregistreerd als app met één pagina, maar meldt mensen aan op een server.',
    next: 'Verplaats {{redirectUri}} van de toepassing met één pagina naar Web.',
  },
  certificate: {
    what: 'Microsoft accepteert het certificaat van de app niet.',
    next: 'Upload het certificaat dat CLIENT_CERTIFICATE noemt, en controleer of het nog geldig is.',
  },
  scopeInvalid: {
    what: 'De app heeft om een machtiging gevraagd die niet bestaat.',
    next: 'Controleer de instelling SCOPE.',
  },
  permissionNotListed: {
    what: 'De app heeft om een dienst gevraagd die niet bij de machtigingen van zijn registratie staat.',
    next: 'Voeg de gedelegeerde machtiging van Microsoft Graph toe die SCOPE noemt.',
  },
  grantNotAllowed: {
    what: 'Deze manier van aanmelden is niet toegestaan voor het soort accounts waar de app om heeft gevraagd.',
    next: 'Zet de id van je organisatie in AUTHORITY.',
  },
  malformed: {
    what: 'In wat de app naar Microsoft heeft gestuurd, ontbrak iets of was iets beschadigd.',
    next: 'Meld je opnieuw aan. Helpt dat niet, dan zit er een fout in de app.',
  },
  serviceDown: {
    what: 'De dienst van Microsoft heeft op dit moment een storing.',
    next: 'Probeer het over een paar minuten opnieuw.',
  },
  slowDown: {
    what: 'Microsoft heeft te veel verzoeken gekregen en vraagt om een pauze.',
    next: 'Wacht even en probeer het dan opnieuw.',
  },
  tokenRefused: {
    what: 'Microsoft Graph heeft de toegang die bij je aanmelding hoort, niet geaccepteerd.',
    next: 'Meld je af, wacht even en meld je opnieuw aan. Helpt dat niet, stuur dan de gegevens hieronder naar je beheerder.',
  },
  notPermitted: {
    what: 'Noch je account, noch deze app heeft de machtiging om de lijst met mensen op te vragen.',
    next: 'Vraag je beheerder erom, of gebruik een ander account.',
  },
  noIdentity: {
    what: 'Microsoft Graph kent deze app niet in je organisatie.',
    next: 'Geef eerst toestemming in deze organisatie, en controleer of AUTHORITY de juiste noemt.',
  },
  questionRefused: {
    what: 'Microsoft Graph kon niet lezen wat de app vroeg.',
    next: 'Begin opnieuw bij de eerste pagina. Helpt dat niet, dan zit er een fout in de app.',
  },
  questionUnsupported: {
    what: 'De adreslijst van deze organisatie kan zo’n vraag niet beantwoorden.',
    next: 'Begin opnieuw bij de eerste pagina, of stel de vraag anders.',
  },
  pageExpired: {
    what: 'De link naar deze pagina van de adreslijst is te oud.',
    next: 'Begin opnieuw bij de eerste pagina.',
  },
  gone: {
    what: 'Wat er is gevraagd, staat niet in de adreslijst. Misschien is het verwijderd.',
    next: 'Begin opnieuw bij de eerste pagina.',
  },
};
