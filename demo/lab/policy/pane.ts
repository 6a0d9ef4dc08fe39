import type { TemplateResult } from 'lit';
import type { Fault, PolicyInForce, Process } from '../../desk/policies.js';
import type { Scenario } from '../../desk/scenarios.js';
import { labFrame, type Frame } from '../frame.js';
import { draftOf, keepDraft } from './drafts.js';
import { renderPolicy } from './view.js';

/** What the policy's pane sees of the page, and does to it. */
export interface PolicyPage {
  /** Whose policy it is: that of the shown case; none before it is known. */
  readonly process: Process | undefined;
  ask(path: string, init?: RequestInit): Promise<Response>;
  choose(scenario: Scenario): void;
  /** Another policy is in force: what shows something by it looks again. */
  onApplied(): void;
}

/** The policy beside the page that it rules: edited, applied whole or refused whole. */
export interface PolicyPane {
  readonly frame: Frame;
  /** In a line: what is in force, and what is not yet. */
  readonly says: string;
  draw(): void;
  /** Another case, or news of another tab. */
  refresh(): Promise<void>;
}

/** The editor, and what it takes: asked for when somebody opens the pane. */
const loadTools = async () => {
  const [editor, ideas, problems] = await Promise.all([
    import('./editor.js'),
    import('./ideas.js'),
    import('./problems.js'),
  ]);
  return { ...editor, ...ideas, ...problems };
};
type Tools = Awaited<ReturnType<typeof loadTools>>;
type Editor = ReturnType<Tools['createEditor']>;
type Problem = Awaited<ReturnType<Tools['problemsOf']>>[number];
type Idea = Tools['IDEAS'][Process][number];

const count = (faults: readonly Fault[]) => `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}`;

/** @param onToggle called when it was opened or closed */
export function policyPane(page: PolicyPage, onToggle: () => void): PolicyPane {
  const host = document.createElement('div');
  host.className = 'policy-editor';
  const state = {
    inForce: null as PolicyInForce | null,
    problems: [] as readonly Problem[],
    idea: null as Idea | null,
    edited: false,
    isShipped: true,
    /** In force when the edits began. */
    since: '',
    /** What came of the last attempt, until something is typed. */
    outcome: '',
    refused: false,
  };
  let tools: Tools | undefined;
  let editor: Editor | undefined;
  const frame = labFrame(document.querySelector<HTMLDialogElement>('#policy')!, {
    title: 'Policy',
    from: 1100,
    onToggle: () => {
      void start();
      onToggle();
    },
  });

  const inForceText = () => tools!.withVersion(state.inForce!.text, state.inForce!.version);

  function says(): string {
    const { inForce, edited, since, outcome } = state;
    if (!inForce) return 'Loading the policy…';
    if (outcome) return outcome;
    if (!edited) return `Version ${inForce.version} is in force.`;
    return since === inForce.version
      ? 'Edited, not applied'
      : `Edited, not applied. Meanwhile version ${inForce.version} came into force.`;
  }

  function onChange(): void {
    const { inForce } = state;
    if (!editor || !inForce) return;
    const edited = editor.text !== inForceText();
    if (!state.edited) state.since = inForce.version;
    Object.assign(state, { edited, outcome: '', refused: false });
    keepDraft(inForce.process, edited ? { text: editor.text, version: state.since } : null);
    onToggle();
    draw();
  }

  /** Shows the policy of this process, with the edits that were not applied. */
  function open(inForce: PolicyInForce): void {
    const draft = draftOf(inForce.process);
    const isOther = inForce.process !== state.inForce?.process;
    Object.assign(state, { inForce, edited: draft !== null, since: draft?.version ?? inForce.version });
    if (isOther) Object.assign(state, { problems: [], idea: null, outcome: '', refused: false });
    if (!tools) return;
    state.isShipped = inForceText() === tools.withVersion(inForce.shipped, inForce.version);
    const text = draft?.text ?? inForceText();
    if (!editor) {
      const problems = async (text: string) => {
        const found = await tools!.problemsOf(state.inForce!.process, text);
        state.problems = found;
        draw();
        return found;
      };
      editor = tools.createEditor(host, { text, problems, onChange, onApply: () => void apply() });
    } else if (isOther) editor.load(text);
    else if (text !== editor.text) editor.note(text);
    editor.look();
  }

  async function read(process: Process): Promise<PolicyInForce | null> {
    const answer = await page.ask(`portal/policy/${process}`).catch(() => null);
    return answer?.ok ? ((await answer.json()) as PolicyInForce) : null;
  }

  async function refresh(): Promise<void> {
    const { process } = page;
    const inForce = process && (await read(process));
    if (!inForce || process !== page.process) return;
    open(inForce);
    onToggle();
    draw();
  }

  async function start(): Promise<void> {
    if (!frame.open || editor) return;
    tools ??= await loadTools();
    await refresh();
  }

  async function apply(): Promise<void> {
    const { inForce } = state;
    if (!editor || !inForce) return;
    const answer = await page
      .ask(`portal/policy/${inForce.process}`, { method: 'POST', body: editor.text })
      .catch(() => null);
    if (answer?.ok) {
      const next = (await answer.json()) as PolicyInForce;
      keepDraft(inForce.process, null);
      open(next);
      state.outcome = `Version ${next.version} is in force.`;
      state.refused = false;
      page.onApplied();
    } else {
      const { faults } = ((await answer?.json().catch(() => null)) ?? {}) as { faults?: Fault[] };
      state.outcome = faults
        ? `Not applied: ${count(faults)}. Version ${inForce.version} stays in force.`
        : 'Not applied: the help desk did not answer. Your edits are still here.';
      state.refused = true;
    }
    onToggle();
    draw();
  }

  function discard(): void {
    editor?.change(inForceText());
    editor?.focus();
  }

  function undo(): void {
    editor?.change(tools!.withVersion(state.inForce!.shipped, state.inForce!.version));
    void apply();
  }

  function take(idea: Idea): void {
    if (!editor) return;
    const changed = idea.edit(editor.text);
    const isNew = changed !== editor.text;
    editor.change(changed);
    Object.assign(state, { idea, outcome: isNew ? '' : 'The text says so already.' });
    draw();
  }

  const render = (): TemplateResult =>
    renderPolicy({
      ...state,
      host,
      says: says(),
      ideas: (tools && state.inForce && tools.IDEAS[state.inForce.process]) ?? [],
      take,
      choose: (scenario) => page.choose(scenario),
      goTo: (problem) => editor?.goTo(problem),
      apply: () => void apply(),
      discard,
      undo,
    });

  /** Once it was opened it stays: the editor keeps its place. */
  const draw = () => {
    if (frame.open || editor) frame.draw(render());
  };
  // In the editor Escape is the way out of it, not out of the pane.
  host.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') event.preventDefault();
  });
  void start();
  return {
    frame,
    get says() {
      return says();
    },
    draw,
    refresh,
  };
}
