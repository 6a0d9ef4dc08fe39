// The table, and what is above its budget.

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
const short = (number) =>
  Math.abs(number) >= 1000 ? Math.round(number).toLocaleString('en') : String(+number.toPrecision(3));
const span = (numbers, unit = '') =>
  `${short(median(numbers))}${unit} (${short(Math.min(...numbers))}–${short(Math.max(...numbers))})`;

/**
 * @param samples by name and subject, one number a round: `{mount: {ours: […], vanilla: […]}}`
 * @param isShort too few rounds to judge what is measured in time
 */
export function judge(budgets, samples, isShort) {
  return Object.entries(budgets).flatMap(([name, { title, ratio, most, exact }]) => {
    const { ours, vanilla } = samples[name] ?? {};
    if (!ours) return [];
    const paired = (pair) => pair?.ours.map((value, i) => value / pair.vanilla[i]);
    const ratios = ratio ? paired(samples[name]) : undefined;
    const cpu = samples[`${name}Cpu`];
    const byProcessor = cpu && (ratio ? paired(cpu) : cpu.ours);
    // What the processor did is the same however busy the machine is; what the clock says is not.
    const judged = byProcessor ?? ratios ?? ours;
    const value = median(judged);
    const budget = ratio ?? most;
    const isOver = value > budget;
    const verdict = !isOver ? 'ok' : isShort && !exact ? 'not judged' : 'OVER';
    return [{ name, title, ours, vanilla, ratios, byProcessor, value, budget, verdict }];
  });
}

export function print(rows) {
  const lines = [
    ['', 'ours', 'by hand', 'ours / by hand', 'of the processor', 'budget', ''],
    ...rows.map(({ title, ours, vanilla, ratios, byProcessor, budget, verdict }) => [
      title,
      span(ours),
      vanilla ? span(vanilla) : '',
      ratios ? span(ratios, ' ×') : '',
      byProcessor ? span(byProcessor, ratios ? ' ×' : '') : '',
      `≤ ${budget}${ratios ? ' ×' : ''}`,
      verdict,
    ]),
  ];
  const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  for (const line of lines)
    console.log(
      line
        .map((cell, i) => cell.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    );
}
