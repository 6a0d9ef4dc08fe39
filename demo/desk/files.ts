import type { Abilities } from 'escalation-elements';

/** What the help desk takes as a file: pictures, documents, texts, logs and archives, up to 5 MB. */
export const attach: NonNullable<Abilities['attach']> = {
  maxBytes: 5_000_000,
  types: ['image/*', 'application/pdf', 'text/*', '.log', 'application/zip', '.zip'],
};

/** A file that was there before the demo begins. */
export interface SeedFile {
  name: string;
  type: string;
  text: string;
}

export const lostCalls: SeedFile = {
  name: 'lost-calls-bergen.csv',
  type: 'text/csv',
  text: [
    'time,queue,caller,waited_s,outcome',
    '07:58:12,Bergen,+47 55 50 01 14,21,lost after transfer',
    '08:04:40,Bergen,+47 55 50 01 37,18,answered',
    '08:06:03,Bergen,+47 55 50 01 52,24,lost after transfer',
    '08:11:29,Bergen,+47 55 50 01 60,16,answered',
    '08:13:55,Bergen,+47 55 50 01 88,20,answered',
    '08:17:31,Bergen,+47 55 50 01 93,23,lost after transfer',
    '',
  ].join('\r\n'),
};

export const playedSample: SeedFile = {
  name: 'billing-recordings-played.csv',
  type: 'text/csv',
  text: [
    'week,recordings,played,cut short',
    '1,3094,3094,0',
    '2,3187,3187,0',
    '3,3052,3052,0',
    '4,3147,3147,0',
    '',
  ].join('\r\n'),
};
