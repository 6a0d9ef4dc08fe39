import type { Entry } from '../../core/model.js';
import { isolated, safeBody, safeLine } from '../../core/text.js';
import { eventLine, isEvent } from '../conversation/entry.js';
import type { FeedView } from '../conversation/view.js';
import { clockTime, day } from '../format.js';

/** Isolates are for the page: in a file they would be odd characters. */
const bare = (text: string): string => text.replace(/[\u2066-\u2069]/g, '');

function linesOf(view: FeedView, entry: Entry): string[] {
  const { say, language } = view;
  const { author, at, text, attachments = [], kind } = entry;
  const time = clockTime(new Date(at), language);
  const role = view.role(author.role);
  const name = author.me ? say('you') : `${safeLine(author.name)}${role ? ` (${role})` : ''}`;
  const tag = kind === 'next-steps' ? say('nextSteps') : kind === 'internal' ? say('internal') : '';
  const line = eventLine(view, entry);
  const names = attachments.map((file) => safeLine(file.name)).join(', ');
  return [
    `${time}  ${line ?? `${name}${tag ? ` · ${tag}` : ''}`}`,
    ...(isEvent(view, entry) || !text ? [] : [safeBody(text, text.length).text]),
    ...(names ? [say('exportFiles', { names })] : []),
    '',
  ];
}

/** A conversation as a text that can be read anywhere: who, when and what, in the reader's own zone. */
export function transcript(view: FeedView): string {
  const { say, state, talk, now, language } = view;
  const { escalation, entries } = talk;
  const { number, id = '', subject } = state?.case ?? {};
  const zone = Intl.DateTimeFormat(language, { timeZoneName: 'long' })
    .formatToParts(now)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const lines = [
    say('feedTitleReason', { reason: isolated(escalation?.reason.label ?? '') }),
    [say('exportCase', { number: safeLine(number ?? id) }), safeLine(subject ?? '')]
      .filter(Boolean)
      .join(' · '),
    ...(escalation ? [say('exportStatus', { status: say(`status.${escalation.status}`) })] : []),
    say('exportWhen', {
      count: entries.length,
      time: `${day(now, now, language)}, ${clockTime(now, language)}`,
      zone: `${zone ?? ''} (${Intl.DateTimeFormat().resolvedOptions().timeZone})`,
    }),
    '',
  ];
  let last = '';
  for (const entry of entries) {
    const its = day(new Date(entry.at), now, language);
    if (its !== last) lines.push(`— ${its} —`, '');
    last = its;
    lines.push(...linesOf(view, entry));
  }
  return bare(lines.join('\n'));
}
