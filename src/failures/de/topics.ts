import type { TopicCatalogue } from '../shape.ts';

/** What codes of the identity platform and of Graph mean, in German. */
export const deTopics: TopicCatalogue = {
  severalAccounts: {
    heading: 'Wählen Sie das Konto aus',
    what: 'Microsoft konnte nicht erkennen, welches Konto Sie verwenden möchten, oder diese Organisation kennt das Konto nicht, mit dem Sie angemeldet sind.',
    next: 'Wählen Sie das Konto, das Sie verwenden möchten.',
  },
  unknownUser: {
    heading: 'Microsoft kennt diesen Benutzernamen nicht',
    what: 'Microsoft kennt diesen Benutzernamen in der Organisation nicht, bei der Sie sich anmelden wollten.',
    next: 'Prüfen Sie die Schreibweise, oder verwenden Sie ein anderes Konto.',
  },
  locked: {
    heading: 'Ihr Konto ist vorübergehend gesperrt',
    what: 'Ihr Konto ist nach zu vielen falschen Kennwörtern gesperrt, oder die Anmeldung kam von einer verdächtigen Adresse.',
    next: 'Warten Sie eine Weile und melden Sie sich dann erneut an. Bleibt es gesperrt, bitten Sie Ihren Administrator um Hilfe.',
  },
  passwordExpired: {
    heading: 'Ihr Kennwort ist abgelaufen',
    what: 'Microsoft akzeptiert Ihr Kennwort nicht mehr, weil es zu alt ist.',
    next: 'Melden Sie sich erneut an. Microsoft bittet Sie dann um ein neues Kennwort.',
  },
  wrongPassword: {
    heading: 'Benutzername oder Kennwort war nicht richtig',
    what: 'Microsoft hat nicht akzeptiert, was eingegeben wurde.',
    next: 'Melden Sie sich erneut an. Ein vergessenes Kennwort können Sie auf der Seite von Microsoft zurücksetzen.',
  },
  nobodySignedIn: {
    heading: 'Sie sind nicht bei Microsoft angemeldet',
    what: 'Sie sind in diesem Browser nicht bei Microsoft angemeldet.',
    next: 'Melden Sie sich erneut an.',
  },
  secondStepToSetUp: {
    heading: 'Sie müssen einen zweiten Schritt einrichten',
    what: 'Ihre Organisation verlangt bei der Anmeldung einen zweiten Schritt, und Sie haben noch keinen eingerichtet.',
    next: 'Melden Sie sich erneut an. Microsoft führt Sie dann durch die Einrichtung.',
  },
  secondStep: {
    heading: 'Ihre Organisation verlangt einen zweiten Schritt',
    what: 'Ihre Organisation verlangt bei der Anmeldung einen zweiten Schritt, etwa einen Code auf Ihrem Telefon.',
    next: 'Melden Sie sich erneut an und bestätigen Sie den zweiten Schritt.',
  },
  signInRevoked: {
    heading: 'Ihre frühere Anmeldung gilt nicht mehr',
    what: 'Ihr Kennwort wurde geändert, oder Ihre Sitzungen wurden beendet.',
    next: 'Melden Sie sich erneut an.',
  },
  answerUsed: {
    heading: 'Diese Anmeldung wurde schon verwendet',
    what: 'Diese Antwort der Anmeldeseite wurde schon verwendet. Sie gilt nur einmal.',
    next: 'Melden Sie sich erneut an.',
  },
  declined: {
    heading: 'Sie haben nicht zugestimmt',
    what: 'Die Berechtigung, die diese App anfordert, wurde abgelehnt. Es wurde nichts gespeichert.',
    next: 'Melden Sie sich erneut an und stimmen Sie zu, oder verwenden Sie ein anderes Konto.',
  },
  signInTooOld: {
    heading: 'Ihre Anmeldung ist zu alt',
    what: 'Ihre frühere Anmeldung ist zu alt oder deckt nicht mehr ab, was die App anfordert.',
    next: 'Melden Sie sich erneut an.',
  },
  signInFrequency: {
    heading: 'Es ist Zeit für eine neue Anmeldung',
    what: 'Ihre Organisation verlangt, dass Sie sich von Zeit zu Zeit neu anmelden, und das ist jetzt nötig.',
    next: 'Melden Sie sich erneut an.',
  },
  otherSignIn: {
    heading: 'Zwei Anmeldungen wurden verwechselt',
    what: 'Die Antwort der Anmeldeseite gehört zu einer anderen Anmeldung als der, die diese App begonnen hat.',
    next: 'Schließen Sie andere Tabs dieser App und melden Sie sich dann erneut an.',
  },
  otherOrganisation: {
    heading: 'Die Anmeldung war für eine andere Organisation',
    what: 'Die Anmeldung war für eine andere Organisation, als die App verlangt hat.',
    next: 'Verwenden Sie ein Konto der richtigen Organisation.',
  },
  personalNotAllowed: {
    heading: 'Diese App akzeptiert keine persönlichen Konten',
    what: 'Diese App akzeptiert nur Geschäfts- und Schulkonten, und Sie haben ein persönliches Konto verwendet.',
    next: 'Verwenden Sie Ihr Geschäfts- oder Schulkonto.',
  },
  wrongKind: {
    heading: 'Diese Art von Konto kann sich hier nicht anmelden',
    what: 'Diese Art von Konto kann sich bei dieser Organisation nicht anmelden.',
    next: 'Verwenden Sie ein anderes Konto.',
  },
  notInTenant: {
    heading: 'Ihr Konto ist in dieser Organisation nicht bekannt',
    what: 'Ihr Konto ist weder Mitglied noch Gast der Organisation, zu der diese App gehört.',
    next: 'Verwenden Sie ein Konto dieser Organisation, oder bitten Sie deren Administrator um eine Einladung.',
  },
  disabled: {
    heading: 'Ihr Konto ist deaktiviert',
    what: 'Ein Administrator hat das Konto deaktiviert, das Sie verwendet haben.',
    next: 'Bitten Sie Ihren Administrator, es zu aktivieren, oder verwenden Sie ein anderes Konto.',
  },
  notAssigned: {
    heading: 'Diese App ist Ihnen nicht zugewiesen',
    what: 'In Ihrer Organisation dürfen nur bestimmte Personen diese App verwenden, und Sie gehören noch nicht dazu.',
    next: 'Bitten Sie Ihren Administrator, Ihnen die App zuzuweisen.',
  },
  deviceNotCompliant: {
    heading: 'Dieses Gerät erfüllt die Regeln Ihrer Organisation nicht',
    what: 'Ihre Organisation erlaubt diese App nur auf Geräten, die ihre Regeln erfüllen, und dieses Gerät tut das nicht.',
    next: 'Verwenden Sie ein verwaltetes Gerät, oder fragen Sie Ihren Administrator, was auf diesem fehlt.',
  },
  deviceNotJoined: {
    heading: 'Dieses Gerät gehört nicht zu Ihrer Organisation',
    what: 'Ihre Organisation erlaubt diese App nur auf Geräten, die in die Organisation eingebunden sind.',
    next: 'Verwenden Sie ein solches Gerät, oder bitten Sie Ihren Administrator, dieses einzubinden.',
  },
  appNotApproved: {
    heading: 'Ihre Organisation hat diese App nicht genehmigt',
    what: 'Nach den Zugriffsregeln Ihrer Organisation ist diese App oder dieser Browser nicht genehmigt.',
    next: 'Verwenden Sie einen genehmigten Browser, oder bitten Sie Ihren Administrator, die App zu genehmigen.',
  },
  blockedByPolicy: {
    heading: 'Ihre Organisation hat diese Anmeldung blockiert',
    what: 'Die Zugriffsregeln Ihrer Organisation haben diese Anmeldung blockiert, wegen des Ortes, des Geräts oder des Risikos.',
    next: 'Fragen Sie Ihren Administrator, um welche Regel es geht, oder versuchen Sie es erneut an Ihrem üblichen Ort und mit Ihrem üblichen Gerät.',
  },
  setUpBlocked: {
    heading: 'Die Einrichtung des zweiten Schritts wurde blockiert',
    what: 'Sie müssen zuerst einen zweiten Schritt einrichten, aber Microsoft hat das blockiert, weil die Anmeldung riskant aussah.',
    next: 'Bitten Sie Ihren Administrator um Hilfe, oder versuchen Sie es erneut an Ihrem üblichen Ort und mit Ihrem üblichen Gerät.',
  },
  noConsent: {
    heading: 'Die App braucht Ihre Zustimmung',
    what: 'Weder Sie noch ein Administrator haben dieser App die Berechtigung erteilt, die sie anfordert.',
    next: 'Melden Sie sich erneut an und stimmen Sie zu. Werden Sie nicht gefragt, muss Ihr Administrator zustimmen.',
  },
  adminConsent: {
    heading: 'Ein Administrator muss diese App genehmigen',
    what: 'Nur ein Administrator Ihrer Organisation kann die Berechtigung erteilen, die diese App anfordert.',
    next: 'Senden Sie die Nachricht unten an Ihren Administrator und melden Sie sich danach erneut an.',
  },
  serviceNotInTenant: {
    heading: 'In Ihrer Organisation fehlt ein Dienst',
    what: 'Ihre Organisation hat den Dienst nicht, den diese App anfordert.',
    next: 'Der Dienst muss hinzugefügt werden, oder die Einstellung SCOPE muss einen anderen nennen.',
  },
  appUnknown: {
    heading: 'Microsoft kennt diese App nicht',
    what: 'Microsoft kennt diese App in der Organisation nicht, bei der Sie sich anmelden wollten.',
    next: 'Vergleichen Sie CLIENT_ID und AUTHORITY mit der Registrierung. Vielleicht ist die App auch auf eine Organisation beschränkt.',
  },
  appDisabled: {
    heading: 'Diese App ist deaktiviert',
    what: 'Diese App ist in Ihrer Organisation oder von Microsoft deaktiviert.',
    next: 'Bitten Sie Ihren Administrator, sie zu aktivieren, oder verwenden Sie ein Konto einer anderen Organisation.',
  },
  redirectUri: {
    heading: 'Der Rückweg zu dieser App ist nicht registriert',
    what: 'Die Adresse, an die Microsoft Sie zurückschicken soll, ist für diese App nicht registriert.',
    next: 'Registrieren Sie {{redirectUri}} als Umleitungs-URI der Plattform Web, Zeichen für Zeichen.',
  },
  noRedirectUri: {
    heading: 'Es ist kein Rückweg zu dieser App registriert',
    what: 'Es ist keine Adresse registriert, an die Microsoft Sie zurückschicken darf.',
    next: 'Registrieren Sie {{redirectUri}} als Umleitungs-URI der Plattform Web.',
  },
  authorityHost: {
    heading: 'Diese App fragt einen Anmeldedienst, den es nicht gibt',
    what: 'Den Anmeldedienst, den diese App nennt, gibt es nicht.',
    next: 'Prüfen Sie den Host in der Einstellung AUTHORITY.',
  },
  singleTenant: {
    heading: 'Diese App ist für eine einzige Organisation registriert',
    what: 'Diese App ist für eine einzige Organisation registriert, hat aber eine Anmeldung bei einer beliebigen Organisation angefordert.',
    next: 'Tragen Sie die ID dieser Organisation in AUTHORITY ein, oder registrieren Sie die App für mehrere Organisationen.',
  },
  personalOnly: {
    heading: 'Diese App ist nur für persönliche Konten',
    what: 'Diese App ist nur für persönliche Konten registriert.',
    next: 'Lassen Sie AUTHORITY mit /consumers enden, oder registrieren Sie die App auch für Organisationen.',
  },
  workOnly: {
    heading: 'Diese App ist nur für Geschäfts- und Schulkonten',
    what: 'Diese App ist nur für Geschäfts- und Schulkonten registriert.',
    next: 'Verwenden Sie ein Geschäfts- oder Schulkonto. Persönliche Konten funktionieren nur, wenn die Registrierung sie zulässt.',
  },
  tenantUnknown: {
    heading: 'Microsoft kennt diese Organisation nicht',
    what: 'Microsoft kennt die Organisation nicht, die diese App nennt.',
    next: 'Prüfen Sie die ID oder die Domäne der Organisation in der Einstellung AUTHORITY.',
  },
  loop: {
    heading: 'Zu viele Anmeldungen in kurzer Zeit',
    what: 'Die App hat Microsoft in kurzer Zeit zu oft um dasselbe gebeten.',
    next: 'Schließen Sie andere Tabs dieser App und warten Sie einige Minuten. Hilft das nicht, hat die App einen Fehler.',
  },
  secretWrong: {
    heading: 'Der geheime Clientschlüssel der App ist falsch',
    what: 'Microsoft akzeptiert den geheimen Clientschlüssel der App nicht.',
    next: 'Tragen Sie den Wert des geheimen Clientschlüssels, nicht seine ID, in CLIENT_SECRET ein; oder er gehört zu einer anderen Registrierung: Erstellen Sie einen neuen.',
  },
  secretExpired: {
    heading: 'Der geheime Clientschlüssel der App ist abgelaufen',
    what: 'Microsoft hat die App abgelehnt, weil ihr geheimer Clientschlüssel abgelaufen ist.',
    next: 'Erstellen Sie einen neuen geheimen Clientschlüssel und tragen Sie seinen Wert in CLIENT_SECRET ein.',
  },
  noCredential: {
    heading: 'Die App hat nicht nachgewiesen, wer sie ist',
    what: 'Die App hat nicht nachgewiesen, wer sie ist, und Microsoft verlangt das.',
    next: 'Hinterlegen Sie für die App CLIENT_SECRET, ein Zertifikat oder ein Verbundtoken.',
  },
  publicClient: {
    heading: 'Die App ist als öffentlicher Client registriert',
    what: 'Die App ist als öffentlicher Client registriert, und der darf keinen geheimen Clientschlüssel haben.',
    next: 'Registrieren Sie {{redirectUri}} unter der Plattform Web.',
  },
  singlePage: {
    heading: 'Die App ist als Single-Page-Anwendung registriert',
    what: 'Die App ist als Single-Page-Anwendung registriert, meldet Personen aber auf einem Server an.',
    next: 'Verschieben Sie {{redirectUri}} von Single-Page-Anwendung nach Web.',
  },
  certificate: {
    heading: 'Das Zertifikat der App wird nicht akzeptiert',
    what: 'Microsoft akzeptiert das Zertifikat der App nicht.',
    next: 'Laden Sie das Zertifikat hoch, das CLIENT_CERTIFICATE nennt, und prüfen Sie, ob es noch gültig ist.',
  },
  federatedToken: {
    heading: 'Das Verbundtoken der App wird nicht akzeptiert',
    what: 'Keine Verbundanmeldeinformation der Registrierung passt zu dem Verbundtoken, das die App hat.',
    next: 'Vergleichen Sie Aussteller, Antragsteller und Zielgruppe des Tokens mit der Verbundanmeldeinformation.',
  },
  assertionTime: {
    heading: 'Der Identitätsnachweis der App gilt jetzt nicht',
    what: 'Laut Microsoft ist der Nachweis der Identität der App abgelaufen oder noch nicht gültig.',
    next: 'Stellen Sie die Uhr des Servers der App. Verwendet die App ein Verbundtoken, prüfen Sie, ob die Datei, die CLIENT_ASSERTION_FILE nennt, noch erneuert wird.',
  },
  scopeInvalid: {
    heading: 'Die App fordert eine Berechtigung an, die es nicht gibt',
    what: 'Microsoft kennt eine solche Berechtigung nicht, oder nicht für den Dienst, den die App angefordert hat.',
    next: 'Prüfen Sie die Einstellung SCOPE.',
  },
  severalServices: {
    heading: 'Die App fordert mehrere Dienste auf einmal an',
    what: 'Die App hat in einer Anfrage Berechtigungen von mehr als einem Dienst angefordert, oder von einem anderen, als sie nannte.',
    next: 'Lassen Sie die Einstellung SCOPE nur Berechtigungen eines einzigen Dienstes nennen.',
  },
  permissionNotListed: {
    heading: 'In der Registrierung fehlt eine Berechtigung',
    what: 'Die App hat einen Dienst angefordert, der nicht unter den Berechtigungen ihrer Registrierung steht.',
    next: 'Fügen Sie die delegierte Berechtigung von Microsoft Graph hinzu, die SCOPE nennt.',
  },
  grantNotAllowed: {
    heading: 'Diese Art der Anmeldung ist nicht erlaubt',
    what: 'Diese Art der Anmeldung ist für die Art von Konten, die diese App angefordert hat, nicht erlaubt.',
    next: 'Tragen Sie die ID Ihrer Organisation in AUTHORITY ein.',
  },
  malformed: {
    heading: 'Microsoft konnte die Anfrage der App nicht lesen',
    what: 'In dem, was die App an Microsoft gesendet hat, fehlte etwas oder war etwas beschädigt.',
    next: 'Melden Sie sich erneut an. Hilft das nicht, hat die App einen Fehler.',
  },
  serviceDown: {
    heading: 'Microsoft hat gerade eine Störung',
    what: 'Ein Dienst von Microsoft hat nicht funktioniert, wie er sollte.',
    next: 'Versuchen Sie es in einigen Minuten erneut.',
  },
  slowDown: {
    heading: 'Microsoft erhält zu viele Anfragen',
    what: 'Microsoft hat zu viele Anfragen bekommen und bittet die App zu warten.',
    next: 'Warten Sie einen Moment und versuchen Sie es dann erneut.',
  },
  tokenRefused: {
    heading: 'Das Verzeichnis hat Ihre Anmeldung nicht akzeptiert',
    what: 'Microsoft Graph hat die Zugriffsberechtigung nicht akzeptiert, die zu Ihrer Anmeldung gehört.',
    next: 'Melden Sie sich ab, warten Sie einen Moment und melden Sie sich erneut an. Hilft das nicht, senden Sie die Angaben unten an Ihren Administrator.',
  },
  notPermitted: {
    heading: 'Sie haben keinen Zugriff auf das Verzeichnis',
    what: 'Weder Ihr Konto noch diese App hat die Berechtigung, die Liste der Personen abzurufen.',
    next: 'Bitten Sie Ihren Administrator darum, oder verwenden Sie ein anderes Konto.',
  },
  noIdentity: {
    heading: 'Microsoft Graph kennt diese App nicht',
    what: 'Microsoft Graph kennt diese App in Ihrer Organisation nicht.',
    next: 'Stimmen Sie zuerst in dieser Organisation zu, und prüfen Sie, ob AUTHORITY die richtige nennt.',
  },
  questionRefused: {
    heading: 'Das Verzeichnis hat die Anfrage nicht verstanden',
    what: 'Microsoft Graph konnte nicht lesen, was die App gefragt hat.',
    next: 'Beginnen Sie wieder bei der ersten Seite. Hilft das nicht, hat die App einen Fehler.',
  },
  questionUnsupported: {
    heading: 'Das Verzeichnis kann diese Frage nicht beantworten',
    what: 'Das Verzeichnis dieser Organisation kann eine solche Frage nicht beantworten.',
    next: 'Beginnen Sie wieder bei der ersten Seite, oder stellen Sie die Frage anders.',
  },
  pageExpired: {
    heading: 'Diese Seite des Verzeichnisses ist abgelaufen',
    what: 'Der Link zu dieser Seite des Verzeichnisses ist zu alt.',
    next: 'Beginnen Sie wieder bei der ersten Seite.',
  },
  gone: {
    heading: 'Das steht nicht im Verzeichnis',
    what: 'Der angefragte Eintrag steht nicht im Verzeichnis. Vielleicht wurde er entfernt.',
    next: 'Beginnen Sie wieder bei der ersten Seite.',
  },
};
