import { BackendError, isBackendError } from '../core/backend.js';
import { noteSchema, feedbackSchema, requestSchema } from '../core/bodies.js';
import { channelFor, isByEmail } from '../core/eligibility.js';
import { hashOf } from '../core/hash.js';
import { assertRequestable } from '../core/requestable.js';
import type { Filed } from '../core/submission.js';
import {
  callOf, caseFor, complete, confirmed, isTaken, knowsKeys, need, notFound, winnerFor, write, type Context,
} from './context.js'; // prettier-ignore
import { json, readBody, tagged } from './http.js';

/** The calls about a case and its policy. */

export const getCase = async (context: Context): Promise<Response> => {
  const { state } = await caseFor(context, context.params[0] as string);
  const { serverTime: _serverTime, ...lasting } = state;
  return tagged(context.request, state, hashOf([context.user.id, lasting]));
};

export const getPolicy = async ({ policies, params, request }: Context): Promise<Response> => {
  const policy = await policies(params[0] as string, params[1] as string);
  if (!policy) throw notFound();
  const answer = tagged(request, policy, hashOf(policy));
  answer.headers.set('Cache-Control', 'private, max-age=31536000, immutable');
  return answer;
};

export const postEscalation = (context: Context): Promise<Response> =>
  write(context, requestSchema, (body, key) => {
    const { backend, user, now, basePath, notify } = context;
    const caseId = context.params[0] as string;
    return context.serially(caseId, async () => {
      const { plain, state, policy } = await caseFor(context, caseId);
      try {
        assertRequestable(plain, state, policy, body, user, now);
      } catch (error) {
        // What is open may be what this key has made, whose answer was lost: the help desk knows, and refuses any other.
        if (!isTaken(error) || !knowsKeys(backend)) throw error;
      }
      try {
        const asked = backend.escalate(caseId, body, callOf(context, { key, policy }));
        const made = await confirmed(asked, knowsKeys(backend)).catch((error: unknown) =>
          foundMade(error, context, caseId),
        );
        const escalation = complete(context, made.escalation, plain.case, policy);
        // Also of one that is known again: its first answer never left, and nobody may have been told.
        notify({ kind: 'requested', escalation, case: plain.case, user });
        const location = `${basePath}/escalations/${encodeURIComponent(escalation.id)}`;
        return json(escalation, {
          status: 201,
          headers: { Location: location, ...(made.replayed && { 'Idempotency-Replayed': 'true' }) },
        });
      } catch (error) {
        throw winnerFor(error, context, plain.case, policy);
      }
    });
  });

/**
 * What an unconfirmed request has made: nothing was open before.
 * @throws the error of the request, where it is another or nothing of this user's is to be found
 */
async function foundMade(error: unknown, context: Context, caseId: string): Promise<Filed> {
  if (!isBackendError(error) || error.code !== 'unconfirmed') throw error;
  const found = await caseFor(context, caseId).catch(() => undefined);
  const made = found?.plain.openEscalation;
  if (!made || made.requestedBy?.id !== context.user.id) throw error;
  return { escalation: made, replayed: false };
}

export const postNote = (context: Context): Promise<Response> =>
  write(context, noteSchema, async (note, key) => {
    const caseId = context.params[0] as string;
    const { plain, policy } = await caseFor(context, caseId);
    const facts = { case: plain.case, user: context.user };
    if (isByEmail(policy, facts))
      throw new BackendError('channel-not-offered', 'Communication for this case is by e-mail.', {
        channel: channelFor(policy, facts)?.id,
      });
    // Whatever a help desk says of its keys: few know a comment on a case again.
    await confirmed(need(context.backend.note)(caseId, note, callOf(context, { key, policy })), false);
    return json({}, { status: 201 });
  });

export const postFeedback = async (context: Context): Promise<Response> => {
  const feedback = await readBody(context.request, feedbackSchema);
  const id = context.params[0] as string;
  if (!(await context.policies(id, feedback.version))) throw notFound();
  await need(context.backend.feedback)(id, feedback, callOf(context));
  return new Response(null, { status: 204 });
};
