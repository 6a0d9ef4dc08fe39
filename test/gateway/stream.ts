import type { Json } from '../openapi.js';
import { everyone, type Gateway, type Who } from './client.js';

/** Server-sent events as a reader meets them. */

export interface Told {
  event: string;
  id?: string;
  data: Json;
}

function eventIn(block: string): Told | null {
  const fields = block.split('\n').filter((line) => !line.startsWith(':'));
  const of = (name: string) => fields.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  const event = of('event');
  return event === undefined ? null : { event, id: of('id'), data: JSON.parse(of('data') ?? 'null') };
}

/** Opens the events of `c-1` and reads them; each is held against openapi.yaml. */
export async function listen(
  { gateway }: { gateway: (request: Request) => Promise<Response> },
  who: Who,
  { since, signal }: { since?: string; signal?: AbortSignal } = {},
) {
  const response = await gateway(
    new Request('https://desk.test/cases/c-1/events', {
      headers: { 'X-User': everyone[who].id, ...(since !== undefined && { 'Last-Event-ID': since }) },
      signal,
    }),
  );
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  const heard: Told[] = [];
  let comments = 0;
  let rest = '';
  /** @returns false: the stream has ended */
  async function read(): Promise<boolean> {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = eventIn(block);
      if (event) heard.push(event);
      else comments++;
    }
    return !done;
  }
  return {
    response,
    heard,
    comments: () => comments,
    read,
    /** Until such an event has come. @returns all events until then */
    async until(isIt: (event: Told) => boolean): Promise<Told[]> {
      while (!heard.some(isIt)) if (!(await read())) throw new Error('The events ended.');
      return heard;
    },
    async toEnd(): Promise<Told[]> {
      while (await read());
      return heard;
    },
    close: async () => void (await reader?.cancel()),
  };
}

export const isReset = ({ event }: Told): boolean => event === 'reset';
export const isText =
  (text: string) =>
  ({ event, data }: Told): boolean =>
    event === 'entry' && data.text === text;

/** Something that everybody is told of, so that a reader knows when all before it has come. */
export const isEnd = ({ event, data }: Told): boolean => event === 'case' && data.number === 'the end';
export const sayEnd = ({ desk }: Pick<Gateway, 'desk'>): Promise<void> =>
  desk.change(({ cases }) => {
    const record = cases['c-1']!;
    record.case = { ...record.case, number: 'the end' };
  });
