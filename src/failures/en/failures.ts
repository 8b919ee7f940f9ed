import type { FailureCatalogue } from '../shape.ts';

/** What the failures are called in English, and what to do about them. */
export const enFailures: FailureCatalogue = {
  bad_request: {
    heading: 'That address does not work',
    what: 'The app could not read the request. Part of the address may be missing or changed.',
    next: 'Go to the home page and start from there.',
  },
  address_too_long: {
    heading: 'This address is too long',
    what: 'A part of the address is longer than any that this app makes.',
    next: 'Go to the home page and start from there.',
  },
  not_navigated: {
    heading: 'This address has to be opened as a page',
    what: 'Something else asked for it: a part of another page, or a browser that loads pages in advance.',
    next: 'Go to the home page and start from there.',
  },
  not_found: {
    heading: 'There is no page here',
    what: 'This address leads nowhere in this app.',
    next: 'Check the address, or go to the home page.',
  },
  method_not_allowed: {
    heading: 'This page cannot be opened in this way',
    what: 'The address exists, but it does not accept this kind of request.',
    next: 'Go to the home page and start from there.',
  },
  cross_site_sign_out: {
    heading: 'You are still signed in',
    what: 'Another website tried to sign you out of this app, and the app refused.',
    next: 'Sign out here if you want to, or go on.',
  },
  too_many_requests: {
    heading: 'Too many attempts in a short time',
    what: 'More sign-ins came from your network than the app allows in a minute.',
    next: 'Wait a minute, then try again.',
  },
  too_many_exports: {
    heading: 'Too many exports at once',
    what: 'You already have three exports under way in this browser, so this one was not started.',
    next: 'Wait until one of them has ended, or cancel one. Then try again.',
  },
  too_many_lists: {
    heading: 'Too many long lists at once',
    what: 'You already have several long lists loading in this browser, so this one was not started.',
    next: 'Wait until they have loaded, then try again.',
  },
  sign_in_unknown: {
    heading: 'This sign-in is not known here',
    what: 'The answer that came back does not belong to any sign-in that this app started in this browser.',
    next: 'Sign in again.',
  },
  sign_in_cookie_missing: {
    heading: 'Your browser did not keep the sign-in',
    what: 'The cookie that ties the sign-in to this browser was missing when you came back.',
    next: 'Allow cookies for this site, then sign in again in the same browser.',
  },
  sign_in_expired: {
    heading: 'The sign-in took too long',
    what: 'A sign-in has to be finished within ten minutes, and this one was not.',
    next: 'Sign in again.',
  },
  sign_in_used: {
    heading: 'This sign-in is already finished',
    what: 'The page was opened a second time, by reloading or by going back. A sign-in works only once.',
    next: 'Go to the home page. If you are not signed in there, sign in again.',
  },
  sign_in_declined: {
    heading: 'You did not give permission',
    what: 'The sign-in was cancelled, or the permission that the app asks for was declined. Nothing was stored.',
    next: 'Sign in again and accept, or use another account.',
  },
  permission_declined: {
    heading: 'The permission was not given',
    what: 'You are still signed in, and the app goes on with what it could do before.',
    next: 'Go back to the page that you came from. Where only an administrator can give the permission, ask yours.',
  },
  sign_in_failed: {
    heading: 'You could not be signed in',
    what: 'Microsoft refused the sign-in.',
    next: 'Try again, or use another account.',
  },
  sign_in_blocked: {
    heading: 'Your organisation does not allow this',
    what: 'Microsoft knows who you are, but a rule of your organisation keeps this app from acting for you.',
    next: 'Ask your administrator which rule applied. Signing in again helps only after that.',
  },
  admin_consent_required: {
    heading: 'An administrator has to approve this app',
    what: 'Your organisation lets only administrators give the permission that this app asks for.',
    next: 'Send the message below to your administrator, then sign in again.',
  },
  admin_consent_declined: {
    heading: 'Consent was not given',
    what: 'The request was cancelled, so this app has no new permissions.',
    next: 'If that was a mistake, give permission again. It needs an account that may do so for the whole organisation.',
  },
  admin_consent_failed: {
    heading: 'Giving consent did not work',
    what: 'Microsoft reports an error, so this app has no new permissions.',
    next: 'Give permission again. If it fails once more, send the message below to the people who run this app.',
  },
  consent_required: {
    heading: 'The app needs your permission',
    what: 'Nobody has given this app permission to read the directory for you yet.',
    next: 'Sign in again and accept what the app asks for.',
  },
  tenant_not_allowed: {
    heading: 'Your organisation cannot use this app',
    what: 'This app is open to certain organisations only, and your account belongs to another one.',
    next: 'Use an account of an organisation that has access.',
  },
  issuer_refused: {
    heading: 'The sign-in came back from the wrong service',
    what: 'The answer to your sign-in does not name the sign-in service that this app asked. Nothing was stored.',
    next: 'Sign in again. If that does not help, send the details below to the people who run the app.',
  },
  id_token_refused: {
    heading: 'The sign-in could not be trusted',
    what: 'The proof of identity that came back did not pass the app’s checks. Nothing was stored.',
    next: 'Sign in again. If that does not help, send the details below to the people who run the app.',
  },
  token_answer_refused: {
    heading: 'The sign-in could not be finished',
    what: 'Microsoft’s answer was not in the form that the app expects. Nothing was stored.',
    next: 'Sign in again. If that does not help, send the details below to the people who run the app.',
  },
  account_changed: {
    heading: 'Your account has changed',
    what: 'Microsoft answered for a different account than the one you signed in with, so the app ended your session.',
    next: 'Sign in again with the account that you want to use.',
  },
  client_refused: {
    heading: 'Microsoft does not accept this app',
    what: 'The app could not prove who it is. You did nothing wrong, and trying again does not help.',
    next: 'The app’s registration or its client secret has to be corrected.',
  },
  session_ended: {
    heading: 'You are no longer signed in',
    what: 'Your session ended because it was idle for too long, reached its time limit, or you signed out elsewhere.',
    next: 'Sign in again to go on where you were.',
  },
  interaction_required: {
    heading: 'Microsoft asks you to sign in again',
    what: 'Your sign-in has to be renewed, and only you can do that.',
    next: 'Sign in again to go on where you were.',
  },
  authority_unreachable: {
    heading: 'Microsoft’s sign-in service cannot be reached',
    what: 'The app got no connection to the service that signs people in.',
    next: 'Try again in a moment.',
  },
  authority_timeout: {
    heading: 'Microsoft’s sign-in service takes too long',
    what: 'The service that signs people in did not answer in time.',
    next: 'Try again in a moment.',
  },
  authority_throttled: {
    heading: 'Microsoft’s sign-in service is busy',
    what: 'The service that signs people in received too many requests from this app.',
    next: 'Wait a moment, then try again.',
  },
  authority_unavailable: {
    heading: 'Microsoft’s sign-in service has a problem',
    what: 'The service that signs people in could not do what the app asked for.',
    next: 'Try again in a moment.',
  },
  authority_misconfigured: {
    heading: 'This app’s sign-in is not set up correctly',
    what: 'The sign-in service that the app was told to use gave no usable answer.',
    next: 'The setting AUTHORITY has to be checked.',
  },
  graph_unreachable: {
    heading: 'The directory cannot be reached',
    what: 'The app got no connection to Microsoft Graph, the service that holds the directory.',
    next: 'Try again in a moment.',
  },
  graph_timeout: {
    heading: 'The directory takes too long',
    what: 'Microsoft Graph did not answer in time.',
    next: 'Try again in a moment.',
  },
  graph_throttled: {
    heading: 'The directory is busy',
    what: 'Microsoft Graph received too many requests and asks the app to wait.',
    next: 'Wait a moment, then try again.',
  },
  graph_unavailable: {
    heading: 'The directory has a problem',
    what: 'Microsoft Graph, the service that holds the directory, could not answer.',
    next: 'Try again in a moment.',
  },
  graph_answer_refused: {
    heading: 'The directory’s answer could not be read',
    what: 'Microsoft Graph’s answer was not in the form that the app expects.',
    next: 'Try again. If that does not help, send the details below to the people who run the app.',
  },
  graph_refused_token: {
    heading: 'The directory did not accept your sign-in',
    what: 'Microsoft Graph refused the access that Microsoft had just granted, even after a fresh sign-in.',
    next: 'Sign out, wait a moment and sign in again. If that does not help, send the details below to your administrator.',
  },
  graph_forbidden: {
    heading: 'You do not have access to the directory',
    what: 'Microsoft Graph says that your account, or this app, has no permission to list people.',
    next: 'Ask for the permission, or use another account.',
  },
  graph_refused_request: {
    heading: 'The directory did not understand the question',
    what: 'Microsoft Graph refused the request as it was put. The link may be old.',
    next: 'Start again from the first page.',
  },
  graph_not_found: {
    heading: 'That is not in the directory',
    what: 'Microsoft Graph does not know what was asked for. It may have been removed.',
    next: 'Start again from the first page.',
  },
  graph_not_offered: {
    heading: 'Microsoft Graph does not have this here',
    what: 'The app asked for something that Microsoft Graph, or the emulator in its place, does not offer.',
    next: 'Tell the people who run the app. What the emulator offers stands in docs/emulator.md.',
  },
  no_directory: {
    heading: 'This account has no directory',
    what: 'You are signed in with a personal account. Only an organisation has a directory.',
    next: 'Use your work or school account.',
  },
  guest_no_directory: {
    heading: 'Guests do not have access to this directory',
    what: 'You are a guest in this organisation, which does not let guests list its people.',
    next: 'Use an account of the organisation itself, or ask its administrator to give guests access to the directory.',
  },
  overloaded: {
    heading: 'Too many requests at once',
    what: 'More requests come in than the app can answer at the moment, so this one was turned away.',
    next: 'Wait a few seconds, then try again.',
  },
  shutting_down: {
    heading: 'The app is being restarted',
    what: 'The app had to stop before it could answer.',
    next: 'Try again in a moment.',
  },
  store_unavailable: {
    heading: 'The app cannot reach its storage',
    what: 'The place where sessions are kept does not answer, so the app cannot tell who you are.',
    next: 'Try again in a moment.',
  },
  configuration: {
    heading: 'This app is not set up correctly',
    what: 'One of the app’s settings is missing or wrong.',
    next: 'The app’s log names the setting.',
  },
  credential_unusable: {
    heading: 'The app has no usable credential',
    what: 'The client secret, certificate or token file with which the app proves its identity to Microsoft cannot be used.',
    next: 'The app’s log says which one and why.',
  },
  internal: {
    heading: 'Something went wrong here',
    what: 'The app ran into an error that it did not expect.',
    next: 'Try again. If that does not help, send the message below to the people who run the app.',
  },
  sign_in_required: {
    heading: 'Sign in first',
    what: 'You have to be signed in for this.',
    next: 'Sign in, then try again.',
  },
  role_missing: {
    heading: 'You need another role here',
    what: 'Your account does not have a role that this page asks for.',
    next: 'A person who manages the app in the admin center can assign it to you. Then sign in again.',
  },
  group_missing: {
    heading: 'This is for members of a group',
    what: 'Your account is not a member of a group that this page asks for.',
    next: 'A person who manages the group can add you. Then sign in again.',
  },
  access_token_missing: {
    heading: 'An access token is missing',
    what: 'This address is for programs, and the request brought no access token.',
    next: 'Send an access token of the identity platform in the Authorization header.',
  },
  access_token_refused: {
    heading: 'The access token does not count here',
    what: 'The access token was not issued for this API, has ended, or was changed.',
    next: 'Get a new access token for this API.',
  },
  permission_missing: {
    heading: 'The access token lacks a permission',
    what: 'The access token is genuine, but it does not hold a permission that this request needs.',
    next: 'Ask for a token with one of the permissions that the response names.',
  },
  api_failed: {
    heading: 'Another service did not do what this page needs',
    what: 'A service that this page needs did not do what it was asked for.',
    next: 'Try again in a moment. If that does not help, tell the people who run the app.',
  },
};
