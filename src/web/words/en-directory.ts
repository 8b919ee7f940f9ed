/** What the pages about the directory say in English: finding people, and what can be done with them. */
export const enDirectory = {
  find: {
    label: 'Search by name or address',
    button: 'Search',
    size: 'People per page',
    heading: 'People who match “{{search}}”',
    headingCounted_one: '{{number}} person matches “{{search}}”',
    headingCounted_other: '{{number}} people match “{{search}}”',
    nobodyHeading: 'Nobody matches “{{search}}”',
    nobody: 'Check the spelling, or search for the beginning of a first name, a last name or an address.',
    everyone: 'Show everyone',
    beginningsOnly:
      'These are the people whose name or address begins with what you typed. Parts inside a name could not be searched.',
    tooLongHeading: 'This search is too long',
    tooLong: 'Search for at most {{number}} characters.',
    failed: 'The search did not work. Press the search button to try again.',
  },
  person: {
    write: 'Write a mail',
    chat: 'Chat in Teams',
    copy: 'Copy {{name}}',
    back: 'Back to the people',
  },
  export: {
    everyone: 'Everyone as a file:',
    found: 'These people as a file:',
    csv: 'CSV for spreadsheets',
    json: 'JSON for programs',
    interrupted: 'This list is not complete: the export broke off here. Export again to get everyone.',
  },
};
