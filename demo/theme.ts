import { html, type TemplateResult } from 'lit';

/** Light, dark or the system's; `public/theme.js` puts it in force before the first paint. */

const NAME = 'escalation-demo theme';
const THEMES = ['system', 'light', 'dark'] as const;

function choose(theme: string): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(NAME, theme);
  } catch {
    // Lasts as long as the page.
  }
}

export const renderThemeSwitch = (): TemplateResult =>
  html`<fieldset class="segments">
    <legend>Theme</legend>
    ${THEMES.map(
      (theme) =>
        html`<label>
          <input
            type="radio"
            name="theme"
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
  if (key !== NAME || !newValue) return;
  choose(newValue);
  const radio = document.querySelector<HTMLInputElement>(`input[name="theme"][value="${newValue}"]`);
  if (radio) radio.checked = true;
});
