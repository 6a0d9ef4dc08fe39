import { html, nothing, render, type TemplateResult } from 'lit';
import type { User } from 'escalation-elements';
import { initials } from './format.js';
import { icons } from './icons.js';
import { renderThemeSwitch } from './theme.js';

/** What is around every page: the app bar and the foot. */
export interface Shell {
  user: User;
  /** Beside the name: company or role. */
  of: string;
  /** What the app is called on this side. */
  app: string;
  /** Whose it is, where there is room to say so. */
  company?: string;
  home: string;
  /** Beside the links: what is the demo's own. */
  tool?: TemplateResult;
  links: { href: string; label: string; here?: boolean; newTab?: boolean }[];
}

const renderLink = ({ href, label, here, newTab }: Shell['links'][number]): TemplateResult =>
  html`<a
    href=${href}
    class=${newTab ? 'aside-link' : 'nav-link'}
    aria-current=${here ? 'page' : nothing}
    target=${newTab ? '_blank' : nothing}
    >${label}${newTab ? html`${icons.newTab}<span class="hidden"> (opens in a new tab)</span>` : nothing}</a
  >`;

export function renderShell({ user, of, app, company, home, links, tool }: Shell): void {
  render(
    html`<a class="skip" href="#main">Skip to content</a>
      <a class="brand" href=${home}
        >${icons.logo}<span
          >${company ? html`<span class="company">${company} · </span>` : nothing}${app}</span
        ></a
      >
      <nav aria-label=${app}>${links.map(renderLink)}</nav>
      ${tool ?? nothing}
      <p class="who">
        <span class="avatar" aria-hidden="true">${initials(user.name)}</span>
        <span
          ><span class="hidden">Signed in as </span><b>${user.name}</b><span class="hidden">, </span
          ><small>${of}</small></span
        >
      </p>`,
    document.querySelector<HTMLElement>('.app-bar')!,
  );
}

export function renderFoot(reset: () => Promise<void>): void {
  render(
    html`<p>A demo of <code>escalation-elements</code>. Everything stays in this browser.</p>
      <div class="foot-tools">
        ${renderThemeSwitch('theme')}
        <button type="button" class="button" @click=${() => void reset()}>Reset the demo</button>
      </div>`,
    document.querySelector<HTMLElement>('.app-foot')!,
  );
}
