/** Shows the copy buttons, which are hidden without this script, and lets each copy its text. */

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
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
    status.textContent = button.dataset.copied;
    setTimeout(() => {
      button.textContent = label;
      status.textContent = '';
    }, SHOWN_MS);
  });
}
