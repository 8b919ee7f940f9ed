/** What tests ask a page about itself; injected before the page's own scripts, where its policy has no say. */
globalThis.probes = (() => {
  const shifts = [];
  if (typeof PerformanceObserver !== 'undefined') {
    const observer = new PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) shifts.push(value);
    });
    observer.observe({ type: 'layout-shift', buffered: true });
  }

  const nextFrame = () => new Promise((done) => requestAnimationFrame(() => done()));
  const describe = (element) => {
    const text = element.textContent.trim().replace(/\s+/g, ' ').slice(0, 40);
    return `${element.localName}.${element.className || '-'} "${text}"`;
  };
  const isForEarsOnly = (element) =>
    element !== null &&
    (getComputedStyle(element).clipPath === 'inset(50%)' || isForEarsOnly(element.parentElement));
  const sticksOut = ({ left, right, width }) =>
    width > 0 && (left < -1 || right > document.documentElement.clientWidth + 1);
  const isCutOff = (element) => {
    const { overflowX, overflowY, display } = getComputedStyle(element);
    // What is typed into a field scrolls in it.
    if (display === 'inline' || element.localName === 'input') return false;
    const hides = (overflow) => overflow === 'hidden' || overflow === 'clip';
    return (
      (hides(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
      (hides(overflowY) && element.scrollHeight > element.clientHeight + 1)
    );
  };

  return {
    /** Everything that moved by itself since the page began to load. */
    async layoutShift() {
      await nextFrame();
      await nextFrame();
      return shifts.reduce((sum, value) => sum + value, 0);
    },
    /** What sticks out of the window sideways, and what is cut off. */
    overflow() {
      const { scrollWidth, clientWidth } = document.documentElement;
      const seen = [...document.querySelectorAll('body *')].filter(
        (element) => element.checkVisibility() && !isForEarsOnly(element),
      );
      return [
        ...(scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide in ${clientWidth}`] : []),
        ...seen
          .filter((element) => sticksOut(element.getBoundingClientRect()))
          .map((element) => `sticks out: ${describe(element)}`),
        ...seen.filter(isCutOff).map((element) => `cut off: ${describe(element)}`),
      ];
    },
    /** What has the focus, and whether one can see that. */
    focus() {
      const element = document.activeElement;
      // The search row shows the focus of its field around the whole row, and so does the row of a person.
      const outlined = element.closest('.search:has(input:focus)') ?? element;
      const styles = [getComputedStyle(outlined), getComputedStyle(element, '::after')];
      const named = element.labels?.[0] ?? element;
      const name = element.getAttribute('aria-label') ?? named.textContent.trim().replace(/\s+/g, ' ');
      return {
        name: element === document.body ? '' : name,
        visible: styles.some(
          ({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
        ),
      };
    },
    /** Makes text twice as large, as a reader's setting would. */
    enlargeText() {
      document.documentElement.style.fontSize = '200%';
    },
    /** Scrolls the page to its end in so many frames: the longest wait for one, and the longest of the page's own work. */
    async scrollToTheEnd(count) {
      const root = document.documentElement;
      const tasks = [];
      const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
      observer.observe({ type: 'longtask' });
      const waits = [];
      let before = await new Promise(requestAnimationFrame);
      for (let frame = 1; frame <= count; frame++) {
        scrollTo(0, ((root.scrollHeight - root.clientHeight) * frame) / count);
        const now = await new Promise(requestAnimationFrame);
        waits.push(now - before);
        before = now;
      }
      observer.disconnect();
      scrollTo(0, root.scrollHeight);
      await nextFrame();
      return {
        longestMs: Math.max(...waits),
        longestTaskMs: Math.max(0, ...tasks.map(({ duration }) => duration)),
        atTheEnd: root.scrollHeight - root.clientHeight - scrollY < 2,
      };
    },
    /** Selectors of rules that colour text or its ground in some widths only. */
    coloursByWidth() {
      const colours = ['color', 'background-color', 'background-image', 'opacity'];
      const setsColour = ({ style }) =>
        style !== undefined && [...style].some((name) => colours.includes(name));
      return [...document.styleSheets]
        .flatMap((sheet) => [...sheet.cssRules])
        .filter(({ conditionText = '' }) => conditionText.includes('width'))
        .flatMap(({ cssRules }) => [...cssRules].filter(setsColour))
        .map(({ selectorText }) => selectorText);
    },
    /** Rules that the page breaks, each with where. */
    async brokenRules(options) {
      const { violations } = await globalThis.axe.run(document, options);
      return violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
      );
    },
  };
})();
