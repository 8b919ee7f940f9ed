import type { FailureCatalogue } from '../shape.ts';

/** What the failures are called in German, and what to do about them. */
export const deFailures: FailureCatalogue = {
  bad_request: {
    heading: 'Diese Adresse funktioniert nicht',
    what: 'Die App konnte die Anfrage nicht lesen. Vielleicht fehlt ein Teil der Adresse oder wurde verändert.',
    next: 'Gehen Sie zur Startseite und beginnen Sie dort.',
  },
  address_too_long: {
    heading: 'Diese Adresse ist zu lang',
    what: 'Ein Teil der Adresse ist länger als alles, was diese App erzeugt.',
    next: 'Gehen Sie zur Startseite und beginnen Sie dort.',
  },
  not_navigated: {
    heading: 'Diese Adresse muss als Seite geöffnet werden',
    what: 'Etwas anderes hat sie angefordert: ein Teil einer anderen Seite oder ein Browser, der im Voraus lädt.',
    next: 'Gehen Sie zur Startseite und beginnen Sie dort.',
  },
  not_found: {
    heading: 'Hier ist keine Seite',
    what: 'Diese Adresse führt in dieser App nirgendwohin.',
    next: 'Prüfen Sie die Adresse, oder gehen Sie zur Startseite.',
  },
  method_not_allowed: {
    heading: 'Diese Seite lässt sich so nicht öffnen',
    what: 'Die Adresse gibt es, aber sie nimmt diese Art von Anfrage nicht an.',
    next: 'Gehen Sie zur Startseite und beginnen Sie dort.',
  },
  cross_site_sign_out: {
    heading: 'Sie sind noch angemeldet',
    what: 'Eine andere Website hat versucht, Sie von dieser App abzumelden. Die App hat das abgelehnt.',
    next: 'Melden Sie sich hier ab, wenn Sie das möchten, oder machen Sie weiter.',
  },
  too_many_requests: {
    heading: 'Zu viele Versuche in kurzer Zeit',
    what: 'Aus Ihrem Netzwerk kamen mehr Anmeldungen, als die App pro Minute zulässt.',
    next: 'Warten Sie eine Minute und versuchen Sie es dann erneut.',
  },
  too_many_exports: {
    heading: 'Zu viele Exporte gleichzeitig',
    what: 'In diesem Browser laufen schon drei Exporte. Daher wurde dieser nicht gestartet.',
    next: 'Warten Sie, bis einer davon fertig ist, oder brechen Sie einen ab. Versuchen Sie es dann erneut.',
  },
  too_many_lists: {
    heading: 'Zu viele lange Listen gleichzeitig',
    what: 'In diesem Browser werden schon mehrere lange Listen geladen. Daher wurde diese nicht gestartet.',
    next: 'Warten Sie, bis sie geladen sind, und versuchen Sie es dann erneut.',
  },
  sign_in_unknown: {
    heading: 'Diese Anmeldung ist hier nicht bekannt',
    what: 'Die Antwort, die zurückkam, gehört zu keiner Anmeldung, die diese App in diesem Browser begonnen hat.',
    next: 'Melden Sie sich erneut an.',
  },
  sign_in_cookie_missing: {
    heading: 'Ihr Browser hat sich die Anmeldung nicht gemerkt',
    what: 'Das Cookie, das die Anmeldung an diesen Browser bindet, fehlte bei Ihrer Rückkehr.',
    next: 'Erlauben Sie Cookies für diese Website und melden Sie sich im selben Browser erneut an.',
  },
  sign_in_expired: {
    heading: 'Die Anmeldung hat zu lange gedauert',
    what: 'Eine Anmeldung muss innerhalb von zehn Minuten abgeschlossen sein, und diese war es nicht.',
    next: 'Melden Sie sich erneut an.',
  },
  sign_in_used: {
    heading: 'Diese Anmeldung ist schon abgeschlossen',
    what: 'Die Seite wurde ein zweites Mal geöffnet, durch Neuladen oder Zurückgehen. Eine Anmeldung gilt nur einmal.',
    next: 'Gehen Sie zur Startseite. Wenn Sie dort nicht angemeldet sind, melden Sie sich erneut an.',
  },
  sign_in_declined: {
    heading: 'Sie haben nicht zugestimmt',
    what: 'Die Anmeldung wurde abgebrochen, oder die angeforderte Berechtigung wurde abgelehnt. Es wurde nichts gespeichert.',
    next: 'Melden Sie sich erneut an und stimmen Sie zu, oder verwenden Sie ein anderes Konto.',
  },
  permission_declined: {
    heading: 'Die Berechtigung wurde nicht erteilt',
    what: 'Sie sind noch angemeldet, und die App arbeitet weiter wie bisher.',
    next: 'Gehen Sie zurück zu der Seite, von der Sie kamen. Kann nur ein Administrator die Berechtigung erteilen, bitten Sie Ihren darum.',
  },
  sign_in_failed: {
    heading: 'Sie konnten nicht angemeldet werden',
    what: 'Microsoft hat die Anmeldung abgelehnt.',
    next: 'Versuchen Sie es erneut, oder verwenden Sie ein anderes Konto.',
  },
  sign_in_blocked: {
    heading: 'Ihre Organisation erlaubt das nicht',
    what: 'Microsoft weiß, wer Sie sind, aber eine Regel Ihrer Organisation verhindert, dass diese App für Sie arbeitet.',
    next: 'Fragen Sie Ihren Administrator, um welche Regel es geht. Sich erneut anzumelden hilft erst danach.',
  },
  admin_consent_required: {
    heading: 'Ein Administrator muss diese App genehmigen',
    what: 'In Ihrer Organisation dürfen nur Administratoren die Berechtigung erteilen, die diese App anfordert.',
    next: 'Senden Sie die Nachricht unten an Ihren Administrator und melden Sie sich danach erneut an.',
  },
  admin_consent_declined: {
    heading: 'Die Zustimmung wurde nicht erteilt',
    what: 'Die Anfrage wurde abgebrochen, diese App hat also keine neuen Berechtigungen.',
    next: 'War das ein Versehen, stimmen Sie erneut zu. Dafür ist ein Konto nötig, das für die ganze Organisation zustimmen darf.',
  },
  admin_consent_failed: {
    heading: 'Die Zustimmung ist fehlgeschlagen',
    what: 'Microsoft meldet einen Fehler, diese App hat also keine neuen Berechtigungen.',
    next: 'Stimmen Sie erneut zu. Schlägt es wieder fehl, senden Sie die Nachricht unten an den Betreiber dieser App.',
  },
  consent_required: {
    heading: 'Die App braucht Ihre Zustimmung',
    what: 'Noch niemand hat dieser App erlaubt, das Verzeichnis für Sie zu lesen.',
    next: 'Melden Sie sich erneut an und stimmen Sie den angeforderten Berechtigungen zu.',
  },
  tenant_not_allowed: {
    heading: 'Ihre Organisation kann diese App nicht verwenden',
    what: 'Diese App steht nur bestimmten Organisationen offen, und Ihr Konto gehört zu einer anderen.',
    next: 'Verwenden Sie ein Konto einer Organisation, die Zugang hat.',
  },
  issuer_refused: {
    heading: 'Die Anmeldung kam vom falschen Dienst zurück',
    what: 'Die Antwort auf Ihre Anmeldung nennt nicht den Anmeldedienst, den diese App gefragt hat. Es wurde nichts gespeichert.',
    next: 'Melden Sie sich erneut an. Hilft das nicht, senden Sie die Angaben unten an den Betreiber der App.',
  },
  id_token_refused: {
    heading: 'Die Anmeldung war nicht vertrauenswürdig',
    what: 'Der Identitätsnachweis, der zurückkam, hat die Prüfungen der App nicht bestanden. Es wurde nichts gespeichert.',
    next: 'Melden Sie sich erneut an. Hilft das nicht, senden Sie die Angaben unten an den Betreiber der App.',
  },
  token_answer_refused: {
    heading: 'Die Anmeldung konnte nicht abgeschlossen werden',
    what: 'Die Antwort von Microsoft hatte eine andere Form, als die App erwartet. Es wurde nichts gespeichert.',
    next: 'Melden Sie sich erneut an. Hilft das nicht, senden Sie die Angaben unten an den Betreiber der App.',
  },
  account_changed: {
    heading: 'Die Anmeldung gehört zu einem anderen Konto',
    what: 'Die Antwort von Microsoft gehört zu einem anderen Konto als dem, mit dem Sie sich angemeldet haben. Daher hat die App Ihre Sitzung beendet.',
    next: 'Melden Sie sich mit dem Konto erneut an, das Sie verwenden möchten.',
  },
  client_refused: {
    heading: 'Microsoft akzeptiert diese App nicht',
    what: 'Die App konnte nicht nachweisen, wer sie ist. Es liegt nicht an Ihnen, und ein neuer Versuch hilft nicht.',
    next: 'Die Registrierung oder der geheime Clientschlüssel der App muss korrigiert werden.',
  },
  session_ended: {
    heading: 'Sie sind nicht mehr angemeldet',
    what: 'Ihre Sitzung ist beendet: Sie waren zu lange nicht aktiv, die maximale Dauer ist erreicht, oder Sie haben sich anderswo abgemeldet.',
    next: 'Melden Sie sich erneut an, um dort weiterzumachen, wo Sie waren.',
  },
  interaction_required: {
    heading: 'Microsoft verlangt eine neue Anmeldung',
    what: 'Ihre Anmeldung muss erneuert werden, und das können nur Sie selbst.',
    next: 'Melden Sie sich erneut an, um dort weiterzumachen, wo Sie waren.',
  },
  authority_unreachable: {
    heading: 'Der Anmeldedienst von Microsoft ist nicht erreichbar',
    what: 'Die App konnte keine Verbindung zu dem Dienst herstellen, der die Anmeldung übernimmt.',
    next: 'Versuchen Sie es gleich noch einmal.',
  },
  authority_timeout: {
    heading: 'Der Anmeldedienst von Microsoft antwortet nicht rechtzeitig',
    what: 'Der Dienst, der die Anmeldung übernimmt, hat nicht rechtzeitig geantwortet.',
    next: 'Versuchen Sie es gleich noch einmal.',
  },
  authority_throttled: {
    heading: 'Der Anmeldedienst von Microsoft ist überlastet',
    what: 'Der Dienst, der die Anmeldung übernimmt, hat zu viele Anfragen von dieser App bekommen.',
    next: 'Warten Sie einen Moment und versuchen Sie es dann erneut.',
  },
  authority_unavailable: {
    heading: 'Der Anmeldedienst von Microsoft hat eine Störung',
    what: 'Der Dienst, der die Anmeldung übernimmt, konnte nicht tun, was die App verlangt hat.',
    next: 'Versuchen Sie es gleich noch einmal.',
  },
  authority_misconfigured: {
    heading: 'Die Anmeldung dieser App ist nicht richtig eingerichtet',
    what: 'Der Anmeldedienst, den die App verwenden soll, hat keine brauchbare Antwort gegeben.',
    next: 'Die Einstellung AUTHORITY muss geprüft werden.',
  },
  graph_unreachable: {
    heading: 'Das Verzeichnis ist nicht erreichbar',
    what: 'Die App konnte keine Verbindung zu Microsoft Graph herstellen, dem Dienst, der das Verzeichnis führt.',
    next: 'Versuchen Sie es gleich noch einmal.',
  },
  graph_timeout: {
    heading: 'Das Verzeichnis antwortet nicht rechtzeitig',
    what: 'Microsoft Graph hat nicht rechtzeitig geantwortet.',
    next: 'Versuchen Sie es gleich noch einmal.',
  },
  graph_throttled: {
    heading: 'Das Verzeichnis ist überlastet',
    what: 'Microsoft Graph hat zu viele Anfragen bekommen und bittet die App zu warten.',
    next: 'Warten Sie einen Moment und versuchen Sie es dann erneut.',
  },
  graph_unavailable: {
    heading: 'Das Verzeichnis hat eine Störung',
    what: 'Microsoft Graph, der Dienst mit dem Verzeichnis, konnte nicht antworten.',
    next: 'Versuchen Sie es gleich noch einmal.',
  },
  graph_answer_refused: {
    heading: 'Die Antwort des Verzeichnisses war nicht lesbar',
    what: 'Die Antwort von Microsoft Graph hatte eine andere Form, als die App erwartet.',
    next: 'Versuchen Sie es erneut. Hilft das nicht, senden Sie die Angaben unten an den Betreiber der App.',
  },
  graph_refused_token: {
    heading: 'Das Verzeichnis hat Ihre Anmeldung nicht akzeptiert',
    what: 'Microsoft Graph hat die Zugriffsberechtigung abgelehnt, die Microsoft gerade erst erteilt hatte, sogar nach einer neuen Anmeldung.',
    next: 'Melden Sie sich ab, warten Sie einen Moment und melden Sie sich erneut an. Hilft das nicht, senden Sie die Angaben unten an Ihren Administrator.',
  },
  graph_forbidden: {
    heading: 'Sie haben keinen Zugriff auf das Verzeichnis',
    what: 'Laut Microsoft Graph darf Ihr Konto oder diese App die Liste der Personen nicht abrufen.',
    next: 'Bitten Sie um die Berechtigung, oder verwenden Sie ein anderes Konto.',
  },
  graph_refused_request: {
    heading: 'Das Verzeichnis hat die Anfrage nicht verstanden',
    what: 'Microsoft Graph hat die Anfrage in dieser Form abgelehnt. Der Link ist vielleicht alt.',
    next: 'Beginnen Sie wieder bei der ersten Seite.',
  },
  graph_not_found: {
    heading: 'Das steht nicht im Verzeichnis',
    what: 'Microsoft Graph kennt den angefragten Eintrag nicht. Vielleicht wurde er entfernt.',
    next: 'Beginnen Sie wieder bei der ersten Seite.',
  },
  graph_not_offered: {
    heading: 'Microsoft Graph hat das hier nicht',
    what: 'Die App hat etwas angefragt, das Microsoft Graph oder an seiner Stelle der Emulator nicht anbietet.',
    next: 'Sagen Sie es den Betreibern der App. Was der Emulator anbietet, steht in docs/emulator.md.',
  },
  no_directory: {
    heading: 'Dieses Konto hat kein Verzeichnis',
    what: 'Sie sind mit einem persönlichen Konto angemeldet. Nur eine Organisation hat ein Verzeichnis.',
    next: 'Verwenden Sie Ihr Geschäfts- oder Schulkonto.',
  },
  guest_no_directory: {
    heading: 'Gäste haben keinen Zugriff auf dieses Verzeichnis',
    what: 'Sie sind Gast in dieser Organisation, und Gäste dürfen die Liste der Personen nicht abrufen.',
    next: 'Verwenden Sie ein Konto der Organisation selbst, oder bitten Sie deren Administrator, Gästen den Zugriff auf das Verzeichnis zu erlauben.',
  },
  overloaded: {
    heading: 'Zu viele Anfragen gleichzeitig',
    what: 'Im Moment kommen mehr Anfragen an, als die App beantworten kann. Deshalb wurde diese abgewiesen.',
    next: 'Warten Sie ein paar Sekunden und versuchen Sie es dann noch einmal.',
  },
  shutting_down: {
    heading: 'Die App wird neu gestartet',
    what: 'Die App musste beendet werden, bevor sie antworten konnte.',
    next: 'Versuchen Sie es gleich noch einmal.',
  },
  store_unavailable: {
    heading: 'Die App erreicht ihren Speicher nicht',
    what: 'Der Speicher für die Sitzungen antwortet nicht. Daher weiß die App nicht, wer Sie sind.',
    next: 'Versuchen Sie es gleich noch einmal.',
  },
  configuration: {
    heading: 'Diese App ist nicht richtig eingerichtet',
    what: 'Eine der Einstellungen der App fehlt oder ist falsch.',
    next: 'Im Protokoll der App steht, welche Einstellung es ist.',
  },
  credential_unusable: {
    heading: 'Die App kann sich nicht ausweisen',
    what: 'Womit sich die App bei Microsoft ausweist (geheimer Clientschlüssel, Zertifikat oder Tokendatei), ist nicht verwendbar.',
    next: 'Im Protokoll der App steht, was davon es ist und warum.',
  },
  internal: {
    heading: 'Es ist ein Fehler aufgetreten',
    what: 'Die App ist auf einen unerwarteten Fehler gestoßen.',
    next: 'Versuchen Sie es erneut. Hilft das nicht, senden Sie die Nachricht unten an den Betreiber der App.',
  },
  sign_in_required: {
    heading: 'Melden Sie sich zuerst an',
    what: 'Dafür müssen Sie angemeldet sein.',
    next: 'Melden Sie sich an und versuchen Sie es noch einmal.',
  },
  role_missing: {
    heading: 'Sie brauchen hier eine andere Rolle',
    what: 'Ihr Konto hat keine der Rollen, die diese Seite verlangt.',
    next: 'Wer die App im Admin Center verwaltet, kann Ihnen die Rolle zuweisen. Melden Sie sich danach erneut an.',
  },
  group_missing: {
    heading: 'Das ist für Mitglieder einer Gruppe',
    what: 'Ihr Konto gehört zu keiner der Gruppen, die diese Seite verlangt.',
    next: 'Wer die Gruppe verwaltet, kann Sie aufnehmen. Melden Sie sich danach erneut an.',
  },
  access_token_missing: {
    heading: 'Ein Zugriffstoken fehlt',
    what: 'Diese Adresse ist für Programme, und die Anfrage enthielt kein Zugriffstoken.',
    next: 'Senden Sie ein Zugriffstoken der Identitätsplattform im Authorization-Header.',
  },
  access_token_refused: {
    heading: 'Das Zugriffstoken gilt hier nicht',
    what: 'Das Zugriffstoken wurde nicht für diese API ausgestellt, ist abgelaufen oder wurde verändert.',
    next: 'Fordern Sie ein neues Zugriffstoken für diese API an.',
  },
  permission_missing: {
    heading: 'Dem Zugriffstoken fehlt eine Berechtigung',
    what: 'Das Zugriffstoken ist echt, enthält aber keine der Berechtigungen, die diese Anfrage braucht.',
    next: 'Fordern Sie ein Token mit einer der Berechtigungen an, die die Antwort nennt.',
  },
  api_failed: {
    heading: 'Ein anderer Dienst hat nicht getan, was diese Seite braucht',
    what: 'Ein Dienst, den diese Seite braucht, hat nicht getan, worum er gebeten wurde.',
    next: 'Versuchen Sie es gleich noch einmal. Hilft das nicht, sagen Sie es den Betreibern der App.',
  },
};
