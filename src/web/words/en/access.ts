/** What the pages about permissions, consent and sessions say in English. */
export const enAccess = {
  permissions: {
    heading: 'What this app can do',
    lead: 'These are the permissions that this app asks for. You or your administrator gave them; without them it can show less.',
    granted: 'Granted',
    missing: 'Missing',
    more: 'Granted as well',
    someMissing:
      'Some permissions are missing. The app can ask you for them now; some need an administrator.',
    ask: 'Ask for the missing permissions',
    askOne: 'Ask for {{scope}}',
    expires: 'Access ends',
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
    hereHeading: 'Sign out of this app only',
    hereLead: 'You stay signed in with Microsoft in this browser, so other apps keep working.',
    hereButton: 'Sign out here',
    heading: 'Sign out everywhere',
    lead: 'Ends your sessions in this app in every browser, for instance on a computer that you no longer have.',
    button: 'Sign out everywhere',
  },
  consent: {
    givenHeading: 'Consent was given',
    givenWhat: 'Microsoft reports that this app now has the permissions for your organisation.',
    givenNext: 'Anyone who was refused has to sign in again. It can take a few minutes before it works.',
    again: 'Then give permission again.',
  },
};
