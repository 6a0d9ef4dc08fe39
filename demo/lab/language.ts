import { html, type TemplateResult } from 'lit';

/** A language of the elements. The portal itself stays English. */
export interface Language {
  tag: string;
  label: string;
  dir: 'ltr' | 'rtl';
  /** Registers its words. */
  load?: () => Promise<unknown>;
}

export const ENGLISH: Language = { tag: 'en', label: 'English', dir: 'ltr' };

const LANGUAGES: readonly Language[] = [
  ENGLISH,
  // Longer, right to left, and still to be read: shows what a translation will meet.
  { tag: 'ar-XB', label: 'Pseudo', dir: 'rtl', load: () => import('escalation-elements/locales/pseudo') },
];

export const renderLanguage = (spoken: Language, speak: (language: Language) => void): TemplateResult =>
  html`<fieldset class="segments">
    <legend>Language</legend>
    ${LANGUAGES.map(
      (language) =>
        html`<label>
          <input
            type="radio"
            name="language"
            value=${language.tag}
            ?checked=${language.tag === spoken.tag}
            @change=${() => speak(language)}
          />
          <span>${language.label}</span>
        </label>`,
    )}
  </fieldset>`;
