import * as z from 'zod/mini';
import { references } from './policy-references.js';
import { policyShape } from './policy-schema.js';
import type { channel, condition, contact, criterion, field, reason, remedy, text } from './policy-schema.js';

/**
 * A policy is one organisation's escalation process as data: versioned JSON, checked whole. A policy that fails is
 * refused with the path and the reason of every fault; it never takes effect in part.
 *
 * Loaded in a browser only for a document that a gateway has not completed: import its types with `import type`.
 */

/** The schema of a policy document, version 1. */
export const policySchema = policyShape.check((context) => {
  for (const fault of references(context.value))
    context.issues.push({
      code: 'custom',
      input: context.value,
      path: fault.path,
      message: fault.message,
    });
});

/** One organisation's escalation process, checked, with every default filled in. Made by {@link parsePolicy}. */
export type Policy = z.infer<typeof policySchema>;
/** What an author writes: everything with a default may be left out. */
export type PolicyDocument = z.input<typeof policySchema>;
/** A text of a policy: in its own `language`, or one for each language by BCP 47 tag. */
export type Text = z.infer<typeof text>;
/** Facts of a case, each with the values that match. All given ones must match; `null` matches "none" (G43). */
export type Condition = z.infer<typeof condition>;
/** What has to be so before a request (`blocks`), is asked in it (`asks`), or is only shown (`advises`); G2–G11. */
export type Criterion = z.infer<typeof criterion>;
/** A row of the decision table: which way a case is escalated (G43). */
export type Channel = z.infer<typeof channel>;
/** Whom to call, at which numbers, and what there is for people who cannot use the phone (G23). */
export type ContactBlock = z.infer<typeof contact>;
/** A way out of "not yet" that the page can offer. */
export type Remedy = z.infer<typeof remedy>;
/** A reason to choose, with what will happen when it is chosen (P5, P12). */
export type Reason = z.infer<typeof reason>;
/** A further field of the form; lengths count Unicode characters. */
export type Field = z.infer<typeof field>;

/** A policy that was refused: `faults` has the JSON pointer and the reason of each. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly faults: { pointer: string; reason: string }[];

  constructor(faults: { pointer: string; reason: string }[]) {
    super(
      `The policy was refused:\n${faults.map(({ pointer, reason }) => `  ${pointer || '/'}: ${reason}`).join('\n')}`,
    );
    this.faults = faults;
  }
}

const oneOf = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join(' or ');

/** zod/mini ships no sentences; these say what to write instead. */
function faultText(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing: ${issue.expected} expected`
        : `must be: ${issue.expected}`;
    case 'invalid_value':
      return `${issue.input === undefined ? 'is missing: ' : ''}must be ${oneOf(issue.values)}`;
    case 'too_small':
      if (issue.origin === 'number' && !issue.inclusive) return `must be more than ${issue.minimum}`;
      return `must be at least ${issue.minimum}${issue.origin === 'number' ? '' : ' long'}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${issue.origin === 'number' ? '' : ' long'}`;
    case 'invalid_union':
      if ('options' in issue && issue.options) return `must be ${oneOf(issue.options)}`;
      return `${issue.input === undefined ? 'is missing: ' : ''}must be a text, or an object of texts by language`;
    case 'invalid_format':
      return issue.message === 'Invalid input' ? `is not a valid ${issue.format}` : issue.message;
    default:
      return issue.message;
  }
}

const pointer = (path: PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/**
 * Checks a policy whole.
 * @param value JSON as parsed
 * @returns the policy with every default filled in
 * @throws PolicyError with the path and the reason of every fault
 */
export function parsePolicy(value: unknown): Policy {
  // Zod forgets the input unless told; without it a wrong value looks like a missing one.
  const result = z.safeParse(policySchema, value, { reportInput: true });
  if (result.success) return result.data;
  throw new PolicyError(
    result.error.issues.map((issue) => ({ pointer: pointer(issue.path), reason: faultText(issue) })),
  );
}
