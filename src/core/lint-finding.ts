/** A contradiction in a policy whose shape is right: where it is, and in one sentence what is wrong and what to do. */
export interface Finding {
  /** JSON pointer (RFC 6901) into the document; of the place where a member is missing, the pointer it would have. */
  pointer: string;
  /** Id of the rule, in kebab-case. */
  rule: string;
  /** error: somebody is stuck or misled by it, or the process breaks a rule of its own. warning: worth a look. */
  severity: 'error' | 'warning';
  reason: string;
}

export type Path = readonly (string | number)[];

/** A path as a JSON pointer. */
export const pointerTo = (path: Path): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const of =
  (severity: Finding['severity']) =>
  (rule: string, path: Path, reason: string): Finding => ({
    pointer: pointerTo(path),
    rule,
    severity,
    reason,
  });

export const error = of('error');
export const warning = of('warning');

/** "a", "a and b", "a, b and c"; each as it is. */
export const listed = (items: readonly string[], word = 'and'): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
