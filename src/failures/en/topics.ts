import type { TopicCatalogue } from '../shape.ts';

/** What codes of the identity platform and of Graph mean, in English. */
export const enTopics: TopicCatalogue = {
  severalAccounts: {
    what: 'You are signed in to Microsoft with several accounts, and it could not tell which one to use.',
    next: 'Choose the account that you want to use.',
  },
  unknownUser: {
    what: 'Microsoft does not know this username in the organisation that you tried to sign in to.',
    next: 'Check the spelling, or use another account.',
  },
  locked: {
    what: 'Your account is locked after too many wrong passwords, or the sign-in came from a suspicious address.',
    next: 'Wait a while, then sign in again. If it stays locked, ask your administrator.',
  },
  passwordExpired: {
    what: 'Your password has expired.',
    next: 'Sign in again. Microsoft then asks you to choose a new password.',
  },
  wrongPassword: {
    what: 'The username or the password was not right.',
    next: 'Sign in again. If you forgot your password, reset it on Microsoft’s page.',
  },
  nobodySignedIn: {
    what: 'You are not signed in to Microsoft in this browser.',
    next: 'Sign in again.',
  },
  secondStepToSetUp: {
    what: 'Your organisation asks for a second step at sign-in, and you have not set one up yet.',
    next: 'Sign in again. Microsoft then guides you through it.',
  },
  secondStep: {
    what: 'Your organisation asks for a second step at sign-in, such as a code on your phone.',
    next: 'Sign in again and confirm the second step.',
  },
  signInRevoked: {
    what: 'Your earlier sign-in no longer counts. Your password was changed, or your sessions were ended.',
    next: 'Sign in again.',
  },
  answerUsed: {
    what: 'This answer from the sign-in page was used before. It works only once.',
    next: 'Sign in again.',
  },
  declined: {
    what: 'The permission that this app asks for was declined. Nothing was stored.',
    next: 'Sign in again and accept, or use another account.',
  },
  signInTooOld: {
    what: 'Your earlier sign-in is too old or no longer covers what the app asks for.',
    next: 'Sign in again.',
  },
  signInFrequency: {
    what: 'Your organisation asks you to sign in from time to time, and that time has come.',
    next: 'Sign in again.',
  },
  otherSignIn: {
    what: 'The answer from the sign-in page belongs to a different sign-in, not to the one that this app started.',
    next: 'Close other tabs of this app, then sign in again.',
  },
  otherOrganisation: {
    what: 'The sign-in was made for a different organisation than the one that the app asked for.',
    next: 'Use an account of the right organisation.',
  },
  personalNotAllowed: {
    what: 'This app accepts work and school accounts only, and you used a personal account.',
    next: 'Use your work or school account.',
  },
  wrongKind: {
    what: 'This kind of account cannot sign in to this organisation.',
    next: 'Use another account.',
  },
  notInTenant: {
    what: 'Your account is not a member or a guest of the organisation that this app belongs to.',
    next: 'Use an account of that organisation, or ask its administrator to invite you.',
  },
  disabled: {
    what: 'Your account is disabled.',
    next: 'Ask your administrator to enable it, or use another account.',
  },
  notAssigned: {
    what: 'Your organisation lets only certain people use this app, and you are not one of them yet.',
    next: 'Ask your administrator to assign the app to you.',
  },
  deviceNotCompliant: {
    what: 'Your organisation allows this app only on devices that meet its rules, and this device does not.',
    next: 'Use a managed device, or ask your administrator what is missing on this one.',
  },
  deviceNotJoined: {
    what: 'Your organisation allows this app only on devices that are joined to it.',
    next: 'Use such a device, or ask your administrator to join this one.',
  },
  appNotApproved: {
    what: 'Your organisation’s access rules do not list this app, or this browser, as approved.',
    next: 'Use an approved browser, or ask your administrator to approve the app.',
  },
  blockedByPolicy: {
    what: 'Your organisation’s access rules blocked this sign-in, because of the place, the device or the risk.',
    next: 'Try from your usual place and device, or ask your administrator which rule applied.',
  },
  setUpBlocked: {
    what: 'You have to set up a second step first, and Microsoft blocked that because the sign-in looked risky.',
    next: 'Try from your usual place and device, or ask your administrator.',
  },
  noConsent: {
    what: 'Neither you nor an administrator has given this app the permission that it asks for.',
    next: 'Sign in again and accept. If you are not asked, your administrator has to give the permission.',
  },
  adminConsent: {
    what: 'The permission that this app asks for can only be given by an administrator of your organisation.',
    next: 'Send the message below to your administrator, then sign in again.',
  },
  serviceNotInTenant: {
    what: 'Your organisation does not have the service that this app asks for.',
    next: 'The service has to be added, or the setting SCOPE has to name another one.',
  },
  appUnknown: {
    what: 'Microsoft does not know this app in the organisation that you tried to sign in to.',
    next: 'Compare CLIENT_ID and AUTHORITY with the registration. The app may also be limited to one organisation.',
  },
  redirectUri: {
    what: 'The address to which Microsoft should send you back is not registered for this app.',
    next: 'Register {{redirectUri}} as a redirect URI on the platform Web, letter for letter.',
  },
  noRedirectUri: {
    what: 'No address is registered to which Microsoft may send you back.',
    next: 'Register {{redirectUri}} as a redirect URI on the platform Web.',
  },
  authorityHost: {
    what: 'The sign-in service that this app names does not exist.',
    next: 'Check the host in the setting AUTHORITY.',
  },
  singleTenant: {
    what: 'This app is registered for one organisation, but it asked for a sign-in from any organisation.',
    next: 'Put that organisation’s ID into AUTHORITY, or register the app for several organisations.',
  },
  personalOnly: {
    what: 'This app is registered for personal accounts only.',
    next: 'End AUTHORITY with /consumers, or register the app for organisations as well.',
  },
  workOnly: {
    what: 'This app is registered for work and school accounts only.',
    next: 'Use a work or school account. Personal accounts work only if the registration allows them.',
  },
  tenantUnknown: {
    what: 'Microsoft does not know the organisation that this app names.',
    next: 'Check the organisation’s ID or domain in the setting AUTHORITY.',
  },
  loop: {
    what: 'The app asked Microsoft for the same thing too often in a short time.',
    next: 'Close other tabs of this app and wait a few minutes. If that does not help, the app has a fault.',
  },
  secretWrong: {
    what: 'Microsoft does not accept the app’s client secret.',
    next: 'Put the client secret’s value, not its ID, into CLIENT_SECRET.',
  },
  secretExpired: {
    what: 'The app’s client secret has expired.',
    next: 'Create a new client secret and put its value into CLIENT_SECRET.',
  },
  noCredential: {
    what: 'The app did not prove who it is, and Microsoft requires that.',
    next: 'Set CLIENT_SECRET, a certificate or a federated token for the app.',
  },
  publicClient: {
    what: 'The app is registered as a public client, which may not have a client secret.',
    next: 'Register {{redirectUri}} under the platform Web.',
  },
  singlePage: {
    what: 'The app is registered as a single-page app, but it signs people in on a server.',
    next: 'Move {{redirectUri}} from Single-page application to Web.',
  },
  certificate: {
    what: 'Microsoft does not accept the app’s certificate.',
    next: 'Upload the certificate that CLIENT_CERTIFICATE names, and check that it has not expired.',
  },
  scopeInvalid: {
    what: 'The app asked for a permission that does not exist.',
    next: 'Check the setting SCOPE.',
  },
  permissionNotListed: {
    what: 'The app asked for a service that is not among the permissions of its registration.',
    next: 'Add the delegated permission of Microsoft Graph that SCOPE names.',
  },
  grantNotAllowed: {
    what: 'This way of signing in is not allowed for the kind of accounts that the app asked for.',
    next: 'Put your organisation’s ID into AUTHORITY.',
  },
  malformed: {
    what: 'Something was missing or damaged in what the app sent to Microsoft.',
    next: 'Sign in again. If that does not help, the app has a fault.',
  },
  serviceDown: {
    what: 'Microsoft’s service has a problem at the moment.',
    next: 'Try again in a few minutes.',
  },
  slowDown: {
    what: 'Microsoft received too many requests and asks for a pause.',
    next: 'Wait a moment, then try again.',
  },
  tokenRefused: {
    what: 'Microsoft Graph did not accept the access that came with your sign-in.',
    next: 'Sign out, wait a moment and sign in again. If that does not help, send the details below to your administrator.',
  },
  notPermitted: {
    what: 'Neither your account nor this app has the permission to list people.',
    next: 'Ask your administrator for it, or use another account.',
  },
  noIdentity: {
    what: 'Microsoft Graph does not know this app in your organisation.',
    next: 'Give consent in this organisation first, and check that AUTHORITY names the right one.',
  },
  questionRefused: {
    what: 'Microsoft Graph could not read what the app asked.',
    next: 'Start again from the first page. If that does not help, the app has a fault.',
  },
  questionUnsupported: {
    what: 'This organisation’s directory cannot answer that kind of question.',
    next: 'Start again from the first page, or ask in another way.',
  },
  pageExpired: {
    what: 'The link to this page of the directory is too old.',
    next: 'Start again from the first page.',
  },
  gone: {
    what: 'What was asked for is not in the directory. It may have been removed.',
    next: 'Start again from the first page.',
  },
};
