import { html, nothing, type TemplateResult } from 'lit';
import type { Case, CasePriority } from 'escalation-elements';
import { engineers } from './desk/people.js';
import type { CaseChange } from './desk/portal.js';
import { ago, capital, timeOf } from './format.js';

/** The case of an escalation, as the help desk's own agents have it: who works on it, and what can be changed. */

const PRIORITIES: readonly CasePriority[] = ['low', 'medium', 'high', 'critical'];

const field = (name: string, value: unknown) =>
  value ? html`<div><dt>${name}</dt><dd dir="auto">${value}</dd></div>` : nothing; // prettier-ignore

/** One choice and its button: nothing changes by the choice alone. */
function renderChange(
  id: string,
  label: string,
  act: string,
  options: readonly { value: string; label: string }[],
  onChange: (value: string) => void,
): TemplateResult {
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    onChange((event.target as HTMLFormElement).querySelector('select')!.value);
  };
  return html`<form class="change" @submit=${onSubmit}>
    <label for=${id}>${label}</label>
    <select id=${id}>
      ${options.map(({ value, label }) => html`<option value=${value}>${label}</option>`)}
    </select>
    <button class="button">${act}</button>
  </form>`;
}

/**
 * @param done what the last change was, in words
 * @param change what the help desk is asked for, with the words of it
 */
export function renderCase(
  kase: Case,
  done: string,
  change: (change: CaseChange, done: string) => void,
): TemplateResult {
  const others = engineers.filter(({ id }) => id !== kase.assignee?.id);
  const levels = PRIORITIES.filter((level) => level !== kase.priority);
  return html`<section class="card desk-case" aria-labelledby="desk-case">
    <header>
      <p class="eyebrow">Case ${kase.number}</p>
      <h2 id="desk-case" dir="auto">${kase.subject}</h2>
    </header>
    <dl>
      ${field('Status', kase.statusLabel)}
      ${field('Priority', html`<span class="level ${kase.priority ?? ''}">${capital(kase.priority ?? 'none')}</span>`)}
      ${field('Engineer', kase.assignee?.name ?? 'Nobody yet')} ${field('Company', kase.customer?.name)}
      ${field('Product', kase.product)}
      ${field('Last update', kase.lastUpdate && timeOf(kase.lastUpdate.at, ago(kase.lastUpdate.at)))}
    </dl>
    ${renderChange(
      'engineer',
      'Another engineer',
      'Assign',
      others.map(({ id, name }) => ({ value: id, label: name })),
      (id) => {
        const { name } = engineers.find((engineer) => engineer.id === id)!;
        change({ assignee: id }, `The case is with ${name} now.`);
      },
    )}
    ${renderChange(
      'case-priority',
      'Priority of the case',
      'Set priority',
      levels.map((level) => ({ value: level, label: capital(level) })),
      (level) => change({ priority: level as CasePriority }, `The priority of the case is ${level} now.`),
    )}
    <p class="muted" role="status">${done}</p>
  </section>`;
}
