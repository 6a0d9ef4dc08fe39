import type { Level } from './model.js';
import { error, listed, warning, type Finding, type Path } from './lint-finding.js';
import type { Policy } from './policy.js';

/** Contradictions in who does what, and by when. */

const LEVELS: readonly Level[] = ['low', 'medium', 'high'];
const rank = (level: Level) => LEVELS.indexOf(level);

/** Somebody asks (G31), somebody else decides (G32), and every role that is named has a label (P17, G44). */
export function lintActors({ actors, lifecycle, reasons }: Policy): Finding[] {
  const findings: Finding[] = [];
  const askers = ['customer', 'partner'].filter((role) => Object.hasOwn(actors, role));
  if (!Object.values(actors).some(({ reviews }) => reviews))
    findings.push(
      error(
        'nobody-reviews',
        ['actors'],
        'Nobody takes and decides requests; mark an actor with "reviews": true (G32).',
      ),
    );
  if (askers.length === 0)
    findings.push(
      error(
        'nobody-asks',
        ['actors'],
        'Nobody asks for an escalation; add the actor "customer" or "partner" (G31).',
      ),
    );
  for (const role of askers.filter((name) => actors[name]?.reviews))
    findings.push(
      error(
        'requester-reviews',
        ['actors', role, 'reviews'],
        `A "${role}" asks for escalations and would decide on their own; take "reviews" out (G32).`,
      ),
    );
  const role = (name: string | undefined, ...at: Path) => {
    if (name !== undefined && !Object.hasOwn(actors, name))
      findings.push(
        error(
          'unknown-role',
          at,
          `"actors" has no "${name}", so nobody has this role; add it, or name one of ${listed(Object.keys(actors), 'or')} (G44).`,
        ),
      );
  };
  lifecycle.withdraw.forEach((name, i) => role(name, 'lifecycle', 'withdraw', i));
  lifecycle.ladder.forEach((step, i) => role(step.role, 'lifecycle', 'ladder', i, 'role'));
  reasons.forEach(({ responder }, i) => role(responder, 'reasons', i, 'responder'));
  return findings;
}

/** What is more important is not answered later, nor ranked lower (G35). */
export function lintTargets({ lifecycle }: Policy): Finding[] {
  const { ladder, updateHours, priority } = lifecycle;
  const findings: Finding[] = [];
  ladder.forEach(({ afterHours }, i) => {
    const before = ladder[i - 1]?.afterHours ?? 0;
    if (afterHours < before)
      findings.push(
        warning(
          'ladder-order',
          ['lifecycle', 'ladder', i, 'afterHours'],
          `This step comes after ${afterHours} hours and the one before it after ${before}; put the steps in order.`,
        ),
      );
  });
  LEVELS.slice(1).forEach((level, i) => {
    const lower = LEVELS[i] as Level;
    if (updateHours && updateHours[level] > updateHours[lower])
      findings.push(
        warning(
          'update-hours-order',
          ['lifecycle', 'updateHours', level],
          `Priority ${level} is updated after ${updateHours[level]} hours and ${lower} after ${updateHours[lower]}; what is more urgent should not wait longer.`,
        ),
      );
  });
  for (const importance of LEVELS)
    for (const urgency of LEVELS) {
      const given = priority[importance][urgency];
      const [below, beside] = [LEVELS[rank(importance) - 1], LEVELS[rank(urgency) - 1]];
      const least = [below && priority[below][urgency], beside && priority[importance][beside]];
      if (least.some((level) => level && rank(level) > rank(given)))
        findings.push(
          warning(
            'priority-order',
            ['lifecycle', 'priority', importance, urgency],
            `Importance ${importance} and urgency ${urgency} give ${given}, less than a lower importance or urgency gives; raise it (G35).`,
          ),
        );
    }
  return findings;
}
