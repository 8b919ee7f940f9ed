export { durationText, type Moment, momentOf, numberText, percentText } from './formats.ts';
export type { Frame, Notice, Person } from './frame.ts';
export { framesOfRequests } from './frame-of-request.ts';
export { personOf } from './frame-view.ts';
export { HUE_DEGREES, hueIndexOf, hueOf, initialsOf } from './initials.ts';
export { type Layout, loadLayout, type PageWords } from './layout.ts';
export {
  ADMIN_CENTER,
  draftHref,
  LARGE_PHOTO,
  largePhotoHref,
  localHref,
  loginHref,
  mailHref,
  personHref,
  phoneHref,
  photoHref,
  queryOf,
  scopesHref,
  teamsHref,
  webHref,
} from './links.ts';
export { organisationView } from './organisation.ts';
export { PATHS } from './paths.ts';
export { preferenceCookie } from './preference-cookie.ts';
export { preferenceRoutes } from './preference-routes.ts';
export { escapeText } from './template.ts';
