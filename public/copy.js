/** Shows the copy buttons, which are hidden without this script, and closes menus as people expect it. */

const SHOWN_MS = 2000;

for (const button of document.querySelectorAll('button[data-copy]')) {
  if (navigator.clipboard === undefined) break;
  const { copy, copied, uncopied } = button.dataset;
  const isIcon = button.hasAttribute('aria-label');
  const label = isIcon ? button.ariaLabel : button.textContent;
  const status = document.createElement('span');
  status.className = 'unseen';
  status.setAttribute('role', 'status');
  button.after(status);
  button.hidden = false;
  const call = (name) => {
    if (isIcon) button.ariaLabel = button.title = name;
    else button.textContent = name;
  };
  button.addEventListener('click', async () => {
    const said = await navigator.clipboard.writeText(copy).then(
      () => copied,
      () => uncopied,
    );
    call(said);
    button.classList.toggle('is-copied', said === copied);
    status.textContent = said;
    setTimeout(() => {
      call(label);
      button.classList.remove('is-copied');
      status.textContent = '';
    }, SHOWN_MS);
  });
}

const openMenus = () => document.querySelectorAll('details[data-menu][open]');

document.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return;
  for (const menu of openMenus()) {
    if (menu.contains(document.activeElement)) menu.querySelector('summary').focus();
    menu.open = false;
  }
});
document.addEventListener('click', ({ target }) => {
  for (const menu of openMenus())
    if (!menu.contains(target) || target.closest('a') !== null) menu.open = false;
});
