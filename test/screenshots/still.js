/** Replaces what differs from run to run (ids, times, ports), so that pictures change only when pages do. */
globalThis.holdStill = (portNames) => {
  const ID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g;
  const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z/g;
  const FIXED = new Date('2025-11-20T14:10:05Z');
  const words = { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' };

  const language = document.documentElement.lang;
  for (const time of document.querySelectorAll('time')) {
    time.textContent = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, words).format(FIXED);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    const passing = node.parentElement.closest('.technical, .message, dl.soft') !== null;
    const text = node.data
      .replace(/localhost:(\d+)/g, (_all, port) => `localhost:${portNames[port] ?? port}`)
      .replace(/localhost%3[Aa](\d+)/g, (_all, port) => `localhost%3A${portNames[port] ?? port}`)
      .replace(TIME, '2025-11-20 14:10:05Z');
    node.data = passing ? text.replace(ID, '0b7f6a52-1f0e-4a53-9a0c-2a3f4d5e6f70') : text;
  }
};
