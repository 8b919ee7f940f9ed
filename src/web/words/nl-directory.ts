import type { DirectoryCatalogue } from './shape.ts';

/** What the pages about the directory say in Dutch: finding people, and what can be done with them. */
export const nlDirectory: DirectoryCatalogue = {
  find: {
    label: 'Zoeken op naam of adres',
    button: 'Zoeken',
    size: 'Mensen per pagina',
    all: 'Alle',
    heading: 'Zoekresultaten voor “{{search}}”',
    headingCounted_one: '{{number}} persoon gevonden voor “{{search}}”',
    headingCounted_other: '{{number}} mensen gevonden voor “{{search}}”',
    nobodyHeading: 'Niemand gevonden voor “{{search}}”',
    nobody: 'Controleer de spelling, of zoek op het begin van een voornaam, een achternaam of een adres.',
    everyone: 'Iedereen tonen',
    beginningsOnly:
      'Dit zijn de mensen van wie de naam of het adres begint met wat je hebt getypt. Verderop in een naam kon niet worden gezocht.',
    tooLongHeading: 'Deze zoekopdracht is te lang',
    tooLong: 'Gebruik hoogstens {{number}} tekens.',
    failed: 'Zoeken is niet gelukt. Druk op de zoekknop om het opnieuw te proberen.',
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
    pageHeading: 'De lijst als bestand',
    pageLead: 'Kies een bestandstype. Terwijl het bestand wordt gedownload, toont deze pagina de voortgang.',
    pageLink: 'Als bestand, op een pagina met de voortgang',
    renews: 'Deze pagina wordt elke {{number}} seconden vernieuwd.',
    newest: 'Nu vernieuwen',
    rest: 'Meld je aan en open dit adres voor de rest: {{url}}',
    resume: 'De rest ophalen',
    region: 'Export',
    cancel: 'Annuleren',
    uncancelled: 'Annuleren is niet gelukt. Druk op de knop om het opnieuw te proberen.',
    begun: 'De export is begonnen.',
    some: 'Aantal mensen tot nu toe: {{number}}.',
    of: '{{number}} van de {{total}} mensen, {{rate}} per seconde. Nog {{duration}}.',
    waiting: 'Aantal mensen tot nu toe: {{number}}. Microsoft vraagt om geduld: {{duration}} wachten.',
    complete: 'Het bestand is volledig. Aantal mensen: {{number}}.',
    incomplete:
      'Het bestand is niet volledig: het eindigt na {{number}} mensen. Exporteer opnieuw om iedereen te krijgen.',
    everyone: 'Iedereen als bestand:',
    found: 'Zoekresultaten als bestand:',
    csv: 'CSV voor spreadsheets',
    json: 'JSON voor programma’s',
    interrupted:
      'Deze lijst is niet volledig: de export is hier afgebroken. Exporteer opnieuw om iedereen te krijgen.',
  },
};
