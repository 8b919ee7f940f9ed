/** Units of time in milliseconds. */
export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

/** How long an authorization code lives (wire reference B3). */
export const CODE_LIFETIME_MS = 10 * MINUTE_MS;

/** How long a device code lives (wire reference F). */
export const DEVICE_CODE_LIFETIME_MS = 15 * MINUTE_MS;

/** How long a refresh token lives (the documentation's refresh-tokens page: 90 days). */
export const REFRESH_TOKEN_LIFETIME_MS = 90 * DAY_MS;

/** How long the refresh tokens of a single-page application last in total (wire reference C5). */
export const SPA_SESSION_MS = DAY_MS;

/** A device code starts with its user code, by which it is found. */
export const USER_CODE_LENGTH = 9;
