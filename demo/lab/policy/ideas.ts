import { applyEdits, modify, parse, type JSONPath } from 'jsonc-parser';
import type { Process } from '../../desk/policies.js';

/** Changes to begin with. Each edits the text, and says which scenario shows it. */
export interface Idea {
  label: string;
  /** Id of the scenario. */
  scenario: string;
  /** @returns the changed text; the same where there is nothing to change */
  edit(text: string): string;
}

type Row = { id?: string } & Record<string, unknown>;
type Document = Partial<Record<'channels' | 'criteria' | 'reasons', Row[]>>;

const read = (text: string) => parse(text) as Document | undefined;
const formattingOptions = { tabSize: 2, insertSpaces: true };
const set = (text: string, path: JSONPath, value: unknown, isArrayInsertion = false): string =>
  applyEdits(text, modify(text, path, value, { formattingOptions, isArrayInsertion }));

const indexOf = (rows: Row[] | undefined, id: string): number =>
  rows?.findIndex((row) => row?.id === id) ?? -1;

/** The number, and the words about it. */
function twoHours(text: string): string {
  const rows = read(text)?.criteria;
  const index = indexOf(rows, 'high-24-hours');
  const row = rows?.[index];
  if (!row) return text;
  return Object.entries(row).reduce((changed, [name, value]) => {
    if (name === 'hours') return set(changed, ['criteria', index, name], 2);
    return typeof value === 'string' && value.includes('24 hours')
      ? set(changed, ['criteria', index, name], value.replaceAll('24 hours', '2 hours'))
      : changed;
  }, text);
}

const REASON = {
  id: 'second-opinion',
  label: 'Second Opinion',
  whenToSelect: 'You would like another expert to look at the case.',
  action: 'A second expert reads the case and writes what they would do.',
  promises: [{ id: 'second-opinion', text: 'have a second expert read the case' }],
  responder: 'owner',
  details: 'required',
};

const addReason = (text: string): string =>
  indexOf(read(text)?.reasons, REASON.id) < 0 ? set(text, ['reasons', 0], REASON, true) : text;

/** G18: the e-mail was for the time until there is a form. */
function cloudCxForm(text: string): string {
  const rows = read(text)?.channels;
  const index = rows?.findIndex(({ use }) => use === 'email') ?? -1;
  return index < 0
    ? text
    : set(text, ['channels', index], {
        id: 'fedramp-cloud-cx-form',
        use: 'form',
        when: rows![index]!.when,
        title: 'FedRAMP My Support',
      });
}

const addGold = (text: string): string => {
  const { appliesTo } = (parse(text) ?? {}) as { appliesTo?: { plans?: string[] } };
  return appliesTo?.plans && !appliesTo.plans.includes('Gold')
    ? set(text, ['appliesTo', 'plans'], [...appliesTo.plans, 'Gold'])
    : text;
};

/** Two faults, far from each other. */
const breakIt = (text: string): string =>
  set(set(text, ['reasons', 0, 'details'], 'maybe'), ['lifecycle', 'reopenDays'], 'two weeks');

const GENESYS: Idea[] = [
  { label: 'Let the 24 hours be 2', scenario: 'high-fresh', edit: twoHours },
  { label: 'Add a reason', scenario: 'medium', edit: addReason },
  { label: 'Switch Cloud CX from e-mail to the form', scenario: 'cloud-cx', edit: cloudCxForm },
  { label: 'Break it', scenario: '', edit: breakIt },
];
const PULSE: Idea[] = [
  { label: 'Let Gold customers escalate', scenario: 'gold', edit: addGold },
  { label: 'Add a reason', scenario: 'platinum', edit: addReason },
  { label: 'Break it', scenario: '', edit: breakIt },
];

export const IDEAS: Record<Process, Idea[]> = { genesys: GENESYS, 'pulse-secure': PULSE };

/** The same text with this version in it. */
export const withVersion = (text: string, version: string): string =>
  read(text) ? set(text, ['version'], version) : text;
