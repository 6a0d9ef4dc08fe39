/** What a reminder says, and when. */
export interface Reminder {
  /** Stays the same when the same reminder is made again. */
  id: string;
  at: Date;
  title: string;
  /** Where to go then; empty: nowhere. */
  url: string;
}

/** RFC 5545, 3.3.11. */
const escaped = (text: string): string =>
  text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r?\n/g, '\\n')
    .replace(/\p{Cc}/gu, '');

/** UTC, as RFC 5545, 3.3.5 writes it. */
const stamp = (at: Date): string => at.toISOString().replace(/[-:]|\.\d+/g, '');

/** Not more than 75 octets on a line (RFC 5545, 3.1); a character is never divided. */
function folded(line: string): string {
  const utf8 = new TextEncoder();
  let out = '';
  let bytes = 0;
  for (const character of line) {
    const size = utf8.encode(character).length;
    if (bytes + size > 74) {
      out += '\r\n ';
      bytes = 1;
    }
    out += character;
    bytes += size;
  }
  return out;
}

/**
 * A calendar file with one event and an alarm (RFC 5545).
 * @param now when it is made
 */
export function calendarFile({ id, at, title, url }: Reminder, now: Date): string {
  const end = new Date(at.getTime() + 15 * 60_000);
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//escalation-elements//EN',
    'BEGIN:VEVENT',
    `UID:${escaped(id)}`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(at)}`,
    `DTEND:${stamp(end)}`,
    `SUMMARY:${escaped(title)}`,
    ...(url ? [`URL:${url}`] : []),
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'TRIGGER:PT0S',
    `DESCRIPTION:${escaped(title)}`,
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]
    .map(folded)
    .join('\r\n');
}
