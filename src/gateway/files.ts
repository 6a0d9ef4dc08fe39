import { seesEntry, seesEscalation } from '../core/access.js';
import { attachmentNamed } from '../core/disposition.js';
import { isByEmail } from '../core/eligibility.js';
import { assertTaken, mediaType, tooLarge } from '../core/file-refusals.js';
import type { FileLimits } from '../core/files.js';
import type { CaseState, Escalation } from '../core/model.js';
import type { Policy } from '../core/policy.js';
import { isCustomerSide } from '../core/roles.js';
import { callOf, caseFor, linked, need, notFound, type Context } from './context.js';
import { fileNameIn } from './file-names.js';
import { json } from './http.js';

/** Files: kept for an hour, until a request or a message names them; saved as downloads, never shown. */

const TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;
const ANY = 'application/octet-stream';
/** What a browser would run, were it ever opened in our place. */
const RUNS = /^text\/(html|xml|xsl)|^application\/xml|\+xml$|(java|ecma)script/;

/** The body, and no more of it than may be. */
async function readFile(request: Request, limits: FileLimits, type: string): Promise<Blob> {
  if (Number(request.headers.get('Content-Length') ?? 0) > limits.maxBytes) throw tooLarge(limits);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > limits.maxBytes) {
      void reader.cancel().catch(() => undefined);
      throw tooLarge(limits);
    }
    parts.push(value);
  }
  return new Blob(parts, { type });
}

export const postFile = async (context: Context): Promise<Response> => {
  const { backend, params, request } = context;
  const caseId = params[0] as string;
  const { state, policy } = await caseFor(context, caseId);
  const limits = state.can.attach;
  if (!limits) throw notFound();
  const name = fileNameIn(request.headers.get('Content-Disposition'));
  const given = mediaType(request.headers.get('Content-Type') ?? '');
  const type = TYPE.test(given) ? given : ANY;
  assertTaken(limits, { name, type });
  const data = await readFile(request, limits, type);
  const kept = await need(backend.upload)(caseId, { name, data }, callOf(context, { policy }));
  return json(linked(context, caseId, { attachments: [kept] }).attachments[0], { status: 201 });
};

/** Whether an escalation, or an entry of it that this user may read, names the file. */
async function names(
  context: Context,
  escalation: Pick<Escalation, 'id'>,
  fileId: string,
  { policy, plain }: { policy: Policy; plain: CaseState },
): Promise<boolean> {
  const { backend, user } = context;
  const has = ({ attachments = [] }: Pick<Escalation, 'attachments'>) =>
    attachments.some(({ id }) => id === fileId);
  const found = await need(backend.escalation)(escalation.id, callOf(context));
  if (found !== 'not-modified' && has(found.value)) return true;
  for (let before: string | undefined; ;) {
    const page = await need(backend.entries)(escalation.id, { limit: 500, before }, callOf(context));
    if (page === 'not-modified') return false;
    if (page.value.entries.some((entry) => seesEntry(policy, entry, user, plain.case) && has(entry)))
      return true;
    if (page.value.before === null) return false;
    before = page.value.before;
  }
}

/**
 * Whether this user may have a file of this case. What the help desk gives customers is theirs, and owners see all;
 * from the others, such as the engineer, the policy keeps something that the help desk may not know of (P9).
 */
async function maySee(
  context: Context,
  fileId: string,
  seen: { policy: Policy; plain: CaseState },
): Promise<boolean> {
  const { plain, policy } = seen;
  const { user } = context;
  if (isCustomerSide(user) || seesEntry(policy, { kind: 'internal' }, user, plain.case)) return true;
  const { openEscalation: open, past } = plain;
  for (const escalation of [...(open ? [open] : []), ...past]) {
    const isSeen = seesEscalation(policy, escalation, user, plain.case);
    if (isSeen && (await names(context, escalation, fileId, seen))) return true;
  }
  return false;
}

export const getFile = async (context: Context): Promise<Response> => {
  const { backend, params, user } = context;
  const [caseId, fileId] = params as [string, string];
  const { plain, policy } = await caseFor(context, caseId);
  if (isByEmail(policy, { case: plain.case, user })) throw notFound();
  const download = need(backend.download);
  if (!(await maySee(context, fileId, { plain, policy }))) throw notFound();
  const file = await download(caseId, fileId, callOf(context, { policy }));
  const name = (file as Partial<File>).name || fileId;
  const type = mediaType(file.type);
  return new Response(file.stream(), {
    headers: {
      'Content-Type': TYPE.test(type) && !RUNS.test(type) ? type : ANY,
      'Content-Length': String(file.size),
      'Content-Disposition': attachmentNamed(name),
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    },
  });
};
