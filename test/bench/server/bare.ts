import { Hono } from 'hono';
import { serve } from './child.js';

/** The same framework without us: every route gives the bytes that our server gave, as it was told them. */

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

let answers: Record<'get' | 'same' | 'post', Answer>;
let event: Uint8Array;
process.on('message', (told: { answers: typeof answers; event: string }) => {
  answers = told.answers;
  event = new TextEncoder().encode(told.event);
  process.send?.({ isReady: true });
});

const give = ({ status, headers, body }: Answer) => new Response(body || null, { status, headers });
const open = new Set<ReadableStreamDefaultController<Uint8Array>>();

const app = new Hono();
app.get('/get', () => give(answers.get));
app.get('/same', () => give(answers.same));
app.post('/post', async (c) => {
  await c.req.json();
  for (const stream of open) stream.enqueue(event);
  return give(answers.post);
});
app.get('/events', () => {
  let own: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      own = controller;
      open.add(own);
      own.enqueue(new TextEncoder().encode(': still here\n\n'));
    },
    cancel: () => void open.delete(own),
  });
  return new Response(body, {
    headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' },
  });
});
serve(app.fetch);
