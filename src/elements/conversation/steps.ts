import { html, nothing, type TemplateResult } from 'lit';
import type { Escalation, Status } from '../../core/model.js';
import { paths } from '../icon-paths.js';
import { icon } from '../icons.js';
import type { FeedView } from './view.js';

const PATH: readonly Status[] = ['requested', 'under-review', 'accepted', 'resolved'];
const STOPPED =
  'M18 7.400 16.600 6 12 10.600 7.400 6 6 7.400 10.600 12 6 16.600 7.400 18 12 13.400 16.600 18 18 16.600 13.400 12z';

type StepState = 'done' | 'current' | 'todo' | 'stopped';
interface Step {
  status: Status;
  state: StepState;
}

/** The steps that an escalation takes; where it ended otherwise, the end takes the place of what did not come. */
function stepsOf({ status, decision, owner }: Escalation): Step[] {
  if (status === 'declined' || status === 'withdrawn') {
    const reviewed = decision ?? owner;
    const reached = decision?.outcome === 'accepted' ? 3 : reviewed ? 2 : 1;
    return [
      ...PATH.slice(0, reached).map((step): Step => ({ status: step, state: 'done' })),
      { status, state: 'stopped' },
    ];
  }
  const at = PATH.indexOf(status);
  return PATH.map((step, i) => ({
    status: step,
    state: i < at || status === 'resolved' ? 'done' : i === at ? 'current' : 'todo',
  }));
}

const WORD: Record<StepState, string> = {
  done: 'stepDone',
  current: 'stepCurrent',
  stopped: 'stepCurrent',
  todo: 'stepTodo',
};
const MARK: Partial<Record<StepState, [name: string, path: string]>> = {
  done: ['check', paths.check],
  stopped: ['close', STOPPED],
};

/** Where the escalation is: by shape and by word, never by colour alone. */
export function renderSteps({ say, icons }: FeedView, escalation: Escalation): TemplateResult {
  const steps = stepsOf(escalation);
  const n = steps.findLastIndex(({ state }) => state !== 'todo') + 1;
  const status = say(`status.${escalation.status}`);
  return html`<div class="steps">
    <p class="step-short" aria-hidden="true">${say('step', { n, count: steps.length, status })}</p>
    <ol part="steps" aria-label=${say('steps')}>
      ${steps.map(({ status: step, state }) => {
        const mark = MARK[state];
        return html`<li part="step step-${state}" aria-current=${state === 'current' ? 'step' : nothing}>
          <span part="step-icon" aria-hidden="true">${mark ? icon(...mark, '', icons) : nothing}</span>
          <span part="step-label"
            >${say(`status.${step}`)}<span class="hidden">, ${say(WORD[state])}</span></span
          >
        </li>`;
      })}
    </ol>
  </div>`;
}
