import type { AccessCatalogue } from '../en/index.ts';

/** What the pages about permissions, consent and sessions say in German. */
export const deAccess: AccessCatalogue = {
  permissions: {
    pageHeading: 'Ihr Konto',
    session: 'Diese Sitzung',
    allow: 'Zulassen',
    heading: 'Was diese App tun kann',
    lead: 'Das sind die Berechtigungen, die diese App anfordert. Erteilt werden sie von Ihnen oder Ihrem Administrator; ohne sie kann die App weniger zeigen.',
    granted: 'Erteilt',
    missing: 'Fehlt',
    more: 'Außerdem erteilt',
    someMissing:
      'Es fehlen Berechtigungen. Die App kann sie jetzt anfordern; für manche ist ein Administrator nötig.',
    ask: 'Fehlende Berechtigungen anfordern',
    askOne: '{{scope}} zulassen',
    expires: 'Der Zugriff gilt bis',
    renewed: 'Er wird automatisch verlängert, solange Sie angemeldet sind.',
    readBasicAll: 'Die Namen und E-Mail-Adressen der Personen in Ihrer Organisation sehen',
    readOwn: 'Ihr eigenes Profil sehen',
    readAll: 'Die vollständigen Profile der Personen in Ihrer Organisation sehen',
    openid: 'Sie anmelden',
    profile: 'Ihren Namen und Benutzernamen sehen',
    email: 'Ihre E-Mail-Adresse sehen',
    offline: 'Den Zugriff behalten, solange Sie angemeldet sind',
  },
  everywhere: {
    title: 'Abmelden',
    bothHeading: 'Bei dieser App und bei Microsoft',
    bothLead: 'In diesem Browser.',
    hereHeading: 'Nur bei dieser App',
    hereLead: 'Andere Apps in diesem Browser funktionieren weiter.',
    hereButton: 'Bei dieser App abmelden',
    heading: 'Überall',
    lead: 'Bei dieser App in jedem Browser, zum Beispiel auf einem Computer, den Sie nicht mehr haben.',
    button: 'Überall abmelden',
    where: 'In jedem Browser',
  },
  consent: {
    givenHeading: 'Die Zustimmung wurde erteilt',
    givenWhat: 'Microsoft meldet, dass diese App jetzt die Berechtigungen für Ihre Organisation hat.',
    givenNext:
      'Wer abgewiesen wurde, muss sich erneut anmelden. Es kann einige Minuten dauern, bis die Zustimmung wirkt.',
    again: 'Stimmen Sie danach erneut zu.',
  },
};
