import type { DirectoryCatalogue } from '../en/index.ts';

/** What the pages about the directory say in German: finding people, and what can be done with them. */
export const deDirectory: DirectoryCatalogue = {
  find: {
    label: 'Name oder E-Mail-Adresse',
    button: 'Suchen',
    size: 'Personen pro Seite',
    all: 'Alle',
    heading: 'Suchergebnisse für „{{search}}“',
    headingCounted_one: '{{number}} Person für „{{search}}“ gefunden',
    headingCounted_other: '{{number}} Personen für „{{search}}“ gefunden',
    nobodyHeading: 'Keine Treffer für „{{search}}“',
    nobody:
      'Prüfen Sie die Schreibweise, oder suchen Sie nach dem Anfang eines Vornamens, eines Nachnamens oder einer E-Mail-Adresse.',
    everyone: 'Alle anzeigen',
    beginningsOnly:
      'Das sind die Personen, deren Name oder E-Mail-Adresse mit Ihrer Eingabe beginnt. Innerhalb eines Namens konnte nicht gesucht werden.',
    tooLongHeading: 'Diese Suche ist zu lang',
    tooLong: 'Geben Sie höchstens {{number}} Zeichen ein.',
    failed: 'Die Suche ist fehlgeschlagen. Wählen Sie „Suchen“, um es erneut zu versuchen.',
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
    uncancelled: 'Der Export konnte nicht abgebrochen werden. Wählen Sie erneut „Abbrechen“.',
    preparing: 'Die Datei wird vorbereitet …',
    some: 'Bisher exportierte Personen: {{number}}.',
    of: '{{number}} von {{total}} Personen, {{rate}} pro Sekunde. Noch {{duration}}.',
    waiting: 'Bisher exportierte Personen: {{number}}. Microsoft bittet um Geduld: {{duration}} warten.',
    complete: 'Die Datei ist vollständig. Anzahl der Personen: {{number}}.',
    restComplete: 'Der Rest ist vollständig.',
    incomplete: 'Die Datei ist nicht vollständig: Sie endet nach {{amount}} Personen.',
    cancelled: 'Sie haben den Export nach {{amount}} Personen abgebrochen.',
    none: 'Der Export wurde beendet, bevor es eine Datei gab.',
    part: 'Diese Datei enthält die Personen {{first}} bis {{last}}; die Personen davor stehen in einer früheren Datei.',
    partOf: '{{number}} von {{total}}',
    unknown:
      'Der Fortschritt kann nicht mehr angezeigt werden. Sehen Sie in die Datei: Ist sie nicht vollständig, steht das in der letzten Zeile.',
    everyone: 'Alle Personen als Datei:',
    found: 'Suchergebnisse als Datei:',
    csv: 'CSV für Tabellenkalkulation',
    json: 'JSON für Programme',
    interrupted:
      'Diese Liste ist nicht vollständig: Der Export wurde hier abgebrochen. Exportieren Sie erneut, um alle zu erhalten.',
  },
};
