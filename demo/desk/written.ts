/** JSON as people write it: what is short stays on one line. */

const WIDTH = 72;

const inLine = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${inLine(item)}`);
  return members.length ? `{ ${members.join(', ')} }` : '{}';
};

function lines(value: unknown, indent: string): string {
  const short = inLine(value);
  if (typeof value !== 'object' || value === null) return short;
  // The document itself is never one line.
  if (indent && indent.length + short.length <= WIDTH) return short;
  const deeper = `${indent}  `;
  const items = Array.isArray(value)
    ? value.map((item) => deeper + lines(item, deeper))
    : Object.entries(value).map(([name, item]) => `${deeper}${JSON.stringify(name)}: ${lines(item, deeper)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${items.join(',\n')}\n${indent}${close}`;
}

export const written = (value: unknown): string => `${lines(value, '')}\n`;
