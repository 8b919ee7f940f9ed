import type { TopicCatalogue } from '../shape.ts';

/** What codes of the identity platform and of Graph mean, in German. */
export const deTopics: TopicCatalogue = {
  severalAccounts: {
    what: 'Sie sind bei Microsoft mit mehreren Konten angemeldet, und es war nicht klar, welches Sie verwenden möchten.',
    next: 'Wählen Sie das Konto, das Sie verwenden möchten.',
  },
  unknownUser: {
    what: 'Microsoft kennt diesen Benutzernamen in der Organisation nicht, bei der Sie sich anmelden wollten.',
    next: 'Prüfen Sie die Schreibweise, oder verwenden Sie ein anderes Konto.',
  },
  locked: {
    what: 'Ihr Konto ist nach zu vielen falschen Kennwörtern gesperrt, oder die Anmeldung kam von einer verdächtigen Adresse.',
    next: 'Warten Sie eine Weile und melden Sie sich dann erneut an. Bleibt es gesperrt, bitten Sie Ihren Administrator um Hilfe.',
  },
  passwordExpired: {
    what: 'Ihr Kennwort ist abgelaufen.',
    next: 'Melden Sie sich erneut an. Microsoft bittet Sie dann um ein neues Kennwort.',
  },
  wrongPassword: {
    what: 'Der Benutzername oder das Kennwort war nicht richtig.',
    next: 'Melden Sie sich erneut an. Ein vergessenes Kennwort können Sie auf der Seite von Microsoft zurücksetzen.',
  },
  nobodySignedIn: {
    what: 'Sie sind in diesem Browser nicht bei Microsoft angemeldet.',
    next: 'Melden Sie sich erneut an.',
  },
  secondStepToSetUp: {
    what: 'Ihre Organisation verlangt bei der Anmeldung einen zweiten Schritt, und Sie haben noch keinen eingerichtet.',
    next: 'Melden Sie sich erneut an. Microsoft führt Sie dann durch die Einrichtung.',
  },
  secondStep: {
    what: 'Ihre Organisation verlangt bei der Anmeldung einen zweiten Schritt, etwa einen Code auf Ihrem Telefon.',
    next: 'Melden Sie sich erneut an und bestätigen Sie den zweiten Schritt.',
  },
  signInRevoked: {
    what: 'Ihre frühere Anmeldung gilt nicht mehr. Ihr Kennwort wurde geändert, oder Ihre Sitzungen wurden beendet.',
    next: 'Melden Sie sich erneut an.',
  },
  answerUsed: {
    what: 'Diese Antwort der Anmeldeseite wurde schon verwendet. Sie gilt nur einmal.',
    next: 'Melden Sie sich erneut an.',
  },
  declined: {
    what: 'Die Berechtigung, die diese App anfordert, wurde abgelehnt. Es wurde nichts gespeichert.',
    next: 'Melden Sie sich erneut an und stimmen Sie zu, oder verwenden Sie ein anderes Konto.',
  },
  signInTooOld: {
    what: 'Ihre frühere Anmeldung ist zu alt oder deckt nicht mehr ab, was die App anfordert.',
    next: 'Melden Sie sich erneut an.',
  },
  signInFrequency: {
    what: 'Ihre Organisation verlangt, dass Sie sich von Zeit zu Zeit neu anmelden, und das ist jetzt nötig.',
    next: 'Melden Sie sich erneut an.',
  },
  otherSignIn: {
    what: 'Die Antwort der Anmeldeseite gehört zu einer anderen Anmeldung als der, die diese App begonnen hat.',
    next: 'Schließen Sie andere Tabs dieser App und melden Sie sich dann erneut an.',
  },
  otherOrganisation: {
    what: 'Die Anmeldung war für eine andere Organisation, als die App verlangt hat.',
    next: 'Verwenden Sie ein Konto der richtigen Organisation.',
  },
  personalNotAllowed: {
    what: 'Diese App akzeptiert nur Geschäfts- und Schulkonten, und Sie haben ein persönliches Konto verwendet.',
    next: 'Verwenden Sie Ihr Geschäfts- oder Schulkonto.',
  },
  wrongKind: {
    what: 'Diese Art von Konto kann sich bei dieser Organisation nicht anmelden.',
    next: 'Verwenden Sie ein anderes Konto.',
  },
  notInTenant: {
    what: 'Ihr Konto ist weder Mitglied noch Gast der Organisation, zu der diese App gehört.',
    next: 'Verwenden Sie ein Konto dieser Organisation, oder bitten Sie deren Administrator um eine Einladung.',
  },
  disabled: {
    what: 'Ihr Konto ist deaktiviert.',
    next: 'Bitten Sie Ihren Administrator, es zu aktivieren, oder verwenden Sie ein anderes Konto.',
  },
  notAssigned: {
    what: 'In Ihrer Organisation dürfen nur bestimmte Personen diese App verwenden, und Sie gehören noch nicht dazu.',
    next: 'Bitten Sie Ihren Administrator, Ihnen die App zuzuweisen.',
  },
  deviceNotCompliant: {
    what: 'Ihre Organisation erlaubt diese App nur auf Geräten, die ihre Regeln erfüllen, und dieses Gerät tut das nicht.',
    next: 'Verwenden Sie ein verwaltetes Gerät, oder fragen Sie Ihren Administrator, was auf diesem fehlt.',
  },
  deviceNotJoined: {
    what: 'Ihre Organisation erlaubt diese App nur auf Geräten, die in die Organisation eingebunden sind.',
    next: 'Verwenden Sie ein solches Gerät, oder bitten Sie Ihren Administrator, dieses einzubinden.',
  },
  appNotApproved: {
    what: 'Nach den Zugriffsregeln Ihrer Organisation ist diese App oder dieser Browser nicht genehmigt.',
    next: 'Verwenden Sie einen genehmigten Browser, oder bitten Sie Ihren Administrator, die App zu genehmigen.',
  },
  blockedByPolicy: {
    what: 'Die Zugriffsregeln Ihrer Organisation haben diese Anmeldung blockiert, wegen des Ortes, des Geräts oder des Risikos.',
    next: 'Versuchen Sie es an Ihrem üblichen Ort und mit Ihrem üblichen Gerät, oder fragen Sie Ihren Administrator, um welche Regel es geht.',
  },
  setUpBlocked: {
    what: 'Sie müssen zuerst einen zweiten Schritt einrichten, aber Microsoft hat das blockiert, weil die Anmeldung riskant aussah.',
    next: 'Versuchen Sie es an Ihrem üblichen Ort und mit Ihrem üblichen Gerät, oder bitten Sie Ihren Administrator um Hilfe.',
  },
  noConsent: {
    what: 'Weder Sie noch ein Administrator haben dieser App die Berechtigung erteilt, die sie anfordert.',
    next: 'Melden Sie sich erneut an und stimmen Sie zu. Werden Sie nicht gefragt, muss Ihr Administrator zustimmen.',
  },
  adminConsent: {
    what: 'Nur ein Administrator Ihrer Organisation kann die Berechtigung erteilen, die diese App anfordert.',
    next: 'Senden Sie die Nachricht unten an Ihren Administrator und melden Sie sich danach erneut an.',
  },
  serviceNotInTenant: {
    what: 'Ihre Organisation hat den Dienst nicht, den diese App anfordert.',
    next: 'Der Dienst muss hinzugefügt werden, oder die Einstellung SCOPE muss einen anderen nennen.',
  },
  appUnknown: {
    what: 'Microsoft kennt diese App in der Organisation nicht, bei der Sie sich anmelden wollten.',
    next: 'Vergleichen Sie CLIENT_ID und AUTHORITY mit der Registrierung. Vielleicht ist die App auch auf eine Organisation beschränkt.',
  },
  redirectUri: {
    what: 'Die Adresse, an die Microsoft Sie zurückschicken soll, ist für diese App nicht registriert.',
    next: 'Registrieren Sie {{redirectUri}} als Umleitungs-URI der Plattform Web, Zeichen für Zeichen.',
  },
  noRedirectUri: {
    what: 'Es ist keine Adresse registriert, an die Microsoft Sie zurückschicken darf.',
    next: 'Registrieren Sie {{redirectUri}} als Umleitungs-URI der Plattform Web.',
  },
  authorityHost: {
    what: 'Den Anmeldedienst, den diese App nennt, gibt es nicht.',
    next: 'Prüfen Sie den Host in der Einstellung AUTHORITY.',
  },
  singleTenant: {
    what: 'Diese App ist für eine einzige Organisation registriert, hat aber eine Anmeldung bei einer beliebigen Organisation angefordert.',
    next: 'Tragen Sie die ID dieser Organisation in AUTHORITY ein, oder registrieren Sie die App für mehrere Organisationen.',
  },
  personalOnly: {
    what: 'Diese App ist nur für persönliche Konten registriert.',
    next: 'Lassen Sie AUTHORITY mit /consumers enden, oder registrieren Sie die App auch für Organisationen.',
  },
  workOnly: {
    what: 'Diese App ist nur für Geschäfts- und Schulkonten registriert.',
    next: 'Verwenden Sie ein Geschäfts- oder Schulkonto. Persönliche Konten funktionieren nur, wenn die Registrierung sie zulässt.',
  },
  tenantUnknown: {
    what: 'Microsoft kennt die Organisation nicht, die diese App nennt.',
    next: 'Prüfen Sie die ID oder die Domäne der Organisation in der Einstellung AUTHORITY.',
  },
  loop: {
    what: 'Die App hat Microsoft in kurzer Zeit zu oft um dasselbe gebeten.',
    next: 'Schließen Sie andere Tabs dieser App und warten Sie einige Minuten. Hilft das nicht, hat die App einen Fehler.',
  },
  secretWrong: {
    what: 'Microsoft akzeptiert den geheimen Clientschlüssel der App nicht.',
    next: 'Tragen Sie den Wert des geheimen Clientschlüssels, nicht seine ID, in CLIENT_SECRET ein.',
  },
  secretExpired: {
    what: 'Der geheime Clientschlüssel der App ist abgelaufen.',
    next: 'Erstellen Sie einen neuen geheimen Clientschlüssel und tragen Sie seinen Wert in CLIENT_SECRET ein.',
  },
  noCredential: {
    what: 'Die App hat nicht nachgewiesen, wer sie ist, und Microsoft verlangt das.',
    next: 'Hinterlegen Sie für die App CLIENT_SECRET, ein Zertifikat oder ein Verbundtoken.',
  },
  publicClient: {
    what: 'Die App ist als öffentlicher Client registriert, und der darf keinen geheimen Clientschlüssel haben.',
    next: 'Registrieren Sie {{redirectUri}} unter der Plattform Web.',
  },
  singlePage: {
    what: 'Die App ist als Single-Page-Anwendung registriert, meldet Personen aber auf einem Server an.',
    next: 'Verschieben Sie {{redirectUri}} von Single-Page-Anwendung nach Web.',
  },
  certificate: {
    what: 'Microsoft akzeptiert das Zertifikat der App nicht.',
    next: 'Laden Sie das Zertifikat hoch, das CLIENT_CERTIFICATE nennt, und prüfen Sie, ob es noch gültig ist.',
  },
  scopeInvalid: {
    what: 'Die App hat eine Berechtigung angefordert, die es nicht gibt.',
    next: 'Prüfen Sie die Einstellung SCOPE.',
  },
  permissionNotListed: {
    what: 'Die App hat einen Dienst angefordert, der nicht unter den Berechtigungen ihrer Registrierung steht.',
    next: 'Fügen Sie die delegierte Berechtigung von Microsoft Graph hinzu, die SCOPE nennt.',
  },
  grantNotAllowed: {
    what: 'Diese Art der Anmeldung ist für die Art von Konten, die diese App angefordert hat, nicht erlaubt.',
    next: 'Tragen Sie die ID Ihrer Organisation in AUTHORITY ein.',
  },
  malformed: {
    what: 'In dem, was die App an Microsoft gesendet hat, fehlte etwas oder war etwas beschädigt.',
    next: 'Melden Sie sich erneut an. Hilft das nicht, hat die App einen Fehler.',
  },
  serviceDown: {
    what: 'Der Dienst von Microsoft hat gerade eine Störung.',
    next: 'Versuchen Sie es in einigen Minuten erneut.',
  },
  slowDown: {
    what: 'Microsoft hat zu viele Anfragen bekommen und bittet um eine Pause.',
    next: 'Warten Sie einen Moment und versuchen Sie es dann erneut.',
  },
  tokenRefused: {
    what: 'Microsoft Graph hat die Zugriffsberechtigung nicht akzeptiert, die zu Ihrer Anmeldung gehört.',
    next: 'Melden Sie sich ab, warten Sie einen Moment und melden Sie sich erneut an. Hilft das nicht, senden Sie die Angaben unten an Ihren Administrator.',
  },
  notPermitted: {
    what: 'Weder Ihr Konto noch diese App hat die Berechtigung, die Liste der Personen abzurufen.',
    next: 'Bitten Sie Ihren Administrator darum, oder verwenden Sie ein anderes Konto.',
  },
  noIdentity: {
    what: 'Microsoft Graph kennt diese App in Ihrer Organisation nicht.',
    next: 'Stimmen Sie zuerst in dieser Organisation zu, und prüfen Sie, ob AUTHORITY die richtige nennt.',
  },
  questionRefused: {
    what: 'Microsoft Graph konnte nicht lesen, was die App gefragt hat.',
    next: 'Beginnen Sie wieder bei der ersten Seite. Hilft das nicht, hat die App einen Fehler.',
  },
  questionUnsupported: {
    what: 'Das Verzeichnis dieser Organisation kann eine solche Frage nicht beantworten.',
    next: 'Beginnen Sie wieder bei der ersten Seite, oder stellen Sie die Frage anders.',
  },
  pageExpired: {
    what: 'Der Link zu dieser Seite des Verzeichnisses ist zu alt.',
    next: 'Beginnen Sie wieder bei der ersten Seite.',
  },
  gone: {
    what: 'Der angefragte Eintrag steht nicht im Verzeichnis. Vielleicht wurde er entfernt.',
    next: 'Beginnen Sie wieder bei der ersten Seite.',
  },
};
