import type { DirectoryCatalogue } from './shape.ts';

/** What the pages about the directory say in German: finding people, and what can be done with them. */
export const deDirectory: DirectoryCatalogue = {
  find: {
    label: 'Nach Name oder Adresse suchen',
    button: 'Suchen',
    size: 'Personen pro Seite',
    all: 'Alle',
    heading: 'Personen, die zu „{{search}}“ passen',
    headingCounted_one: '{{number}} Person passt zu „{{search}}“',
    headingCounted_other: '{{number}} Personen passen zu „{{search}}“',
    nobodyHeading: 'Niemand passt zu „{{search}}“',
    nobody:
      'Prüfen Sie die Schreibweise, oder suchen Sie nach dem Anfang eines Vornamens, eines Nachnamens oder einer Adresse.',
    everyone: 'Alle anzeigen',
    beginningsOnly:
      'Das sind die Personen, deren Name oder Adresse mit Ihrer Eingabe beginnt. Innerhalb eines Namens konnte nicht gesucht werden.',
    tooLongHeading: 'Diese Suche ist zu lang',
    tooLong: 'Suchen Sie nach höchstens {{number}} Zeichen.',
    failed: 'Die Suche hat nicht geklappt. Drücken Sie die Schaltfläche „Suchen“, um es erneut zu versuchen.',
  },
  person: {
    write: 'E-Mail schreiben',
    chat: 'In Teams chatten',
    copyGivenName: 'Vornamen kopieren',
    copySurname: 'Nachnamen kopieren',
    copyUsername: 'Benutzernamen kopieren',
    copyMail: 'E-Mail-Adresse kopieren',
    copyId: 'Konto-ID kopieren',
    back: 'Zurück zu den Personen',
  },
  export: {
    again: 'Erneut exportieren',
    pageHeading: 'Personen als Datei',
    pageLead:
      'Wählen Sie eine Art von Datei. Sie wird neben dieser Seite geladen, und diese Seite zeigt, wie weit sie ist.',
    pageLink: 'Als Datei, mit dem Fortschritt',
    renews: 'Diese Seite erneuert sich alle {{number}} Sekunden.',
    newest: 'Sehen, wie weit es jetzt ist',
    rest: 'Der Rest steht hier, für alle, die angemeldet sind: {{url}}',
    resume: 'Den Rest holen',
    region: 'Export',
    cancel: 'Abbrechen',
    uncancelled: 'Das Abbrechen hat nicht geklappt. Drücken Sie die Schaltfläche, um es erneut zu versuchen.',
    begun: 'Der Export hat begonnen.',
    some: 'Bisher exportierte Personen: {{number}}.',
    of: '{{number}} von {{total}} Personen, {{rate}} pro Sekunde. Noch {{duration}}.',
    waiting: 'Bisher exportierte Personen: {{number}}. Microsoft bittet um Geduld: {{duration}} warten.',
    complete: 'Die Datei ist vollständig. Anzahl der Personen: {{number}}.',
    incomplete:
      'Die Datei ist nicht vollständig: Sie endet nach {{number}} Personen. Exportieren Sie erneut, um alle zu erhalten.',
    everyone: 'Alle als Datei:',
    found: 'Diese Personen als Datei:',
    csv: 'CSV für Tabellen',
    json: 'JSON für Programme',
    interrupted:
      'Diese Liste ist nicht vollständig: Der Export ist hier abgebrochen. Exportieren Sie erneut, um alle zu erhalten.',
  },
};
