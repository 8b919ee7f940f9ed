/** What the pages about permissions, consent and sessions say in English. */
export const enAccess = {
  permissions: {
    pageHeading: 'Your account',
    session: 'This session',
    allow: 'Allow',
    heading: 'What this app can do',
    lead: 'These are the permissions that this app asks for. You or your administrator gave them; without them it can show less.',
    granted: 'Given',
    missing: 'Missing',
    more: 'Given as well',
    someMissing:
      'Some permissions are missing. The app can ask you for them now; some need an administrator.',
    ask: 'Ask for the missing permissions',
    askOne: 'Allow {{scope}}',
    expires: 'Access ends on',
    renewed: 'It is renewed automatically while you are signed in.',
    readBasicAll: 'See the names and email addresses of the people in your organisation',
    readOwn: 'See your own profile',
    readAll: 'See the full profiles of the people in your organisation',
    openid: 'Sign you in',
    profile: 'See your name and username',
    email: 'See your email address',
    offline: 'Keep its access while you are signed in',
  },
  everywhere: {
    title: 'Signing out',
    bothHeading: 'Of this app and of Microsoft',
    bothLead: 'In this browser.',
    hereHeading: 'Of this app only',
    hereLead: 'Other apps in this browser keep working.',
    hereButton: 'Sign out of this app',
    heading: 'Everywhere',
    lead: 'Of this app in every browser, for instance on a computer that you no longer have.',
    button: 'Sign out everywhere',
    where: 'In every browser',
  },
  consent: {
    givenHeading: 'Consent was given',
    givenWhat: 'Microsoft reports that this app now has the permissions for your organisation.',
    givenNext: 'Anyone who was refused has to sign in again. It can take a few minutes before it works.',
    again: 'Then give permission again.',
  },
};

/** What the pages about permissions, consent and sessions say; English sets the shape. */
export type AccessCatalogue = typeof enAccess;
