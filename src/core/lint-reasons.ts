import { applied, choosable, example, except, meeting, type Cases, type Table } from './lint-cases.js';
import { error, warning, type Finding, type Path } from './lint-finding.js';
import { byLanguage, english, saysSame } from './lint-words.js';
import type { Criterion, Policy, Reason } from './policy.js';

/** Contradictions in the form: reasons that the policy forbids or nobody can choose, and fields nobody can fill in. */

type Forbidding = Extract<Criterion, { kind: 'confirm' }>;
const isForbidding = (criterion: Criterion): criterion is Forbidding =>
  criterion.kind === 'confirm' &&
  criterion.expects === 'no' &&
  (criterion.effect !== 'advises' || criterion.before);

/** Whether a reason says what a question forbids, in any language that both speak. */
function says(policy: Policy, { label, whenToSelect }: Reason, { question, title }: Forbidding): boolean {
  const said = byLanguage(policy, label);
  const more = byLanguage(policy, whenToSelect);
  return [question, title].some((asked) =>
    Object.entries(byLanguage(policy, asked)).some(([tag, words]) =>
      saysSame(words, `${said[tag] ?? ''} ${more[tag] ?? ''}`),
    ),
  );
}

/** Trap 1: the form offers "Urgency/Impact has changed" and the criteria say not to escalate for it (G6). */
function lintForbidden(policy: Policy, form: readonly Cases[] | undefined): Finding[] {
  const forbidding = policy.criteria.filter(isForbidding);
  return policy.reasons.flatMap((reason, i) => {
    if (!reason.active || reason.instead) return [];
    const criterion = forbidding.find(
      (row) => says(policy, reason, row) && (!form || choosable(meeting(form, row.when), reason).length > 0),
    );
    if (!criterion) return [];
    return [
      error(
        'forbidden-reason',
        ['reasons', i],
        `"${reason.id}" can be chosen for what "${criterion.id}" forbids; give it "instead", with the way that is right (G6).`,
      ),
    ];
  });
}

/** Trap 9: who promises to call has to ask for the number (P8). */
const PROMISES_CONTACT =
  /\b(?:calls?|phones?|rings?|e-?mails?|telephones?) you\b|\bcontacts? you\b[^.]*\b(?:telephone|phone|e-?mail)\b|\bby (?:tele)?phone\b|\bby e-?mail\b/i;

function lintReason(policy: Policy, reason: Reason, at: Path): Finding[] {
  const findings: Finding[] = [];
  const { id, contact, action, promises, details, minDetails } = reason;
  const promised = english(policy, action, ...promises.map(({ text }) => text));
  if (!contact && !reason.instead && PROMISES_CONTACT.test(promised))
    findings.push(
      warning(
        'contact-not-asked',
        [...at, 'contact'],
        `"${id}" promises to contact people by telephone or e-mail and does not ask how; add "contact": true (P8).`,
      ),
    );
  if (contact && policy.form.contactMethods.length === 0)
    findings.push(
      error(
        'no-contact-method',
        [...at, 'contact'],
        `"${id}" asks how to be contacted and "form.contactMethods" offers nothing, so it can never be sent; add a method (P8).`,
      ),
    );
  if (minDetails > policy.form.details.maxLength)
    findings.push(
      error(
        'details-impossible',
        [...at, 'minDetails'],
        `"${id}" needs ${minDetails} characters and the field takes ${policy.form.details.maxLength}; lower "minDetails", or raise "form.details.maxLength".`,
      ),
    );
  else if (minDetails > 1 && details !== 'required')
    findings.push(
      warning(
        'details-not-required',
        [...at, 'minDetails'],
        `"${id}" has a "minDetails" that is never asked for, as its details are "${details}"; make them "required", or take it out (P11).`,
      ),
    );
  return findings;
}

/** A reason that no case can have, and cases that have no reason. */
function lintChoice(policy: Policy, { form, all }: Table): Finding[] {
  if (form.length === 0) return [];
  const plans = applied(policy).plan;
  const findings = policy.reasons.flatMap((reason, i): Finding[] => {
    if (!reason.active || choosable(form, reason).length > 0) return [];
    const foreign = reason.plans && plans && !reason.plans.some((plan) => plans.includes(plan));
    return [
      error(
        'unreachable-reason',
        ['reasons', i, ...(foreign ? ['plans'] : [])],
        foreign
          ? `"${reason.id}" is for plans that "appliesTo.plans" refuses, so nobody can choose it; name a plan that the process is for (P13).`
          : `No case that gets a form meets what "${reason.id}" asks for, so nobody can choose it; widen its "when" or "plans".`,
      ),
    ];
  });
  let left: Cases[] | null = [...form];
  for (const { active, instead, plans: plan, when } of policy.reasons) {
    if (!active || instead || !left) continue;
    // What is left over after a reason: the cases outside its plans, and those outside its condition.
    left = except(left, { ...when, ...(plan && { plan: both(plan, when?.plan) }) });
  }
  const [without] = left ?? [];
  if (without)
    findings.push(
      warning(
        'nothing-to-choose',
        ['reasons'],
        `A case with ${example(without, all)} gets the form and has no reason that leads to a request; add one without "plans" and "when", such as "Other" (P11).`,
      ),
    );
  return findings;
}

const both = (plans: readonly string[], wanted: readonly (string | null)[] | undefined) =>
  plans.filter((plan) => !wanted || wanted.includes(plan));

/** ISO dates have ten characters. */
const DATE_LENGTH = 10;

function lintFields({ form, reasons }: Policy): Finding[] {
  return form.fields.flatMap(({ id, kind, maxLength }, i): Finding[] => [
    ...(reasons.some(({ fields }) => fields.includes(id))
      ? []
      : [
          warning(
            'unused-field',
            ['form', 'fields', i],
            `No reason asks for the field "${id}"; name it in the "fields" of a reason, or take it out.`,
          ),
        ]),
    ...(kind === 'date' && maxLength < DATE_LENGTH
      ? [
          error(
            'date-too-long',
            ['form', 'fields', i, 'maxLength'],
            `A date has ${DATE_LENGTH} characters and "${id}" takes ${maxLength}; raise "maxLength".`,
          ),
        ]
      : []),
  ]);
}

/** All rules about reasons and the form. */
export const lintReasons = (policy: Policy, table: Table | null): Finding[] => [
  ...lintForbidden(policy, table?.form),
  ...policy.reasons.flatMap((reason, i) => (reason.active ? lintReason(policy, reason, ['reasons', i]) : [])),
  ...(table ? lintChoice(policy, table) : []),
  ...lintFields(policy),
];
