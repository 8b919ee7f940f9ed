import type { TopicCatalogue } from './shape.ts';

/** What codes of the identity platform and of Graph mean, in Dutch. */
export const nlTopics: TopicCatalogue = {
  severalAccounts: {
    what: 'Je bent bij Microsoft met meer dan één account aangemeld, en het was niet duidelijk welk account bedoeld is.',
    next: 'Kies het account dat je wilt gebruiken.',
  },
  unknownUser: {
    what: 'Microsoft kent deze gebruikersnaam niet in de organisatie waarbij je je aanmeldde.',
    next: 'Controleer de spelling, of gebruik een ander account.',
  },
  locked: {
    what: 'Je account is vergrendeld na te veel verkeerde wachtwoorden, of de aanmelding kwam van een verdacht adres.',
    next: 'Wacht een tijdje en meld je dan opnieuw aan. Blijft het vergrendeld, vraag het dan je beheerder.',
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
    next: 'Meld je opnieuw aan. Microsoft leidt je er dan doorheen.',
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
    what: 'Dit antwoord van de aanmeldpagina is al eens gebruikt. Het werkt één keer.',
    next: 'Meld je opnieuw aan.',
  },
  declined: {
    what: 'De toestemming die deze app vraagt, werd geweigerd. Er is niets bewaard.',
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
    what: 'Het antwoord van de aanmeldpagina hoort bij een andere aanmelding dan die deze app begon.',
    next: 'Sluit andere tabbladen van deze app en meld je dan opnieuw aan.',
  },
  otherOrganisation: {
    what: 'De aanmelding was voor een andere organisatie dan waar de app om vroeg.',
    next: 'Gebruik een account van de juiste organisatie.',
  },
  personalNotAllowed: {
    what: 'Deze app neemt alleen werk- en schoolaccounts aan, en je gebruikte een persoonlijk account.',
    next: 'Gebruik je werk- of schoolaccount.',
  },
  wrongKind: {
    what: 'Dit soort account kan zich bij deze organisatie niet aanmelden.',
    next: 'Gebruik een ander account.',
  },
  notInTenant: {
    what: 'Je account is geen lid en geen gast van de organisatie waar deze app bij hoort.',
    next: 'Gebruik een account van die organisatie, of vraag haar beheerder om je uit te nodigen.',
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
    what: 'Je organisatie staat deze app alleen toe op apparaten die aan haar regels voldoen, en dit apparaat doet dat niet.',
    next: 'Gebruik een beheerd apparaat, of vraag je beheerder wat er op dit apparaat ontbreekt.',
  },
  deviceNotJoined: {
    what: 'Je organisatie staat deze app alleen toe op apparaten die bij haar zijn aangesloten.',
    next: 'Gebruik zo’n apparaat, of vraag je beheerder om dit apparaat aan te sluiten.',
  },
  appNotApproved: {
    what: 'In de toegangsregels van je organisatie staat deze app, of deze browser, niet als goedgekeurd.',
    next: 'Gebruik een goedgekeurde browser, of vraag je beheerder om de app goed te keuren.',
  },
  blockedByPolicy: {
    what: 'De toegangsregels van je organisatie blokkeerden deze aanmelding, vanwege de plaats, het apparaat of het risico.',
    next: 'Probeer het vanaf je vaste plek en apparaat, of vraag je beheerder welke regel gold.',
  },
  setUpBlocked: {
    what: 'Je moet eerst een tweede stap instellen, en Microsoft blokkeerde dat omdat de aanmelding riskant leek.',
    next: 'Probeer het vanaf je vaste plek en apparaat, of vraag het je beheerder.',
  },
  noConsent: {
    what: 'Jij en je beheerder hebben deze app nog niet de toestemming gegeven die hij vraagt.',
    next: 'Meld je opnieuw aan en accepteer. Wordt je niets gevraagd, dan moet je beheerder de toestemming geven.',
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
    what: 'Microsoft kent deze app niet in de organisatie waarbij je je aanmeldde.',
    next: 'Vergelijk CLIENT_ID en AUTHORITY met de registratie. Misschien is de app ook beperkt tot één organisatie.',
  },
  redirectUri: {
    what: 'Het adres waar Microsoft je naar terug moet sturen, is voor deze app niet geregistreerd.',
    next: 'Registreer BASE_URL gevolgd door REDIRECT_PATH als omleidings-URI van het platform Web, letter voor letter.',
  },
  noRedirectUri: {
    what: 'Er is geen adres geregistreerd waar Microsoft je naar terug mag sturen.',
    next: 'Registreer BASE_URL gevolgd door REDIRECT_PATH als omleidings-URI van het platform Web.',
  },
  authorityHost: {
    what: 'De aanmelddienst die deze app noemt, bestaat niet.',
    next: 'Controleer de host in de instelling AUTHORITY.',
  },
  singleTenant: {
    what: 'Deze app is voor één organisatie geregistreerd, maar vroeg om een aanmelding van een willekeurige.',
    next: 'Zet de ID van die organisatie in AUTHORITY, of registreer de app voor meer organisaties.',
  },
  personalOnly: {
    what: 'Deze app is alleen voor persoonlijke accounts geregistreerd.',
    next: 'Laat AUTHORITY eindigen op /consumers, of registreer de app ook voor organisaties.',
  },
  workOnly: {
    what: 'Deze app is alleen voor werk- en schoolaccounts geregistreerd.',
    next: 'Gebruik een werk- of schoolaccount. Voor persoonlijke accounts moet de registratie ze toestaan.',
  },
  tenantUnknown: {
    what: 'Microsoft kent de organisatie niet die deze app noemt.',
    next: 'Controleer de ID of het domein van de organisatie in de instelling AUTHORITY.',
  },
  loop: {
    what: 'De app vroeg Microsoft in korte tijd te vaak om hetzelfde.',
    next: 'Sluit andere tabbladen van deze app en wacht een paar minuten. Blijft dit zo, dan heeft de app een fout.',
  },
  secretWrong: {
    what: 'Microsoft accepteert het geheim van de app niet.',
    next: 'Zet de waarde van het geheim, niet de ID ervan, in CLIENT_SECRET.',
  },
  secretExpired: {
    what: 'Het geheim van de app is verlopen.',
    next: 'Maak een nieuw geheim en zet de waarde ervan in CLIENT_SECRET.',
  },
  noCredential: {
    what: 'De app bewees niet wie hij is, en Microsoft vraagt daarom.',
    next: 'Stel CLIENT_SECRET, een certificaat of een gefedereerd token in voor de app.',
  },
  publicClient: {
    what: 'De app is geregistreerd als openbare client, en die mag geen geheim hebben.',
    next: 'Registreer de omleidings-URI onder het platform Web.',
  },
  singlePage: {
    what: 'De app is geregistreerd als app met één pagina, maar meldt mensen aan op een server.',
    next: 'Verplaats de omleidings-URI van de toepassing met één pagina naar Web.',
  },
  certificate: {
    what: 'Microsoft accepteert het certificaat van de app niet.',
    next: 'Upload het certificaat dat CLIENT_CERTIFICATE noemt, en controleer of het niet verlopen is.',
  },
  scopeInvalid: {
    what: 'De app vroeg om een machtiging die niet bestaat.',
    next: 'Controleer de instelling SCOPE.',
  },
  permissionNotListed: {
    what: 'De app vroeg om een dienst die niet bij de machtigingen van zijn registratie staat.',
    next: 'Voeg de gedelegeerde machtiging van Microsoft Graph toe die SCOPE noemt.',
  },
  grantNotAllowed: {
    what: 'Deze manier van aanmelden mag niet voor het soort accounts waar de app om vroeg.',
    next: 'Zet de ID van je organisatie in AUTHORITY.',
  },
  malformed: {
    what: 'Er ontbrak iets, of er was iets beschadigd, in wat de app naar Microsoft stuurde.',
    next: 'Meld je opnieuw aan. Blijft dit zo, dan heeft de app een fout.',
  },
  serviceDown: {
    what: 'De dienst van Microsoft heeft op dit moment een storing.',
    next: 'Probeer het over een paar minuten opnieuw.',
  },
  slowDown: {
    what: 'Microsoft kreeg te veel verzoeken en vraagt om een pauze.',
    next: 'Wacht even en probeer het dan opnieuw.',
  },
  tokenRefused: {
    what: 'Microsoft Graph accepteerde de toegang niet die bij je aanmelding hoorde.',
    next: 'Meld je af, wacht even en meld je opnieuw aan. Blijft dit zo, stuur dan de gegevens hieronder naar je beheerder.',
  },
  notPermitted: {
    what: 'Je account en deze app hebben geen van beide de machtiging om de lijst van mensen op te vragen.',
    next: 'Vraag je beheerder erom, of gebruik een ander account.',
  },
  noIdentity: {
    what: 'Microsoft Graph kent deze app niet in je organisatie.',
    next: 'Geef eerst toestemming in deze organisatie, en controleer of AUTHORITY de juiste noemt.',
  },
  questionRefused: {
    what: 'Microsoft Graph kon niet lezen wat de app vroeg.',
    next: 'Begin opnieuw bij de eerste pagina. Blijft dit zo, dan heeft de app een fout.',
  },
  questionUnsupported: {
    what: 'De adreslijst van deze organisatie kan zo’n vraag niet beantwoorden.',
    next: 'Begin opnieuw bij de eerste pagina, of vraag het anders.',
  },
  pageExpired: {
    what: 'De link naar deze pagina van de adreslijst is te oud.',
    next: 'Begin opnieuw bij de eerste pagina.',
  },
  gone: {
    what: 'Wat er gevraagd werd, staat niet in de adreslijst. Misschien is het verwijderd.',
    next: 'Begin opnieuw bij de eerste pagina.',
  },
};
