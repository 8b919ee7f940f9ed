/** Shows the copy buttons, which are hidden without this script; each copies its text and says whether it could. */

const SHOWN_MS = 2000;

for (const button of document.querySelectorAll('button[data-copy]')) {
  if (navigator.clipboard === undefined) break;
  const label = button.textContent;
  const status = document.createElement('span');
  status.className = 'unseen';
  status.setAttribute('role', 'status');
  button.after(status);
  button.hidden = false;
  button.addEventListener('click', async () => {
    const { copy, copied, uncopied } = button.dataset;
    button.textContent = await navigator.clipboard.writeText(copy).then(
      () => copied,
      () => uncopied,
    );
    status.textContent = button.textContent;
    setTimeout(() => {
      button.textContent = label;
      status.textContent = '';
    }, SHOWN_MS);
  });
}
