import { html, type TemplateResult } from 'lit';

/** Tabs as the keyboard knows them: arrows, Home and End; the address names the open one. */
export interface Tab {
  /** Also the `#hash` of the address. */
  id: string;
  label: TemplateResult | string;
  body: TemplateResult;
}

/** @returns the tab that the address names, else the first */
export const tabInAddress = <T extends { id: string }>(tabs: readonly T[]): T['id'] =>
  (tabs.find(({ id }) => `#${id}` === location.hash) ?? tabs[0]!).id;

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

export function renderTabs(
  label: string,
  tabs: readonly Tab[],
  selected: string,
  select: (id: string) => void,
): TemplateResult {
  const onKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next =
      tabs[
        step(
          tabs.findIndex(({ id }) => id === selected),
          tabs.length,
        )
      ]!;
    select(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  return html`<div class="tab-list" role="tablist" aria-label=${label} @keydown=${onKey}>
      ${tabs.map(
        ({ id, label }) =>
          html`<button
            type="button"
            role="tab"
            id="tab-${id}"
            aria-controls="panel-${id}"
            aria-selected=${id === selected ? 'true' : 'false'}
            tabindex=${id === selected ? '0' : '-1'}
            @click=${() => select(id)}
          >
            ${label}
          </button>`,
      )}
    </div>
    ${tabs.map(
      ({ id, body }) =>
        html`<div role="tabpanel" id="panel-${id}" aria-labelledby="tab-${id}" ?hidden=${id !== selected}>
          ${body}
        </div>`,
    )}`;
}
