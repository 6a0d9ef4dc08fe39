import { createHash } from 'node:crypto';

/**
 * A help desk for the tests of uploads, at `/uploads/<manner>/cases/…/files`: takes files as the manner says, and counts
 * what comes. `GET /uploads/seen` says what came last; `GET /uploads/go-on` ends the holding.
 */
const SOME_BYTES = 1_000_000;

let seen = {};
let goOn = () => undefined;

async function take({ req, res }, manner) {
  const hash = createHash('sha256');
  seen = { bytes: 0, ended: '', headers: req.headers };
  const mine = seen;
  res.once('close', () => (mine.ended ||= 'gone'));
  for await (const chunk of req) {
    hash.update(chunk);
    mine.bytes += chunk.length;
    if (mine.bytes < SOME_BYTES) continue;
    if (manner === 'cut') req.destroy();
    if (manner === 'hold') await new Promise((resolve) => (goOn = resolve));
    manner = 'whole';
  }
  mine.ended = 'whole';
  return hash.digest('hex');
}

const json = (context, status, type, body) => {
  context.status = status;
  context.type = type;
  context.body = JSON.stringify(body);
};

export async function uploads(context, next) {
  const [, place, manner] = context.path.split('/');
  if (place !== 'uploads') return next();
  if (manner === 'seen') return json(context, 200, 'application/json', seen);
  if (manner === 'go-on') return json(context, 200, 'application/json', goOn() ?? {});
  if (manner === 'redirect') {
    context.status = 307;
    return context.set('Location', context.path.replace('redirect', 'whole'));
  }
  // Koa would log everybody who hangs up.
  context.onerror = () => undefined;
  const id = await take(context, manner).catch(() => undefined);
  // Whoever hung up gets no answer.
  if (id === undefined) return void (context.respond = false);
  if (manner === 'refuse') {
    const problem = {
      type: 'about:blank',
      title: 'Too large',
      status: 413,
      code: 'file-too-large',
      maxBytes: 5,
    };
    return json(context, 413, 'application/problem+json', problem);
  }
  const { bytes, headers } = seen;
  const type = headers['content-type'];
  return json(context, 201, 'application/json', { id, name: 'trace.log', bytes, type, href: '/files/1' });
}
