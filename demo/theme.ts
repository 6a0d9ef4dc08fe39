import { html, type TemplateResult } from 'lit';

/** Light, dark or the system's; `public/theme.js` puts it in force before the first paint. */

const NAME = 'escalation-demo theme';
const THEMES = ['system', 'light', 'dark'] as const;

/** In force at once, and shown by every switch of the page. */
function follow(theme: string): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const radio of document.querySelectorAll<HTMLInputElement>('.themes input'))
    radio.checked = radio.value === theme;
}

function choose(theme: string): void {
  follow(theme);
  try {
    localStorage.setItem(NAME, theme);
  } catch {
    // Lasts as long as the page.
  }
}

/** @param name of its radios: one per switch of a page */
export const renderThemeSwitch = (name: string): TemplateResult =>
  html`<fieldset class="segments themes">
    <legend>Theme</legend>
    ${THEMES.map(
      (theme) =>
        html`<label>
          <input
            type="radio"
            name=${name}
            value=${theme}
            ?checked=${theme === (document.documentElement.dataset.theme ?? 'system')}
            @change=${() => choose(theme)}
          />
          <span>${theme.charAt(0).toUpperCase() + theme.slice(1)}</span>
        </label>`,
    )}
  </fieldset>`;

// Another tab has changed it.
addEventListener('storage', ({ key, newValue }) => {
  if (key === NAME && newValue) follow(newValue);
});
