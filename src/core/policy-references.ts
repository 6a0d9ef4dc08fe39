import type { PolicyShape } from './policy-schema.js';

/** What a policy names elsewhere in itself, and what has to be there only once: a shape cannot see that. */
export function references(policy: PolicyShape): { path: PropertyKey[]; message: string }[] {
  const faults: { path: PropertyKey[]; message: string }[] = [];
  const need = (known: boolean, path: PropertyKey[], message: string) => {
    if (!known) faults.push({ path, message });
  };
  const contactIs = (name: string, path: PropertyKey[]) =>
    need(
      Object.hasOwn(policy.contacts, name),
      path,
      `names the contact "${name}", which "contacts" does not have`,
    );
  const unique = (items: { id: string }[], ...path: PropertyKey[]) =>
    items.forEach((item, i) =>
      need(
        items.findIndex((other) => other.id === item.id) === i,
        [...path, i, 'id'],
        `"${item.id}" is there twice`,
      ),
    );
  unique(policy.channels, 'channels');
  unique(policy.criteria, 'criteria');
  unique(policy.reasons, 'reasons');
  unique(policy.form.fields, 'form', 'fields');
  policy.reasons.forEach(({ promises }, i) => unique(promises, 'reasons', i, 'promises'));
  const remedies = (items: PolicyShape['criteria'][number]['remedies'], path: PropertyKey[]) =>
    items.forEach((item, i) => item.kind === 'contact' && contactIs(item.contact, [...path, i, 'contact']));
  policy.channels.forEach(
    (row, i) => row.use === 'contact' && contactIs(row.contact, ['channels', i, 'contact']),
  );
  policy.criteria.forEach((row, i) => {
    remedies(row.remedies, ['criteria', i, 'remedies']);
    const usesCalendar =
      row.kind === 'business-days-since' || (row.kind === 'elapsed-since-update' && row.clock === 'business');
    need(
      !usesCalendar || Boolean(policy.calendar),
      ['criteria', i],
      'counts business time: the policy needs a "calendar"',
    );
  });
  policy.reasons.forEach((row, i) => {
    remedies(row.instead?.remedies ?? [], ['reasons', i, 'instead', 'remedies']);
    row.fields.forEach((name, j) =>
      need(
        policy.form.fields.some((item) => item.id === name),
        ['reasons', i, 'fields', j],
        `names the field "${name}", which "form.fields" does not have`,
      ),
    );
  });
  if (policy.form.urgent) contactIs(policy.form.urgent.contact, ['form', 'urgent', 'contact']);
  return faults;
}
