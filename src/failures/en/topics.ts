import type { TopicCatalogue } from '../shape.ts';

/** What codes of the identity platform and of Graph mean, in English. */
export const enTopics: TopicCatalogue = {
  severalAccounts: {
    heading: 'Choose which account to use',
    what: 'Microsoft could not tell which account to use, or this organisation does not know the one that you are signed in with.',
    next: 'Choose the account that you want to use.',
  },
  unknownUser: {
    heading: 'Microsoft does not know this username',
    what: 'Microsoft does not know this username in the organisation that you tried to sign in to.',
    next: 'Check the spelling, or use another account.',
  },
  locked: {
    heading: 'Your account is locked for now',
    what: 'Your account is locked after too many wrong passwords, or the sign-in came from a suspicious address.',
    next: 'Wait a while, then sign in again. If it stays locked, ask your administrator.',
  },
  passwordExpired: {
    heading: 'Your password has expired',
    what: 'Your password is too old, so Microsoft no longer accepts it.',
    next: 'Sign in again. Microsoft then asks you to choose a new password.',
  },
  wrongPassword: {
    heading: 'The username or the password was not right',
    what: 'Microsoft did not accept what was entered.',
    next: 'Sign in again. If you forgot your password, reset it on Microsoft’s page.',
  },
  nobodySignedIn: {
    heading: 'You are not signed in to Microsoft',
    what: 'You are not signed in to Microsoft in this browser.',
    next: 'Sign in again.',
  },
  secondStepToSetUp: {
    heading: 'You have to set up a second step',
    what: 'Your organisation asks for a second step at sign-in, and you have not set one up yet.',
    next: 'Sign in again. Microsoft then guides you through it.',
  },
  secondStep: {
    heading: 'Your organisation asks for a second step',
    what: 'Your organisation asks for a second step at sign-in, such as a code on your phone.',
    next: 'Sign in again and confirm the second step.',
  },
  signInRevoked: {
    heading: 'Your earlier sign-in no longer counts',
    what: 'Your password was changed, or your sessions were ended.',
    next: 'Sign in again.',
  },
  answerUsed: {
    heading: 'This sign-in was already used',
    what: 'This answer from the sign-in page was used before. It works only once.',
    next: 'Sign in again.',
  },
  declined: {
    heading: 'You did not give permission',
    what: 'The permission that this app asks for was declined. Nothing was stored.',
    next: 'Sign in again and accept, or use another account.',
  },
  signInTooOld: {
    heading: 'Your sign-in is too old',
    what: 'Your earlier sign-in is too old or no longer covers what the app asks for.',
    next: 'Sign in again.',
  },
  signInFrequency: {
    heading: 'It is time to sign in again',
    what: 'Your organisation asks you to sign in from time to time, and that time has come.',
    next: 'Sign in again.',
  },
  otherSignIn: {
    heading: 'Two sign-ins got mixed up',
    what: 'The answer from the sign-in page belongs to a different sign-in, not to the one that this app started.',
    next: 'Close other tabs of this app, then sign in again.',
  },
  otherOrganisation: {
    heading: 'The sign-in was for another organisation',
    what: 'The sign-in was made for a different organisation than the one that the app asked for.',
    next: 'Use an account of the right organisation.',
  },
  personalNotAllowed: {
    heading: 'This app does not accept personal accounts',
    what: 'This app accepts work and school accounts only, and you used a personal account.',
    next: 'Use your work or school account.',
  },
  wrongKind: {
    heading: 'This kind of account cannot sign in here',
    what: 'This kind of account cannot sign in to this organisation.',
    next: 'Use another account.',
  },
  notInTenant: {
    heading: 'Your account is not known in this organisation',
    what: 'Your account is not a member or a guest of the organisation that this app belongs to.',
    next: 'Use an account of that organisation, or ask its administrator to invite you.',
  },
  disabled: {
    heading: 'Your account is disabled',
    what: 'An administrator has disabled the account that you used.',
    next: 'Ask your administrator to enable it, or use another account.',
  },
  notAssigned: {
    heading: 'This app is not assigned to you',
    what: 'Your organisation lets only certain people use this app, and you are not one of them yet.',
    next: 'Ask your administrator to assign the app to you.',
  },
  deviceNotCompliant: {
    heading: 'This device does not meet your organisation’s rules',
    what: 'Your organisation allows this app only on devices that meet its rules, and this device does not.',
    next: 'Use a managed device, or ask your administrator what is missing on this one.',
  },
  deviceNotJoined: {
    heading: 'This device does not belong to your organisation',
    what: 'Your organisation allows this app only on devices that are joined to it.',
    next: 'Use such a device, or ask your administrator to join this one.',
  },
  appNotApproved: {
    heading: 'Your organisation has not approved this app',
    what: 'Your organisation’s access rules do not list this app, or this browser, as approved.',
    next: 'Use an approved browser, or ask your administrator to approve the app.',
  },
  blockedByPolicy: {
    heading: 'Your organisation blocked this sign-in',
    what: 'Your organisation’s access rules blocked this sign-in, because of the place, the device or the risk.',
    next: 'Ask your administrator which rule applied, or try again from your usual place and device.',
  },
  setUpBlocked: {
    heading: 'Setting up the second step was blocked',
    what: 'You have to set up a second step first, and Microsoft blocked that because the sign-in looked risky.',
    next: 'Ask your administrator for help, or try again from your usual place and device.',
  },
  noConsent: {
    heading: 'The app needs your permission',
    what: 'Neither you nor an administrator has given this app the permission that it asks for.',
    next: 'Sign in again and accept. If you are not asked, your administrator has to give the permission.',
  },
  adminConsent: {
    heading: 'An administrator has to approve this app',
    what: 'The permission that this app asks for can only be given by an administrator of your organisation.',
    next: 'Send the message below to your administrator, then sign in again.',
  },
  serviceNotInTenant: {
    heading: 'A service is missing in your organisation',
    what: 'Your organisation does not have the service that this app asks for.',
    next: 'The service has to be added, or the setting SCOPE has to name another one.',
  },
  appUnknown: {
    heading: 'Microsoft does not know this app',
    what: 'Microsoft does not know this app in the organisation that you tried to sign in to.',
    next: 'Compare CLIENT_ID and AUTHORITY with the registration. The app may also be limited to one organisation.',
  },
  appDisabled: {
    heading: 'This app is disabled',
    what: 'This app is disabled in your organisation, or by Microsoft.',
    next: 'Ask your administrator to enable it, or use an account of another organisation.',
  },
  redirectUri: {
    heading: 'The way back to this app is not registered',
    what: 'The address to which Microsoft should send you back is not registered for this app.',
    next: 'Register {{redirectUri}} as a redirect URI on the platform Web, letter for letter.',
  },
  noRedirectUri: {
    heading: 'No way back to this app is registered',
    what: 'No address is registered to which Microsoft may send you back.',
    next: 'Register {{redirectUri}} as a redirect URI on the platform Web.',
  },
  authorityHost: {
    heading: 'This app asks a sign-in service that does not exist',
    what: 'The sign-in service that this app names does not exist.',
    next: 'Check the host in the setting AUTHORITY.',
  },
  singleTenant: {
    heading: 'This app is registered for one organisation',
    what: 'This app is registered for one organisation, but it asked for a sign-in from any organisation.',
    next: 'Put that organisation’s ID into AUTHORITY, or register the app for several organisations.',
  },
  personalOnly: {
    heading: 'This app is for personal accounts only',
    what: 'This app is registered for personal accounts only.',
    next: 'End AUTHORITY with /consumers, or register the app for organisations as well.',
  },
  workOnly: {
    heading: 'This app is for work and school accounts only',
    what: 'This app is registered for work and school accounts only.',
    next: 'Use a work or school account. Personal accounts work only if the registration allows them.',
  },
  tenantUnknown: {
    heading: 'Microsoft does not know this organisation',
    what: 'Microsoft does not know the organisation that this app names.',
    next: 'Check the organisation’s ID or domain in the setting AUTHORITY.',
  },
  loop: {
    heading: 'Too many sign-ins in a short time',
    what: 'The app asked Microsoft for the same thing too often in a short time.',
    next: 'Close other tabs of this app and wait a few minutes. If that does not help, the app has a fault.',
  },
  secretWrong: {
    heading: 'The app’s client secret is wrong',
    what: 'Microsoft does not accept the app’s client secret.',
    next: 'Put the client secret’s value, not its ID, into CLIENT_SECRET; or it is of another registration: make a new one.',
  },
  secretExpired: {
    heading: 'The app’s client secret has expired',
    what: 'Microsoft refused the app, because its client secret has expired.',
    next: 'Create a new client secret and put its value into CLIENT_SECRET.',
  },
  noCredential: {
    heading: 'The app did not prove who it is',
    what: 'The app did not prove who it is, and Microsoft requires that.',
    next: 'Set CLIENT_SECRET, a certificate or a federated token for the app.',
  },
  publicClient: {
    heading: 'The app is registered as a public client',
    what: 'The app is registered as a public client, which may not have a client secret.',
    next: 'Register {{redirectUri}} under the platform Web.',
  },
  singlePage: {
    heading: 'The app is registered as a single-page app',
    what: 'The app is registered as a single-page app, but it signs people in on a server.',
    next: 'Move {{redirectUri}} from Single-page application to Web.',
  },
  certificate: {
    heading: 'The app’s certificate is not accepted',
    what: 'Microsoft does not accept the app’s certificate.',
    next: 'Upload the certificate that CLIENT_CERTIFICATE names, and check that it has not expired.',
  },
  federatedToken: {
    heading: 'The app’s federated token is not accepted',
    what: 'No federated credential of the app’s registration fits the federated token that the app has.',
    next: 'Compare the issuer, the subject and the audience of the token with the federated credential.',
  },
  assertionTime: {
    heading: 'The app’s proof of identity is not valid now',
    what: 'Microsoft says that the app’s proof of its identity has expired, or is not valid yet.',
    next: 'Set the clock of the app’s server. If the app uses a federated token, check that the file CLIENT_ASSERTION_FILE names is still renewed.',
  },
  scopeInvalid: {
    heading: 'The app asks for a permission that does not exist',
    what: 'Microsoft knows no such permission, or not for the service that the app asked for.',
    next: 'Check the setting SCOPE.',
  },
  severalServices: {
    heading: 'The app asks for several services at once',
    what: 'The app asked for permissions of more than one service in one request, or of another service than it named.',
    next: 'Let the setting SCOPE name permissions of one service only.',
  },
  permissionNotListed: {
    heading: 'A permission is missing from the registration',
    what: 'The app asked for a service that is not among the permissions of its registration.',
    next: 'Add the delegated permission of Microsoft Graph that SCOPE names.',
  },
  grantNotAllowed: {
    heading: 'This way of signing in is not allowed',
    what: 'This way of signing in is not allowed for the kind of accounts that the app asked for.',
    next: 'Put your organisation’s ID into AUTHORITY.',
  },
  malformed: {
    heading: 'Microsoft could not read the app’s request',
    what: 'Something was missing or damaged in what the app sent to Microsoft.',
    next: 'Sign in again. If that does not help, the app has a fault.',
  },
  serviceDown: {
    heading: 'Microsoft has a problem at the moment',
    what: 'One of Microsoft’s services did not work as it should.',
    next: 'Try again in a few minutes.',
  },
  slowDown: {
    heading: 'Microsoft is getting too many requests',
    what: 'Microsoft received too many requests and asks the app to wait.',
    next: 'Wait a moment, then try again.',
  },
  tokenRefused: {
    heading: 'The directory did not accept your sign-in',
    what: 'Microsoft Graph did not accept the access that came with your sign-in.',
    next: 'Sign out, wait a moment and sign in again. If that does not help, send the details below to your administrator.',
  },
  notPermitted: {
    heading: 'You do not have access to the directory',
    what: 'Neither your account nor this app has the permission to list people.',
    next: 'Ask your administrator for it, or use another account.',
  },
  noIdentity: {
    heading: 'Microsoft Graph does not know this app',
    what: 'Microsoft Graph does not know this app in your organisation.',
    next: 'Give consent in this organisation first, and check that AUTHORITY names the right one.',
  },
  questionRefused: {
    heading: 'The directory did not understand the question',
    what: 'Microsoft Graph could not read what the app asked.',
    next: 'Start again from the first page. If that does not help, the app has a fault.',
  },
  questionUnsupported: {
    heading: 'The directory cannot answer that question',
    what: 'This organisation’s directory cannot answer that kind of question.',
    next: 'Start again from the first page, or ask in another way.',
  },
  pageExpired: {
    heading: 'This page of the directory has expired',
    what: 'The link to this page of the directory is too old.',
    next: 'Start again from the first page.',
  },
  gone: {
    heading: 'That is not in the directory',
    what: 'What was asked for is not in the directory. It may have been removed.',
    next: 'Start again from the first page.',
  },
};
