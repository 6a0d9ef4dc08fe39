import { applied, example, isProgramKnown, meeting, type Cases, type Table } from './lint-cases.js';
import { error, listed, warning, type Finding, type Path } from './lint-finding.js';
import { english } from './lint-words.js';
import type { Policy, Remedy } from './policy.js';

/** Contradictions in where a request goes: the decision table, the contacts, and the feed of what goes by e-mail. */

/** Rows that get no case, and cases that get no row (G43). */
export function lintTable(policy: Policy, table: Table | null): Finding[] {
  if (!table) return [];
  const findings = policy.channels.flatMap((row, i): Finding[] => {
    const cases = table.rows[i] as Cases[];
    const at: Path = ['channels', i];
    if (cases.length === 0)
      return [
        error(
          'unreachable-channel',
          at,
          `No case ever reaches "${row.id}": the rows before it take all of its cases, and the first that matches wins; move it up, or narrow them.`,
        ),
      ];
    if (!isProgramKnown(cases))
      return [
        error(
          'unreachable-email',
          at,
          `Only a case whose program is not known reaches "${row.id}": the rows before it take every case of its programs, so what must go by e-mail goes another way; move it up (G14).`,
        ),
      ];
    // An e-mail row outside still keeps what must not leave the page (G14).
    if (row.use !== 'email' && meeting(cases, applied(policy)).length === 0)
      return [
        warning(
          'channel-outside-applies-to',
          at,
          `"appliesTo" refuses every case of "${row.id}"; widen "appliesTo", or take the row out.`,
        ),
      ];
    return [];
  });
  const [missed] = table.rest;
  if (missed)
    findings.push(
      warning(
        'uncovered-case',
        ['channels'],
        `No row is for every case: one with ${example(missed, table.all)}, for example, is not offered, and nothing says why; add a last row with "when": {}, or "use": "none" and a "text".`,
      ),
    );
  return findings;
}

/** Refused without a word: people read everything and find out at the end (trap 8). */
export function lintRefusals({ appliesTo, channels }: Policy): Finding[] {
  const { otherwise, ...limits } = appliesTo;
  const silent = channels.flatMap((row, i) =>
    row.use === 'none' && !row.text
      ? [
          warning(
            'refused-without-words',
            ['channels', i, 'text'],
            `"${row.id}" is not offered and does not say why; add a "text".`,
          ),
        ]
      : [],
  );
  const limited = Object.entries(limits).flatMap(([name, limit]) => (limit ? name : []));
  if (otherwise || limited.length === 0) return silent;
  const reason = `The process is limited by ${listed(limited)}, and nothing tells the others why it is not for them; add "otherwise" (P13).`;
  return [warning('refused-without-words', ['appliesTo', 'otherwise'], reason), ...silent];
}

function namedContacts({ channels, criteria, reasons, form }: Policy): Set<string> {
  const remedies: Remedy[] = [...criteria, ...reasons.flatMap(({ instead }) => instead ?? [])].flatMap(
    (row) => row.remedies,
  );
  return new Set([
    ...channels.flatMap((row) => (row.use === 'contact' ? row.contact : [])),
    ...remedies.flatMap((remedy) => (remedy.kind === 'contact' ? remedy.contact : [])),
    ...(form.urgent ? [form.urgent.contact] : []),
  ]);
}

const WAYS = { email: /\be-?mail/i, chat: /\bchat/i, web: /\bweb\b|\bwebsite|\bportal\b|\bonline\b/i };
type Way = keyof typeof WAYS;

/** The ways that some of the parts of a text name. */
const waysIn = (parts: readonly string[]): Way[] =>
  (Object.keys(WAYS) as Way[]).filter((way) => parts.some((part) => WAYS[way].test(part)));

/** "Do not … via email, chat, or web": a whole sentence says no. */
const forbidden = (warning: string): Way[] =>
  waysIn(warning.split(/[.!?]\s/).filter((part) => /\b(?:not|never|cannot)\b|n['’]t\b/i.test(part)));

/** "If you cannot use the phone, send an e-mail, not a chat": clause by clause, and "cannot" is about the phone. */
const offered = (alternative: string): Way[] =>
  waysIn(alternative.split(/[.!?,;:]\s/).filter((part) => !/\b(?:not|never|no|without)\b/i.test(part)));

/** People who cannot use the phone need another way (G24), but not the one that makes it take longer (G23). */
export function lintContacts(policy: Policy): Finding[] {
  const named = namedContacts(policy);
  return Object.entries(policy.contacts).flatMap(([id, { alternative }]): Finding[] => {
    if (!named.has(id))
      return [
        warning(
          'unused-contact',
          ['contacts', id],
          `Nothing names the contact "${id}"; use it, or take it out.`,
        ),
      ];
    if (!alternative)
      return [
        error(
          'contact-without-alternative',
          ['contacts', id, 'alternative'],
          `People who cannot use the phone have no way to reach "${id}"; say in "alternative" what they do instead.`,
        ),
      ];
    const warned = policy.channels.flatMap((row) =>
      row.use === 'contact' && row.contact === id ? forbidden(english(policy, row.warning)) : [],
    );
    const clash = offered(english(policy, alternative)).filter((way) => warned.includes(way));
    if (clash.length === 0) return [];
    return [
      error(
        'alternative-against-warning',
        ['contacts', id, 'alternative'],
        `The alternative sends people to ${listed(clash)}, which the channel's own warning forbids; name a way that is as fast as the phone (G23).`,
      ),
    ];
  });
}

/** All communication by e-mail: then the feed sends and keeps nothing either (G14, G38, trap 5). */
export function lintFeed({ channels, criteria, reasons, appliesTo, feed }: Policy): Finding[] {
  const byEmail = new Set(channels.flatMap((row) => (row.use === 'email' ? (row.when.program ?? []) : [])));
  const known = new Set([
    ...[...channels, ...criteria, ...reasons].flatMap(({ when }) => when?.program ?? []),
    ...(appliesTo.programs ?? []),
  ]);
  return [
    ...[...byEmail]
      .filter((program) => program !== null && !feed.offFor.includes(program))
      .map((program) =>
        error(
          'feed-on-for-email',
          ['feed', 'offFor'],
          `Cases of "${program}" are escalated by e-mail, but the feed is on for them; add "${program}" to "offFor" (G14).`,
        ),
      ),
    ...feed.offFor.flatMap((program, i) =>
      known.has(program)
        ? []
        : [
            warning(
              'unknown-program',
              ['feed', 'offFor', i],
              `Nothing else in this policy knows the program "${program}"; correct it, or take it out.`,
            ),
          ],
    ),
  ];
}
