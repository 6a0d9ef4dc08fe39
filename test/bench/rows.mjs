// What is measured: each function visits a subject once and answers numbers by the names in budgets.json.

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** The same as often as said, one after the other. */
async function times(count, work) {
  const results = [];
  for (let i = 0; i < count; i++) results.push(await work(i));
  return results;
}

/** Of several samples, each with the time and what it took of the processor. */
const chosen = (choose) => (name, samples) => ({
  [name]: choose(samples.map(({ ms }) => ms)),
  [`${name}Cpu`]: choose(samples.map(({ cpu }) => cpu)),
});
const quickest = chosen((numbers) => Math.min(...numbers));
const typical = chosen(median);

/** Until as much is left as will be: for three seconds a timer may still hold what has been taken away. */
async function rest({ counters, page }) {
  await page.waitForTimeout(3500);
  let last = await counters();
  for (let i = 0; i < 10; i++) {
    await page.waitForTimeout(250);
    const now = await counters();
    if (now.nodes === last.nodes && now.jsEventListeners === last.jsEventListeners) break;
    last = now;
  }
  return last;
}

/** How many objects there are of the classes of an element and its session. */
async function objects({ devtools, run }) {
  const tag = await run(() => window.probe.button);
  const { result } = await devtools.send('Runtime.evaluate', {
    expression: `customElements.get('${tag}').prototype`,
  });
  const found = await devtools.send('Runtime.queryObjects', { prototypeObjectId: result.objectId });
  const { result: count } = await devtools.send('Runtime.callFunctionOn', {
    objectId: found.objects.objectId,
    functionDeclaration: 'function () { return this.length; }',
    returnByValue: true,
  });
  await devtools.send('Runtime.releaseObject', { objectId: found.objects.objectId });
  return count.value;
}

export async function buttons(visit) {
  const { run, page, timed } = visit;
  const cycle = async () => {
    await run(() => window.probe.mount(1000));
    await run(() => window.probe.unmount());
  };
  await cycle();
  const before = await rest(visit);
  const heap = await visit.heap();
  const made = await objects(visit);
  const mounts = await times(3, async (i) => {
    const taken = await timed(() => window.probe.mount(1000));
    if (i < 2) {
      await run(() => window.probe.unmount());
      await page.waitForTimeout(100);
    }
    return taken;
  });
  // Of the mounts before nothing is to be counted: their timers have to run out first.
  await page.waitForTimeout(4000);
  const full = await visit.heap();
  await run(() => window.probe.unmount());
  const after = await rest(visit);
  return {
    ...quickest('mount', mounts),
    buttonHeap: (full.all - heap.all) / 1000,
    buttonScriptHeap: (full.script - heap.script) / 1000,
    nodesLeft: Math.max(after.nodes - before.nodes, 0),
    listenersLeft: Math.max(after.jsEventListeners - before.jsEventListeners, 0),
    objectsLeft: Math.max((await objects(visit)) - made, 0),
  };
}

export async function dialog({ run, page, timed, busy }) {
  await run(() => window.probe.mount(1));
  const first = await timed(() => window.probe.open());
  await run(() => window.probe.settled());
  const opens = await times(7, async () => {
    await run(() => window.probe.close());
    return timed(() => window.probe.open());
  });
  await run((text) => window.probe.type(text), 'So it is. '.repeat(900));
  await run(() => window.probe.settled());
  const nodes = await run(() => window.probe.nodes());
  await run(() => window.probe.listen());
  const typing = await times(31, async () => {
    const before = await busy();
    await page.keyboard.press('a');
    await run(() => window.probe.painted());
    return (await busy()) - before;
  });
  const keys = await run(() => window.probe.keys);
  if (keys.length < 31) throw new Error(`${keys.length} keys of 31 have come.`);
  return {
    ...quickest('firstOpen', [first]),
    ...typical('warmOpen', opens),
    key: median(keys),
    keyCpu: median(typing),
    dialogNodes: nodes,
  };
}

export async function feed(visit) {
  const { run, timed } = visit;
  // What is loaded once for all feeds is loaded.
  await run(() => window.probe.prepare(50));
  await run(() => window.probe.load());
  await run(() => window.probe.settled());
  await run(() => window.probe.unmount());
  await rest(visit);
  // The entries are counted: who else would hold them?
  const heap = await visit.heap();
  await run(() => window.probe.prepare(10_000, 100));
  const load = await timed(() => window.probe.load());
  await run(() => window.probe.settled());
  const full = await visit.heap();
  const nodes = await run(() => window.probe.nodes());
  const append = await appendSome(visit, 10_000, 11);
  const places = await run(() => window.probe.prepend());
  return {
    ...quickest('load', [load]),
    ...typical('append', append),
    feedHeap: full.all - heap.all,
    moved: Math.abs(places[0]),
    feedNodes: nodes,
  };
}

const appendSome = ({ run, timed }, size, count) =>
  times(count, async (i) => {
    const taken = await timed((n) => window.probe.append(n), size + i + 1);
    await run(() => window.probe.settled());
    return taken;
  });

/** What load and append take with 50 times as many entries, as an exponent of the number: 0 is the same, 1 is 50 times. */
export async function growth(visit) {
  const { run, timed } = visit;
  await run(() => window.probe.prepare(50));
  await run(() => window.probe.load());
  await run(() => window.probe.settled());
  await run(() => window.probe.unmount());
  const at = async (size) => {
    const loads = await times(3, async (i) => {
      await run((n) => window.probe.prepare(n, 100), size);
      const taken = await timed(() => window.probe.load());
      await run(() => window.probe.settled());
      if (i < 2) await run(() => window.probe.unmount());
      return taken;
    });
    const appends = await appendSome(visit, size, 7);
    await run(() => window.probe.unmount());
    return { ...quickest('load', loads), ...typical('append', appends) };
  };
  const [small, large] = [await at(1_000), await at(50_000)];
  const slope = (name) => Math.log(large[name] / small[name]) / Math.log(50);
  return {
    loadSlope: slope('load'),
    loadSlopeCpu: slope('loadCpu'),
    appendSlope: slope('append'),
    appendSlopeCpu: slope('appendCpu'),
  };
}
