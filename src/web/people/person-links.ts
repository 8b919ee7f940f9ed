import { encoded } from '../layout/index.ts';

/** A person's own page. */
export function personHref(id: string): string {
  return `/graphcall/users/${encoded(id)}`;
}

/** The photo of a person with that page, or a picture of these initials. */
export function photoHref(personHref: string, initials: string): string {
  return `${personHref}/photo?initials=${encoded(initials)}`;
}
