import type { Logger } from '../logs.js';
import type { SignIn } from './sign-in.js';

/**
 * Lets in only whose role is a known one: whoever is not of the customer's side is of support's, which sees every account, so
 * that a role which nobody thought of must not get through.
 */
export const ofKnownRoles = (signIn: SignIn, roles: readonly string[], log: Logger): SignIn => ({
  isAmbient: signIn.isAmbient,
  async authenticate(request) {
    const user = await signIn.authenticate(request);
    if (!user || roles.includes(user.role)) return user;
    log.warn({ user: user.id, known: roles }, 'not signed in: the role that is claimed is not a known one');
    return null;
  },
});
