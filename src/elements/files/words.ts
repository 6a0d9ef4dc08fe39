import type { DraftFile } from '../../core/draft.js';
import { typeNames, type FileLimits } from '../../core/files.js';
import { safeLine } from '../../core/text.js';
import type { Values } from '../../locales/registry.js';
import type { Attaching, FileState, Line } from './attaching.js';

/** What the words for files are made with. */
export interface FileView {
  language: string;
  icons: Record<string, string> | undefined;
  say(id: string, values?: Values): string;
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** A size in words. @param round up for a file, down for a limit: nothing is said to fit that does not */
export function sizeOf(bytes: number, language: string, round: 'ceil' | 'floor' = 'ceil'): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  const step = power > 1 ? 10 : 1;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS[power] as string,
    unitDisplay: power ? 'short' : 'long',
  }).format(Math[round]((bytes / 1000 ** power) * step) / step);
}

/** A name as text: on one line, its direction its own; long enough to show how it ends. */
export const nameOf = ({ name }: Pick<DraftFile, 'name'>): string => safeLine(name, 300);

const MANY = 3;
/** Some names in one sentence. */
export function namesOf({ say, language }: FileView, names: readonly string[]): string {
  const shown = names.slice(0, MANY).map((name) => `\u2068${nameOf({ name })}\u2069`);
  const list = new Intl.ListFormat(language, { type: 'unit', style: 'short' }).format(shown);
  return names.length > MANY ? say('files.more', { names: list, count: names.length - MANY }) : list;
}

export const sayLine = (view: FileView, [id, values = {}]: Line): string =>
  view.say(id, {
    ...values,
    ...(values['name'] !== undefined && { name: `\u2068${nameOf({ name: String(values['name']) })}\u2069` }),
    ...(values['names'] !== undefined && { names: namesOf(view, String(values['names']).split('\n')) }),
  });

/** What the help desk takes, in words. */
export function limitWords({ say, language }: FileView, { maxBytes, types }: FileLimits): Values {
  const kind = (name: string): string | undefined => {
    const id = `files.kind.${name}`;
    const word = say(id);
    return word === id ? undefined : word;
  };
  const names = types.includes('*/*') ? [] : typeNames(types, kind);
  return {
    size: sizeOf(maxBytes, language, 'floor'),
    types: new Intl.ListFormat(language, { type: 'unit', style: 'short' }).format(
      names.map((name) => safeLine(name)),
    ),
  };
}

/** Why a file is not attached; null: it is, or may be. */
export function whyNot(view: FileView, state: FileState, { limits }: Attaching): string | null {
  const { say } = view;
  if (state.state === 'lost') return say('files.lost');
  if (state.state === 'refused') return say(`files.${state.fault}`, limits ? limitWords(view, limits) : {});
  if (state.state !== 'failed') return null;
  const { code, retryable, details } = state.problem ?? {};
  if (code === 'signed-out') return say('files.signedOut');
  const { maxBytes = limits?.maxBytes, allowed = limits?.types } = details ?? {};
  const words = maxBytes !== undefined && allowed && limitWords(view, { maxBytes, types: allowed });
  if (words && (code === 'file-too-large' || code === 'too-large')) return say('files.too-large', words);
  if (words && code === 'file-type-refused') return say('files.type', words);
  return say(retryable ? 'files.network' : 'files.failed');
}

/** Whether trying again may help: the file is there, and was not refused for what it is. */
export const mayRetry = (state: FileState): boolean =>
  state.state === 'failed' && !/too-large|type-refused/.test(state.problem?.code ?? '');
