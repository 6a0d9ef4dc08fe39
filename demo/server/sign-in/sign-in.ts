import type { User } from 'escalation-elements';

/** How people sign in is the host's: this is all that the server asks of it. */
export interface SignIn {
  /** @returns whoever is signed in; null: nobody, or what was shown does not hold */
  authenticate(request: Request): User | null | Promise<User | null>;
  /** A browser sends it by itself, with requests of other sites too: a cookie. Then writes are checked for where they come from. */
  isAmbient: boolean;
}
