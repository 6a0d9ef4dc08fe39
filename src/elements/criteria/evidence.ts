import type { Evidence } from '../../core/model.js';
import { isolated } from '../../core/text.js';
import type { Values } from '../../locales/registry.js';
import { ago, day } from '../format.js';

/** What words for evidence are made with; they are in `locales/en-evidence`. */
interface EvidenceView {
  now: Date;
  language: string;
  say(id: string, values?: Values): string;
}

/** A shape for each result of a criterion, beside its word. */
export const RESULT_ICONS = { met: 'check', 'not-met': 'pending', ask: 'ask', unknown: 'unknown' } as const;

/** Words for why a criterion came out as it did. */
export function evidenceText(view: EvidenceView, { code, values }: Evidence, guided: boolean): string[] {
  const { say, now, language } = view;
  const text = (name: string) => (typeof values[name] === 'string' ? isolated(values[name]) : '');
  const at = typeof values['at'] === 'string' ? new Date(values['at']) : null;
  switch (code) {
    case 'last-update': {
      const when = at ? ago(at, now, language) : '';
      const line = values['by']
        ? say('evidence.last-update', { ago: when, by: text('by') })
        : say('evidence.last-update.unnamed', { ago: when });
      const counts = values['counts'] === 'support' ? 'support' : 'anyone';
      // The policy's own guidance says it better.
      if (guided || values['hours'] === undefined) return [line];
      return [line, say(`evidence.last-update.${counts}`, { hours: Number(values['hours']) })];
    }
    case 'rca-day':
      return at && values['day'] !== null
        ? [
            say('evidence.rca-day', {
              date: day(at, now, language),
              day: Number(values['day']),
              days: Number(values['days']),
            }),
          ]
        : [];
    case 'waiting-on-customer': {
      const since = typeof values['since'] === 'string' ? day(new Date(values['since']), now, language) : '';
      if (!since) return [say('evidence.waiting-on-customer.undated')];
      return [
        values['asked']
          ? say('evidence.waiting-on-customer.asked', { date: since, asked: text('asked') })
          : say('evidence.waiting-on-customer', { date: since }),
      ];
    }
    default:
      return []; // The title says it.
  }
}
