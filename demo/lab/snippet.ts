import { html, type TemplateResult } from 'lit';
import { renderTabs } from '../tabs.js';

/** The code that reproduces what is shown. */

const OURS = ['class', 'id', 'style'];

const tag = (element: Element, more = ''): string => {
  const attributes = element
    .getAttributeNames()
    .filter((name) => !OURS.includes(name))
    .map((name) => ` ${name}="${element.getAttribute(name)}"`);
  return `${element.localName}${more}${attributes.join('')}`;
};

const CONFIGURE = (endpoint: string) => `import { configure } from 'escalation-elements';
import 'escalation-elements/define';

configure({
  endpoint: '${endpoint}',
  headers: async () => ({ Authorization: \`Bearer \${await token()}\` }),
});`;

function snippets(elements: readonly Element[], endpoint: string): Record<string, string> {
  const closed = (more = '') => elements.map((one) => `<${tag(one, more)}></${one.localName}>`);
  return {
    HTML: `<script type="module" src="/vendor/escalation-elements.js"></script>

${closed(` endpoint="${endpoint}"`).join('\n')}`,
    npm: `${CONFIGURE(endpoint)}

// ${closed().join('\n// ')}`,
    React: `${CONFIGURE(endpoint)}

export const CaseEscalation = () => (
  <>
${elements.map((one) => `    <${tag(one)} />`).join('\n')}
  </>
);`,
  };
}

/**
 * @param elements those of the page
 * @param draw draws the lab again
 */
export function snippetPart(
  elements: () => readonly Element[],
  endpoint: string,
  draw: () => void,
): { render(): TemplateResult } {
  let selected = 'HTML';
  /** What was copied; where the browser forbids that, it is selected for the keyboard. */
  let said = '';

  async function copy(code: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(code);
      said = 'Copied';
    } catch {
      getSelection()?.selectAllChildren(document.querySelector(`#panel-${selected} code`)!);
      said = 'Selected: press Ctrl or ⌘ + C';
    }
    draw();
  }

  return {
    render() {
      const codes = snippets(elements(), endpoint);
      const select = (id: string) => {
        selected = id;
        said = '';
        draw();
      };
      const tabs = Object.entries(codes).map(([id, code]) => ({
        id,
        label: id,
        body: html`<pre tabindex="0" aria-label=${id}><code>${code}</code></pre>`,
      }));
      return html`<section class="lab-part snippet" aria-labelledby="snippet">
        <div class="lab-line">
          <h3 class="lab-label" id="snippet">Snippet</h3>
          <span>
            <span role="status" class="muted">${said}</span>
            <button type="button" class="link-button" @click=${() => void copy(codes[selected]!)}>
              Copy<span class="hidden"> the snippet</span>
            </button>
          </span>
        </div>
        ${renderTabs('Snippet', tabs, selected, select)}
      </section>`;
    },
  };
}
