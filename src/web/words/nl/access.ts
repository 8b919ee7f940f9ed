import type { AccessCatalogue } from '../en/index.ts';

/** What the pages about permissions, consent and sessions say in Dutch. */
export const nlAccess: AccessCatalogue = {
  permissions: {
    pageHeading: 'Je account',
    session: 'Deze sessie',
    allow: 'Toestaan',
    heading: 'Wat deze app kan doen',
    lead: 'Dit zijn de machtigingen waar deze app om vraagt. Jij of je beheerder heeft ze verleend; zonder die machtigingen kan de app minder tonen.',
    granted: 'Verleend',
    missing: 'Ontbreekt',
    more: 'Ook verleend',
    someMissing:
      'Er ontbreken machtigingen. De app kan je er nu om vragen; voor sommige is een beheerder nodig.',
    ask: 'Ontbrekende machtigingen aanvragen',
    askOne: '{{scope}} toestaan',
    expires: 'De toegang geldt tot',
    renewed: 'De toegang wordt automatisch verlengd zolang je bent aangemeld.',
    readBasicAll: 'De namen en e-mailadressen van de mensen in je organisatie zien',
    readOwn: 'Je eigen profiel zien',
    readAll: 'De volledige profielen van de mensen in je organisatie zien',
    openid: 'Je aanmelden',
    profile: 'Je naam en gebruikersnaam zien',
    email: 'Je e-mailadres zien',
    offline: 'De toegang houden zolang je bent aangemeld',
  },
  everywhere: {
    title: 'Afmelden',
    bothHeading: 'Bij deze app en bij Microsoft',
    bothLead: 'In deze browser.',
    hereHeading: 'Alleen bij deze app',
    hereLead: 'Andere apps in deze browser blijven werken.',
    hereButton: 'Bij deze app afmelden',
    heading: 'Overal',
    lead: 'Bij deze app in elke browser, bijvoorbeeld op een computer die je niet meer hebt.',
    button: 'Overal afmelden',
    where: 'In elke browser',
  },
  consent: {
    givenHeading: 'Er is toestemming gegeven',
    givenWhat: 'Microsoft meldt dat deze app nu de machtigingen voor je organisatie heeft.',
    givenNext:
      'Wie geweigerd is, moet zich opnieuw aanmelden. Het kan een paar minuten duren voordat het werkt.',
    again: 'Geef daarna opnieuw toestemming.',
  },
};
