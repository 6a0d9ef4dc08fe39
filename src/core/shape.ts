/**
 * What foreign JSON must look like before a page draws from it. A validator library costs 8 KB in a browser; these are
 * the few shapes that the contract needs. Tests hold every guard made of them against `openapi.yaml` and the policy's schema.
 */
export type Shape = (value: unknown) => boolean;

export const text: Shape = (value) => typeof value === 'string';
export const number: Shape = (value) => typeof value === 'number';
export const flag: Shape = (value) => typeof value === 'boolean';
/** A time that can be read; RFC 3339. */
export const time: Shape = (value) => text(value) && !Number.isNaN(Date.parse(value as string));

export const oneOf =
  (...values: string[]): Shape =>
  (value) =>
    values.includes(value as string);

export const optional =
  (shape: Shape): Shape =>
  (value) =>
    value === undefined || shape(value);

export const orNull =
  (shape: Shape): Shape =>
  (value) =>
    value === null || shape(value);

export const list =
  (shape: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every(shape);

/** An object with any names, whose values have one shape. */
export const recordOf =
  (shape: Shape): Shape =>
  (value) =>
    object({})(value) && Object.values(value as object).every(shape);

/** An object whose named members have their shapes; what else it has is never looked at. */
export const object = (members: Record<string, Shape>): Shape => {
  const rows = Object.entries(members);
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    rows.every(([name, shape]) => shape((value as Record<string, unknown>)[name]));
};
