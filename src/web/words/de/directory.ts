import type { DirectoryCatalogue } from '../en/index.ts';

/** What the pages about the directory say in German: finding people, and what can be done with them. */
export const deDirectory: DirectoryCatalogue = {
  find: {
    label: 'Nach Name oder Adresse suchen',
    button: 'Suchen',
    size: 'Personen pro Seite',
    all: 'Alle',
    heading: 'Suchergebnisse für „{{search}}“',
    headingCounted_one: '{{number}} Person für „{{search}}“ gefunden',
    headingCounted_other: '{{number}} Personen für „{{search}}“ gefunden',
    nobodyHeading: 'Niemanden für „{{search}}“ gefunden',
    nobody:
      'Prüfen Sie die Schreibweise, oder suchen Sie nach dem Anfang eines Vornamens, eines Nachnamens oder einer Adresse.',
    everyone: 'Alle anzeigen',
    beginningsOnly:
      'Das sind die Personen, deren Name oder Adresse mit Ihrer Eingabe beginnt. Innerhalb eines Namens konnte nicht gesucht werden.',
    tooLongHeading: 'Diese Suche ist zu lang',
    tooLong: 'Geben Sie höchstens {{number}} Zeichen ein.',
    failed: 'Die Suche hat nicht geklappt. Wählen Sie „Suchen“, um es erneut zu versuchen.',
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
    pageHeading: 'Die Liste als Datei',
    pageLead:
      'Wählen Sie einen Dateityp. Während die Datei heruntergeladen wird, zeigt diese Seite den Fortschritt.',
    pageLink: 'Als Datei, auf einer Seite mit Fortschrittsanzeige',
    renews: 'Diese Seite wird alle {{number}} Sekunden aktualisiert.',
    still: 'Diese Seite wird nicht automatisch aktualisiert.',
    stopRenewing: 'Nicht mehr automatisch aktualisieren',
    renewAgain: 'Automatisch aktualisieren',
    newest: 'Jetzt aktualisieren',
    rest: 'Melden Sie sich an und öffnen Sie diese Adresse, um den Rest zu erhalten: {{url}}',
    resume: 'Den Rest herunterladen',
    region: 'Export',
    cancel: 'Abbrechen',
    uncancelled: 'Das Abbrechen hat nicht geklappt. Wählen Sie die Schaltfläche, um es erneut zu versuchen.',
    begun: 'Der Export hat begonnen.',
    some: 'Bisher exportierte Personen: {{number}}.',
    of: '{{number}} von {{total}} Personen, {{rate}} pro Sekunde. Noch {{duration}}.',
    waiting: 'Bisher exportierte Personen: {{number}}. Microsoft bittet um Geduld: {{duration}} warten.',
    complete: 'Die Datei ist vollständig. Anzahl der Personen: {{number}}.',
    incomplete:
      'Die Datei ist nicht vollständig: Sie endet nach {{number}} Personen. Exportieren Sie erneut, um alle zu erhalten.',
    everyone: 'Alle Personen als Datei:',
    found: 'Suchergebnisse als Datei:',
    csv: 'CSV für Tabellen',
    json: 'JSON für Programme',
    interrupted:
      'Diese Liste ist nicht vollständig: Der Export wurde hier abgebrochen. Exportieren Sie erneut, um alle zu erhalten.',
  },
};
