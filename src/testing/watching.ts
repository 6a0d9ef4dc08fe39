import { ensure, refused, same, Skip, type Scene, type Topic } from './contract.js';

/** Events of a case, where the help desk has them. */

async function needsEvents({ customer }: Scene): Promise<void> {
  if (!(await customer.declared()).live) throw new Skip('the help desk has no events');
}

const isReset = ({ kind }: { kind: string }): boolean => kind === 'reset';

const tests: Topic = {
  'watch: from nowhere it begins with a reset; then what the other side writes is told': async ({
    customer,
    owner,
  }) => {
    const { id } = (await customer.escalate()).escalation;
    const line = customer.watch();
    await line.until('a reset', isReset);
    same(line.heard[0]?.kind, 'reset', 'the first event');
    const made = await owner.post(id, 'We are on it.');
    await line.until('the message', (event) => event.kind === 'entry' && event.entry.id === made.id);
    const told = line.heard.find(({ kind }) => kind === 'entry');
    ensure(told?.kind === 'entry', 'no entry');
    same(
      [told.escalationId, told.entry.text, told.entry.author.me ?? false],
      [id, 'We are on it.', false],
      'escalation, text, mine',
    );
    same(await line.stop(), true, 'answer after the end');
  },
  'watch: a request, and what becomes of it, are told': async ({ customer, colleague, owner }) => {
    const line = colleague.watch();
    await line.until('a reset', isReset);
    const made = (await customer.escalate()).escalation;
    const becomes = (status: string) =>
      line.until(
        status,
        (event) =>
          event.kind === 'escalation' &&
          event.escalation.id === made.id &&
          event.escalation.status === status,
      );
    await becomes('requested');
    await owner.act(made.id, { kind: 'take' }, made.version);
    await becomes('under-review');
    await line.stop();
  },
  'watch: a text on the case is told': async ({ customer, colleague }) => {
    const line = colleague.watch();
    await line.until('a reset', isReset);
    await customer.note('Here are the logs.');
    const isNote = (excerpt: string | undefined) => excerpt === 'Here are the logs.';
    await line.until('the case', (event) => event.kind === 'case' && isNote(event.case.lastUpdate?.excerpt));
    await line.stop();
  },
  'watch: after a break it goes on: nothing lost, nothing twice, in order': async ({ customer, owner }) => {
    const { id } = (await customer.escalate()).escalation;
    const isText = (text: string) => (event: { kind: string; entry?: { text: string } }) =>
      event.entry?.text === text;
    const first = customer.watch();
    await first.until('a reset', isReset);
    await owner.post(id, 'One');
    await first.until('One', isText('One'));
    await first.stop();
    const since = first.heard.findLast((event) => event.kind === 'entry')?.id;
    if (since === undefined) return;
    await owner.post(id, 'Two');
    await owner.post(id, 'Three');
    const second = customer.watch(since);
    await second.until('Three', isText('Three'));
    await owner.post(id, 'Four');
    await second.until('Four', isText('Four'));
    await second.stop();
    if (second.heard.some(isReset)) return;
    same(second.texts(), ['Two', 'Three', 'Four'], 'texts after the break');
  },
  'watch: an id that is none begins with a reset': async ({ customer }) => {
    const line = customer.watch('never-given-out');
    await line.until('a reset', isReset);
    same(line.heard[0]?.kind, 'reset', 'the first event');
    await line.stop();
  },
  'watch: internal notes are told to owners only': async ({ customer, owner }) => {
    const made = (await customer.escalate()).escalation;
    const lines = [customer.watch(), owner.watch()];
    for (const line of lines) await line.until('a reset', isReset);
    await owner.act(made.id, { kind: 'note', text: 'Between us' }, made.version);
    await owner.post(made.id, 'For all');
    for (const line of lines)
      await line.until('For all', (event) => event.kind === 'entry' && event.entry.text === 'For all');
    same(
      lines.map((line) => line.texts()),
      [['For all'], ['Between us', 'For all']],
      'texts of customer and owner',
    );
    for (const line of lines) await line.stop();
  },
  'watch: a stranger cannot': async ({ stranger }) => {
    await refused(stranger.watch().ended, 'not-found', 'watch by a stranger');
  },
};

export const watching: Topic = Object.fromEntries(
  Object.entries(tests).map(([name, test]) => [
    name,
    async (scene: Scene) => {
      await needsEvents(scene);
      await test(scene);
    },
  ]),
);
