/** Where everything of the demo is: routes are made of these, and navigation, links and templates lead to them. */
export const PATHS = {
  home: '/',
  people: '/graphcall',
  person: '/graphcall/users/:id',
  photo: '/graphcall/users/:id/photo',
  exportPage: '/graphcall/export',
  exportCsv: '/graphcall/export.csv',
  exportJson: '/graphcall/export.json',
  exportProgress: '/graphcall/export/progress',
  exportCancel: '/graphcall/export/cancel',
  account: '/permissions',
  language: '/language',
  appearance: '/appearance',
  login: '/login',
  logout: '/logout',
  logoutHere: '/logout/here',
  logoutEverywhere: '/logout/everywhere',
} as const;
