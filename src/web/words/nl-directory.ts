import type { DirectoryCatalogue } from './shape.ts';

/** What the pages about the directory say in Dutch: finding people, and what can be done with them. */
export const nlDirectory: DirectoryCatalogue = {
  find: {
    label: 'Zoeken op naam of adres',
    button: 'Zoeken',
    size: 'Mensen per pagina',
    all: 'Alle',
    heading: 'Mensen die passen bij “{{search}}”',
    headingCounted_one: '{{number}} persoon past bij “{{search}}”',
    headingCounted_other: '{{number}} mensen passen bij “{{search}}”',
    nobodyHeading: 'Niemand past bij “{{search}}”',
    nobody: 'Controleer de spelling, of zoek op het begin van een voornaam, een achternaam of een adres.',
    everyone: 'Iedereen tonen',
    beginningsOnly:
      'Dit zijn de mensen van wie de naam of het adres begint met wat je typte. Binnen een naam kon niet worden gezocht.',
    tooLongHeading: 'Deze zoekopdracht is te lang',
    tooLong: 'Zoek op hoogstens {{number}} tekens.',
    failed: 'Het zoeken lukte niet. Druk op de zoekknop om het opnieuw te proberen.',
  },
  person: {
    write: 'E-mail schrijven',
    chat: 'Chatten in Teams',
    copyGivenName: 'Voornaam kopiëren',
    copySurname: 'Achternaam kopiëren',
    copyUsername: 'Gebruikersnaam kopiëren',
    copyMail: 'E-mailadres kopiëren',
    copyId: 'Account-ID kopiëren',
    back: 'Terug naar de mensen',
  },
  export: {
    again: 'Opnieuw exporteren',
    pageHeading: 'Mensen als bestand',
    pageLead:
      'Kies een soort bestand. Het wordt naast deze pagina geladen, en deze pagina toont hoever het is.',
    pageLink: 'Als bestand, met de voortgang',
    renews: 'Deze pagina ververst zichzelf elke {{number}} seconden.',
    newest: 'Bekijk hoever het nu is',
    rest: 'De rest staat hier, voor wie is aangemeld: {{url}}',
    resume: 'De rest ophalen',
    region: 'Export',
    cancel: 'Annuleren',
    uncancelled: 'Het annuleren lukte niet. Druk op de knop om het opnieuw te proberen.',
    begun: 'De export is begonnen.',
    some: 'Aantal mensen tot nu toe: {{number}}.',
    of: '{{number}} van {{total}} mensen, {{rate}} per seconde. Nog {{duration}}.',
    waiting: 'Aantal mensen tot nu toe: {{number}}. Microsoft vraagt om geduld: {{duration}} wachten.',
    complete: 'Het bestand is volledig. Aantal mensen: {{number}}.',
    incomplete:
      'Het bestand is niet volledig: het eindigt na {{number}} mensen. Exporteer opnieuw om iedereen te krijgen.',
    everyone: 'Iedereen als bestand:',
    found: 'Deze mensen als bestand:',
    csv: 'CSV voor rekenbladen',
    json: 'JSON voor programma’s',
    interrupted:
      'Deze lijst is niet volledig: de export is hier afgebroken. Exporteer opnieuw om iedereen te krijgen.',
  },
};
